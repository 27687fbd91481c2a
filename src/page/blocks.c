/* blocks.c - cutting a page into blocks in one pass over its nodes.
 *
 * A frame for each open element; class names are looked up only where text turns up below them. */
#include "page/blocks.h"

#include "base/error.h"
#include "base/utf8.h"

typedef struct frame {
    uint32_t node;
    uint32_t where;       /* DL_IN_* of this element and all above */
    uint32_t link;        /* the a that this is in, DL_NONE */
    dl_cue_set own, all;  /* valid once scanned */
    uint32_t look;        /* hash of tag and class; valid once scanned */
    int above;            /* the frame that it hangs in: not the table's, if no cell holds it */
    uint32_t table;       /* that table, 0 */
    uint32_t article;     /* the nearest article, itself included, 0 */
    bool scanned, block, bold, italic;
} frame;

/* Values of class and the like recur all over a page: what the last ones said, by their hash. */
enum { REMEMBERED = 256, LONGEST_REMEMBERED = 96 };

typedef struct memory {
    dl_str value;
    dl_cue_set cues;
} memory;

static const uint32_t HASH_START = 2166136261u;

typedef struct cutter {
    dl_tree *tree;
    const dl_cues *cues;
    dl_arena *arena;
    dl_page_blocks *out;
    memory *memories;
    frame *frames;        /* by depth */
    int top;
    dl_page_block block;  /* being gathered */
    uint32_t last_link, breaks_in_a_row;
    uint16_t images;      /* since the last block */
    uint32_t alt;         /* hash of the last picture's alt, 0 */
    bool has_text, in_word, failed;
} cutter;

bool dl_page_skips(dl_tag tag)
{
    switch (tag) {
    case DL_TAG_SCRIPT: case DL_TAG_STYLE: case DL_TAG_TEMPLATE: case DL_TAG_NOSCRIPT: case DL_TAG_HEAD:
    case DL_TAG_SVG: case DL_TAG_MATH: case DL_TAG_IFRAME: case DL_TAG_OBJECT: case DL_TAG_SELECT:
    case DL_TAG_TEXTAREA: case DL_TAG_VIDEO: case DL_TAG_AUDIO: case DL_TAG_CANVAS: case DL_TAG_NOEMBED:
    case DL_TAG_NOFRAMES: case DL_TAG_DATALIST: case DL_TAG_TITLE: return true;
    default: return false;
    }
}

static uint32_t where_of_tag(dl_tag tag)
{
    switch (tag) {
    case DL_TAG_A: return 0;
    case DL_TAG_NAV: case DL_TAG_MENU: return DL_IN_NAV;
    case DL_TAG_HEADER: return DL_IN_HEADER;
    case DL_TAG_FOOTER: return DL_IN_FOOTER;
    case DL_TAG_ASIDE: return DL_IN_ASIDE;
    case DL_TAG_ARTICLE: return DL_IN_ARTICLE;
    case DL_TAG_MAIN: return DL_IN_MAIN;
    case DL_TAG_FORM: case DL_TAG_FIELDSET: return DL_IN_FORM;
    case DL_TAG_FIGURE: case DL_TAG_PICTURE: return DL_IN_FIGURE;
    case DL_TAG_FIGCAPTION: return DL_IN_CAPTION | DL_IN_FIGURE;
    case DL_TAG_CAPTION: return DL_IN_CAPTION;
    case DL_TAG_TABLE: return DL_IN_TABLE;
    case DL_TAG_UL: case DL_TAG_OL: case DL_TAG_DL: return DL_IN_LIST;
    case DL_TAG_BLOCKQUOTE: return DL_IN_QUOTE;
    case DL_TAG_BUTTON: case DL_TAG_LABEL: case DL_TAG_OPTION: return DL_IN_CONTROL;
    case DL_TAG_DIALOG: return DL_IN_DIALOG;
    case DL_TAG_PRE: return DL_IN_PRE;
    case DL_TAG_TIME: return DL_IN_TIME;
    case DL_TAG_UNKNOWN: return DL_IN_CUSTOM;
    default: return 0;
    }
}

static bool is_block_tag(dl_tag tag)
{
    return (dl_tag_flags(tag) & DL_TAG_IS_BLOCK) || tag == DL_TAG_TD || tag == DL_TAG_TH || tag == DL_TAG_CAPTION ||
           tag == DL_TAG_BUTTON || tag == DL_TAG_LABEL || tag == DL_TAG_LEGEND;
}

static bool style_hides(dl_str style)
{
    size_t at = dl_str_find(style, DL_STR("display"), 0);
    if (at == SIZE_MAX) return false;
    dl_str rest = dl_str_trim(dl_str_slice(style, at + 7, style.len));
    if (!dl_str_starts(rest, ":")) return false;
    return dl_str_starts(dl_str_trim(dl_str_slice(rest, 1, rest.len)), "none");
}

static dl_str span_of(const cutter *c, dl_span span)
{
    return dl_span_str(c->tree->markup->text, span);
}

static dl_cue_set cues_of(const cutter *c, dl_str value)
{
    if (value.len < 2 || value.len > LONGEST_REMEMBERED) return dl_cues_of_name(c->cues, value);
    memory *m = &c->memories[dl_hash(value.ptr, value.len, 0) % REMEMBERED];
    if (!dl_str_eq(m->value, value)) *m = (memory){value, dl_cues_of_name(c->cues, value)};
    return m->cues;
}

/* The first class names what an element is; those behind it often tell one from the next. */
static uint32_t first_word_hash(dl_str value)
{
    value = dl_str_trim(value);
    size_t len = 0;
    while (len < value.len && !dl_ascii_space((unsigned char)value.ptr[len])) len++;
    return (uint32_t)dl_hash(value.ptr, len, 0);
}

/* Whether an attribute's name may be one of those below, by its first letter and length. */
static bool may_tell(dl_str name)
{
    switch (name.len ? dl_ascii_lower((unsigned char)name.ptr[0]) : 0) {
    case 'c': case 's': return name.len == 5;
    case 'i': return name.len == 2 || name.len == 8;
    case 'r': return name.len == 4;
    case 'd': return name.len == 9 || name.len == 11 || name.len == 14;
    case 'a': return name.len == 10 || name.len == 11;
    case 'p': return name.len == 8;
    case 'h': return name.len == 6;
    default: return false;
    }
}

/* What one attribute tells of its element. */
static void read_attribute(const cutter *c, frame *f, const dl_attr *attr)
{
    dl_str name = span_of(c, attr->name), value = span_of(c, attr->value);
    if (!may_tell(name)) return;
    if (dl_str_eq_nocase(name, DL_STR("class"))) f->look ^= first_word_hash(value);
    if (dl_str_eq_nocase(name, DL_STR("class")) || dl_str_eq_nocase(name, DL_STR("id")) ||
        dl_str_eq_nocase(name, DL_STR("role")) || dl_str_eq_nocase(name, DL_STR("itemprop")) ||
        dl_str_eq_nocase(name, DL_STR("data-testid")) || dl_str_eq_nocase(name, DL_STR("data-component")) ||
        dl_str_eq_nocase(name, DL_STR("data-type")) || dl_str_eq_nocase(name, DL_STR("data-module")) ||
        dl_str_eq_nocase(name, DL_STR("aria-label")) || dl_str_eq_nocase(name, DL_STR("property"))) {
        f->own |= cues_of(c, value);
        if (dl_str_eq_nocase(value, DL_STR("navigation")) || dl_str_eq_nocase(value, DL_STR("menu"))) f->where |= DL_IN_NAV;
        if (dl_str_find(value, DL_STR("articleBody"), 0) != SIZE_MAX) f->where |= DL_IN_BODYPROP;
        if (dl_str_is(value, "dialog")) f->where |= DL_IN_DIALOG;
        if (dl_str_is(value, "main")) f->where |= DL_IN_MAIN;
        if (dl_str_is(value, "button")) f->where |= DL_IN_CONTROL;
    } else if (dl_str_eq_nocase(name, DL_STR("hidden"))) {
        f->where |= DL_IN_HIDDEN;
    } else if (dl_str_eq_nocase(name, DL_STR("aria-hidden"))) {
        if (dl_str_is(value, "true")) f->where |= DL_IN_HIDDEN;
    } else if (dl_str_eq_nocase(name, DL_STR("style"))) {
        if (style_hides(value)) f->where |= DL_IN_HIDDEN;
    }
}

static uint32_t look_of_tag(uint16_t tag)
{
    return tag * 0x9E3779B1u;
}

static void scan(cutter *c, int depth)
{
    int from = depth;
    while (from > 0 && !c->frames[from].scanned) from--;
    for (int d = from + !(from == 0 && !c->frames[0].scanned); d <= depth; d++) {
        frame *f = &c->frames[d];
        const frame *above = d ? &c->frames[f->above] : NULL;
        f->scanned = true;
        f->own = 0;
        f->look = look_of_tag(c->tree->nodes[f->node].tag);
        f->where |= above ? above->where : 0;
        if (c->tree->nodes[f->node].kind == DL_NODE_ELEMENT) {
            dl_attr attr;
            uint32_t cursor = 0;
            while (dl_attr_next(c->tree, f->node, &cursor, &attr)) read_attribute(c, f, &attr);
            /* an element around the whole page says nothing of its parts */
            uint16_t tag = c->tree->nodes[f->node].tag;
            if (tag == DL_TAG_HTML || tag == DL_TAG_BODY) f->own = 0;
        }
        f->all = (above ? above->all : 0) | f->own;
    }
}

static bool is_table_part(uint16_t tag)
{
    return tag == DL_TAG_TABLE || tag == DL_TAG_TR || tag == DL_TAG_TBODY || tag == DL_TAG_THEAD || tag == DL_TAG_TFOOT;
}

/* What stands in a table but in no cell is shown before the table ("foster parenting", WHATWG HTML 13.2.6.1): the frame
 * around the table if `depth` is one of its parts, else `depth`. */
static int foster_frame(const cutter *c, int depth, uint32_t *table)
{
    *table = 0;
    if (!is_table_part(c->tree->nodes[c->frames[depth].node].tag)) return depth;
    int at = depth;
    while (at > 0 && c->tree->nodes[c->frames[at].node].tag != DL_TAG_TABLE) at--;
    if (at == 0) return depth;
    *table = c->frames[at].node;
    return c->frames[at].above;
}

/* "https://...", "www. ...": what a writer has put down as it is. */
static bool is_address(dl_str text)
{
    text = dl_str_trim(text);
    return dl_str_starts(text, "http://") || dl_str_starts(text, "https://") || dl_str_starts(text, "www.");
}

static void begin(cutter *c, uint32_t node)
{
    uint32_t table;
    scan(c, c->top);
    int top = foster_frame(c, c->top, &table), depth = top;
    while (depth > 0 && !c->frames[depth].block) depth = c->frames[depth].above;
    const frame *f = &c->frames[depth], *inner = &c->frames[top];
    dl_page_block *b = &c->block;
    *b = (dl_page_block){.first = node, .element = f->node, .where = inner->where, .hash = HASH_START};
    b->table = table ? table : inner->table;
    b->tag = c->tree->nodes[f->node].tag;
    b->depth = c->tree->nodes[f->node].depth;
    int up = f->above, further = c->frames[up].above;
    b->near = f->own | c->frames[up].own | c->frames[further].own;
    /* what inline elements inside say, where they hold the whole block's beginning */
    for (int in = top; in > depth; in = c->frames[in].above) b->near |= c->frames[in].own;
    b->far = inner->all;
    b->article = inner->article;
    b->look = f->look;
    b->named = f->look != look_of_tag(b->tag);
    b->kin = f->look ^ (depth ? c->frames[up].look * 0x85EBCA77u : 0);
    bool holds = b->tag == DL_TAG_DIV || b->tag == DL_TAG_SECTION || b->tag == DL_TAG_ARTICLE || b->tag == DL_TAG_TD ||
                 b->tag == DL_TAG_BODY || b->tag == DL_TAG_CENTER || b->tag == DL_TAG_MAIN;
    b->holder = holds || depth == 0 ? f->node : c->frames[up].node;
    b->before = c->out->letters;
    b->images = c->images;
    b->link_first = inner->link != DL_NONE;
    const dl_node *text = &c->tree->nodes[node];
    b->address = b->link_first && is_address(dl_str_slice(c->tree->markup->text, text->start, text->end));
    c->images = 0;
    c->has_text = true;
    c->in_word = false;
    c->last_link = DL_NONE;
    for (int in = top; in > depth; in = c->frames[in].above) {
        uint16_t tag = c->tree->nodes[c->frames[in].node].tag;
        if (tag == DL_TAG_B || tag == DL_TAG_STRONG || tag == DL_TAG_I || tag == DL_TAG_EM) b->where |= DL_IN_EMPHASIS;
    }
}

static void finish(cutter *c)
{
    if (!c->has_text) return;
    c->has_text = false;
    c->breaks_in_a_row = 0;
    if (!c->block.letters) return;
    if (c->block.linked >= c->block.letters) c->block.where |= DL_IN_LINK;
    dl_page_block *kept = DL_VEC_PUSH(c->arena, &c->out->list);
    if (!kept) {
        c->failed = true;
        return;
    }
    *kept = c->block;
    kept->link_last = c->last_link != DL_NONE;
    kept->like_alt = c->alt && kept->hash == c->alt;
    c->out->letters += c->block.letters;
}

/* ---- measuring text ---- */

static dl_sign ascii_sign(unsigned char ch)
{
    switch (ch) {
    case '.': return DL_SIGN_STOP;
    case '!': case '?': return DL_SIGN_ASK;
    case ':': return DL_SIGN_COLON;
    case ',': case ';': return DL_SIGN_COMMA;
    case '"': case '\'': return DL_SIGN_QUOTE;
    case ')': case ']': case '(': case '[': return DL_SIGN_BRACKET;
    default:
        return dl_ascii_digit(ch) ? DL_SIGN_DIGIT
               : !dl_ascii_alpha(ch) ? DL_SIGN_OTHER
               : ch < 'a' ? DL_SIGN_CAPITAL : DL_SIGN_SMALL;
    }
}

/* Of a sign of two or three bytes, which begins at `at`; letters are DL_SIGN_SMALL. */
static dl_sign wide_sign(const char *at, size_t left)
{
    const unsigned char *s = (const unsigned char *)at;
    if (left < 2) return DL_SIGN_OTHER;
    if (s[0] == 0xC2) return s[1] == 0xAB || s[1] == 0xBB ? DL_SIGN_QUOTE : DL_SIGN_OTHER;
    if (s[0] == 0xD8) return s[1] == 0x8C || s[1] == 0x9B ? DL_SIGN_COMMA : s[1] == 0x9F ? DL_SIGN_ASK : DL_SIGN_SMALL;
    if (s[0] == 0xDB) return s[1] == 0x94 ? DL_SIGN_STOP : DL_SIGN_SMALL;
    if (left < 3) return DL_SIGN_SMALL;
    if (s[0] == 0xE2 && s[1] == 0x80) {
        if (s[2] >= 0x98 && s[2] <= 0x9F) return DL_SIGN_QUOTE;
        if (s[2] == 0xB9 || s[2] == 0xBA) return DL_SIGN_QUOTE;
        return s[2] == 0xA6 ? DL_SIGN_ELLIPSIS : DL_SIGN_OTHER;
    }
    if (s[0] == 0xE2) return DL_SIGN_OTHER;
    if (s[0] == 0xE0) return s[1] == 0xA5 && (s[2] == 0xA4 || s[2] == 0xA5) ? DL_SIGN_STOP : DL_SIGN_SMALL;
    if (s[0] == 0xE3 && s[1] == 0x80) {
        if (s[2] == 0x82) return DL_SIGN_STOP;
        if (s[2] == 0x81) return DL_SIGN_COMMA;
        return s[2] >= 0x8A && s[2] <= 0x91 ? DL_SIGN_QUOTE : DL_SIGN_OTHER;
    }
    if (s[0] == 0xEF && s[1] == 0xBC) {
        if (s[2] == 0x81 || s[2] == 0x9F) return DL_SIGN_ASK;
        if (s[2] == 0x8C) return DL_SIGN_COMMA;
        return DL_SIGN_OTHER;
    }
    return DL_SIGN_SMALL;
}

static void count_sign(dl_page_block *b, dl_sign sign)
{
    b->capitals += sign == DL_SIGN_CAPITAL;
    b->digits += sign == DL_SIGN_DIGIT;
    b->commas += sign == DL_SIGN_COMMA;
    b->stops += sign == DL_SIGN_STOP || sign == DL_SIGN_ASK;
    b->last = (uint8_t)sign;
    if (!b->initial) b->initial = (uint8_t)sign;
}

/* Length of the character reference that begins at `at`, or 0. */
static size_t reference(dl_str text, size_t at)
{
    for (size_t i = at + 1; i < text.len && i < at + 10; i++) {
        char ch = text.ptr[i];
        if (ch == ';') return i - at + 1;
        if (!dl_ascii_alpha((unsigned char)ch) && !dl_ascii_digit((unsigned char)ch) && ch != '#') return 0;
    }
    return 0;
}

static inline bool is_space_at(dl_str text, size_t at, size_t *len)
{
    unsigned char ch = (unsigned char)text.ptr[at];
    if (dl_ascii_space(ch)) return *len = 1, true;
    if (ch == 0xC2 && at + 1 < text.len && (unsigned char)text.ptr[at + 1] == 0xA0) return *len = 2, true;
    if (ch == '&') {
        dl_str rest = dl_str_slice(text, at, text.len);
        if (dl_str_starts(rest, "&nbsp;") || dl_str_starts(rest, "&#160;")) return *len = 6, true;
        if (dl_str_starts(rest, "&zwnj;") || dl_str_starts(rest, "&#8203;")) return *len = rest.ptr[1] == 'z' ? 6 : 7, true;
    }
    return false;
}

static size_t sign_length(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Hashes signs one by one; letters in one case. Four at a time give the same: the sum is a polynomial. */
static uint32_t hash_signs(uint32_t hash, const char *at, size_t len)
{
    enum { P = 16777619 };
    const uint32_t p2 = (uint32_t)P * P, p3 = p2 * P, p4 = p3 * P;
    for (; len >= 4; at += 4, len -= 4) {
        uint32_t a = dl_ascii_lower((unsigned char)at[0]), b = dl_ascii_lower((unsigned char)at[1]);
        uint32_t c = dl_ascii_lower((unsigned char)at[2]), d = dl_ascii_lower((unsigned char)at[3]);
        hash = hash * p4 + (a * p3 + b * p2 + c * P + d);
    }
    for (; len; at++, len--) hash = hash * P + dl_ascii_lower((unsigned char)*at);
    return hash;
}

/* A run of small letters from `at` on, which is what most of a text is; how many. */
static size_t measure_small(cutter *c, dl_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && (unsigned char)(text.ptr[end] - 'a') < 26) end++;
    if (end == at) return 0;
    dl_page_block *b = &c->block;
    b->hash = hash_signs(b->hash, text.ptr + at, end - at);
    b->letters += (uint32_t)(end - at);
    b->words += !c->in_word;
    c->in_word = true;
    b->last = DL_SIGN_SMALL;
    if (!b->initial) b->initial = DL_SIGN_SMALL;
    return end - at;
}

static void measure(cutter *c, dl_str text, bool linked)
{
    dl_page_block *b = &c->block;
    uint32_t before = b->letters;
    for (size_t at = 0; at < text.len;) {
        size_t len = measure_small(c, text, at);
        if (len) {
            at += len;
            continue;
        }
        if (is_space_at(text, at, &len)) {
            c->in_word = false;
            at += len;
            continue;
        }
        unsigned char ch = (unsigned char)text.ptr[at];
        len = ch == '&' ? reference(text, at) : 0;
        dl_sign sign = len ? DL_SIGN_OTHER : ch < 0x80 ? ascii_sign(ch) : wide_sign(text.ptr + at, text.len - at);
        bool wide = ch >= 0xE3 && ch < 0xEE;
        if (!len) len = sign_length(ch);
        else if (len == 6 && memchr("qrl", text.ptr[at + 1], 3)) sign = DL_SIGN_QUOTE; /* &quot; &rdquo; ... */
        count_sign(b, sign);
        b->signs += ch == '@' || (ch == 0xC2 && text.len - at > 1 && (unsigned char)text.ptr[at + 1] == 0xA9);
        if (sign >= DL_SIGN_DIGIT && sign <= DL_SIGN_SMALL)
            b->hash = hash_signs(b->hash, text.ptr + at, len < text.len - at ? len : text.len - at);
        b->letters += wide ? 2 : 1;
        b->words += !c->in_word || (wide && sign == DL_SIGN_SMALL && at % 6 < 3);
        c->in_word = true;
        at += len;
    }
    if (linked) b->linked += b->letters - before;
}

static bool is_blank(dl_str text)
{
    for (size_t at = 0, len; at < text.len; at += len)
        if (!is_space_at(text, at, &len)) return false;
    return true;
}

/* ---- the walk ---- */

static void add_text(cutter *c, uint32_t node)
{
    const dl_node *n = &c->tree->nodes[node];
    dl_str text = dl_str_slice(c->tree->markup->text, n->start, n->end);
    if ((n->flags & DL_NODE_BLANK) || is_blank(text)) {
        c->in_word = false;
        return;
    }
    if (!c->has_text) begin(c, node);
    c->breaks_in_a_row = 0;
    uint32_t link = c->frames[c->top].link;
    if (link != DL_NONE && link != c->last_link) c->block.links++;
    c->last_link = link;
    uint32_t before = c->block.letters;
    measure(c, text, link != DL_NONE);
    if (c->frames[c->top].bold) c->block.bold += c->block.letters - before;
    if (c->frames[c->top].italic) c->block.italic += c->block.letters - before;
    c->block.end = node + 1;
}

/* A picture has no text; what it says instead may stand below it once more. */
static void see_image(cutter *c, uint32_t node)
{
    enum { SHORTEST = 20, LONGEST = 600 };
    c->images += c->images < UINT16_MAX;
    c->alt = 0;
    dl_str alt = dl_attr_raw(c->tree, node, "alt");
    if (alt.len < SHORTEST || alt.len > LONGEST) return;
    dl_page_block block = c->block;
    bool in_word = c->in_word;
    c->block = (dl_page_block){.hash = HASH_START};
    measure(c, alt, false);
    c->alt = c->block.hash;
    c->block = block;
    c->in_word = in_word;
}

/* Elements that stand in a table between its cells and belong there, or show nothing. */
static bool is_in_place(uint16_t tag)
{
    return is_table_part(tag) || tag == DL_TAG_TD || tag == DL_TAG_TH || tag == DL_TAG_CAPTION || tag == DL_TAG_COLGROUP ||
           tag == DL_TAG_COL || tag == DL_TAG_FORM;
}

/* ---- pieces of a line that are not read with it ---- */

static bool is_plain_piece(const dl_tree *tree, uint32_t node)
{
    enum { MOST_NODES = 32 };
    const dl_node *nodes = tree->nodes;
    if (nodes[node].next - node > MOST_NODES) return false;
    for (uint32_t i = node + 1; i < nodes[node].next; i++)
        if (nodes[i].kind == DL_NODE_ELEMENT && is_block_tag((dl_tag)nodes[i].tag)) return false;
    return true;
}

/* A card in the midst of a line: a picture, then nothing but links, two or more. It opens over the name before it. */
static bool is_card(const cutter *c, uint32_t node)
{
    enum { MOST_NODES = 96 };
    const dl_node *nodes = c->tree->nodes;
    uint32_t link_end = 0;
    int pictures = 0, links = 0;
    if (!c->has_text || nodes[node].next - node < 6 || nodes[node].next - node > MOST_NODES) return false;
    for (uint32_t i = node + 1; i < nodes[node].next; i++) {
        pictures += nodes[i].tag == DL_TAG_IMG;
        if (nodes[i].tag == DL_TAG_A && i >= link_end) links++, link_end = nodes[i].next;
        bool bare = nodes[i].kind == DL_NODE_TEXT && !(nodes[i].flags & DL_NODE_BLANK) && (i >= link_end || !pictures);
        if (bare || (nodes[i].kind == DL_NODE_ELEMENT && is_block_tag((dl_tag)nodes[i].tag))) return false;
    }
    return pictures && links >= 2;
}

/* Whether an element inside a line is hidden, for screen readers alone, or a box that opens; then its texts are marked. */
static bool veil(cutter *c, uint32_t node)
{
    const dl_node *n = &c->tree->nodes[node];
    if (n->tag == DL_TAG_A || n->tag == DL_TAG_IMG || n->body - n->start < (uint32_t)n->name_len + 8 || is_block_tag((dl_tag)n->tag)) return false;
    dl_attr attr;
    bool found = false;
    for (uint32_t cursor = 0; !found && dl_attr_next(c->tree, node, &cursor, &attr);) {
        dl_str name = span_of(c, attr.name), value = span_of(c, attr.value);
        if (dl_str_eq_nocase(name, DL_STR("class"))) found = dl_cues_veil(c->cues, value);
        else if (dl_str_eq_nocase(name, DL_STR("role"))) found = dl_str_is(value, "tooltip");
        else if (dl_str_eq_nocase(name, DL_STR("style"))) found = style_hides(value);
        else found = dl_str_eq_nocase(name, DL_STR("hidden"));
    }
    if (found ? !is_plain_piece(c->tree, node) : !is_card(c, node)) return false;
    for (uint32_t i = node + 1; i < n->next; i++) c->tree->nodes[i].flags |= DL_NODE_HIDDEN;
    return true;
}

static void open_element(cutter *c, uint32_t node)
{
    const dl_node *n = &c->tree->nodes[node];
    if (n->tag == DL_TAG_IMG) see_image(c, node);
    if (n->tag == DL_TAG_BR || n->tag == DL_TAG_HR) {
        c->in_word = false;
        c->block.breaks += c->has_text;
        if (++c->breaks_in_a_row > 1 || n->tag == DL_TAG_HR) finish(c);
        return;
    }
    frame *f = &c->frames[n->depth];
    uint32_t link = n->depth ? c->frames[n->depth - 1].link : DL_NONE;
    *f = (frame){.node = node, .where = where_of_tag((dl_tag)n->tag), .block = is_block_tag((dl_tag)n->tag)};
    f->link = n->tag == DL_TAG_A ? node : link;
    f->above = n->depth ? n->depth - 1 : 0;
    if (n->depth && !is_in_place(n->tag)) f->above = foster_frame(c, f->above, &f->table);
    if (!f->table) f->table = n->tag == DL_TAG_TABLE ? 0 : c->frames[f->above].table;
    const frame *above = &c->frames[n->depth ? n->depth - 1 : 0];
    f->article = n->tag == DL_TAG_ARTICLE ? node : n->depth ? above->article : 0;
    f->bold = n->tag == DL_TAG_B || n->tag == DL_TAG_STRONG || (n->depth && !f->block && above->bold);
    f->italic = n->tag == DL_TAG_I || n->tag == DL_TAG_EM || (n->depth && !f->block && above->italic);
    if (f->block) finish(c);
    c->top = n->depth;
}

static void close_to(cutter *c, int depth)
{
    for (; c->top >= depth && c->top > 0; c->top--)
        if (c->frames[c->top].block) finish(c);
}

/* A block whose holder holds nothing else is held by what is around: each paragraph may have a wrapping of its own. */
static void settle_holders(dl_page_blocks *blocks)
{
    enum { WRAPPINGS = 4 };
    const dl_node *nodes = blocks->tree->nodes;
    for (size_t i = 0; i < blocks->list.count; i++) {
        dl_page_block *b = &blocks->list.items[i];
        uint32_t before = i ? b[-1].first : 0, after = i + 1 < blocks->list.count ? b[1].first : UINT32_MAX;
        for (int up = 0; up < WRAPPINGS && nodes[b->holder].parent != DL_NONE; up++) {
            if (before >= b->holder || after < nodes[b->holder].next) break;
            b->holder = nodes[b->holder].parent;
        }
    }
}

dl_status dl_page_blocks_find(dl_page_blocks *out, const dl_cues *cues, dl_tree *tree, dl_arena *arena,
                              dl_error *err)
{
    *out = (dl_page_blocks){.tree = tree};
    cutter c = {.tree = tree, .cues = cues, .arena = arena, .out = out};
    c.frames = DL_NEW_ARRAY(arena, frame, DL_TREE_MAX_DEPTH + 2);
    c.memories = DL_NEW_ARRAY(arena, memory, REMEMBERED);
    if (!c.frames || !c.memories) return dl_fail_memory(err);
    c.frames[0] = (frame){.node = 0, .link = DL_NONE, .block = true};
    for (uint32_t node = 1; node < tree->count && !c.failed;) {
        const dl_node *n = &tree->nodes[node];
        close_to(&c, n->depth);
        if (n->kind == DL_NODE_TEXT) {
            add_text(&c, node++);
        } else if (dl_page_skips((dl_tag)n->tag) || veil(&c, node)) {
            node = n->next;
        } else {
            open_element(&c, node++);
        }
    }
    close_to(&c, 1);
    finish(&c);
    if (c.failed) return dl_fail_memory(err);
    settle_holders(out);
    return DL_OK;
}

/* ---- phrases ---- */

enum { PHRASE_BLOCK = 400 }; /* longer blocks speak for themselves */

static dl_str raw_text(const dl_page_blocks *blocks, const dl_page_block *b, char *out, size_t capacity)
{
    size_t len = 0;
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &blocks->tree->nodes[node];
        if (n->kind != DL_NODE_TEXT || (n->flags & DL_NODE_HIDDEN)) continue;
        size_t part = n->end - n->start;
        if (len + part + 1 > capacity) break;
        memcpy(out + len, blocks->tree->markup->text.ptr + n->start, part);
        len += part;
    }
    return (dl_str){out, len};
}

dl_status dl_page_blocks_phrases(dl_page_blocks *blocks, const dl_cues *cues, dl_arena *arena, dl_error *err)
{
    enum { CAPACITY = 4 * PHRASE_BLOCK };
    char *raw = dl_arena_alloc_raw(arena, CAPACITY);
    if (!raw) return dl_fail_memory(err);
    for (size_t i = 0; i < blocks->list.count; i++) {
        dl_page_block *b = &blocks->list.items[i];
        if (b->letters > PHRASE_BLOCK || (b->where & DL_IN_NAV)) continue;
        dl_str folded = dl_utf8_fold(arena, raw_text(blocks, b, raw, CAPACITY));
        if (!folded.ptr) return dl_fail_memory(err);
        b->phrases = dl_phrases_in(cues, folded, &b->leads);
    }
    return DL_OK;
}
