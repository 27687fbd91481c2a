/* csv.c - lines of CSV that spreadsheets read as data. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* OWASP, "CSV Injection": a cell that begins so may be run as a formula. */
static bool is_formula(dl_str text)
{
    return text.len && strchr("=+-@\t\r", text.ptr[0]) && text.ptr[0];
}

void csv_text(dl_json_out *out, dl_str text)
{
    put_bytes(out, DL_STR("\""));
    if (is_formula(text)) put_bytes(out, DL_STR("'"));
    for (size_t from = 0; from < text.len;) {
        const char *quote = memchr(text.ptr + from, '"', text.len - from);
        size_t end = quote ? (size_t)(quote - text.ptr) + 1 : text.len;
        put_bytes(out, dl_str_slice(text, from, end));
        if (quote) put_bytes(out, DL_STR("\""));
        from = end;
    }
    put_bytes(out, DL_STR("\","));
}

void csv_number(dl_json_out *out, const char *format, ...)
{
    char text[64];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put_bytes(out, dl_str_of(text));
    put_bytes(out, DL_STR(","));
}

void csv_empty(dl_json_out *out)
{
    csv_number(out, "%s", "");
}

void csv_end(dl_json_out *out)
{
    if (out->len) out->len--; /* the comma behind the last cell */
    put_bytes(out, DL_STR("\r\n"));
}
