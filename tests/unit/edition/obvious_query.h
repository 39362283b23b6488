// A whole query, obviously: who is found, in which order, with which facets. See obvious.h.
#ifndef MEIBO_TESTS_OBVIOUS_QUERY_H
#define MEIBO_TESTS_OBVIOUS_QUERY_H

#include "tests/unit/edition/obvious.h"

// --- filters ---

static inline bool in_days(struct day_range range, day_t day)
{
    return (range.from == DAY_NONE || day >= range.from) && (range.to == DAY_NONE || day <= range.to);
}

static inline bool in_ints(struct int_range range, int32_t value)
{
    return (range.from == INT32_MIN || value >= range.from) && (range.to == INT32_MIN || value <= range.to);
}

static inline bool is_open_range(struct int_range range)
{
    return range.from == INT32_MIN && range.to == INT32_MIN;
}

static inline bool has_number(const struct query *query, number_t number)
{
    for (size_t i = 0; i < query->number_count; i++) {
        if (query->numbers[i] == number) {
            return true;
        }
    }
    return query->number_count == 0;
}

static inline bool is_any_place(const uint64_t places[2])
{
    return places[0] == 0 && places[1] == 0;
}

static inline bool has_place(const uint64_t places[2], const struct known *person, int place)
{
    return is_any_place(places) ||
           (person->in_force && place != PLACE_NONE && (places[place / 64] >> (place % 64) & 1) != 0);
}

// None of the items of someone whose registration ended are shown.
static inline bool has_term(const struct term_condition *terms, const struct entries *entries, struct buf *room)
{
    for (size_t i = 0; i < terms->n; i++) {
        struct str wanted = form_unified(terms->texts[i], room);
        for (size_t k = 0; k < entries->n; k++) {
            if (str_equal(wanted, entries->items[k].of[FORM_UNIFIED])) {
                return true;
            }
        }
    }
    return terms->n == 0;
}

static inline bool is_triple(enum triple triple, const struct known *person, bool has)
{
    return triple == TRIPLE_ANY || (person->in_force && has == (triple == TRIPLE_YES));
}

static inline size_t course_of(const struct known_register *known, struct str code)
{
    size_t i = 0;
    while (i < known->course_count && !str_equal(known->courses[i].code, code)) {
        i++;
    }
    assert_true(i < known->course_count);
    return i;
}

static inline bool has_course(const struct done_condition *condition, uint16_t index)
{
    for (size_t i = 0; i < condition->course_count; i++) {
        if (condition->courses[i] == index) {
            return true;
        }
    }
    return !condition->by_course;
}

static inline bool has_operator(const struct done_condition *condition, struct str code)
{
    for (size_t i = 0; i < condition->operator_count; i++) {
        if (str_equal(condition->operators[i], code)) {
            return true;
        }
    }
    return condition->operator_count == 0;
}

static inline bool has_done(const struct known_register *known, const struct done_condition *condition,
                            const struct known *person)
{
    for (size_t i = 0; person->in_force && i < person->done_count; i++) {
        const struct completion *done = &person->dones[i];
        size_t course = course_of(known, done->course);
        if (in_days(condition->completed, done->completed_on) &&
            (condition->kinds == 0 || (condition->kinds >> known->courses[course].kind & 1) != 0) &&
            has_course(condition, known->course_index[course]) &&
            has_operator(condition, known->courses[course].operator_code)) {
            return true;
        }
    }
    bool asks_nothing = !condition->by_course && condition->kinds == 0 && condition->operator_count == 0 &&
                        condition->completed.from == DAY_NONE && condition->completed.to == DAY_NONE;
    return asks_nothing;
}

static inline bool has_ranges(const struct query *query, const struct known *person)
{
    const struct registrant *r = &person->r;
    return in_days(query->registered, r->registered_on) && in_days(query->expires, r->expires_on) &&
           (is_open_range(query->exam) ||
            (person->in_force && r->exam_passed != MONTH_NONE && in_ints(query->exam, r->exam_passed))) &&
           (is_open_range(query->renewals) ||
            (person->in_force && in_ints(query->renewals, (int32_t)r->renewal_count)));
}

static inline bool passes_filters(const struct known_register *known, const struct query *query,
                                  const struct known *person, struct buf *room)
{
    return (query->statuses >> person->status & 1) != 0 && has_number(query, person->r.number) &&
           has_ranges(query, person) && has_place(query->homes, person, person->r.home) &&
           has_place(query->employer_places, person, person->r.employer_place) &&
           is_triple(query->has_email, person, person->r.email.p != NULL) &&
           is_triple(query->name_public, person, person->r.name.p != NULL) && has_done(known, &query->done, person) &&
           has_term(&query->skill, &person->shown.skills, room) &&
           has_term(&query->specialty, &person->shown.specialties, room) &&
           has_term(&query->qualification, &person->shown.qualifications, room);
}

// --- order ---

// The sound form and the unified form of the family name, then of the given name.
enum { KANA_KEYS = 2 * PARTS_MOST };

struct found {
    const struct known *person;
    struct answer answer;
    number_t number;
    int32_t value;              // the key of the sort; KEY_NONE: the person has none
    struct str keys[KANA_KEYS]; // of SORT_KANA
};

enum { KEY_NONE = INT32_MIN };

static inline day_t last_completed_on(const struct known *person)
{
    return person->in_force && person->done_count > 0 ? person->dones[0].completed_on : KEY_NONE;
}

static inline int32_t value_of(const struct known *person, struct answer answer, enum sort_key sort)
{
    switch (sort) {
    case SORT_RELEVANCE:
        return (int32_t)answer.rank;
    case SORT_NUMBER:
        return (int32_t)person->r.number;
    case SORT_KANA:
        return person->shown.kana.n == 0 ? KEY_NONE : 0;
    case SORT_REGISTERED_ON:
        return person->r.registered_on;
    case SORT_EXPIRES_ON:
        return person->r.expires_on;
    default:
        return last_completed_on(person);
    }
}

static inline int compare_texts(struct str a, struct str b)
{
    size_t shorter = a.n < b.n ? a.n : b.n;
    int order = shorter == 0 ? 0 : memcmp(a.p, b.p, shorter);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

// Ascending or descending; those without a key are last either way; then by number.
static inline int compare_found(const struct found *a, const struct found *b, bool descending)
{
    if ((a->value == KEY_NONE) != (b->value == KEY_NONE)) {
        return a->value == KEY_NONE ? 1 : -1;
    }
    int order = (a->value > b->value) - (a->value < b->value);
    for (size_t i = 0; i < KANA_KEYS; i++) {
        order = order != 0 ? order : compare_texts(a->keys[i], b->keys[i]);
    }
    if (order != 0) {
        return descending ? -order : order;
    }
    return (a->number > b->number) - (a->number < b->number);
}

static inline int by_order(const void *a, const void *b)
{
    return compare_found(a, b, false);
}

static inline int by_order_descending(const void *a, const void *b)
{
    return compare_found(a, b, true);
}

// Everyone who is found, in order. The query's position and limit are left to the caller. Views last as long as the
// room.
static inline size_t find_people(const struct known_register *known, const struct query *query,
                                 struct found found[PEOPLE_MOST], struct buf *room)
{
    size_t n = 0;
    struct conditions conditions = conditions_of(query, room);
    for (size_t i = 0; i < known->n; i++) {
        const struct known *person = &known->people[i];
        if (!passes_filters(known, query, person, room)) {
            continue;
        }
        struct answer answer = answer_conditions(known, person, &conditions);
        if (answer.rank != RANK_NONE) {
            found[n] = (struct found){.person = person,
                                      .answer = answer,
                                      .number = person->r.number,
                                      .value = value_of(person, answer, query->sort)};
            for (size_t part = 0; query->sort == SORT_KANA && part < person->shown.kana.n; part++) {
                found[n].keys[2 * part] = person->shown.kana.parts[part].of[FORM_SOUND];
                found[n].keys[2 * part + 1] = person->shown.kana.parts[part].of[FORM_UNIFIED];
            }
            n++;
        }
    }
    conditions_free(&conditions);
    qsort(found, n, sizeof found[0], query->descending ? by_order_descending : by_order);
    return n;
}

// --- facets ---

// What a person has of a facet; each value once.
struct own_values {
    int32_t values[DONES_MOST];
    struct str texts[ENTRIES_MOST]; // form unified
    size_t n, text_count;
};

static inline void own_value(struct own_values *own, int32_t value)
{
    for (size_t i = 0; i < own->n; i++) {
        if (own->values[i] == value) {
            return;
        }
    }
    own->values[own->n++] = value;
}

static inline void own_texts(struct own_values *own, const struct entries *entries)
{
    for (size_t i = 0; i < entries->n; i++) {
        struct str text = entries->items[i].of[FORM_UNIFIED];
        bool known = false;
        for (size_t k = 0; k < own->text_count; k++) {
            known = known || str_equal(own->texts[k], text);
        }
        if (!known) {
            own->texts[own->text_count++] = text;
        }
    }
}

static inline void own_dones(struct own_values *own, const struct known_register *known, const struct known *person,
                             bool kind)
{
    for (size_t i = 0; i < person->done_count; i++) {
        size_t course = course_of(known, person->dones[i].course);
        own_value(own, kind ? (int32_t)known->courses[course].kind : (int32_t)known->course_index[course]);
    }
}

static inline void own_shown(struct own_values *own, const struct known_register *known, const struct known *person,
                             enum facet facet)
{
    const struct registrant *r = &person->r;
    if (facet == FACET_HOME && r->home != PLACE_NONE) {
        own_value(own, r->home);
    } else if (facet == FACET_EMPLOYER_PLACE && r->employer_place != PLACE_NONE) {
        own_value(own, r->employer_place);
    } else if (facet == FACET_KIND || facet == FACET_COURSE) {
        own_dones(own, known, person, facet == FACET_KIND);
    } else if (facet == FACET_SKILL) {
        own_texts(own, &person->shown.skills);
    } else if (facet == FACET_SPECIALTY) {
        own_texts(own, &person->shown.specialties);
    } else if (facet == FACET_EXAM_PASSED_YEAR && r->exam_passed != MONTH_NONE) {
        own_value(own, r->exam_passed / 12);
    }
}

static inline struct own_values values_of(const struct known_register *known, const struct known *person,
                                          enum facet facet)
{
    struct own_values own = {.n = 0};
    if (facet == FACET_STATUS) {
        own_value(&own, (int32_t)person->status);
    } else if (facet == FACET_REGISTERED_YEAR) {
        own_value(&own, day_to_ymd(person->r.registered_on).year);
    } else if (person->in_force) {
        own_shown(&own, known, person, facet);
    }
    return own;
}

static inline void count_value(struct facet_counts *counts, int32_t value, struct str text)
{
    size_t i = 0;
    while (i < counts->n && (counts->values[i].value != value || !str_equal(counts->values[i].text, text))) {
        i++;
    }
    assert_true(i < FACET_VALUES_MOST);
    if (i == counts->n) {
        counts->values[counts->n++] = (struct facet_value){.value = value, .text = text};
    }
    counts->values[i].count++;
}

// In no order; of texts the form unified.
static inline void count_facet(const struct known_register *known, const struct found *found, size_t n,
                               enum facet facet, struct facet_counts *counts)
{
    counts->n = 0;
    counts->omitted = 0;
    for (size_t i = 0; i < n; i++) {
        struct own_values own = values_of(known, found[i].person, facet);
        for (size_t k = 0; k < own.n; k++) {
            count_value(counts, own.values[k], STR(""));
        }
        for (size_t k = 0; k < own.text_count; k++) {
            count_value(counts, 0, own.texts[k]);
        }
    }
}

#endif
