// Searching completions, and their place for cursors: see query.h.
#include "edition/query.h"

#include <string.h>

#include "edition/search.h"

// The completions of the people asked for.
static struct ids of_numbers(const struct edition *e, struct room *room, const struct done_query *query)
{
    uint32_t rows[2 * QUERY_NUMBERS_MOST];
    uint32_t count = 0;
    uint32_t n = 0;
    size_t most = 0;
    for (size_t i = 0; i < query->number_count; i++) {
        uint32_t row = edition_find(e, query->numbers[i]);
        if (row != ROW_NONE) {
            rows[count++] = row;
        }
    }
    count = ids_sort(rows, count, rows + QUERY_NUMBERS_MOST);
    for (uint32_t i = 0; i < count; i++) {
        most += e->people.p[rows[i]].done_count;
    }
    uint32_t *list = room_take(room, (most + 1) * sizeof *list);
    for (uint32_t i = 0; list != NULL && i < count; i++) {
        const struct person *person = &e->people.p[rows[i]];
        for (uint32_t done = 0; done < person->done_count; done++) {
            list[n++] = person->done_at + done;
        }
    }
    return (struct ids){n, list, NULL};
}

static void fill(const struct done_query *query, struct ids found, uint32_t universe, struct page *page)
{
    uint32_t id = ids_next(found, universe, query->from);
    page->total = found.n;
    page->count = 0;
    for (; id != UINT32_MAX && page->count < query->limit; id = ids_next(found, universe, id + 1)) {
        page->ids[page->count++] = id;
    }
    page->more = id != UINT32_MAX;
}

// Everything: no set is needed.
static void fill_all(const struct edition *edition, const struct done_query *query, struct page *page)
{
    page->total = edition->dones.n;
    page->count = 0;
    for (uint64_t id = query->from; id < edition->dones.n && page->count < query->limit; id++) {
        page->ids[page->count++] = (uint32_t)id;
    }
    page->more = (uint64_t)query->from + page->count < edition->dones.n;
}

static enum err search(const struct edition *edition, struct room *room, const struct done_query *query,
                       struct page *page)
{
    uint32_t universe = (uint32_t)edition->dones.n;
    bool by_number = query->number_count > 0;
    struct ids found = by_number ? of_numbers(edition, room, query) : IDS_NONE;
    if (!done_condition_is_empty(&query->done)) {
        struct ids dones = done_condition_dones(edition, room, &query->done);
        found = by_number ? ids_and(room, universe, found, dones) : dones;
    }
    fill(query, found, universe, page);
    return room_failed(room) ? ERR_MEMORY : ERR_OK;
}

enum err query_dones(const struct edition *edition, const struct done_query *query, struct page *page)
{
    page->matched = false;
    if (query->number_count == 0 && done_condition_is_empty(&query->done)) {
        fill_all(edition, query, page);
        return ERR_OK;
    }
    struct room *room = room_borrow(edition->rooms);
    if (room == NULL) {
        return ERR_MEMORY;
    }
    enum err err = search(edition, room, query, page);
    room_return(edition->rooms, room);
    return err;
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
    uint32_t row = edition_lower_bound(edition, number);
    if (row == edition->people.n) {
        return (uint32_t)edition->dones.n;
    }
    const struct person *person = &edition->people.p[row];
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
    *number = edition->people.p[done_owner(edition, done)].number;
    *completed_on = done_day(&edition->dones.p[done]);
    *course = edition->courses.p[edition->dones.p[done].course].code;
}
