// Gathering and intersecting the lists of a query: see plan.h.
#include "edition/plan.h"

#include <stdlib.h>

void plan_fini(struct plan *plan)
{
    for (size_t i = 0; i < plan->owned_count; i++) {
        roaring_bitmap_free(plan->owned[i]);
    }
    plan->owned_count = 0;
}

static void add(struct plan *plan, const roaring_bitmap_t *list)
{
    if (plan->n == PLAN_MOST) {
        plan->failed = true;
        return;
    }
    plan->lists[plan->n++] = list;
}

void plan_borrow(struct plan *plan, const roaring_bitmap_t *list)
{
    if (list == NULL) {
        plan_take(plan, roaring_bitmap_create());
    } else {
        add(plan, list);
    }
}

void plan_take(struct plan *plan, roaring_bitmap_t *list)
{
    if (list == NULL || plan->owned_count == PLAN_MOST) {
        plan->failed = true;
        if (list != NULL) {
            roaring_bitmap_free(list);
        }
        return;
    }
    plan->owned[plan->owned_count++] = list;
    add(plan, list);
}

static int by_cardinality(const void *a, const void *b)
{
    uint64_t left = roaring_bitmap_get_cardinality(*(const roaring_bitmap_t *const *)a);
    uint64_t right = roaring_bitmap_get_cardinality(*(const roaring_bitmap_t *const *)b);
    return (left > right) - (left < right);
}

roaring_bitmap_t *plan_intersect(const struct plan *plan)
{
    const roaring_bitmap_t *lists[PLAN_MOST];
    if (plan->failed || plan->n == 0) {
        return NULL;
    }
    for (size_t i = 0; i < plan->n; i++) {
        lists[i] = plan->lists[i];
    }
    qsort(lists, plan->n, sizeof lists[0], by_cardinality);
    roaring_bitmap_t *found = plan->n == 1 ? roaring_bitmap_copy(lists[0]) : roaring_bitmap_and(lists[0], lists[1]);
    for (size_t i = 2; found != NULL && i < plan->n; i++) {
        roaring_bitmap_and_inplace(found, lists[i]);
    }
    return found;
}

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

static bool day_fits(struct day_range range, day_t day)
{
    return (range.from == DAY_NONE || day >= range.from) && (range.to == DAY_NONE || day <= range.to);
}

bool done_fits(const struct edition *edition, const struct done_condition *condition, const struct done *done)
{
    return day_fits(condition->completed, done_day(done)) && course_fits(edition, condition, done->course);
}

static roaring_bitmap_t *of_courses(const struct edition *edition, const struct done_condition *c, bool rows)
{
    roaring_bitmap_t *found = roaring_bitmap_create();
    for (size_t i = 0; found != NULL && i < edition->courses.n; i++) {
        if (course_fits(edition, c, i)) {
            roaring_bitmap_or_inplace(found, rows ? edition->courses.p[i].rows : edition->courses.p[i].dones);
        }
    }
    return found;
}

// Whether a range cuts no month in two, so that the months' lists answer it exactly.
static bool is_whole_months(struct day_range range)
{
    bool from_first = range.from == DAY_NONE || month_first_day(day_month(range.from)) == range.from;
    bool to_last = range.to == DAY_NONE || day_month(range.to + 1) != day_month(range.to);
    return from_first && to_last;
}

bool plan_done(struct plan *plan, const struct edition *edition, const struct done_condition *c, bool rows)
{
    bool any_course = !c->by_course && c->kinds == 0 && c->operator_count == 0;
    bool any_day = c->completed.from == DAY_NONE && c->completed.to == DAY_NONE;
    if (!any_course) {
        plan_take(plan, of_courses(edition, c, rows));
    }
    if (!any_day) {
        const struct dated_index *months = rows ? &edition->row_months : &edition->done_months;
        plan_take(plan, dated_between(months, c->completed.from == DAY_NONE ? INT32_MIN : day_month(c->completed.from),
                                      c->completed.to == DAY_NONE ? INT32_MAX : day_month(c->completed.to)));
    }
    // A person may have the course at one time and another course in the range; a done is one or the other.
    bool mixed = rows && !any_course && !any_day;
    return mixed || !is_whole_months(c->completed);
}

void page_fill(struct page *page, const roaring_bitmap_t *found, uint32_t from, uint32_t limit)
{
    roaring_uint32_iterator_t at;
    page->total = roaring_bitmap_get_cardinality(found);
    page->count = 0;
    roaring_init_iterator(found, &at);
    if (from > 0) {
        (void)roaring_move_uint32_iterator_equalorlarger(&at, from);
    }
    while (at.has_value && page->count < limit) {
        page->ids[page->count++] = at.current_value;
        (void)roaring_advance_uint32_iterator(&at);
    }
    page->more = at.has_value;
}
