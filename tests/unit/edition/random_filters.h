// Random conditions that are no text, and whole queries. See random_search.h.
#ifndef MEIBO_TESTS_RANDOM_FILTERS_H
#define MEIBO_TESTS_RANDOM_FILTERS_H

#include "tests/unit/edition/random_search.h"

static inline struct query open_query(void)
{
    return (struct query){
        .statuses = (1U << STATUS_COUNT) - 1,
        .done.completed = {DAY_NONE, DAY_NONE},
        .registered = {DAY_NONE, DAY_NONE},
        .expires = {DAY_NONE, DAY_NONE},
        .exam = {INT32_MIN, INT32_MIN},
        .renewals = {INT32_MIN, INT32_MIN},
        .widest = EXTENT_HOLDS,
        .limit = QUERY_LIMIT_MOST,
    };
}

static inline void draw_int_range(struct drawing *d, int32_t around, int32_t step, struct int_range *range)
{
    range->from = one_in(&d->dice, 3) ? INT32_MIN : around - (int32_t)draw(&d->dice, 4) * step;
    range->to = one_in(&d->dice, 3) ? INT32_MIN : around + ((int32_t)draw(&d->dice, 5) - 1) * step;
}

static inline void draw_day_range(struct drawing *d, day_t around, day_t step, struct day_range *range)
{
    struct int_range ints;
    draw_int_range(d, around, step, &ints);
    *range = (struct day_range){ints.from, ints.to};
}

static inline void draw_places(struct drawing *d, int own, uint64_t places[2])
{
    for (uint64_t i = 1 + draw(&d->dice, 3); i > 0; i--) {
        int place = one_in(&d->dice, 3) || own == PLACE_NONE ? draw_place(d) : own;
        place = place == PLACE_NONE ? 13 : place;
        places[place / 64] |= UINT64_C(1) << (place % 64);
    }
}

static inline void draw_term(struct drawing *d, struct text_list own, struct term_condition *terms_wanted)
{
    for (uint64_t i = 1 + draw(&d->dice, 3); i > 0; i--) {
        struct str term = own.n > 0 && one_in(&d->dice, 2) ? any_of(d, own) : str_of(PICK(&d->dice, terms));
        terms_wanted->texts[terms_wanted->n++] = term;
    }
}

static const struct str random_operators[] = {{"ipa", 3}, {"third", 5}, {"nobody", 6}};

static inline void draw_done(struct drawing *d, const struct known_register *known, const struct known *person,
                             struct done_condition *done)
{
    uint64_t what = 1 + draw(&d->dice, 15);
    size_t own = person->done_count == 0 ? 0 : course_of(known, person->dones[0].course);
    if ((what & 1) != 0) {
        done->by_course = true;
        done->course_count = draw(&d->dice, 3);
        done->courses[0] = known->course_index[own];
        done->courses[1] = known->course_index[draw(&d->dice, known->course_count)];
    }
    if ((what & 2) != 0) {
        done->kinds = 1U << known->courses[own].kind | 1U << draw(&d->dice, KIND_COUNT);
    }
    if ((what & 4) != 0) {
        draw_day_range(d, person->done_count == 0 ? known->day : person->dones[0].completed_on, 60, &done->completed);
    }
    if ((what & 8) != 0) {
        done->operators = random_operators + draw(&d->dice, 2);
        done->operator_count = 1 + draw(&d->dice, 2);
    }
}

static inline void draw_numbers(struct drawing *d, const struct known_register *known, const struct known *person,
                                struct query *query)
{
    query->number_count = 1 + draw(&d->dice, 12);
    for (size_t i = 0; i < query->number_count; i++) {
        query->numbers[i] = known->people[draw(&d->dice, known->n)].r.number + (number_t)draw(&d->dice, 2);
    }
    query->numbers[draw(&d->dice, query->number_count)] = person->r.number;
}

enum { FILTERS = 14 };

static inline void draw_filter(struct drawing *d, const struct known_register *known, const struct known *person,
                               struct query *query, uint64_t which)
{
    const struct registrant *r = &person->r;
    switch (which) {
    case 0:
        draw_places(d, r->home, query->homes);
        break;
    case 1:
        draw_places(d, r->employer_place, query->employer_places);
        break;
    case 2:
        query->statuses = (unsigned)draw(&d->dice, (1U << STATUS_COUNT) - 1) + 1;
        break;
    case 3:
        query->statuses = 1U << person->status;
        break;
    case 4:
        draw_done(d, known, person, &query->done);
        break;
    case 5:
        draw_day_range(d, r->registered_on, 200, &query->registered);
        break;
    case 6:
        draw_day_range(d, r->expires_on, 30, &query->expires);
        break;
    case 7:
        draw_int_range(d, r->exam_passed == MONTH_NONE ? day_month(known->day) - 30 : r->exam_passed, 4, &query->exam);
        break;
    case 8:
        draw_int_range(d, (int32_t)r->renewal_count, 1, &query->renewals);
        break;
    case 9:
        query->has_email = one_in(&d->dice, 2) ? TRIPLE_YES : TRIPLE_NO;
        break;
    case 10:
        query->name_public = one_in(&d->dice, 2) ? TRIPLE_YES : TRIPLE_NO;
        break;
    case 11:
        draw_term(d, r->skills, &query->skill);
        break;
    case 12:
        draw_term(d, r->specialties, &query->specialty);
        break;
    default:
        draw_term(d, r->qualifications, &query->qualification);
    }
}

static inline void draw_filters(struct drawing *d, const struct known_register *known, const struct known *person,
                                struct query *query)
{
    if (one_in(&d->dice, 3)) {
        query->statuses = 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED;
    }
    if (one_in(&d->dice, 12)) {
        draw_numbers(d, known, person, query);
    }
    uint64_t once[FILTERS] = {0};
    for (uint64_t i = one_in(&d->dice, 2) ? 0 : draw(&d->dice, 4); i > 0; i--) {
        uint64_t which = draw(&d->dice, FILTERS);
        if (once[which]++ == 0) {
            draw_filter(d, known, person, query, which);
        }
    }
}

static inline void draw_order(struct drawing *d, struct query *query)
{
    query->sort = one_in(&d->dice, 2) ? SORT_RELEVANCE : (enum sort_key)draw(&d->dice, SORT_COUNT);
    query->descending = query->sort != SORT_RELEVANCE && one_in(&d->dice, 2);
    query->facets = one_in(&d->dice, 3) ? (unsigned)draw(&d->dice, 1U << FACET_COUNT) : 0;
}

// `person`: whom the conditions are taken from.
static inline struct query draw_query(struct drawing *d, const struct known_register *known, const struct known *person)
{
    struct query query = open_query();
    draw_words(d, person, &query);
    if (one_in(&d->dice, 5)) {
        query.name = draw_field(d, one_in(&d->dice, 3) ? given_first(d, person->r.name) : person->r.name);
    }
    if (one_in(&d->dice, 5)) {
        query.kana = draw_field(d, in_latin_or_not(d, person->r.kana));
    }
    if (one_in(&d->dice, 5)) {
        query.employer = draw_field(d, employer_text(d, &person->r));
    }
    query.widest = one_in(&d->dice, 2) ? EXTENT_HOLDS : (enum extent)draw(&d->dice, EXTENT_COUNT);
    draw_filters(d, known, person, &query);
    draw_order(d, &query);
    return query;
}

#endif
