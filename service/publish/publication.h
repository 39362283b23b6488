// The act of publishing, shared by the import and the publisher: take the head's lock, write under the next number,
// record the publication, tell the listeners. Gapless and in commit order because the head's row is locked until
// commit.
#ifndef MEIBO_PUBLISH_PUBLICATION_H
#define MEIBO_PUBLISH_PUBLICATION_H

#include "store/conn.h"

#define PUBLICATION_CHANNEL "meibo_publication"

// Inside a transaction as meibo_publisher: locks the head and gives the number that this transaction publishes.
enum err publication_take(struct conn *conn, int64_t *number, struct fault *fault) MUST_CHECK;
// Writes the publication's row and tells PUBLICATION_CHANNEL (heard at commit), as the last thing before commit.
enum err publication_finish(struct conn *conn, int64_t number, const char *cause, uint64_t added, uint64_t changed,
                            uint64_t ended, struct fault *fault) MUST_CHECK;

#endif
