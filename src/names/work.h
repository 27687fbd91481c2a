/* work.h - inside the names room: what the passes of one document share. */
#ifndef DL_NAMES_WORK_H
#define DL_NAMES_WORK_H

#include "names/data.h"
#include "names/phrase.h"

typedef enum name_source { FROM_MODEL, FROM_COUNTRIES, FROM_ORGANISATIONS, FROM_PEOPLE, FROM_SHAPE } name_source;

/* A name in the text; in order, not overlapping. */
typedef struct name_span {
    uint32_t first, count;
    uint32_t row; /* of the list that knows it, DL_NONE */
    uint32_t entity;
    uint8_t type, source, list; /* dl_name_type; who found it; the list of `row` (a name_source) */
    float score;
} name_span;

/* What is known of an entity while the page is read. */
typedef struct entity_note {
    dl_entity entity;
    uint32_t span;       /* index of the name span that names it best, DL_NONE for nominal ones */
    uint32_t row, list;  /* of the list that knows it; DL_NONE */
    uint32_t last_token; /* of its latest mention, while passing */
    names_phrase role;   /* agent.count 0: none */
    bool female, male;   /* told by a title or a pronoun */
} entity_note;

typedef DL_VEC(name_span) name_span_vec;
typedef DL_VEC(entity_note) entity_note_vec;
typedef DL_VEC(dl_mention) mention_vec;

typedef struct names_work {
    const dl_names_data *data;
    dl_arena *arena;
    const dl_text *text;
    dl_date published;
    name_span_vec spans;
    entity_note_vec entities;
    mention_vec mentions;
    uint32_t *span_of; /* by token: index of the name span that covers it, DL_NONE */
} names_work;

dl_status names_spans_find(names_work *work, dl_error *err);
dl_status names_types_vote(names_work *work, dl_error *err);
dl_status names_entities_join(names_work *work, dl_error *err);
dl_status names_roles_read(names_work *work, dl_error *err);
dl_status names_sides_tell(names_work *work, dl_error *err);
dl_status names_nominals_find(names_work *work, dl_error *err);
dl_status names_pronouns_join(names_work *work, dl_error *err);
dl_status names_finish(names_work *work, dl_names *out, dl_error *err);

/* ---- shared by the passes ---- */

/* String to number, open addressing; keys are borrowed. */
typedef struct name_index {
    struct name_slot {
        dl_str key;
        uint32_t value;
    } *slots;
    size_t size, used;
} name_index;
bool name_index_put(name_index *index, dl_arena *arena, dl_str key, uint32_t value); /* false: out of memory */
uint32_t name_index_get(const name_index *index, dl_str key);                       /* DL_NONE: not there */

/* The words of tokens [first, first + count) as a list's key: norms, parted as in the text. ptr NULL: out of memory. */
dl_str names_key(dl_arena *arena, const dl_text *text, uint32_t first, uint32_t count);
dl_span names_token_span(const dl_text *text, uint32_t first, uint32_t count);
/* The token of a phrase that the others depend on; its last one where there is no tree. */
uint32_t names_head(const dl_text *text, uint32_t first, uint32_t count);
bool names_push_mention(names_work *work, uint32_t first, uint32_t count, uint32_t head, uint32_t entity,
                        dl_mention_kind kind);

int names_by_place(const dl_mention *x, const dl_mention *y); /* the order of mentions */

/* Sectors of a state, which are the page's own country's where nothing else is told: "the army", "police". Civilians, rebels and firms
 * are anybody's: where the act took place decides (events). */
bool names_is_public_office(dl_str sector);

#endif
