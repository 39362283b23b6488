// A category: one number of each person (a day, a month, a count, a code), or none. For filters by value or range,
// facets and orders.
#ifndef MEIBO_EDITION_CATEGORY_H
#define MEIBO_EDITION_CATEGORY_H

#include "edition/postings.h"

enum { CATEGORY_NONE = INT32_MIN };

struct category {
    int32_t *values; // ascending, distinct
    uint32_t n;
    uint32_t *of_row; // index into `values`, VALUE_NONE: none
    struct postings postings;
    // While it is built:
    uint32_t rows, capacity;
    uint32_t *table; // open addressing: index + 1 into `values`
    uint32_t table_size;
};

// The next row's value. False: no memory.
bool category_add(struct category *category, int32_t value);
// Replaces the value of a row that was added.
bool category_set(struct category *category, uint32_t row, int32_t value);
// Sorts the values and makes the postings. False: no memory.
bool category_finish(struct category *category);
void category_free(struct category *category);
uint64_t category_bytes(const struct category *category);

// Index of the first value >= `value`; n if there is none.
uint32_t category_lower_bound(const struct category *category, int32_t value);
// The rows whose value is in from..to. A view, or in the room.
struct ids category_between(const struct category *category, struct room *room, int32_t from, int32_t to);
// The rows with just this value.
struct ids category_equal(const struct category *category, int32_t value);

#endif
