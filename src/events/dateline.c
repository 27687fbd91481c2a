/* dateline.c - "VIENNA, Sept 24 (Reuters) —": where and when a report was filed, not where and when things happened. */
#include "base/str.h"
#include "base/utf8.h"
#include "events/clause.h"
#include "events/coder.h"

enum { LONGEST = 18 }; /* tokens: town, country, day, agency, marks */

static bool is_capitals(dl_str words)
{
    size_t letters = 0;
    for (size_t i = 0; i < words.len; i++) {
        unsigned char byte = (unsigned char)words.ptr[i];
        if (byte >= 'a' && byte <= 'z') return false;
        letters += byte >= 'A' && byte <= 'Z';
    }
    return letters >= 3;
}

static bool is_dash(dl_str norm)
{
    return dl_str_is(norm, "-") || dl_str_is(norm, "--") || dl_str_is(norm, "—") || dl_str_is(norm, "–");
}

/* What stands before the dash: names, numbers, marks, small words ("9 May", "AP Photo by"), no verb. */
static bool may_stand_before(const dl_token *token)
{
    return token->upos != DL_VERB && token->upos != DL_AUX && token->upos != DL_PRON;
}

static bool starts_block(const coder *c, uint32_t sentence)
{
    return sentence == 0 || c->text->sentences[sentence - 1].block != c->text->sentences[sentence].block;
}

/* The dash that ends a dateline at the head of a sentence; DL_NONE. A town not in capitals asks for brackets before the dash. */
static uint32_t dash_of(const coder *c, const dl_sentence *sentence)
{
    const dl_token *tokens = c->text->tokens;
    uint32_t end = sentence->first + (sentence->count < LONGEST ? sentence->count : LONGEST);
    bool capitals = is_capitals(dl_span_str(c->text->text, tokens[sentence->first].span));
    for (uint32_t t = sentence->first; t < end; t++) {
        if (is_dash(tokens[t].norm)) {
            bool bracket = t > sentence->first && dl_str_is(tokens[t - 1].norm, ")");
            return t > sentence->first && (capitals || bracket) ? t : DL_NONE;
        }
        if (!may_stand_before(&tokens[t])) return DL_NONE;
    }
    return DL_NONE;
}

bool in_dateline(const coder *c, uint32_t token)
{
    uint32_t index = c->text->tokens[token].sentence;
    const dl_sentence *sentence = &c->text->sentences[index];
    if (token - sentence->first >= LONGEST || !starts_block(c, index)) return false;
    uint32_t dash = dash_of(c, sentence);
    return dash != DL_NONE && token < dash;
}
