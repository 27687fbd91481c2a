/* feed.c - feeds and sitemaps, through expat with entities off.
 *
 * Names are taken by their local part: prefixes are bound carelessly in the wild. What counts is the element's depth in its item, so that the title of
 * a picture is not the title of a page. */
#include "feeds/feed.h"

#include <errno.h>
#include <expat.h>
#include <iconv.h>
#include <stdlib.h>

#include "base/error.h"
#include "feeds/http.h"
#include "feeds/moment.h"
#include "feeds/url.h"

enum { MOST_DEPTH = 64, MOST_TEXT = 8192 };

typedef enum field { FIELD_NONE, FIELD_LINK, FIELD_ID, FIELD_TITLE, FIELD_PUBLISHED, FIELD_CHANGED } field;

typedef struct reader {
    XML_Parser xml;
    dl_arena *arena;
    dl_str base;
    feed_kind kind;
    DL_VEC(feed_item) items;
    feed_item item;
    int depth, item_depth; /* item_depth 0: outside of items */
    int link_rank;         /* of the address of the item at hand: a better one replaces it */
    field field;
    int field_depth;
    char text[MOST_TEXT];
    size_t text_len;
    bool permalink;
    const char *why; /* stopped by us */
    dl_status status;
} reader;

static void stop(reader *r, dl_status status, const char *why)
{
    if (r->status == DL_OK) r->status = status, r->why = why;
    XML_StopParser(r->xml, XML_FALSE);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

/* ---- items ---- */

static void set_link(reader *r, dl_str reference, int rank)
{
    if (rank <= r->link_rank) return;
    dl_str url = url_resolve(r->arena, r->base, reference);
    if (!url.ptr) return;
    r->item.url = url;
    r->link_rank = rank;
}

static feed_kind kind_of(const char *root)
{
    static const struct {
        const char *name;
        feed_kind kind;
    } kinds[] = {{"rss", FEED_RSS}, {"RDF", FEED_RDF}, {"feed", FEED_ATOM}, {"urlset", FEED_SITEMAP}, {"sitemapindex", FEED_INDEX}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(local_name(root), kinds[i].name) == 0) return kinds[i].kind;
    return FEED_NONE;
}

static bool is_item(const reader *r, const char *name)
{
    static const char *const names[] = {"", "item", "item", "entry", "url", "sitemap"};
    static const int depths[] = {0, 3, 2, 2, 2, 2}; /* RSS has a channel between; some have none */
    bool deep = r->depth == depths[r->kind] || (r->kind == FEED_RSS && r->depth == 2);
    return deep && strcmp(local_name(name), names[r->kind]) == 0;
}

static void begin_item(reader *r, const char **attributes)
{
    const char *about = attribute(attributes, "about");
    r->item = (feed_item){.published = INT64_MIN, .changed = INT64_MIN};
    r->item_depth = r->depth;
    r->link_rank = 0;
    if (r->kind == FEED_RDF && about) set_link(r, dl_str_of(about), 1);
}

static void end_item(reader *r)
{
    r->item_depth = 0;
    if (!r->item.url.ptr) return;
    if (r->items.count == FEED_MOST_ITEMS) {
        stop(r, DL_LIMIT, "more than 50,000 items");
        return;
    }
    feed_item *kept = DL_VEC_PUSH(r->arena, &r->items);
    if (kept) *kept = r->item;
    else stop(r, DL_NO_MEMORY, "out of memory");
}

/* ---- what stands in an item ---- */

typedef struct field_name {
    const char *name;
    field field;
} field_name;

static field look_up(const field_name *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i].name, name) == 0) return names[i].field;
    return FIELD_NONE;
}

static field field_of(const reader *r, const char *name)
{
    static const field_name rss[] = {{"link", FIELD_LINK}, {"guid", FIELD_ID}, {"title", FIELD_TITLE}, {"pubDate", FIELD_PUBLISHED}, {"dc:date", FIELD_PUBLISHED},
                                     {"dcterms:issued", FIELD_PUBLISHED}, {"atom:updated", FIELD_CHANGED}, {"dcterms:modified", FIELD_CHANGED}};
    static const field_name atom[] = {{"id", FIELD_ID}, {"title", FIELD_TITLE}, {"published", FIELD_PUBLISHED}, {"issued", FIELD_PUBLISHED},
                                      {"updated", FIELD_CHANGED}, {"modified", FIELD_CHANGED}};
    static const field_name sitemap[] = {{"loc", FIELD_LINK}, {"lastmod", FIELD_CHANGED}};
    static const field_name news[] = {{"publication_date", FIELD_PUBLISHED}, {"title", FIELD_TITLE}};
    int below = r->depth - r->item_depth;
    if (r->kind == FEED_SITEMAP && below == 2) return look_up(news, 2, local_name(name));
    if (below != 1) return FIELD_NONE;
    if (r->kind == FEED_ATOM) return look_up(atom, sizeof atom / sizeof *atom, local_name(name));
    if (r->kind == FEED_SITEMAP || r->kind == FEED_INDEX) return look_up(sitemap, 2, local_name(name));
    return look_up(rss, sizeof rss / sizeof *rss, name);
}

/* <link href> of Atom, also inside RSS. */
static void link_element(reader *r, const char **attributes)
{
    const char *href = attribute(attributes, "href"), *rel = attribute(attributes, "rel");
    if (href && (!rel || strcmp(rel, "alternate") == 0)) set_link(r, dl_str_of(href), 3);
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
    reader *r = context;
    if (++r->depth > MOST_DEPTH) {
        stop(r, DL_LIMIT, "elements nested too deep");
        return;
    }
    if (r->depth == 1 && (r->kind = kind_of(name)) == FEED_NONE) stop(r, DL_BAD_DATA, "neither a feed nor a sitemap");
    if (r->status != DL_OK) return;
    if (!r->item_depth) {
        if (is_item(r, name)) begin_item(r, attributes);
        return;
    }
    if (r->depth == r->item_depth + 1 && strcmp(local_name(name), "link") == 0) link_element(r, attributes);
    if (r->field) return; /* markup inside a title */
    r->field = field_of(r, name);
    r->field_depth = r->depth;
    r->text_len = 0;
    const char *permalink = attribute(attributes, "isPermaLink");
    r->permalink = !permalink || strcmp(permalink, "false") != 0;
}

static void XMLCALL on_text(void *context, const char *text, int len)
{
    reader *r = context;
    if (!r->field || len < 0) return;
    size_t room = MOST_TEXT - r->text_len, taken = (size_t)len < room ? (size_t)len : room;
    memcpy(r->text + r->text_len, text, taken);
    r->text_len += taken;
}

static void XMLCALL on_skipped(void *context, const char *name, int is_parameter)
{
    (void)name; /* &nbsp; and its like, which XML does not know */
    if (!is_parameter) on_text(context, " ", 1);
}

static void set_time(int64_t *out, dl_str text)
{
    int64_t seconds;
    if (moment_parse(text, &seconds)) *out = seconds;
}

static void end_field(reader *r)
{
    dl_str text = dl_str_trim((dl_str){r->text, r->text_len});
    switch (r->field) {
    case FIELD_LINK: set_link(r, text, 4); break;
    case FIELD_ID:
        r->item.id = dl_arena_str(r->arena, text);
        if (r->permalink && (dl_str_starts(text, "http://") || dl_str_starts(text, "https://"))) set_link(r, text, r->kind == FEED_ATOM ? 1 : 2);
        break;
    case FIELD_TITLE: r->item.title = dl_arena_str(r->arena, text); break;
    case FIELD_PUBLISHED: set_time(&r->item.published, text); break;
    default: set_time(&r->item.changed, text);
    }
    r->field = FIELD_NONE;
}

static void XMLCALL on_end(void *context, const char *name)
{
    reader *r = context;
    (void)name;
    if (r->field && r->depth == r->field_depth) end_field(r);
    if (r->item_depth && r->depth == r->item_depth) end_item(r);
    r->depth--;
}

/* ---- entities and encodings ---- */

static void XMLCALL on_entity(void *context, const char *name, int is_parameter, const char *value, int len, const char *base, const char *system,
                              const char *public_id, const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)len, (void)base, (void)system, (void)public_id, (void)notation;
    stop(context, DL_BAD_DATA, "it declares entities");
}

/* Nothing outside the file is read; what refers to it stays empty. Expat takes unknown entities for faults unless there is a DTD that may hold
 * them, so it gets an empty one. */
static int XMLCALL on_external(XML_Parser xml, const char *names, const char *base, const char *system, const char *public_id)
{
    (void)base, (void)public_id;
    if (system) return XML_STATUS_OK;
    XML_Parser inner = XML_ExternalEntityParserCreate(xml, names, NULL);
    if (!inner) return XML_STATUS_ERROR;
    int status = XML_Parse(inner, " ", 1, XML_TRUE);
    XML_ParserFree(inner);
    return status;
}

static int code_point(iconv_t converter, char byte)
{
    unsigned char out[4];
    char *from = &byte, *to = (char *)out;
    size_t in_left = 1, out_left = sizeof out;
    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &from, &in_left, &to, &out_left) == (size_t)-1 || out_left) return -1;
    return out[0] | out[1] << 8 | out[2] << 16;
}

/* Encodings of one byte a letter, as glibc knows them; others are refused by expat. */
static int XMLCALL on_encoding(void *context, const char *name, XML_Encoding *out)
{
    (void)context;
    iconv_t converter = iconv_open("UTF-32LE", name);
    if (converter == (iconv_t)-1) return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++) out->map[i] = code_point(converter, (char)i);
    iconv_close(converter);
    out->data = NULL, out->convert = NULL, out->release = NULL;
    return XML_STATUS_OK;
}

/* ---- the whole ---- */

static void set_handlers(reader *r)
{
    XML_SetUserData(r->xml, r);
    XML_SetElementHandler(r->xml, on_start, on_end);
    XML_SetCharacterDataHandler(r->xml, on_text);
    XML_SetEntityDeclHandler(r->xml, on_entity);
    XML_SetExternalEntityRefHandler(r->xml, on_external);
    XML_SetSkippedEntityHandler(r->xml, on_skipped);
    XML_SetUnknownEncodingHandler(r->xml, on_encoding, NULL);
    XML_SetParamEntityParsing(r->xml, XML_PARAM_ENTITY_PARSING_ALWAYS);
    XML_UseForeignDTD(r->xml, XML_TRUE); /* unknown entities are skipped, no error */
}

static dl_status parse(reader *r, dl_str bytes, dl_error *err)
{
    r->xml = XML_ParserCreate(NULL);
    if (!r->xml) return dl_fail_memory(err);
    set_handlers(r);
    bool whole = XML_Parse(r->xml, bytes.ptr, (int)bytes.len, XML_TRUE) == XML_STATUS_OK;
    XML_Index at = XML_GetCurrentByteIndex(r->xml);
    enum XML_Error code = XML_GetErrorCode(r->xml);
    XML_ParserFree(r->xml);
    size_t offset = at > 0 ? (size_t)at : 0;
    if (r->status == DL_NO_MEMORY || code == XML_ERROR_NO_MEMORY) return dl_fail_memory(err);
    if (r->why) return dl_fail(err, r->status, NULL, offset, "%s", r->why);
    return whole ? DL_OK : dl_fail(err, DL_BAD_DATA, NULL, offset, "the XML is not sound: %s", XML_ErrorString(code));
}

dl_status feed_parse(feed *out, dl_arena *arena, dl_str bytes, dl_str base, dl_error *err)
{
    http_bytes plain = {0};
    *out = (feed){0};
    if (dl_str_starts(bytes, "\x1F\x8B")) {
        dl_status status = http_inflate(bytes, 15 + 16, &plain, FEED_LIMIT, err);
        bytes = (dl_str){(const char *)plain.ptr, plain.len};
        if (status != DL_OK) {
            free(plain.ptr);
            return status;
        }
    }
    reader *r = calloc(1, sizeof *r);
    dl_status status = DL_OK;
    if (!r) status = dl_fail_memory(err);
    else if (bytes.len > FEED_LIMIT) status = dl_fail(err, DL_LIMIT, NULL, FEED_LIMIT, "the feed is larger than 64 MiB");
    else {
        r->arena = arena, r->base = base;
        status = parse(r, dl_str_starts(bytes, "\xFE\xFF") || dl_str_starts(bytes, "\xFF\xFE") ? bytes : dl_str_trim(bytes), err);
        *out = (feed){r->kind, r->items.items, r->items.count};
    }
    free(r);
    free(plain.ptr);
    return status;
}
