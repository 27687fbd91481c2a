/* talks.c - where talks stand: processes with their rounds and issues, in a large store only the last of them and a few words on each; and briefs. */
#include "export/view_rows.h"
#include "serve/room.h"

enum { FEW = 50, MOST = 500, FEW_ROUNDS = 20, FEW_WORDS = 10, MOST_OF_EACH = 1000 };

static dl_status ask_talks(serve_call *call, dl_talk_query *query)
{
    dl_status status = ask_day(call, "since", &query->since);
    if (status == DL_OK) status = ask_day(call, "until", &query->until);
    query->party = request_param(call->request, "party");
    return status;
}

/* ---- the last rounds, a few words ---- */

typedef struct few {
    int64_t rounds, words; /* of a process; on a round, and on an issue */
} few;

/* Rounds are told first to last: the last stay. Of what tells of a round the first stay. */
static bool cut_rounds(serve_call *call, dl_process *process, const few *most)
{
    size_t cut = process->round_count > (size_t)most->rounds ? process->round_count - (size_t)most->rounds : 0, count = process->round_count - cut;
    dl_round *rounds = DL_NEW_ARRAY(call->arena, dl_round, count + 1);
    if (!rounds) return false;
    for (size_t i = 0; i < count; i++) {
        rounds[i] = process->rounds[cut + i];
        if (rounds[i].talk_count <= (size_t)most->words) continue;
        rounds[i].talks_left_out = rounds[i].talk_count - (size_t)most->words;
        rounds[i].talk_count = (size_t)most->words;
    }
    process->rounds = rounds;
    process->round_count = count;
    return true;
}

/* The last word stays; of the others those that moved the issue before those that did not, the later before the earlier. In their order. */
static bool cut_moves(serve_call *call, dl_topic *topic, size_t words)
{
    size_t count = topic->move_count, left = words - 1, kept = 0;
    if (count <= words) return true;
    bool *stays = DL_NEW_ARRAY(call->arena, bool, count);
    dl_issue_move *moves = DL_NEW_ARRAY(call->arena, dl_issue_move, words);
    if (!stays || !moves) return false;
    stays[count - 1] = true;
    for (int moved = 1; moved >= 0; moved--)
        for (size_t i = count - 1; i-- > 0 && left;)
            if (!stays[i] && topic->moves[i].moved == (bool)moved) stays[i] = true, left--;
    for (size_t i = 0; i < count; i++)
        if (stays[i]) moves[kept++] = topic->moves[i];
    topic->moves = moves;
    topic->move_count = kept;
    topic->moves_left_out = count - kept;
    return true;
}

static bool cut(serve_call *call, dl_process *process, const few *most)
{
    dl_topic *topics = DL_NEW_ARRAY(call->arena, dl_topic, process->topic_count + 1);
    bool fits = topics && cut_rounds(call, process, most);
    for (size_t i = 0; i < process->topic_count && fits; i++) {
        topics[i] = process->topics[i];
        fits = cut_moves(call, &topics[i], (size_t)most->words);
    }
    process->topics = topics;
    return fits;
}

static dl_status put_process(serve_call *call, const dl_process *whole, const few *most)
{
    dl_process process = *whole;
    if (!cut(call, &process, most)) return dl_fail_memory(call->err);
    dl_json_open(call->out, '{');
    json_process_members(call->out, &process);
    if (process.round_count < whole->round_count) dl_json_key(call->out, "rounds_before"), dl_json_int(call->out, (int64_t)(whole->round_count - process.round_count));
    dl_json_close(call->out, '}');
    return DL_OK;
}

/* ---- the answer ---- */

static dl_status tell(serve_call *call, const dl_negotiations *negotiations, const page_window *window, const few *most, list_format format)
{
    size_t count, given = 0;
    dl_status status = DL_OK;
    const dl_process *processes = dl_negotiations_processes(negotiations, &count);
    if (!format) open_list(call);
    for (size_t i = window->from; i < count && given < window->limit && status == DL_OK && send_some(call); i++, given++) {
        if (format == LIST_CSV) csv_process(call->out, &processes[i], !given);
        else if (format == LIST_NDJSON) json_process(call->out, &processes[i]), dl_json_newline(call->out);
        else status = put_process(call, &processes[i], most);
    }
    if (!format) close_list(call, window, given, count, window->from + given < count);
    return status;
}

dl_status get_talks(serve_call *call)
{
    dl_negotiations *negotiations;
    dl_talk_query query = {0};
    page_window window;
    list_format format;
    few most;
    dl_status status = ask_talks(call, &query);
    query.topic = request_param(call->request, "topic");
    if (status == DL_OK) status = ask_number(call, "rounds", 1, MOST_OF_EACH, FEW_ROUNDS, &most.rounds);
    if (status == DL_OK) status = ask_number(call, "words", 1, MOST_OF_EACH, FEW_WORDS, &most.words);
    if (status == DL_OK) status = ask_format(call, 1u << LIST_NDJSON | 1u << LIST_CSV, "talks", &format);
    if (status == DL_OK) status = ask_window(call, FEW, MOST, &window);
    if (status == DL_OK) status = no_strangers(call);
    if (status != DL_OK || is_dry(call)) return status;
    status = dl_negotiations_open(&negotiations, call->store, &query, call->err);
    if (status != DL_OK) return status;
    status = tell(call, negotiations, &window, &most, format);
    dl_negotiations_free(negotiations);
    return status;
}

dl_status get_brief(serve_call *call)
{
    dl_negotiations *negotiations;
    dl_talk_query query = {0};
    size_t count;
    dl_status status = ask_talks(call, &query);
    if (status == DL_OK) status = no_strangers(call);
    if (status == DL_OK && !query.party.ptr) status = dl_fail(call->err, DL_USAGE, NULL, 0, "'party' is needed: the beginning of a code");
    if (status == DL_OK) status = dl_negotiations_open(&negotiations, call->store, &query, call->err);
    if (status != DL_OK) return status;
    const dl_process *processes = dl_negotiations_processes(negotiations, &count);
    for (size_t i = 0; i < count; i++) brief_process(call->out, &processes[i], query.party, i == 0);
    dl_negotiations_free(negotiations);
    call->answer->type = "text/markdown; charset=utf-8";
    return count ? DL_OK : refuse(call, 404, "no page tells of talks that this party is a side of");
}
