// Conditions on completions, as sets of people or of completions.
//
// The lists by course and by month settle most of it. A range that cuts a month in two, and for people a course
// together with a range (they may have the course at one time and another course in the range), are looked at one by
// one.
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

// The kinds of the courses that fit.
static unsigned kinds_of(const struct edition *e, const struct test *test)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < e->courses.n; i++) {
        kinds |= test->courses[i] ? 1U << e->courses.p[i].kind : 0;
    }
    return kinds;
}

static struct ids rows_of_months(const struct edition *e, struct room *room, const struct test *test,
                                 struct months months)
{
    struct ids *sets = room_take(room, ((size_t)months.n * KIND_COUNT + 1) * sizeof *sets);
    unsigned kinds = kinds_of(e, test);
    size_t n = 0;
    for (int kind = 0; sets != NULL && kind < KIND_COUNT; kind++) {
        for (uint32_t i = 0; (kinds >> kind & 1) != 0 && i < months.n; i++) {
            sets[n++] = e->month_rows.sets[kind_month(e, (enum course_kind)kind, months.from + i)];
        }
    }
    return sets == NULL ? IDS_NONE : ids_or(room, edition_universe(e), sets, n);
}

// Whether a range cuts no month in two, so that the months' lists answer it exactly.
static bool is_whole_months(struct day_range range)
{
    bool from_first = range.from == DAY_NONE || month_first_day(day_month(range.from)) == range.from;
    bool to_last = range.to == DAY_NONE || day_month(range.to + 1) != day_month(range.to);
    return from_first && to_last;
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
        } else {
            list[n] = id;
        }
        n++;
    }
    return (struct ids){n, list, bits};
}

struct ids done_condition_rows(const struct edition *e, struct room *room, const struct done_condition *c, bool *verify)
{
    struct test test;
    *verify = false;
    if (!make_test(e, room, c, &test)) {
        return IDS_NONE;
    }
    if (test.any_day) {
        return of_courses(e, room, &test, &e->course_rows);
    }
    struct ids found = rows_of_months(e, room, &test, months_of(e, c->completed));
    bool by_kind_only = !c->by_course && c->operator_count == 0;
    if (!by_kind_only) {
        found = ids_and(room, edition_universe(e), found, of_courses(e, room, &test, &e->course_rows));
    }
    *verify = !by_kind_only || !is_whole_months(c->completed);
    return found;
}

struct ids done_condition_verify(const struct edition *edition, struct room *room,
                                 const struct done_condition *condition, struct ids rows)
{
    struct test test;
    return make_test(edition, room, condition, &test)
               ? verify(edition, room, &test, rows, edition_universe(edition), true)
               : IDS_NONE;
}

struct ids done_condition_dones(const struct edition *e, struct room *room, const struct done_condition *c)
{
    struct test test;
    uint32_t universe = (uint32_t)e->dones.n;
    struct months months = months_of(e, c->completed);
    if (!make_test(e, room, c, &test)) {
        return IDS_NONE;
    }
    if (test.any_day) {
        return of_courses(e, room, &test, &e->course_dones);
    }
    struct ids found = ids_or(room, universe, e->month_dones.sets + months.from, months.n);
    if (!test.any_course) {
        found = ids_and(room, universe, found, of_courses(e, room, &test, &e->course_dones));
    }
    return is_whole_months(c->completed) ? found : verify(e, room, &test, found, universe, false);
}
