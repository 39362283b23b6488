// What an answer is known by: its entity tag, made of the edition and of what makes two queries one.
#ifndef MEIBO_API_TAG_H
#define MEIBO_API_TAG_H

#include "api/api.h"

// The tag of the answer to this visit, which has an edition and a media type.
void tag_set(const struct visit *visit, struct reply *reply);
// Whether the client has the answer with the reply's tag, plain or compressed (then the reply notes that it is).
bool tag_is_known(const struct visit *visit, struct reply *reply);
// Digest of the query without limit and cursor; 0 on a route without a cursor.
uint64_t tag_of_walk(const struct visit *visit);

#endif
