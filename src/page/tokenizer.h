/* tokenizer.h - markup as tokens, by the tokenizer of the WHATWG HTML standard (13.2.5).
 *
 * A token is a set of byte ranges; text, comments, names and values are decoded only when asked for (references.h),
 * so that what nobody reads costs no more than finding its end. */
#ifndef DL_PAGE_TOKENIZER_H
#define DL_PAGE_TOKENIZER_H

#include "page/references.h"
#include "page/tags.h"

typedef enum dl_token_kind {
    DL_HTML_END_OF_FILE, DL_HTML_TEXT, DL_HTML_START_TAG, DL_HTML_END_TAG, DL_HTML_COMMENT, DL_HTML_DOCTYPE
} dl_token_kind;

/* The states in which a page or a test may begin, and to which the tree switches. */
typedef enum dl_html_state {
    DL_HTML_DATA, DL_HTML_RCDATA, DL_HTML_RAWTEXT, DL_HTML_SCRIPT, DL_HTML_PLAINTEXT, DL_HTML_CDATA
} dl_html_state;

typedef struct dl_html_token {
    dl_token_kind kind;
    dl_tag tag;         /* of a start or end tag */
    dl_text_mode mode;  /* how a text is to be decoded */
    bool self_closing;
    uint32_t start, end; /* the whole token */
    dl_span name;       /* of a tag, any case; the data of a comment */
} dl_html_token;

typedef struct dl_tokenizer {
    const char *begin, *end, *at;
    dl_html_state state;
    bool in_foreign;    /* CDATA sections are allowed: the tree says so */
    dl_str last_start;  /* name of the start tag that RCDATA, RAWTEXT or script text belongs to */
    uint64_t steps;     /* tokens, attributes and '<', '>' looked at */
} dl_tokenizer;

/* `text` must stay; it may be any bytes, up to 4 GiB. */
void dl_tokenizer_init(dl_tokenizer *tokenizer, dl_str text);
/* The next token; at the end DL_HTML_END_OF_FILE, again and again. */
void dl_tokenizer_next(dl_tokenizer *tokenizer, dl_html_token *token);

/* ---- inside a start tag ---- */

typedef enum dl_attribute_step {
    DL_ATTRIBUTE, DL_ATTRIBUTES_END, DL_ATTRIBUTES_SELF_CLOSING, DL_ATTRIBUTES_CUT
} dl_attribute_step;

typedef struct dl_attribute {
    const char *name, *name_end, *value, *value_end; /* value without quotes; empty where there is none */
} dl_attribute;

/* The next attribute from *at on, which begins behind the tag's name; END and SELF_CLOSING leave *at behind
 * the '>', CUT says that the text ended first. */
dl_attribute_step dl_attribute_next(const char **at, const char *end, dl_attribute *out);

/* ---- inside a doctype ---- */

typedef struct dl_doctype {
    dl_str name, public_id, system_id; /* as written; ptr NULL where missing */
    bool force_quirks;
} dl_doctype;
void dl_doctype_read(dl_str token, dl_doctype *out); /* `token` from "<!" to the '>' or the end */

#endif
