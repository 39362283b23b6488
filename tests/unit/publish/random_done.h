// Random conditions on one completion, for searches of people and of completions: see random_query.h.
#ifndef MEIBO_TESTS_RANDOM_DONE_H
#define MEIBO_TESTS_RANDOM_DONE_H

#include "tests/unit/publish/random_text.h"

static inline void draw_courses(struct drawing *d, struct done_condition *condition)
{
    struct world *world = d->world;
    condition->by_course = true;
    buf_add_text(&d->sql, " and course in (''");
    for (uint64_t i = 1 + draw(world, 4); i > 0; i--) {
        const char *code = one_in(world, 2) ? value(world->dones, d->done, "course")
                                            : value(world->courses, draw_row(world, world->courses), "code");
        int course = edition_find_course(world->edition, str_of(code));
        assert_true(course >= 0);
        condition->courses[condition->course_count++] = (uint16_t)course;
        buf_add_format(&d->sql, ",'%s'", code);
    }
    buf_add_char(&d->sql, ')');
}

static inline void draw_kinds(struct drawing *d, struct done_condition *condition)
{
    enum course_kind own;
    assert_true(kind_parse(str_of(value(d->world->dones, d->done, "kind")), &own));
    condition->kinds = 1U << draw(d->world, KIND_COUNT) | (one_in(d->world, 3) ? 0 : 1U << own);
    buf_add_text(&d->sql, " and kind in (''");
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        if ((condition->kinds >> i & 1) != 0) {
            buf_add_format(&d->sql, ",'%s'", kind_name((enum course_kind)i));
        }
    }
    buf_add_char(&d->sql, ')');
}

static inline void draw_operators(struct drawing *d, struct done_condition *condition)
{
    struct world *world = d->world;
    condition->operators = d->operators;
    buf_add_text(&d->sql, " and operator in (''");
    for (uint64_t i = 1 + draw(world, 3); i > 0; i--) {
        const char *code = one_in(world, 2) ? value(world->dones, d->done, "operator")
                                            : value(world->operators, draw_row(world, world->operators), "code");
        d->operators[condition->operator_count++] = str_of(code);
        buf_add_format(&d->sql, ",'%s'", code);
    }
    buf_add_char(&d->sql, ')');
}

// At least one of its parts.
static inline void draw_condition(struct drawing *d, struct done_condition *condition)
{
    uint64_t parts = 1 + draw(d->world, 15);
    if ((parts & 1) != 0) {
        draw_courses(d, condition);
    }
    if ((parts & 2) != 0) {
        draw_kinds(d, condition);
    }
    if ((parts & 4) != 0) {
        int most = one_in(d->world, 2) ? 5 : 400;
        draw_range(d, "completed_on", number_at(d->world->dones, d->done, "day"), most, &condition->completed);
    }
    if ((parts & 8) != 0) {
        draw_operators(d, condition);
    }
}

static inline void draw_done(struct drawing *d)
{
    buf_add_text(&d->sql, " and exists (select from done where done.number = person.number");
    draw_condition(d, &d->query.done);
    buf_add_char(&d->sql, ')');
}

static inline void drawing_begin(struct drawing *d, struct world *world)
{
    static const struct day_range open = {DAY_NONE, DAY_NONE};
    static const struct int_range any = {INT32_MIN, INT32_MIN};
    *d = (struct drawing){.world = world};
    buf_init(&d->sql, 100000);
    buf_init(&d->room, 100000);
    assert_non_null(buf_extend(&d->room, 100000)); // so that it does not move
    buf_clear(&d->room);
    d->done = draw_row(world, world->dones);
    d->person = one_in(world, 4) ? draw_row(world, world->people) : number_at(world->dones, d->done, "person");
    d->query.registered = d->query.expires = d->query.done.completed = d->dones.done.completed = open;
    d->query.exam = d->query.renewals = any;
    d->query.widest = EXTENT_HOLDS;
}

static inline void drawing_end(struct drawing *d)
{
    buf_fini(&d->sql);
    buf_fini(&d->room);
}

// In which order: relevance is for searches without text only, since SQL knows no ranks; nor does it know kana.
static inline const char *draw_order(struct drawing *d)
{
    static const struct {
        enum sort_key sort;
        bool descending;
        const char *sql;
    } orders[] = {
        {SORT_RELEVANCE, false, "number"},
        {SORT_NUMBER, false, "number"},
        {SORT_NUMBER, true, "number desc"},
        {SORT_REGISTERED_ON, false, "registered_on, number"},
        {SORT_REGISTERED_ON, true, "registered_on desc, number"},
        {SORT_EXPIRES_ON, false, "expires_on, number"},
        {SORT_EXPIRES_ON, true, "expires_on desc, number"},
        {SORT_LAST_COMPLETED_ON, false, "last_completed_on nulls last, number"},
        {SORT_LAST_COMPLETED_ON, true, "last_completed_on desc nulls last, number"},
    };
    bool has_text = d->query.word_count > 0 || d->query.name.p != NULL || d->query.employer.p != NULL;
    uint64_t which = (has_text ? 1 : 0) + draw(d->world, sizeof orders / sizeof orders[0] - (has_text ? 1 : 0));
    d->query.sort = orders[which].sort;
    d->query.descending = orders[which].descending;
    return orders[which].sql;
}

// One to five conditions of all; without a status those in force, or everybody when numbers are given.
static inline void draw_people_query(struct drawing *d)
{
    static void (*const conditions[])(struct drawing * d) = {
        draw_people_numbers, draw_words,     draw_words,       draw_name,       draw_employer,  draw_home,
        draw_employer_place, draw_statuses,  draw_done,        draw_registered, draw_expires,   draw_exam,
        draw_renewals,       draw_has_email, draw_name_public, draw_skill,      draw_specialty, draw_qualification,
    };
    enum { CONDITIONS = sizeof conditions / sizeof conditions[0] };
    unsigned drawn = 0;
    for (uint64_t i = 1 + draw(d->world, 5); i > 0; i--) {
        uint64_t which = draw(d->world, CONDITIONS);
        if ((drawn >> which & 1) == 0) {
            drawn |= 1U << which;
            conditions[which](d);
        }
    }
    if (d->query.statuses == 0) {
        bool all = d->query.number_count > 0;
        d->query.statuses = all ? (1U << STATUS_COUNT) - 1 : 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED;
        buf_add_text(&d->sql, all ? "" : " and in_force");
    }
}

static inline void draw_dones_query(struct drawing *d)
{
    if (!one_in(d->world, 3)) {
        draw_numbers(d, d->dones.numbers, &d->dones.number_count);
    }
    if (!one_in(d->world, 10)) {
        draw_condition(d, &d->dones.done);
    }
}

#endif
