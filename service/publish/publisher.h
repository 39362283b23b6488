// The one writer of public state while the service runs: takes the inbox and makes publications of it.
//
// A thread with its own connection as meibo_publisher. It sleeps until publisher_wake() or the interval passes; while
// there is work it publishes at most once an interval, up to PUBLISHER_BATCH reports a publication. Two servers on one
// database are safe: the head's lock orders them. States: `running` (connected), `away` (no connection: retries with
// backoff up to 5 s), `stopping`.
#ifndef MEIBO_PUBLISH_PUBLISHER_H
#define MEIBO_PUBLISH_PUBLISHER_H

#include "store/conn.h"

enum { PUBLISHER_BATCH = 10000 };

struct publisher;

struct publisher_state {
    bool connected;
    int64_t publications; // made since start
    int64_t reports;      // published since start
    instant_t last_at;    // INSTANT_NONE: none yet
    int64_t failures;     // attempts that failed since start
};

enum err publisher_start(const struct settings *settings, struct publisher **publisher, struct fault *fault) MUST_CHECK;
// From any thread: a report was accepted.
void publisher_wake(struct publisher *publisher);
// Finishes the transaction in hand and stops.
void publisher_stop(struct publisher **publisher);
struct publisher_state publisher_get_state(struct publisher *publisher);

// One publication of what is pending now, in one transaction. `*reports` = how many it took (0: nothing pending, no
// publication).
enum err publish_pending(struct conn *conn, size_t *reports, int64_t *publication, struct fault *fault) MUST_CHECK;

#endif
