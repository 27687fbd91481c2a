/* extract.c - prints who did what to whom in one page. Build: cc extract.c $(pkg-config --cflags --libs dateline) */
#include <dateline/dateline.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static char page[1 << 20];
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : stdin;
    size_t size = file ? fread(page, 1, sizeof page, file) : 0;
    dl_error err;
    dl_engine *engine;
    if (dl_engine_open(&engine, NULL, &err) != DL_OK) {
        fprintf(stderr, "%s: %s\n", err.source, err.message);
        return 1;
    }
    dl_input input = {.kind = DL_INPUT_HTML, .bytes = {page, size}};
    dl_document *doc;
    if (dl_extract(engine, &input, NULL, &doc, &err) != DL_OK) {
        fprintf(stderr, "%s\n", err.message);
        dl_engine_close(engine);
        return 1;
    }
    const dl_story *story = dl_document_story(doc);
    const dl_events *events = dl_document_events(doc);
    printf("%.*s\n", (int)story->title.len, story->title.ptr);
    for (size_t i = 0; i < events->count; i++) { /* lent by the document */
        const dl_event *event = &events->items[i];
        dl_str actor = event->actor_count ? event->actors[0].name : (dl_str){"?", 1};
        printf("%s by %.*s: \"%.*s\"\n", dl_event_type_name(event->type), (int)actor.len, actor.ptr,
               (int)(event->trigger.end - event->trigger.start), story->text.ptr + event->trigger.start);
    }
    dl_document_free(doc); /* events and strings go with it */
    dl_engine_close(engine);
    return 0;
}
