/* answer.c - answers as bytes: problems (RFC 9457) and gzip (RFC 1952). */
#include <stdlib.h>
#include <zlib.h>

#include "serve/request.h"
#include "serve/stream.h"

enum { WORTH_ZIPPING = 1024, ZIP_LEVEL = 5, GZIP_WINDOW = 15 + 16 };

const char *status_phrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

void answer_free(serve_answer *answer)
{
    stream_end(answer->stream);
    answer->stream = NULL;
    dl_json_out_free(&answer->body);
}

void answer_problem(serve_answer *answer, int status, const char *detail)
{
    dl_json_out *out = &answer->body;
    stream_end(answer->stream);
    answer->stream = NULL;
    dl_json_out_clear(out);
    dl_json_open(out, '{');
    dl_json_key(out, "type"), dl_json_str(out, DL_STR("about:blank"));
    dl_json_key(out, "title"), dl_json_str(out, dl_str_of(status_phrase(status)));
    dl_json_key(out, "status"), dl_json_int(out, status);
    dl_json_key(out, "detail"), dl_json_str(out, dl_str_of(detail));
    dl_json_close(out, '}');
    answer->status = status;
    answer->type = "application/problem+json";
    answer->etag[0] = answer->filename[0] = answer->location[0] = '\0';
    answer->cache = "no-store";
    if (status == 503) answer->retry = 2;
}

void answer_failure(serve_answer *answer, dl_status status, const dl_error *err)
{
    switch (status) {
    case DL_USAGE: answer_problem(answer, 400, err->message); return;
    case DL_LIMIT: answer_problem(answer, 400, err->message); return;
    case DL_NO_MEMORY: answer_problem(answer, 503, "the server is out of memory for this answer"); return;
    case DL_IO: answer_problem(answer, 503, err->message); return;
    default: answer_problem(answer, 500, err->message);
    }
}

void answer_zip(serve_answer *answer, const serve_request *request)
{
    answer->vary = true;
    if (!request->gzip || answer->body.len < WORTH_ZIPPING || answer->body.len > UINT32_MAX / 2) return;
    z_stream z = {.next_in = (Bytef *)answer->body.bytes, .avail_in = (uInt)answer->body.len};
    if (deflateInit2(&z, ZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) return; /* it goes out as it is */
    size_t room = deflateBound(&z, z.avail_in);
    char *zipped = malloc(room);
    z.next_out = (Bytef *)zipped, z.avail_out = (uInt)room;
    bool done = zipped && deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (done) {
        free(answer->body.bytes);
        answer->body = (dl_json_out){.bytes = zipped, .len = room - z.avail_out, .capacity = room};
        answer->zipped = true;
    } else {
        free(zipped);
    }
    deflateEnd(&z);
}
