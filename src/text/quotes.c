/* quotes.c - which tokens stand inside quotation marks.
 *
 * A quotation runs from an opening mark to the next closing one, or to the end of the block, as news leaves quotations
 * open that go on in the next paragraph. Single marks count only where both ends are found in the block. */
#include "text/quotes.h"

#include "base/str.h"

typedef enum mark { NO_MARK, OPENING, CLOSING, STRAIGHT, SINGLE_OPENING, SINGLE_CLOSING } mark;

static bool space_before(const dl_token *tokens, size_t first, size_t i)
{
    return i == first || (tokens[i - 1].flags & DL_TOKEN_SPACE_AFTER);
}

static mark kind(dl_str text, const dl_token *tokens, size_t first, size_t i)
{
    const dl_token *token = &tokens[i];
    dl_str form = dl_span_str(text, token->span);
    if (form.len > 3 || dl_ascii_alpha((unsigned char)form.ptr[0]) || token->flags & DL_TOKEN_JOINED) return NO_MARK;
    if (dl_str_is(form, "\"")) return STRAIGHT;
    if (dl_str_is(form, "``") || dl_str_is(form, "\xE2\x80\x9C") || dl_str_is(form, "\xC2\xAB") || dl_str_is(form, "\xE2\x80\x9E"))
        return OPENING;
    if (dl_str_is(form, "''") || dl_str_is(form, "\xE2\x80\x9D") || dl_str_is(form, "\xC2\xBB")) return CLOSING;
    if (dl_str_is(form, "'") || dl_str_is(form, "\xE2\x80\x98") || dl_str_is(form, "\xE2\x80\x99")) {
        bool opens = space_before(tokens, first, i) && !(token->flags & DL_TOKEN_SPACE_AFTER);
        return opens || dl_str_is(form, "\xE2\x80\x98") ? SINGLE_OPENING : SINGLE_CLOSING;
    }
    return NO_MARK;
}

/* Whether a straight mark opens: told by the spaces about it, else by turns. */
static bool opens(const dl_token *tokens, size_t first, size_t i, bool inside)
{
    bool before = space_before(tokens, first, i), after = tokens[i].flags & DL_TOKEN_SPACE_AFTER;
    return before == after ? !inside : before;
}

void dl_quotes_mark(dl_str text, dl_token *tokens, size_t first, size_t count)
{
    bool inside = false;
    size_t single = SIZE_MAX; /* an open single mark */
    for (size_t i = first; i < count; i++) {
        switch (kind(text, tokens, first, i)) {
        case NO_MARK:
            if (inside) tokens[i].flags |= DL_TOKEN_QUOTED;
            break;
        case OPENING: inside = true; break;
        case CLOSING: inside = false; break;
        case STRAIGHT: inside = opens(tokens, first, i, inside); break;
        case SINGLE_OPENING: single = i; break;
        case SINGLE_CLOSING:
            for (size_t j = single; j < i; j++)
                if (j > single) tokens[j].flags |= DL_TOKEN_QUOTED;
            single = SIZE_MAX;
            break;
        }
    }
}
