/* access.c - evidence for and against a cut story, weighed. Weights were set by hand on few pages: docs/reading.md. */
#include "page/access.h"

#include "base/error.h"
#include "page/writer.h"

/* How far behind the story's last paragraph a notice still belongs to it, in blocks. */
enum { REACH = 14 };

typedef struct evidence {
    uint32_t notice;        /* block that says something is kept back, or offers a subscription; DL_NONE */
    uint32_t last;          /* last story block before it, or of the page; DL_NONE */
    uint32_t letters;       /* of the story */
    uint32_t words;
    bool locked;            /* the notice says that this story is kept back */
    bool not_free, free, cut, walled, scrambled;
    float told;             /* share of the words that the page counts itself; 1 where it does not */
} evidence;

static bool has(const dl_page_block *b, dl_phrase phrase)
{
    return b->phrases >> phrase & 1;
}

static bool cue(const dl_page_block *b, dl_cue kind)
{
    return b->far >> kind & 1;
}

/* "isAccessibleForFree": false, "False" or "no", of the article or its parts; or true and never false. */
static void read_freedom(const dl_reading *r, evidence *e)
{
    for (size_t i = 0; i < r->linked.objects.count; i++) {
        const dl_json *value = dl_json_get(r->linked.objects.items[i].object, "isAccessibleForFree");
        if (!value) continue;
        dl_str text = dl_json_text(value);
        if (value->kind == DL_JSON_FALSE || dl_str_eq_nocase(text, DL_STR("false")) || dl_str_eq_nocase(text, DL_STR("no"))) e->not_free = true;
        else e->free = true;
    }
    dl_str tier = dl_head_get(&r->head, "article:content_tier");
    e->not_free |= r->head.not_free || dl_str_is(tier, "locked");
    e->free = (e->free || dl_str_is(tier, "free")) && !e->not_free;
}

/* Letters of the story from block `from` on. */
static uint32_t letters_from(const dl_reading *r, uint32_t from)
{
    uint32_t letters = 0;
    for (uint32_t i = from; i < r->blocks.list.count; i++)
        if (r->blocks.list.items[i].kept && !has(&r->blocks.list.items[i], DL_PHRASE_NOTICE)) letters += r->blocks.list.items[i].letters;
    return letters;
}

static bool is_notice(const dl_page_block *b)
{
    const dl_cue_set others = (dl_cue_set)1 << DL_CUE_COMMENT | (dl_cue_set)1 << DL_CUE_FOOTER | (dl_cue_set)1 << DL_CUE_CONSENT;
    if (has(b, DL_PHRASE_AD) && b->letters < 120) return false; /* "Advertisement. Scroll to continue reading." */
    return has(b, DL_PHRASE_NOTICE) && !(b->where & (DL_IN_NAV | DL_IN_FOOTER | DL_IN_HEADER)) && !(b->near & others);
}

/* Ends in an ellipsis, "..." included, in a paragraph of some length. */
static bool ends_cut(const dl_reading *r, const dl_page_block *b)
{
    if (b->letters < 60) return false;
    if (b->last == DL_SIGN_ELLIPSIS) return true;
    for (uint32_t node = b->end; node-- > b->first;) {
        const dl_node *n = &r->tree.nodes[node];
        if (n->kind != DL_NODE_TEXT || (n->flags & (DL_NODE_BLANK | DL_NODE_HIDDEN))) continue;
        dl_str text = dl_str_trim(dl_str_slice(r->markup.text, n->start, n->end));
        if (dl_str_ends(text, "[]")) text.len -= 2;
        return dl_str_ends(text, "...") || dl_str_ends(text, "[...]") || dl_str_ends(text, "&hellip;") || dl_str_ends(text, "&#8230;");
    }
    return false;
}

/* The first notice that stands where the story ends: little of it follows, and it is not far off. */
static void find_notice(const dl_reading *r, evidence *e)
{
    uint32_t since = 0, before = 0;
    const dl_page_block *last = NULL;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        bool story = b->kept && !has(b, DL_PHRASE_NOTICE);
        since = story ? 0 : since + 1;
        if (story) before += b->letters, last = b;
        bool begun = before > 0 || (r->survey.headline != DL_NONE && i > r->survey.headline);
        if (!begun || since > REACH || !is_notice(b)) continue;
        uint32_t after = letters_from(r, i + 1);
        uint32_t allowed = before / 4 + 300 + (last && ends_cut(r, last) ? before : 0);
        if (after > allowed) continue; /* the story goes on behind it */
        bool locked = has(b, DL_PHRASE_LOCKED);
        if (e->notice == DL_NONE || locked) e->notice = i;
        e->locked = locked;
        if (locked) break;
    }
}

static void find_end(const dl_reading *r, evidence *e)
{
    for (uint32_t i = 0; i < r->blocks.list.count && i < e->notice; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (!b->kept || has(b, DL_PHRASE_NOTICE)) continue;
        e->last = i;
        e->letters += b->letters;
        e->words += b->words;
    }
}

static float share_told(const dl_reading *r, const evidence *e)
{
    const dl_json *count = r->linked.article ? dl_json_get(r->linked.article, "wordCount") : NULL;
    int64_t words = 0;
    if (count && count->kind == DL_JSON_NUMBER) words = (int64_t)count->number;
    else if (count) (void)dl_str_number(dl_json_text(count), &words);
    return words < 60 ? 1.0f : (float)e->words / (float)words;
}

static float weigh(const evidence *e)
{
    float weight = 0;
    if (e->notice != DL_NONE) weight += e->locked ? 2.5f : 0.5f;
    if (e->walled) weight += 1;
    if (e->scrambled) weight += 5;
    if (e->not_free) weight += 1.5f;
    if (e->free) weight -= 2;
    if (e->cut) weight += 1.5f;
    if (e->told < 0.55f) weight += e->notice != DL_NONE || e->not_free ? 2 : 1.5f;
    else if (e->told > 0.85f && e->told < 1.5f && e->told != 1.0f) weight -= 1.5f;
    if (e->letters < 1600) weight += 1;
    else if (e->letters > 4000) weight -= 2.5f;
    return weight;
}

/* ---- scrambled text ---- */

/* Some pages serve the rest of a story with its letters changed, for a script to put right. Readable prose keeps saying
 * the same small words, in any language that parts words; words with changed letters are hardly ever met before, and
 * words with their letters in another order (shuffled, or written backwards) only as such. */
enum { KNOWN_WORDS = 4096, SHORTEST_PROSE = 60 };

typedef struct vocabulary {
    uint32_t slots[KNOWN_WORDS];
    uint32_t count; /* in the table */
    uint32_t words, known, turned; /* of the block at hand: all, those met before, and those met in another order of letters */
} vocabulary;

/* Whether a hash was met before; learns it if asked to and there is room. */
static bool meet(vocabulary *v, uint32_t hash, bool learn)
{
    uint32_t at = hash % KNOWN_WORDS;
    while (v->slots[at] && v->slots[at] != hash) at = (at + 1) % KNOWN_WORDS;
    bool known = v->slots[at] != 0;
    if (!learn || known || v->count >= KNOWN_WORDS / 2) return known;
    v->slots[at] = hash;
    v->count++;
    return false;
}

/* A word by its hash, and by the sum of its letters, which is the same in any order of them. */
static void meet_word(vocabulary *v, uint32_t hash, uint32_t letters, bool learn)
{
    bool known = meet(v, hash, learn), turned = meet(v, letters * 0x9E3779B1u ^ 0x5BD1E995u, learn);
    v->words++;
    v->known += known;
    v->turned += turned && !known;
}

static uint32_t letter_value(unsigned char c)
{
    uint32_t h = dl_ascii_lower(c) * 0x85EBCA77u;
    return (h ^ h >> 15) * 0xC2B2AE3Du;
}

static void meet_block(vocabulary *v, const dl_reading *r, const dl_page_block *b, bool learn)
{
    v->words = v->known = v->turned = 0;
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &r->tree.nodes[node];
        if (n->kind != DL_NODE_TEXT || (n->flags & DL_NODE_HIDDEN)) continue;
        uint32_t hash = 0, letters = 0, from = n->start;
        for (uint32_t at = n->start; at <= n->end; at++) {
            unsigned char c = at < n->end ? (unsigned char)r->markup.text.ptr[at] : ' ';
            if (dl_ascii_alpha(c) || c >= 0x80) {
                hash = (hash ^ dl_ascii_lower(c)) * 16777619u + 1;
                letters += letter_value(c);
                continue;
            }
            if (at - from > 1) meet_word(v, hash, letters, learn); /* a word of one letter reads the same any way */
            hash = letters = 0, from = at + 1;
        }
    }
}

/* Of readable prose a quarter and more of the words were met before. */
static bool reads_scrambled(const vocabulary *v)
{
    if (v->words < 25) return false;
    return v->known * 25 < v->words || (v->turned > v->known && v->turned * 8 > v->words);
}

/* Takes a scrambled end off the story, if a readable beginning of some length shows what its words are. */
static bool drop_scrambled(dl_reading *r)
{
    vocabulary v = {.count = 0};
    uint32_t readable = 0, first = DL_NONE, scrambled = 0;
    for (uint32_t i = 0; i < r->blocks.list.count; i++) {
        const dl_page_block *b = &r->blocks.list.items[i];
        if (!b->kept || b->letters < SHORTEST_PROSE || b->words * 12 < b->letters) continue;
        meet_block(&v, r, b, false);
        if (readable >= 80 && reads_scrambled(&v)) {
            if (first == DL_NONE) first = i;
            scrambled++;
        } else if (v.words >= 15) { /* what was strange before was just another matter */
            meet_block(&v, r, b, true);
            readable += v.words;
            first = DL_NONE, scrambled = 0;
        }
    }
    if (scrambled < 2) return false;
    for (uint32_t i = first; i < r->blocks.list.count; i++) r->blocks.list.items[i].kept = false;
    return true;
}

static dl_status write_notice(dl_reading *r, const evidence *e, dl_arena *arena, dl_story *story, dl_error *err)
{
    const dl_page_block *b = &r->blocks.list.items[e->notice];
    dl_writer writer;
    dl_story text;
    dl_writer_init(&writer, arena);
    for (uint32_t node = b->first; node < b->end; node++) {
        const dl_node *n = &r->tree.nodes[node];
        if (n->kind == DL_NODE_TEXT && !(n->flags & DL_NODE_HIDDEN)) dl_writer_text(&writer, &r->markup, n->start, n->end);
        else if (n->kind == DL_NODE_ELEMENT) dl_writer_space(&writer);
    }
    dl_status status = dl_writer_finish(&writer, &text, err);
    story->notice = text.text;
    return status;
}

dl_status dl_access_judge(dl_reading *r, dl_arena *arena, dl_story *story, dl_error *err)
{
    evidence e = {.notice = DL_NONE, .last = DL_NONE};
    find_notice(r, &e);
    find_end(r, &e);
    read_freedom(r, &e);
    e.told = share_told(r, &e);
    if (e.last != DL_NONE) e.cut = ends_cut(r, &r->blocks.list.items[e.last]);
    if (e.notice != DL_NONE) {
        const dl_page_block *b = &r->blocks.list.items[e.notice];
        e.walled = cue(b, DL_CUE_PAYWALL) || (e.locked && cue(b, DL_CUE_NEWSLETTER)) || b->kept;
    }
    if (e.notice != DL_NONE || e.not_free) e.scrambled = drop_scrambled(r);
    bool reason = e.notice != DL_NONE || e.cut || e.told < 0.55f || e.scrambled;
    story->access = e.last == DL_NONE && !e.letters ? DL_ACCESS_UNKNOWN : DL_ACCESS_FULL;
    if (!reason || weigh(&e) < 3) return DL_OK;
    story->access = e.letters < 80 && e.notice != DL_NONE ? DL_ACCESS_BLOCKED : DL_ACCESS_TRUNCATED;
    if (e.notice == DL_NONE) return DL_OK;
    for (uint32_t i = e.notice; i < r->blocks.list.count; i++) r->blocks.list.items[i].kept = false;
    return write_notice(r, &e, arena, story, err);
}
