/* countries.c - the table data/export/countries.tsv. */
#include "export/countries.h"

#include "base/error.h"
#include "engine/paths.h"

dl_status countries_open(countries *out, const char *data_dir, dl_error *err)
{
    char folder[DL_PATH_SIZE], path[DL_PATH_SIZE];
    *out = (countries){0};
    dl_status status = dl_data_dir(folder, data_dir, err);
    if (status == DL_OK) status = dl_path_join(path, folder, "dateline.lexicon", err);
    if (status == DL_OK) status = dl_lexicon_open(&out->lexicon, path, err);
    return status == DL_OK ? dl_lexicon_table(out->lexicon, "export/countries", &out->table, err) : status;
}

void countries_close(countries *all)
{
    dl_lexicon_close(all->lexicon);
    *all = (countries){0};
}

/* UCDP GED codebook: regions are ranges of Gleditsch and Ward's numbers. */
static const char *ucdp_region(dl_str gw)
{
    int64_t number;
    if (!dl_str_number(gw, &number)) return "";
    return number < 200 ? "Americas" : number < 400 ? "Europe" : number < 630 ? "Africa" : number < 700 ? "Middle East" : "Asia";
}

country countries_find(const countries *all, dl_str code)
{
    char key[2];
    country out = {.name = code, .ucdp_name = code, .ucdp_region = ""};
    if (!all->table || code.len != 2) return out;
    for (size_t i = 0; i < 2; i++) key[i] = (char)dl_ascii_lower((unsigned char)code.ptr[i]);
    dl_rows rows = dl_table_find(all->table, (dl_str){key, 2});
    if (!rows.count) return out;
    const char *const columns[] = {"name", "ucdp", "numeric", "gw", "region"};
    dl_str *const cells[] = {&out.name, &out.ucdp_name, &out.numeric, &out.gw, &out.region};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *cells[i] = dl_table_cell(all->table, rows.first, dl_table_column(all->table, columns[i]));
    if (!out.ucdp_name.len) out.ucdp_name = out.name;
    out.ucdp_region = ucdp_region(out.gw);
    return out;
}
