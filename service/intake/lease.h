// A pool's connection for the length of a scope: LEASE_AUTO struct lease lease = {0}; gives itself back.
#ifndef MEIBO_INTAKE_LEASE_H
#define MEIBO_INTAKE_LEASE_H

#include "store/pool.h"

struct lease {
    struct pool *pool;
    struct conn *conn; // NULL: none taken
};

// Waits up to two seconds for a connection: a request that waits longer is better told to come again.
enum err lease_take(struct lease *lease, struct pool *pool, struct fault *fault) MUST_CHECK;
void lease_end(struct lease *lease);
#define LEASE_AUTO __attribute__((cleanup(lease_end)))

#endif
