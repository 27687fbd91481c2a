/* names.c - the stage: names are found, joined to entities, given roles and codes; nominals and pronouns follow. */
#include "names/names.h"

#include "names/work.h"

dl_status dl_names_find(const dl_names_data *data, dl_arena *arena, const dl_text *text, const dl_story *story,
                        dl_names *out, dl_error *err)
{
    names_work work = {.data = data, .arena = arena, .text = text, .published = story->published};
    *out = (dl_names){0};
    if (!text->token_count) return DL_OK;
    dl_status status = names_spans_find(&work, err);
    if (status == DL_OK) status = names_types_vote(&work, err);
    if (status == DL_OK) status = names_entities_join(&work, err);
    if (status == DL_OK) status = names_roles_read(&work, err);
    if (status == DL_OK) status = names_sides_tell(&work, err);
    if (status == DL_OK) status = names_nominals_find(&work, err);
    if (status == DL_OK) status = names_pronouns_join(&work, err);
    if (status == DL_OK) status = names_finish(&work, out, err);
    return status;
}
