// Conditions on completions, for people and for completions, against asking every completion: ranges that keep to
// months and ranges that cut them, inside and outside the time in which anything was completed.
#include "edition/query.h"

#include <stdlib.h>

#include "tests/unit/edition/by_hand.h"
#include "tests/unit/edition/dice.h"

enum { PEOPLE = 300, COURSES = 9, DONES_MOST = 8, REGISTERS = 12, CONDITIONS = 250 };

struct done_drawn {
    number_t number;
    int course;
    day_t day;
};

static struct edition *edition;
static struct done_drawn dones[PEOPLE * DONES_MOST];
static size_t done_count;
static day_t first_day; // of the time in which completions are drawn
static uint32_t span;   // days

static const char *const operators[] = {"ipa", "other", "third"};
static const char *const codes[COURSES] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"};

static enum course_kind kind_of(int course)
{
    return (enum course_kind)(course % 4);
}

static const char *operator_of(int course)
{
    return operators[course % 3];
}

// Newest first, then course.
static int compare(const void *a, const void *b)
{
    const struct done_drawn *left = a;
    const struct done_drawn *right = b;
    return left->day != right->day ? (left->day < right->day ? 1 : -1) : left->course - right->course;
}

static void draw_person(number_t number)
{
    size_t start = done_count;
    for (uint32_t i = draw(DONES_MOST + 1); i > 0; i--) {
        struct done_drawn done = {number, (int)draw(COURSES - 1), 0}; // nobody did the last one
        // The rarer the course, the shorter the time in which it was given.
        done.day = first_day + (day_t)draw(done.course < 4 ? span : span / 3 + 1);
        dones[done_count++] = done;
    }
    qsort(dones + start, done_count - start, sizeof dones[0], compare);
    size_t kept = start;
    for (size_t i = start; i < done_count; i++) {
        if (kept == start || compare(&dones[kept - 1], &dones[i]) != 0) {
            dones[kept++] = dones[i];
        }
    }
    done_count = kept;
}

static void open_register(void)
{
    struct fault fault = {""};
    struct builder *builder = builder_of("2026-06-15");
    first_day = draw(3) == 0 ? COMPLETION_DAY_FIRST : day("2024-01-01") + (day_t)draw(60);
    span = draw(4) == 0 ? 1 : 1 + draw(900);
    done_count = 0;
    for (int i = 0; i < COURSES; i++) {
        add_course(builder, codes[i], kind_of(i), operator_of(i), true);
    }
    for (number_t number = 1; number <= PEOPLE; number++) {
        struct registrant r = plain_person(number);
        add_person(builder, &r, NULL);
        draw_person(number);
    }
    for (size_t i = 0; i < done_count; i++) {
        const struct builder_completion done = {dones[i].number, str_of(codes[dones[i].course]), dones[i].day,
                                                INSTANT_NONE, 2000000};
        assert_int_equal(builder_add_completion(builder, &done, &fault), ERR_OK);
    }
    edition_free(&edition);
    edition = finish(&builder);
}

// A day in the time of the completions or around it; often the first or last of a month.
static day_t draw_day(void)
{
    day_t drawn = first_day - 50 + (day_t)draw(span + 100);
    drawn = drawn < COMPLETION_DAY_FIRST ? COMPLETION_DAY_FIRST : drawn;
    day_t month = month_first_day(day_month(drawn));
    return draw(2) == 0 ? drawn : draw(2) == 0 ? month : day_add_months(month, 1) - 1;
}

static void draw_condition(struct done_condition *c)
{
    static struct str wanted[3];
    *c = (struct done_condition){.completed = {DAY_NONE, DAY_NONE}};
    uint32_t parts = draw(16);
    if ((parts & 1) != 0) {
        c->by_course = true;
        for (uint32_t i = draw(4); i > 0; i--) {
            c->courses[c->course_count++] = (uint16_t)draw(COURSES);
        }
    }
    c->kinds = (parts & 2) != 0 ? 1 + draw((1U << KIND_COUNT) - 1) : 0;
    if ((parts & 4) != 0) {
        c->operators = wanted;
        for (uint32_t i = 1 + draw(2); i > 0; i--) {
            wanted[c->operator_count++] = draw(5) == 0 ? STR("nobody") : str_of(operators[draw(3)]);
        }
    }
    if ((parts & 8) != 0) {
        c->completed.from = draw(4) == 0 ? DAY_NONE : draw_day();
        c->completed.to = draw(4) == 0 ? DAY_NONE : draw_day();
    }
}

static bool fits(const struct done_condition *c, const struct done_drawn *done)
{
    bool by_course = !c->by_course;
    bool by_operator = c->operator_count == 0;
    for (size_t i = 0; i < c->course_count; i++) {
        by_course = by_course || c->courses[i] == done->course;
    }
    for (size_t i = 0; i < c->operator_count; i++) {
        by_operator = by_operator || str_equal(c->operators[i], str_of(operator_of(done->course)));
    }
    return by_course && by_operator && (c->kinds == 0 || (c->kinds >> kind_of(done->course) & 1) != 0) &&
           (c->completed.from == DAY_NONE || done->day >= c->completed.from) &&
           (c->completed.to == DAY_NONE || done->day <= c->completed.to);
}

static void check_dones(const struct done_condition *condition)
{
    static struct page page;
    struct done_query query = every_done();
    query.done = *condition;
    query.limit = QUERY_LIMIT_MOST;
    assert_int_equal(query_dones(edition, &query, &page), ERR_OK);
    uint32_t n = 0;
    for (uint32_t i = 0; i < done_count; i++) {
        if (fits(condition, &dones[i])) {
            assert_true(n >= page.count || page.ids[n] == i);
            n++;
        }
    }
    assert_int_equal(page.total, n);
    assert_int_equal(page.count, n < QUERY_LIMIT_MOST ? n : QUERY_LIMIT_MOST);
}

static void check_people(const struct done_condition *condition)
{
    static struct page page;
    bool asks = condition->by_course || condition->kinds != 0 || condition->operator_count > 0 ||
                condition->completed.from != DAY_NONE || condition->completed.to != DAY_NONE;
    bool expected[PEOPLE + 1] = {false};
    struct query query = everyone();
    query.done = *condition;
    query.limit = QUERY_LIMIT_MOST;
    assert_int_equal(query_people(edition, &query, &page, NULL), ERR_OK);
    for (size_t i = 0; i < done_count; i++) {
        expected[dones[i].number] = expected[dones[i].number] || fits(condition, &dones[i]);
    }
    uint32_t n = 0;
    for (number_t number = 1; number <= PEOPLE; number++) {
        if (expected[number] || !asks) {
            assert_true(n < page.count);
            assert_int_equal(edition_number(edition, page.ids[n]), number);
            n++;
        }
    }
    assert_int_equal(page.total, n);
}

static void test_random(void **state)
{
    (void)state;
    for (int i = 0; i < REGISTERS; i++) {
        open_register();
        for (int k = 0; k < CONDITIONS; k++) {
            struct done_condition condition;
            draw_condition(&condition);
            check_dones(&condition);
            check_people(&condition);
        }
    }
    edition_free(&edition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
