// What an edition holds, in figures.
#include "edition/private.h"

static uint64_t index_bytes(const struct edition *e)
{
    const struct category *const categories[] = {
        &e->status,         &e->registered_on, &e->expires_on, &e->home,
        &e->employer_place, &e->exam_passed,   &e->renewals,   &e->last_completed_on,
    };
    const struct postings *const postings[] = {&e->course_rows, &e->course_dones, &e->month_rows, &e->month_dones,
                                               &e->kana.people};
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        sum += category_bytes(categories[i]);
    }
    for (size_t i = 0; i < sizeof postings / sizeof postings[0]; i++) {
        sum += postings_bytes(postings[i]);
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        sum += lexicon_bytes(&e->slots[slot]);
    }
    return sum + (3 + KIND_COUNT) * ids_words(edition_universe(e)) * sizeof *e->bits;
}

// Once, at the end of the build: it looks at every posting list.
struct edition_counts edition_count(const struct edition *e)
{
    struct edition_counts counts = {
        .people = e->people.n,
        .in_force = e->in_force.n,
        .nameless = e->in_force.n - e->name_public.n,
        .completions = e->dones.n,
    };
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        counts.postings += lexicon_postings(&e->slots[slot]);
    }
    counts.bytes = e->people.capacity * sizeof(struct person) +
                   e->dones.capacity * (sizeof(struct done) + sizeof(struct done_times)) +
                   e->instants.list.capacity * (sizeof(instant_t) + INSTANT_TEXT) + e->json.capacity + index_bytes(e);
    return counts;
}
