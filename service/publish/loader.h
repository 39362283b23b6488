// From the record to an edition: reads the current rows in one snapshot and builds.
#ifndef MEIBO_PUBLISH_LOADER_H
#define MEIBO_PUBLISH_LOADER_H

#include "edition/edition.h"
#include "store/conn.h"

// The publication that is current; publication 0 before the first one. `day` is not set.
enum err load_head(struct conn *conn, struct edition_head *head, struct fault *fault) MUST_CHECK;
// Builds the edition of the current publication as of `day`. The connection is a reader's, outside a transaction.
enum err load_edition(struct conn *conn, day_t day, struct edition **edition, struct fault *fault) MUST_CHECK;

#endif
