// Searching completions: see query.h.
#include <string.h>

#include "edition/plan.h"

static void plan_numbers(struct plan *plan, const struct edition *edition, const struct done_query *query)
{
    roaring_bitmap_t *dones = roaring_bitmap_create();
    for (size_t i = 0; dones != NULL && i < query->number_count; i++) {
        uint32_t row = edition_find(edition, query->numbers[i]);
        if (row != ROW_NONE && edition->people.p[row].done_count > 0) {
            const struct person *person = &edition->people.p[row];
            roaring_bitmap_add_range(dones, person->done_at, (uint64_t)person->done_at + person->done_count);
        }
    }
    plan_take(plan, dones);
}

static void verify(const struct edition *edition, const struct done_query *query, const roaring_bitmap_t *candidates,
                   struct page *page)
{
    roaring_uint32_iterator_t at;
    *page = (struct page){0};
    for (roaring_init_iterator(candidates, &at); at.has_value; (void)roaring_advance_uint32_iterator(&at)) {
        if (!done_fits(edition, &query->done, &edition->dones.p[at.current_value])) {
            continue;
        }
        page->total++;
        if (at.current_value < query->from) {
            continue;
        }
        if (page->count < query->limit) {
            page->ids[page->count++] = at.current_value;
        } else {
            page->more = true;
        }
    }
}

// Everything: no list is needed.
static void fill_all(const struct edition *edition, const struct done_query *query, struct page *page)
{
    *page = (struct page){.total = edition->dones.n};
    for (uint64_t id = query->from; id < edition->dones.n && page->count < query->limit; id++) {
        page->ids[page->count++] = (uint32_t)id;
    }
    page->more = (uint64_t)query->from + page->count < edition->dones.n;
}

enum err query_dones(const struct edition *edition, const struct done_query *query, struct page *page)
{
    PLAN_AUTO struct plan plan = {0};
    bool check = false;
    if (query->number_count > 0) {
        plan_numbers(&plan, edition, query);
    }
    if (!done_condition_is_empty(&query->done)) {
        check = plan_done(&plan, edition, &query->done, false);
    }
    if (plan.n == 0 && !plan.failed) {
        fill_all(edition, query, page);
        return ERR_OK;
    }
    roaring_bitmap_t *found = plan_intersect(&plan);
    if (found == NULL) {
        return ERR_MEMORY;
    }
    if (check) {
        verify(edition, query, found, page);
    } else {
        page_fill(page, found, query->from, query->limit);
    }
    roaring_bitmap_free(found);
    return ERR_OK;
}

// Order of the dones of one person: newest first, then course by its code.
static bool is_at_or_before(const struct edition *edition, const struct done *done, day_t day, struct str course)
{
    if (done_day(done) != day) {
        return done_day(done) > day;
    }
    struct str code = edition->courses.p[done->course].code;
    int order = memcmp(code.p, course.p, code.n < course.n ? code.n : course.n);
    return order < 0 || (order == 0 && code.n <= course.n);
}

uint32_t done_after(const struct edition *edition, number_t number, day_t completed_on, struct str course)
{
    size_t low = 0;
    size_t high = edition->people.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edition->people.p[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == edition->people.n) {
        return (uint32_t)edition->dones.n;
    }
    const struct person *person = &edition->people.p[low];
    uint32_t at = person->done_at;
    uint32_t end = person->number == number ? at + person->done_count : at;
    while (at < end && is_at_or_before(edition, &edition->dones.p[at], completed_on, course)) {
        at++;
    }
    return at;
}

void done_identify(const struct edition *edition, uint32_t done, number_t *number, day_t *completed_on,
                   struct str *course)
{
    *number = done_owner(edition, done)->number;
    *completed_on = done_day(&edition->dones.p[done]);
    *course = edition->courses.p[edition->dones.p[done].course].code;
}
