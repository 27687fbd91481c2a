/* talk_card.c - a row of talks as bytes, and back: format | page | talk | parties | issues (bytes.h). */
#include "store/talk_card.h"

#include "base/error.h"

enum { FORMAT = 1, MOST_NAMES = 1 << 16 };

/* ---- writing ---- */

static void put_quote(byte_writer *w, const dl_quote *quote)
{
    bool held = quote->sentence != DL_NONE;
    bytes_put_span(w, quote->span);
    bytes_put_number(w, held ? (uint64_t)quote->sentence + 1 : 0);
    if (held) bytes_put_span(w, quote->sentence_span), bytes_put_str(w, quote->sentence_text);
}

static void put_names(byte_writer *w, const dl_str *names, size_t count)
{
    bytes_put_number(w, count);
    for (size_t i = 0; i < count; i++) bytes_put_str(w, names[i]);
}

static void put_issue(byte_writer *w, const dl_issue_row *issue)
{
    bytes_put_str(w, issue->topic), bytes_put_str(w, issue->status);
    put_quote(w, &issue->quote);
    bytes_put_str(w, issue->statement);
    if (!issue->statement.ptr) return;
    bytes_put_span(w, issue->statement_span);
    bytes_put_str(w, issue->speaker.name), bytes_put_str(w, issue->speaker.code);
}

void talk_card_put(byte_writer *w, const dl_talk_row *talk)
{
    bytes_put_number(w, FORMAT);
    bytes_put_str(w, talk->document), bytes_put_str(w, talk->url), bytes_put_str(w, talk->site), bytes_put_str(w, talk->title);
    bytes_put_date(w, talk->published);
    bytes_put_signed(w, talk->seen);
    put_quote(w, &talk->quote), put_quote(w, &talk->next_quote);
    bytes_put_signed(w, talk->round);
    bytes_put_date(w, talk->date), bytes_put_date(w, talk->date_to), bytes_put_date(w, talk->next_date);
    bytes_put_str(w, talk->place), bytes_put_str(w, talk->country), bytes_put_str(w, talk->next_place), bytes_put_str(w, talk->outcome);
    bytes_put_signed(w, talk->location);
    put_names(w, talk->parties, talk->party_count), put_names(w, talk->mediators, talk->mediator_count), put_names(w, talk->delegates, talk->delegate_count);
    bytes_put_number(w, talk->issue_count);
    for (size_t i = 0; i < talk->issue_count; i++) put_issue(w, &talk->issues[i]);
}

/* ---- reading ---- */

static void get_quote(byte_reader *r, dl_quote *out)
{
    out->span = bytes_get_span(r);
    out->sentence = (uint32_t)bytes_get_number(r) - 1; /* of 0 DL_NONE */
    if (out->sentence == DL_NONE) return;
    out->sentence_span = bytes_get_span(r);
    out->sentence_text = bytes_get_str(r);
}

static const dl_str *get_names(byte_reader *r, dl_arena *arena, size_t *count)
{
    *count = bytes_get_count(r, MOST_NAMES);
    dl_str *names = DL_NEW_ARRAY(arena, dl_str, *count + 1);
    for (size_t i = 0; names && i < *count; i++) names[i] = bytes_get_str(r);
    return names;
}

static void get_issue(byte_reader *r, dl_issue_row *out)
{
    out->topic = bytes_get_str(r), out->status = bytes_get_str(r);
    get_quote(r, &out->quote);
    out->statement = bytes_get_str(r);
    if (!out->statement.ptr) return;
    out->statement_span = bytes_get_span(r);
    out->speaker.name = bytes_get_str(r), out->speaker.code = bytes_get_str(r);
}

static const dl_issue_row *get_issues(byte_reader *r, dl_arena *arena, size_t *count)
{
    *count = bytes_get_count(r, MOST_NAMES);
    dl_issue_row *issues = DL_NEW_ARRAY(arena, dl_issue_row, *count + 1);
    for (size_t i = 0; issues && i < *count; i++) get_issue(r, &issues[i]);
    return issues;
}

static dl_status bad_card(dl_error *err)
{
    return dl_fail(err, DL_BAD_DATA, NULL, 0, "the card of a page's talks is damaged; 'dateline check --repair' makes it anew");
}

dl_status talk_card_get(dl_talk_row *out, dl_arena *arena, dl_str bytes, dl_error *err)
{
    byte_reader r = {(const unsigned char *)bytes.ptr, (const unsigned char *)bytes.ptr + bytes.len, !bytes.len};
    *out = (dl_talk_row){0};
    if (!bytes.len || bytes_get_number(&r) != FORMAT) return bad_card(err);
    out->document = bytes_get_str(&r), out->url = bytes_get_str(&r), out->site = bytes_get_str(&r), out->title = bytes_get_str(&r);
    out->published = bytes_get_date(&r);
    out->seen = bytes_get_signed(&r);
    get_quote(&r, &out->quote), get_quote(&r, &out->next_quote);
    out->round = (int32_t)bytes_get_signed(&r);
    out->date = bytes_get_date(&r), out->date_to = bytes_get_date(&r), out->next_date = bytes_get_date(&r);
    out->place = bytes_get_str(&r), out->country = bytes_get_str(&r), out->next_place = bytes_get_str(&r), out->outcome = bytes_get_str(&r);
    out->location = bytes_get_signed(&r);
    out->parties = get_names(&r, arena, &out->party_count);
    out->mediators = get_names(&r, arena, &out->mediator_count);
    out->delegates = get_names(&r, arena, &out->delegate_count);
    out->issues = get_issues(&r, arena, &out->issue_count);
    if (!out->parties || !out->mediators || !out->delegates || !out->issues) return dl_fail_memory(err);
    return r.bad ? bad_card(err) : DL_OK;
}
