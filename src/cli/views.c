/* views.c - what the commands that answer from a store share: asking, and the pieces that their answers are made of. */
#include "cli/views.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "cli/layout.h"

/* ---- running ---- */

bool printer_flush(printer *p)
{
    if (!p->write_error && p->out.len && fwrite(p->out.bytes, 1, p->out.len, stdout) != p->out.len) p->write_error = errno;
    dl_json_out_clear(&p->out);
    return !p->write_error;
}

dl_str settings_words(const cli_settings *settings, dl_json_out *out)
{
    for (size_t i = 0; i < settings->path_count; i++) {
        if (i) put_bytes(out, DL_STR(" "));
        put_bytes(out, dl_str_of(settings->paths[i]));
    }
    return (dl_str){out->len ? out->bytes : NULL, out->len};
}

int choose_format(cli_settings *settings, const command *cmd, unsigned formats)
{
    if (!settings->format) settings->format = is_terminal(stdout) && formats & 1u << FORMAT_TABLE ? FORMAT_TABLE : FORMAT_NDJSON;
    return formats & 1u << settings->format ? -1 : usage_error(cmd, "%s does not write that format", cmd->name);
}

static int finish(printer *p, dl_status status, const dl_error *err)
{
    if (status == DL_OK && p->out.failed) status = DL_NO_MEMORY;
    printer_flush(p);
    if (fflush(stdout) != 0 && !p->write_error) p->write_error = errno;
    if (p->write_error == EPIPE) return EXIT_DONE; /* the reader had enough */
    if (p->write_error) fprintf(stderr, "dateline: standard output: %s\n", strerror(p->write_error));
    else if (status != DL_OK) report(err);
    if (p->write_error || status != DL_OK) return EXIT_USAGE;
    if (!p->rows) fputs("dateline: nothing was found\n", stderr);
    return p->rows ? EXIT_DONE : EXIT_SOME_FAILED;
}

int run_view(const command *cmd, cli_settings *settings, answer ask)
{
    printer p = {.settings = settings};
    dl_error err = {0};
    dl_store *store = settings_store(settings, cmd, DL_STORE_READ);
    if (!store) return EXIT_USAGE;
    dl_status status = ask(&p, store, &err);
    int code = finish(&p, status, &err);
    dl_json_out_free(&p.out);
    dl_json_out_free(&p.scratch);
    dl_store_close(store);
    return code;
}

/* ---- tables ---- */

void view_cells(printer *p, const view_column *columns, size_t count, const dl_str *cells)
{
    size_t rest = (size_t)terminal_width();
    for (size_t i = 0; i < count; i++) {
        bool last = i == count - 1;
        size_t width = last ? (rest > 8 ? rest : 8) : columns[i].width;
        put_cell(&p->out, cells[i].ptr ? cells[i] : DL_STR(""), width, last);
        put_bytes(&p->out, last ? DL_STR("\n") : DL_STR(" "));
        rest = rest > width + 1 ? rest - width - 1 : 0;
    }
}

void view_heading(printer *p, const view_column *columns, size_t count)
{
    dl_str cells[16];
    for (size_t i = 0; i < count && i < 16; i++) cells[i] = dl_str_of(columns[i].heading);
    put_style(&p->out, p->settings->colour, "\033[1m");
    view_cells(p, columns, count < 16 ? count : 16, cells);
    put_style(&p->out, p->settings->colour, "\033[0m");
}

void view_quote(printer *p, dl_str document, const char *event, dl_span span, dl_str text)
{
    size_t width = (size_t)terminal_width();
    dl_json_out_clear(&p->scratch);
    put_format(&p->scratch, "%.*s %s [%" PRIu32 ",%" PRIu32 "]: ", (int)document.len, document.ptr, event, span.start, span.end);
    put_bytes(&p->scratch, text);
    put_style(&p->out, p->settings->colour, "\033[2m");
    put_bytes(&p->out, DL_STR("      "));
    put_cell(&p->out, (dl_str){p->scratch.bytes, p->scratch.len}, width > 14 ? width - 6 : 8, true);
    put_style(&p->out, p->settings->colour, "\033[0m");
    put_bytes(&p->out, DL_STR("\n"));
}

void view_claim_quote(printer *p, const dl_claim *claim)
{
    char id[16];
    snprintf(id, sizeof id, "V%" PRIu32, claim->row.item + 1);
    view_quote(p, claim->row.document, id, claim->row.span, claim->row.sentence_text);
}
