/* cues.h - the words of data/page: what class names and short phrases say of a part of a page.
 *
 * A cue is one bit: "this element calls itself a footer". Both tables are resolved once and read-only. */
#ifndef DL_PAGE_CUES_H
#define DL_PAGE_CUES_H

#include "base/lexicon.h"
#include "page/tree.h"

/* Kinds of data/page/cues.tsv; their names stand in cues.c in the same order. */
typedef enum dl_cue {
    DL_CUE_ARTICLE, DL_CUE_BODY, DL_CUE_MAIN, DL_CUE_COLUMN, DL_CUE_DETAIL, DL_CUE_NAV, DL_CUE_HEADER,
    DL_CUE_FOOTER, DL_CUE_ASIDE, DL_CUE_SHARE, DL_CUE_RELATED, DL_CUE_TEASER, DL_CUE_COMMENT, DL_CUE_AD,
    DL_CUE_PROMO, DL_CUE_INLINE, DL_CUE_NEWSLETTER, DL_CUE_PAYWALL, DL_CUE_AUTHOR, DL_CUE_DATE, DL_CUE_META,
    DL_CUE_TAGS, DL_CUE_SECTION, DL_CUE_CAPTION, DL_CUE_FIGURE, DL_CUE_CREDIT, DL_CUE_GALLERY,
    DL_CUE_BREADCRUMB, DL_CUE_CONSENT, DL_CUE_POPUP, DL_CUE_STICKY, DL_CUE_LEAD, DL_CUE_HEADLINE,
    DL_CUE_KICKER, DL_CUE_QUOTE, DL_CUE_WIDGET, DL_CUE_BOX, DL_CUE_FACTBOX, DL_CUE_SEARCH, DL_CUE_ACCOUNT,
    DL_CUE_CORRECTION, DL_CUE_NOTE, DL_CUE_LEGAL, DL_CUE_EMBED, DL_CUE_LIVE, DL_CUE_PRODUCT, DL_CUE_RATING,
    DL_CUE_POLL, DL_CUE_TOC, DL_CUE_VIDEO, DL_CUE_AUDIO, DL_CUE_PAGING, DL_CUE_PAGE, DL_CUE_BUTTON,
    DL_CUE_ACCORDION, DL_CUE_HIDDEN, DL_CUE_JOBS, DL_CUE_EVENT, DL_CUE_CONTACT, DL_CUE_FORM,
    DL_CUE_COUNT
} dl_cue;

/* Kinds of data/page/phrases.tsv. */
typedef enum dl_phrase {
    DL_PHRASE_MORE, DL_PHRASE_SHARE, DL_PHRASE_SUBSCRIBE, DL_PHRASE_NOTICE, DL_PHRASE_AD, DL_PHRASE_CREDIT,
    DL_PHRASE_COMMENT, DL_PHRASE_COPYRIGHT, DL_PHRASE_BIO, DL_PHRASE_DATE, DL_PHRASE_BYLINE, DL_PHRASE_CONSENT,
    DL_PHRASE_APPEAL, DL_PHRASE_CONTACT, DL_PHRASE_UPDATE, DL_PHRASE_AGENCY, DL_PHRASE_TOC, DL_PHRASE_SCRIPT, DL_PHRASE_LOCKED,
    DL_PHRASE_COUNT
} dl_phrase;

typedef uint64_t dl_cue_set; /* bit 1 << dl_cue */
typedef uint32_t dl_phrase_set;

/* Words by a few bits of their hash: one whose bit is not set is surely not among them. */
typedef struct dl_sieve {
    uint64_t bits[512];
} dl_sieve;

typedef struct dl_cues {
    const dl_table *words, *phrases, *veils;
    int8_t *word_kinds, *phrase_kinds; /* of each row; owned */
    dl_sieve *word_sieve, *first_sieve, *veil_sieve; /* of the cue words; of the phrases' first words; of veils; owned */
} dl_cues;

const char *dl_cue_name(int cue);       /* "nav" */
const char *dl_phrase_name(int phrase); /* "share" */

dl_status dl_cues_open(dl_cues *out, const dl_lexicon *lexicon, dl_error *err);
void dl_cues_close(dl_cues *cues);

/* Cues in an attribute value such as "article-body mainText". */
dl_cue_set dl_cues_of_name(const dl_cues *cues, dl_str value);
/* Whether one of the classes in `value` says that a piece of a line is not read with it (data/page/veils.tsv). */
bool dl_cues_veil(const dl_cues *cues, dl_str value);
/* Phrases in `text`, which is folded (dl_utf8_fold): each at word borders, anywhere. *leads gets
 * those that begin it. */
dl_phrase_set dl_phrases_in(const dl_cues *cues, dl_str folded, dl_phrase_set *leads);

#endif
