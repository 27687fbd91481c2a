/* spanning.c - maximum spanning arborescences, after Chu and Liu, Edmonds, and Tarjan's dense form in O(n^2).
 *
 * Each word's best head is taken first; in nine sentences of ten that is a tree with one root already. Else every arc
 * from the root is lowered by more than all other arcs together can gain, so that the best arborescence uses one of them (Stanojevic
 * and Cohen, "A root of a problem", 2021), and paths of best arcs are grown backwards, circles being contracted
 * as they close: a circle is kept under its representative, whose row of incoming scores is the best over its members after what each
 * member's own arc inside the circle loses. At last circles are opened again from the newest on. */
#include "syntax/spanning.h"

#include <string.h>

enum { ROOT = 0 };

typedef struct arc {
    uint16_t from, to; /* words as they were, not circles */
} arc;

struct dl_spanning {
    size_t room, stride;
    double *in;        /* [node][from]: best score of an arc into the circle that `node` stands for */
    uint16_t *to;      /* [node][from]: the word inside that the arc goes to */
    uint16_t *group;   /* node of each word's outermost circle */
    uint16_t *path, *slot;
    uint8_t *state;
    uint16_t *parent;  /* of words and circles: the circle round them, or 0 */
    uint16_t *circle;  /* word or circle that a representative now stands for */
    arc *best;         /* chosen arc into each word or circle */
};

enum { UNSEEN, ON_PATH, DONE };

dl_spanning *dl_spanning_new(dl_arena *arena, size_t words)
{
    dl_spanning *m = DL_NEW(arena, dl_spanning);
    if (!m || words > DL_SPANNING_WORDS) return NULL;
    size_t nodes = words + 1;
    m->room = words;
    m->stride = nodes;
    m->in = DL_NEW_ARRAY(arena, double, nodes * nodes);
    m->to = DL_NEW_ARRAY(arena, uint16_t, nodes * nodes);
    m->group = DL_NEW_ARRAY(arena, uint16_t, nodes);
    m->path = DL_NEW_ARRAY(arena, uint16_t, nodes);
    m->slot = DL_NEW_ARRAY(arena, uint16_t, nodes);
    m->state = DL_NEW_ARRAY(arena, uint8_t, nodes);
    m->parent = DL_NEW_ARRAY(arena, uint16_t, 2 * nodes);
    m->circle = DL_NEW_ARRAY(arena, uint16_t, nodes);
    m->best = DL_NEW_ARRAY(arena, arc, 2 * nodes);
    bool all = m->in && m->to && m->group && m->path && m->slot && m->state && m->parent && m->circle && m->best;
    return all ? m : NULL;
}

/* The best head of each word by itself. */
static void greedy(const float *scores, size_t count, size_t stride, uint32_t *heads)
{
    for (size_t w = 0; w < count; w++) {
        const float *row = scores + w * stride;
        uint32_t best = ROOT;
        for (uint32_t h = 1; h <= count; h++)
            if (h != w + 1 && row[h] > row[best]) best = h;
        heads[w] = best;
    }
}

static bool is_tree(const uint32_t *heads, size_t count)
{
    uint16_t seen[DL_SPANNING_WORDS + 1] = {0}; /* by which walk; words known to reach the root keep theirs */
    size_t roots = 0;
    for (size_t w = 0; w < count; w++) roots += heads[w] == ROOT;
    if (roots != 1) return false;
    for (size_t w = 0; w < count; w++) {
        size_t at = w + 1;
        while (at != ROOT && !seen[at]) {
            seen[at] = (uint16_t)(w + 1);
            at = heads[at - 1];
        }
        if (at != ROOT && seen[at] == w + 1) return false;
    }
    return true;
}

static void start(dl_spanning *m, const float *scores, size_t count, size_t stride)
{
    double low = scores[0], high = scores[0];
    for (size_t w = 0; w < count; w++)
        for (size_t h = 0; h <= count; h++) {
            double s = scores[w * stride + h];
            if (s < low) low = s;
            if (s > high) high = s;
        }
    double penalty = (high - low + 1) * (double)(count + 1);
    for (size_t w = 1; w <= count; w++) {
        for (size_t h = 0; h <= count; h++) {
            m->in[w * m->stride + h] = scores[(w - 1) * stride + h] - (h == ROOT ? penalty : 0);
            m->to[w * m->stride + h] = (uint16_t)w;
        }
        m->group[w] = m->circle[w] = (uint16_t)w;
        m->state[w] = UNSEEN;
    }
    m->group[ROOT] = ROOT;
    m->state[ROOT] = DONE;
    memset(m->parent, 0, 2 * (count + 1) * sizeof *m->parent);
}

/* The best arc into what `node` stands for, from outside it; its score is left in *score. */
static size_t best_into(const dl_spanning *m, size_t node, size_t count, double *score)
{
    const double *in = m->in + node * m->stride;
    size_t best = SIZE_MAX;
    for (size_t from = 0; from <= count; from++)
        if (m->group[from] != node && (best == SIZE_MAX || in[from] > in[best])) best = from;
    *score = in[best]; /* the root is never inside */
    return best;
}

/* Makes the path's nodes from position `first` on one circle with the number `id`, standing under the first of them. */
static void contract(dl_spanning *m, size_t first, size_t length, const double *chosen, size_t count, uint16_t id)
{
    uint16_t node = m->path[first];
    double *in = m->in + node * m->stride;
    uint16_t *to = m->to + node * m->stride;
    for (size_t i = first; i < length; i++) {
        uint16_t member = m->path[i];
        const double *other = m->in + member * m->stride;
        const uint16_t *other_to = m->to + member * m->stride;
        m->parent[m->circle[member]] = id;
        for (size_t from = 0; from <= count; from++) {
            double score = other[from] - chosen[i];
            if (i > first && score <= in[from]) continue;
            in[from] = score;
            to[from] = other_to[from];
        }
    }
    for (size_t i = first + 1; i < length; i++) m->state[m->path[i]] = DONE; /* no longer nodes */
    for (size_t w = 1; w <= count; w++)
        for (size_t i = first + 1; i < length && m->group[w] != node; i++)
            if (m->group[w] == m->path[i]) m->group[w] = node;
    m->circle[node] = id;
}

/* Grows a path of best arcs backwards from `node` until it meets what is done. Gives the next free circle number. */
static uint16_t grow(dl_spanning *m, size_t node, size_t count, uint16_t id)
{
    double chosen[DL_SPANNING_WORDS + 1];
    size_t length = 0;
    m->path[length++] = (uint16_t)node;
    m->slot[node] = 0;
    m->state[node] = ON_PATH;
    for (;;) {
        size_t top = m->path[length - 1], from = best_into(m, top, count, &chosen[length - 1]), source = m->group[from];
        m->best[m->circle[top]] = (arc){(uint16_t)from, m->to[top * m->stride + from]};
        if (m->state[source] == DONE) break;
        if (m->state[source] == ON_PATH) {
            size_t first = m->slot[source];
            contract(m, first, length, chosen, count, id++);
            length = first + 1;
            continue;
        }
        m->slot[source] = (uint16_t)length;
        m->path[length++] = (uint16_t)source;
        m->state[source] = ON_PATH;
    }
    for (size_t i = 0; i < length; i++) m->state[m->path[i]] = DONE;
    return id;
}

/* A circle's arc replaces the arc of the member that it enters, all the way down to the word. */
static void expand(dl_spanning *m, size_t count, uint16_t ids, uint32_t *heads)
{
    for (uint16_t id = ids; id-- > count + 1;)
        for (uint16_t inner = m->best[id].to; inner != id; inner = m->parent[inner]) m->best[inner] = m->best[id];
    for (size_t w = 1; w <= count; w++) heads[w - 1] = m->best[w].from;
}

void dl_spanning_tree(dl_spanning *m, const float *scores, size_t count, size_t stride, uint32_t *heads)
{
    greedy(scores, count, stride, heads);
    if (count == 0 || count > m->room || is_tree(heads, count)) return;
    start(m, scores, count, stride);
    uint16_t ids = (uint16_t)(count + 1);
    for (size_t w = 1; w <= count; w++)
        if (m->state[m->group[w]] == UNSEEN) ids = grow(m, m->group[w], count, ids);
    expand(m, count, ids, heads);
}
