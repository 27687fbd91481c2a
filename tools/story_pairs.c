/* story_pairs.c - what every page is compared with when it comes in, for train/stories/learn.py.
 *
 * Usage: story_pairs DATA_DIR < RECORDS.ndjson   Pages are added in the order of their lines. For each candidate of each page one line: numbers
 * of page and candidate (from 0), odds, features, parted by tabs. Then, for each page, "story", page, story. */
#include <stdio.h>
#include <stdlib.h>

#include "stories/stories.h"

static dl_error err;

static void need(dl_status status)
{
    if (status == DL_OK) return;
    fprintf(stderr, "story_pairs: %s: %s\n", err.source, err.message);
    exit(1);
}

static void print_pairs(size_t page, const story_placement *placement)
{
    for (size_t i = 0; i < placement->candidate_count; i++) {
        const story_candidate *c = &placement->candidates[i];
        printf("%zu\t%lld\t%d", page, (long long)c->page - 1, c->odds);
        for (int k = 0; k < PAIR_COUNT; k++) printf("\t%d", c->features[k]);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    dl_stories *stories;
    dl_grouping *grouping;
    char *line = NULL;
    size_t capacity = 0;
    need(dl_stories_open(&stories, argc > 1 ? argv[1] : NULL, &err));
    need(dl_grouping_new(&grouping, stories, &err));
    printf("page\tother\todds");
    for (int k = 0; k < PAIR_COUNT; k++) printf("\t%s", dl_pair_feature_names[k]);
    putchar('\n');
    for (ssize_t size; (size = getline(&line, &capacity, stdin)) > 0;) {
        dl_document *document;
        story_placement placement;
        need(dl_document_read(&document, line, (size_t)size, &err));
        need(dl_grouping_place(grouping, document, &placement, &err));
        print_pairs(dl_grouping_count(grouping) - 1, &placement);
        dl_document_free(document);
    }
    for (size_t i = 0; i < dl_grouping_count(grouping); i++) printf("story\t%zu\t%u\n", i, dl_grouping_story(grouping, i));
    dl_grouping_free(grouping);
    dl_stories_close(stories);
    free(line);
    return 0;
}
