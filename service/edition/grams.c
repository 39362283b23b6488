// Posting lists by gram: an open-addressing hash table from (field, first, second character) to a roaring bitmap.
#include "edition/grams.h"

#include <stdlib.h>

struct slot {
    uint64_t key; // 0: empty; no gram has this key because its first character is never 0
    roaring_bitmap_t *rows;
};

struct grams {
    struct slot *slots;
    size_t capacity; // a power of two
    size_t used;
};

enum { FIRST_CAPACITY = 4096 };

// 21 bits a character, `second` 0 for a single one.
static uint64_t key_of(enum field field, uint32_t first, uint32_t second)
{
    return (uint64_t)field << 42 | (uint64_t)first << 21 | second;
}

// Multiplication by the golden ratio spreads neighbouring characters over the table (Knuth, TAOCP 3, 6.4).
static size_t place_of(uint64_t key, size_t capacity)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15U;
    return (size_t)(hash ^ hash >> 32) & (capacity - 1);
}

static struct slot *find_slot(struct slot *slots, size_t capacity, uint64_t key)
{
    size_t at = place_of(key, capacity);
    while (slots[at].key != key && slots[at].key != 0) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

struct grams *grams_new(void)
{
    struct grams *grams = calloc(1, sizeof *grams);
    if (grams == NULL) {
        return NULL;
    }
    grams->capacity = FIRST_CAPACITY;
    grams->slots = calloc(grams->capacity, sizeof grams->slots[0]);
    if (grams->slots == NULL) {
        grams_free(&grams);
    }
    return grams;
}

void grams_free(struct grams **grams)
{
    if (*grams == NULL) {
        return;
    }
    for (size_t i = 0; (*grams)->slots != NULL && i < (*grams)->capacity; i++) {
        if ((*grams)->slots[i].rows != NULL) {
            roaring_bitmap_free((*grams)->slots[i].rows);
        }
    }
    free((*grams)->slots);
    free(*grams);
    *grams = NULL;
}

static bool grow(struct grams *grams)
{
    size_t capacity = grams->capacity * 2;
    struct slot *slots = calloc(capacity, sizeof slots[0]);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < grams->capacity; i++) {
        if (grams->slots[i].key != 0) {
            *find_slot(slots, capacity, grams->slots[i].key) = grams->slots[i];
        }
    }
    free(grams->slots);
    grams->slots = slots;
    grams->capacity = capacity;
    return true;
}

static bool add_one(struct grams *grams, uint64_t key, uint32_t row)
{
    if (grams->used * 2 >= grams->capacity && !grow(grams)) {
        return false;
    }
    struct slot *slot = find_slot(grams->slots, grams->capacity, key);
    if (slot->key == 0) {
        slot->rows = roaring_bitmap_create();
        if (slot->rows == NULL) {
            return false;
        }
        slot->key = key;
        grams->used++;
    }
    roaring_bitmap_add(slot->rows, row);
    return true;
}

bool grams_add(struct grams *grams, enum field field, uint32_t row, struct str folded)
{
    uint32_t before = 0;
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = str_next_char(folded, &at);
        if (c == 0 || !add_one(grams, key_of(field, c, 0), row) ||
            (before != 0 && !add_one(grams, key_of(field, before, c), row))) {
            return false;
        }
        before = c;
    }
    return true;
}

void grams_settle(struct grams *grams)
{
    for (size_t i = 0; i < grams->capacity; i++) {
        if (grams->slots[i].rows != NULL) {
            (void)roaring_bitmap_shrink_to_fit(grams->slots[i].rows);
        }
    }
}

static const roaring_bitmap_t *lookup(const struct grams *grams, enum field field, uint32_t first, uint32_t second)
{
    return find_slot(grams->slots, grams->capacity, key_of(field, first, second))->rows;
}

// Intersects `*found` (NULL: nothing yet) with a list; a missing list empties it. False: no memory.
static bool narrow(roaring_bitmap_t **found, const roaring_bitmap_t *rows)
{
    if (*found == NULL) {
        *found = rows == NULL ? roaring_bitmap_create() : roaring_bitmap_copy(rows);
        return *found != NULL;
    }
    if (rows == NULL) {
        roaring_bitmap_clear(*found);
    } else {
        roaring_bitmap_and_inplace(*found, rows);
    }
    return true;
}

roaring_bitmap_t *grams_find(const struct grams *grams, enum field field, struct str folded, bool *exact)
{
    roaring_bitmap_t *found = NULL;
    size_t at = 0;
    size_t length = 1;
    uint32_t before = str_next_char(folded, &at);
    for (; at < folded.n; length++) {
        uint32_t c = str_next_char(folded, &at);
        if (!narrow(&found, lookup(grams, field, before, c))) {
            return NULL;
        }
        before = c;
    }
    *exact = length <= 2;
    if (length == 1) {
        (void)narrow(&found, lookup(grams, field, before, 0));
    }
    return found;
}

uint64_t grams_postings(const struct grams *grams)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < grams->capacity; i++) {
        sum += grams->slots[i].rows == NULL ? 0 : roaring_bitmap_get_cardinality(grams->slots[i].rows);
    }
    return sum;
}

uint64_t grams_bytes(const struct grams *grams)
{
    uint64_t sum = grams->capacity * sizeof grams->slots[0];
    for (size_t i = 0; i < grams->capacity; i++) {
        sum += grams->slots[i].rows == NULL ? 0 : roaring_bitmap_size_in_bytes(grams->slots[i].rows);
    }
    return sum;
}
