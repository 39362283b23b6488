// The connection pool: see pool.h for the states of a slot.
#include "store/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { PROBE_PAUSE_MS = 500 };

struct slot {
    struct conn *conn; // NULL: empty
    bool leased;
};

struct pool {
    const struct settings *settings;
    enum store_role role;
    pthread_mutex_t mutex;
    pthread_cond_t released;
    bool suspect;       // the last attempt to connect failed, or a connection got no answer in time
    bool probing;       // while suspect, one thread at a time tries; the others are told at once
    uint64_t failed_ns; // when the last attempt failed; 0: try at once
    size_t size;
    struct slot slots[];
};

enum err pool_new(const struct settings *settings, enum store_role role, struct pool **pool, struct fault *fault)
{
    size_t size = (size_t)settings->pool_size;
    struct pool *made = calloc(1, sizeof *made + size * sizeof made->slots[0]);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a pool");
    }
    made->settings = settings;
    made->role = role;
    made->size = size;
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&made->released, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&made->mutex, NULL);
    *pool = made;
    return ERR_OK;
}

void pool_free(struct pool **pool)
{
    if (*pool == NULL) {
        return;
    }
    for (size_t i = 0; i < (*pool)->size; i++) {
        conn_close(&(*pool)->slots[i].conn);
    }
    (void)pthread_cond_destroy(&(*pool)->released);
    (void)pthread_mutex_destroy(&(*pool)->mutex);
    free(*pool);
    *pool = NULL;
}

// An idle slot if there is one, else an empty one; NULL when all are leased. Under the mutex.
static struct slot *find_free(struct pool *pool)
{
    struct slot *empty = NULL;
    for (size_t i = 0; i < pool->size; i++) {
        struct slot *slot = &pool->slots[i];
        if (!slot->leased && slot->conn != NULL) {
            return slot;
        }
        empty = !slot->leased && empty == NULL ? slot : empty;
    }
    return empty;
}

static struct timespec deadline_after(int timeout_ms)
{
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += timeout_ms / 1000;
    at.tv_nsec += (long)(timeout_ms % 1000) * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000L;
    }
    return at;
}

static struct slot *wait_for_slot(struct pool *pool, int timeout_ms)
{
    struct timespec deadline = deadline_after(timeout_ms);
    int waited = 0;
    (void)pthread_mutex_lock(&pool->mutex);
    struct slot *slot = find_free(pool);
    while (slot == NULL && waited == 0) {
        waited = pthread_cond_timedwait(&pool->released, &pool->mutex, &deadline);
        slot = find_free(pool);
    }
    if (slot != NULL) {
        slot->leased = true;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return slot;
}

static void set_conn(struct pool *pool, struct slot *slot, struct conn *conn)
{
    (void)pthread_mutex_lock(&pool->mutex);
    slot->conn = conn;
    (void)pthread_mutex_unlock(&pool->mutex);
}

static void give_back(struct pool *pool, struct slot *slot, struct conn *conn)
{
    (void)pthread_mutex_lock(&pool->mutex);
    slot->conn = conn;
    slot->leased = false;
    (void)pthread_cond_signal(&pool->released);
    (void)pthread_mutex_unlock(&pool->mutex);
}

// Whether this thread may try to connect. While the database is away or hangs, a try takes seconds, and a request that
// waits holds up its thread: so only one does at a time, with a pause between tries.
static bool may_connect(struct pool *pool)
{
    (void)pthread_mutex_lock(&pool->mutex);
    bool paused = pool->failed_ns != 0 && clock_monotonic_ns() - pool->failed_ns < (uint64_t)PROBE_PAUSE_MS * 1000000U;
    bool may = !pool->suspect || (!pool->probing && !paused);
    pool->probing = pool->probing || (may && pool->suspect);
    (void)pthread_mutex_unlock(&pool->mutex);
    return may;
}

static void note_attempt(struct pool *pool, enum err err)
{
    (void)pthread_mutex_lock(&pool->mutex);
    pool->probing = false;
    pool->suspect = err != ERR_OK;
    pool->failed_ns = err == ERR_OK ? 0 : clock_monotonic_ns();
    (void)pthread_mutex_unlock(&pool->mutex);
}

// The slot's connection if it still lives, else a new one. The slot is leased, so its connection is this thread's; but
// find_slot() looks at all slots, so a slot never names a connection that is closed.
static enum err refresh(struct pool *pool, struct slot *slot, struct conn **conn, struct fault *fault)
{
    *conn = slot->conn;
    if (*conn != NULL && conn_is_alive(*conn)) {
        return ERR_OK;
    }
    set_conn(pool, slot, NULL);
    conn_close(conn);
    if (!may_connect(pool)) {
        return err_set(fault, ERR_UNAVAILABLE, "the database is away or hangs; it is being tried");
    }
    enum err err = conn_open(pool->settings, pool->role, conn, fault);
    note_attempt(pool, err);
    if (err == ERR_OK) {
        set_conn(pool, slot, *conn);
    }
    return err;
}

enum err pool_lease(struct pool *pool, int timeout_ms, struct conn **conn, struct fault *fault)
{
    struct slot *slot = wait_for_slot(pool, timeout_ms);
    if (slot == NULL) {
        return err_set(fault, ERR_UNAVAILABLE, "all %zu connections were busy for %d ms", pool->size, timeout_ms);
    }
    struct conn *leased = NULL;
    enum err err = refresh(pool, slot, &leased, fault);
    if (err != ERR_OK) {
        give_back(pool, slot, NULL);
        return err;
    }
    *conn = leased;
    return ERR_OK;
}

static struct slot *find_slot(struct pool *pool, const struct conn *conn)
{
    struct slot *found = NULL;
    (void)pthread_mutex_lock(&pool->mutex);
    for (size_t i = 0; i < pool->size; i++) {
        found = pool->slots[i].conn == conn ? &pool->slots[i] : found;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return found;
}

void pool_release(struct pool *pool, struct conn **conn)
{
    struct conn *back = *conn;
    *conn = NULL;
    if (back == NULL) {
        return;
    }
    struct slot *slot = find_slot(pool, back);
    bool usable = conn_is_usable(back);
    if (conn_has_timed_out(back)) {
        (void)pthread_mutex_lock(&pool->mutex);
        pool->suspect = true;
        (void)pthread_mutex_unlock(&pool->mutex);
    }
    if (slot != NULL) {
        give_back(pool, slot, usable ? back : NULL);
    }
    if (slot == NULL || !usable) {
        conn_close(&back);
    }
}

struct pool_state pool_get_state(struct pool *pool)
{
    struct pool_state state = {.size = (int64_t)pool->size};
    (void)pthread_mutex_lock(&pool->mutex);
    for (size_t i = 0; i < pool->size; i++) {
        state.leased += pool->slots[i].leased ? 1 : 0;
        state.idle += !pool->slots[i].leased && pool->slots[i].conn != NULL ? 1 : 0;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return state;
}
