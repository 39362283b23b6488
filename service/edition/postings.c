// Postings: see postings.h. Built by counting: how many ids each value has, then every id into its place.
#include "edition/postings.h"

#include <stdlib.h>

// Where pairs come from: an array, or a column.
struct source {
    const struct pair *pairs;
    const uint32_t *column;
    size_t count;
};

static struct pair pair_at(const struct source *source, size_t i)
{
    return source->pairs != NULL ? source->pairs[i] : (struct pair){source->column[i], (uint32_t)i};
}

// Counts each value's ids. `last`: the last id seen of each value, so that one that comes again counts once.
static void count(const struct source *source, uint32_t *counts, uint32_t *last, uint32_t values)
{
    for (uint32_t value = 0; value < values; value++) {
        last[value] = UINT32_MAX;
    }
    for (size_t i = 0; i < source->count; i++) {
        struct pair pair = pair_at(source, i);
        if (pair.value != VALUE_NONE && last[pair.value] != pair.id) {
            last[pair.value] = pair.id;
            counts[pair.value]++;
        }
    }
}

// Gives each value its set: a list, or bits where there are too many ids for one. False: no memory.
static bool divide(struct postings *postings, const uint32_t *counts)
{
    size_t words = ids_words(postings->universe);
    size_t listed = 0;
    size_t dense = 0;
    for (uint32_t value = 0; value < postings->values; value++) {
        if (counts[value] > ids_list_most(postings->universe)) {
            dense++;
        } else {
            listed += counts[value];
        }
    }
    postings->lists = malloc((listed + 1) * sizeof *postings->lists);
    postings->bits = calloc(dense * words + 1, sizeof *postings->bits);
    if (postings->lists == NULL || postings->bits == NULL) {
        return false;
    }
    uint32_t *list = postings->lists;
    uint64_t *bits = postings->bits;
    for (uint32_t value = 0; value < postings->values; value++) {
        if (counts[value] > ids_list_most(postings->universe)) {
            postings->sets[value] = (struct ids){0, NULL, bits};
            bits += words;
        } else {
            postings->sets[value] = (struct ids){0, list, NULL};
            list += counts[value];
        }
    }
    return true;
}

// The sets' members are const for everybody else.
static void put(struct ids *set, uint32_t id)
{
    if (set->bits == NULL) {
        ((uint32_t *)(uintptr_t)set->list)[set->n++] = id;
        return;
    }
    uint64_t *word = &((uint64_t *)(uintptr_t)set->bits)[id / 64];
    uint64_t bit = (uint64_t)1 << (id % 64);
    set->n += (*word & bit) == 0 ? 1 : 0;
    *word |= bit;
}

static void fill(struct postings *postings, const struct source *source, uint32_t *last)
{
    for (uint32_t value = 0; value < postings->values; value++) {
        last[value] = UINT32_MAX;
    }
    for (size_t i = 0; i < source->count; i++) {
        struct pair pair = pair_at(source, i);
        if (pair.value != VALUE_NONE && last[pair.value] != pair.id) {
            last[pair.value] = pair.id;
            put(&postings->sets[pair.value], pair.id);
        }
    }
}

static bool build(struct postings *postings, uint32_t values, uint32_t universe, struct source source)
{
    *postings = (struct postings){.universe = universe, .values = values};
    uint32_t *counts = calloc((size_t)values + 1, sizeof *counts);
    uint32_t *last = malloc(((size_t)values + 1) * sizeof *last);
    postings->sets = calloc((size_t)values + 1, sizeof *postings->sets);
    bool ok = counts != NULL && last != NULL && postings->sets != NULL;
    if (ok) {
        count(&source, counts, last, values);
        ok = divide(postings, counts);
    }
    if (ok) {
        fill(postings, &source, last);
    }
    free(counts);
    free(last);
    return ok;
}

bool postings_build(struct postings *postings, uint32_t values, uint32_t universe, const struct pair *pairs,
                    size_t pair_count)
{
    return build(postings, values, universe, (struct source){.pairs = pairs, .count = pairs == NULL ? 0 : pair_count});
}

bool postings_of_column(struct postings *postings, uint32_t values, uint32_t universe, const uint32_t *column)
{
    return build(postings, values, universe, (struct source){.column = column, .count = universe});
}

void postings_free(struct postings *postings)
{
    free(postings->sets);
    free(postings->lists);
    free(postings->bits);
    *postings = (struct postings){0};
}

uint64_t postings_bytes(const struct postings *postings)
{
    uint64_t sum = 0;
    for (uint32_t value = 0; value < postings->values; value++) {
        struct ids set = postings->sets[value];
        sum += sizeof set + (set.bits != NULL ? ids_words(postings->universe) * sizeof *set.bits
                                              : (uint64_t)set.n * sizeof *set.list);
    }
    return sum;
}
