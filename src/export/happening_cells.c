/* happening_cells.c - cells of rows that tell of happenings. */
#include "export/happening_cells.h"

#include "base/date.h"

const dl_row *happening_teller(const dl_happening *happening, const dl_claim *claims)
{
    const dl_row *best = NULL;
    int most = -1;
    for (uint32_t i = 0; i < happening->count; i++) {
        const dl_row *row = &claims[i].row;
        bool fact = !row->background && (row->realis == DL_ACTUAL || row->realis == DL_ONGOING);
        int told = (row->actor_count > 0) + (row->recipient_count > 0);
        if (fact && told > most) best = row, most = told;
    }
    return best ? best : &claims->row;
}

bool happening_place_is(const dl_happening *happening, const char *precision)
{
    return dl_str_is(happening->precision, precision);
}

bool happening_in_town(const dl_happening *happening)
{
    return happening_place_is(happening, "city") || happening_place_is(happening, "exact");
}

void cell_point(const cell_line *line, const dl_happening *happening)
{
    if (happening->located) cell_real(line, happening->lat, 5), cell_real(line, happening->lon, 5);
    else cell_none(line, 2);
}

static bool is_first_of_page(const dl_claim *claims, uint32_t index)
{
    return index == 0 || claims[index].row.number != claims[index - 1].row.number;
}

dl_str outlet_of(const dl_claim *claim, char buffer[16])
{
    (void)buffer;
    return claim->row.site.ptr ? claim->row.site : claim->row.document;
}

dl_str title_of(const dl_claim *claim, char buffer[16])
{
    (void)buffer;
    return claim->row.title;
}

dl_str url_of(const dl_claim *claim, char buffer[16])
{
    (void)buffer;
    return claim->row.url.ptr ? claim->row.url : claim->row.document;
}

dl_str day_of(const dl_claim *claim, char buffer[16])
{
    return dl_str_of(dl_date_format(claim->row.published, buffer));
}

void cell_pages(exporter *e, const dl_happening *happening, const dl_claim *claims, of_page *tell)
{
    const cell_line line = export_line(e);
    dl_json_out *joined = &e->scratch;
    char buffer[16];
    e->failed = e->failed || joined->failed;
    dl_json_out_clear(joined);
    for (uint32_t i = 0; i < happening->count; i++) {
        dl_str one = is_first_of_page(claims, i) ? tell(&claims[i], buffer) : (dl_str){0};
        if (joined->len && one.len) put_bytes(joined, DL_STR("; "));
        put_bytes(joined, one);
    }
    cell_words(&line, (dl_str){joined->bytes, joined->len});
}

void cell_speakers(exporter *e, const dl_happening *happening, const dl_claim *claims)
{
    const cell_line line = export_line(e);
    dl_str last = {0};
    e->failed = e->failed || e->scratch.failed;
    dl_json_out_clear(&e->scratch);
    for (uint32_t i = 0; i < happening->count; i++) {
        dl_str one = claims[i].row.source.name;
        if (!one.len || dl_str_eq(one, last)) continue;
        if (last.len) put_bytes(&e->scratch, DL_STR("; "));
        put_bytes(&e->scratch, one);
        last = one;
    }
    cell_words(&line, (dl_str){e->scratch.bytes, e->scratch.len});
}
