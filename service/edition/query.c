// Searching people: see query.h.
#include "edition/query.h"

#include <string.h>

#include "edition/plan.h"

enum { IN_FORCE = 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED };

// What the lists could not settle, to be asked of each candidate.
struct checks {
    const struct edition *edition;
    const struct query *query;
    bool name, kana, employer, done;
    bool words[QUERY_WORDS_MOST];
    bool any;
};

static void plan_numbers(struct plan *plan, const struct edition *edition, const struct query *query)
{
    roaring_bitmap_t *rows = roaring_bitmap_create();
    for (size_t i = 0; rows != NULL && i < query->number_count; i++) {
        uint32_t row = edition_find(edition, query->numbers[i]);
        if (row != ROW_NONE) {
            roaring_bitmap_add(rows, row);
        }
    }
    plan_take(plan, rows);
}

// Adds a condition on one field; returns whether candidates need verifying.
static bool plan_text(struct plan *plan, const struct edition *edition, enum field field, struct str folded)
{
    bool exact = true;
    if (folded.p != NULL) {
        plan_take(plan, grams_find(edition->grams, field, folded, &exact));
    }
    return !exact;
}

static bool plan_word(struct plan *plan, const struct edition *edition, const struct query_word *word)
{
    bool all_exact = true;
    roaring_bitmap_t *any = roaring_bitmap_create();
    for (int field = 0; any != NULL && field < FIELD_COUNT; field++) {
        bool exact;
        roaring_bitmap_t *rows = grams_find(edition->grams, (enum field)field, word->folded, &exact);
        if (rows == NULL) {
            plan->failed = true;
            continue;
        }
        roaring_bitmap_or_inplace(any, rows);
        roaring_bitmap_free(rows);
        all_exact = all_exact && exact;
    }
    uint32_t row = word->number == 0 ? ROW_NONE : edition_find(edition, word->number);
    if (any != NULL && row != ROW_NONE) {
        roaring_bitmap_add(any, row);
    }
    plan_take(plan, any);
    return !all_exact;
}

static void plan_places(struct plan *plan, roaring_bitmap_t *const lists[PLACES], const uint64_t places[2])
{
    if (places[0] == 0 && places[1] == 0) {
        return;
    }
    roaring_bitmap_t *rows = roaring_bitmap_create();
    for (unsigned i = 0; rows != NULL && i < PLACES; i++) {
        if ((places[i / 64] >> (i % 64) & 1) != 0 && lists[i] != NULL) {
            roaring_bitmap_or_inplace(rows, lists[i]);
        }
    }
    plan_take(plan, rows);
}

static void plan_range(struct plan *plan, const struct dated_index *index, struct day_range range)
{
    if (range.from != DAY_NONE || range.to != DAY_NONE) {
        plan_take(plan, dated_between(index, range.from, range.to == DAY_NONE ? INT32_MAX : range.to));
    }
}

// Only people in force are in the lists of texts, places and completions: a condition of that kind implies it.
static void plan_statuses(struct plan *plan, const struct edition *edition, unsigned statuses, bool in_force_already)
{
    if (in_force_already && (statuses & IN_FORCE) == IN_FORCE) {
        return;
    }
    roaring_bitmap_t *rows = roaring_bitmap_create();
    for (unsigned i = 0; rows != NULL && i < STATUS_COUNT; i++) {
        if ((statuses >> i & 1) != 0) {
            roaring_bitmap_or_inplace(rows, edition->by_status[i]);
        }
    }
    plan_take(plan, rows);
}

static struct checks plan_all(struct plan *plan, const struct edition *edition, const struct query *query)
{
    struct checks checks = {.edition = edition, .query = query};
    checks.name = plan_text(plan, edition, FIELD_NAME, query->name);
    checks.kana = plan_text(plan, edition, FIELD_KANA, query->kana);
    checks.employer = plan_text(plan, edition, FIELD_EMPLOYER, query->employer);
    plan_places(plan, edition->by_home, query->homes);
    plan_places(plan, edition->by_employer_place, query->employer_places);
    if (!done_condition_is_empty(&query->done)) {
        checks.done = plan_done(plan, edition, &query->done, true);
    }
    bool in_force_already = plan->n > 0;
    for (size_t i = 0; i < query->word_count; i++) {
        checks.words[i] = plan_word(plan, edition, &query->words[i]);
        checks.any = checks.any || checks.words[i];
        in_force_already = in_force_already || query->words[i].number == 0;
    }
    if (query->number_count > 0) {
        plan_numbers(plan, edition, query);
    }
    plan_range(plan, &edition->registered_on, query->registered);
    plan_range(plan, &edition->expires_on, query->expires);
    plan_statuses(plan, edition, query->statuses, in_force_already);
    checks.any = checks.any || checks.name || checks.kana || checks.employer || checks.done;
    return checks;
}

static bool holds(struct str text, struct str part)
{
    return part.n <= text.n && memmem(text.p, text.n, part.p, part.n) != NULL;
}

static bool field_holds(const struct checks *c, const struct person *person, enum field field, struct str part)
{
    return holds(person_field(c->edition, person, field), part);
}

static bool word_holds(const struct checks *c, const struct person *person, const struct query_word *word)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field_holds(c, person, (enum field)field, word->folded)) {
            return true;
        }
    }
    return word->number != 0 && word->number == person->number;
}

static bool any_done_fits(const struct checks *c, const struct person *person)
{
    for (uint32_t i = 0; i < person->done_count; i++) {
        if (done_fits(c->edition, &c->query->done, &c->edition->dones.p[person->done_at + i])) {
            return true;
        }
    }
    return false;
}

static bool passes(const struct checks *c, uint32_t row)
{
    const struct person *person = &c->edition->people.p[row];
    if ((c->name && !field_holds(c, person, FIELD_NAME, c->query->name)) ||
        (c->kana && !field_holds(c, person, FIELD_KANA, c->query->kana)) ||
        (c->employer && !field_holds(c, person, FIELD_EMPLOYER, c->query->employer)) ||
        (c->done && !any_done_fits(c, person))) {
        return false;
    }
    for (size_t i = 0; i < c->query->word_count; i++) {
        if (c->words[i] && !word_holds(c, person, &c->query->words[i])) {
            return false;
        }
    }
    return true;
}

// Counts every candidate that passes; those from `from` on fill the page.
static void verify(const struct checks *checks, const roaring_bitmap_t *candidates, uint32_t from, struct page *page)
{
    roaring_uint32_iterator_t at;
    *page = (struct page){0};
    for (roaring_init_iterator(candidates, &at); at.has_value; (void)roaring_advance_uint32_iterator(&at)) {
        if (!passes(checks, at.current_value)) {
            continue;
        }
        page->total++;
        if (at.current_value < from) {
            continue;
        }
        if (page->count < checks->query->limit) {
            page->ids[page->count++] = at.current_value;
        } else {
            page->more = true;
        }
    }
}

// The first row whose number is above `after`.
static uint32_t first_row(const struct edition *edition, number_t after)
{
    size_t low = 0;
    size_t high = edition->people.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edition->people.p[middle].number <= after) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

enum err query_people(const struct edition *edition, const struct query *query, struct page *page)
{
    PLAN_AUTO struct plan plan = {0};
    struct checks checks = plan_all(&plan, edition, query);
    uint32_t from = query->after == 0 ? 0 : first_row(edition, query->after);
    if (plan.n == 1 && !checks.any && !plan.failed) {
        page_fill(page, plan.lists[0], from, query->limit);
        return ERR_OK;
    }
    roaring_bitmap_t *found = plan_intersect(&plan);
    if (found == NULL) {
        return ERR_MEMORY;
    }
    if (checks.any) {
        verify(&checks, found, from, page);
    } else {
        page_fill(page, found, from, query->limit);
    }
    roaring_bitmap_free(found);
    return ERR_OK;
}
