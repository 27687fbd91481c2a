/* dump_features.c - the blocks of pages as the models see them, to learn weights from.
 *
 * Usage: dump_features LEXICON OUT [SCORES [stories]] < PAGES.ndjson      ({"id","url","html"} a line)
 * OUT.f32 gets DL_FEATURE_COUNT floats a block, OUT.ndjson one line a block: id, text, letters, tag, where, twin, candidate, headline.
 * With SCORES (one float32 a block, in the same order) the second model's features are filled as well. With "stories" SCORES are
 * what both models say, and OUT.ndjson gets {"id","text"} of each page: its story without captions. */
#include <stdio.h>
#include <stdlib.h>

#include "page/choose.h"
#include "page/reading.h"
#include "page/writer.h"

static dl_lexicon *lexicon;
static dl_encodings encodings;
static dl_cues cues;
static dl_rich_words rich;

static void die(const dl_error *err)
{
    fprintf(stderr, "dump_features: %s\n", err->message);
    exit(1);
}

static void put_block(dl_arena *arena, const dl_reading *r, uint32_t i, dl_str id, FILE *numbers, FILE *lines, bool second)
{
    const dl_page_block *b = &r->blocks.list.items[i];
    float features[DL_FEATURE_COUNT] = {0};
    dl_page_features(&r->survey, i, second, features);
    fwrite(features, sizeof *features, DL_FEATURE_COUNT, numbers);
    dl_writer writer;
    dl_story story;
    dl_writer_init(&writer, arena);
    for (uint32_t node = b->first; node < b->end;) {
        const dl_node *n = &r->tree.nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) dl_writer_text(&writer, r->tree.markup, n->start, n->end);
        else if (n->tag == DL_TAG_BR) dl_writer_line(&writer);
        node = n->kind != DL_NODE_TEXT && dl_page_skips((dl_tag)n->tag) ? n->next : node + 1;
    }
    if (dl_writer_finish(&writer, &story, NULL) != DL_OK) exit(1);
    dl_json_out json = {0};
    dl_json_open(&json, '{');
    dl_json_key(&json, "id"), dl_json_str(&json, id);
    dl_json_key(&json, "text"), dl_json_str(&json, story.text);
    dl_json_key(&json, "letters"), dl_json_int(&json, b->letters);
    dl_json_key(&json, "tag"), dl_json_str(&json, dl_tag_name((dl_tag)b->tag));
    dl_json_key(&json, "where"), dl_json_int(&json, b->where);
    dl_json_key(&json, "twin"), dl_json_int(&json, r->survey.twin[i]);
    dl_json_key(&json, "candidate"), dl_json_bool(&json, dl_page_is_candidate(b));
    dl_json_key(&json, "headline"), dl_json_bool(&json, i == r->survey.headline);
    dl_json_close(&json, '}');
    dl_json_newline(&json);
    fwrite(json.bytes, 1, json.len, lines);
    dl_json_out_free(&json);
}

static void put_story(dl_arena *arena, dl_reading *r, dl_str id, FILE *lines)
{
    dl_error err;
    dl_story story;
    dl_keep_blocks(r);
    for (size_t i = 0; i < r->blocks.list.count; i++)
        if (r->blocks.list.items[i].where & DL_IN_CAPTION) r->blocks.list.items[i].kept = false;
    if (dl_write_story(r, &rich, arena, &story, &err) != DL_OK) die(&err);
    dl_json_out json = {0};
    dl_json_open(&json, '{');
    dl_json_key(&json, "id"), dl_json_str(&json, id);
    dl_json_key(&json, "text"), dl_json_str(&json, story.text);
    dl_json_close(&json, '}');
    dl_json_newline(&json);
    fwrite(json.bytes, 1, json.len, lines);
    dl_json_out_free(&json);
}

static void put_page(dl_str line, FILE *numbers, FILE *lines, FILE *scores, bool stories)
{
    dl_error err;
    dl_arena arena;
    dl_arena_init(&arena, 0);
    const dl_json *page;
    if (dl_json_parse(&page, &arena, line, true, &err) != DL_OK) die(&err);
    dl_reading r;
    if (dl_reading_prepare(&r, &encodings, &cues, &arena, dl_json_text(dl_json_get(page, "html")), DL_STR("utf-8"),
                           dl_json_text(dl_json_get(page, "url")), &err) != DL_OK)
        die(&err);
    if (r.survey.prose < DL_SHORT_STORY && dl_tree_unveil(&r.tree) && dl_reading_cut(&r, &cues, &arena, &err) != DL_OK) die(&err);
    if (scores) {
        for (size_t i = 0; i < r.blocks.list.count; i++)
            if (fread(&r.blocks.list.items[i].score, sizeof(float), 1, scores) != 1) exit(1);
        dl_page_survey_add_scores(&r.survey);
    }
    if (stories) put_story(&arena, &r, dl_json_text(dl_json_get(page, "id")), lines);
    for (uint32_t i = 0; !stories && i < r.blocks.list.count; i++)
        put_block(&arena, &r, i, dl_json_text(dl_json_get(page, "id")), numbers, lines, scores != NULL);
    dl_arena_free(&arena);
}

int main(int argc, char **argv)
{
    dl_error err;
    if (argc < 3) return 2;
    if (dl_lexicon_open(&lexicon, argv[1], &err) != DL_OK || dl_encodings_open(&encodings, lexicon, &err) != DL_OK ||
        dl_cues_open(&cues, lexicon, &err) != DL_OK || dl_rich_words_open(&rich, lexicon, &err) != DL_OK)
        die(&err);
    char path[4096];
    snprintf(path, sizeof path, "%s.f32", argv[2]);
    FILE *numbers = fopen(path, "wb");
    snprintf(path, sizeof path, "%s.ndjson", argv[2]);
    FILE *lines = fopen(path, "wb"), *scores = argc > 3 ? fopen(argv[3], "rb") : NULL;
    if (!numbers || !lines) return 1;
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t len; (len = getline(&line, &capacity, stdin)) > 0;)
        put_page((dl_str){line, (size_t)len}, numbers, lines, scores, argc > 4);
    for (int i = 0; i < DL_FEATURE_COUNT; i++) {
        char name[32];
        dl_feature_name(i, name);
        puts(name);
    }
    free(line);
    dl_cues_close(&cues);
    dl_lexicon_close(lexicon);
    return fclose(numbers) || fclose(lines);
}
