/* read.c - `dateline read`: the page's story and what it says of itself. */
#include "base/error.h"
#include "cli/cli.h"
#include "record/record.h"

static void put_block(const cli_settings *settings, const dl_story *story, const dl_block *block, dl_json_out *out)
{
    dl_str text = dl_span_str(story->text, block->span);
    bool markdown = settings->format == FORMAT_MARKDOWN;
    const char *mark = !markdown                          ? ""
                       : block->kind == DL_BLOCK_HEADING  ? "## "
                       : block->kind == DL_BLOCK_QUOTE    ? "> "
                       : block->kind == DL_BLOCK_LIST     ? "- "
                       : block->kind == DL_BLOCK_CAPTION  ? "*"
                                                          : "";
    put_bytes(out, dl_str_of(mark));
    put_bytes(out, text);
    put_bytes(out, markdown && block->kind == DL_BLOCK_CAPTION ? DL_STR("*\n\n") : DL_STR("\n\n"));
}

static void put_head(const cli_settings *settings, const dl_story *story, dl_json_out *out)
{
    char day[16];
    if (story->title.len) put_format(out, "%s%.*s\n\n", settings->format == FORMAT_MARKDOWN ? "# " : "", (int)story->title.len, story->title.ptr);
    size_t start = out->len;
    for (size_t i = 0; i < story->author_count; i++)
        put_format(out, "%s%.*s", i ? ", " : "By ", (int)story->authors[i].len, story->authors[i].ptr);
    if (story->published.year) put_format(out, "%s%s", out->len > start ? " · " : "", dl_date_format(story->published, day));
    if (story->site.len) put_format(out, "%s%.*s", out->len > start ? " · " : "", (int)story->site.len, story->site.ptr);
    if (out->len > start) put_bytes(out, DL_STR("\n\n"));
    if (story->access == DL_ACCESS_TRUNCATED || story->access == DL_ACCESS_BLOCKED)
        put_format(out, "[the page keeps the rest back: %.*s]\n\n", (int)story->notice.len, story->notice.len ? story->notice.ptr : "");
}

static dl_status make_story(const cli_settings *settings, const item *it, const dl_document *document, dl_json_out *out,
                           dl_error *err)
{
    (void)it;
    (void)err;
    if (settings->format == FORMAT_NDJSON || settings->format == FORMAT_JSON) {
        dl_record_write(out, document, DL_LAYER_PAGE);
        if (settings->format == FORMAT_NDJSON) dl_json_newline(out);
        return DL_OK;
    }
    const dl_story *story = dl_document_story(document);
    put_head(settings, story, out);
    for (size_t i = 0; i < story->block_count; i++) put_block(settings, story, &story->blocks[i], out);
    return DL_OK;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    int code = settings_parse(&settings, &command_read, "fijpud", argc, argv);
    if (code >= 0) return code;
    settings.layers = DL_LAYER_PAGE;
    if (!settings.format) settings.format = is_terminal(stdout) ? FORMAT_TEXT : FORMAT_NDJSON;
    if (settings.format == FORMAT_TABLE) return usage_error(&command_read, "read writes text, markdown, json or ndjson");
    if (settings.format == FORMAT_JSON) return run_inputs(&settings, make_story, "[", ",\n", "]\n");
    return run_inputs(&settings, make_story, NULL, settings.format == FORMAT_NDJSON ? NULL : "----\n\n", NULL);
}

const command command_read = {
    "read", "the page's story, title, authors, dates and access, nothing else",
    "Usage: dateline read [OPTION]... FILE|FOLDER|-...\n\n"
    "Gives the story of each page without navigation, adverts and appeals. What a paywall keeps back stays\n"
    "back: the record says \"truncated\" and quotes the page's notice.\n\n"
    "  -f, --format F       text, markdown, json (an array) or ndjson (default: text on a terminal, else ndjson)\n"
    "  -p, --published DAY  the day it was published, YYYY-MM-DD; wins over the page's own\n"
    "  -u, --url URL        the page's address (one input)\n"
    "  -i, --input KIND     html, text or ndjson\n"
    "  -j, --jobs N         threads; the output is the same for any N\n"
    "  -d, --data FOLDER    models and word lists\n\n"
    "Examples:\n"
    "  dateline read --format markdown page.html\n"
    "  dateline read -j 2 pages.ndjson.gz > stories.ndjson\n",
    run};
