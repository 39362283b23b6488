// Terms: the spellings of a skill that are one in form unified (Web, WEB, ｗｅｂ) count as one.
#include <stdlib.h>

#include "edition/lexicon.h"

static int compare_unified(const struct lexicon *lexicon, uint32_t a, uint32_t b)
{
    return str_compare(lexicon_form(lexicon, a, FORM_UNIFIED), lexicon_form(lexicon, b, FORM_UNIFIED));
}

static int by_unified(const void *a, const void *b, void *lexicon)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = compare_unified(lexicon, left, right);
    return order != 0 ? order : (left > right) - (left < right);
}

// Each entry's term, and each term's entry: the one that most people have, the earlier one of equals.
static void join(struct lexicon *lexicon, const uint32_t *ordered)
{
    for (uint32_t i = 0; i < lexicon->entries.n; i++) {
        bool same = i > 0 && compare_unified(lexicon, ordered[i - 1], ordered[i]) == 0;
        uint32_t term = same ? lexicon->terms - 1 : lexicon->terms++;
        lexicon->term_of[ordered[i]] = term;
        if (!same || lexicon->people.sets[ordered[i]].n > lexicon->people.sets[lexicon->term_entry[term]].n) {
            lexicon->term_entry[term] = ordered[i];
        }
    }
}

void lexicon_count_terms(const struct lexicon *lexicon, uint32_t row, uint32_t *counts)
{
    const uint32_t *entries;
    size_t n = lexicon_of_row(lexicon, row, &entries);
    for (size_t i = 0; i < n; i++) {
        uint32_t term = lexicon->term_of[entries[i]];
        bool repeated = false;
        for (size_t j = 0; j < i && !repeated; j++) {
            repeated = lexicon->term_of[entries[j]] == term;
        }
        counts[term] += repeated ? 0 : 1;
    }
}

bool lexicon_make_terms(struct lexicon *lexicon)
{
    size_t bytes = (lexicon->entries.n + 1) * sizeof(uint32_t);
    uint32_t *ordered = malloc(bytes);
    lexicon->term_of = malloc(bytes);
    lexicon->term_entry = malloc(bytes);
    lexicon->term_people = calloc(1, bytes);
    if (ordered == NULL || lexicon->term_of == NULL || lexicon->term_entry == NULL || lexicon->term_people == NULL) {
        free(ordered);
        return false;
    }
    for (uint32_t i = 0; i < lexicon->entries.n; i++) {
        ordered[i] = i;
    }
    qsort_r(ordered, lexicon->entries.n, sizeof *ordered, by_unified, lexicon);
    join(lexicon, ordered);
    for (uint32_t row = 0; row < lexicon->people.universe; row++) {
        lexicon_count_terms(lexicon, row, lexicon->term_people);
    }
    free(ordered);
    return true;
}
