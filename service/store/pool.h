// A few connections of one role shared by many threads. A lease is one thread's until it is given back.
//
// A slot is `idle` (open, nobody's), `leased` (one thread's) or `empty` (never opened, or closed because it broke).
// Lease takes an idle slot, else opens an empty one, else waits for a release until the deadline. Release makes a slot
// idle, or empty if its connection broke or was left inside a transaction.
//
// The pool as a whole is `sound`, or `suspect` after a failed connect or an answer that did not come in time. While it
// is suspect one lease at a time tries to connect, twice a second at most; all others that need a new connection fail
// at once. A connect that succeeds makes it sound again.
#ifndef MEIBO_STORE_POOL_H
#define MEIBO_STORE_POOL_H

#include "store/conn.h"

struct pool;

struct pool_state {
    int64_t size, idle, leased;
};

// Opens nothing yet. `settings` is borrowed for the pool's life.
enum err pool_new(const struct settings *settings, enum store_role role, struct pool **pool,
                  struct fault *fault) MUST_CHECK;
// No lease may be out.
void pool_free(struct pool **pool);
// ERR_UNAVAILABLE: none came free within `timeout_ms`, or the database is away.
enum err pool_lease(struct pool *pool, int timeout_ms, struct conn **conn, struct fault *fault) MUST_CHECK;
void pool_release(struct pool *pool, struct conn **conn);
struct pool_state pool_get_state(struct pool *pool);

#endif
