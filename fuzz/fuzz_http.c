/* fuzz_http.c - any method, target, headers and body get an answer that is told as it should be, and the store stays sound.
 *
 * Input: a byte of flags, then up to four parts with a line break between them: target, Host, Origin, body. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/record.h"
#include "serve/room.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char record[] =
    "{\"schema\":\"dateline/1\",\"id\":\"a\",\"engine\":\"test\",\"model\":\"fast\",\"url\":\"http://a.example/1\",\"site\":\"The Example\",\"title\":\"Attack\","
    "\"authors\":[],\"published\":\"2025-10-14\",\"published_from\":\"given\",\"access\":\"full\",\"encoding\":\"utf-8\",\"text\":\"Rebels killed 12 people in Kulbus.\","
    "\"blocks\":[{\"span\":[0,34],\"kind\":\"paragraph\"}],\"sentences\":[[0,34]],\"entities\":[{\"id\":\"E1\",\"type\":\"NORP\",\"name\":\"Rebels\","
    "\"mentions\":[{\"span\":[0,6],\"kind\":\"name\"}],\"code\":\"SDNREB\",\"confidence\":0.9}],\"places\":[{\"id\":\"P1\",\"span\":[27,33],\"name\":\"Kulbus\","
    "\"geonameid\":7,\"lat\":13.6,\"lon\":25.3,\"country\":\"SD\",\"precision\":\"city\",\"confidence\":0.7}],\"times\":[],\"statements\":[],"
    "\"events\":[{\"id\":\"V1\",\"type\":\"ASSAULT\",\"context\":[\"military\"],\"cameo\":\"190\",\"trigger\":[7,13],\"sentence\":0,\"actor\":[{\"span\":[0,6],"
    "\"name\":\"Rebels\",\"code\":\"SDNREB\",\"entity\":\"E1\"}],\"recipient\":[],\"place\":\"P1\",\"date\":\"2025-10-12\",\"killed\":[12,null],"
    "\"casualty_spans\":[[14,23]],\"realis\":\"actual\",\"background\":false,\"confidence\":0.85}],\"talks\":[]}";

static void require(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz_http: %s\n", what);
    abort();
}

/* One server for all inputs, over a store of one page; words that inputs get right stay in it. */
static serve *the_server(void)
{
    static serve *server; /* of the fuzzer alone */
    if (server) return server;
    static char folder[] = "/tmp/dateline-fuzz-XXXXXX", path[64];
    dl_document *document;
    dl_store *store;
    dl_added added;
    dl_error err = {0};
    require(mkdtemp(folder), "no folder");
    snprintf(path, sizeof path, "%s/s", folder);
    require(dl_document_read(&document, record, sizeof record - 1, &err) == DL_OK, err.message);
    require(dl_store_open(&store, path, DL_STORE_CREATE, &err) == DL_OK, err.message);
    require(dl_store_add(store, document, 100, &added, &err) == DL_OK, err.message);
    dl_document_free(document);
    dl_store_close(store);
    const serve_options options = {.store = path, .web = folder, .review = true, .at_once = true, .now = 1000, .readers = 1};
    require(serve_open(&server, &options, &err) == DL_OK, err.message);
    return server;
}

static void read_stream(serve_answer *answer)
{
    enum { MOST = 1 << 22 };
    char piece[4096];
    size_t total = 0;
    for (long taken = 0; answer->stream && taken >= 0 && total < MOST; total += taken > 0 ? (size_t)taken : 0) {
        taken = stream_take(answer->stream, piece, sizeof piece, NULL, NULL, NULL);
        if (taken == 0) usleep(50);
    }
}

static void check(const serve_request *request, const serve_answer *answer)
{
    dl_arena arena;
    const dl_json *root;
    dl_str body = {answer->body.bytes, answer->body.len};
    require(answer->status >= 200 && answer->status < 600 && answer->status != 500, "an answer of no status, or a fault of ours");
    require(strlen(answer->location) == 0 || answer->location[0] == '/', "sent elsewhere");
    for (const char *c = answer->filename; *c; c++) require(*c > 0x20 && *c != '"' && *c != 0x7F, "a header could be broken");
    if (answer->zipped || !answer->type || !strstr(answer->type, "json") || answer->stream || answer->status == 304) return;
    if (strstr(answer->type, "ndjson") || strstr(answer->type, "geo+json")) return;
    dl_arena_init(&arena, 0);
    require(dl_json_parse(&root, &arena, body, false, NULL) == DL_OK, "the body is no JSON");
    dl_arena_free(&arena);
    (void)request;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    serve *server = the_server();
    serve_answer answer;
    if (!size) return 0;
    dl_str rest = {(const char *)data + 1, size - 1}, parts[3] = {{0}};
    for (int i = 0; i < 3 && rest.len; i++)
        if (!dl_str_next(&rest, '\n', &parts[i])) break;
    serve_request request = {.method = (serve_method)(data[0] & 3), .target = parts[0], .host = parts[1].len ? parts[1] : DL_STR("127.0.0.1"), .gzip = data[0] & 4,
                             .content_type = DL_STR("application/json"), .body = rest};
    if (parts[2].len) request.origin = parts[2];
    if (data[0] & 8) request.token = dl_str_of(server->nonce);
    if (data[0] & 16) request.cookie = parts[1], request.if_none_match = parts[2], request.authorization = rest;
    dl_arena_init(&request.arena, 1 << 26);
    serve_ask(server, &request, &answer);
    read_stream(&answer);
    check(&request, &answer);
    answer_free(&answer);
    dl_arena_free(&request.arena);
    return 0;
}
