// What a handler has at hand: the service's parts, borrowed and shared by all threads, and the route table's types.
#ifndef MEIBO_API_API_H
#define MEIBO_API_API_H

#include <stdatomic.h>

#include "api/problem.h"
#include "base/digest.h"
#include "base/settings.h"
#include "edition/gate.h"
#include "intake/token.h"
#include "publish/publisher.h"
#include "publish/watcher.h"

enum listener_kind {
    LISTENER_PUBLIC = 1,
    LISTENER_OPERATOR = 2,
    LISTENER_ADMIN = 4,
};

// Figures that requests leave behind, for /metrics: see metrics.h.
struct metrics;
struct gzip_cache;

struct api {
    const struct settings *settings;
    struct gate *gate;
    struct watcher *watcher;
    struct publisher *publisher;
    struct pool *intake;
    struct short_key cursor_key;
    struct short_key tag_key;
    struct metrics *metrics;
    struct gzip_cache *gzip_cache; // NULL: nothing is kept
    atomic_bool draining;
};

// One request on its way to an answer.
struct visit {
    struct api *api;
    const struct request *request;
    const struct route *route;
    const char *media;             // the one of route->produces that the client likes best
    const struct edition *edition; // for ROUTE_EDITION; the gate is left afterwards
    struct report_sender sender;   // for ROUTE_OPERATOR
    uint64_t query_digest; // where there is a cursor: of the query without limit and cursor; it is bound to that
};

enum {
    ROUTE_EDITION = 1,   // answers from an edition: 503 without one
    ROUTE_TAGGED = 2,    // carries an entity tag made of the edition and the canonical query
    ROUTE_OPERATOR = 4,  // needs a bearer token; never stored, never readable by pages of other origins
    ROUTE_BODY = 8,      // POST with a body
    ROUTE_UNLISTED = 16, // not part of the contract: the search page
};

struct route {
    const char *path; // one {parameter} at most, a whole segment
    enum method method;
    int listeners; // enum listener_kind, or'ed
    int flags;
    void (*handle)(struct visit *visit, struct reply *reply);
    const char *const *parameters; // NULL-terminated
    const char *produces[4];       // media types up to NULL, the usual one first; Accept has to admit one
};

struct route_found {
    const struct route *route; // NULL: none
    struct str value;          // what stands for {…}
    bool method_ok;            // false: a route of that path, but of another method
    bool is_operators;         // the path is one of operators', also where the listener does not have it
};
// The route of a request. `listener`: where it came in (several bits where listeners are one).
struct route_found routes_find(int listener, const struct request *request);
// The media type that the client likes best, the first of several; NULL: it accepts none.
const char *routes_choose_media(const struct route *route, const struct request *request);

// Finds the route and answers. `reply` is initialised. Returns the route, for the log and the figures; NULL: there was
// none.
const struct route *api_answer(struct api *api, int listener, struct request *request, struct reply *reply);
// The answer to a request that request_parse() refused.
void api_refuse(const struct request *request, enum request_fault fault, const char *why, struct reply *reply);

// The table, in the order of /v1's list.
const struct route *routes_get(size_t *count);
// "GET, HEAD, OPTIONS": what a path has on these listeners.
void routes_allow(const char *path, int listeners, struct buf *out);

#endif
