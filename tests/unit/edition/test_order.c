// Orders and cursors by hand: every key, both directions, ties, people without the key, and positions whose key or
// person the edition no longer has.
//
//  1  サトウ イチロウ   registered 2020-04-01  expires 2029-03-31  last completed 2025-07-01
//  2  さとう いちろう              2018-10-01          2027-09-30  -           (as 1, but for the script)
//  3  サトー イチロー              2020-04-01          2027-09-30  2025-07-01  (sounds as 1)
//  4  サトウ                       2024-04-01          2027-03-31  2026-01-31
//  5  -                            2018-10-01          2027-09-30  -
//  6  アベ ジロウ                  2020-04-01          2029-03-31  2025-01-01
//  7  サトウ アキ                  2019-04-01          2028-03-31  -
//  8  ワタナベ ハナ                2019-04-01          2028-03-31  2025-07-02
//  9  revoked; アベ                2020-04-01          2029-03-31  2025-07-01, which a tombstone does not show
// 10  -                            2019-10-01          2028-09-30  2024-12-31
#include "edition/query.h"

#include <stdlib.h>

#include "edition/cursor.h"

#include "tests/unit/edition/by_hand.h"

static struct edition *edition;

static const struct {
    const char *kana, *registered_on, *expires_on, *completed_on;
} rows[] = {
    {"サトウ イチロウ", "2020-04-01", "2029-03-31", "2025-07-01"},
    {"さとう　いちろう", "2018-10-01", "2027-09-30", NULL},
    {"サトー イチロー", "2020-04-01", "2027-09-30", "2025-07-01"},
    {"サトウ", "2024-04-01", "2027-03-31", "2026-01-31"},
    {NULL, "2018-10-01", "2027-09-30", NULL},
    {"アベ ジロウ", "2020-04-01", "2029-03-31", "2025-01-01"},
    {"サトウ アキ", "2019-04-01", "2028-03-31", NULL},
    {"ワタナベ ハナ", "2019-04-01", "2028-03-31", "2025-07-02"},
    {"アベ", "2020-04-01", "2029-03-31", "2025-07-01"},
    {NULL, "2019-10-01", "2028-09-30", "2024-12-31"},
};
enum { PEOPLE = sizeof rows / sizeof rows[0], ENDED = 9 };

static int set_up(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    add_course(builder, "a", KIND_ONLINE, "ipa", true);
    for (number_t number = 1; number <= PEOPLE; number++) {
        struct registrant r = plain_person(number);
        r.kana = str_of(rows[number - 1].kana);
        r.registered_on = day(rows[number - 1].registered_on);
        r.expires_on = day(rows[number - 1].expires_on);
        r.status = number == ENDED ? STATUS_REVOKED : STATUS_REGISTERED;
        add_person(builder, &r, NULL);
    }
    for (number_t number = 1; number <= PEOPLE; number++) {
        if (rows[number - 1].completed_on != NULL) {
            add_done(builder, number, "a", rows[number - 1].completed_on);
            add_done(builder, number, "a", "2024-01-01"); // an older one says nothing
        }
    }
    edition = finish(&builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    edition_free(&edition);
    return 0;
}

static struct query ordered(enum sort_key sort, bool descending)
{
    struct query query = everyone();
    query.sort = sort;
    query.descending = descending;
    return query;
}

static const struct {
    enum sort_key sort;
    const char *ascending, *descending;
} orders[] = {
    {SORT_NUMBER, "1 2 3 4 5 6 7 8 9 10", "10 9 8 7 6 5 4 3 2 1"},
    {SORT_KANA, "6 4 7 1 2 3 8 5 9 10", "8 3 1 2 7 4 6 5 9 10"},
    {SORT_REGISTERED_ON, "2 5 7 8 10 1 3 6 9 4", "4 1 3 6 9 10 7 8 2 5"},
    {SORT_EXPIRES_ON, "4 2 3 5 7 8 10 1 6 9", "1 6 9 10 7 8 2 3 5 4"},
    {SORT_LAST_COMPLETED_ON, "10 6 1 3 8 4 2 5 7 9", "4 8 1 3 6 10 2 5 7 9"},
};
enum { ORDERS = sizeof orders / sizeof orders[0] };

static void test_orders(void **state)
{
    (void)state;
    for (size_t i = 0; i < ORDERS; i++) {
        struct query query = ordered(orders[i].sort, false);
        expect_people(edition, &query, orders[i].ascending);
        query.descending = true;
        expect_people(edition, &query, orders[i].descending);
    }
    struct query query = ordered(SORT_RELEVANCE, false); // nothing to rank by
    expect_people(edition, &query, "1 2 3 4 5 6 7 8 9 10");
}

// Every limit, behind every item: the page is the next `limit` of all, `more` says whether something follows.
static void expect_pages(struct query *query)
{
    BUF_AUTO struct buf room;
    buf_init(&room, 10000);
    query->limit = 100;
    query->after = (struct position){.given = false};
    const struct page all = ask(edition, query);
    for (uint32_t limit = 1; limit <= all.count + 1; limit++) {
        for (uint32_t from = 0; from <= all.count; from++) {
            buf_clear(&room);
            query->limit = limit;
            query->after = (struct position){.given = false};
            if (from > 0) {
                query->after = query_position(edition, query, &all, from - 1, &room);
            }
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
    for (int sort = 0; sort < SORT_COUNT; sort++) {
        for (int descending = 0; descending <= (sort == SORT_RELEVANCE ? 0 : 1); descending++) {
            struct query query = ordered((enum sort_key)sort, descending != 0);
            expect_pages(&query);
            query.statuses = IN_FORCE;
            expect_pages(&query);
            query.kana = STR("サトウ"); // ranked, if by relevance
            expect_pages(&query);
            query.kana = (struct str){NULL, 0};
            query.done.kinds = 1U << KIND_DESIGNATED; // nobody
            expect_pages(&query);
            query.done.kinds = 0;
            const number_t numbers[] = {9, 1, 3, 10, 2, 77};
            memcpy(query.numbers, numbers, sizeof numbers);
            query.number_count = 6;
            query.statuses = ANY_STATUS;
            expect_pages(&query); // a list
        }
    }
}

static void test_positions(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    buf_init(&room, 1000);
    buf_add_text(&room, "kept");
    struct query query = ordered(SORT_KANA, false);
    struct page page = ask(edition, &query); // 6 4 7 1 2 3 8 5 9 10
    struct position position = query_position(edition, &query, &page, 4, &room);
    assert_true(position.given);
    assert_int_equal(position.number, 2);
    assert_true(str_equal(position.text, STR("サトウ イチロウ")));
    assert_string_equal(buf_text(&room), "keptサトウ イチロウ");
    buf_clear(&room);
    assert_true(str_equal(query_position(edition, &query, &page, 1, &room).text, STR("サトウ")));
    assert_int_equal(query_position(edition, &query, &page, 7, &room).text.n, 0);
    assert_int_equal(query_position(edition, &query, &page, 8, &room).text.n, 0); // 9 ended
    query.sort = SORT_LAST_COMPLETED_ON;
    page = ask(edition, &query); // 10 6 1 3 8 4 2 5 7 9
    assert_int_equal(query_position(edition, &query, &page, 0, &room).value, day("2024-12-31"));
    assert_int_equal(query_position(edition, &query, &page, 6, &room).value, DAY_NONE);
    assert_int_equal(query_position(edition, &query, &page, 9, &room).value, DAY_NONE);
    assert_int_equal(query_position(edition, &query, &page, 9, &room).number, 9);
    query.sort = SORT_RELEVANCE;
    query.kana = STR("サトー");
    page = ask(edition, &query);
    assert_int_equal(query_position(edition, &query, &page, 3, &room).value, page.ranks[3]);
}

static void expect_after(enum sort_key sort, bool descending, struct position after, const char *expected)
{
    char found[200];
    struct query query = ordered(sort, descending);
    after.given = true;
    query.after = after;
    for (uint32_t limit = 3; limit <= 100; limit += 97) { // step by step, and picked
        query.limit = limit;
        struct page page = ask(edition, &query);
        write_people(edition, &page, found, sizeof found);
        size_t n = strlen(found); // the first three of them, or all
        if (strncmp(found, expected, n) != 0 || expected[n] != (page.more ? ' ' : '\0')) {
            fail_msg("%d%s behind %u, %d, %.*s: %s, more %d; expected %s", sort, descending ? " descending" : "",
                     after.number, after.value, (int)after.text.n, after.text.p, found, page.more, expected);
        }
        assert_int_equal(page.total, PEOPLE);
    }
}

static void test_numbers_that_are_gone(void **state)
{
    (void)state;
    expect_after(SORT_NUMBER, false, (struct position){.number = 0}, "1 2 3 4 5 6 7 8 9 10");
    expect_after(SORT_NUMBER, false, (struct position){.number = 11}, "");
    expect_after(SORT_NUMBER, false, (struct position){.number = NUMBER_MAX}, "");
    expect_after(SORT_NUMBER, true, (struct position){.number = NUMBER_MAX}, "10 9 8 7 6 5 4 3 2 1");
    expect_after(SORT_NUMBER, true, (struct position){.number = 11}, "10 9 8 7 6 5 4 3 2 1");
    expect_after(SORT_NUMBER, true, (struct position){.number = 1}, "");
}

static struct position at_day(number_t number, const char *text)
{
    return (struct position){.number = number, .value = text == NULL ? DAY_NONE : day(text)};
}

// A key that others have, but this person does not; a key that nobody has; none at all.
static void test_days_that_are_gone(void **state)
{
    (void)state;
    expect_after(SORT_REGISTERED_ON, false, at_day(2, "2020-04-01"), "3 6 9 4");
    expect_after(SORT_REGISTERED_ON, true, at_day(2, "2020-04-01"), "3 6 9 10 7 8 2 5");
    expect_after(SORT_REGISTERED_ON, false, at_day(5, "2019-04-02"), "10 1 3 6 9 4");
    expect_after(SORT_REGISTERED_ON, true, at_day(5, "2019-04-02"), "7 8 2 5");
    expect_after(SORT_REGISTERED_ON, false, at_day(9, "2018-01-01"), "2 5 7 8 10 1 3 6 9 4");
    expect_after(SORT_REGISTERED_ON, true, at_day(9, "2018-01-01"), "");
    expect_after(SORT_REGISTERED_ON, false, at_day(1, "2025-01-01"), "");
    expect_after(SORT_REGISTERED_ON, true, at_day(1, "2025-01-01"), "4 1 3 6 9 10 7 8 2 5");
    expect_after(SORT_EXPIRES_ON, false, at_day(4, "2027-09-30"), "5 7 8 10 1 6 9");
    expect_after(SORT_EXPIRES_ON, true, at_day(99, "2027-09-30"), "4");
    expect_after(SORT_LAST_COMPLETED_ON, false, at_day(99, "2026-01-31"), "2 5 7 9");
    expect_after(SORT_LAST_COMPLETED_ON, false, at_day(1, "2026-02-01"), "2 5 7 9");
    expect_after(SORT_LAST_COMPLETED_ON, true, at_day(1, "2024-01-01"), "2 5 7 9");
    expect_after(SORT_LAST_COMPLETED_ON, false, at_day(6, NULL), "7 9");
    expect_after(SORT_LAST_COMPLETED_ON, true, at_day(0, NULL), "2 5 7 9");
    expect_after(SORT_LAST_COMPLETED_ON, true, at_day(9, NULL), "");
}

static struct position at_kana(number_t number, const char *text)
{
    return (struct position){.number = number, .text = str_of(text)};
}

static void test_kana_that_is_gone(void **state)
{
    (void)state;
    // The same key, another person.
    expect_after(SORT_KANA, false, at_kana(0, "サトウ イチロウ"), "1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(7, "サトウ イチロウ"), "7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(3, "サトウ"), "4 7 1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(5, "サトウ"), "6 5 9 10");
    // A given name, a family name that nobody has, with and without one.
    expect_after(SORT_KANA, false, at_kana(1, "サトウ イチ"), "1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "サトウ イチ"), "7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "サトウ ウメ"), "3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "サトウ ウメ"), "1 2 7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "サトウ イチロー"), "3 8 5 9 10"); // sounds as イチロウ, stands behind it
    expect_after(SORT_KANA, true, at_kana(1, "サトウ イチロー"), "1 2 7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "サトオ"), "3 8 5 9 10"); // between サトウ and サトー
    expect_after(SORT_KANA, true, at_kana(1, "サトオ"), "1 2 7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(9, "アベ"), "6 4 7 1 2 3 8 5 9 10"); // 9 has no key any more
    expect_after(SORT_KANA, true, at_kana(9, "アベ"), "5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "イトウ ワカ"), "4 7 1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "イトウ ワカ"), "6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "ア"), "6 4 7 1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "ア"), "5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "ンン ン"), "5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "ンン ン"), "8 3 1 2 7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "ワタナベ ンン"), "5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "ワタナベ ンン"), "8 3 1 2 7 4 6 5 9 10");
    // Not to be read: what stands before and behind all kana; and nothing at all.
    expect_after(SORT_KANA, false, at_kana(1, "- -"), "6 4 7 1 2 3 8 5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "-"), "5 9 10");
    expect_after(SORT_KANA, false, at_kana(1, "・"), "5 9 10");
    expect_after(SORT_KANA, true, at_kana(1, "・ ・"), "8 3 1 2 7 4 6 5 9 10");
    expect_after(SORT_KANA, false, at_kana(5, ""), "9 10");
    expect_after(SORT_KANA, true, at_kana(10, ""), "");
}

enum { LONG_READINGS = 8 };

// Readings that are too long for a cursor: 2 and 3, which agree in all that fits; 8, which is cut between two
// characters. That of 1 fits just so.
static struct edition *long_readings(void)
{
    enum { SHARED = CURSOR_TEXT_LONGEST / 3 - 1 };
    static const char *const ends[LONG_READINGS] = {"ア", "アア", "イイ", "", "シ", "カ", "サシ", "サ"};
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    for (number_t number = 1; number <= LONG_READINGS; number++) {
        BUF_AUTO struct buf kana;
        struct registrant r = plain_person(number);
        buf_init(&kana, 10000);
        buf_add_text(&kana, number == 8 ? "ab" : "");
        for (int i = 0; (number <= 4 || number == 8) && i < SHARED; i++) {
            buf_add_text(&kana, "サ");
        }
        buf_add_text(&kana, ends[number - 1]);
        r.kana = buf_str(&kana);
        add_person(builder, &r, NULL);
    }
    return finish(&builder);
}

// The next one behind a position that went through a cursor; 0: none. `*text`: malloc'd, of just its size.
static number_t next_through_cursor(const struct edition *readings, struct query *query, char **text)
{
    static struct cursor cursor;
    BUF_AUTO struct buf room;
    struct page page = ask(readings, query);
    if (page.count == 0) {
        return 0;
    }
    buf_init(&room, 10000);
    query->after = query_position(readings, query, &page, 0, &room);
    cursor_set_text(&cursor, query->after.text);
    query->after.text.n = cursor_text(&cursor).n;
    free(*text);
    *text = malloc(query->after.text.n);
    query->after.text.p = memcpy(*text, cursor_text(&cursor).p, query->after.text.n);
    return query->after.number;
}

// Who begins with a reading that was cut may be left out; but the walk ends, and nobody comes again.
static void test_long_kana(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *readings = long_readings();
    for (int descending = 0; descending < 2; descending++) {
        bool seen[LONG_READINGS + 1] = {false};
        char *text = NULL;
        struct query query = ordered(SORT_KANA, descending != 0);
        query.limit = 1;
        for (number_t number; (number = next_through_cursor(readings, &query, &text)) != 0; seen[number] = true) {
            assert_false(seen[number]);
        }
        free(text);
        assert_true(seen[5] && seen[6] && seen[7]);
    }
}

// By relevance: ranks that nobody has, a person that does not match any more.
static void test_ranks_that_are_gone(void **state)
{
    (void)state;
    struct query query = everyone();
    query.sort = SORT_RELEVANCE;
    query.kana = STR("サトウ");
    const struct page all = ask(edition, &query);
    assert_int_equal(all.count, 5); // 1 4 7 exact, 2 3 reading
    expect_people(edition, &query, "1 4 7 2 3");
    static const struct {
        uint32_t like;
        int32_t more;
        number_t number;
        const char *expected;
    } cases[] = {
        {0, 0, 3, "4 7 2 3"}, {0, 0, 0, "1 4 7 2 3"}, {0, -1, 99, "1 4 7 2 3"},
        {0, 1, 0, "2 3"},     {4, -1, 99, "2 3"},     {4, 0, 2, "3"},
        {4, 0, 3, ""},        {4, 1, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char found[100];
        query.after = (struct position){true, cases[i].number, all.ranks[cases[i].like] + cases[i].more, {NULL, 0}};
        struct page page = ask(edition, &query);
        write_people(edition, &page, found, sizeof found);
        assert_string_equal(found, cases[i].expected);
        assert_int_equal(page.total, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_numbers_that_are_gone),
        cmocka_unit_test(test_days_that_are_gone),
        cmocka_unit_test(test_kana_that_is_gone),
        cmocka_unit_test(test_long_kana),
        cmocka_unit_test(test_ranks_that_are_gone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
