/* pronouns.c - whom a speaking pronoun means: "The governor wrote ... He said": the speaker of the statement before, a
 * sentence or two back, where he can be meant. Quoted people go on speaking (Elson and McKeown 2010). */
#include <stdlib.h>

#include "base/error.h"
#include "names/codes.h"
#include "statements/work.h"

enum { NEAR = 2 /* sentences */, MANY = 400 /* mentions looked back over */, FEW = 16 /* statements */ };

typedef enum pronoun_kind { NO_PRONOUN, OF_HIM, OF_HER, OF_IT, OF_THEM } pronoun_kind;

static pronoun_kind kind_at(const dl_text *text, uint32_t token)
{
    if (token == DL_NONE || text->tokens[token].upos != DL_PRON) return NO_PRONOUN;
    dl_str norm = text->tokens[token].norm;
    if (dl_str_is(norm, "he")) return OF_HIM;
    if (dl_str_is(norm, "she")) return OF_HER;
    if (dl_str_is(norm, "it")) return OF_IT;
    return dl_str_is(norm, "they") ? OF_THEM : NO_PRONOUN;
}

/* Whether a mention of it before is a pronoun of the other gender. */
static bool is_other_gender(const statements_work *work, uint32_t entity, pronoun_kind kind, uint32_t pronoun)
{
    const char *other = kind == OF_HIM ? "she" : "he";
    size_t end = dl_names_mentions_from(work->names, pronoun);
    for (size_t i = end; i-- > 0 && end - i <= MANY;) {
        const dl_mention *m = &work->names->mentions[i];
        if (m->entity == entity && m->kind == DL_MENTION_PRONOUN && dl_str_is(work->text->tokens[m->head].norm, other)) return true;
    }
    return false;
}

static bool can_mean(const statements_work *work, pronoun_kind kind, uint32_t pronoun, uint32_t entity)
{
    dl_name_type type = work->names->entities[entity].type;
    bool body = type == DL_NAME_ORG || type == DL_NAME_GPE;
    if (kind == OF_IT) return body;
    if (kind == OF_THEM) return body || type == DL_NAME_NORP;
    return type == DL_NAME_PERSON && !is_other_gender(work, entity, kind, pronoun);
}

static uint32_t block_of(const dl_text *text, uint32_t token)
{
    return text->sentences[text->tokens[token].sentence].block;
}

/* Whether the paragraph names it before the pronoun: then the names room had reason to choose it. */
static bool is_at_hand(const statements_work *work, uint32_t entity, uint32_t pronoun)
{
    size_t end = dl_names_mentions_from(work->names, pronoun);
    for (size_t i = end; i-- > 0 && end - i <= MANY;) {
        const dl_mention *m = &work->names->mentions[i];
        if (block_of(work->text, m->first) != block_of(work->text, pronoun)) return false;
        if (m->entity == entity && m->kind != DL_MENTION_PRONOUN) return true;
    }
    return false;
}

/* The entity of the speaker before, DL_NONE where he can't be meant. */
static uint32_t speaker_before(const statements_work *work, const spoken *items, size_t index)
{
    const spoken *one = &items[index];
    pronoun_kind kind = kind_at(work->text, one->head);
    for (size_t i = index; i-- > 0 && index - i <= FEW;) {
        const spoken *before = &items[i];
        if (before->out->sentence + NEAR < one->out->sentence) return DL_NONE;
        if (before->out->entity != DL_NONE && can_mean(work, kind, one->head, before->out->entity)) return before->out->entity;
    }
    return DL_NONE;
}

static int by_cue(const void *a, const void *b)
{
    const spoken *x = a, *y = b;
    return x->cue != y->cue ? (x->cue < y->cue ? -1 : 1) : (x->out < y->out ? -1 : x->out > y->out);
}

void statements_resolve_pronouns(const statements_work *work, spoken *items, size_t count)
{
    if (count) qsort(items, count, sizeof *items, by_cue);
    for (size_t i = 0; i < count; i++) {
        dl_statement *out = items[i].out;
        if (kind_at(work->text, items[i].head) == NO_PRONOUN) continue;
        if (out->entity != DL_NONE && is_at_hand(work, out->entity, items[i].head)) continue;
        uint32_t entity = speaker_before(work, items, i);
        if (entity != DL_NONE) out->entity = entity;
    }
}
