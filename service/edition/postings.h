// Postings: for each of some values, the ids that have it.
#ifndef MEIBO_EDITION_POSTINGS_H
#define MEIBO_EDITION_POSTINGS_H

#include "edition/ids.h"

struct postings {
    uint32_t universe;
    uint32_t values;
    struct ids *sets; // of each value
    uint32_t *lists;  // what they point into
    uint64_t *bits;
};

#define VALUE_NONE UINT32_MAX

// A pair says that an id has a value.
struct pair {
    uint32_t value; // VALUE_NONE: says nothing
    uint32_t id;
};

// From pairs in ascending order of id; a pair may come again right behind itself (others of the same id between or
// not). False: no memory.
bool postings_build(struct postings *postings, uint32_t values, uint32_t universe, const struct pair *pairs,
                    size_t count);
// The same from a column: the value of each id, 0 to universe - 1.
bool postings_of_column(struct postings *postings, uint32_t values, uint32_t universe, const uint32_t *column);
void postings_free(struct postings *postings);
uint64_t postings_bytes(const struct postings *postings);

#endif
