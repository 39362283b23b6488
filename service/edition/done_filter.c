// Conditions on completions, as sets of people or of completions.
//
// The lists by course, by month, and for people by course and month, settle it, but for the months that a range cuts in
// two: who completed something in those is looked at one by one.
#include <string.h>

#include "edition/search.h"

bool done_condition_is_empty(const struct done_condition *c)
{
    return !c->by_course && c->kinds == 0 && c->operator_count == 0 && c->completed.from == DAY_NONE &&
           c->completed.to == DAY_NONE;
}

static bool operator_fits(const struct done_condition *c, const struct course_entry *course)
{
    for (size_t i = 0; i < c->operator_count; i++) {
        if (str_equal(c->operators[i], course->operator_code)) {
            return true;
        }
    }
    return c->operator_count == 0;
}

static bool course_fits(const struct edition *edition, const struct done_condition *c, size_t course)
{
    const struct course_entry *entry = &edition->courses.p[course];
    bool named = !c->by_course;
    for (size_t i = 0; !named && i < c->course_count; i++) {
        named = c->courses[i] == course;
    }
    return named && (c->kinds == 0 || (c->kinds >> entry->kind & 1) != 0) && operator_fits(c, entry);
}

// A condition made ready: which courses fit, and which days.
struct test {
    const bool *courses;
    int32_t from, to; // as struct done counts days
    bool any_course, any_day;
};

static bool make_test(const struct edition *e, struct room *room, const struct done_condition *c, struct test *test)
{
    bool *courses = room_take(room, e->courses.n + 1);
    for (size_t i = 0; courses != NULL && i < e->courses.n; i++) {
        courses[i] = course_fits(e, c, i);
    }
    *test = (struct test){
        .courses = courses,
        .from = c->completed.from == DAY_NONE ? INT32_MIN : c->completed.from - COMPLETION_DAY_FIRST,
        .to = c->completed.to == DAY_NONE ? INT32_MAX : c->completed.to - COMPLETION_DAY_FIRST,
        .any_course = !c->by_course && c->kinds == 0 && c->operator_count == 0,
        .any_day = c->completed.from == DAY_NONE && c->completed.to == DAY_NONE,
    };
    return courses != NULL;
}

static bool fits(const struct test *test, const struct done *done)
{
    return test->courses[done->course] && done->day >= test->from && done->day <= test->to;
}

static struct ids of_courses(const struct edition *e, struct room *room, const struct test *test,
                             const struct postings *postings)
{
    struct ids *sets = room_take(room, (e->courses.n + 1) * sizeof *sets);
    size_t n = 0;
    for (size_t i = 0; sets != NULL && i < e->courses.n; i++) {
        if (test->courses[i]) {
            sets[n++] = postings->sets[i];
        }
    }
    return sets == NULL ? IDS_NONE : ids_or(room, postings->universe, sets, n);
}

struct months {
    uint32_t from, n;
};

static struct months months_of(const struct edition *e, struct day_range range)
{
    int64_t count = e->month_dones.values;
    int64_t from = range.from == DAY_NONE ? 0 : (int64_t)day_month(range.from) - e->first_month;
    int64_t to = range.to == DAY_NONE ? count - 1 : (int64_t)day_month(range.to) - e->first_month;
    from = from < 0 ? 0 : from;
    to = to >= count ? count - 1 : to;
    return from > to ? (struct months){0, 0} : (struct months){(uint32_t)from, (uint32_t)(to - from + 1)};
}

static struct ids rows_of_months(const struct edition *e, struct room *room, const struct test *test,
                                 struct months months)
{
    struct ids *sets = room_take(room, ((size_t)e->month_rows.values + 1) * sizeof *sets);
    size_t n = 0;
    for (size_t i = 0; sets != NULL && i < e->courses.n; i++) {
        const struct course_entry *course = &e->courses.p[i];
        for (uint32_t j = 0; test->courses[i] && j < course->months; j++) {
            uint32_t month = course->first_month + j;
            if (month >= months.from && month < months.from + months.n) {
                sets[n++] = e->month_rows.sets[course->month_at + j];
            }
        }
    }
    return sets == NULL ? IDS_NONE : ids_or(room, edition_universe(e), sets, n);
}

static bool person_fits(const struct edition *e, const struct test *test, uint32_t row)
{
    const struct person *person = &e->people.p[row];
    const struct done *done = &e->dones.p[person->done_at];
    for (uint32_t i = 0; i < person->done_count; i++) {
        if (fits(test, &done[i])) {
            return true;
        }
    }
    return false;
}

// Those of the candidates that pass: people, or completions.
static struct ids verify(const struct edition *e, struct room *room, const struct test *test, struct ids candidates,
                         uint32_t universe, bool rows)
{
    uint32_t *list = candidates.bits == NULL ? room_take(room, (size_t)candidates.n * sizeof *list + 1) : NULL;
    uint64_t *bits = candidates.bits == NULL ? NULL : room_take(room, ids_words(universe) * sizeof *bits);
    struct ids_walk walk = ids_walk(candidates, universe);
    uint32_t n = 0;
    if (room_failed(room)) {
        return IDS_NONE;
    }
    if (bits != NULL) {
        memset(bits, 0, ids_words(universe) * sizeof *bits);
    }
    for (uint32_t id; ids_walk_next(&walk, &id);) {
        if (!(rows ? person_fits(e, test, id) : fits(test, &e->dones.p[id]))) {
            continue;
        }
        if (bits != NULL) {
            bits[id / 64] |= (uint64_t)1 << (id % 64);
        } else if (list != NULL) {
            list[n] = id;
        }
        n++;
    }
    return (struct ids){n, list, bits};
}

// A range's months: those that it has as a whole, and at most two that it cuts.
struct division {
    struct months whole;
    struct months cut[2];
    size_t cuts;
};

// Whether the range begins (ends) within a month that is there.
static bool cuts_first(const struct edition *e, struct day_range range)
{
    return range.from != DAY_NONE && day_month(range.from) >= e->first_month &&
           month_first_day(day_month(range.from)) != range.from;
}

static bool cuts_last(const struct edition *e, struct day_range range)
{
    return range.to != DAY_NONE && (int64_t)day_month(range.to) - e->first_month < (int64_t)e->month_dones.values &&
           day_month(range.to + 1) == day_month(range.to);
}

static struct division divide(const struct edition *e, struct day_range range)
{
    struct division d = {.whole = months_of(e, range)};
    if (d.whole.n > 0 && cuts_first(e, range)) {
        d.cut[d.cuts++] = (struct months){d.whole.from, 1};
        d.whole = (struct months){d.whole.from + 1, d.whole.n - 1};
    }
    if (d.whole.n > 0 && cuts_last(e, range)) {
        d.cut[d.cuts++] = (struct months){d.whole.from + d.whole.n - 1, 1};
        d.whole.n--;
    }
    return d;
}

static struct ids of_months(const struct edition *e, struct room *room, const struct test *test, struct months months,
                            bool rows)
{
    return rows ? rows_of_months(e, room, test, months)
                : ids_or(room, (uint32_t)e->dones.n, e->month_dones.sets + months.from, months.n);
}

// People who did a fitting course (or completions of any) in the range.
static struct ids of_range(const struct edition *e, struct room *room, const struct test *test, struct day_range range,
                           bool rows)
{
    uint32_t universe = rows ? edition_universe(e) : (uint32_t)e->dones.n;
    struct division d = divide(e, range);
    struct ids sets[3] = {of_months(e, room, test, d.whole, rows)};
    for (size_t i = 0; i < d.cuts; i++) {
        sets[1 + i] = verify(e, room, test, of_months(e, room, test, d.cut[i], rows), universe, rows);
    }
    return ids_or(room, universe, sets, 1 + d.cuts);
}

struct ids done_condition_rows(const struct edition *e, struct room *room, const struct done_condition *c)
{
    struct test test;
    if (!make_test(e, room, c, &test)) {
        return IDS_NONE;
    }
    return test.any_day ? of_courses(e, room, &test, &e->course_rows) : of_range(e, room, &test, c->completed, true);
}

struct ids done_condition_dones(const struct edition *e, struct room *room, const struct done_condition *c)
{
    struct test test;
    if (!make_test(e, room, c, &test)) {
        return IDS_NONE;
    }
    if (test.any_day) {
        return of_courses(e, room, &test, &e->course_dones);
    }
    struct ids found = of_range(e, room, &test, c->completed, false);
    return test.any_course ? found
                           : ids_and(room, (uint32_t)e->dones.n, found, of_courses(e, room, &test, &e->course_dones));
}
