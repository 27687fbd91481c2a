/* tree_tags.c - what start and end tags do to the open elements (WHATWG HTML, 13.2.6.4). */
#include "page/tree_build.h"

#include "page/seek.h"

static bool is_heading(unsigned tag)
{
    return tag >= DL_TAG_H1 && tag <= DL_TAG_H6;
}

/* White space behind a block's tag never shows; what is never shown itself changes nothing about that. */
static void note_block(builder *b, dl_tag tag, unsigned flags)
{
    if (tag == DL_TAG_SCRIPT || tag == DL_TAG_STYLE || tag == DL_TAG_META || tag == DL_TAG_LINK) return;
    b->behind_block = (flags & DL_TAG_IS_BLOCK) != 0;
}

/* ---- start tags ---- */

static void end_if_in(builder *b, dl_tag tag, fence kind, uint32_t at)
{
    if (builder_has(b, tag, kind)) builder_pop(b, b->last[tag], at, at);
}

static void end_if_last(builder *b, const dl_tag *tags, size_t count, uint32_t at)
{
    for (size_t i = 0; i < count; i++) {
        if (b->open[b->top].tag != tags[i]) continue;
        builder_pop(b, b->top, at, at);
        return;
    }
}

/* Ends the outermost of these that is open in the innermost table. False if there is no table. */
static bool end_in_table(builder *b, const dl_tag *tags, size_t count, uint32_t at)
{
    int table = b->open[b->top].fences[FENCE_TABLE], outermost = 0;
    if (b->open[table].tag != DL_TAG_TABLE) return false;
    for (size_t i = 0; i < count; i++) {
        int index = b->last[tags[i]];
        if (index > table && (!outermost || index < outermost)) outermost = index;
    }
    if (outermost) builder_pop(b, outermost, at, at);
    return true;
}

static const dl_tag cells[] = {DL_TAG_TD, DL_TAG_TH, DL_TAG_CAPTION};
static const dl_tag rows[] = {DL_TAG_TR, DL_TAG_TD, DL_TAG_TH, DL_TAG_CAPTION, DL_TAG_COLGROUP};
static const dl_tag row_groups[] = {DL_TAG_TBODY, DL_TAG_THEAD, DL_TAG_TFOOT, DL_TAG_TR,
                                    DL_TAG_TD,    DL_TAG_TH,    DL_TAG_CAPTION, DL_TAG_COLGROUP};
static const dl_tag options[] = {DL_TAG_OPTION};
static const dl_tag ruby_parts[] = {DL_TAG_RB, DL_TAG_RP, DL_TAG_RT, DL_TAG_RTC};
#define END_IN_TABLE(b, tags, at) end_in_table((b), (tags), sizeof(tags) / sizeof *(tags), (at))
#define END_IF_LAST(b, tags, at) end_if_last((b), (tags), sizeof(tags) / sizeof *(tags), (at))

static void end_formatting(builder *b, dl_tag tag, uint32_t at, uint32_t end);

/* The open item that a new li, dt or dd ends: the nearest special element, if it is one. */
static void end_item(builder *b, bool list, uint32_t at)
{
    int nearest = b->open[b->top].fences[FENCE_ITEM];
    unsigned tag = b->open[nearest].tag;
    if (list ? tag == DL_TAG_LI : tag == DL_TAG_DD || tag == DL_TAG_DT) builder_pop(b, nearest, at, at);
}

/* Whether nothing but html is open. */
static bool at_root(const builder *b)
{
    return b->top == 0 || b->open[b->top].tag == DL_TAG_HTML;
}

/* What a start tag ends. False if the tag is to be ignored. */
static bool prepare(builder *b, dl_tag tag, uint32_t at)
{
    switch (tag) {
    case DL_TAG_HTML: return b->top == 0 && !b->seen_body;
    case DL_TAG_HEAD: return at_root(b) && !b->seen_body;
    case DL_TAG_BODY: {
        bool first = at_root(b) && !b->seen_body;
        b->seen_body = true;
        return first;
    }
    case DL_TAG_LI: end_item(b, true, at); break;
    case DL_TAG_DD: case DL_TAG_DT: end_item(b, false, at); break;
    case DL_TAG_BUTTON: end_if_in(b, DL_TAG_BUTTON, FENCE_SCOPE, at); break;
    case DL_TAG_A: case DL_TAG_NOBR:
        if (builder_has(b, tag, FENCE_SCOPE)) end_formatting(b, tag, at, at);
        break;
    case DL_TAG_OPTION: END_IF_LAST(b, options, at); break;
    case DL_TAG_OPTGROUP:
        END_IF_LAST(b, options, at);
        end_if_last(b, &tag, 1, at);
        break;
    case DL_TAG_RB: case DL_TAG_RP: case DL_TAG_RT: case DL_TAG_RTC: END_IF_LAST(b, ruby_parts, at); break;
    case DL_TAG_TD: case DL_TAG_TH: return END_IN_TABLE(b, cells, at);
    case DL_TAG_TR: return END_IN_TABLE(b, rows, at);
    case DL_TAG_TBODY: case DL_TAG_THEAD: case DL_TAG_TFOOT: case DL_TAG_CAPTION: case DL_TAG_COLGROUP:
        return END_IN_TABLE(b, row_groups, at);
    case DL_TAG_FORM:
        if (b->last[DL_TAG_FORM] > 0) return false;
        break;
    default: break;
    }
    if (dl_tag_flags(tag) & DL_TAG_ENDS_P) end_if_in(b, DL_TAG_P, FENCE_BUTTON, at);
    if (is_heading(tag) && is_heading(b->open[b->top].tag)) builder_pop(b, b->top, at, at);
    return true;
}

/* Elements whose content is text to the tokenizer. */
static void enter_text(builder *b, dl_tag tag, unsigned flags)
{
    if (tag == DL_TAG_SCRIPT) b->tokens.state = DL_HTML_SCRIPT;
    else if (flags & DL_TAG_IS_RAWTEXT) b->tokens.state = DL_HTML_RAWTEXT;
    else if (flags & DL_TAG_IS_RCDATA) b->tokens.state = DL_HTML_RCDATA;
    else if (tag == DL_TAG_PLAINTEXT) b->tokens.state = DL_HTML_PLAINTEXT;
}

static uint32_t add_element(builder *b, const dl_html_token *token, dl_tag tag, unsigned flags)
{
    const open_element *parent = &b->open[b->top];
    uint32_t len = token->name.end - token->name.start;
    uint8_t hidden = b->nodes[parent->node].flags & DL_NODE_HIDDEN;
    if (flags & (DL_TAG_IS_HIDDEN | DL_TAG_IS_FOREIGN)) hidden = DL_NODE_HIDDEN;
    dl_node node = {.start = token->start,
                    .body = token->end,
                    .body_end = token->end,
                    .end = token->end,
                    .parent = parent->node,
                    .next = b->count + 1,
                    .tag = (uint16_t)tag,
                    .name_len = (uint16_t)(len < UINT16_MAX ? len : UINT16_MAX),
                    .kind = DL_NODE_ELEMENT,
                    .flags = hidden,
                    .depth = (uint16_t)(b->top + 1)};
    return builder_add(b, &node);
}

static void open_foreign(builder *b)
{
    b->foreign = b->top;
    b->integration = 0;
    memset(b->inside, 0, sizeof b->inside);
}

void builder_start(builder *b, const dl_html_token *token)
{
    dl_tag tag = token->tag == DL_TAG_IMAGE ? DL_TAG_IMG : token->tag;
    unsigned flags = dl_tag_flags(tag);
    if (b->open[b->top].tag == DL_TAG_HEAD && !(flags & DL_TAG_IS_HEAD))
        builder_pop(b, b->top, token->start, token->start);
    note_block(b, tag, flags);
    if (!prepare(b, tag, token->start)) return;
    uint32_t node = add_element(b, token, tag, flags);
    if (node == DL_NONE || (flags & DL_TAG_IS_VOID)) return;
    if ((flags & DL_TAG_IS_FOREIGN) && token->self_closing) return;
    enter_text(b, tag, flags);
    if (b->top + 1 >= DL_TREE_MAX_DEPTH) {
        b->over[tag]++;
        b->over_total++;
        return;
    }
    uint32_t hash = tag == DL_TAG_UNKNOWN
                        ? builder_name_hash(b->bytes + token->name.start, token->name.end - token->name.start) : 0;
    builder_push(b, node, tag, hash);
    if (flags & DL_TAG_IS_FOREIGN) open_foreign(b);
}

/* ---- end tags ---- */

/* The standard's adoption agency, as far as a tree without moves goes: an element with blocks still open in it is
 * marked ended, and leaves the stack when they have. */
static void end_formatting(builder *b, dl_tag tag, uint32_t at, uint32_t end)
{
    int index = b->last[tag];
    if (index >= b->open[b->top].fences[FENCE_SPECIAL]) {
        builder_pop(b, index, at, end);
        return;
    }
    open_element *element = &b->open[index];
    b->nodes[element->node].body_end = at;
    b->nodes[element->node].end = end;
    b->last[tag] = element->below;
    element->ghost = true;
}

/* An end tag for an element that is neither special nor formatting. */
static void end_other(builder *b, const dl_html_token *token)
{
    int index = b->last[token->tag], special = b->open[b->top].fences[FENCE_SPECIAL];
    if (token->tag == DL_TAG_UNKNOWN) {
        uint32_t hash = builder_name_hash(b->bytes + token->name.start, token->name.end - token->name.start);
        for (int step = 0; index > special && b->open[index].name_hash != hash; step++) {
            b->tokens.steps++;
            index = step < UNKNOWN_SEARCH ? b->open[index].below : -1;
        }
    }
    if (index > special) builder_pop(b, index, token->start, token->end);
}

static void end_heading(builder *b, const dl_html_token *token)
{
    int innermost = 0;
    for (int tag = DL_TAG_H1; tag <= DL_TAG_H6; tag++)
        if (b->last[tag] > innermost) innermost = b->last[tag];
    if (innermost && innermost >= b->open[b->top].fences[FENCE_SCOPE])
        builder_pop(b, innermost, token->start, token->end);
}

/* "</p>" without a p makes an empty one, and "</br>" is a br. */
static void add_empty(builder *b, const dl_html_token *token, dl_tag tag)
{
    dl_html_token made = *token;
    made.name.end = made.name.start; /* the name at start + 1 would be "/p" */
    add_element(b, &made, tag, dl_tag_flags(tag));
}

static void end_form(builder *b, const dl_html_token *token)
{
    if (!builder_has(b, DL_TAG_FORM, FENCE_SCOPE)) return;
    end_formatting(b, DL_TAG_FORM, token->start, token->end);
}

/* The page goes on behind them, and what comes still belongs to the body. */
static void note_end(builder *b, const dl_html_token *token)
{
    int index = b->last[token->tag];
    if (index < 0) return;
    end_if_in(b, DL_TAG_P, FENCE_BUTTON, token->start);
    b->nodes[b->open[index].node].body_end = token->start;
    b->nodes[b->open[index].node].end = token->end;
}

void builder_end(builder *b, const dl_html_token *token)
{
    dl_tag tag = token->tag;
    unsigned flags = dl_tag_flags(tag);
    note_block(b, tag, flags);
    if (b->over_total && b->over[tag]) {
        b->over[tag]--;
        b->over_total--;
        return;
    }
    if (tag == DL_TAG_P && !builder_has(b, tag, FENCE_BUTTON)) add_empty(b, token, tag);
    else if (tag == DL_TAG_P) builder_pop(b, b->last[tag], token->start, token->end);
    else if (tag == DL_TAG_BR) add_empty(b, token, tag);
    else if (tag == DL_TAG_HTML || tag == DL_TAG_BODY) note_end(b, token);
    else if (tag == DL_TAG_FORM) end_form(b, token);
    else if (is_heading(tag)) end_heading(b, token);
    else if (flags & DL_TAG_IS_FORMATTING) {
        if (builder_has(b, tag, FENCE_SCOPE)) end_formatting(b, tag, token->start, token->end);
    } else if (flags & DL_TAG_IS_SPECIAL) {
        /* nothing inside holds template and noscript open */
        bool always = (tag == DL_TAG_TEMPLATE || tag == DL_TAG_NOSCRIPT) && b->last[tag] > 0;
        if (always || builder_has(b, tag, builder_scope(tag))) builder_pop(b, b->last[tag], token->start, token->end);
    } else {
        end_other(b, token);
    }
}
