/* happening_cells.h - cells of rows that tell of happenings: who tells it, where, which pages and speakers. */
#ifndef DL_EXPORT_HAPPENING_CELLS_H
#define DL_EXPORT_HAPPENING_CELLS_H

#include "dateline/monitor.h"
#include "export/export.h"

/* `claims` are those of the happening, from its first. */

/* The claim that tells who did it to whom: the first as fact with both, else with one, else the first as fact. */
const dl_row *happening_teller(const dl_happening *happening, const dl_claim *claims);
bool happening_place_is(const dl_happening *happening, const char *precision);
bool happening_in_town(const dl_happening *happening);
void cell_point(const cell_line *line, const dl_happening *happening); /* two cells: latitude, longitude */

/* Something of each page that tells of it, joined with "; ". */
typedef dl_str of_page(const dl_claim *claim, char buffer[16]);
of_page outlet_of, title_of, url_of, day_of;
void cell_pages(exporter *e, const dl_happening *happening, const dl_claim *claims, of_page *tell);
/* Speakers whose word it is, each once where they follow one another. */
void cell_speakers(exporter *e, const dl_happening *happening, const dl_claim *claims);

#endif
