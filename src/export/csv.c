/* csv.c - lines of CSV and TSV that spreadsheets read as data. */
#include "export/csv.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* OWASP, "CSV Injection": a cell that begins so may be run as a formula; the wide signs are U+FF0B, U+FF0D, U+FF1D and U+FF20. */
static bool is_formula(dl_str text)
{
    static const char *const wide[] = {"\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\x9D", "\xEF\xBC\xA0"};
    if (text.len && text.ptr[0] && strchr("=+-@\t\r\n", text.ptr[0])) return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (dl_str_starts(text, wide[i])) return true;
    return false;
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

const char *time_text(int64_t seconds, char buffer[32])
{
    char day[16];
    int64_t days = seconds / 86400 - (seconds % 86400 < 0), rest = seconds - days * 86400;
    if (days < -700000 || days > 2900000) return strcpy(buffer, ""); /* no year of four digits */
    snprintf(buffer, 32, "%sT%02d:%02d:%02dZ", dl_date_format(dl_date_from_days((int32_t)days), day), (int)(rest / 3600), (int)(rest / 60 % 60),
             (int)(rest % 60));
    return buffer;
}

/* ---- either kind ---- */

/* A text cell without quotes, which nothing in it can end. */
static void tab_text(dl_json_out *out, dl_str text)
{
    if (is_formula(text)) put_bytes(out, DL_STR("'"));
    for (size_t from = 0; from < text.len;) {
        size_t end = from;
        while (end < text.len && !strchr("\t\r\n", text.ptr[end])) end++; /* a zero is found, too */
        put_bytes(out, dl_str_slice(text, from, end));
        if (end < text.len) put_bytes(out, DL_STR(" "));
        from = end + 1;
    }
    put_bytes(out, DL_STR("\t"));
}

void cell_words(const cell_line *line, dl_str text)
{
    if (line->file) parquet_text(line->file, text);
    else if (line->tabs) tab_text(line->out, text);
    else if (text.len) csv_text(line->out, text);
    else csv_empty(line->out);
}

void cell_name(const cell_line *line, const char *text)
{
    cell_words(line, dl_str_of(text));
}

static void plain(const cell_line *line, const char *text)
{
    put_bytes(line->out, dl_str_of(text));
    put_bytes(line->out, line->tabs ? DL_STR("\t") : DL_STR(","));
}

void cell_int(const cell_line *line, int64_t value)
{
    char text[32];
    if (line->file) {
        parquet_int(line->file, value);
        return;
    }
    snprintf(text, sizeof text, "%" PRId64, value);
    plain(line, text);
}

void cell_digits(const cell_line *line, dl_str digits)
{
    int64_t value;
    if (dl_str_number(digits, &value)) cell_int(line, value);
    else cell_none(line, 1);
}

void cell_real(const cell_line *line, double value, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    if (line->file) parquet_real(line->file, strtod(text, NULL));
    else plain(line, text);
}

void cell_flag(const cell_line *line, bool value)
{
    if (line->file) parquet_flag(line->file, value);
    else plain(line, value ? "1" : "0");
}

void cell_none(const cell_line *line, size_t count)
{
    for (size_t i = 0; i < count; i++) cell_words(line, (dl_str){0});
}

void cell_day(const cell_line *line, dl_date date)
{
    char text[16];
    cell_words(line, dl_str_of(dl_date_format(date, text)));
}

void cell_end(const cell_line *line)
{
    if (line->file) {
        line->out->failed |= !parquet_end_row(line->file);
        return;
    }
    if (line->out->len) line->out->len--; /* the separator behind the last cell */
    put_bytes(line->out, line->tabs ? DL_STR("\n") : DL_STR("\r\n"));
}

void cell_heading(const cell_line *line, const char *names)
{
    dl_str rest = dl_str_of(names), name;
    while (dl_str_next(&rest, ',', &name)) {
        if (name.len > 2 && name.ptr[name.len - 2] == ':') name.len -= 2;
        put_bytes(line->out, name), plain(line, "");
    }
    cell_end(line);
}
