// Takes pending reports out of the inbox and makes one publication of them.
//
// A report that the database refuses to publish (a mistake of ours, or damage) must not stop the others: the range is
// halved until the culprits stand alone; they are logged, stay pending, and are left alone as long as the caller keeps
// `struct inbox_skipped`.
#ifndef MEIBO_PUBLISH_INBOX_H
#define MEIBO_PUBLISH_INBOX_H

#include "store/conn.h"

// With more culprits than this the fault is not in the reports.
enum { INBOX_SKIPPED_MAX = 64 };

struct inbox_skipped {
    int64_t ids[INBOX_SKIPPED_MAX];
    size_t n;
};

// One transaction of its own, as meibo_publisher, of up to `most` reports, the oldest first. `*reports` = how many it
// took; 0: nothing to publish, no publication.
enum err inbox_publish(struct conn *conn, size_t most, struct inbox_skipped *skipped, size_t *reports,
                       int64_t *publication, struct fault *fault) MUST_CHECK;

#endif
