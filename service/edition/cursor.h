// Cursors: where a walk goes on, as unpadded base64url. A cursor holds the last item's key (not a place in an edition,
// so a walk stays right across publications), the digest of the query it belongs to, and a keyed check.
#ifndef MEIBO_EDITION_CURSOR_H
#define MEIBO_EDITION_CURSOR_H

#include "base/buf.h"
#include "base/digest.h"
#include "register/types.h"

// Two forms of a kana reading of 200 characters, three bytes each, fit into the text.
enum { CURSOR_TEXT_LONGEST = 1500, CURSOR_LONGEST = 2048 }; // bytes; characters of the whole cursor

// The key of the last item sent, in the order of its list. Completions: number, day, code of the course. People:
// number, and what `struct position` (query.h) has.
struct cursor {
    number_t number;
    int32_t value; // a day, a rank; 0 where the order has none
    size_t text_length;
    char text[CURSOR_TEXT_LONGEST];
};

// A text that is too long is cut, so that it stands behind every text that begins with what is left: a walk may then
// leave out people whose readings agree in all of that, but it never comes to an item again.
void cursor_set_text(struct cursor *cursor, struct str text);
struct str cursor_text(const struct cursor *cursor);

void cursor_write(const struct short_key *key, uint64_t query_digest, const struct cursor *cursor, struct buf *out);
// ERR_INVALID: damaged, or made by something else. ERR_CONFLICT: sound, but of another query.
enum err cursor_parse(const struct short_key *key, uint64_t query_digest, struct str text,
                      struct cursor *cursor) MUST_CHECK;

#endif
