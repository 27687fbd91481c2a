/* pronouns.c - he and she, where clear: one person alone is at hand, or one is the subject of what was said last. */
#include <stdlib.h>

#include "base/error.h"
#include "names/work.h"

typedef struct person_at_hand {
    uint32_t entity, sentence;
    bool subject;
} person_at_hand;

typedef struct pronoun_pass {
    names_work *work;
    person_at_hand near[8]; /* people of this sentence and the one before, latest last */
    size_t count;
} pronoun_pass;

int names_by_place(const dl_mention *x, const dl_mention *y)
{
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

static int by_place(const void *a, const void *b)
{
    return names_by_place(a, b);
}

/* 'm' or 'f' for a pronoun of a person, 0 else. */
static char pronoun_gender(dl_str norm)
{
    if (dl_str_is(norm, "he") || dl_str_is(norm, "him") || dl_str_is(norm, "his") || dl_str_is(norm, "himself")) return 'm';
    if (dl_str_is(norm, "she") || dl_str_is(norm, "her") || dl_str_is(norm, "herself")) return 'f';
    return 0;
}

static bool fits(const entity_note *note, char gender)
{
    return gender == 'm' ? !note->female : !note->male;
}

static void note_person(pronoun_pass *pass, const dl_mention *mention)
{
    const dl_text *text = pass->work->text;
    const dl_entity *entity = &pass->work->entities.items[mention->entity].entity;
    if (entity->type != DL_NAME_PERSON) return;
    person_at_hand item = {mention->entity, text->tokens[mention->first].sentence,
                           text->tokens[mention->head].deprel == DL_DEP_NSUBJ};
    size_t keep = 0;
    for (size_t i = 0; i < pass->count; i++)
        if (pass->near[i].entity != item.entity && pass->near[i].sentence + 1 >= item.sentence)
            pass->near[keep++] = pass->near[i];
        else if (pass->near[i].entity == item.entity && pass->near[i].sentence == item.sentence)
            item.subject |= pass->near[i].subject;
    if (keep == sizeof pass->near / sizeof *pass->near) {
        memmove(pass->near, pass->near + 1, (keep - 1) * sizeof *pass->near);
        keep--;
    }
    pass->near[keep] = item;
    pass->count = keep + 1;
}

static uint32_t answer(const pronoun_pass *pass, uint32_t sentence, char gender)
{
    uint32_t only = DL_NONE, subject = DL_NONE;
    size_t fitting = 0, subjects = 0;
    for (size_t i = 0; i < pass->count; i++) {
        const person_at_hand *near = &pass->near[i];
        if (near->sentence + 2 < sentence || !fits(&pass->work->entities.items[near->entity], gender)) continue;
        fitting++;
        only = near->entity;
        if (near->subject) {
            subjects++;
            subject = near->entity;
        }
    }
    if (fitting == 1) return only;
    return subjects == 1 ? subject : DL_NONE;
}

static bool join_pronoun(pronoun_pass *pass, uint32_t token)
{
    char gender = pronoun_gender(pass->work->text->tokens[token].norm);
    if (!gender) return true;
    uint32_t entity = answer(pass, pass->work->text->tokens[token].sentence, gender);
    if (entity == DL_NONE) return true;
    entity_note *note = &pass->work->entities.items[entity];
    note->male |= gender == 'm';
    note->female |= gender == 'f';
    if (!names_push_mention(pass->work, token, 1, token, entity, DL_MENTION_PRONOUN)) return false;
    note_person(pass, &pass->work->mentions.items[pass->work->mentions.count - 1]);
    return true;
}

dl_status names_pronouns_join(names_work *work, dl_error *err)
{
    pronoun_pass pass = {.work = work};
    size_t known = work->mentions.count, next = 0;
    if (known) qsort(work->mentions.items, known, sizeof *work->mentions.items, by_place);
    for (uint32_t token = 0; token < work->text->token_count; token++) {
        while (next < known && work->mentions.items[next].first == token) note_person(&pass, &work->mentions.items[next++]);
        if (!join_pronoun(&pass, token)) return dl_fail_memory(err);
    }
    return DL_OK;
}

dl_status names_finish(names_work *work, dl_names *out, dl_error *err)
{
    size_t entities = work->entities.count, mentions = work->mentions.count;
    if (mentions) qsort(work->mentions.items, mentions, sizeof *work->mentions.items, by_place);
    out->entities = DL_NEW_ARRAY(work->arena, dl_entity, entities + 1);
    if (!out->entities) return dl_fail_memory(err);
    for (size_t i = 0; i < entities; i++) {
        out->entities[i] = work->entities.items[i].entity;
        out->entities[i].head_mention = DL_NONE;
    }
    for (uint32_t i = 0; i < mentions; i++) {
        const dl_mention *mention = &work->mentions.items[i];
        const entity_note *note = &work->entities.items[mention->entity];
        bool best = note->span != DL_NONE && work->spans.items[note->span].first == mention->first &&
                    mention->kind == DL_MENTION_NAME;
        if (best || out->entities[mention->entity].head_mention == DL_NONE)
            out->entities[mention->entity].head_mention = i;
    }
    out->entity_count = entities;
    out->mentions = work->mentions.items;
    out->mention_count = mentions;
    return DL_OK;
}
