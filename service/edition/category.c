// Categories: see category.h. Distinct values are few next to people, so a column holds indices and a small hash table
// finds them while the edition is built.
#include "edition/category.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 64 };

static uint32_t place_of(int32_t value, uint32_t size)
{
    uint64_t hash = (uint32_t)value * 0x9e3779b97f4a7c15U;
    return (uint32_t)(hash >> 32) & (size - 1);
}

static void put(struct category *c, uint32_t index)
{
    uint32_t at = place_of(c->values[index], c->table_size);
    while (c->table[at] != 0) {
        at = (at + 1) & (c->table_size - 1);
    }
    c->table[at] = index + 1;
}

static bool grow_table(struct category *c)
{
    uint32_t size = c->table_size == 0 ? TABLE_FIRST : c->table_size * 2;
    uint32_t *table = calloc(size, sizeof *table);
    int32_t *values = realloc(c->values, (size_t)size / 2 * sizeof *values);
    c->values = values == NULL ? c->values : values;
    if (table == NULL || values == NULL) {
        free(table);
        return false;
    }
    free(c->table);
    c->table = table;
    c->table_size = size;
    for (uint32_t i = 0; i < c->n; i++) {
        put(c, i);
    }
    return true;
}

static bool index_of(struct category *c, int32_t value, uint32_t *index)
{
    *index = VALUE_NONE;
    if (value == CATEGORY_NONE) {
        return true;
    }
    if (c->n * 2 >= c->table_size && !grow_table(c)) {
        return false;
    }
    uint32_t at = place_of(value, c->table_size);
    while (c->table[at] != 0 && c->values[c->table[at] - 1] != value) {
        at = (at + 1) & (c->table_size - 1);
    }
    if (c->table[at] == 0) {
        c->values[c->n] = value;
        c->table[at] = ++c->n;
    }
    *index = c->table[at] - 1;
    return true;
}

static bool grow_column(struct category *c)
{
    uint32_t capacity = c->capacity == 0 ? 1024 : c->capacity + c->capacity / 2;
    uint32_t *of_row = realloc(c->of_row, (size_t)capacity * sizeof *of_row);
    if (of_row == NULL) {
        return false;
    }
    c->of_row = of_row;
    c->capacity = capacity;
    return true;
}

bool category_add(struct category *c, int32_t value)
{
    if (c->rows == c->capacity && !grow_column(c)) {
        return false;
    }
    return index_of(c, value, &c->of_row[c->rows++]);
}

bool category_set(struct category *c, uint32_t row, int32_t value)
{
    return index_of(c, value, &c->of_row[row]);
}

struct numbered {
    int32_t value;
    uint32_t index;
};

static int by_value(const void *a, const void *b)
{
    int32_t left = ((const struct numbered *)a)->value;
    int32_t right = ((const struct numbered *)b)->value;
    return (left > right) - (left < right);
}

// Indices so far are in order of appearance; from here on in order of value.
static bool sort_values(struct category *c)
{
    struct numbered *numbered = malloc(((size_t)c->n + 1) * sizeof *numbered);
    uint32_t *moved = malloc(((size_t)c->n + 1) * sizeof *moved);
    if (numbered == NULL || moved == NULL) {
        free(numbered);
        free(moved);
        return false;
    }
    for (uint32_t i = 0; i < c->n; i++) {
        numbered[i] = (struct numbered){c->values[i], i};
    }
    qsort(numbered, c->n, sizeof *numbered, by_value);
    for (uint32_t i = 0; i < c->n; i++) {
        c->values[i] = numbered[i].value;
        moved[numbered[i].index] = i;
    }
    for (uint32_t row = 0; row < c->rows; row++) {
        c->of_row[row] = c->of_row[row] == VALUE_NONE ? VALUE_NONE : moved[c->of_row[row]];
    }
    free(numbered);
    free(moved);
    return true;
}

bool category_finish(struct category *c)
{
    free(c->table);
    c->table = NULL;
    c->table_size = 0;
    return sort_values(c) && postings_of_column(&c->postings, c->n, c->rows, c->of_row);
}

void category_free(struct category *c)
{
    free(c->values);
    free(c->of_row);
    free(c->table);
    postings_free(&c->postings);
    *c = (struct category){0};
}

uint64_t category_bytes(const struct category *c)
{
    return (uint64_t)c->capacity * sizeof *c->of_row + c->n * sizeof *c->values + postings_bytes(&c->postings);
}

uint32_t category_lower_bound(const struct category *c, int32_t value)
{
    uint32_t low = 0;
    uint32_t high = c->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->values[middle] < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct ids category_between(const struct category *c, struct room *room, int32_t from, int32_t to)
{
    uint32_t low = category_lower_bound(c, from);
    uint32_t high = to == INT32_MAX ? c->n : category_lower_bound(c, to + 1);
    return low >= high ? IDS_NONE : ids_or(room, c->rows, c->postings.sets + low, high - low);
}

struct ids category_equal(const struct category *c, int32_t value)
{
    uint32_t at = category_lower_bound(c, value);
    return at < c->n && c->values[at] == value ? c->postings.sets[at] : IDS_NONE;
}
