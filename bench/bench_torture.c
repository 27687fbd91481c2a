/* bench_torture.c - CPU time of hostile pages of 1, 2 and 4 MB, parsed and written, in ms per MB. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../tests/page/torture.h"
#include "page/writer.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* The better of two runs: the first one also pays for the memory. */
static double measure(const torture *kind, char *page, size_t size)
{
    double best = 1e9;
    for (int round = 0; round < 2; round++) {
        dl_arena arena;
        dl_tree tree;
        dl_writer writer;
        dl_story story;
        dl_markup markup = {.text = {page, size}};
        torture_fill(kind, page, size);
        double start = now();
        dl_arena_init(&arena, 0);
        if (dl_tree_parse(&tree, &arena, &markup, NULL) != DL_OK) exit(1);
        dl_writer_init(&writer, &arena);
        dl_writer_subtree(&writer, &tree, 0);
        if (dl_writer_finish(&writer, &story, NULL) != DL_OK) exit(1);
        dl_arena_free(&arena);
        double took = now() - start;
        if (took < best) best = took;
    }
    return best / ((double)size / 1e6);
}

int main(void)
{
    char *page = malloc(4000000);
    double worst = 0;
    if (!page) return 1;
    printf("%-28s %8s %8s %8s   ms/MB\n", "", "1 MB", "2 MB", "4 MB");
    for (int i = 0; i < TORTURE_COUNT; i++) {
        printf("%-28s", tortures[i].name);
        for (size_t size = 1000000; size <= 4000000; size *= 2) {
            double took = measure(&tortures[i], page, size);
            if (took > worst) worst = took;
            printf(" %8.2f", took);
        }
        printf("\n");
    }
    printf("worst %.2f ms/MB\n", worst);
    free(page);
    return 0;
}
