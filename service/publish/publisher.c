// The publisher's thread: see publisher.h. What one publication does is in inbox.h.
#include "publish/publisher.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "publish/inbox.h"

#define NS_PER_MS UINT64_C(1000000)

static const uint64_t backoff_shortest_ns = 100 * NS_PER_MS;
static const uint64_t backoff_longest_ns = 5000 * NS_PER_MS;
// Reports that could not be published get another chance, and another line in the log, this often.
static const uint64_t skipped_kept_ns = 60000 * NS_PER_MS;

struct publisher {
    struct settings settings;
    pthread_t thread;

    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool woken; // under the mutex, as the next two
    bool stopping;
    struct publisher_state state;

    // The thread's own.
    struct conn *conn;
    struct inbox_skipped skipped;
    uint64_t skipped_ns; // when the list was last emptied
    bool told;           // the log knows `trouble`
    enum err trouble;
    uint64_t backoff_ns;   // 0: the last attempt worked
    uint64_t tried_ns;     // end of the last attempt
    uint64_t published_ns; // end of the last publication; 0: none yet
};

static enum err connect(struct publisher *publisher, struct fault *fault)
{
    if (publisher->conn != NULL && !conn_is_usable(publisher->conn)) {
        conn_close(&publisher->conn);
    }
    return publisher->conn != NULL ? ERR_OK : conn_open(&publisher->settings, STORE_PUBLISHER, &publisher->conn, fault);
}

static enum err attempt(struct publisher *publisher, size_t *reports, struct fault *fault)
{
    int64_t publication = 0;
    enum err err = connect(publisher, fault);
    if (err == ERR_OK) {
        err = inbox_publish(publisher->conn, PUBLISHER_BATCH, &publisher->skipped, reports, &publication, fault);
    }
    if (*reports > 0) {
        log_event(LOG_DEBUG, "published", LOG_NUMBER("publication", publication), LOG_NUMBER("reports", *reports));
    }
    return err;
}

// Says once that something changed, not with every attempt.
static void tell(struct publisher *publisher, enum err err, const struct fault *fault)
{
    if (publisher->told && err == publisher->trouble) {
        return;
    }
    publisher->told = true;
    publisher->trouble = err;
    if (err == ERR_OK) {
        log_event(LOG_INFO, "publisher_running");
    } else {
        log_event(LOG_WARN, err == ERR_UNAVAILABLE ? "publisher_away" : "publisher_failing",
                  LOG_TEXT("error", err_name(err)), LOG_TEXT("reason", fault->text));
    }
}

static void keep_state(struct publisher *publisher, enum err err, size_t reports)
{
    (void)pthread_mutex_lock(&publisher->mutex);
    struct publisher_state *state = &publisher->state;
    state->connected = publisher->conn != NULL && conn_is_usable(publisher->conn);
    state->failures += err != ERR_OK;
    if (reports > 0) {
        state->publications++;
        state->reports += (int64_t)reports;
        state->last_at = clock_now();
    }
    (void)pthread_mutex_unlock(&publisher->mutex);
}

static void back_off(struct publisher *publisher, enum err err)
{
    uint64_t next = publisher->backoff_ns == 0 ? backoff_shortest_ns : publisher->backoff_ns * 2;
    next = next > backoff_longest_ns ? backoff_longest_ns : next;
    publisher->backoff_ns = err == ERR_OK ? 0 : next;
}

static void work(struct publisher *publisher)
{
    struct fault fault = {{0}};
    size_t reports = 0;
    uint64_t now = clock_monotonic_ns();
    if (now - publisher->skipped_ns >= skipped_kept_ns) {
        publisher->skipped.n = 0;
        publisher->skipped_ns = now;
    }
    enum err err = attempt(publisher, &reports, &fault);
    publisher->tried_ns = clock_monotonic_ns();
    publisher->published_ns = reports > 0 ? publisher->tried_ns : publisher->published_ns;
    back_off(publisher, err);
    keep_state(publisher, err, reports);
    tell(publisher, err, &fault);
}

// When the next attempt is due. While the database is away, being woken changes nothing. Under the mutex.
static uint64_t due_ns(const struct publisher *publisher)
{
    uint64_t interval_ns = (uint64_t)publisher->settings.publish_interval_ms * NS_PER_MS;
    if (publisher->backoff_ns > 0) {
        return publisher->tried_ns + publisher->backoff_ns;
    }
    if (!publisher->woken) {
        return publisher->tried_ns + interval_ns;
    }
    return publisher->published_ns == 0 ? 0 : publisher->published_ns + interval_ns;
}

// Waits until there is something to do; false: stop.
static bool wait_for_work(struct publisher *publisher)
{
    (void)pthread_mutex_lock(&publisher->mutex);
    for (uint64_t due = due_ns(publisher); !publisher->stopping && clock_monotonic_ns() < due;
         due = due_ns(publisher)) {
        struct timespec until = {.tv_sec = (time_t)(due / (1000 * NS_PER_MS)),
                                 .tv_nsec = (long)(due % (1000 * NS_PER_MS))};
        (void)pthread_cond_timedwait(&publisher->changed, &publisher->mutex, &until);
    }
    bool stopping = publisher->stopping;
    // Before the attempt, so that a report accepted during it is not forgotten.
    publisher->woken = false;
    (void)pthread_mutex_unlock(&publisher->mutex);
    return !stopping;
}

static void *run(void *context)
{
    struct publisher *publisher = context;
    do {
        work(publisher);
    } while (wait_for_work(publisher));
    conn_close(&publisher->conn);
    return NULL;
}

static void release(struct publisher *publisher)
{
    (void)pthread_cond_destroy(&publisher->changed);
    (void)pthread_mutex_destroy(&publisher->mutex);
    free(publisher);
}

enum err publisher_start(const struct settings *settings, struct publisher **publisher, struct fault *fault)
{
    struct publisher *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for the publisher");
    }
    made->settings = *settings;
    made->state.last_at = INSTANT_NONE;
    made->skipped_ns = clock_monotonic_ns();
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&made->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&made->mutex, NULL);
    if (pthread_create(&made->thread, NULL, run, made) != 0) {
        release(made);
        return err_set(fault, ERR_INTERNAL, "no thread for the publisher");
    }
    *publisher = made;
    return ERR_OK;
}

void publisher_wake(struct publisher *publisher)
{
    (void)pthread_mutex_lock(&publisher->mutex);
    publisher->woken = true;
    (void)pthread_cond_signal(&publisher->changed);
    (void)pthread_mutex_unlock(&publisher->mutex);
}

void publisher_stop(struct publisher **publisher)
{
    struct publisher *stopped = *publisher;
    if (stopped == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&stopped->mutex);
    stopped->stopping = true;
    (void)pthread_cond_signal(&stopped->changed);
    (void)pthread_mutex_unlock(&stopped->mutex);
    (void)pthread_join(stopped->thread, NULL);
    release(stopped);
    *publisher = NULL;
}

struct publisher_state publisher_get_state(struct publisher *publisher)
{
    (void)pthread_mutex_lock(&publisher->mutex);
    struct publisher_state state = publisher->state;
    (void)pthread_mutex_unlock(&publisher->mutex);
    return state;
}

enum err publish_pending(struct conn *conn, size_t *reports, int64_t *publication, struct fault *fault)
{
    struct inbox_skipped skipped = {.n = 0};
    return inbox_publish(conn, PUBLISHER_BATCH, &skipped, reports, publication, fault);
}
