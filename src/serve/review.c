/* review.c - what a person should look at first, and the person's word on it.
 *
 * A word is a row of the store's log and stays. Taking it back is another word that restores what stood before; its note says which it takes
 * back, so that the item comes up for review again. */
#include <stdlib.h>
#include <time.h>

#include "serve/room.h"
#include "serve/words.h"
#include "store/database.h"

enum { FEW = 25, MOST = 200 };

/* ---- the queue ---- */

typedef struct urgent {
    float urgency;
    const atlas_claim *claim;
    atlas_match match;
} urgent;

/* The most urgent so far in a heap, the least of them on top. */
typedef struct queue {
    urgent *heap;
    size_t count, room, total;
    const word_on *words;
    size_t word_count;
    bool all;
} queue;

static bool is_less(const urgent *a, const urgent *b)
{
    if (a->urgency < b->urgency || a->urgency > b->urgency) return a->urgency < b->urgency;
    return a->claim->ref > b->claim->ref;
}

static void swap(urgent *a, urgent *b)
{
    urgent other = *a;
    *a = *b, *b = other;
}

static void sift_down(queue *q)
{
    for (size_t at = 0, child; (child = 2 * at + 1) < q->count; at = child) {
        if (child + 1 < q->count && is_less(&q->heap[child + 1], &q->heap[child])) child++;
        if (!is_less(&q->heap[child], &q->heap[at])) return;
        swap(&q->heap[child], &q->heap[at]);
    }
}

static void offer(queue *q, const urgent *one)
{
    if (q->count < q->room) {
        size_t at = q->count++;
        q->heap[at] = *one;
        for (; at && is_less(&q->heap[at], &q->heap[(at - 1) / 2]); at = (at - 1) / 2) swap(&q->heap[at], &q->heap[(at - 1) / 2]);
    } else if (q->room && is_less(&q->heap[0], one)) {
        q->heap[0] = *one;
        sift_down(q);
    }
}

static bool take_match(void *context, const atlas_match *match)
{
    queue *q = context;
    for (uint32_t i = match->happening->first; i < match->happening->first + match->happening->count; i++) {
        const atlas_claim *claim = &match->bucket->claims[i];
        const word_on *word = word_on_item(q->words, q->word_count, claim->ref);
        if (!q->all && word && !word->undoes) continue;
        q->total++;
        offer(q, &(urgent){claim->urgency, claim, *match});
    }
    return true;
}

static void sort_queue(queue *q)
{
    size_t count = q->count;
    while (q->count > 1) {
        swap(&q->heap[0], &q->heap[--q->count]);
        sift_down(q);
    }
    q->count = count;
}

static const dl_claim *claim_at(const dl_view *view, int64_t ref)
{
    size_t count;
    const dl_claim *claims = dl_view_claims(view, &count);
    for (size_t i = 0; i < count; i++)
        if ((claims[i].row.number << 24 | ((int64_t)claims[i].row.item + 1)) == ref) return &claims[i];
    return NULL;
}

static void put_urgent(serve_call *call, const urgent *one, const dl_view *view, const queue *q)
{
    dl_json_out *out = call->out;
    const dl_claim *claim = claim_at(view, one->claim->ref);
    const word_on *word = word_on_item(q->words, q->word_count, one->claim->ref);
    dl_str document = one->match.bucket->words[one->claim->document];
    dl_str item = dl_arena_format(call->arena, "%.*s:V%lld", (int)document.len, document.ptr, (long long)(one->claim->ref & 0xFFFFFF));
    dl_json_open(out, '{');
    view_json_text(out, "item", item);
    dl_json_key(out, "urgency"), dl_json_real(out, (double)one->urgency, 2);
    dl_json_key(out, "doubt"), dl_json_real(out, 1 - (double)one->claim->confidence, 2);
    put_match_id(out, "happening", &one->match);
    if (word && !word->undoes) dl_json_key(out, "word"), dl_json_int(out, word->id);
    if (claim) {
        dl_claim whole = *claim;
        for (size_t i = 0; i < DL_HARMS; i++) whole.standing[i] = (dl_standing)one->claim->standing[i];
        view_json_day(out, "date", claim->row.date), view_json_text(out, "place", claim->row.place);
        dl_json_key(out, "claim"), view_json_claim(out, &whole);
    }
    dl_json_close(out, '}');
}

static dl_status tell_queue(serve_call *call, const queue *q, const page_window *window)
{
    dl_view *view;
    size_t from = window->from < q->count ? window->from : q->count, given = q->count - from;
    int64_t *refs = DL_NEW_ARRAY(call->arena, int64_t, given + 1);
    if (!refs) return dl_fail_memory(call->err);
    for (size_t i = 0; i < given; i++) refs[i] = q->heap[from + i].claim->ref;
    dl_status status = open_claims(call, refs, given, &view);
    if (status != DL_OK) return status;
    open_list(call);
    for (size_t i = 0; i < given; i++) put_urgent(call, &q->heap[from + i], view, q);
    close_list(call, window, given, q->total, from + given < q->total);
    dl_view_free(view);
    return DL_OK;
}

dl_status get_review(serve_call *call)
{
    question asked;
    queue q = {0};
    page_window window;
    dl_status status = ask_question(call, &asked);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = ask_flag(call, "all", &q.all);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK && window.from > 5000) status = dl_fail(call->err, DL_USAGE, NULL, 0, "the queue is told down to the 5,000th");
    if (status == DL_OK) status = words_on_items(call, &q.words, &q.word_count);
    if (status != DL_OK) return status;
    q.room = window.from + window.limit;
    q.heap = DL_NEW_ARRAY(call->arena, urgent, q.room);
    if (!q.heap) return dl_fail_memory(call->err);
    status = atlas_choose(call->atlas, &asked.filter, call->arena, take_match, &q, call->err);
    sort_queue(&q);
    return status == DL_OK ? tell_queue(call, &q, &window) : status;
}

dl_status get_session(serve_call *call)
{
    dl_status status = no_strangers(call);
    if (status != DL_OK) return status;
    dl_json_open(call->out, '{');
    dl_json_key(call->out, "review"), dl_json_bool(call->out, call->server->review);
    if (call->server->review) view_json_text(call->out, "token", dl_str_of(call->server->nonce));
    dl_json_close(call->out, '}');
    return DL_OK;
}
