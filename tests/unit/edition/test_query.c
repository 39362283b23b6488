// Every condition of a search for people but those on text, alone and together, on a register made by hand.
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

#define EVERYONE "10 20 30 40 50 60 70 80 90 1000000"

static void test_everyone_and_statuses(void **state)
{
    (void)state;
    static const struct {
        unsigned statuses;
        const char *expected;
    } cases[] = {
        {ANY_STATUS, EVERYONE},
        {IN_FORCE, "10 20 30 90 1000000"},
        {1U << STATUS_REGISTERED, "10 30 1000000"},
        {1U << STATUS_NAME_USE_SUSPENDED, "20 90"},
        {1U << STATUS_LAPSED, "40 80"},
        {1U << STATUS_REVOKED, "50"},
        {1U << STATUS_STRUCK_OFF, "60 70"},
        {1U << STATUS_LAPSED | 1U << STATUS_REGISTERED, "10 30 40 80 1000000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query query = everyone();
        query.statuses = cases[i].statuses;
        expect_people(edition, &query, cases[i].expected);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    struct query query = everyone();
    const number_t numbers[] = {1000000, 5, 40, 20, 20, 9999999, 11};
    memcpy(query.numbers, numbers, sizeof numbers);
    query.number_count = sizeof numbers / sizeof numbers[0];
    expect_people(edition, &query, "20 40 1000000");
    query.statuses = IN_FORCE;
    expect_people(edition, &query, "20 1000000");
    query.number_count = 2;
    expect_people(edition, &query, "1000000");
    query.number_count = 1;
    query.numbers[0] = 5;
    expect_people(edition, &query, "");
}

static void expect_places(const char *home, const char *employer_place, const char *expected)
{
    struct query query = everyone();
    const char *const texts[] = {home, employer_place};
    uint64_t *sets[] = {query.homes, query.employer_places};
    for (int i = 0; i < 2; i++) {
        for (struct str rest = str_of(texts[i]); rest.p != NULL && rest.n > 0;) {
            int place;
            assert_true(place_parse(str_cut(&rest, ','), &place));
            sets[i][place / 64] |= UINT64_C(1) << (place % 64);
        }
    }
    expect_people(edition, &query, expected);
}

static void test_places(void **state)
{
    (void)state;
    expect_places("13", NULL, "10");
    expect_places("13,14,99", NULL, "10 20 30");
    expect_places("99", NULL, "30");
    expect_places("47", NULL, "");
    expect_places(NULL, "14", "10");
    expect_places(NULL, "99", "30");
    expect_places("13", "99", "");
    expect_places("13,99", "14,99", "10 30");
}

// Tombstones have these two dates too.
static void test_dates(void **state)
{
    (void)state;
    struct query query = everyone();
    query.registered = days("2023-10-01", "2023-10-01");
    expect_people(edition, &query, "90");
    query.registered = days(NULL, "2024-03-31");
    expect_people(edition, &query, "90");
    query.registered = days("2023-10-02", NULL);
    expect_people(edition, &query, "10 20 30 40 50 60 70 80 1000000");
    query.expires = days(NULL, "2026-06-14");
    expect_people(edition, &query, "40 80");
    query.registered = days(NULL, NULL);
    query.expires = days("2026-06-14", "2026-06-15");
    expect_people(edition, &query, "40 90");
    query.expires = days("2027-04-01", NULL);
    expect_people(edition, &query, "");
}

static void expect_completed(const char *course, unsigned kinds, const char *from, const char *to, const char *expected)
{
    struct query query = everyone();
    if (course != NULL) {
        name_course(edition, &query.done, course);
    }
    query.done.kinds = kinds;
    query.done.completed = days(from, to);
    expect_people(edition, &query, expected);
}

static void test_completions(void **state)
{
    (void)state;
    expect_completed("online-2024", 0, NULL, NULL, "10 1000000"); // the one of 40 is not shown
    expect_completed("old-2019", 0, NULL, NULL, "30");            // a course that ended
    expect_completed(NULL, 1U << KIND_DESIGNATED, NULL, NULL, "10 20");
    expect_completed(NULL, 1U << KIND_DESIGNATED | 1U << KIND_ONLINE, NULL, NULL, "10 20 30 1000000");
    expect_completed(NULL, 1U << KIND_CYBERREX, NULL, NULL, "");
    expect_completed(NULL, 0, "2025-12-01", "2025-12-31", "10 20"); // a whole month
    expect_completed(NULL, 0, "2025-12-01", "2025-12-30", "");
    expect_completed(NULL, 0, "2025-02-01", "2025-02-28", "1000000");
    expect_completed(NULL, 0, "2025-02-01", "2025-02-27", "");
    expect_completed(NULL, 0, "2024-07-31", "2024-07-31", "10");
    expect_completed(NULL, 0, NULL, "2019-08-01", "30");
    expect_completed(NULL, 0, NULL, "2019-07-31", "");
    expect_completed(NULL, 0, "2026-01-01", NULL, "");
    expect_completed(NULL, 0, "2025-07-02", NULL, "10 20");
}

// 10 has online-2025, and something completed in December 2025: but not in one completion.
static void test_one_completion_fulfils_all(void **state)
{
    (void)state;
    expect_completed("online-2025", 0, "2025-12-01", "2025-12-31", "20");
    expect_completed("online-2025", 0, "2025-12-01", NULL, "20");
    expect_completed("online-2025", 0, NULL, "2025-07-01", "10");
    expect_completed(NULL, 1U << KIND_DESIGNATED, NULL, "2025-12-30", "");
    expect_completed("special", 1U << KIND_ONLINE, NULL, NULL, ""); // a course of another kind
    expect_completed("special", 1U << KIND_ONLINE | 1U << KIND_DESIGNATED, "2025-12-31", NULL, "10 20");
}

// By a course, but none is left: nothing, and not "any".
static void test_no_course_left(void **state)
{
    (void)state;
    struct query query = everyone();
    query.done.by_course = true;
    expect_people(edition, &query, "");
}

static void test_everything_together(void **state)
{
    (void)state;
    struct query query = everyone();
    query.name = STR("見本太");
    query.kana = STR("たろ");
    query.employer = STR("サンプル");
    query.name_public = TRIPLE_YES;
    query.has_email = TRIPLE_NO;
    query.renewals = (struct int_range){0, 0};
    add_word(&query, "taro");
    query.homes[0] = 1U << 13;
    query.employer_places[0] = 1U << 14;
    query.registered = days("2024-04-01", "2024-04-01");
    query.expires = days("2027-03-31", NULL);
    query.done.kinds = 1U << KIND_DESIGNATED;
    query.done.completed = days("2025-12-31", "2025-12-31");
    query.numbers[query.number_count++] = 10;
    expect_people(edition, &query, "10");
    add_word(&query, "花");
    expect_people(edition, &query, "");
}

// --- what is shown besides the name -------------------------------------------

static const struct str webs[] = {{"Web", 3}, {"監査", 6}};
static const struct str wide_web[] = {{"ｗｅｂ", 9}};
static const struct str website[] = {{"Website", 7}};

// 1 has everything, 2 other things, 3 nothing; 4 has what 1 has, and ended.
static struct edition *people_with_profiles(void)
{
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    struct registrant r = plain_person(1);
    r.name = STR("見本 太郎");
    r.email = STR("a@sample.invalid");
    r.exam_passed = 2017 * 12 + 9;
    r.renewal_count = 2;
    r.skills = (struct text_list){webs, 2};
    r.specialties = (struct text_list){website, 1};
    r.qualifications = (struct text_list){webs + 1, 1};
    struct registrant ended = r;
    add_person(builder, &r, NULL);
    r.number = 2;
    r.email = (struct str){NULL, 0};
    r.exam_passed = 2018 * 12 + 3;
    r.renewal_count = 1;
    r.skills = (struct text_list){wide_web, 1};
    r.specialties = r.qualifications = (struct text_list){webs, 2};
    add_person(builder, &r, NULL);
    r = plain_person(3);
    add_person(builder, &r, NULL);
    ended.number = 4;
    ended.status = STATUS_REVOKED;
    add_person(builder, &ended, NULL);
    return finish(&builder);
}

static void test_ranges_of_ints(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *profiles = people_with_profiles();
    static const struct {
        struct int_range exam, renewals;
        const char *expected;
    } cases[] = {
        {{2017 * 12 + 9, 2017 * 12 + 9}, {INT32_MIN, INT32_MIN}, "1"},
        {{INT32_MIN, 2018 * 12 + 3}, {INT32_MIN, INT32_MIN}, "1 2"},
        {{2017 * 12 + 10, INT32_MIN}, {INT32_MIN, INT32_MIN}, "2"},
        {{2018 * 12 + 4, INT32_MIN}, {INT32_MIN, INT32_MIN}, ""},
        {{INT32_MIN, INT32_MIN}, {0, INT32_MIN}, "1 2 3"},
        {{INT32_MIN, INT32_MIN}, {1, INT32_MIN}, "1 2"},
        {{INT32_MIN, INT32_MIN}, {INT32_MIN, 1}, "2 3"},
        {{INT32_MIN, INT32_MIN}, {0, 0}, "3"},
        {{INT32_MIN, 2017 * 12 + 9}, {2, 2}, "1"},
        {{INT32_MIN, 2017 * 12 + 9}, {1, 1}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query query = everyone();
        query.exam = cases[i].exam;
        query.renewals = cases[i].renewals;
        expect_people(profiles, &query, cases[i].expected);
    }
}

static void test_triples(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *profiles = people_with_profiles();
    static const struct {
        enum triple has_email, name_public;
        const char *expected;
    } cases[] = {
        {TRIPLE_ANY, TRIPLE_ANY, "1 2 3 4"}, {TRIPLE_YES, TRIPLE_ANY, "1"}, {TRIPLE_NO, TRIPLE_ANY, "2 3"},
        {TRIPLE_ANY, TRIPLE_YES, "1 2"},     {TRIPLE_ANY, TRIPLE_NO, "3"},  {TRIPLE_NO, TRIPLE_YES, "2"},
        {TRIPLE_YES, TRIPLE_YES, "1"},       {TRIPLE_YES, TRIPLE_NO, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct query query = everyone();
        query.has_email = cases[i].has_email;
        query.name_public = cases[i].name_public;
        expect_people(profiles, &query, cases[i].expected);
    }
}

static void expect_terms(const struct edition *profiles, struct term_condition skill, struct term_condition specialty,
                         struct term_condition qualification, const char *expected)
{
    struct query query = everyone();
    query.skill = skill;
    query.specialty = specialty;
    query.qualification = qualification;
    expect_people(profiles, &query, expected);
}

// The whole entry, in any width, case and kana; any of the texts.
static void test_terms(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *profiles = people_with_profiles();
    static const struct term_condition any = {.n = 0};
    static const struct term_condition web = {{{"ＷＥＢ", 9}}, 1};
    static const struct term_condition audit = {{{"監 査", 7}}, 1};
    static const struct term_condition either = {{{"website", 7}, {"監査", 6}}, 2};
    static const struct term_condition part = {{{"We", 2}}, 1};
    expect_terms(profiles, web, any, any, "1 2");
    expect_terms(profiles, audit, any, any, "1");
    expect_terms(profiles, part, any, any, "");
    expect_terms(profiles, any, web, any, "2");
    expect_terms(profiles, any, either, any, "1 2");
    expect_terms(profiles, any, any, web, "2");
    expect_terms(profiles, any, any, audit, "1 2");
    expect_terms(profiles, web, either, audit, "1 2");
    expect_terms(profiles, audit, web, any, "");
}

static void test_empty_register(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    EDITION_AUTO struct edition *empty = finish(&builder);
    struct query query = everyone();
    expect_people(empty, &query, "");
    query.name = STR("見本太郎");
    expect_people(empty, &query, "");
    add_word(&query, "10");
    query.done.kinds = 1U << KIND_ONLINE;
    query.done.completed = days("2025-01-02", NULL);
    query.numbers[query.number_count++] = 10;
    query.homes[0] = 1;
    query.registered = days("2020-01-01", NULL);
    query.after = (struct position){.given = true, .number = 10};
    for (int sort = 0; sort < SORT_COUNT; sort++) {
        query.sort = (enum sort_key)sort;
        expect_people(empty, &query, "");
    }
    query.facets = (1U << FACET_COUNT) - 1;
    static struct facet_counts facets[FACET_COUNT];
    struct page page;
    assert_int_equal(query_people(empty, &query, &page, facets), ERR_OK);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        assert_int_equal(facets[facet].n, 0);
        assert_int_equal(facets[facet].omitted, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everyone_and_statuses),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_completions),
        cmocka_unit_test(test_one_completion_fulfils_all),
        cmocka_unit_test(test_no_course_left),
        cmocka_unit_test(test_everything_together),
        cmocka_unit_test(test_ranges_of_ints),
        cmocka_unit_test(test_triples),
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_empty_register),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
