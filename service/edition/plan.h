// The conditions of a query as bitmaps, gathered before anything is intersected: owned ones (made for this query) and
// borrowed ones (the edition's own lists). Shared by query.c and done_query.c.
#ifndef MEIBO_EDITION_PLAN_H
#define MEIBO_EDITION_PLAN_H

#include "edition/private.h"
#include "edition/query.h"

enum { PLAN_MOST = 40 };

struct plan {
    const roaring_bitmap_t *lists[PLAN_MOST];
    size_t n;
    roaring_bitmap_t *owned[PLAN_MOST];
    size_t owned_count;
    bool failed; // no memory, or more conditions than PLAN_MOST
};

#define PLAN_AUTO __attribute__((cleanup(plan_fini)))
void plan_fini(struct plan *plan);
// NULL stands for an empty list.
void plan_borrow(struct plan *plan, const roaring_bitmap_t *list);
// Takes the list; NULL counts as "no memory".
void plan_take(struct plan *plan, roaring_bitmap_t *list);
// Intersection of all, smallest first; new, the caller's. NULL: no memory. At least one condition is there.
roaring_bitmap_t *plan_intersect(const struct plan *plan);

// Adds what the lists know of a completion condition: `rows` for people, otherwise dones. Returns whether a candidate
// must still be verified with done_fits().
bool plan_done(struct plan *plan, const struct edition *edition, const struct done_condition *condition, bool rows);
bool done_fits(const struct edition *edition, const struct done_condition *condition, const struct done *done);
bool done_condition_is_empty(const struct done_condition *condition);

// Keeps what is still to be sent: the total is the list's size, the page begins at the first id >= from.
void page_fill(struct page *page, const roaring_bitmap_t *found, uint32_t from, uint32_t limit);

#endif
