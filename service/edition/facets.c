// Facets: how many people of a result have each value. Of a small result each person's values are counted; of a large
// one, those of the people who are left out, and taken from the totals of the register.
#include <stdlib.h>
#include <string.h>

#include "edition/search.h"

const char *facet_name(enum facet facet)
{
    static const char *const names[FACET_COUNT] = {
        [FACET_HOME] = "home",
        [FACET_EMPLOYER_PLACE] = "employer_place",
        [FACET_STATUS] = "status",
        [FACET_KIND] = "kind",
        [FACET_COURSE] = "course",
        [FACET_SKILL] = "skill",
        [FACET_SPECIALTY] = "specialty",
        [FACET_REGISTERED_YEAR] = "registered_year",
        [FACET_EXAM_PASSED_YEAR] = "exam_passed_year",
    };
    return names[facet];
}

// Counts of values 0 to n - 1, in the room.
struct counts {
    uint32_t *p;
    uint32_t n;
};

static struct counts counts_new(const struct search *s, uint32_t n)
{
    struct counts counts = {room_take(s->room, ((size_t)n + 1) * sizeof *counts.p), n};
    if (counts.p == NULL) {
        return (struct counts){NULL, 0};
    }
    memset(counts.p, 0, ((size_t)n + 1) * sizeof *counts.p);
    return counts;
}

// How the values of one person are counted.
struct counter {
    const struct search *s;
    const struct category *category;
    const struct lexicon *lexicon;
    uint32_t *last; // of courses: the person who counted last
};

static void count_category(const struct counter *c, struct ids people, struct counts counts)
{
    struct ids_walk walk = ids_walk(people, c->s->universe);
    for (uint32_t row; ids_walk_next(&walk, &row);) {
        uint32_t value = c->category->of_row[row];
        if (value != VALUE_NONE) {
            counts.p[value]++;
        }
    }
}

static void count_terms(const struct counter *c, struct ids people, struct counts counts)
{
    struct ids_walk walk = ids_walk(people, c->s->universe);
    for (uint32_t row; ids_walk_next(&walk, &row);) {
        lexicon_count_terms(c->lexicon, row, counts.p);
    }
}

static void count_courses(const struct counter *c, struct ids people, struct counts counts)
{
    const struct edition *e = c->s->edition;
    struct ids_walk walk = ids_walk(people, c->s->universe);
    for (uint32_t row; ids_walk_next(&walk, &row);) {
        const struct done *done = &e->dones.p[e->people.p[row].done_at];
        const struct done *end = done + e->people.p[row].done_count;
        for (; done < end; done++) {
            if (c->last[done->course] != row) {
                c->last[done->course] = row;
                counts.p[done->course]++;
            }
        }
    }
}

// How many of everybody in force have a value; not known for values that ended people have too.
struct totals {
    const struct postings *postings; // or
    const uint32_t *terms;
};

static uint32_t total_of(struct totals totals, uint32_t value)
{
    return totals.terms != NULL ? totals.terms[value] : totals.postings->sets[value].n;
}

// What counting costs, roughly in ns: by the people of the result, of whom each is looked up; by the values, whose
// lists or bits are gone through.
enum { PERSON_COST = 4, COURSES_COST = 30, LISTED_COST = 2 };

static uint64_t cost_by_values(const struct search *s, const struct postings *postings)
{
    uint64_t cost = 0;
    for (uint32_t value = 0; value < postings->values; value++) {
        struct ids set = postings->sets[value];
        cost += set.bits != NULL && s->result.bits != NULL ? ids_words(s->universe) / 2 : (uint64_t)set.n * LISTED_COST;
    }
    return cost;
}

static struct counts count_by_values(const struct search *s, const struct postings *postings)
{
    struct counts counts = counts_new(s, postings->values);
    for (uint32_t value = 0; value < counts.n; value++) {
        counts.p[value] = ids_count_and(s->universe, s->result, postings->sets[value]);
    }
    return counts;
}

static struct counts count(const struct search *s, uint32_t values, struct totals totals, const struct counter *counter,
                           void (*each)(const struct counter *, struct ids, struct counts))
{
    bool known = totals.postings != NULL || totals.terms != NULL;
    uint32_t inside = known ? ids_count_and(s->universe, s->result, s->edition->in_force) : 0;
    bool by_rest = inside * 2 > s->edition->in_force.n;
    uint64_t people = by_rest ? s->edition->in_force.n - inside : s->result.n;
    uint64_t cost = people * (counter->last != NULL ? COURSES_COST : PERSON_COST);
    if (totals.postings != NULL && cost_by_values(s, totals.postings) < cost) {
        return count_by_values(s, totals.postings);
    }
    struct counts counts = counts_new(s, values);
    if (counts.p == NULL) {
        return counts;
    }
    if (!by_rest) {
        each(counter, s->result, counts);
        return counts;
    }
    each(counter, ids_and_not(s->room, s->universe, s->edition->in_force, s->result), counts);
    for (uint32_t value = 0; value < values; value++) {
        counts.p[value] = total_of(totals, value) - counts.p[value];
    }
    return counts;
}

// --- answers -----------------------------------------------------------------

static void add_value(struct facet_value *all, size_t *n, struct facet_value value)
{
    if (value.count > 0) {
        all[(*n)++] = value;
    }
}

static int by_count(const void *a, const void *b)
{
    const struct facet_value *left = a;
    const struct facet_value *right = b;
    if (left->count != right->count) {
        return left->count < right->count ? 1 : -1;
    }
    if (left->text.p != NULL) {
        return str_compare(left->text, right->text);
    }
    return (left->value > right->value) - (left->value < right->value);
}

// The largest counts first, as many as a facet holds.
static void settle(struct facet_counts *facet, struct facet_value *all, size_t n)
{
    qsort(all, n, sizeof *all, by_count);
    facet->n = n < FACET_VALUES_MOST ? n : FACET_VALUES_MOST;
    facet->omitted = n - facet->n;
    memcpy(facet->values, all, facet->n * sizeof *all);
}

static void answer_category(const struct search *s, const struct category *category, bool of_in_force,
                            struct facet_counts *facet)
{
    struct counter counter = {.s = s, .category = category};
    struct counts counts = count(s, category->n, (struct totals){of_in_force ? &category->postings : NULL, NULL},
                                 &counter, count_category);
    struct facet_value *all = room_take(s->room, ((size_t)counts.n + 1) * sizeof *all);
    size_t n = 0;
    for (uint32_t i = 0; all != NULL && i < counts.n; i++) {
        add_value(all, &n, (struct facet_value){category->values[i], {NULL, 0}, counts.p[i]});
    }
    if (all != NULL) {
        settle(facet, all, n);
    }
}

// Values of a category put together by year. Ascending values give ascending years.
static void answer_years(const struct search *s, const struct category *category, bool months, bool of_in_force,
                         struct facet_counts *facet)
{
    struct counter counter = {.s = s, .category = category};
    struct counts counts = count(s, category->n, (struct totals){of_in_force ? &category->postings : NULL, NULL},
                                 &counter, count_category);
    struct facet_value *all = room_take(s->room, ((size_t)counts.n + 1) * sizeof *all);
    size_t n = 0;
    for (uint32_t i = 0; all != NULL && i < counts.n; i++) {
        int32_t value = category->values[i];
        int32_t year = months ? value / 12 : day_to_ymd(value).year;
        if (counts.p[i] > 0 && n > 0 && all[n - 1].value == year) {
            all[n - 1].count += counts.p[i];
        } else {
            add_value(all, &n, (struct facet_value){year, {NULL, 0}, counts.p[i]});
        }
    }
    if (all != NULL) {
        settle(facet, all, n);
    }
}

static void answer_texts(const struct search *s, enum slot slot, struct facet_counts *facet)
{
    const struct lexicon *lexicon = &s->edition->slots[slot];
    struct counter counter = {.s = s, .lexicon = lexicon};
    struct counts counts = count(s, lexicon->terms, (struct totals){NULL, lexicon->term_people}, &counter, count_terms);
    struct facet_value *all = room_take(s->room, ((size_t)counts.n + 1) * sizeof *all);
    size_t n = 0;
    for (uint32_t i = 0; all != NULL && i < counts.n; i++) {
        add_value(all, &n, (struct facet_value){0, lexicon_text(lexicon, lexicon->term_entry[i]), counts.p[i]});
    }
    if (all != NULL) {
        settle(facet, all, n);
    }
}

static void answer_courses(const struct search *s, struct facet_counts *facet)
{
    uint32_t courses = (uint32_t)s->edition->courses.n;
    struct counter counter = {.s = s, .last = room_take(s->room, ((size_t)courses + 1) * sizeof(uint32_t))};
    struct facet_value *all = room_take(s->room, ((size_t)courses + 1) * sizeof *all);
    size_t n = 0;
    if (counter.last == NULL || all == NULL) {
        return;
    }
    memset(counter.last, 0xff, ((size_t)courses + 1) * sizeof(uint32_t));
    struct counts counts = count(s, courses, (struct totals){&s->edition->course_rows, NULL}, &counter, count_courses);
    for (uint32_t i = 0; i < counts.n; i++) {
        add_value(all, &n, (struct facet_value){(int32_t)i, {NULL, 0}, counts.p[i]});
    }
    settle(facet, all, n);
}

static void answer_kinds(const struct search *s, struct facet_counts *facet)
{
    struct facet_value all[KIND_COUNT];
    size_t n = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        uint64_t people = ids_count_and(s->universe, s->result, s->edition->kinds[kind]);
        add_value(all, &n, (struct facet_value){kind, {NULL, 0}, people});
    }
    settle(facet, all, n);
}

static void answer(const struct search *s, enum facet facet, struct facet_counts *counts)
{
    const struct edition *e = s->edition;
    switch (facet) {
    case FACET_HOME:
        answer_category(s, &e->home, true, counts);
        break;
    case FACET_EMPLOYER_PLACE:
        answer_category(s, &e->employer_place, true, counts);
        break;
    case FACET_STATUS:
        answer_category(s, &e->status, false, counts);
        break;
    case FACET_KIND:
        answer_kinds(s, counts);
        break;
    case FACET_COURSE:
        answer_courses(s, counts);
        break;
    case FACET_SKILL:
        answer_texts(s, SLOT_SKILL, counts);
        break;
    case FACET_SPECIALTY:
        answer_texts(s, SLOT_SPECIALTY, counts);
        break;
    case FACET_REGISTERED_YEAR:
        answer_years(s, &e->registered_on, false, false, counts);
        break;
    case FACET_EXAM_PASSED_YEAR:
        answer_years(s, &e->exam_passed, true, true, counts);
        break;
    case FACET_COUNT:
        break;
    }
}

void search_count_facets(const struct search *s, struct facet_counts *facets)
{
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if ((s->query->facets >> facet & 1) != 0) {
            facets[facet].n = 0;
            facets[facet].omitted = 0;
            answer(s, (enum facet)facet, &facets[facet]);
        }
    }
}
