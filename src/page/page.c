/* page.c - the page room's entry: bytes in, a story with what the page says of itself out. */
#include "page/page.h"

#include <stdlib.h>

#include "base/error.h"
#include "page/access.h"
#include "page/authors.h"
#include "page/choose.h"
#include "page/dates.h"
#include "page/language.h"
#include "page/section.h"

struct dl_page_data {
    dl_encodings encodings;
    dl_cues cues;
    dl_chooser chooser;
    dl_date_words dates;
    dl_byline_words bylines;
    dl_section_words sections;
    dl_language_words languages;
    dl_rich_words rich;
};

dl_status dl_page_open(dl_page_data **out, const dl_lexicon *lexicon, dl_error *err)
{
    *out = NULL;
    dl_page_data *data = calloc(1, sizeof *data);
    if (!data) return dl_fail_memory(err);
    dl_status status = dl_encodings_open(&data->encodings, lexicon, err);
    if (status == DL_OK) status = dl_cues_open(&data->cues, lexicon, err);
    if (status == DL_OK) status = dl_chooser_open(&data->chooser, lexicon, err);
    if (status == DL_OK) status = dl_date_words_open(&data->dates, lexicon, err);
    if (status == DL_OK) status = dl_byline_words_open(&data->bylines, lexicon, err);
    if (status == DL_OK) status = dl_section_words_open(&data->sections, lexicon, err);
    if (status == DL_OK) status = dl_language_words_open(&data->languages, lexicon, err);
    if (status == DL_OK) status = dl_rich_words_open(&data->rich, lexicon, err);
    if (status != DL_OK) {
        dl_page_close(data);
        return status;
    }
    *out = data;
    return DL_OK;
}

void dl_page_close(dl_page_data *data)
{
    if (!data) return;
    dl_cues_close(&data->cues);
    dl_chooser_close(&data->chooser);
    free(data);
}

/* Chooses the story's blocks; where the page shows hardly any, also among those for readers without scripts. */
static dl_status choose(const dl_page_data *data, dl_reading *r, dl_arena *arena, dl_error *err)
{
    dl_choose_blocks(&data->chooser, r);
    if (dl_kept_letters(r) >= DL_SHORT_STORY || !dl_tree_unveil(&r->tree)) return DL_OK;
    dl_status status = dl_reading_cut(r, &data->cues, arena, err);
    if (status == DL_OK) dl_choose_blocks(&data->chooser, r);
    return status;
}

dl_status dl_page_read(const dl_page_data *data, dl_arena *arena, dl_str bytes, dl_str charset_hint, dl_str url,
                       dl_story *out, dl_error *err)
{
    *out = (dl_story){.text = DL_STR(""), .url = url};
    dl_reading *r = DL_NEW(arena, dl_reading);
    if (!r) return dl_fail_memory(err);
    dl_status status = dl_reading_prepare(r, &data->encodings, &data->cues, arena, bytes, charset_hint, url, err);
    if (status != DL_OK) return status;
    status = choose(data, r, arena, err);
    dl_story judged = {0};
    if (status == DL_OK) status = dl_access_judge(r, arena, &judged, err);
    if (status != DL_OK) return status;
    status = dl_write_story(r, &data->rich, arena, out, err);
    out->access = judged.access;
    if (out->access == DL_ACCESS_UNKNOWN && out->text.len >= DL_SHORT_STORY && !r->head.not_free) out->access = DL_ACCESS_FULL; /* in the page's data */
    out->notice = judged.notice;
    out->url = r->url;
    out->title = r->title;
    out->site = r->site;
    out->language = dl_language_choose(&data->languages, r, out->text, arena);
    out->section = dl_section_choose(&data->sections, r, arena);
    out->encoding = r->encoding.name;
    dl_page_dates dates = dl_page_dates_choose(&data->dates, r, arena);
    out->published = dates.day;
    out->published_from = dates.published_from;
    out->modified = dates.modified.date;
    out->published_time = dl_stamp_format(&dates.published, arena);
    out->modified_time = dl_stamp_format(&dates.modified, arena);
    if (status != DL_OK) return status;
    dl_authors authors;
    status = dl_authors_choose(&authors, &data->bylines, r, arena, err);
    out->authors = authors.names.items;
    out->author_count = authors.names.count;
    return status;
}
