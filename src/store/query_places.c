/* query_places.c - the places that pages name. */
#include "dateline/queries.h"
#include "store/database.h"

static void take_place(sqlite3_stmt *row, dl_place_row *out)
{
    *out = (dl_place_row){.id = sqlite3_column_int64(row, 0), .name = store_column(row, 1), .geonameid = sqlite3_column_int64(row, 2)};
    out->gazetteer_id = store_column(row, 3);
    out->located = sqlite3_column_type(row, 4) != SQLITE_NULL;
    out->lat = sqlite3_column_double(row, 4);
    out->lon = sqlite3_column_double(row, 5);
    out->country = store_column(row, 6);
    out->admin1 = store_column(row, 7);
    out->feature = store_column(row, 8);
    out->precision = store_column(row, 9);
}

dl_status dl_store_locations(dl_store *store, dl_visit_place *visit, void *context, dl_error *err)
{
    sqlite3_stmt *statement;
    bool row;
    dl_status status = store_prepare(store, &statement, "SELECT id, name, geonameid, gazetteer_id, lat, lon, country, admin1, feature, precision"
                                                        " FROM locations ORDER BY id", err);
    if (status != DL_OK) return status;
    while ((status = store_step(store, statement, &row, err)) == DL_OK && row) {
        dl_place_row place;
        take_place(statement, &place);
        if (!visit(context, &place)) break;
    }
    sqlite3_finalize(statement);
    return status;
}
