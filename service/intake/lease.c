// Scope-bound leases: see lease.h.
#include "intake/lease.h"

#include <stddef.h>

enum { LEASE_TIMEOUT_MS = 2000 };

enum err lease_take(struct lease *lease, struct pool *pool, struct fault *fault)
{
    lease->pool = pool;
    return pool_lease(pool, LEASE_TIMEOUT_MS, &lease->conn, fault);
}

void lease_end(struct lease *lease)
{
    if (lease->conn != NULL) {
        pool_release(lease->pool, &lease->conn);
    }
}
