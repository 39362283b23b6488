// The watcher's thread: see watcher.h.
#include "publish/watcher.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "publish/loader.h"
#include "publish/publication.h"

enum { FIRST_PAUSE_MS = 100, LONGEST_PAUSE_MS = 5000, MEASURE_EVERY_S = 5 };

struct watcher {
    const struct settings *settings;
    struct gate *gate;
    pthread_t thread;
    int wake_fd; // readable once the watcher is to stop
    atomic_bool stopping;
    struct conn *conn;         // the thread's own; NULL: away
    struct edition_head shown; // the thread's own: what the gate shows
    pthread_mutex_t mutex;     // for what follows
    struct watcher_state state;
    struct reflection *reflection;
};

static void note_contact(struct watcher *w)
{
    (void)pthread_mutex_lock(&w->mutex);
    bool returned = !w->state.connected || w->state.fault[0] != '\0';
    w->state.connected = true;
    w->state.seen_at = clock_now();
    w->state.fault[0] = '\0';
    (void)pthread_mutex_unlock(&w->mutex);
    if (returned) {
        log_event(LOG_INFO, "record_connected");
    }
}

// Two kinds of trouble: the record is away, or it answers and no edition can be made of what it says. Each is logged
// when it begins and when its words change.
static void note_failure(struct watcher *w, enum err err, const struct fault *fault)
{
    bool away = err == ERR_UNAVAILABLE;
    (void)pthread_mutex_lock(&w->mutex);
    bool news = w->state.failures == 0 || w->state.connected == away || strcmp(w->state.fault, fault->text) != 0;
    w->state.connected = !away;
    w->state.failures++;
    (void)snprintf(w->state.fault, sizeof w->state.fault, "%s", fault->text);
    (void)pthread_mutex_unlock(&w->mutex);
    if (news) {
        log_event(away ? LOG_WARN : LOG_ERROR, away ? "record_away" : "edition_failed",
                  LOG_TEXT("error", err_name(err)), LOG_TEXT("detail", fault->text));
    }
}

static void note_edition(struct watcher *w, int64_t build_ms)
{
    (void)pthread_mutex_lock(&w->mutex);
    w->state.editions++;
    w->state.build_ms = build_ms;
    (void)pthread_mutex_unlock(&w->mutex);
}

static enum err connect(struct watcher *w, struct fault *fault)
{
    if (w->conn != NULL) {
        return ERR_OK;
    }
    enum err err = conn_open(w->settings, STORE_READER, &w->conn, fault);
    return err == ERR_OK ? conn_listen(w->conn, PUBLICATION_CHANNEL, fault) : err;
}

static enum err show_new_edition(struct watcher *w, day_t day, struct fault *fault)
{
    struct edition *edition = NULL;
    uint64_t began = clock_monotonic_ns();
    enum err err = load_edition(w->conn, day, &edition, fault);
    if (err != ERR_OK) {
        return err;
    }
    struct edition_counts counts = edition_get_counts(edition);
    int64_t build_ms = (int64_t)((clock_monotonic_ns() - began) / 1000000);
    w->shown = *edition_get_head(edition);
    gate_replace(w->gate, &edition);
    note_edition(w, build_ms);
    log_event(LOG_INFO, "edition", LOG_NUMBER("publication", w->shown.publication), LOG_NUMBER("people", counts.people),
              LOG_NUMBER("completions", counts.completions), LOG_NUMBER("bytes", counts.bytes),
              LOG_NUMBER("build_ms", build_ms));
    return ERR_OK;
}

static enum err measure(struct watcher *w, day_t day, struct fault *fault)
{
    struct reflection *measured = NULL;
    enum err err = reflection_measure(w->conn, day, &measured, fault);
    if (err == ERR_OK) {
        (void)pthread_mutex_lock(&w->mutex);
        struct reflection *old = w->reflection;
        w->reflection = measured;
        (void)pthread_mutex_unlock(&w->mutex);
        free(old);
    }
    return err;
}

// One look at the record.
static enum err look(struct watcher *w, instant_t *measured_at, struct fault *fault)
{
    struct edition_head head;
    day_t day = clock_tokyo_day(clock_now());
    enum err err = load_head(w->conn, &head, fault);
    if (err != ERR_OK) {
        return err;
    }
    bool is_new = head.publication != w->shown.publication || day != w->shown.day;
    if (is_new) {
        err = show_new_edition(w, day, fault);
    }
    bool due = is_new || clock_now() - *measured_at > (instant_t)MEASURE_EVERY_S * 1000000;
    if (err == ERR_OK && due) {
        err = measure(w, day, fault);
        *measured_at = clock_now();
    }
    if (err == ERR_OK) {
        note_contact(w);
    }
    return err;
}

static void pause_for(struct watcher *w, int ms)
{
    struct pollfd fd = {.fd = w->wake_fd, .events = POLLIN};
    (void)poll(&fd, 1, ms);
}

static void *watch(void *context)
{
    struct watcher *w = context;
    instant_t measured_at = 0;
    int pause_ms = FIRST_PAUSE_MS;
    while (!atomic_load(&w->stopping)) {
        struct fault fault = {{0}};
        bool notified;
        enum err err = connect(w, &fault);
        if (err == ERR_OK) {
            err = look(w, &measured_at, &fault);
        }
        if (err == ERR_OK) {
            pause_ms = FIRST_PAUSE_MS;
            err = conn_wait(w->conn, (int)w->settings->poll_interval_ms, w->wake_fd, &notified, &fault);
        }
        if (err != ERR_OK) {
            note_failure(w, err, &fault);
            if (w->conn != NULL && !conn_is_usable(w->conn)) {
                conn_close(&w->conn);
            }
            pause_for(w, pause_ms);
            pause_ms = pause_ms * 2 > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause_ms * 2;
        }
    }
    conn_close(&w->conn);
    return NULL;
}

static void destroy(struct watcher *w)
{
    (void)close(w->wake_fd);
    (void)pthread_mutex_destroy(&w->mutex);
    free(w->reflection);
    free(w);
}

enum err watcher_start(const struct settings *settings, struct gate *gate, struct watcher **watcher,
                       struct fault *fault)
{
    struct watcher *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the watcher");
    }
    w->settings = settings;
    w->gate = gate;
    w->shown = (struct edition_head){.publication = -1, .day = DAY_NONE};
    w->state.seen_at = INSTANT_NONE;
    w->wake_fd = eventfd(0, EFD_CLOEXEC);
    (void)pthread_mutex_init(&w->mutex, NULL);
    if (w->wake_fd < 0 || pthread_create(&w->thread, NULL, watch, w) != 0) {
        destroy(w);
        return err_set(fault, ERR_INTERNAL, "the watcher's thread did not start");
    }
    *watcher = w;
    return ERR_OK;
}

void watcher_stop(struct watcher **watcher)
{
    if (*watcher == NULL) {
        return;
    }
    uint64_t one = 1;
    atomic_store(&(*watcher)->stopping, true);
    ssize_t written = write((*watcher)->wake_fd, &one, sizeof one);
    (void)written; // an eventfd takes one write
    (void)pthread_join((*watcher)->thread, NULL);
    destroy(*watcher);
    *watcher = NULL;
}

struct watcher_state watcher_get_state(struct watcher *watcher)
{
    (void)pthread_mutex_lock(&watcher->mutex);
    struct watcher_state state = watcher->state;
    (void)pthread_mutex_unlock(&watcher->mutex);
    return state;
}

struct reflection *watcher_copy_reflection(struct watcher *watcher)
{
    struct reflection *copy = NULL;
    (void)pthread_mutex_lock(&watcher->mutex);
    if (watcher->reflection != NULL) {
        size_t size = sizeof *copy + watcher->reflection->n * sizeof copy->lines[0];
        copy = malloc(size);
        if (copy != NULL) {
            memcpy(copy, watcher->reflection, size);
        }
    }
    (void)pthread_mutex_unlock(&watcher->mutex);
    return copy;
}
