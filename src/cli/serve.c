/* serve.c - `dateline serve`: the monitor in a browser, and its API. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/cli.h"
#include "engine/paths.h"
#include "serve/net_server.h"

enum { THREADS = 4, CONNECTIONS = 1000, IDLE_S = 20, REQUEST_S = 20, PORT = 8470, LONGEST_TOKEN = 128 };

typedef struct address {
    char host[64];
    uint16_t port;
    bool loopback;
} address;

/* "127.0.0.1:8470", "[::1]:8470", ":8470", "8470". */
static bool parse_address(const char *text, address *out)
{
    const char *colon = strrchr(text, ':'), *digits = colon ? colon + 1 : text;
    int64_t port;
    *out = (address){.host = "127.0.0.1"};
    if (!dl_str_number(dl_str_of(digits), &port) || port > 65535) return false;
    out->port = (uint16_t)port;
    size_t len = colon ? (size_t)(colon - text) : 0;
    bool bracketed = len > 2 && text[0] == '[' && text[len - 1] == ']';
    if (len && snprintf(out->host, sizeof out->host, "%.*s", (int)(bracketed ? len - 2 : len), text + bracketed) >= (int)sizeof out->host) return false;
    if (strcmp(out->host, "localhost") == 0) strcpy(out->host, "127.0.0.1");
    out->loopback = strncmp(out->host, "127.", 4) == 0 || strcmp(out->host, "::1") == 0;
    return true;
}

/* The first line of the file, or of standard input. */
static bool read_token(const char *path, char token[LONGEST_TOKEN + 2])
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    bool read = file && fgets(token, LONGEST_TOKEN + 2, file);
    if (!read) fprintf(stderr, "dateline: %s: %s\n", path, file ? "holds no token" : strerror(errno));
    if (file && file != stdin) fclose(file);
    if (!read) return false;
    token[strcspn(token, "\r\n")] = '\0';
    size_t len = strlen(token), plain = strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");
    if (len >= 16 && len <= LONGEST_TOKEN && plain == len) return true;
    fprintf(stderr, "dateline: %s: a token has 16 to %d letters, digits, '-', '.', '_' or '~'\n", path, LONGEST_TOKEN);
    return false;
}

/* The page's folder: as told, else beside the command's data: installed, or in the source that it was built from. */
static const char *find_web(const cli_settings *settings, char found[DL_PATH_SIZE])
{
    static const char *const places[] = {"web", "../web", "../../../web"};
    char data[DL_PATH_SIZE], index[DL_PATH_SIZE];
    if (settings->web) return settings->web;
    if (dl_data_dir(data, settings->data, NULL) != DL_OK) return NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (dl_path_join(found, data, places[i], NULL) == DL_OK && dl_path_join(index, found, "index.html", NULL) == DL_OK && access(index, R_OK) == 0)
            return found;
    return NULL;
}

/* Signals come to this thread alone, when it asks for them. */
static void hold_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT), sigaddset(set, SIGTERM), sigaddset(set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

/* Each connection is a file to the system; what it allows by default may be fewer than ours. */
static void raise_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    if (files.rlim_cur < CONNECTIONS * 2 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max < CONNECTIONS * 2 ? files.rlim_max : CONNECTIONS * 2;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static int serve_until_told(const cli_settings *settings, const serve_options *options, const address *where)
{
    serve *server;
    net_server *net = NULL;
    dl_error err = {0};
    sigset_t signals;
    int signal_number = 0;
    hold_signals(&signals);
    raise_limit();
    dl_status status = serve_open(&server, options, &err);
    unsigned threads = settings->jobs > 1 ? (unsigned)settings->jobs : THREADS;
    const net_options net_how = {.address = where->host, .port = where->port, .threads = threads, .connections = CONNECTIONS, .idle_s = IDLE_S, .request_s = REQUEST_S};
    if (status == DL_OK) status = net_server_start(&net, server, &net_how, &err);
    if (status == DL_OK) {
        bool six = strchr(where->host, ':') != NULL;
        printf("http://%s%s%s:%u/\n", six ? "[" : "", where->host, six ? "]" : "", net_server_port(net));
        fflush(stdout);
        if (!options->web) fputs("dateline: the page was not found (--web FOLDER); the API alone is served\n", stderr);
        sigwait(&signals, &signal_number);
    } else {
        report(&err);
    }
    net_server_stop(net);
    serve_close(server);
    return status != DL_OK ? EXIT_USAGE : signal_number == SIGINT ? EXIT_INTERRUPTED : EXIT_DONE;
}

static int run(int argc, char **argv)
{
    cli_settings settings;
    address where;
    char token[LONGEST_TOKEN + 2], web[DL_PATH_SIZE], default_listen[32];
    int code = settings_parse(&settings, &command_serve, "fsdjNZ0", argc, argv);
    if (code >= 0) return code;
    snprintf(default_listen, sizeof default_listen, "127.0.0.1:%d", PORT);
    if (settings.path_count) return usage_error(&command_serve, "'%s' is no option", settings.paths[0]);
    if (!settings.store) return usage_error(&command_serve, "no store was named (--store FILE, or the variable DATELINE_STORE)");
    if (!parse_address(settings.listen ? settings.listen : default_listen, &where))
        return usage_error(&command_serve, "--listen takes ADDRESS:PORT, not '%s'", settings.listen);
    if (!where.loopback && !settings.token) return usage_error(&command_serve, "beyond this machine nobody is answered without --token FILE");
    if (settings.token && !read_token(settings.token, token)) return EXIT_USAGE;
    serve_options options = {.store = settings.store, .data = settings.data, .host = settings.host, .addresses = !where.loopback, .review = settings.review,
                             .now = settings.now, .readers = settings.jobs > 1 ? (unsigned)settings.jobs : THREADS};
    if (settings.token) options.token = dl_str_of(token);
    options.web = find_web(&settings, web);
    return serve_until_told(&settings, &options, &where);
}

const command command_serve = {
    "serve", "the monitor in a browser, and its JSON API",
    "Usage: dateline serve [OPTION]... --store FILE\n\n"
    "Serves the page and the API (/api/v1/, docs/openapi.yaml) over a store until it is interrupted, and prints the address. The store may be\n"
    "added to meanwhile. Nothing is written unless --review is given, and nobody beyond this machine is answered unless --listen says so.\n\n"
    "  -s, --store FILE     the store; by default $DATELINE_STORE\n"
    "      --listen ADDRESS:PORT  127.0.0.1:8470; port 0 is any that is free. Beyond the loopback --token is needed\n"
    "      --token FILE     every request must show the token in the file's first line ('-': of standard input), 16 letters and more:\n"
    "                       as 'Authorization: Bearer TOKEN', or a browser once as /?token=TOKEN\n"
    "      --host NAME      a name that the server goes by beside the loopback's (behind a proxy, say)\n"
    "      --review         people's words on events are taken and kept in the store\n"
    "      --web FOLDER     the page; by default the installed one\n"
    "  -j, --jobs N         answers in the making at once, 2 and more; 4\n"
    "  -d, --data FOLDER    the gazetteer and word lists\n\n"
    "Examples:\n"
    "  dateline serve --store news.store\n"
    "  dateline serve --store news.store --review --listen 127.0.0.1:9000\n",
    run};
