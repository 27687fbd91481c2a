/* tree_foreign.c - svg and math: passed over as one node, ended as the standard ends them (13.2.6.5). */
#include "page/tree_build.h"

/* HTML begins again inside these (integration points). */
static bool is_integration_point(const builder *b, const dl_html_token *token)
{
    static const char *const names[] = {"foreignobject", "desc", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"};
    if (token->tag == DL_TAG_TITLE) return true;
    if (token->tag != DL_TAG_UNKNOWN) return false;
    dl_str name = {b->bytes + token->name.start, token->name.end - token->name.start};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_str_eq_nocase(name, dl_str_of(names[i]))) return true;
    return false;
}

/* Text elements inside an integration point are HTML and hide their markup. */
static void enter_text(builder *b, dl_tag tag)
{
    unsigned flags = dl_tag_flags(tag);
    if (tag == DL_TAG_SCRIPT) b->tokens.state = DL_HTML_SCRIPT;
    else if (flags & DL_TAG_IS_RAWTEXT) b->tokens.state = DL_HTML_RAWTEXT;
    else if (tag == DL_TAG_TEXTAREA) b->tokens.state = DL_HTML_RCDATA;
}

static bool start_inside(builder *b, const dl_html_token *token)
{
    if (b->integration == 0 && (dl_tag_flags(token->tag) & DL_TAG_BREAKS_OUT)) {
        builder_pop(b, b->foreign, token->start, token->start);
        return false;
    }
    if (token->self_closing) return true;
    if (is_integration_point(b, token)) {
        b->integration++;
    } else if (token->tag != DL_TAG_UNKNOWN && !(dl_tag_flags(token->tag) & DL_TAG_IS_VOID)) {
        if (b->integration) enter_text(b, token->tag);
        if (b->inside[token->tag] < UINT16_MAX) b->inside[token->tag]++;
    }
    return true;
}

static bool end_inside(builder *b, const dl_html_token *token)
{
    if (token->tag == b->open[b->foreign].tag && b->inside[token->tag] == 0) {
        builder_pop(b, b->foreign, token->start, token->end);
        return true;
    }
    if (is_integration_point(b, token)) {
        if (b->integration) b->integration--;
        return true;
    }
    if (token->tag == DL_TAG_UNKNOWN) return true;
    if (b->inside[token->tag]) {
        b->inside[token->tag]--;
        return true;
    }
    /* the end of something around it ends foreign content too */
    bool breaks = token->tag == DL_TAG_P || token->tag == DL_TAG_BR || builder_has(b, token->tag, builder_scope(token->tag));
    if (breaks) builder_pop(b, b->foreign, token->start, token->start);
    return !breaks;
}

bool builder_foreign(builder *b, const dl_html_token *token)
{
    if (token->kind == DL_HTML_START_TAG) return start_inside(b, token);
    if (token->kind == DL_HTML_END_TAG) return end_inside(b, token);
    return true;
}
