// Every condition of a search for people, alone and together, on a register made by hand.
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

struct text_case {
    const char *text, *expected;
};

static void expect_texts(size_t field, const struct text_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct query query = everyone();
        struct str *fields[] = {&query.name, &query.kana, &query.employer};
        *fields[field] = folded(cases[i].text);
        expect_people(edition, &query, cases[i].expected);
    }
}

// One character, two, and the longer ones that must be verified: the pairs of 本見本 stand in 見本 太郎 and in 本見
// 次郎, but neither holds it.
static void test_name(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"見", "10 20 30"}, {"見本", "10 20"}, // not the other name of 1000000
        {"本見", "30"},     {"本太", "10"},    // across the blank
        {"見本太郎", "10"}, {"見本太郎さん", ""}, {"本見本", ""}, {"見 本　太 郎", "10"},
        {"郎", "10 30"},    {"１０", "1000000"},  {"㈱", ""},     {"株式会社", "1000000"},
        {"龍", ""},         {"\U0002000b", ""},
    };
    expect_texts(0, cases, sizeof cases / sizeof cases[0]);
}

static void test_kana_and_employer(void **state)
{
    (void)state;
    static const struct text_case kana[] = {
        {"みほん", "10 20"}, {"ﾐﾎﾝﾀﾛｳ", "10"}, {"ハナコ", "20"}, {"ん", "10 20"}, {"んた", "10"}, {"たみほ", ""},
    };
    static const struct text_case employer[] = {
        {"サンプル", "10 20"}, {"さんぷる商", "20"}, {"㍿サンプル", "10"}, {"フ", ""}, {"株", "10"}, {"株式会社", "10"},
    };
    expect_texts(1, kana, sizeof kana / sizeof kana[0]);
    expect_texts(2, employer, sizeof employer / sizeof employer[0]);
}

static void expect_words(const char *first, const char *second, const char *expected)
{
    struct query query = everyone();
    query.words[query.word_count++] = word(first);
    if (second != NULL) {
        query.words[query.word_count++] = word(second);
    }
    expect_people(edition, &query, expected);
}

// Each word in any of the four fields, or the number: also of an ended registration, that has no text.
static void test_words(void **state)
{
    (void)state;
    expect_words("見本", NULL, "10 20 1000000");
    expect_words("ｍｉｈｏｎ", NULL, "10");
    expect_words("mihontaro", NULL, "10");
    expect_words("株式会社", NULL, "10 1000000");
    expect_words("株式会社", "見本", "10 1000000");
    expect_words("株式会社", "太郎", "10");
    expect_words("商会", "はなこ", "20");
    expect_words("10", NULL, "10 1000000");
    expect_words("000010", NULL, "10");
    expect_words("10", "見本", "10 1000000");
    expect_words("40", NULL, "40");
    expect_words("40", "見本", "");
    expect_words("000040", "40", "40");
    expect_words("000040", "太郎", "");
    expect_words("1000000", NULL, "1000000");
    expect_words("見本太郎ミホン", NULL, ""); // not across two fields
}

// A number among the words must not bring people whose state was not asked for.
static void test_number_word_keeps_statuses(void **state)
{
    (void)state;
    struct query query = everyone();
    query.words[query.word_count++] = word("40");
    query.statuses = IN_FORCE;
    expect_people(edition, &query, "");
    query.statuses = 1U << STATUS_LAPSED;
    expect_people(edition, &query, "40");
}

static void test_text_implies_in_force(void **state)
{
    (void)state;
    struct query query = everyone();
    query.name = folded("太郎");
    query.statuses = ANY_STATUS & ~(unsigned)IN_FORCE;
    expect_people(edition, &query, "");
    query.name = folded("見本");
    query.statuses = 1U << STATUS_REGISTERED | 1U << STATUS_LAPSED;
    expect_people(edition, &query, "10");
    query.statuses = 1U << STATUS_NAME_USE_SUSPENDED;
    expect_people(edition, &query, "20");
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
    query.name = folded("見本太");
    query.kana = folded("たろ");
    query.employer = folded("サンプル");
    query.words[query.word_count++] = word("taro");
    query.homes[0] = 1U << 13;
    query.employer_places[0] = 1U << 14;
    query.registered = days("2024-04-01", "2024-04-01");
    query.expires = days("2027-03-31", NULL);
    query.done.kinds = 1U << KIND_DESIGNATED;
    query.done.completed = days("2025-12-31", "2025-12-31");
    query.numbers[query.number_count++] = 10;
    expect_people(edition, &query, "10");
    query.words[query.word_count++] = word("花");
    expect_people(edition, &query, "");
}

// Every limit, from every place: the page is the next `limit` of all, `more` says whether something follows.
static void expect_pages(struct query *query)
{
    query->limit = 100;
    query->after = 0;
    const struct page all = ask(edition, query);
    for (uint32_t limit = 1; limit <= all.count + 1; limit++) {
        for (uint32_t from = 0; from <= all.count; from++) {
            query->limit = limit;
            query->after = from == 0 ? 0 : edition_number(edition, all.ids[from - 1]);
            struct page page = ask(edition, query);
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
    struct query query = everyone();
    expect_pages(&query); // a list as it is
    query.statuses = IN_FORCE;
    expect_pages(&query); // a union
    query.done.kinds = 1U << KIND_ONLINE | 1U << KIND_DESIGNATED;
    query.done.completed = days("2019-08-01", "2025-12-31");
    expect_pages(&query); // verified one by one
    query.words[query.word_count++] = word("龍");
    expect_pages(&query); // nothing
}

// A walk goes on behind a number that is not there any more.
static void test_after_a_number_that_is_gone(void **state)
{
    (void)state;
    struct query query = everyone();
    query.after = 45;
    query.limit = 2;
    struct page page = ask(edition, &query);
    assert_int_equal(page.count, 2);
    assert_int_equal(edition_number(edition, page.ids[0]), 50);
    query.after = NUMBER_MAX;
    page = ask(edition, &query);
    assert_int_equal(page.count, 0);
    assert_int_equal(page.total, 10);
    assert_false(page.more);
}

static void test_empty_register(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    EDITION_AUTO struct edition *empty = finish(&builder);
    struct query query = everyone();
    expect_people(empty, &query, "");
    query.name = folded("見本太郎");
    expect_people(empty, &query, "");
    query.words[query.word_count++] = word("10");
    query.done.kinds = 1U << KIND_ONLINE;
    query.done.completed = days("2025-01-02", NULL);
    query.numbers[query.number_count++] = 10;
    query.homes[0] = 1;
    query.registered = days("2020-01-01", NULL);
    query.after = 10;
    expect_people(empty, &query, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everyone_and_statuses),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_kana_and_employer),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_number_word_keeps_statuses),
        cmocka_unit_test(test_text_implies_in_force),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_completions),
        cmocka_unit_test(test_one_completion_fulfils_all),
        cmocka_unit_test(test_no_course_left),
        cmocka_unit_test(test_everything_together),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_after_a_number_that_is_gone),
        cmocka_unit_test(test_empty_register),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
