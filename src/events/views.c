/* views.c - what each token may be: numbers of its base forms, kinds of things, the mention it is part of. */
#include "base/error.h"
#include "base/str.h"
#include "events/coder.h"
#include "text/inflection.h"

static void add_form(const vocabulary *v, token_view *view, dl_str form)
{
    word_id word = vocabulary_find(v, form);
    if (!word || view->form_count == MAX_FORMS) return;
    for (size_t i = 0; i < view->form_count; i++)
        if (view->forms[i] == word) return;
    view->forms[view->form_count++] = word;
    view->classes |= v->classes[word];
}

static void view_token(const dl_events_data *data, const dl_token *token, token_view *view)
{
    dl_base_forms forms;
    if (token->lemma.ptr && token->lemma.len) add_form(&data->words, view, token->lemma);
    dl_base_forms_of(&forms, data->irregular, token->norm);
    for (size_t i = 0; i < forms.count; i++) add_form(&data->words, view, forms.items[i]);
    if (token->upos == DL_PROPN || token->name) view->classes |= CLASS_NAME;
    if (token->upos == DL_PRON) view->classes |= CLASS_PRONOUN;
    if (token->upos == DL_NUM || (token->norm.len && dl_ascii_digit((unsigned char)token->norm.ptr[0])))
        view->classes |= CLASS_NUMBER;
}

static void mark_mentions(coder *c)
{
    const dl_names *names = c->in->names;
    for (size_t i = 0; i < c->text->token_count; i++) c->mention_of[i] = DL_NONE;
    for (size_t m = 0; m < names->mention_count; m++) {
        const dl_mention *mention = &names->mentions[m];
        if (mention->kind != DL_MENTION_NAME) continue;
        for (uint32_t t = mention->first; t < mention->first + mention->count && t < c->text->token_count; t++) {
            c->mention_of[t] = (uint32_t)m;
            c->views[t].classes |= CLASS_NAME;
        }
    }
}

/* "March 2022", "May 4": names of months are no acts. */
static void mute_months(coder *c)
{
    const dl_times *times = c->in->times;
    for (size_t i = 0; i < times->count; i++)
        for (uint32_t t = times->items[i].first; t < times->items[i].first + times->items[i].count && t < c->text->token_count; t++)
            if (c->text->tokens[t].upos == DL_PROPN) c->views[t].form_count = 0;
}

static void count_war(coder *c)
{
    for (size_t s = 0; s < c->text->sentence_count; s++) {
        const dl_sentence *sentence = &c->text->sentences[s];
        for (uint32_t t = sentence->first; t < sentence->first + sentence->count; t++)
            if (c->views[t].classes & c->class_war && c->war[s] < UINT16_MAX) c->war[s]++;
        c->war_total += c->war[s];
    }
}

static class_set kind(const coder *c, const char *name)
{
    return vocabulary_class(&c->data->words, dl_str_of(name));
}

static word_id word(const coder *c, const char *text)
{
    return vocabulary_find(&c->data->words, dl_str_of(text));
}

static void name_kinds(coder *c)
{
    c->class_war = kind(c, "war"), c->class_person = kind(c, "person"), c->class_armed = kind(c, "armed");
    c->class_state = kind(c, "state"), c->class_weapon = kind(c, "weapon"), c->class_attack = kind(c, "attack");
    c->class_light = kind(c, "light"), c->class_site = kind(c, "site"), c->class_place = kind(c, "place");
    c->class_many = kind(c, "many"), c->class_leader = kind(c, "leader"), c->class_report = kind(c, "report");
    c->class_vehicle = kind(c, "vehicle") | kind(c, "vessel") | kind(c, "aircraft");
    c->class_peaceful = kind(c, "sport") | kind(c, "market") | kind(c, "film");
    c->class_effect = kind(c, "effect"), c->class_accident = kind(c, "accident"), c->class_illness = kind(c, "illness"), c->class_after = kind(c, "after");
    c->class_duty = kind(c, "duty"), c->class_separate = kind(c, "separate");
    c->class_stranger = kind(c, "stranger");
}

static void name_words(coder *c)
{
    c->word_by = word(c, "by"), c->word_on = word(c, "on"), c->word_against = word(c, "against"), c->word_at = word(c, "at");
    c->word_of = word(c, "of"), c->word_in = word(c, "in"), c->word_with = word(c, "with"), c->word_from = word(c, "from");
    c->word_to = word(c, "to"), c->word_between = word(c, "between"), c->word_after = word(c, "after"), c->word_since = word(c, "since");
    c->word_near = word(c, "near"), c->word_into = word(c, "into"), c->word_including = word(c, "including");
    c->word_the = word(c, "the"), c->word_this = word(c, "this"), c->word_that = word(c, "that"), c->word_no = word(c, "no");
    c->word_not = word(c, "not"), c->word_over = word(c, "over"), c->word_for = word(c, "for"), c->word_will = word(c, "will");
    c->word_would = word(c, "would"), c->word_country = word(c, "country");
}

dl_status coder_init(coder *c, const dl_events_data *data, dl_arena *arena, const dl_events_input *input, dl_error *err)
{
    *c = (coder){.data = data, .in = input, .text = input->text, .arena = arena};
    name_kinds(c);
    name_words(c);
    hints_read(&c->hints, c->text);
    c->views = DL_NEW_ARRAY(arena, token_view, c->text->token_count + 1);
    c->mention_of = DL_NEW_ARRAY(arena, uint32_t, c->text->token_count + 1);
    c->war = DL_NEW_ARRAY(arena, uint16_t, c->text->sentence_count + 1);
    if (!c->views || !c->mention_of || !c->war) return dl_fail_memory(err);
    for (size_t t = 0; t < c->text->token_count; t++) view_token(data, &c->text->tokens[t], &c->views[t]);
    mark_mentions(c);
    mute_months(c);
    count_war(c);
    return DL_OK;
}

bool is_word(const coder *c, uint32_t token, word_id wanted)
{
    if (token >= c->text->token_count || !wanted) return false;
    const token_view *view = &c->views[token];
    for (size_t i = 0; i < view->form_count; i++)
        if (view->forms[i] == wanted) return true;
    return false;
}

bool is_class(const coder *c, uint32_t token, class_set classes)
{
    return token < c->text->token_count && (c->views[token].classes & classes) != 0;
}

bool in_set(const coder *c, uint32_t token, const word_set *set)
{
    if (is_class(c, token, set->classes)) return true;
    for (size_t i = 0; i < set->count; i++)
        if (is_word(c, token, set->words[i])) return true;
    return false;
}

uint32_t sentence_end(const coder *c, uint32_t token)
{
    const dl_sentence *sentence = &c->text->sentences[c->text->tokens[token].sentence];
    return sentence->first + sentence->count;
}

uint32_t sentence_start(const coder *c, uint32_t token)
{
    return c->text->sentences[c->text->tokens[token].sentence].first;
}
