/* blocks.h - a page cut into blocks: the runs of text that are shown as one, with what can be measured of each.
 *
 * One pass over the node array. A block begins and ends where a block element does, or at two line breaks in a row. */
#ifndef DL_PAGE_BLOCKS_H
#define DL_PAGE_BLOCKS_H

#include "page/cues.h"

enum {
    DL_IN_LINK = 1 << 0,     /* all of it inside one a */
    DL_IN_NAV = 1 << 1,      /* nav, or role navigation, menu */
    DL_IN_HEADER = 1 << 2,
    DL_IN_FOOTER = 1 << 3,
    DL_IN_ASIDE = 1 << 4,
    DL_IN_ARTICLE = 1 << 5,
    DL_IN_MAIN = 1 << 6,
    DL_IN_FORM = 1 << 7,
    DL_IN_FIGURE = 1 << 8,
    DL_IN_TABLE = 1 << 9,
    DL_IN_LIST = 1 << 10,
    DL_IN_QUOTE = 1 << 11,
    DL_IN_HIDDEN = 1 << 12,  /* hidden, aria-hidden, display:none */
    DL_IN_CONTROL = 1 << 13, /* button, label, option, textarea */
    DL_IN_CAPTION = 1 << 14, /* figcaption, caption */
    DL_IN_BODYPROP = 1 << 15, /* itemprop articleBody, or a property of that name */
    DL_IN_DIALOG = 1 << 16,
    DL_IN_PRE = 1 << 17,
    DL_IN_EMPHASIS = 1 << 18, /* begins in b, strong, i, em */
    DL_IN_CUSTOM = 1 << 19,   /* in an element that HTML does not know */
    DL_IN_TIME = 1 << 20       /* begins in time */
};

typedef struct dl_page_block {
    uint32_t first, end;   /* text nodes lie in [first, end) */
    uint32_t element;      /* nearest block element */
    uint32_t holder;       /* element that holds paragraphs like this one */
    uint32_t where;        /* DL_IN_* */
    dl_cue_set near, far;  /* cues of the block's own and two next elements; of all above */
    uint32_t letters;      /* as a reader would weigh them: ideographs count twice, white space not at all */
    uint32_t linked;       /* letters inside a */
    uint32_t words, links, digits, capitals, commas, stops;
    uint32_t bold, italic; /* letters inside b or strong; inside i or em */
    uint32_t hash;         /* of letters and digits */
    uint32_t kin;          /* hash of tag and class, of the element and its parent: blocks of one kin look alike */
    uint32_t look;         /* the same of the element alone */
    uint32_t article;      /* the nearest article around it, 0: none */
    uint32_t before;       /* letters of all blocks before */
    uint32_t table;        /* the table that shows it in front of itself: text that no cell holds; 0: none */
    uint16_t tag, depth, breaks;
    uint16_t images, signs; /* pictures between the block before and this one; @ and the like */
    uint8_t link_first, link_last; /* begins in a link; ends in one */
    uint8_t address;       /* begins with an address that is written out and linked */
    uint8_t like_alt;      /* says what the last picture's alt says */
    uint8_t last;          /* class of the last sign: see dl_sign */
    uint8_t initial;       /* class of the first sign */
    dl_phrase_set phrases, leads; /* found anywhere; found at the beginning */
    float score;           /* how sure it is part of the story */
    uint8_t named;         /* its element has a class */
    uint8_t kept;
} dl_page_block;

typedef enum dl_sign {
    DL_SIGN_NONE, DL_SIGN_STOP, DL_SIGN_ASK, DL_SIGN_COLON, DL_SIGN_COMMA, DL_SIGN_QUOTE, DL_SIGN_BRACKET,
    DL_SIGN_ELLIPSIS, DL_SIGN_DIGIT, DL_SIGN_CAPITAL, DL_SIGN_SMALL, DL_SIGN_OTHER
} dl_sign;

typedef struct dl_page_blocks {
    const dl_tree *tree;
    DL_VEC(dl_page_block) list;
    uint32_t letters; /* of all */
} dl_page_blocks;

/* Pieces of a line that are not read with it (words for screen readers, boxes that open) are marked as hidden in the tree. */
dl_status dl_page_blocks_find(dl_page_blocks *out, const dl_cues *cues, dl_tree *tree, dl_arena *arena,
                              dl_error *err);

/* Finds the phrases of data/page/phrases.tsv in the shorter blocks. */
dl_status dl_page_blocks_phrases(dl_page_blocks *blocks, const dl_cues *cues, dl_arena *arena, dl_error *err);

/* Whether a text node of the range [first, end) is shown as part of a block: skip what it says is none. */
bool dl_page_skips(dl_tag tag);

#endif
