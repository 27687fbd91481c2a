/* jsonld.c - finding the article among the JSON-LD objects of a page. */
#include "page/jsonld.h"

#include "base/error.h"

enum { MOST_OBJECTS = 3000 };

static bool is_type(const dl_json *type, const char *name)
{
    dl_str text = dl_json_text(type);
    if (!text.ptr) return false;
    size_t len = strlen(name);
    if (text.len < len || memcmp(text.ptr + text.len - len, name, len) != 0) return false;
    /* "http://schema.org/NewsArticle" too, but not "NewsArticle" for "Article" */
    return text.len == len || text.ptr[text.len - len - 1] == '/' || text.ptr[text.len - len - 1] == ':';
}

bool dl_linked_is(const dl_json *object, const char *name)
{
    const dl_json *type = dl_json_get(object, "@type");
    if (!type) return false;
    if (type->kind == DL_JSON_STRING) return is_type(type, name);
    for (const dl_json *one = type->first; one; one = one->next)
        if (is_type(one, name)) return true;
    return false;
}

static bool collect(dl_linked *out, dl_arena *arena, const dl_json *value, uint32_t source, uint16_t depth)
{
    if (value->kind == DL_JSON_OBJECT && out->objects.count < MOST_OBJECTS) {
        dl_linked_object *object = DL_VEC_PUSH(arena, &out->objects);
        if (!object) return false;
        *object = (dl_linked_object){value, source, depth};
    }
    for (const dl_json *child = value->first; child; child = child->next)
        if ((child->kind == DL_JSON_OBJECT || child->kind == DL_JSON_ARRAY) &&
            !collect(out, arena, child, source, (uint16_t)(depth + (child->kind == DL_JSON_OBJECT && value->kind == DL_JSON_OBJECT))))
            return false;
    return true;
}

/* How good an object is as the page's article; 0: none. */
static int rank(const dl_json *object)
{
    static const char *const ARTICLES[] = {
        "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
        "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "Report",
        "SocialMediaPosting", "TechArticle", "ScholarlyArticle", "AdvertiserContentArticle", "SatiricalArticle"};
    int score = 0;
    for (size_t i = 0; i < sizeof ARTICLES / sizeof *ARTICLES && !score; i++)
        if (dl_linked_is(object, ARTICLES[i])) score = 20;
    if (!score && (dl_linked_is(object, "WebPage") || dl_linked_is(object, "ItemPage") || dl_linked_is(object, "Recipe") ||
                   dl_linked_is(object, "VideoObject") || dl_linked_is(object, "AboutPage") || dl_linked_is(object, "Podcast")))
        score = 4;
    if (!score) return 0;
    if (dl_json_get(object, "headline")) score += 4;
    if (dl_json_get(object, "datePublished")) score += 3;
    if (dl_json_get(object, "articleBody")) score += 3;
    if (dl_json_get(object, "author")) score += 1;
    return score;
}

dl_status dl_linked_read(dl_linked *out, const dl_head *head, dl_arena *arena, dl_error *err)
{
    *out = (dl_linked){0};
    for (uint32_t i = 0; i < head->linked.count; i++)
        if (!collect(out, arena, head->linked.items[i].root, i, 0)) return dl_fail_memory(err);
    int best = 0;
    for (size_t i = 0; i < out->objects.count; i++) {
        const dl_linked_object *o = &out->objects.items[i];
        int score = rank(o->object);
        score = score > 0 ? score * 2 - 5 * (o->depth > 4 ? 4 : o->depth) : 0;
        if (score <= best) continue;
        best = score;
        out->article = o->object;
        out->article_base = head->linked.items[o->source].base;
        out->is_article = rank(o->object) >= 20;
    }
    return DL_OK;
}

const dl_json *dl_linked_follow(const dl_linked *linked, const dl_json *value)
{
    if (!value || value->kind != DL_JSON_OBJECT || dl_json_get(value, "name")) return value;
    dl_str id = dl_json_text(dl_json_get(value, "@id"));
    for (size_t i = 0; id.len && i < linked->objects.count; i++) {
        const dl_json *object = linked->objects.items[i].object;
        if (object != value && dl_str_eq(dl_json_text(dl_json_get(object, "@id")), id) && object->count > 1) return object;
    }
    return value;
}

dl_str dl_linked_text(const dl_json *object, const char *key)
{
    const dl_json *value = dl_json_get(object, key);
    if (value && value->kind == DL_JSON_ARRAY) value = value->first;
    if (value && value->kind == DL_JSON_OBJECT) value = dl_json_get(value, "@value");
    dl_str text = dl_json_text(value);
    return text.ptr ? dl_str_trim(text) : text;
}
