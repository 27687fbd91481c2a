/* list.c - what all lists of the API have around their items, and refusals. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "serve/room.h"

dl_status refuse(serve_call *call, int status, const char *format, ...)
{
    char detail[256];
    va_list args;
    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    answer_problem(call->answer, status, detail);
    return DL_OK;
}

void put_generation(serve_call *call)
{
    const atlas *a = call->atlas;
    if (!a) return;
    char text[64];
    snprintf(text, sizeof text, "%" PRId64 ".%" PRId64 ".%" PRIu64, a->readings, a->corrections, a->edition);
    view_json_text(call->out, "generation", dl_str_of(text));
    if (!a->wanted) return;
    dl_json_key(call->out, "incomplete"); /* of the weeks that are being put together anew */
    dl_json_open(call->out, '{');
    dl_json_key(call->out, "weeks"), dl_json_int(call->out, (int64_t)a->wanted);
    dl_json_key(call->out, "first"), dl_json_bool(call->out, a->readings == 0);
    dl_json_close(call->out, '}');
}

void open_list(serve_call *call)
{
    dl_json_open(call->out, '{');
    dl_json_key(call->out, "items");
    dl_json_open(call->out, '[');
}

void close_list(serve_call *call, const page_window *window, size_t given, size_t total, bool more)
{
    char cursor[32];
    dl_json_close(call->out, ']');
    if (total != SIZE_MAX) dl_json_key(call->out, "total"), dl_json_int(call->out, (int64_t)total);
    snprintf(cursor, sizeof cursor, "n%zu", window->from + given);
    if (more) view_json_text(call->out, "next", dl_str_of(cursor));
    put_generation(call);
    dl_json_close(call->out, '}');
}

bool is_dry(const serve_call *call)
{
    return call->dry;
}

bool is_download(const serve_call *call)
{
    return call->dry || call->sink;
}

bool send_some(serve_call *call)
{
    enum { SOME = 64 * 1024 };
    if (!call->sink || call->out->len < SOME) return !call->unread;
    call->unread = !stream_send(call->sink, call->out->bytes, call->out->len);
    bool comma = call->out->comma;
    dl_json_out_clear(call->out);
    call->out->comma = comma;
    return !call->unread;
}
