// Rows by day or by month, for ranges: a sorted array of values, each with its rows. There are few distinct values
// (two registration days a year, twelve months), so a range is the union of a few lists.
#include <stdlib.h>
#include <string.h>

#include "edition/private.h"

void *array_room(void *p, size_t n, size_t *capacity, size_t element)
{
    if (n < *capacity) {
        return p;
    }
    size_t larger = *capacity == 0 ? 64 : *capacity + *capacity / 2;
    void *moved = realloc(p, larger * element);
    *capacity = moved == NULL ? *capacity : larger;
    return moved;
}

// The first entry whose value is at least `value`.
static size_t lower_bound(const struct dated_index *index, int32_t value)
{
    size_t low = 0;
    size_t high = index->entries.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->entries.p[middle].value < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool insert(struct dated_index *index, size_t at, int32_t value)
{
    roaring_bitmap_t *rows = roaring_bitmap_create();
    if (rows == NULL) {
        return false;
    }
    if (!ARRAY_GROW(&index->entries)) {
        roaring_bitmap_free(rows);
        return false;
    }
    struct dated *p = index->entries.p;
    memmove(p + at + 1, p + at, (index->entries.n - 1 - at) * sizeof p[0]);
    p[at] = (struct dated){value, rows};
    return true;
}

bool dated_add(struct dated_index *index, int32_t value, uint32_t id)
{
    size_t at = lower_bound(index, value);
    bool there = at < index->entries.n && index->entries.p[at].value == value;
    if (!there && !insert(index, at, value)) {
        return false;
    }
    roaring_bitmap_add(index->entries.p[at].rows, id);
    return true;
}

void dated_free(struct dated_index *index)
{
    for (size_t i = 0; i < index->entries.n; i++) {
        roaring_bitmap_free(index->entries.p[i].rows);
    }
    free(index->entries.p);
    *index = (struct dated_index){0};
}

roaring_bitmap_t *dated_between(const struct dated_index *index, int32_t from, int32_t to)
{
    roaring_bitmap_t *rows = roaring_bitmap_create();
    for (size_t at = lower_bound(index, from);
         rows != NULL && at < index->entries.n && index->entries.p[at].value <= to; at++) {
        roaring_bitmap_or_inplace(rows, index->entries.p[at].rows);
    }
    return rows;
}
