// Figures that requests leave behind: how many by route and status, and how long they took. Counted without a lock.
#ifndef MEIBO_API_METRICS_H
#define MEIBO_API_METRICS_H

#include "base/buf.h"
#include "base/err.h"

struct metrics;
struct route;

enum err metrics_new(struct metrics **metrics, struct fault *fault) MUST_CHECK;
void metrics_free(struct metrics **metrics);
// One answered request. `route`: of the table; NULL: none.
void metrics_count(struct metrics *metrics, const struct route *route, int status, uint64_t duration_ns);
// Prometheus text (version 0.0.4).
void metrics_write(const struct metrics *metrics, struct buf *out);

#endif
