/* inflection.c - undoing the regular endings of English (Quirk et al. 1985, 3.5-3.10, 5.79-5.81). */
#include "text/inflection.h"

static void add(dl_base_forms *out, dl_str stem, size_t len, const char *ending)
{
    size_t extra = strlen(ending);
    if (len < 2 || len + extra >= DL_BASE_FORM_SIZE || out->count >= DL_BASE_FORMS_MAX) return;
    char *bytes = out->bytes[out->count];
    memcpy(bytes, stem.ptr, len);
    memcpy(bytes + len, ending, extra + 1);
    out->items[out->count++] = (dl_str){bytes, len + extra};
}

/* "stopp" of "stopped", "stopping": one of the doubled consonants goes. */
static void add_undoubled(dl_base_forms *out, dl_str stem, size_t len)
{
    if (len > 3 && stem.ptr[len - 1] == stem.ptr[len - 2]) add(out, stem, len - 1, "");
}

static void undo_s(dl_base_forms *out, dl_str norm)
{
    if (dl_str_ends(norm, "ss") || norm.len < 4) return;
    if (dl_str_ends(norm, "ies")) add(out, norm, norm.len - 3, "y");
    add(out, norm, norm.len - 1, "");
    if (dl_str_ends(norm, "es")) add(out, norm, norm.len - 2, "");
    if (dl_str_ends(norm, "ves")) add(out, norm, norm.len - 3, "f");
}

static void undo_ed(dl_base_forms *out, dl_str norm)
{
    if (dl_str_ends(norm, "ied")) add(out, norm, norm.len - 3, "y");
    add(out, norm, norm.len - 2, "");
    add(out, norm, norm.len - 1, "");
    add_undoubled(out, norm, norm.len - 2);
}

static void undo_ing(dl_base_forms *out, dl_str norm)
{
    add(out, norm, norm.len - 3, "");
    add(out, norm, norm.len - 3, "e");
    add_undoubled(out, norm, norm.len - 3);
}

void dl_base_forms_of(dl_base_forms *out, const dl_table *irregular, dl_str norm)
{
    out->items[0] = norm;
    out->count = 1;
    if (norm.len < 3 || norm.len >= DL_BASE_FORM_SIZE) return;
    if (irregular) {
        dl_rows rows = dl_table_find(irregular, norm);
        int base = dl_table_column(irregular, "base");
        for (uint32_t i = 0; i < rows.count && out->count < 4; i++)
            out->items[out->count++] = dl_table_cell(irregular, rows.first + i, base);
    }
    if (dl_str_ends(norm, "s")) undo_s(out, norm);
    else if (dl_str_ends(norm, "ed")) undo_ed(out, norm);
    else if (dl_str_ends(norm, "ing") && norm.len > 5) undo_ing(out, norm);
}
