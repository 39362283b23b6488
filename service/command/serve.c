// meibo serve: a table of contents of the running service. Parts start in the order of their needs and stop in reverse.
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/gzip_cache.h"
#include "api/json_in.h"
#include "api/metrics.h"
#include "api/server.h"
#include "base/log.h"
#include "command/command.h"
#include "store/migrate.h"

enum { SERVERS_MOST = 3 };

struct service {
    struct api api;
    struct server *servers[SERVERS_MOST];
    size_t server_count;
};

// A database that is away is waited for; one with the wrong schema is a mistake to be told at once.
static enum err check_schema(const struct settings *settings, struct fault *fault)
{
    CONN_AUTO struct conn *conn = NULL;
    enum err err = conn_open(settings, STORE_READER, &conn, fault);
    if (err == ERR_OK) {
        err = migrate_check(conn, fault);
    }
    if (err == ERR_UNAVAILABLE) {
        log_event(LOG_WARN, "record_away", LOG_TEXT("error", err_name(err)), LOG_TEXT("detail", fault->text));
        return ERR_OK;
    }
    return err;
}

// An answer depends on the program that wrote it and on the settings that /v1 tells, so its entity tag does too.
static enum err make_tag_key(struct service *s, const struct settings *settings, struct fault *fault)
{
    BUF_AUTO struct buf purpose;
    buf_init(&purpose, 8192);
    buf_add_format(&purpose, "entity tag\n%s\n%s\n%s\n%s", MEIBO_VERSION, settings->source, settings->terms,
                   settings->report_error);
    const char *text = buf_text(&purpose);
    if (text == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a key");
    }
    s->api.tag_key = digest_short_key(str_of(settings->secret), text);
    return ERR_OK;
}

static enum err start_parts(struct service *s, const struct settings *settings, struct fault *fault)
{
    s->api.settings = settings;
    s->api.cursor_key = digest_short_key(str_of(settings->secret), "cursor");
    json_in_setup();
    enum err err = make_tag_key(s, settings, fault);
    if (err != ERR_OK) {
        return err;
    }
    err = metrics_new(&s->api.metrics, fault);
    if (err == ERR_OK && settings->cache_bytes > 0) {
        err = gzip_cache_new((size_t)settings->cache_bytes, &s->api.gzip_cache, fault);
    }
    if (err == ERR_OK) {
        err = gate_new(&s->api.gate, fault);
    }
    if (err == ERR_OK) {
        err = pool_new(settings, STORE_INTAKE, &s->api.intake, fault);
    }
    if (err == ERR_OK) {
        err = publisher_start(settings, &s->api.publisher, fault);
    }
    if (err == ERR_OK) {
        err = watcher_start(settings, s->api.gate, &s->api.watcher, fault);
    }
    return err;
}

static enum err start_server(struct service *s, struct server_plan plan, struct fault *fault)
{
    enum err err = server_start(&s->api, plan, &s->servers[s->server_count], fault);
    s->server_count += err == ERR_OK ? 1 : 0;
    return err;
}

static enum err start_servers(struct service *s, const struct settings *settings, struct fault *fault)
{
    bool separate = settings->operator_listen[0] != '\0';
    int public = separate ? LISTENER_PUBLIC : LISTENER_PUBLIC | LISTENER_OPERATOR;
    enum err err = start_server(s, (struct server_plan){settings->admin_listen, LISTENER_ADMIN, 1}, fault);
    if (err == ERR_OK) {
        err = start_server(s, (struct server_plan){settings->listen, public, settings->threads}, fault);
    }
    if (err == ERR_OK && separate) {
        err = start_server(
            s, (struct server_plan){settings->operator_listen, LISTENER_OPERATOR, settings->operator_threads}, fault);
    }
    return err;
}

// The public listeners stop taking connections first; the admin one (the first) goes on saying that the service drains.
static void drain(struct service *s, int64_t timeout_s)
{
    uint64_t deadline = clock_monotonic_ns() + (uint64_t)timeout_s * 1000000000U;
    atomic_store(&s->api.draining, true);
    for (size_t i = 1; i < s->server_count; i++) {
        server_quiesce(s->servers[i]);
    }
    bool idle = true;
    for (size_t i = 1; i < s->server_count; i++) {
        idle = server_wait_idle(s->servers[i], deadline) && idle;
    }
    log_event(idle ? LOG_INFO : LOG_WARN, "drained", LOG_TEXT("in_hand", idle ? "none" : "some, cut off"));
}

static void stop(struct service *s)
{
    while (s->server_count > 0) {
        server_stop(&s->servers[--s->server_count]);
    }
    watcher_stop(&s->api.watcher);
    if (s->api.publisher != NULL) {
        publisher_stop(&s->api.publisher);
    }
    pool_free(&s->api.intake);
    gate_free(&s->api.gate);
    gzip_cache_free(&s->api.gzip_cache);
    metrics_free(&s->api.metrics);
}

// Every answer frees a body, and every free of so much memory would first sweep the small pieces freed since the last.
static void tune_memory(void)
{
    (void)mallopt(M_MXFAST, 0);
}

// Blocked before any thread starts, so that only sigwait() here takes them.
static sigset_t block_signals(void)
{
    sigset_t signals;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    return signals;
}

static void give_up(int signal_number)
{
    static const char line[] = "{\"level\":\"error\",\"event\":\"stop_cut_short\"}\n";
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
    (void)written;
    (void)signal_number;
    _exit(EXIT_FAILED);
}

// Stopping may wait for a database that hangs. Nothing acknowledged is anywhere but in PostgreSQL, so after the time to
// drain and some more it is safe just to end; and a second signal ends at once.
static void bound_stop(const sigset_t *signals, int64_t drain_timeout_s)
{
    enum { REST_S = 5 };
    (void)signal(SIGALRM, give_up);
    (void)alarm((unsigned)drain_timeout_s + REST_S);
    (void)pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

int command_serve(const struct call *call)
{
    size_t operands;
    int signal_number = 0;
    struct fault fault = {{0}};
    struct service service = {0};
    if (!command_options(call, NULL, 0, NULL, 0, &operands)) {
        return EXIT_USAGE;
    }
    tune_memory();
    sigset_t signals = block_signals();
    enum err err = log_collect(&fault);
    if (err == ERR_OK) {
        err = check_schema(call->settings, &fault);
    }
    if (err == ERR_OK) {
        err = start_parts(&service, call->settings, &fault);
    }
    if (err == ERR_OK) {
        err = start_servers(&service, call->settings, &fault);
    }
    if (err == ERR_OK) {
        (void)sigwait(&signals, &signal_number);
        log_event(LOG_INFO, "stopping", LOG_NUMBER("signal", signal_number));
        bound_stop(&signals, call->settings->drain_timeout_s);
        drain(&service, call->settings->drain_timeout_s);
    }
    stop(&service);
    log_collect_stop();
    return err == ERR_OK ? EXIT_DONE : command_failed("serve", err, &fault);
}
