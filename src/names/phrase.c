/* phrase.c - country and sector from the words of a noun phrase.
 *
 * The head and the nouns written together with it tell the sector (agents.tsv), what stands before it or hangs on it
 * by "of", "from", "in", "for" tells the country or the organisation. "Iran-backed", "US-made" tell of neither. */
#include "names/phrase.h"

#include "base/str.h"
#include "syntax/signals.h"
#include "syntax/tree.h"

enum { REACH = 8 }; /* tokens looked at on each side where there is no tree */

static dl_str norm(const dl_text *text, uint32_t token)
{
    return text->tokens[token].norm;
}

static bool is_any(dl_str word, const char *const *list)
{
    for (; *list; list++)
        if (dl_str_is(word, *list)) return true;
    return false;
}

/* "Iran-backed", "pro-Russian": the country is not the actor's own. `end` is the token after the country word. */
static bool lent_country(const dl_text *text, uint32_t first, uint32_t end)
{
    static const char *const links[] = {"backed",   "supported", "aligned",   "allied",    "linked",    "made",
                                        "supplied", "funded",    "trained",   "held",      "occupied",  "controlled",
                                        "friendly", "born",      "sponsored", "installed", "appointed", "imposed",
                                        "bound",    "annexed",   NULL};
    if (first > 0 && dl_str_is(norm(text, first - 1), "-") && first > 1) return true;
    if (end + 1 >= text->token_count || !dl_str_is(norm(text, end), "-")) return false;
    return is_any(norm(text, end + 1), links);
}

static void read_word(const dl_names_data *data, const dl_text *text, uint32_t *at, uint32_t end, names_phrase *out)
{
    list_match found = names_organisation_at(data, text, *at);
    if (found.count && found.first + found.count <= end) {
        if (!lent_country(text, found.first, found.first + found.count))
            out->organisation = dl_table_cell(data->organisations, found.row, data->organisation.code);
        *at += found.count - 1;
        return;
    }
    found = names_person_at(data, text, *at);
    if (found.count && found.first + found.count <= end) { /* "the Trump administration" */
        dl_str code = dl_table_cell(data->people, found.row, data->person.code);
        if (!out->country.len && code.len >= 6 && !dl_str_starts(code, "IG")) out->country = dl_str_slice(code, 0, 3);
        *at += found.count - 1;
        return;
    }
    found = names_country_at(data, text, *at);
    if (!found.count || found.first + found.count > end) return;
    if (!lent_country(text, found.first, found.first + found.count)) {
        out->country = names_country_code(data, found.row);
        out->capital = names_country_kind(data, found.row) == COUNTRY_CAPITAL;
    }
    *at += found.count - 1;
}

/* The sector of the last group that the words tell of. */
static dl_str body_sector(const dl_names_data *data, const dl_text *text, uint32_t first, uint32_t end)
{
    dl_str sector = {0};
    for (uint32_t i = first; i < end; i++) {
        list_match found = names_agent_at(data, text, i);
        if (!found.count || found.first + found.count > end) continue;
        if (names_agent_class(data, found.row) == 'g') sector = names_agent_sector(data, found.row);
        i += found.count - 1;
    }
    return sector;
}

names_phrase names_phrase_words(const dl_names_data *data, const dl_text *text, uint32_t first, uint32_t end,
                                list_match agent)
{
    names_phrase out = {.first = first, .last = end ? end - 1 : 0, .agent = agent};
    for (uint32_t i = first; i < end; i++) {
        list_match found = names_noun_at(data->groups, text, i);
        if (!found.count) continue;
        out.group = dl_table_cell(data->groups, found.row, data->group.code);
        break;
    }
    uint32_t before = agent.count && agent.first >= first && agent.first < end ? agent.first : end;
    out.body = body_sector(data, text, first, before);
    if (!out.body.len && before < end) out.body = body_sector(data, text, agent.first + agent.count, end);
    for (uint32_t i = first; i < end; i++)
        read_word(data, text, &i, end, &out);
    return out;
}

/* The agent phrase that holds the head: "chief of staff" begins with its head, "foreign minister" ends with it. */
static list_match agent_of(const dl_names_data *data, const dl_text *text, uint32_t first, uint32_t head)
{
    list_match best = {0};
    uint32_t from = head > first + 4 ? head - 4 : first;
    for (uint32_t i = from; i <= head; i++) {
        list_match found = names_agent_at(data, text, i);
        if (found.count && found.first + found.count > head && found.count > best.count) best = found;
    }
    return best;
}

/* Without a tree: back over words that may modify a noun. */
static uint32_t phrase_start(const dl_names_data *data, const dl_text *text, uint32_t head)
{
    uint32_t start = text->sentences[text->tokens[head].sentence].first, at = head;
    while (at > start && head - at < REACH) {
        dl_str word = norm(text, at - 1);
        bool modifies = dl_str_is(word, "'s") || dl_str_is(word, "'") || dl_str_is(word, "-") ||
                        names_starts_upper(text, at - 1) || names_agent_at(data, text, at - 1).count;
        if (!modifies) break;
        at--;
    }
    return at;
}

static void read_tail(const dl_names_data *data, const dl_text *text, uint32_t from, uint32_t end, names_phrase *out)
{
    names_phrase tail = names_phrase_words(data, text, from, end, (list_match){0});
    if (!out->organisation.len) out->organisation = tail.organisation;
    if (!out->body.len) out->body = tail.body;
    if (!out->country.len) {
        out->country = tail.country;
        out->capital = false;
    }
}

/* "People killed in Russian strikes", "the dead of the Israeli raid": an act's noun tells who did it, not whose people they are. */
static bool is_act(const dl_text *text, uint32_t noun)
{
    const dl_signal *event = dl_signal_find(text, "event");
    return event && dl_signal_best(event, noun).len > 2;
}

/* A core noun phrase holds no clause: what lies behind a comma, a finite verb or a conjunction is the tree's mistake.
 */
static dl_token_range clipped(const dl_text *text, dl_token_range core, uint32_t head)
{
    enum { CORE_TOKENS = 12 };
    dl_token_range out = {head, head};
    while (out.first > core.first && head - out.first < CORE_TOKENS) {
        const dl_token *t = &text->tokens[out.first - 1];
        if (t->upos == DL_AUX || t->upos == DL_SCONJ || t->upos == DL_CCONJ || dl_str_is(t->norm, ",") ||
            dl_str_is(t->norm, ":") ||
            (t->upos == DL_VERB && (is_act(text, out.first - 1) || (!dl_str_ends(t->norm, "ed") && !dl_str_ends(t->norm, "ing")))))
            break;
        out.first--;
    }
    while (out.last < core.last && out.last - head < 4) {
        const dl_token *t = &text->tokens[out.last + 1];
        if (t->upos == DL_VERB || t->upos == DL_AUX || t->upos == DL_PUNCT || t->upos == DL_SCONJ || t->upos == DL_ADP)
            break;
        out.last++;
    }
    while (out.first < head &&
           (text->tokens[out.first].upos == DL_ADV || text->tokens[out.first].upos == DL_CCONJ ||
            text->tokens[out.first].upos == DL_PUNCT || text->tokens[out.first].upos == DL_ADP) &&
           !dl_str_is(norm(text, out.first), "at"))
        out.first++;
    return out;
}

static void read_tree(const dl_names_data *data, const dl_text *text, uint32_t head, names_phrase *out)
{
    static const char *const links[] = {"of", "from", "in", "for", "at", "to", "with", "within", "near", "on", NULL};
    dl_token_range core = clipped(text, dl_tree_noun_phrase(text, head), head);
    *out = names_phrase_words(data, text, core.first, head + 1, agent_of(data, text, core.first, head));
    out->last = core.last;
    for (uint32_t child = dl_tree_first_child(text, head); child != DL_NONE; child = dl_tree_next_child(text, child)) {
        if (child < head || text->tokens[child].deprel != DL_DEP_NMOD) continue;
        uint32_t marker = dl_tree_case(text, child);
        if (marker == DL_NONE || !is_any(norm(text, marker), links) || is_act(text, child)) continue;
        if (out->country.len && out->body.len) break;
        dl_token_range tail = dl_tree_full_noun_phrase(text, child);
        uint32_t stop = tail.last - tail.first < 24 ? tail.last + 1 : tail.first + 24;
        read_tail(data, text, tail.first, stop, out);
    }
}

static void read_flat(const dl_names_data *data, const dl_text *text, uint32_t head, names_phrase *out)
{
    static const char *const links[] = {"of", "from", "in", "for", NULL};
    uint32_t first = phrase_start(data, text, head);
    list_match agent = agent_of(data, text, first, head);
    *out = names_phrase_words(data, text, first, head + 1, agent);
    out->last = agent.count ? agent.first + agent.count - 1 : head;
    const dl_sentence *sentence = &text->sentences[text->tokens[head].sentence];
    uint32_t end = sentence->first + sentence->count, at = out->last + 1;
    if (out->organisation.len || at >= end || !is_any(norm(text, at), links)) return;
    uint32_t stop = at + 1;
    while (stop < end && stop < at + REACH &&
           (names_starts_upper(text, stop) || stop <= at + 2 || names_agent_at(data, text, stop).count))
        stop++;
    read_tail(data, text, at + 1, stop, out);
}

names_phrase names_phrase_read(const dl_names_data *data, const dl_text *text, uint32_t head)
{
    names_phrase out;
    if (text->parsed)
        read_tree(data, text, head, &out);
    else
        read_flat(data, text, head, &out);
    return out;
}

bool names_phrase_is_actor(const dl_names_data *data, const names_phrase *phrase)
{
    return phrase->agent.count && names_agent_class(data, phrase->agent.row) != 'l';
}

/* An organisation speaks for its people; but hostages of a group, or reporters at a ministry, are not of it. */
static bool organisation_wins(dl_str organisation, dl_str sector)
{
    if (!organisation.len) return false;
    return !(dl_str_is(sector, "CVL") || dl_str_is(sector, "MED") || dl_str_is(sector, "JUD") ||
             dl_str_is(sector, "EDU")) ||
           dl_str_starts(organisation, "IGO");
}

dl_str names_phrase_code(const dl_names_data *data, dl_arena *arena, const names_phrase *phrase)
{
    dl_str none = {0};
    if (phrase->group.len) return phrase->group;
    dl_str sector = phrase->agent.count ? names_agent_sector(data, phrase->agent.row) : none;
    if (organisation_wins(phrase->organisation, sector)) return phrase->organisation;
    if (!names_phrase_is_actor(data, phrase)) return none;
    dl_str country = phrase->country;
    bool of_body = names_agent_class(data, phrase->agent.row) == 'p' && (!sector.len || dl_str_is(sector, "GOV"));
    if (of_body && phrase->body.len) sector = phrase->body;
    if (!country.len && !sector.len) return none;
    if (!country.len || dl_str_is(sector, "IGO")) return sector;
    if (!sector.len) return country;
    return dl_arena_format(arena, "%.*s%.*s", (int)country.len, country.ptr, (int)sector.len, sector.ptr);
}
