// What an edition holds, in figures.
#include "edition/private.h"

static uint64_t bitmap_bytes(const roaring_bitmap_t *bitmap)
{
    return bitmap == NULL ? 0 : roaring_bitmap_size_in_bytes(bitmap);
}

static uint64_t dated_bytes(const struct dated_index *index)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < index->entries.n; i++) {
        sum += bitmap_bytes(index->entries.p[i].rows);
    }
    return sum;
}

// Once, at the end of the build: it looks at every posting list.
struct edition_counts edition_count(const struct edition *edition)
{
    struct edition_counts counts = {
        .people = edition->people.n,
        .in_force = edition->in_force,
        .completions = edition->dones.n,
        .postings = grams_postings(edition->grams),
    };
    counts.bytes = edition->people.capacity * sizeof(struct person) + edition->dones.capacity * sizeof(struct done) +
                   edition->instants.capacity * sizeof(instant_t) + edition->json.capacity + edition->folded.capacity +
                   grams_bytes(edition->grams) + dated_bytes(&edition->registered_on) +
                   dated_bytes(&edition->expires_on) + dated_bytes(&edition->row_months) +
                   dated_bytes(&edition->done_months);
    for (int i = 0; i < PLACES; i++) {
        counts.bytes += bitmap_bytes(edition->by_home[i]) + bitmap_bytes(edition->by_employer_place[i]);
    }
    for (size_t i = 0; i < edition->courses.n; i++) {
        counts.bytes += bitmap_bytes(edition->courses.p[i].rows) + bitmap_bytes(edition->courses.p[i].dones);
    }
    return counts;
}
