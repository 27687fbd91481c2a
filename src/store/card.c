/* card.c - rows of events as bytes, and back.
 *
 * Card: format | page | sentences | events, each with its length before it (bytes.h). */
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

static void put_parties(byte_writer *w, const dl_party *parties, size_t count)
{
    bytes_put_number(w, count);
    for (size_t i = 0; i < count; i++) bytes_put_str(w, parties[i].name), bytes_put_str(w, parties[i].code);
}

static void put_place(byte_writer *w, const dl_row *row)
{
    bytes_put_signed(w, row->location);
    if (!row->location) return;
    bytes_put_str(w, row->place), bytes_put_str(w, row->country), bytes_put_str(w, row->admin1), bytes_put_str(w, row->precision);
    bytes_put_signed(w, row->geonameid);
    if (row->located) bytes_put_real(w, row->lat), bytes_put_real(w, row->lon);
}

static void put_ranges(byte_writer *w, const dl_row *row)
{
    dl_row copy = *row;
    dl_range *ranges[RANGES];
    uint64_t known = 0, open = 0;
    ranges_of(&copy, ranges);
    for (size_t i = 0; i < RANGES; i++) known |= (uint64_t)ranges[i]->known << i, open |= (uint64_t)(ranges[i]->known && ranges[i]->open) << i;
    bytes_put_number(w, known | open << RANGES);
    for (size_t i = 0; i < RANGES; i++) {
        if (!ranges[i]->known) continue;
        bytes_put_signed(w, ranges[i]->min);
        if (!ranges[i]->open) bytes_put_signed(w, ranges[i]->max);
    }
}

void card_begin(byte_writer *w, const dl_row *page, const card_sentence *sentences, size_t count)
{
    bytes_put_number(w, FORMAT);
    bytes_put_str(w, page->document), bytes_put_str(w, page->url), bytes_put_str(w, page->site), bytes_put_str(w, page->title);
    bytes_put_date(w, page->published);
    bytes_put_signed(w, page->seen);
    bytes_put_number(w, count);
    for (size_t i = 0; i < count; i++) bytes_put_number(w, sentences[i].number), bytes_put_span(w, sentences[i].span), bytes_put_str(w, sentences[i].text);
}

static void put_event(byte_writer *w, const dl_row *row, size_t sentence)
{
    bytes_put_number(w, sentence), bytes_put_number(w, row->type), bytes_put_number(w, row->realis);
    bytes_put_number(w, (row->background ? IN_BACKGROUND : 0) | (row->date_from_published ? FROM_PUBLISHED : 0) | (row->located ? LOCATED : 0));
    bytes_put_str(w, row->mode), bytes_put_str(w, row->cameo), bytes_put_str(w, row->weapon), bytes_put_str(w, row->critical_site);
    bytes_put_span(w, row->span);
    bytes_put_date(w, row->date), bytes_put_date(w, row->date_to);
    put_place(w, row);
    put_parties(w, row->actors, row->actor_count), put_parties(w, row->recipients, row->recipient_count);
    put_ranges(w, row);
    bytes_put_str(w, row->source.name), bytes_put_str(w, row->source.code);
    bytes_put_number(w, (uint64_t)(row->confidence * HUNDREDTHS + 0.5));
}

void card_put(byte_writer *w, const dl_row *row, size_t sentence)
{
    enum { ROOM = 5 }; /* for the length, which is known at the end: five bytes hold what an arena may */
    static const unsigned char room[ROOM] = {0};
    bytes_put_number(w, row->item);
    size_t start = w->len;
    bytes_put_raw(w, room, ROOM);
    put_event(w, row, sentence);
    if (w->failed) return;
    uint64_t len = w->len - start - ROOM;
    for (size_t i = 0; i < ROOM; i++, len >>= 7) w->bytes[start + i] = (unsigned char)((len & 0x7F) | (i + 1 < ROOM ? 0x80 : 0));
}

/* ---- reading ---- */

static const dl_party *get_parties(byte_reader *r, dl_arena *arena, size_t *count)
{
    *count = bytes_get_count(r, MOST_PARTIES);
    dl_party *parties = *count ? DL_NEW_ARRAY(arena, dl_party, *count) : NULL;
    for (size_t i = 0; parties && i < *count; i++) {
        parties[i].name = bytes_get_str(r);
        parties[i].code = bytes_get_str(r);
    }
    return parties;
}

static void get_place(byte_reader *r, dl_row *row)
{
    row->location = bytes_get_signed(r);
    if (!row->location) return;
    row->place = bytes_get_str(r), row->country = bytes_get_str(r), row->admin1 = bytes_get_str(r), row->precision = bytes_get_str(r);
    row->geonameid = bytes_get_signed(r);
    if (row->located) row->lat = bytes_get_real(r), row->lon = bytes_get_real(r);
}

static void get_ranges(byte_reader *r, dl_row *row)
{
    dl_range *ranges[RANGES];
    uint64_t flags = bytes_get_number(r);
    ranges_of(row, ranges);
    for (size_t i = 0; i < RANGES; i++) {
        if (!(flags >> i & 1)) continue;
        *ranges[i] = (dl_range){.known = true, .open = flags >> (RANGES + i) & 1, .min = bytes_get_signed(r)};
        if (!ranges[i]->open) ranges[i]->max = bytes_get_signed(r);
    }
}

static dl_status bad_card(dl_error *err)
{
    return dl_fail(err, DL_BAD_DATA, NULL, 0, "the card of a page is damaged; 'dateline check --repair' makes it anew");
}

dl_status card_open(card *out, dl_arena *arena, dl_str bytes, dl_error *err)
{
    byte_reader r = {(const unsigned char *)bytes.ptr, (const unsigned char *)bytes.ptr + bytes.len, !bytes.len};
    *out = (card){0};
    if (!bytes.len || bytes_get_number(&r) != FORMAT) return bad_card(err);
    dl_row *page = &out->page;
    page->document = bytes_get_str(&r), page->url = bytes_get_str(&r), page->site = bytes_get_str(&r), page->title = bytes_get_str(&r);
    page->published = bytes_get_date(&r);
    page->seen = bytes_get_signed(&r);
    out->sentence_count = bytes_get_count(&r, MOST_SENTENCES);
    card_sentence *sentences = DL_NEW_ARRAY(arena, card_sentence, out->sentence_count + 1);
    if (!sentences) return dl_fail_memory(err);
    for (size_t i = 0; i < out->sentence_count; i++) {
        sentences[i].number = (uint32_t)bytes_get_number(&r);
        sentences[i].span = bytes_get_span(&r);
        sentences[i].text = bytes_get_str(&r);
    }
    out->sentences = sentences;
    out->events = out->at = r.at, out->end = r.end;
    return r.bad ? bad_card(err) : DL_OK;
}

static dl_status get_event(const card *of, byte_reader *r, dl_arena *arena, dl_row *out, dl_error *err)
{
    uint64_t sentence = bytes_get_number(r), type = bytes_get_number(r), realis = bytes_get_number(r), flags = bytes_get_number(r);
    if (r->bad || sentence >= of->sentence_count || type >= DL_EVENT_TYPE_COUNT || realis > DL_DENIED) return bad_card(err);
    const card_sentence *told = &of->sentences[sentence];
    out->sentence = told->number, out->sentence_span = told->span, out->sentence_text = told->text;
    out->type = (dl_event_type)type, out->realis = (dl_realis)realis;
    out->background = flags & IN_BACKGROUND, out->date_from_published = flags & FROM_PUBLISHED, out->located = flags & LOCATED;
    out->mode = bytes_get_str(r), out->cameo = bytes_get_str(r), out->weapon = bytes_get_str(r), out->critical_site = bytes_get_str(r);
    out->span = bytes_get_span(r);
    out->date = bytes_get_date(r), out->date_to = bytes_get_date(r);
    get_place(r, out);
    out->actors = get_parties(r, arena, &out->actor_count);
    out->recipients = get_parties(r, arena, &out->recipient_count);
    get_ranges(r, out);
    out->source.name = bytes_get_str(r), out->source.code = bytes_get_str(r);
    out->confidence = (double)bytes_get_number(r) / HUNDREDTHS;
    if ((out->actor_count && !out->actors) || (out->recipient_count && !out->recipients)) return dl_fail_memory(err);
    return r->bad ? bad_card(err) : DL_OK;
}

/* The next event's place in the record, and its bytes; false at the end. */
static bool next_event(byte_reader *all, uint32_t *item, byte_reader *event)
{
    if (all->at >= all->end) return false;
    *item = (uint32_t)bytes_get_number(all);
    size_t len = bytes_get_count(all, SIZE_MAX);
    *event = (byte_reader){all->at, all->at + len, all->bad};
    all->at += len;
    return !all->bad;
}

dl_status card_find(card *of, uint32_t item, dl_arena *arena, dl_row *out, bool *found, dl_error *err)
{
    byte_reader all = {item > of->last ? of->at : of->events, of->end, false}, event = {0};
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
