/* main.c - the table of commands. */
#include <signal.h>
#include <string.h>

#include "cli/cli.h"

static const command *const commands[] = {&command_read, &command_extract, &command_show, &command_parse, &command_check, &command_export,
                                          &command_add, &command_follow, &command_find, &command_history,
                                          &command_toll, &command_sides, &command_talks, &command_ceasefire, &command_site,
                                          &command_digest, &command_review, &command_serve};

static void help(FILE *to)
{
    fputs("dateline - conflict-news pages in, a sourced record out\n\n"
          "Usage: dateline COMMAND [OPTION]... [FILE|FOLDER|-]...\n\nCommands:\n", to);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nInputs are HTML pages, plain text, NDJSON with \"text\" or \"html\", and the archives of crawlers (WARC, WACZ); gzip is undone; '-' is\n"
          "standard input.\n\n"
          "Examples:\n"
          "  dateline extract page.html            who did what to whom, as a table\n"
          "  dateline extract -j 4 pages/ > r.ndjson\n"
          "  dateline read --format markdown page.html\n"
          "  dateline show --why page.html\n"
          "  dateline add --store news.store pages/\n"
          "  dateline follow --store news.store --once https://example.org/feed.xml\n"
          "  dateline find --store news.store --type ASSAULT --place Kharkiv\n\n"
          "dateline COMMAND --help tells more. Exit codes: 0 done, 1 some inputs failed, 2 wrong use or nothing done,\n"
          "130 interrupted. DATELINE_DATA names the folder of models and word lists, DATELINE_STORE the store; NO_COLOR turns\n"
          "colours off.\n", to);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of write, told once */
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("dateline %s\n", dl_version());
        return EXIT_DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i]->name) == 0) return commands[i]->run(argc - 1, argv + 1);
    fprintf(stderr, "dateline: no command is called '%s'; see dateline --help\n", argv[1]);
    return EXIT_USAGE;
}
