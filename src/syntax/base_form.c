/* base_form.c - lemmas held against a list of known base forms. */
#include "syntax/base_form.h"

#include "text/inflection.h"

dl_status dl_known_lemmas_open(dl_known_lemmas *out, const dl_lexicon *lexicon, dl_error *err)
{
    dl_status status = dl_lexicon_table(lexicon, "syntax/lemmas", &out->words, err);
    if (status == DL_OK) status = dl_lexicon_table(lexicon, "text/irregular", &out->irregular, err);
    if (status == DL_OK) out->tags = dl_table_column(out->words, "tags");
    return status;
}

/* The letter that marks a part of speech in the list, 0 for parts that the list does not cover. */
static char letter_of(dl_upos upos)
{
    switch (upos) {
    case DL_VERB: return 'v';
    case DL_NOUN: return 'n';
    case DL_ADJ: return 'a';
    case DL_ADV: return 'r';
    default: return 0;
    }
}

static bool is_known(const dl_known_lemmas *known, char letter, dl_str word)
{
    dl_rows rows = dl_table_find(known->words, word);
    return rows.count && memchr(dl_table_cell(known->words, rows.first, known->tags).ptr, letter,
                                dl_table_cell(known->words, rows.first, known->tags).len);
}

/* A form is a lemma of itself only when nothing else is known that it could come from. */
dl_str dl_known_lemma(const dl_known_lemmas *known, dl_arena *arena, dl_upos upos, dl_str norm, dl_str lemma)
{
    char letter = letter_of(upos);
    if (!known->words || !letter || (dl_str_eq(norm, lemma) && is_known(known, letter, norm))) return lemma;
    dl_base_forms forms;
    dl_base_forms_of(&forms, known->irregular, norm);
    dl_str first = {0};
    for (size_t i = 1; i <= forms.count; i++) {
        dl_str form = forms.items[i % forms.count]; /* the word itself comes last */
        if (!is_known(known, letter, form)) continue;
        if (dl_str_eq_nocase(form, lemma)) return lemma;
        if (!first.ptr) first = form;
    }
    if (!first.ptr) return lemma;
    return dl_str_eq(first, norm) ? norm : dl_arena_str(arena, first);
}
