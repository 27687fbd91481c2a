/* predicate.c - who does what to whom: subjects, objects, agents and patients seen through passives, coordination,
 * complements and participles. */
#include "base/str.h"
#include "syntax/tree.h"

enum { MAX_STEPS = 16 }; /* of coordination and complementation; real sentences need 4 */

static const dl_token *token_at(const dl_text *text, uint32_t token)
{
    return token < text->token_count ? &text->tokens[token] : NULL;
}

static bool has_feat(const dl_token *token, const char *feat)
{
    return token->feats.ptr && dl_str_find(token->feats, dl_str_of(feat), 0) != SIZE_MAX;
}

bool dl_tree_is_predicate(const dl_text *text, uint32_t token)
{
    const dl_token *t = token_at(text, token);
    if (!t) return false;
    if (t->upos == DL_VERB && t->deprel != DL_DEP_AMOD && t->deprel != DL_DEP_CASE) return true;
    return dl_tree_child(text, token, DL_DEP_COP) != DL_NONE || dl_tree_child_like(text, token, DL_DEP_NSUBJ) != DL_NONE;
}

uint32_t dl_tree_clause(const dl_text *text, uint32_t token)
{
    size_t steps = 0;
    while (token_at(text, token) && !dl_tree_is_predicate(text, token) && text->tokens[token].head != DL_NONE &&
           steps++ < text->token_count)
        token = text->tokens[token].head;
    return token_at(text, token) ? token : DL_NONE;
}

static bool past_participle(const dl_token *token)
{
    return has_feat(token, "Voice=Pass") ||
           (has_feat(token, "VerbForm=Part") && !has_feat(token, "Tense=Pres") && !has_feat(token, "VerbForm=Ger"));
}

static bool has_auxiliary(const dl_text *text, uint32_t verb)
{
    return dl_tree_child_like(text, verb, DL_DEP_AUX) != DL_NONE;
}

bool dl_tree_is_passive(const dl_text *text, uint32_t verb)
{
    for (int step = 0; step < MAX_STEPS; step++) {
        const dl_token *t = token_at(text, verb);
        if (!t) return false;
        if (dl_tree_child(text, verb, DL_DEP_AUX_PASS) != DL_NONE || dl_tree_child(text, verb, DL_DEP_NSUBJ_PASS) != DL_NONE ||
            dl_tree_child(text, verb, DL_DEP_CSUBJ_PASS) != DL_NONE || dl_tree_child(text, verb, DL_DEP_OBL_AGENT) != DL_NONE)
            return true;
        if (has_feat(t, "Voice=Pass")) return true;
        if (t->upos != DL_VERB || !past_participle(t) || dl_tree_subject(text, verb) != DL_NONE || has_auxiliary(text, verb))
            return false;
        if (t->deprel != DL_DEP_CONJ) return t->deprel != DL_DEP_NONE; /* a bare participle: "men killed", "seen from ..." */
        verb = t->head;
    }
    return false;
}

bool dl_tree_is_negated(const dl_text *text, uint32_t token)
{
    for (uint32_t c = dl_tree_first_child(text, token); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        const dl_token *t = &text->tokens[c];
        if (t->deprel != DL_DEP_ADVMOD && !dl_deprel_is(t->deprel, DL_DEP_DET) && t->deprel != DL_DEP_CC_PRECONJ) continue;
        if (has_feat(t, "Polarity=Neg") || has_feat(t, "PronType=Neg")) return true;
    }
    return false;
}

/* A bare determiner is subject only where nothing else is: parsers split "The | United Nations says". */
static uint32_t subject_by(const dl_text *text, uint32_t predicate, dl_deprel relation)
{
    uint32_t bare = DL_NONE;
    for (uint32_t c = dl_tree_first_child(text, predicate); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        if (text->tokens[c].deprel != relation) continue;
        if (text->tokens[c].upos != DL_DET) return c;
        if (bare == DL_NONE) bare = c;
    }
    return bare;
}

uint32_t dl_tree_subject(const dl_text *text, uint32_t predicate)
{
    static const dl_deprel order[] = {DL_DEP_NSUBJ_PASS, DL_DEP_NSUBJ, DL_DEP_NSUBJ_OUTER, DL_DEP_CSUBJ, DL_DEP_CSUBJ_PASS,
                                      DL_DEP_CSUBJ_OUTER};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        uint32_t child = subject_by(text, predicate, order[i]);
        if (child != DL_NONE) return child;
    }
    return DL_NONE;
}

uint32_t dl_tree_object(const dl_text *text, uint32_t predicate)
{
    return dl_tree_child(text, predicate, DL_DEP_OBJ);
}

uint32_t dl_tree_antecedent(const dl_text *text, uint32_t token)
{
    const dl_token *t = token_at(text, token);
    if (!t || !has_feat(t, "PronType=Rel")) return token;
    uint32_t at = token;
    for (int step = 0; step < MAX_STEPS && token_at(text, at); step++) {
        if (text->tokens[at].deprel == DL_DEP_ACL_RELCL) {
            uint32_t noun = text->tokens[at].head;
            return noun == DL_NONE ? token : noun;
        }
        at = text->tokens[at].head;
    }
    return token;
}

/* The controller of a clause without a subject of its own: the governor's object, else its subject. */
static uint32_t controller(const dl_text *text, uint32_t governor)
{
    uint32_t object = dl_tree_object(text, governor);
    if (object == DL_NONE) object = dl_tree_child(text, governor, DL_DEP_IOBJ);
    return object;
}

/* "Accused them of supplying", "kept it from entering": the clause's doer is the object of the verb above. */
static bool is_of_object(const dl_text *text, uint32_t predicate)
{
    uint32_t first = dl_tree_first_child(text, predicate);
    if (first == DL_NONE || first > predicate) return false;
    const dl_token *mark = &text->tokens[first];
    bool marks = mark->deprel == DL_DEP_MARK || mark->deprel == DL_DEP_CASE;
    return marks && (dl_str_is(mark->norm, "of") || dl_str_is(mark->norm, "from")) && dl_str_ends(text->tokens[predicate].norm, "ing");
}

uint32_t dl_tree_understood_subject(const dl_text *text, uint32_t predicate)
{
    for (int step = 0; step < MAX_STEPS; step++) {
        const dl_token *t = token_at(text, predicate);
        if (!t) return DL_NONE;
        uint32_t subject = dl_tree_subject(text, predicate);
        if (subject != DL_NONE) return dl_tree_antecedent(text, subject);
        switch ((dl_deprel)t->deprel) {
        case DL_DEP_ACL: /* "men killed", "a bid to flee" keeps its noun too, for want of better */
        case DL_DEP_ACL_RELCL:
        case DL_DEP_AMOD: return t->head;
        case DL_DEP_XCOMP: {
            uint32_t object = controller(text, t->head);
            if (object != DL_NONE) return dl_tree_antecedent(text, object);
            break;
        }
        case DL_DEP_CCOMP:
        case DL_DEP_OBL:
        case DL_DEP_ADVCL: {
            uint32_t object = is_of_object(text, predicate) ? controller(text, t->head) : DL_NONE;
            if (object != DL_NONE) return dl_tree_antecedent(text, object);
            if (t->deprel != DL_DEP_ADVCL) return DL_NONE;
            break;
        }
        case DL_DEP_CONJ:
        case DL_DEP_PARATAXIS:
        case DL_DEP_COMPOUND: break;
        default: return DL_NONE;
        }
        predicate = t->head;
    }
    return DL_NONE;
}

uint32_t dl_tree_by(const dl_text *text, uint32_t token)
{
    uint32_t agent = dl_tree_child(text, token, DL_DEP_OBL_AGENT);
    return agent != DL_NONE ? agent : dl_tree_oblique(text, token, "by", 0);
}

uint32_t dl_tree_agent(const dl_text *text, uint32_t predicate)
{
    return dl_tree_is_passive(text, predicate) ? dl_tree_by(text, predicate) : dl_tree_understood_subject(text, predicate);
}

/* The object of a later conjunct, when verbs share it: "shelled and burned the town". */
static uint32_t shared_object(const dl_text *text, uint32_t verb)
{
    for (uint32_t c = dl_tree_first_child(text, verb); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        if (text->tokens[c].deprel != DL_DEP_CONJ || text->tokens[c].upos != DL_VERB) continue;
        if (dl_tree_subject(text, c) != DL_NONE || has_auxiliary(text, c) || c > verb + 3) return DL_NONE;
        return dl_tree_object(text, c);
    }
    return DL_NONE;
}

uint32_t dl_tree_patient(const dl_text *text, uint32_t predicate)
{
    if (dl_tree_is_passive(text, predicate)) return dl_tree_understood_subject(text, predicate);
    uint32_t object = dl_tree_object(text, predicate);
    return dl_tree_antecedent(text, object != DL_NONE ? object : shared_object(text, predicate));
}

uint32_t dl_tree_oblique(const dl_text *text, uint32_t token, const char *preposition, unsigned n)
{
    for (uint32_t c = dl_tree_first_child(text, token); c != DL_NONE; c = dl_tree_next_child(text, c)) {
        dl_deprel relation = text->tokens[c].deprel;
        if (!dl_deprel_is(relation, DL_DEP_OBL) && !dl_deprel_is(relation, DL_DEP_NMOD)) continue;
        uint32_t marker = dl_tree_case(text, c);
        if (marker != DL_NONE && dl_str_is(text->tokens[marker].norm, preposition) && n-- == 0) return c;
    }
    return DL_NONE;
}
