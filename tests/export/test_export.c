/* test_export.c - exports, cell by cell: each row as its cells that are not empty, under the names of their columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../store/room.h"
#include "dateline/export.h"
#include "export/codes.h"
#include "export/csv.h"

/* ---- what was written ---- */

typedef struct written {
    char text[65536];
    size_t len, rows;
    size_t most; /* rows that the reader takes; 0: all */
} written;

static bool take(void *context, const char *bytes, size_t count)
{
    written *w = context;
    assert_true(w->len + count < sizeof w->text);
    memcpy(w->text + w->len, bytes, count);
    w->len += count;
    w->text[w->len] = '\0';
    return !w->most || ++w->rows < w->most;
}

static const char *export_all(written *w, dl_store *store, const dl_export *wanted, uint64_t expected_rows)
{
    dl_error err = {0};
    uint64_t rows = 0;
    *w = (written){.most = 0};
    if (dl_store_export(store, wanted, take, w, &rows, &err) != DL_OK) fail_msg("%s", err.message);
    assert_int_equal(rows, expected_rows);
    return w->text;
}

/* Takes the cell at *at, unquoted, and moves behind its separator. False: it was the last of its line. */
static bool next_cell(const char **at, bool tabs, char *out)
{
    const char *c = *at;
    bool quoted = !tabs && *c == '"';
    if (quoted) c++;
    for (; *c; c++) {
        if (quoted && c[0] == '"' && c[1] == '"') c++;
        else if (quoted && *c == '"') { quoted = false; continue; }
        else if (!quoted && (*c == (tabs ? '\t' : ',') || *c == '\r' || *c == '\n')) break;
        *out++ = *c;
    }
    *out = '\0';
    bool more = *c == (tabs ? '\t' : ',');
    if (!tabs && !more) assert_memory_equal(c, "\r\n", 2);
    *at = c + (more || tabs ? 1 : 2);
    return more;
}

/* The row's cells as "name=value|name=value|"; the heading gives the names. */
static const char *cells_of(const char *text, bool tabs, size_t row, char out[8192])
{
    static char names[128][64];
    char value[4096];
    size_t columns = 0, column = 0;
    *out = '\0';
    while (next_cell(&text, tabs, names[columns++])) assert_true(columns < 128);
    for (; row; row--)
        while (next_cell(&text, tabs, value)) continue;
    for (bool more = true; more; column++) {
        assert_true(column < columns);
        more = next_cell(&text, tabs, value);
        if (*value) sprintf(out + strlen(out), "%s=%s|", names[column], value);
    }
    assert_int_equal(column, columns);
    return out;
}

static size_t columns_of(const char *text, bool tabs)
{
    char value[4096];
    size_t count = 1;
    while (next_cell(&text, tabs, value)) count++;
    return count;
}

/* ---- records ---- */

/* A store with the attack of room.h. */
static dl_store *one_attack(void)
{
    dl_store *store = open_store(DL_STORE_CREATE);
    add(store, attack("a", "fast", "Kulbus", 3), 1760400000);
    return store;
}

static void add_with(dl_store *store, const char *id, dl_realis realis, bool background)
{
    dl_document *document = attack(id, "fast", "Kulbus", 3);
    document->events.items[0].realis = realis;
    document->events.items[0].background = background;
    add(store, document, 1760400000);
}

static void expect_row(dl_store *store, dl_export wanted, const char *expected)
{
    written *w = malloc(sizeof *w);
    char cells[8192];
    const char *text = export_all(w, store, &wanted, 1);
    assert_string_equal(cells_of(text, wanted.format == DL_EXPORT_TSV, 0, cells), expected);
    free(w);
}

/* ---- layers ---- */

#define PAGE "url=http://a.example/a|outlet=The Example|title=Attack on Kulbus|published=2025-10-14|seen=2025-10-14T00:00:00Z|"
#define WORDS "sentence_end=58|text=Rebels killed 03 people in Kulbus, Governor Ada Ruiz said.|"

static void an_event_is_a_row(void **state)
{
    (void)state;
    dl_store *store = one_attack();
    const char *expected =
        "document=a|event=V1|type=ASSAULT|cameo=190|realis=actual|background=0|date=2025-10-12|place=Kulbus|country=SD|precision=city|geonameid=106|"
        "lat=13.62793|lon=25.34936|actors=Rebels|actor_codes=SDNREB|recipients=people|recipient_codes=SDNCVL|killed_min=3|source=Ada Ruiz|"
        "source_code=SDNGOV|start=7|end=13|confidence=0.85|sentence=0|sentence_start=0|" WORDS PAGE;
    expect_row(store, (dl_export){.format = DL_EXPORT_CSV}, expected);
    expect_row(store, (dl_export){.format = DL_EXPORT_TSV}, expected);
    dl_store_close(store);
}

static void a_page_is_a_row(void **state)
{
    (void)state;
    dl_store *store = one_attack();
    expect_row(store, (dl_export){.what = DL_EXPORT_PAGES, .format = DL_EXPORT_CSV},
               "document=a|url=http://a.example/a|outlet=The Example|title=Attack on Kulbus|published=2025-10-14|access=full|revision=1|"
               "first_seen=2025-10-14T00:00:00Z|seen=2025-10-14T00:00:00Z|engine=test|model=fast|events=1|statements=1|corrections=0|");
    dl_store_close(store);
}

static void a_statement_is_a_row(void **state)
{
    (void)state;
    dl_store *store = one_attack();
    expect_row(store, (dl_export){.what = DL_EXPORT_STATEMENTS, .format = DL_EXPORT_CSV},
               "document=a|statement=S1|kind=indirect|named=1|speaker=Ada Ruiz|code=SDNGOV|start=0|end=33|text=Rebels killed 03 people in Kulbus|"
               "sentence=0|confidence=0.90|" PAGE);
    dl_store_close(store);
}

static void claims_of_all_readings_and_the_word_of_people_are_rows(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    char cells[8192];
    dl_store *store = one_attack();
    add(store, attack("a", "accurate", "Kulbus", 3), 1760486400);
    dl_correction said = {.document = DL_STR("a"), .layer = DL_LAYER_EVENTS, .verdict = DL_VERDICT_CORRECT, .field = DL_STR("killed"),
                          .value = DL_STR("[4,4]"), .author = DL_STR("ann"), .note = DL_STR("the body of a fourth was found"), .seen = 1760572800};
    assert_int_equal(dl_store_correct(store, &said, NULL), DL_OK);
    const char *text = export_all(w, store, &(dl_export){.what = DL_EXPORT_CLAIMS, .format = DL_EXPORT_CSV}, 13);
    assert_string_equal(cells_of(text, false, 2, cells),
                        "document=a|revision=1|engine=test|model=fast|current=0|layer=places|item=P1|start=27|end=33|"
                        "value={\"id\":\"P1\",\"span\":[27,33],\"name\":\"Kulbus\",\"geonameid\":106,\"lat\":13.62793,\"lon\":25.34936,\"country\":\"SD\","
                        "\"precision\":\"city\",\"confidence\":0.7}|seen=2025-10-14T00:00:00Z|");
    assert_non_null(strstr(cells_of(text, false, 10, cells), "model=accurate|current=1|layer=events|item=V1|start=7|end=13|speaker=Ada Ruiz|"));
    assert_string_equal(cells_of(text, false, 12, cells),
                        "document=a|revision=1|engine=test|model=accurate|current=1|layer=events|item=V1|start=7|end=13|verdict=correct|field=killed|"
                        "value=[4,4]|author=ann|note=the body of a fourth was found|seen=2025-10-16T00:00:00Z|");
    dl_store_close(store);
    free(w);
}

static void lines_of_json_hold_the_value_itself(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = one_attack();
    const char *text = export_all(w, store, &(dl_export){.what = DL_EXPORT_CLAIMS, .query = {.limit = 1}}, 1);
    assert_string_equal(text, "{\"document\":\"a\",\"revision\":1,\"engine\":\"test\",\"model\":\"fast\",\"current\":true,\"layer\":\"entities\",\"item\":\"E1\","
                              "\"span\":[0,6],\"value\":{\"id\":\"E1\",\"type\":\"NORP\",\"name\":\"Rebels\",\"mentions\":[{\"span\":[0,6],\"kind\":\"name\"}],"
                              "\"code\":\"SDNREB\",\"confidence\":0.9},\"seen\":\"2025-10-14T00:00:00Z\"}\n");
    text = export_all(w, store, &(dl_export){.what = DL_EXPORT_PAGES}, 1);
    assert_non_null(strstr(text, "\"text\":\"Rebels killed 03 people in Kulbus, Governor Ada Ruiz said.\"}\n"));
    dl_store_close(store);
    free(w);
}

/* ---- GeoJSON ---- */

static void an_event_is_a_point_and_without_a_place_none(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = one_attack();
    dl_document *nowhere = attack("b", "fast", "Kulbus", 3);
    nowhere->events.items[0].place = DL_NONE;
    add(store, nowhere, 1760400000);
    const char *text = export_all(w, store, &(dl_export){.format = DL_EXPORT_GEOJSON}, 2);
    assert_memory_equal(text, "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"a/V1\",\"geometry\":{\"type\":\"Point\","
                              "\"coordinates\":[25.34936,13.62793]},\"properties\":{\"document\":\"a\",\"event\":\"V1\",", 150);
    assert_non_null(strstr(text, "},\n{\"type\":\"Feature\",\"id\":\"b/V1\",\"geometry\":null,\"properties\":{"));
    assert_string_equal(text + w->len - 6, "}}\n]}\n");
    assert_string_equal(export_all(w, store, &(dl_export){.format = DL_EXPORT_GEOJSON, .query.type = DL_AID}, 0),
                        "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n");
    dl_store_close(store);
    free(w);
}

/* ---- layouts ---- */

static void ucdp_ged_counts_the_deaths_of_a_happening(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    char cells[8192];
    dl_store *store = one_attack();
    dl_document *other = attack("b", "fast", "Kulbus", 5);
    other->story.site = DL_STR("The Other");
    other->events.items[0].source = DL_NONE;
    add(store, other, 1760400000);
    const char *text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_UCDP_GED}, 1);
    assert_int_equal(columns_of(text, false), 49);
    assert_string_equal(cells_of(text, false, 0, cells),
                        "id=1000001|relid=a/V1|year=2025|type_of_violence=3|side_a=Rebels|side_b=Civilians|number_of_sources=2|"
                        "source_article=http://a.example/a; http://a.example/b|source_office=The Example; The Other|source_date=2025-10-14; 2025-10-14|"
                        "source_headline=Attack on Kulbus; Attack on Kulbus|source_original=Ada Ruiz|where_prec=1|where_coordinates=Kulbus|latitude=13.62793|"
                        "longitude=25.34936|geom_wkt=POINT (25.34936 13.62793)|priogrid_gid=149451|country=Sudan|country_id=625|region=Africa|event_clarity=1|date_prec=1|"
                        "date_start=2025-10-12|date_end=2025-10-12|deaths_civilians=3|best=3|high=5|low=3|");
    dl_store_close(store);
    free(w);
}

static void acled_has_one_row_a_happening(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    char cells[8192];
    dl_store *store = one_attack();
    const char *text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_ACLED}, 1);
    assert_int_equal(columns_of(text, false), 31);
    assert_string_equal(cells_of(text, false, 0, cells),
                        "event_id_cnty=a/V1|event_date=2025-10-12|year=2025|time_precision=1|disorder_type=Political violence|"
                        "event_type=Violence against civilians|sub_event_type=Attack|actor1=Rebels|actor2=people|civilian_targeting=Civilian targeting|"
                        "iso=729|region=Northern Africa|country=Sudan|location=Kulbus|latitude=13.62793|longitude=25.34936|geo_precision=1|source=The Example|"
                        "notes=Rebels killed 03 people in Kulbus, Governor Ada Ruiz said.|fatalities=3|timestamp=1760400000|");
    dl_store_close(store);
    free(w);
}

static void gdelt_has_a_row_for_each_event_of_a_page(void **state)
{
    (void)state;
    dl_store *store = one_attack();
    written *w = malloc(sizeof *w);
    dl_export wanted = {.format = DL_EXPORT_TSV, .layout = DL_LAYOUT_GDELT};
    assert_int_equal(columns_of(export_all(w, store, &wanted, 1), true), 61);
    expect_row(store, wanted,
               "GLOBALEVENTID=1000001|SQLDATE=20251012|MonthYear=202510|Year=2025|FractionDate=2025.7726|Actor1Code=SDNREB|Actor1Name=Rebels|"
               "Actor1CountryCode=SDN|Actor1Type1Code=REB|Actor2Code=SDNCVL|Actor2Name=people|Actor2CountryCode=SDN|Actor2Type1Code=CVL|EventCode=190|"
               "EventBaseCode=190|EventRootCode=19|QuadClass=4|NumSources=1|NumArticles=1|ActionGeo_Type=4|ActionGeo_FullName=Kulbus|"
               "ActionGeo_Lat=13.62793|ActionGeo_Long=25.34936|DATEADDED=20251014000000|SOURCEURL=http://a.example/a|");
    wanted.bare = true;
    assert_memory_equal(export_all(w, store, &wanted, 1), "1000001\t20251012\t", 17);
    free(w);
    dl_store_close(store);
}

static void polecat_has_a_row_for_each_event_of_a_page(void **state)
{
    (void)state;
    dl_store *store = one_attack();
    written *w = malloc(sizeof *w);
    dl_export wanted = {.format = DL_EXPORT_TSV, .layout = DL_LAYOUT_POLECAT};
    assert_int_equal(columns_of(export_all(w, store, &wanted, 1), true), 40);
    expect_row(store, wanted,
               "Event ID=a/V1|Event Date=2025-10-12|Event Type=ASSAULT|Quad Code=MATERIAL CONFLICT|Actor Name=Rebels|Actor Country=SDN|"
               "Primary Actor Sector=REB|Actor Sectors=REB|Recipient Name=people|Recipient Country=SDN|Primary Recipient Sector=CVL|Recipient Sectors=CVL|"
               "Placename=Kulbus|City=Kulbus|Country=SD|Latitude=13.62793|Longitude=25.34936|GeoNames ID=106|Source=The Example|"
               "Publication Date=2025-10-14|");
    free(w);
    dl_store_close(store);
}

/* In a store of one event of each kind, the rows of each layout, and the contexts by which POLECAT's tell them apart. */
static void what_did_not_happen_is_left_out_or_marked(void **state)
{
    (void)state;
    static const dl_realis told[] = {DL_PLANNED, DL_POSSIBLE, DL_THREATENED, DL_NEGATED, DL_DENIED, DL_ACTUAL};
    written *w = malloc(sizeof *w);
    char cells[8192], id[] = "a";
    dl_store *store = open_store(DL_STORE_CREATE);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++, id[0]++) add_with(store, id, told[i], told[i] == DL_ACTUAL); /* f: background */
    for (dl_export_layout layout = DL_LAYOUT_UCDP_GED; layout <= DL_LAYOUT_ACLED; layout++)
        if (layout != DL_LAYOUT_POLECAT) export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = layout}, 0);
    const char *text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_POLECAT}, 3);
    static const char *const contexts[] = {"Contexts=future|", "Contexts=hypothetical|", "Contexts=historical|"};
    for (size_t i = 0; i < 3; i++) assert_non_null(strstr(cells_of(text, false, i, cells), contexts[i]));
    add_with(store, "g", DL_ONGOING, false);
    for (dl_export_layout layout = DL_LAYOUT_UCDP_GED; layout <= DL_LAYOUT_ACLED; layout++)
        export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = layout}, layout == DL_LAYOUT_POLECAT ? 4 : 1);
    dl_store_close(store);
    free(w);
}

static void days_that_are_not_known_are_not_made_up(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    char cells[8192];
    dl_store *store = open_store(DL_STORE_CREATE);
    dl_document *month = attack("a", "fast", "Kulbus", 3);
    month->events.items[0].date = (dl_date){2025, 2, 0};
    add(store, month, 1760400000);
    const char *text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_ACLED}, 1);
    assert_memory_equal(cells_of(text, false, 0, cells), "event_id_cnty=a/V1|year=2025|time_precision=3|", 46);
    text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_UCDP_GED}, 1);
    assert_non_null(strstr(cells_of(text, false, 0, cells), "date_prec=4|date_start=2025-02-01|date_end=2025-02-28|"));
    text = export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_GDELT}, 1);
    assert_memory_equal(cells_of(text, false, 0, cells), "GLOBALEVENTID=1000001|MonthYear=202502|Year=2025|Actor1Code", 58);
    dl_store_close(store);
    free(w);
}

/* ---- safety and order ---- */

static void no_cell_is_a_formula_or_breaks_its_line(void **state)
{
    (void)state;
    static const char *const texts[][3] = {
        {"=1+1", "\"'=1+1\",", "'=1+1\t"},        {"+4", "\"'+4\",", "'+4\t"},
        {"-x", "\"'-x\",", "'-x\t"},              {"@SUM(A1)", "\"'@SUM(A1)\",", "'@SUM(A1)\t"},
        {"\tx", "\"'\tx\",", "' x\t"},            {"\n=1", "\"'\n=1\",", "' =1\t"},
        {"\xEF\xBC\x9D" "1", "\"'\xEF\xBC\x9D" "1\",", "'\xEF\xBC\x9D" "1\t"},
        {"a\"b,c", "\"a\"\"b,c\",", "a\"b,c\t"},  {"a\r\nb", "\"a\r\nb\",", "a  b\t"},
        {"a=b", "\"a=b\",", "a=b\t"},             {"", ",", "\t"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int tabs = 0; tabs < 2; tabs++) {
            dl_json_out out = {0};
            cell_words(&(cell_line){&out, tabs, NULL}, dl_str_of(texts[i][0]));
            put_bytes(&out, (dl_str){"", 1});
            assert_string_equal(out.bytes, texts[i][1 + tabs]);
            dl_json_out_free(&out);
        }
}

static void rows_come_as_pages_came_whatever_their_days(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = open_store(DL_STORE_CREATE);
    static const char *const ids[] = {"c", "a", "b"};
    for (size_t i = 0; i < 3; i++) {
        dl_document *document = attack(ids[i], "fast", "Kulbus", 3 + (int)i);
        document->events.items[0].date.day = (uint8_t)(12 - i % 2 * 5);
        add(store, document, 1760400000);
    }
    char once[sizeof w->text];
    strcpy(once, export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV}, 3));
    const char *c = strstr(once, "\"c\",\"V1\""), *a = strstr(once, "\"a\",\"V1\""), *b = strstr(once, "\"b\",\"V1\"");
    assert_true(c && a && b && c < a && a < b);
    assert_int_equal(dl_store_rebuild(store, NULL), DL_OK);
    assert_string_equal(export_all(w, store, &(dl_export){.format = DL_EXPORT_CSV}, 3), once);
    dl_store_close(store);
    free(w);
}

static void filters_and_limits_hold(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = one_attack();
    add(store, attack("b", "fast", "Tina", 7), 1760400000);
    const struct {
        dl_export wanted;
        uint64_t rows;
    } cases[] = {{{.query.place = DL_STR("Tina")}, 1},
                 {{.query.text = DL_STR("kulbus")}, 1},
                 {{.query = {.actor = DL_STR("SDNREB"), .limit = 1}}, 1},
                 {{.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_ACLED, .query.limit = 1}, 1},
                 {{.format = DL_EXPORT_TSV, .layout = DL_LAYOUT_GDELT, .query.limit = 1}, 1},
                 {{.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_UCDP_GED, .query.type = DL_AID}, 0},
                 {{.what = DL_EXPORT_PAGES, .query.text = DL_STR("tina")}, 1},
                 {{.what = DL_EXPORT_PAGES, .query.source = DL_STR("example")}, 2},
                 {{.what = DL_EXPORT_PAGES, .query.source = DL_STR("exam")}, 0},
                 {{.what = DL_EXPORT_PAGES, .query.since = {2025, 10, 15}}, 0},
                 {{.what = DL_EXPORT_PAGES, .query.until = {2025, 10, 14}}, 2},
                 {{.what = DL_EXPORT_STATEMENTS, .query.source = DL_STR("Ruiz")}, 2},
                 {{.what = DL_EXPORT_STATEMENTS, .query.source = DL_STR("SDN")}, 2},
                 {{.what = DL_EXPORT_STATEMENTS, .query.source = DL_STR("RUS")}, 0},
                 {{.what = DL_EXPORT_STATEMENTS, .query.text = DL_STR("kulbus")}, 1},
                 {{.what = DL_EXPORT_CLAIMS, .query.until = {2025, 10, 13}}, 0},
                 {{.what = DL_EXPORT_CLAIMS, .query.limit = 5}, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) export_all(w, store, &cases[i].wanted, cases[i].rows);
    dl_store_close(store);
    free(w);
}

static void what_does_not_go_together_is_refused(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = one_attack();
    const dl_export wrong[] = {{.layout = DL_LAYOUT_ACLED},
                               {.what = DL_EXPORT_PAGES, .format = DL_EXPORT_CSV, .layout = DL_LAYOUT_ACLED},
                               {.what = DL_EXPORT_PAGES, .format = DL_EXPORT_GEOJSON},
                               {.what = DL_EXPORT_PAGES, .query.type = DL_ASSAULT},
                               {.what = DL_EXPORT_CLAIMS, .query.text = DL_STR("x")},
                               {.format = DL_EXPORT_CSV, .layout = DL_LAYOUT_GDELT, .query.realis = 1u << DL_PLANNED}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dl_error err = {0};
        *w = (written){.most = 0};
        assert_int_equal(dl_store_export(store, &wrong[i], take, w, NULL, &err), DL_USAGE);
        assert_true(err.message[0]);
        assert_int_equal(w->len, 0);
    }
    dl_store_close(store);
    free(w);
}

static void a_reader_that_has_enough_ends_it(void **state)
{
    (void)state;
    written *w = malloc(sizeof *w);
    dl_store *store = one_attack();
    add(store, attack("b", "fast", "Tina", 7), 1760400000);
    for (dl_export_what what = DL_EXPORT_EVENTS; what <= DL_EXPORT_PAGES; what++) {
        *w = (written){.most = 1};
        uint64_t rows;
        assert_int_equal(dl_store_export(store, &(dl_export){.what = what}, take, w, &rows, NULL), DL_OK);
        assert_int_equal(rows, 1);
    }
    dl_store_close(store);
    free(w);
}

static void codes_fall_into_their_parts(void **state)
{
    (void)state;
    static const char *const codes[][5] = {{"SDNREB", "SDN", "", "", "REB"}, {"SDN", "SDN", "", "", ""},         {"REB", "", "", "", "REB"},
                                           {"IGOUNO", "", "IGO", "UNO", "IGO"}, {"IMGISI", "", "IMG", "ISI", "IMG"}, {"", "", "", "", ""}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        dl_str code = dl_str_of(codes[i][0]), parts[] = {code_country(code), code_kind(code), code_body(code), code_sector(code)};
        for (size_t k = 0; k < 4; k++) assert_true(dl_str_is(parts[k], codes[i][k + 1]));
    }
}

int main(void)
{
#define STORED(test) cmocka_unit_test_setup_teardown(test, new_folder, drop_folder)
    const struct CMUnitTest tests[] = {
        STORED(an_event_is_a_row),
        STORED(a_page_is_a_row),
        STORED(a_statement_is_a_row),
        STORED(claims_of_all_readings_and_the_word_of_people_are_rows),
        STORED(lines_of_json_hold_the_value_itself),
        STORED(an_event_is_a_point_and_without_a_place_none),
        STORED(ucdp_ged_counts_the_deaths_of_a_happening),
        STORED(acled_has_one_row_a_happening),
        STORED(gdelt_has_a_row_for_each_event_of_a_page),
        STORED(polecat_has_a_row_for_each_event_of_a_page),
        STORED(what_did_not_happen_is_left_out_or_marked),
        STORED(days_that_are_not_known_are_not_made_up),
        cmocka_unit_test(no_cell_is_a_formula_or_breaks_its_line),
        STORED(rows_come_as_pages_came_whatever_their_days),
        STORED(filters_and_limits_hold),
        STORED(what_does_not_go_together_is_refused),
        STORED(a_reader_that_has_enough_ends_it),
        cmocka_unit_test(codes_fall_into_their_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
