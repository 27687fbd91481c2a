/* mediators.c - who mediates: told by a word of mediation, or heard from who speaks for both sides. */
#include "base/str.h"
#include "syntax/tree.h"
#include "talks/data.h"

enum { MAX_HEADS = 8, COUNTRY = 3, LIST = 12 };

static void add(party_list *to, const talk_draft *draft, dl_str who)
{
    if (!who.len || to->count == MAX_MEDIATORS || talks_same_party(&draft->parties, who) || talks_same_party(to, who)) return;
    to->items[to->count++] = who;
}

/* A state's ministry or envoy mediates for the state. */
static dl_str state_of(dl_str code)
{
    bool office = code.len == 2 * COUNTRY && dl_str_ends(code, "GOV");
    return office ? dl_str_slice(code, 0, COUNTRY) : code;
}

static bool can_mediate(dl_str code)
{
    return code.len >= COUNTRY && !dl_names_is_sector(code) && (code.len == COUNTRY || dl_str_starts(code, "IGO") || dl_str_starts(code, "NGO") || dl_str_ends(code, "GOV"));
}

static void add_token(const talks_reader *r, talk_draft *draft, uint32_t token)
{
    dl_span span = {0, 0};
    uint32_t entity = DL_NONE;
    if (token >= r->text->token_count) return;
    dl_str code = dl_names_code_of(r->in->names_data, r->arena, r->text, r->in->names, token, &span, &entity);
    if (code.ptr && can_mediate(code)) add(&draft->mediators, draft, state_of(code));
}

static void add_conjuncts(const talks_reader *r, talk_draft *draft, uint32_t token)
{
    uint32_t heads[MAX_HEADS];
    size_t count = token == DL_NONE ? 0 : dl_tree_conjuncts(r->text, token, heads, MAX_HEADS);
    for (size_t i = 0; i < count; i++) add_token(r, draft, heads[i]);
}

/* Names that follow each other from `token` on, joined by "and" and commas: "the United States and Saudi Arabia". */
static void add_names_from(const talks_reader *r, talk_draft *draft, uint32_t token)
{
    if (token >= r->text->token_count) return; /* "talks mediated by", cut off */
    uint32_t end = talks_sentence_end(r, r->text->tokens[token].sentence);
    for (uint32_t t = token; t < end && t < token + LIST; t++) {
        const dl_token *word = &r->text->tokens[t];
        if (word->name || word->upos == DL_PROPN) add_token(r, draft, t);
        else if (word->upos != DL_DET && word->upos != DL_CCONJ && !talks_is(r, t, ",")) return;
    }
}

/* "Qatar mediates", "talks brokered by Turkey", "which Norway hosted together with Chile". */
static void of_verb(const talks_reader *r, talk_draft *draft, uint32_t token)
{
    if (talks_is(r, token + 1, "by")) { /* whatever the tree makes of it */
        add_names_from(r, draft, token + 2);
        return;
    }
    add_conjuncts(r, draft, dl_tree_agent(r->text, token));
    uint32_t by = dl_tree_by(r->text, token), with = dl_tree_oblique(r->text, token, "with", 0);
    if (by != DL_NONE) add_conjuncts(r, draft, by);
    for (uint32_t t = token + 1; t < talks_sentence_end(r, r->text->tokens[token].sentence) && t < token + LIST; t++)
        if (talks_is(r, t, "by") || (talks_is(r, t, "with") && t > token + 1)) add_names_from(r, draft, t + 1);
    add_conjuncts(r, draft, with);
}

/* "mediators from Egypt and Qatar", "mediator Pakistan", "the mediation of Oman". */
static void of_noun(const talks_reader *r, talk_draft *draft, uint32_t token)
{
    const dl_token *t = &r->text->tokens[token];
    if (t->deprel == DL_DEP_COMPOUND) add_token(r, draft, t->head);
    for (uint32_t c = dl_tree_first_child(r->text, token); c != DL_NONE; c = dl_tree_next_child(r->text, c)) /* "Kenyan mediators" */
        if (r->text->tokens[c].deprel == DL_DEP_AMOD || r->text->tokens[c].deprel == DL_DEP_COMPOUND) add_token(r, draft, c);
    add_token(r, draft, dl_tree_apposition(r->text, token));
    uint32_t verb = t->head; /* "Malaysia acting as go-between" */
    if (token && talks_is(r, token - 1, "as") && verb != DL_NONE && r->text->tokens[verb].upos == DL_VERB) add_conjuncts(r, draft, dl_tree_agent(r->text, verb));
    bool link = talks_is(r, token + 1, "from") || talks_is(r, token + 1, "of") || talks_is(r, token + 1, "by") || talks_is(r, token + 1, ",");
    add_names_from(r, draft, token + 1 + link < r->text->token_count ? token + 1 + link : token);
    if (token >= 2 && (talks_is(r, token - 1, "'s") || talks_is(r, token - 1, "'"))) add_token(r, draft, token - 2);
}

void talks_read_mediators(const talks_reader *r, uint32_t sentence, talk_draft *draft)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    for (uint32_t t = s->first; t < s->first + s->count && r->text->parsed; t++) {
        bool led = t >= s->first + 2 && talks_is(r, t - 1, "-") && talks_cue_at(r, t, "led");
        if (led) {
            add_token(r, draft, t - 2);
            continue;
        }
        if (!talks_cue_at(r, t, "mediator")) continue;
        dl_upos upos = (dl_upos)r->text->tokens[t].upos;
        if (upos == DL_VERB) of_verb(r, draft, t);
        else if (upos == DL_NOUN || upos == DL_PROPN) of_noun(r, draft, t);
    }
}

void talks_drop_mediators(const talks_reader *r, uint32_t sentence, party_list *parties)
{
    talk_draft probe = {0};
    talks_read_mediators(r, sentence, &probe);
    party_list sides = {0};
    for (size_t i = 0; i < parties->count; i++)
        if (!talks_same_party(&probe.mediators, parties->items[i])) sides.items[sides.count++] = parties->items[i];
    if (sides.count >= 2) *parties = sides;
}

/* The state where the sides meet. */
static dl_str host_of(const talks_reader *r, const talk_draft *draft)
{
    uint32_t place = draft->talk.place != DL_NONE ? draft->talk.place : draft->talk.next_place;
    return place == DL_NONE ? (dl_str){0} : dl_names_iso3_of(r->in->names_data, r->in->places->items[place].country);
}

static bool is_announcement(const talks_reader *r, const dl_span *content, const talk_draft *draft, uint32_t first, uint32_t last)
{
    dl_span next = draft->talk.next_span;
    if (next.end > next.start && content->start <= next.start && next.end <= content->end) return true;
    for (uint32_t s = first; s <= last; s++) {
        const dl_sentence *sentence = &r->text->sentences[s];
        if (content->start < sentence->span.start || content->start >= sentence->span.end) continue;
        uint32_t end = talks_sentence_end(r, s), sides = talks_cue_in(r, sentence->first, end, "sides");
        return sides != DL_NONE && content->start <= r->text->tokens[sides].span.start && talks_cue_in(r, sides, end, "agreed") != DL_NONE;
    }
    return false;
}

void talks_read_announcers(const talks_reader *r, uint32_t first, uint32_t last, talk_draft *draft)
{
    for (size_t i = 0; i < r->in->statements->count; i++) {
        const dl_statement *s = &r->in->statements->items[i];
        if (s->sentence < first || s->entity >= r->in->names->entity_count) continue;
        if (s->sentence > last + 1) return;
        dl_str code = r->in->names->entities[s->entity].code;
        if (!code.ptr || !can_mediate(code)) continue;
        dl_str host = s->sentence == draft->talk.sentence ? host_of(r, draft) : (dl_str){0};
        if (host.ptr && dl_str_eq(host, dl_names_country_of(code))) add(&draft->mediators, draft, state_of(code)); /* who lends the room tells of it */
        for (size_t k = 0; k < s->content_count; k++)
            if (is_announcement(r, &s->content[k], draft, first, last)) add(&draft->mediators, draft, state_of(code));
    }
}
