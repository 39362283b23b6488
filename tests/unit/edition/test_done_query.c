// Every condition of a search for completions, its order and its pages, on a register made by hand.
#include "edition/query.h"

#include "tests/unit/edition/by_hand.h"

static struct edition *edition;

static int set_up(void **state)
{
    (void)state;
    edition = edition_by_hand();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    edition_free(&edition);
    return 0;
}

#define OF_10 "10 2025-12-31 special, 10 2025-07-01 online-2025, 10 2024-07-31 online-2024"
#define OF_20 "20 2025-12-31 online-2025, 20 2025-12-31 special"
#define OF_30 "30 2019-08-01 old-2019"
#define OF_LAST "1000000 2025-02-28 online-2024"

static void test_all_in_order(void **state)
{
    (void)state;
    struct done_query query = every_done();
    expect_dones(edition, &query, OF_10 ", " OF_20 ", " OF_30 ", " OF_LAST);
}

static void test_numbers(void **state)
{
    (void)state;
    struct done_query query = every_done();
    const number_t numbers[] = {1000000, 20, 20, 5};
    memcpy(query.numbers, numbers, sizeof numbers);
    query.number_count = 4;
    expect_dones(edition, &query, OF_20 ", " OF_LAST);
    query.number_count = 1;
    query.numbers[0] = 90; // in force, without completions
    expect_dones(edition, &query, "");
    query.numbers[0] = 40; // ended
    expect_dones(edition, &query, "");
    query.numbers[0] = 5; // never issued
    expect_dones(edition, &query, "");
}

static void expect(const char *course, unsigned kinds, const char *from, const char *to, const char *expected)
{
    struct done_query query = every_done();
    if (course != NULL) {
        name_course(edition, &query.done, course);
    }
    query.done.kinds = kinds;
    query.done.completed = days(from, to);
    expect_dones(edition, &query, expected);
}

static void test_conditions(void **state)
{
    (void)state;
    expect("online-2024", 0, NULL, NULL, "10 2024-07-31 online-2024, " OF_LAST);
    expect("old-2019", 0, NULL, NULL, OF_30);
    expect(NULL, 1U << KIND_DESIGNATED, NULL, NULL, "10 2025-12-31 special, 20 2025-12-31 special");
    expect(NULL, 1U << KIND_PRACTICAL_A, NULL, NULL, "");
    expect("special", 1U << KIND_ONLINE, NULL, NULL, "");
    expect(NULL, 0, "2025-07-01", "2025-07-31", "10 2025-07-01 online-2025");
    expect(NULL, 0, "2025-07-01", "2025-07-01", "10 2025-07-01 online-2025"); // both ends count
    expect(NULL, 0, "2025-07-02", "2025-12-30", "");
    expect(NULL, 0, "2024-08-01", "2025-12-30", "10 2025-07-01 online-2025, " OF_LAST);
    expect(NULL, 0, NULL, "2024-07-30", OF_30);
    expect("online-2025", 0, "2025-12-01", "2025-12-31", "20 2025-12-31 online-2025");
    expect("online-2025", 1U << KIND_ONLINE, "2025-12-31", NULL, "20 2025-12-31 online-2025");
}

static void test_operators(void **state)
{
    (void)state;
    static const struct str codes[] = {{"other", 5}, {"ipa", 3}};
    struct done_query query = every_done();
    query.done.operators = codes;
    query.done.operator_count = 1;
    expect_dones(edition, &query, "10 2025-12-31 special, 20 2025-12-31 special");
    query.done.operator_count = 2;
    expect_dones(edition, &query, OF_10 ", " OF_20 ", " OF_30 ", " OF_LAST);
    query.done.operators = codes + 1;
    query.done.operator_count = 1;
    query.done.completed = days("2025-12-01", NULL);
    expect_dones(edition, &query, "20 2025-12-31 online-2025");
    name_course(edition, &query.done, "special"); // of the other operator
    expect_dones(edition, &query, "");
}

static void test_no_course_left(void **state)
{
    (void)state;
    struct done_query query = every_done();
    query.done.by_course = true;
    expect_dones(edition, &query, "");
    query.numbers[query.number_count++] = 10;
    expect_dones(edition, &query, "");
}

static void expect_pages(struct done_query *query)
{
    struct page all;
    query->limit = 100;
    query->from = 0;
    assert_int_equal(query_dones(edition, query, &all), ERR_OK);
    for (uint32_t limit = 1; limit <= all.count + 1; limit++) {
        for (uint32_t from = 0; from <= all.count; from++) {
            struct page page;
            query->limit = limit;
            query->from = from == 0 ? 0 : all.ids[from - 1] + 1;
            assert_int_equal(query_dones(edition, query, &page), ERR_OK);
            uint32_t left = all.count - from;
            assert_int_equal(page.total, all.total);
            assert_int_equal(page.count, left < limit ? left : limit);
            assert_int_equal(page.more, left > limit);
            assert_memory_equal(page.ids, all.ids + from, page.count * sizeof page.ids[0]);
        }
    }
}

static void test_pages(void **state)
{
    (void)state;
    struct done_query query = every_done();
    expect_pages(&query); // no list at all
    query.done.kinds = 1U << KIND_ONLINE;
    expect_pages(&query); // a list
    query.done.completed = days("2024-07-31", "2025-12-31");
    expect_pages(&query); // whole months and the like
    query.done.completed = days("2024-07-31", "2025-07-01");
    expect_pages(&query); // verified one by one
    query.numbers[query.number_count++] = 90;
    expect_pages(&query); // nothing
}

// The place behind a completion is found by what identifies it, whether it is still there or not.
static void test_place_behind(void **state)
{
    (void)state;
    static const struct {
        number_t number;
        const char *completed_on, *course;
        uint32_t place;
    } cases[] = {
        {10, "2025-12-31", "special", 1},
        {10, "2025-07-01", "online-2025", 2},
        {10, "2024-07-31", "online-2024", 3},
        {20, "2025-12-31", "online-2025", 4},
        {20, "2025-12-31", "special", 5},
        {30, "2019-08-01", "old-2019", 6},
        {1000000, "2025-02-28", "online-2024", 7},
        // gone, or never there
        {1, "2025-01-01", "special", 0},
        {10, "2026-01-01", "special", 0},
        {10, "2025-12-31", "speciala", 1},
        {10, "2025-12-31", "specia", 0},
        {10, "2025-12-30", "a", 1},
        {10, "2000-01-01", "a", 3},
        {15, "2025-01-01", "a", 3},
        {20, "2025-12-31", "online-2026", 4},
        {20, "2025-12-31", "online-202", 3},
        {40, "2024-07-01", "online-2024", 6},
        {95, "2025-01-01", "a", 6},
        {9999999, "2025-01-01", "a", 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t place = done_after(edition, cases[i].number, day(cases[i].completed_on), str_of(cases[i].course));
        assert_int_equal(place, cases[i].place);
    }
}

static void test_empty_register(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    EDITION_AUTO struct edition *empty = finish(&builder);
    struct done_query query = every_done();
    expect_dones(empty, &query, "");
    query.done.kinds = 1U << KIND_ONLINE;
    query.numbers[query.number_count++] = 10;
    query.done.completed = days("2025-01-02", NULL);
    expect_dones(empty, &query, "");
    assert_int_equal(done_after(empty, 10, day("2025-01-01"), STR("a")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_in_order), cmocka_unit_test(test_numbers),        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_operators),    cmocka_unit_test(test_no_course_left), cmocka_unit_test(test_pages),
        cmocka_unit_test(test_place_behind), cmocka_unit_test(test_empty_register),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
