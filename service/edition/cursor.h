// Cursors: where a walk goes on, as unpadded base64url. A cursor holds the last item's key (not a place in an edition,
// so a walk stays right across publications), the digest of the query it belongs to, and a keyed check.
#ifndef MEIBO_EDITION_CURSOR_H
#define MEIBO_EDITION_CURSOR_H

#include "base/buf.h"
#include "base/digest.h"
#include "register/types.h"

enum { CURSOR_LONGEST = 160 }; // characters

// The last item sent. For people only the number counts.
struct cursor {
    number_t number;
    day_t completed_on;            // DAY_NONE: people
    char course[CODE_LONGEST + 1]; // "" for people
};

void cursor_write(const struct short_key *key, uint64_t query_digest, const struct cursor *cursor, struct buf *out);
// ERR_INVALID: damaged, or made by something else. ERR_CONFLICT: sound, but of another query.
enum err cursor_parse(const struct short_key *key, uint64_t query_digest, struct str text,
                      struct cursor *cursor) MUST_CHECK;

#endif
