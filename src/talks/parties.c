/* parties.c - who talks: the parties behind "delegations of", "the two armies' envoys", "talks between"; and their delegates. */
#include "base/str.h"
#include "syntax/tree.h"
#include "talks/data.h"

enum { MAX_HEADS = 8, COUNTRY = 3, NEAR = 8, FAR = 2000 }; /* FAR: bytes that a statement's content may run before its speaker */

/* Offices of one and the same state, or the state alone. */
static bool is_of_state(dl_str code)
{
    static const char *const sectors[] = {"GOV", "MIL", "SPY", "LEG", "JUD", "COP", "EDU"}; /* EDU: its experts */
    if (code.len == COUNTRY) return true;
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (code.len == 2 * COUNTRY && dl_str_is(dl_str_slice(code, COUNTRY, code.len), sectors[i])) return true;
    return false;
}

static bool is_same_party(dl_str a, dl_str b)
{
    if (dl_str_eq(a, b)) return true;
    if (!is_of_state(a) || !is_of_state(b)) return false;
    dl_str country = dl_names_country_of(a);
    return country.len == COUNTRY && !dl_str_is(country, "IGO") && dl_str_eq(country, dl_names_country_of(b));
}

const dl_str *talks_same_party(const party_list *list, dl_str party)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_same_party(list->items[i], party)) return &list->items[i];
    return NULL;
}

static void add(party_list *to, dl_str party)
{
    if (party.len && to->count < MAX_PARTIES && !talks_same_party(to, party)) to->items[to->count++] = party;
}

/* Journalists, nobody in particular, and bare sectors are no party. */
static bool is_party_code(dl_str code)
{
    return code.len >= COUNTRY && !dl_names_is_sector(code) && !(code.len >= COUNTRY && dl_str_ends(code, "MED"));
}

static dl_str code_of(const talks_reader *r, uint32_t token)
{
    dl_span span = {0, 0};
    uint32_t entity = DL_NONE;
    dl_str code = dl_names_code_of(r->in->names_data, r->arena, r->text, r->in->names, token, &span, &entity);
    if (code.ptr && dl_names_is_sector(code) && (dl_str_is(code, "MIL") || dl_str_is(code, "GOV") || dl_str_is(code, "REB")))
        code = dl_names_code_in(r->arena, code, r->country);
    if (code.ptr) return is_party_code(code) ? code : (dl_str){0};
    bool named = entity < r->in->names->entity_count && r->in->names->entities[entity].type == DL_NAME_ORG && r->text->tokens[token].upos == DL_PROPN;
    return named ? r->in->names->entities[entity].name : (dl_str){0};
}

static void add_conjuncts(const talks_reader *r, party_list *to, uint32_t token)
{
    uint32_t heads[MAX_HEADS];
    size_t count = token == DL_NONE ? 0 : dl_tree_conjuncts(r->text, token, heads, MAX_HEADS);
    for (size_t i = 0; i < count; i++) add(to, code_of(r, heads[i]));
}

/* Those whose delegation it is: "delegations of X and Y", "the army's delegation", "the Russian and Ukrainian teams". */
static void add_owners(const talks_reader *r, party_list *to, uint32_t token)
{
    static const char *const links[] = {"of", "from", "for"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) add_conjuncts(r, to, dl_tree_oblique(r->text, token, links[i], 0));
    add_conjuncts(r, to, dl_tree_child(r->text, token, DL_DEP_NMOD_POSS));
    for (uint32_t c = dl_tree_first_child(r->text, token); c != DL_NONE; c = dl_tree_next_child(r->text, c)) {
        uint8_t relation = r->text->tokens[c].deprel;
        if (relation == DL_DEP_AMOD || relation == DL_DEP_COMPOUND) add_conjuncts(r, to, c);
    }
}

/* The first statement whose content may lie in the sentence. */
static size_t first_statement(const talks_reader *r, dl_span sentence)
{
    const dl_statements *all = r->in->statements;
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const dl_statement *s = &all->items[middle];
        if (s->content_count && s->content[0].start + FAR < sentence.start) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Whether the token lies in the words that name a speaker of its sentence: who reports the talks is not who holds them. */
static bool is_speaker(const talks_reader *r, uint32_t token)
{
    dl_span word = r->text->tokens[token].span, sentence = r->text->sentences[r->text->tokens[token].sentence].span;
    for (size_t i = first_statement(r, sentence); i < r->in->statements->count; i++) {
        const dl_statement *s = &r->in->statements->items[i];
        if (s->content_count && s->content[0].start > sentence.end) break;
        for (size_t k = 0; k < s->speaker_count; k++)
            if (s->speaker[k].start <= word.start && word.end <= s->speaker[k].end) return true;
    }
    return false;
}

/* "UN-led", "US-brokered": who leads the talks, no party to them. */
static bool is_leader(const talks_reader *r, uint32_t token)
{
    if (talks_is(r, token + 1, "-") && talks_cue_at(r, token + 2, "led")) return true;
    return token && talks_is(r, token - 1, "-") && talks_cue_at(r, token, "led");
}

/* "in Geneva": where they meet. */
static bool is_venue(const talks_reader *r, uint32_t token)
{
    uint32_t marker = r->text->parsed ? dl_tree_case(r->text, token) : token ? token - 1 : DL_NONE;
    if (marker == DL_NONE && token) marker = token - 1;
    return marker != DL_NONE && (talks_is(r, marker, "in") || talks_is(r, marker, "at") || talks_is(r, marker, "near"));
}

void talks_add_party(const talks_reader *r, party_list *to, uint32_t token)
{
    if (token >= r->text->token_count || is_speaker(r, token) || is_leader(r, token) || is_venue(r, token)) return;
    if (!talks_cue_at(r, token, "delegation")) {
        add(to, code_of(r, token));
        return;
    }
    size_t before = to->count;
    add_owners(r, to, token);
    if (to->count == before) {
        dl_str code = code_of(r, token); /* "the delegation": of nobody known */
        if (code.len > COUNTRY && r->text->tokens[token].upos == DL_PROPN) add(to, code);
    }
}

/* "talks between X and Y", "talks with Z", and "the X-Y talks" read by their order. */
static void add_from_noun(const talks_reader *r, party_list *to, uint32_t token)
{
    static const char *const links[] = {"between", "with", "among"};
    uint32_t heads[MAX_HEADS];
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        uint32_t head = dl_tree_oblique(r->text, token, links[i], 0);
        size_t count = head == DL_NONE ? 0 : dl_tree_conjuncts(r->text, head, heads, MAX_HEADS);
        for (size_t k = 0; k < count; k++) talks_add_party(r, to, heads[k]);
    }
    if (token >= 3 && talks_is(r, token - 2, "-") && !talks_cue_at(r, token - 1, "led")) {
        add(to, code_of(r, token - 3));
        add(to, code_of(r, token - 1));
    }
}

/* A name and what "and" joins to it: "the army and the Rapid Support Forces", whatever the tree makes of them. */
static void add_pairs_by_order(const talks_reader *r, party_list *to, uint32_t from, uint32_t end)
{
    const dl_names *names = r->in->names;
    uint32_t last = DL_NONE, head = DL_NONE;
    for (size_t i = dl_names_mentions_from(names, from); i < names->mention_count && names->mentions[i].first < end; i++) {
        const dl_mention *m = &names->mentions[i];
        if (m->first + m->count > end || m->kind == DL_MENTION_PRONOUN || (last != DL_NONE && m->first < last)) continue;
        uint32_t at = last;
        bool joined = false;
        for (; at != DL_NONE && at < m->first && at < last + 4; at++) {
            joined = joined || talks_is(r, at, "and");
            if (!talks_is(r, at, "and") && !talks_is(r, at, "the") && !talks_is(r, at, ",") && r->text->tokens[at].upos != DL_ADJ) break;
        }
        if (joined && at == m->first) {
            talks_add_party(r, to, head);
            talks_add_party(r, to, m->head);
        }
        last = m->first + m->count, head = m->head;
    }
}

/* "Chad's junta and some forty rebel groups in Doha": the rebels are of the other side's country, not of where they meet. */
static void send_rebels_home(const talks_reader *r, const dl_event *e, party_list *list)
{
    if (e->place == DL_NONE) return;
    dl_str host = dl_names_iso3_of(r->in->names_data, r->in->places->items[e->place].country), home = {0};
    if (!host.ptr) return;
    for (size_t i = 0; i < list->count; i++)
        if (is_of_state(list->items[i]) && !dl_str_eq(dl_names_country_of(list->items[i]), host)) home = dl_names_country_of(list->items[i]);
    for (size_t i = 0; i < list->count && home.len == COUNTRY; i++) {
        dl_str sector = dl_str_slice(list->items[i], COUNTRY, list->items[i].len);
        if (!dl_str_is(sector, "REB") && !dl_str_is(sector, "OPP")) continue;
        if (dl_str_eq(dl_names_country_of(list->items[i]), host)) list->items[i] = dl_names_code_in(r->arena, sector, home);
    }
}

void talks_read_parties(const talks_reader *r, const dl_event *e, party_list *out)
{
    *out = (party_list){0};
    for (size_t i = 0; i < e->actor_count; i++) talks_add_party(r, out, e->actors[i].head);
    for (size_t i = 0; i < e->recipient_count; i++) talks_add_party(r, out, e->recipients[i].head);
    if (r->text->parsed) add_from_noun(r, out, e->trigger_token);
    if (out->count < 2) add_pairs_by_order(r, out, r->text->sentences[e->sentence].first, talks_sentence_end(r, e->sentence));
    uint32_t end = talks_sentence_end(r, e->sentence);
    for (uint32_t t = r->text->sentences[e->sentence].first; r->text->parsed && t < end && out->count < 2; t++) /* "Delegations of the army and the rebels ended" */
        if (talks_cue_at(r, t, "delegation")) talks_add_party(r, out, t);
    send_rebels_home(r, e, out);
}

/* ---- delegates ---- */

void talks_add_delegate(const talks_reader *r, talk_draft *draft, uint32_t entity)
{
    dl_talk *talk = &draft->talk;
    if (entity >= r->in->names->entity_count || r->in->names->entities[entity].type != DL_NAME_PERSON) return;
    if (r->in->names->mentions[r->in->names->entities[entity].head_mention].kind != DL_MENTION_NAME) return;
    for (size_t i = 0; i < talk->delegate_count; i++)
        if (draft->delegates[i] == entity) return;
    if (talk->delegate_count < MAX_DELEGATES) draft->delegates[talk->delegate_count++] = entity;
}

/* "led by General Kabbashi", "sent Omer Hamdan", "chief negotiator David Arakhamia": a person near a word of delegation. */
void talks_read_delegates(const talks_reader *r, uint32_t sentence, talk_draft *draft)
{
    const dl_sentence *s = &r->text->sentences[sentence];
    const dl_names *names = r->in->names;
    for (size_t i = dl_names_mentions_from(names, s->first); i < names->mention_count && names->mentions[i].first < s->first + s->count; i++) {
        const dl_mention *m = &names->mentions[i];
        if (m->kind != DL_MENTION_NAME || is_speaker(r, m->head)) continue;
        uint32_t from = m->first > s->first + NEAR ? m->first - NEAR : s->first;
        if (talks_cue_in(r, from, m->first, "delegate") != DL_NONE) talks_add_delegate(r, draft, m->entity);
    }
}
