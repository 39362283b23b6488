// One page of a search as bytes: JSON, NDJSON (page_json.c) or CSV (page_csv.c).
#ifndef MEIBO_API_PAGE_OUT_H
#define MEIBO_API_PAGE_OUT_H

#include "api/search.h"

// A search and what it found.
struct found {
    const struct visit *visit;
    const struct search *search;
    struct page page;
    struct facet_counts *facets; // an array of FACET_COUNT; NULL where none was asked for
    struct offer near[OFFERS_MOST];
    size_t near_count;
};

// Each fills the reply, Link included. Should the register's own JSON not be what it is known to be, the body is marked
// as failed, which makes the answer a 500.
void page_write_json(const struct found *found, struct reply *reply);
void page_write_ndjson(const struct found *found, struct reply *reply);
void page_write_csv(const struct found *found, struct reply *reply);

// Whether the answer shows a member of a registrant: a place in registrant_fields. The number always.
bool page_shows(const struct found *found, int field);
// The place of a name in registrant_fields, -1 for none.
int page_field(struct str name);
// The address of the next page, appended, and as Link; nothing on the last page.
void page_add_next(const struct found *found, struct reply *reply, struct buf *next);
// Gives each number that was asked for and never issued to `add`.
void page_each_unknown(const struct found *found, void (*add)(struct buf *out, struct str number, bool first),
                       struct buf *out);

#endif
