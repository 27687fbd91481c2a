/* input.c - files, folders, archives and standard input into single documents, one at a time. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"
#include "cli/cli.h"

enum { SIZE_LIMIT = 256 * 1024 * 1024, CHUNK = 1 << 16, MOST_DEPTH = 64 };

struct input_list {
    const cli_settings *settings;
    char **names; /* all files, in order */
    size_t count, capacity, next;
    gzFile lines; /* NDJSON that is being read, NULL else */
    char *lines_name;
    size_t line_number;
    char *line;
    size_t line_capacity;
    char *head; /* bytes read ahead to see what the file is */
    size_t head_len, head_at;
    bool lines_end;
    page_archive *archive; /* that is being read, NULL else */
    gzFile archive_pipe;   /* where it comes from standard input */
    dl_archive_place from; /* where to go on in the only file */
};

static bool add_name(input_list *in, const char *name)
{
    if (in->count == in->capacity) {
        size_t capacity = in->capacity ? in->capacity * 2 : 64;
        char **grown = realloc(in->names, capacity * sizeof *grown);
        if (!grown) return false;
        in->names = grown;
        in->capacity = capacity;
    }
    in->names[in->count] = strdup(name);
    return in->names[in->count] ? ++in->count : false;
}

static bool is_page_name(const char *name)
{
    static const char *const endings[] = {".html", ".htm", ".xhtml", ".txt", ".text", ".ndjson", ".jsonl", ".warc", ".wacz"};
    dl_str str = dl_str_of(name);
    if (dl_str_ends(str, ".gz")) str.len -= 3;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dl_str_ends(str, endings[i])) return true;
    return false;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool add_path(input_list *in, const char *path, int depth);

static bool add_folder(input_list *in, const char *path, int depth)
{
    struct dirent **entries;
    int count = scandir(path, &entries, visible, NULL);
    if (count < 0) return add_name(in, path); /* opening it later tells why */
    bool done = true;
    /* by bytes, so that the order does not depend on the locale */
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && strcmp(entries[j - 1]->d_name, entries[j]->d_name) > 0; j--) {
            struct dirent *swap = entries[j];
            entries[j] = entries[j - 1];
            entries[j - 1] = swap;
        }
    for (int i = 0; i < count; i++) {
        char *child = NULL;
        if (asprintf(&child, "%s%s%s", path, dl_str_ends(dl_str_of(path), "/") ? "" : "/", entries[i]->d_name) < 0) child = NULL;
        done = done && child && add_path(in, child, depth + 1);
        free(child);
        free(entries[i]);
    }
    free(entries);
    return done;
}

/* In a folder only what looks like a page is taken, and links to folders are not followed. */
static bool add_path(input_list *in, const char *path, int depth)
{
    struct stat info;
    if (strcmp(path, "-") != 0 && (depth ? lstat(path, &info) : stat(path, &info)) == 0 && S_ISDIR(info.st_mode))
        return depth < MOST_DEPTH ? add_folder(in, path, depth) : true;
    return depth && !is_page_name(path) ? true : add_name(in, path);
}

input_list *inputs_open(const cli_settings *settings)
{
    input_list *in = calloc(1, sizeof *in);
    if (!in) return NULL;
    in->settings = settings;
    for (size_t i = 0; i < settings->path_count; i++)
        if (!add_path(in, settings->paths[i], 0)) {
            inputs_close(in);
            return NULL;
        }
    return in;
}

static void close_lines(input_list *in)
{
    if (in->lines) gzclose(in->lines);
    free(in->lines_name);
    free(in->head);
    in->lines = NULL;
    in->lines_name = in->head = NULL;
    in->head_len = in->head_at = in->line_number = 0;
    in->lines_end = false;
}

static void close_archive(input_list *in)
{
    page_archive_close(in->archive);
    if (in->archive_pipe) gzclose(in->archive_pipe);
    in->archive = NULL;
    in->archive_pipe = NULL;
}

void inputs_close(input_list *in)
{
    if (!in) return;
    close_lines(in);
    close_archive(in);
    for (size_t i = 0; i < in->count; i++) free(in->names[i]);
    free(in->names);
    free(in->line);
    free(in);
}

size_t inputs_count(const input_list *in)
{
    return in->count;
}

const char *inputs_name(const input_list *in, size_t index)
{
    return in->names[index];
}

bool inputs_in_many(const input_list *in)
{
    return in->lines || in->archive;
}

void inputs_resume(input_list *in, const dl_archive_place *place)
{
    in->from = *place;
}

void item_free(item *it)
{
    free(it->mark);
    free(it->name);
    free(it->memory);
    dl_arena_free(&it->arena);
    *it = (item){0};
}

void fail_item(item *out, dl_status status, size_t offset, const char *what)
{
    out->status = dl_fail(&out->err, status, out->name, offset, "%s", what);
}

static const char *read_error(gzFile file)
{
    int code;
    const char *text = gzerror(file, &code);
    return code == Z_ERRNO ? strerror(errno) : code == Z_BUF_ERROR ? "the gzip data ends too early" : code ? text : NULL;
}

/* Appends up to `want` bytes; the number read, or -1. */
static int read_some(gzFile file, char **bytes, size_t *len, size_t *capacity, size_t want)
{
    if (*capacity - *len < want + 1) {
        size_t grown = *capacity * 2 > *len + want + 1 ? *capacity * 2 : *len + want + 1;
        char *memory = realloc(*bytes, grown);
        if (!memory) {
            errno = ENOMEM;
            return -1;
        }
        *bytes = memory;
        *capacity = grown;
    }
    int got = gzread(file, *bytes + *len, (unsigned)want);
    if (got > 0) *len += (size_t)got;
    return got;
}

static input_format from_name(const char *name)
{
    dl_str str = dl_str_of(name);
    if (dl_str_ends(str, ".gz")) str.len -= 3;
    if (dl_str_ends(str, ".html") || dl_str_ends(str, ".htm") || dl_str_ends(str, ".xhtml")) return INPUT_AS_HTML;
    if (dl_str_ends(str, ".ndjson") || dl_str_ends(str, ".jsonl")) return INPUT_AS_NDJSON;
    if (dl_str_ends(str, ".txt") || dl_str_ends(str, ".text")) return INPUT_AS_TEXT;
    return INPUT_GUESS;
}

static input_format guess(dl_str head)
{
    if (dl_str_starts(head, "\xEF\xBB\xBF")) head = dl_str_slice(head, 3, head.len);
    dl_str body = dl_str_trim(head);
    if (body.len && body.ptr[0] == '{') return INPUT_AS_NDJSON;
    if (body.len && body.ptr[0] == '<') return INPUT_AS_HTML;
    dl_str tags[] = {DL_STR("<html"), DL_STR("<body"), DL_STR("<p>"), DL_STR("<div"), DL_STR("<!doctype")};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (dl_str_find_nocase(head, tags[i], 0) != SIZE_MAX) return INPUT_AS_HTML;
    return INPUT_AS_TEXT;
}

static gzFile open_file(const char *name)
{
    if (strcmp(name, "-") == 0) return gzdopen(0, "rb");
    struct stat info;
    errno = 0;
    if (stat(name, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    return gzopen(name, "rb");
}

/* The rest of a whole-file input, then the item that it makes. */
static void take_whole(item *out, gzFile file, input_format format, char *bytes, size_t len, size_t capacity)
{
    int got = 1;
    while (len <= SIZE_LIMIT && (got = read_some(file, &bytes, &len, &capacity, len < CHUNK ? CHUNK : len)) > 0) {}
    const char *why = got < 0 ? read_error(file) : NULL;
    if (got >= 0 && len <= SIZE_LIMIT) why = read_error(file);
    out->memory = bytes;
    if (len > SIZE_LIMIT) fail_item(out, DL_LIMIT, SIZE_LIMIT, "the input is larger than 256 MiB");
    else if (why) fail_item(out, DL_IO, len, why);
    else if (!len) fail_item(out, DL_BAD_DATA, 0, "the input is empty");
    out->input.bytes = (dl_str){bytes ? bytes : "", len};
    out->input.kind = format == INPUT_AS_HTML ? DL_INPUT_HTML : DL_INPUT_TEXT;
    if (format == INPUT_AS_TEXT && out->status == DL_OK) {
        if (dl_str_starts(out->input.bytes, "\xEF\xBB\xBF")) out->input.bytes = dl_str_slice(out->input.bytes, 3, len);
        const char *zero = memchr(bytes, 0, len);
        if (zero) fail_item(out, DL_BAD_DATA, (size_t)(zero - bytes), "binary data, neither a page nor text");
    }
}

static void apply_settings(const cli_settings *settings, item *out)
{
    if (settings->published.year && !out->input.published.year) out->input.published = settings->published;
    if (settings->url) out->input.url = dl_str_of(settings->url);
    out->input.resolve_given = settings->given_places;
}

/* An archive stays open in `archive`, as NDJSON does in `lines`; a failure is an item. */
static bool opened_archive(input_list *in, item *out)
{
    if (in->archive) {
        item_free(out);
        return false;
    }
    out->status = out->err.status;
    return true;
}

static int read_pipe(void *context, void *bytes, unsigned room)
{
    return gzread(context, bytes, room);
}

/* Opens the next file: a whole document, or NDJSON or an archive, which stay open (then false). */
static bool open_next(input_list *in, item *out)
{
    const char *name = in->names[in->next++];
    *out = (item){.name = strdup(strcmp(name, "-") == 0 ? "standard input" : name), .seen = INT64_MIN};
    dl_arena_init(&out->arena, 0);
    if (!in->settings->input && strcmp(name, "-") != 0 && is_archive_file(name)) {
        in->archive = page_archive_open(name, &out->err);
        if (in->archive && !page_archive_seek(in->archive, &in->from, &out->err)) close_archive(in);
        return opened_archive(in, out);
    }
    gzFile file = open_file(name);
    if (!file || !out->name) {
        fail_item(out, DL_IO, 0, errno ? strerror(errno) : "out of memory");
        return true;
    }
    char *bytes = NULL;
    size_t len = 0, capacity = 0;
    int got = read_some(file, &bytes, &len, &capacity, CHUNK);
    if (!in->settings->input && got > 0 && dl_archive_is((dl_str){bytes, len})) { /* of standard input */
        in->archive_pipe = file;
        in->archive = page_archive_open_pipe(out->name, bytes, len, read_pipe, file, &out->err);
        return opened_archive(in, out);
    }
    input_format format = in->settings->input ? in->settings->input : from_name(name);
    if (!format && got >= 0) format = guess((dl_str){bytes, len < 4096 ? len : 4096});
    if (got < 0 || format != INPUT_AS_NDJSON) {
        take_whole(out, file, format, bytes, len, capacity);
        if (got < 0 && out->status == DL_OK) fail_item(out, DL_IO, 0, "it could not be read");
        gzclose(file);
        apply_settings(in->settings, out);
        return true;
    }
    in->lines = file;
    in->lines_name = out->name;
    out->name = NULL;
    in->head = bytes;
    in->head_len = len;
    item_free(out);
    return false;
}

/* One more byte of the NDJSON file; -1 at its end or on an error. */
static int next_byte(input_list *in)
{
    if (in->head_at == in->head_len) {
        int got = in->lines_end ? 0 : gzread(in->lines, in->head, CHUNK);
        if (got <= 0) {
            in->lines_end = true;
            return -1;
        }
        in->head_len = (size_t)got;
        in->head_at = 0;
    }
    return (unsigned char)in->head[in->head_at++];
}

/* Next line without its newline; false at the end. `*too_long` when it went over the limit (the rest is dropped). */
static bool next_line(input_list *in, size_t *len, bool *too_long)
{
    int byte;
    *len = 0;
    *too_long = false;
    while ((byte = next_byte(in)) >= 0 && byte != '\n') {
        if (*len >= SIZE_LIMIT) {
            *too_long = true;
            continue;
        }
        if (*len + 1 >= in->line_capacity) {
            size_t capacity = in->line_capacity ? in->line_capacity * 2 : CHUNK;
            char *grown = realloc(in->line, capacity);
            if (!grown) {
                *too_long = true;
                continue;
            }
            in->line = grown;
            in->line_capacity = capacity;
        }
        in->line[(*len)++] = (char)byte;
    }
    return byte >= 0 || *len > 0;
}

static dl_status given_places(item *out, const dl_json *list)
{
    if (!list || list->kind != DL_JSON_ARRAY) return DL_OK;
    dl_span *spans = DL_NEW_ARRAY(&out->arena, dl_span, list->count + 1);
    dl_codepoints points;
    if (!spans || dl_codepoints_build(&points, &out->arena, out->input.bytes, NULL) != DL_OK) return dl_fail_memory(&out->err);
    size_t count = 0;
    for (const dl_json *place = list->first; place; place = place->next) {
        const dl_json *span = dl_json_get(place, "span");
        if (!span || span->count != 2 || span->first->kind != DL_JSON_NUMBER || span->first->next->kind != DL_JSON_NUMBER)
            return dl_fail(&out->err, DL_BAD_DATA, out->name, place->start, "a place without a span [start,end]");
        double start = span->first->number, end = span->first->next->number;
        if (!(start >= 0 && start < end && end <= (double)out->input.bytes.len))
            return dl_fail(&out->err, DL_BAD_DATA, out->name, place->start, "a span outside the text");
        spans[count++] = (dl_span){dl_codepoints_byte(&points, (uint32_t)start), dl_codepoints_byte(&points, (uint32_t)end)};
    }
    out->input.given_places = spans;
    out->input.given_place_count = count;
    return DL_OK;
}

static void parse_line(item *out, dl_str line)
{
    const dl_json *root;
    out->status = dl_json_parse(&root, &out->arena, line, false, &out->err);
    if (out->status != DL_OK) {
        snprintf(out->err.source, sizeof out->err.source, "%s", out->name);
        return;
    }
    if (dl_str_starts(dl_json_text(dl_json_get(root, "schema")), "dateline/")) out->record = root;
    const dl_json *text = dl_json_get(root, "text"), *html = dl_json_get(root, "html");
    dl_str published = dl_json_text(dl_json_get(root, "published"));
    if (!dl_json_text(html).ptr && !dl_json_text(text).ptr) {
        fail_item(out, DL_BAD_DATA, 0, "the object has neither \"text\" nor \"html\"");
        return;
    }
    out->input.kind = dl_json_text(html).ptr ? DL_INPUT_HTML : DL_INPUT_TEXT;
    out->input.bytes = out->input.kind == DL_INPUT_HTML ? html->text : text->text;
    out->input.id = dl_json_text(dl_json_get(root, "id"));
    out->input.url = dl_json_text(dl_json_get(root, "url"));
    out->input.title = dl_json_text(dl_json_get(root, "title"));
    if (out->input.kind == DL_INPUT_HTML) out->input.charset = DL_STR("utf-8"); /* a JSON string is decoded already */
    if (published.len && !out->record && !dl_date_parse_iso(published, &out->input.published))
        out->warning = dl_arena_format(&out->arena, "the date given, \"%.*s\", is no day as YYYY-MM-DD and was left out",
                                       (int)(published.len < 40 ? published.len : 40), published.ptr);
    if (out->input.kind == DL_INPUT_TEXT) {
        dl_status status = given_places(out, dl_json_get(root, "places"));
        if (status != DL_OK) out->status = status;
    }
}

static bool take_line(input_list *in, item *out)
{
    size_t len;
    bool too_long;
    do {
        if (!next_line(in, &len, &too_long)) {
            const char *why = read_error(in->lines);
            bool failed = why != NULL || in->line_number == 0;
            if (failed) {
                *out = (item){.name = strdup(in->lines_name)};
                fail_item(out, DL_IO, 0, why ? why : "the input is empty");
            }
            close_lines(in);
            return failed;
        }
        in->line_number++;
    } while (in->line_number <= in->from.offset || (!too_long && !dl_str_trim((dl_str){in->line, len}).len));
    *out = (item){.seen = INT64_MIN, .place.offset = in->line_number};
    dl_arena_init(&out->arena, 0);
    if (asprintf(&out->name, "%s:%zu", in->lines_name, in->line_number) < 0) out->name = NULL;
    out->memory = too_long ? NULL : malloc(len + 1);
    if (too_long) fail_item(out, DL_LIMIT, 0, "the line is larger than 256 MiB");
    else if (!out->memory || !out->name) fail_item(out, DL_NO_MEMORY, 0, "out of memory");
    else {
        memcpy(out->memory, in->line, len);
        parse_line(out, (dl_str){out->memory, len});
    }
    apply_settings(in->settings, out);
    return true;
}

static bool take_archived(input_list *in, item *out)
{
    bool found = page_archive_next(in->archive, out);
    if (found) apply_settings(in->settings, out);
    else close_archive(in);
    return found;
}

bool inputs_next(input_list *in, item *out)
{
    for (;;) {
        if (in->lines) {
            if (take_line(in, out)) return true;
        } else if (in->archive) {
            if (take_archived(in, out)) return true;
        } else if (in->next == in->count) {
            return false;
        } else if (open_next(in, out)) {
            return true;
        }
    }
}
