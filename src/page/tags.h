/* tags.h - the elements of HTML (WHATWG, with the obsolete ones) that a page may be asked for. */
#ifndef DL_PAGE_TAGS_H
#define DL_PAGE_TAGS_H

#include "base/str.h"

/* What the tree rules and the readers of text need to know of an element. */
enum {
    DL_TAG_IS_BLOCK = 1 << 0,      /* shown as a block of its own: white space around it means nothing */
    DL_TAG_IS_VOID = 1 << 1,       /* has no content and no end tag */
    DL_TAG_IS_SPECIAL = 1 << 2,    /* the standard's category: an inline end tag does not reach past it */
    DL_TAG_IS_SCOPE = 1 << 3,      /* the standard's "scope": no end tag inside reaches past it */
    DL_TAG_IS_FORMATTING = 1 << 4, /* may be closed while blocks inside it stay open */
    DL_TAG_IS_HIDDEN = 1 << 5,     /* its text is not shown */
    DL_TAG_IS_HEAD = 1 << 6,       /* belongs in head, does not end it */
    DL_TAG_ENDS_P = 1 << 7,        /* its start tag ends an open p */
    DL_TAG_IS_FOREIGN = 1 << 8,    /* svg, math */
    DL_TAG_BREAKS_OUT = 1 << 9,    /* its start tag ends foreign content */
    DL_TAG_IS_RCDATA = 1 << 10,    /* text with references, no markup */
    DL_TAG_IS_RAWTEXT = 1 << 11,   /* text without either */
    DL_TAG_IS_IMPLIED = 1 << 12    /* its end may be implied: dd, dt, li, option, optgroup, p, rb, rp, rt, rtc */
};

/* In the alphabet's order, so that it can be read; the names and flags are in tags.c. */
typedef enum dl_tag {
    DL_TAG_NONE,    /* no element: a text, the document */
    DL_TAG_UNKNOWN, /* any other name */
    DL_TAG_A, DL_TAG_ABBR, DL_TAG_ACRONYM, DL_TAG_ADDRESS, DL_TAG_APPLET, DL_TAG_AREA, DL_TAG_ARTICLE,
    DL_TAG_ASIDE, DL_TAG_AUDIO, DL_TAG_B, DL_TAG_BASE, DL_TAG_BASEFONT, DL_TAG_BDI, DL_TAG_BDO,
    DL_TAG_BGSOUND, DL_TAG_BIG, DL_TAG_BLINK, DL_TAG_BLOCKQUOTE, DL_TAG_BODY, DL_TAG_BR, DL_TAG_BUTTON,
    DL_TAG_CANVAS, DL_TAG_CAPTION, DL_TAG_CENTER, DL_TAG_CITE, DL_TAG_CODE, DL_TAG_COL, DL_TAG_COLGROUP,
    DL_TAG_DATA, DL_TAG_DATALIST, DL_TAG_DD, DL_TAG_DEL, DL_TAG_DETAILS, DL_TAG_DFN, DL_TAG_DIALOG,
    DL_TAG_DIR, DL_TAG_DIV, DL_TAG_DL, DL_TAG_DT, DL_TAG_EM, DL_TAG_EMBED, DL_TAG_FIELDSET,
    DL_TAG_FIGCAPTION, DL_TAG_FIGURE, DL_TAG_FONT, DL_TAG_FOOTER, DL_TAG_FORM, DL_TAG_FRAME,
    DL_TAG_FRAMESET, DL_TAG_H1, DL_TAG_H2, DL_TAG_H3, DL_TAG_H4, DL_TAG_H5, DL_TAG_H6, DL_TAG_HEAD,
    DL_TAG_HEADER, DL_TAG_HGROUP, DL_TAG_HR, DL_TAG_HTML, DL_TAG_I, DL_TAG_IFRAME, DL_TAG_IMAGE, DL_TAG_IMG,
    DL_TAG_INPUT, DL_TAG_INS, DL_TAG_KBD, DL_TAG_KEYGEN, DL_TAG_LABEL, DL_TAG_LEGEND, DL_TAG_LI,
    DL_TAG_LINK, DL_TAG_LISTING, DL_TAG_MAIN, DL_TAG_MAP, DL_TAG_MARK, DL_TAG_MARQUEE, DL_TAG_MATH,
    DL_TAG_MENU, DL_TAG_META, DL_TAG_METER, DL_TAG_NAV, DL_TAG_NOBR, DL_TAG_NOEMBED, DL_TAG_NOFRAMES,
    DL_TAG_NOSCRIPT, DL_TAG_OBJECT, DL_TAG_OL, DL_TAG_OPTGROUP, DL_TAG_OPTION, DL_TAG_OUTPUT, DL_TAG_P,
    DL_TAG_PARAM, DL_TAG_PICTURE, DL_TAG_PLAINTEXT, DL_TAG_PRE, DL_TAG_PROGRESS, DL_TAG_Q, DL_TAG_RB,
    DL_TAG_RP, DL_TAG_RT, DL_TAG_RTC, DL_TAG_RUBY, DL_TAG_S, DL_TAG_SAMP, DL_TAG_SCRIPT, DL_TAG_SEARCH,
    DL_TAG_SECTION, DL_TAG_SELECT, DL_TAG_SLOT, DL_TAG_SMALL, DL_TAG_SOURCE, DL_TAG_SPAN, DL_TAG_STRIKE,
    DL_TAG_STRONG, DL_TAG_STYLE, DL_TAG_SUB, DL_TAG_SUMMARY, DL_TAG_SUP, DL_TAG_SVG, DL_TAG_TABLE,
    DL_TAG_TBODY, DL_TAG_TD, DL_TAG_TEMPLATE, DL_TAG_TEXTAREA, DL_TAG_TFOOT, DL_TAG_TH, DL_TAG_THEAD,
    DL_TAG_TIME, DL_TAG_TITLE, DL_TAG_TR, DL_TAG_TRACK, DL_TAG_TT, DL_TAG_U, DL_TAG_UL, DL_TAG_VAR,
    DL_TAG_VIDEO, DL_TAG_WBR, DL_TAG_XMP,
    DL_TAG_COUNT
} dl_tag;

/* The tag of a name in any case; DL_TAG_UNKNOWN if it is none of these. */
dl_tag dl_tag_of(const char *name, size_t len);
/* The same, with the name's first eight bytes in `word`, the first one lowest, bit 5 of each set and zeros behind. */
dl_tag dl_tag_of_word(uint64_t word, const char *name, size_t len);

typedef struct dl_tag_record {
    dl_str name; /* "" for NONE and UNKNOWN */
    unsigned flags;
} dl_tag_record;
extern const dl_tag_record dl_tag_records[DL_TAG_COUNT];

static inline unsigned dl_tag_flags(dl_tag tag)
{
    return dl_tag_records[tag].flags;
}
static inline dl_str dl_tag_name(dl_tag tag)
{
    return dl_tag_records[tag].name;
}

#endif
