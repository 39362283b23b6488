// Numbered instants: see instants.h.
#include "edition/instants.h"

#include <stdlib.h>

enum { TABLE_FIRST = 256 };

static size_t place_of(instant_t instant, size_t size)
{
    uint64_t hash = (uint64_t)instant * 0x9e3779b97f4a7c15U;
    return (size_t)(hash >> 32) & (size - 1);
}

static uint32_t *find(const struct instants *instants, instant_t instant)
{
    size_t at = place_of(instant, instants->table_size);
    while (instants->table[at] != 0 && instants->list.p[instants->table[at] - 1] != instant) {
        at = (at + 1) & (instants->table_size - 1);
    }
    return &instants->table[at];
}

static bool grow(struct instants *instants)
{
    size_t size = instants->table_size == 0 ? TABLE_FIRST : instants->table_size * 2;
    uint32_t *table = calloc(size, sizeof *table);
    if (table == NULL) {
        return false;
    }
    free(instants->table);
    instants->table = table;
    instants->table_size = size;
    for (size_t i = 0; i < instants->list.n; i++) {
        *find(instants, instants->list.p[i]) = (uint32_t)i + 1;
    }
    return true;
}

bool instants_number(struct instants *instants, instant_t instant, uint32_t *number)
{
    if (instants->list.n > 0 && instants->list.p[instants->last] == instant) {
        *number = instants->last;
        return true;
    }
    if (instants->list.n * 2 >= instants->table_size && !grow(instants)) {
        return false;
    }
    uint32_t *at = find(instants, instant);
    if (*at == 0) {
        if (!ARRAY_GROW(&instants->list)) {
            return false;
        }
        instants->list.p[instants->list.n - 1] = instant;
        *at = (uint32_t)instants->list.n;
    }
    instants->last = *at - 1;
    *number = instants->last;
    return true;
}

void instants_settle(struct instants *instants)
{
    free(instants->table);
    instants->table = NULL;
    instants->table_size = 0;
    ARRAY_SHRINK(&instants->list);
}

void instants_free(struct instants *instants)
{
    free(instants->table);
    free(instants->list.p);
    *instants = (struct instants){0};
}
