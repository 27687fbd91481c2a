/* card.c - rows of events as bytes, and back.
 *
 * Card: format | page | sentences | events, each with its length before it. Whole numbers have seven bits a byte, the lowest first; what may be negative is folded
 * (0, -1, 1, -2, ...); a string has its length and one before it, 0 where there is none. Every length is checked: a store may come from anyone. */
#include "store/card.h"

#include "base/error.h"

enum { FORMAT = 1, MOST_SENTENCES = 1 << 20, MOST_PARTIES = 1 << 16, RANGES = 5, HUNDREDTHS = 100 };
enum { IN_BACKGROUND = 1, FROM_PUBLISHED = 2, LOCATED = 4 };

static void ranges_of(dl_row *row, dl_range *out[RANGES])
{
    dl_range *const all[] = {&row->killed, &row->wounded, &row->captured, &row->missing, &row->killed_or_wounded};
    memcpy(out, all, sizeof all);
}

/* ---- writing ---- */

static void put_bytes(card_writer *w, const void *bytes, size_t len)
{
    enum { FIRST = 4096 };
    if (w->failed || !len) return;
    if (len > w->capacity - w->len) {
        size_t capacity = w->capacity ? w->capacity * 2 : FIRST;
        while (capacity - w->len < len) capacity *= 2;
        unsigned char *grown = dl_arena_alloc_raw(w->arena, capacity);
        if (!grown) {
            w->failed = true;
            return;
        }
        if (w->len) memcpy(grown, w->bytes, w->len);
        w->bytes = grown, w->capacity = capacity;
    }
    memcpy(w->bytes + w->len, bytes, len);
    w->len += len;
}

static void put_number(card_writer *w, uint64_t number)
{
    unsigned char bytes[10];
    size_t len = 0;
    for (; number >= 0x80; number >>= 7) bytes[len++] = (unsigned char)(number | 0x80);
    bytes[len++] = (unsigned char)number;
    put_bytes(w, bytes, len);
}

static void put_signed(card_writer *w, int64_t number)
{
    put_number(w, (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0));
}

static void put_str(card_writer *w, dl_str text)
{
    put_number(w, text.ptr ? (uint64_t)text.len + 1 : 0);
    if (text.ptr) put_bytes(w, text.ptr, text.len);
}

static void put_date(card_writer *w, dl_date date)
{
    put_signed(w, date.year);
    if (date.year) put_number(w, date.month), put_number(w, date.day);
}

static void put_span(card_writer *w, dl_span span)
{
    put_number(w, span.start);
    put_signed(w, (int64_t)span.end - span.start);
}

static void put_real(card_writer *w, double value)
{
    uint64_t bits;
    unsigned char bytes[8];
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(bits >> 8 * i);
    put_bytes(w, bytes, sizeof bytes);
}

static void put_parties(card_writer *w, const dl_party *parties, size_t count)
{
    put_number(w, count);
    for (size_t i = 0; i < count; i++) put_str(w, parties[i].name), put_str(w, parties[i].code);
}

static void put_place(card_writer *w, const dl_row *row)
{
    put_signed(w, row->location);
    if (!row->location) return;
    put_str(w, row->place), put_str(w, row->country), put_str(w, row->admin1), put_str(w, row->precision);
    put_signed(w, row->geonameid);
    if (row->located) put_real(w, row->lat), put_real(w, row->lon);
}

static void put_ranges(card_writer *w, const dl_row *row)
{
    dl_row copy = *row;
    dl_range *ranges[RANGES];
    uint64_t known = 0, open = 0;
    ranges_of(&copy, ranges);
    for (size_t i = 0; i < RANGES; i++) known |= (uint64_t)ranges[i]->known << i, open |= (uint64_t)(ranges[i]->known && ranges[i]->open) << i;
    put_number(w, known | open << RANGES);
    for (size_t i = 0; i < RANGES; i++) {
        if (!ranges[i]->known) continue;
        put_signed(w, ranges[i]->min);
        if (!ranges[i]->open) put_signed(w, ranges[i]->max);
    }
}

void card_begin(card_writer *w, const dl_row *page, const card_sentence *sentences, size_t count)
{
    put_number(w, FORMAT);
    put_str(w, page->document), put_str(w, page->url), put_str(w, page->site), put_str(w, page->title);
    put_date(w, page->published);
    put_signed(w, page->seen);
    put_number(w, count);
    for (size_t i = 0; i < count; i++) put_number(w, sentences[i].number), put_span(w, sentences[i].span), put_str(w, sentences[i].text);
}

static void put_event(card_writer *w, const dl_row *row, size_t sentence)
{
    put_number(w, sentence), put_number(w, row->type), put_number(w, row->realis);
    put_number(w, (row->background ? IN_BACKGROUND : 0) | (row->date_from_published ? FROM_PUBLISHED : 0) | (row->located ? LOCATED : 0));
    put_str(w, row->mode), put_str(w, row->cameo), put_str(w, row->weapon), put_str(w, row->critical_site);
    put_span(w, row->span);
    put_date(w, row->date), put_date(w, row->date_to);
    put_place(w, row);
    put_parties(w, row->actors, row->actor_count), put_parties(w, row->recipients, row->recipient_count);
    put_ranges(w, row);
    put_str(w, row->source.name), put_str(w, row->source.code);
    put_number(w, (uint64_t)(row->confidence * HUNDREDTHS + 0.5));
}

void card_put(card_writer *w, const dl_row *row, size_t sentence)
{
    enum { ROOM = 5 }; /* for the length, which is known at the end: five bytes hold what an arena may */
    static const unsigned char room[ROOM] = {0};
    put_number(w, row->item);
    size_t start = w->len;
    put_bytes(w, room, ROOM);
    put_event(w, row, sentence);
    if (w->failed) return;
    uint64_t len = w->len - start - ROOM;
    for (size_t i = 0; i < ROOM; i++, len >>= 7) w->bytes[start + i] = (unsigned char)((len & 0x7F) | (i + 1 < ROOM ? 0x80 : 0));
}

dl_str card_bytes(const card_writer *w)
{
    return w->failed ? (dl_str){0} : (dl_str){(const char *)w->bytes, w->len};
}

/* ---- reading ---- */

typedef struct reader {
    const unsigned char *at, *end;
    bool bad;
} reader;

static uint64_t get_number(reader *r)
{
    uint64_t number = 0;
    for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
        unsigned char byte = *r->at++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return number;
    }
    r->bad = true;
    r->at = r->end;
    return 0;
}

static int64_t get_signed(reader *r)
{
    uint64_t folded = get_number(r);
    return (int64_t)(folded >> 1 ^ (folded & 1 ? UINT64_MAX : 0));
}

static size_t get_count(reader *r, size_t most)
{
    uint64_t count = get_number(r);
    if (count <= most && count <= (size_t)(r->end - r->at)) return (size_t)count; /* each takes a byte at least */
    r->bad = true;
    r->at = r->end;
    return 0;
}

static dl_str get_str(reader *r)
{
    uint64_t len = get_number(r);
    if (!len) return (dl_str){0};
    if (len - 1 > (size_t)(r->end - r->at)) {
        r->bad = true;
        r->at = r->end;
        return (dl_str){0};
    }
    dl_str text = {(const char *)r->at, (size_t)len - 1};
    r->at += len - 1;
    return text;
}

static dl_date get_date(reader *r)
{
    int64_t year = get_signed(r);
    if (!year) return (dl_date){0};
    uint64_t month = get_number(r), day = get_number(r);
    if (year < INT16_MIN || year > INT16_MAX || month > 12 || day > 31) r->bad = true;
    return (dl_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static dl_span get_span(reader *r)
{
    uint32_t start = (uint32_t)get_number(r);
    return (dl_span){start, (uint32_t)(start + (uint64_t)get_signed(r))};
}

static double get_real(reader *r)
{
    uint64_t bits = 0;
    double value;
    if (r->end - r->at < 8) {
        r->bad = true;
        return 0;
    }
    for (int i = 0; i < 8; i++) bits |= (uint64_t)*r->at++ << 8 * i;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static const dl_party *get_parties(reader *r, dl_arena *arena, size_t *count)
{
    *count = get_count(r, MOST_PARTIES);
    dl_party *parties = *count ? DL_NEW_ARRAY(arena, dl_party, *count) : NULL;
    for (size_t i = 0; parties && i < *count; i++) {
        parties[i].name = get_str(r);
        parties[i].code = get_str(r);
    }
    return parties;
}

static void get_place(reader *r, dl_row *row)
{
    row->location = get_signed(r);
    if (!row->location) return;
    row->place = get_str(r), row->country = get_str(r), row->admin1 = get_str(r), row->precision = get_str(r);
    row->geonameid = get_signed(r);
    if (row->located) row->lat = get_real(r), row->lon = get_real(r);
}

static void get_ranges(reader *r, dl_row *row)
{
    dl_range *ranges[RANGES];
    uint64_t flags = get_number(r);
    ranges_of(row, ranges);
    for (size_t i = 0; i < RANGES; i++) {
        if (!(flags >> i & 1)) continue;
        *ranges[i] = (dl_range){.known = true, .open = flags >> (RANGES + i) & 1, .min = get_signed(r)};
        if (!ranges[i]->open) ranges[i]->max = get_signed(r);
    }
}

static dl_status bad_card(dl_error *err)
{
    return dl_fail(err, DL_BAD_DATA, NULL, 0, "the card of a page is damaged; 'dateline check --repair' makes it anew");
}

dl_status card_open(card *out, dl_arena *arena, dl_str bytes, dl_error *err)
{
    reader r = {(const unsigned char *)bytes.ptr, (const unsigned char *)bytes.ptr + bytes.len, !bytes.len};
    *out = (card){0};
    if (!bytes.len || get_number(&r) != FORMAT) return bad_card(err);
    dl_row *page = &out->page;
    page->document = get_str(&r), page->url = get_str(&r), page->site = get_str(&r), page->title = get_str(&r);
    page->published = get_date(&r);
    page->seen = get_signed(&r);
    out->sentence_count = get_count(&r, MOST_SENTENCES);
    card_sentence *sentences = DL_NEW_ARRAY(arena, card_sentence, out->sentence_count + 1);
    if (!sentences) return dl_fail_memory(err);
    for (size_t i = 0; i < out->sentence_count; i++) {
        sentences[i].number = (uint32_t)get_number(&r);
        sentences[i].span = get_span(&r);
        sentences[i].text = get_str(&r);
    }
    out->sentences = sentences;
    out->events = out->at = r.at, out->end = r.end;
    return r.bad ? bad_card(err) : DL_OK;
}

static dl_status get_event(const card *of, reader *r, dl_arena *arena, dl_row *out, dl_error *err)
{
    uint64_t sentence = get_number(r), type = get_number(r), realis = get_number(r), flags = get_number(r);
    if (r->bad || sentence >= of->sentence_count || type >= DL_EVENT_TYPE_COUNT || realis > DL_DENIED) return bad_card(err);
    const card_sentence *told = &of->sentences[sentence];
    out->sentence = told->number, out->sentence_span = told->span, out->sentence_text = told->text;
    out->type = (dl_event_type)type, out->realis = (dl_realis)realis;
    out->background = flags & IN_BACKGROUND, out->date_from_published = flags & FROM_PUBLISHED, out->located = flags & LOCATED;
    out->mode = get_str(r), out->cameo = get_str(r), out->weapon = get_str(r), out->critical_site = get_str(r);
    out->span = get_span(r);
    out->date = get_date(r), out->date_to = get_date(r);
    get_place(r, out);
    out->actors = get_parties(r, arena, &out->actor_count);
    out->recipients = get_parties(r, arena, &out->recipient_count);
    get_ranges(r, out);
    out->source.name = get_str(r), out->source.code = get_str(r);
    out->confidence = (double)get_number(r) / HUNDREDTHS;
    if ((out->actor_count && !out->actors) || (out->recipient_count && !out->recipients)) return dl_fail_memory(err);
    return r->bad ? bad_card(err) : DL_OK;
}

/* The next event's place in the record, and its bytes; false at the end. */
static bool next_event(reader *all, uint32_t *item, reader *event)
{
    if (all->at >= all->end) return false;
    *item = (uint32_t)get_number(all);
    size_t len = get_count(all, SIZE_MAX);
    *event = (reader){all->at, all->at + len, all->bad};
    all->at += len;
    return !all->bad;
}

dl_status card_find(card *of, uint32_t item, dl_arena *arena, dl_row *out, bool *found, dl_error *err)
{
    reader all = {item > of->last ? of->at : of->events, of->end, false}, event = {0};
    uint32_t here = 0;
    bool more;
    while ((more = next_event(&all, &here, &event)) && here < item) continue;
    *found = more && here == item;
    if (all.bad) return bad_card(err);
    if (!*found) return DL_OK;
    of->at = all.at, of->last = item;
    *out = of->page;
    out->item = item;
    return get_event(of, &event, arena, out, err);
}
