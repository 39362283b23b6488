// The order of kana: see private.h. Entries are put in order once; a person's place follows from those of their parts.
#include <stdlib.h>

#include "edition/private.h"

static int compare_entries(const struct lexicon *lexicon, uint32_t a, uint32_t b)
{
    int order = str_compare(lexicon_form(lexicon, a, FORM_SOUND), lexicon_form(lexicon, b, FORM_SOUND));
    return order != 0 ? order
                      : str_compare(lexicon_form(lexicon, a, FORM_UNIFIED), lexicon_form(lexicon, b, FORM_UNIFIED));
}

static int by_forms(const void *a, const void *b, void *lexicon)
{
    return compare_entries(lexicon, *(const uint32_t *)a, *(const uint32_t *)b);
}

// Sorts a lexicon's entries; entries with the same forms share a place. False: no memory.
static bool order_entries(const struct lexicon *lexicon, uint32_t **entries, uint32_t **places)
{
    uint32_t n = (uint32_t)lexicon->entries.n;
    *entries = malloc(((size_t)n + 1) * sizeof **entries);
    *places = malloc(((size_t)n + 1) * sizeof **places);
    if (*entries == NULL || *places == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        (*entries)[i] = i;
    }
    qsort_r(*entries, n, sizeof **entries, by_forms, (void *)(uintptr_t)lexicon);
    for (uint32_t i = 0; i < n; i++) {
        bool same = i > 0 && compare_entries(lexicon, (*entries)[i - 1], (*entries)[i]) == 0;
        (*places)[(*entries)[i]] = same ? (*places)[(*entries)[i - 1]] : i + 1;
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static uint32_t place_in(const uint64_t *keys, uint32_t n, uint64_t key)
{
    uint32_t low = 0;
    uint32_t high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint64_t key_of_row(const struct edition *e, uint32_t row)
{
    uint32_t family = e->slots[SLOT_KANA_FAMILY].of_row[row];
    uint32_t given = e->slots[SLOT_KANA_GIVEN].of_row[row];
    if (family == VALUE_NONE) {
        return 0;
    }
    return (uint64_t)e->kana.family_places[family] << 32 | (given == VALUE_NONE ? 0 : e->kana.given_places[given]);
}

bool kana_order_build(struct edition *e)
{
    struct kana_order *order = &e->kana;
    uint32_t rows = edition_universe(e);
    order->keys = malloc(((size_t)rows + 1) * sizeof *order->keys);
    order->of_row = malloc(((size_t)rows + 1) * sizeof *order->of_row);
    if (order->keys == NULL || order->of_row == NULL ||
        !order_entries(&e->slots[SLOT_KANA_FAMILY], &order->families, &order->family_places) ||
        !order_entries(&e->slots[SLOT_KANA_GIVEN], &order->givens, &order->given_places)) {
        return false;
    }
    uint32_t n = 0;
    for (uint32_t row = 0; row < rows; row++) {
        uint64_t key = key_of_row(e, row);
        order->keys[n] = key;
        n += key != 0 ? 1 : 0;
    }
    qsort(order->keys, n, sizeof *order->keys, by_value);
    for (uint32_t i = 0; i < n; i++) {
        if (order->n == 0 || order->keys[order->n - 1] != order->keys[i]) {
            order->keys[order->n++] = order->keys[i];
        }
    }
    for (uint32_t row = 0; row < rows; row++) {
        uint64_t key = key_of_row(e, row);
        order->of_row[row] = key == 0 ? VALUE_NONE : place_in(order->keys, order->n, key);
    }
    uint64_t *shorter = realloc(order->keys, ((size_t)order->n + 1) * sizeof *shorter);
    order->keys = shorter == NULL ? order->keys : shorter;
    return postings_of_column(&order->people, order->n, rows, order->of_row);
}

void kana_order_free(struct kana_order *order)
{
    free(order->families);
    free(order->family_places);
    free(order->givens);
    free(order->given_places);
    free(order->keys);
    free(order->of_row);
    postings_free(&order->people);
    *order = (struct kana_order){0};
}
