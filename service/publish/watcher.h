// Keeps the gate's edition up with the record: hears of a publication (or finds it by polling), builds the new edition
// and puts it in place; does the same when the Japanese day changes, because states are as of a day. Also measures the
// promise, so that no request has to.
//
// States: `connected` (listening, polling every interval) and `away` (no connection: tries again with a growing pause,
// up to 5 s; the gate keeps its edition and readers notice nothing).
#ifndef MEIBO_PUBLISH_WATCHER_H
#define MEIBO_PUBLISH_WATCHER_H

#include "edition/gate.h"
#include "publish/reflection.h"

struct watcher;

struct watcher_state {
    bool connected;    // the record answers
    instant_t seen_at; // when the record last answered; INSTANT_NONE: never
    int64_t editions;  // built since start
    int64_t failures;  // builds or connections that failed since start
    int64_t build_ms;  // of the last build
    char fault[512];   // the failure that lasts, for the log; "" when all is well
};

// `settings` and `gate` are borrowed until watcher_stop.
enum err watcher_start(const struct settings *settings, struct gate *gate, struct watcher **watcher,
                       struct fault *fault) MUST_CHECK;
void watcher_stop(struct watcher **watcher);
struct watcher_state watcher_get_state(struct watcher *watcher);
// A copy of the last figures, the caller's (free()); NULL as long as there are none.
struct reflection *watcher_copy_reflection(struct watcher *watcher);

#endif
