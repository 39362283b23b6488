// COPY both ways: what goes in comes out, whatever it is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/conn.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/database.h"

static const struct statement copy_in = {"copy_in", "copy public.everything from stdin"};
static const struct statement copy_out = {
    "copy_out", "copy (select t, n, small, d, b, l, at from public.everything order by n) to stdout (format binary)"};

static void assert_ok(enum err err, const struct fault *fault)
{
    if (err != ERR_OK) {
        fail_msg("%s: %s", err_name(err), fault->text);
    }
}

static struct conn *begin(void **state)
{
    struct database *database = database_of(state);
    database_run(database,
                 "drop table if exists public.everything;"
                 "create table public.everything (t text, n bigint, small smallint, d date, b bytea, l text[],"
                 "    at timestamptz default '1999-12-31T23:59:59.999999Z')");
    return database_open(database, STORE_ADMIN);
}

static const struct statement in_columns = {"in_columns", "copy public.everything (t, n, small, d, b, l) from stdin"};

static const struct str texts[] = {
    {NULL, 0},         {"", 0},
    {"\\N", 2},        {"\\.", 2},
    {"\\", 1},         {"\\\\n", 3},
    {"a\tb\nc\rd", 7}, {"\b\f\v\x01\x7f", 5},
    {"NULL", 4},       {"'; drop table public.everything; --", 35},
    {"{\"a\",b}", 7},  {"見本 太郎𠮷\xe2\x80\xa8", 20},
};
enum { TEXTS = sizeof texts / sizeof texts[0] };

static bool same(struct str a, struct str b)
{
    return (a.p == NULL) == (b.p == NULL) && str_equal(a, b);
}

static void write_row(struct conn *conn, struct str text, int64_t n, day_t day, const struct str *items, size_t count)
{
    struct fault fault = {{0}};
    copy_in_text(conn, text);
    copy_in_i64(conn, n);
    copy_in_i64(conn, n % 1000);
    copy_in_day(conn, day);
    copy_in_bytes(conn, text.p == NULL ? STR("\0\xff\x80\\") : text);
    copy_in_list(conn, items, count);
    assert_ok(copy_in_row(conn, &fault), &fault);
}

static void test_hostile_text(void **state)
{
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    for (size_t i = 0; i < TEXTS; i++) {
        // A list of growing length: all texts before this one, without the null.
        write_row(conn, texts[i], (int64_t)i, DAY_NONE, texts + 1, i);
    }
    assert_ok(copy_in_end(conn, &fault), &fault);
    assert_true(conn_is_usable(conn));
    assert_ok(copy_out_begin(conn, &copy_out, &fault), &fault);
    for (size_t i = 0; i < TEXTS; i++) {
        struct str items[TEXTS];
        assert_ok(copy_out_row(conn, &fault), &fault);
        assert_true(same(copy_out_text(conn), texts[i]));
        assert_int_equal(copy_out_i64(conn, -1), i);
        assert_int_equal(copy_out_i64(conn, -1), i);
        assert_int_equal(copy_out_day(conn), DAY_NONE);
        assert_true(same(copy_out_text(conn), texts[i].p == NULL ? STR("\0\xff\x80\\") : texts[i]));
        assert_int_equal(copy_out_list(conn, items, TEXTS), i);
        for (size_t j = 0; j < i; j++) {
            assert_true(same(items[j], texts[1 + j]));
        }
        assert_int_equal(copy_out_instant(conn), INT64_C(946684799999999));
    }
    assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
    assert_true(conn_is_usable(conn));
}

static void test_numbers_and_days(void **state)
{
    static const int64_t numbers[] = {INT64_MIN, -4294967297, -1, 0, 1, 2147483648, INT64_MAX};
    static const char *const days[] = {"1900-01-01", "1969-12-31", "1970-01-01", "1999-12-31",
                                       "2000-01-01", "2024-02-29", "2199-12-31"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    for (size_t i = 0; i < 7; i++) {
        day_t day = DAY_NONE;
        assert_true(day_parse(str_of(days[i]), &day));
        write_row(conn, str_of(days[i]), numbers[i], day, NULL, 0);
    }
    assert_ok(copy_in_end(conn, &fault), &fault);
    assert_int_equal(database_ask(database_of(state), "select count(*) from public.everything where d::text = t"), 7);
    assert_ok(copy_out_begin(conn, &copy_out, &fault), &fault);
    for (size_t i = 0; i < 7; i++) {
        day_t day = DAY_NONE;
        struct str item;
        assert_true(day_parse(str_of(days[i]), &day));
        assert_ok(copy_out_row(conn, &fault), &fault);
        (void)copy_out_text(conn);
        assert_true(copy_out_i64(conn, 5) == numbers[i]);
        assert_true(copy_out_i64(conn, 5) == numbers[i] % 1000);
        assert_int_equal(copy_out_day(conn), day);
        (void)copy_out_text(conn);
        assert_int_equal(copy_out_list(conn, &item, 1), 0);
    }
    assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
}

static void test_nulls_coming_out(void **state)
{
    static const struct statement nulls = {
        "nulls", "copy (select null::text, null::bigint, null::date, null::timestamptz, null::text[],"
                 " array['a', null, 'b', '']) to stdout (format binary)"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    struct str items[4];
    assert_ok(copy_out_begin(conn, &nulls, &fault), &fault);
    assert_ok(copy_out_row(conn, &fault), &fault);
    assert_null(copy_out_text(conn).p);
    assert_int_equal(copy_out_i64(conn, 77), 77);
    assert_int_equal(copy_out_day(conn), DAY_NONE);
    assert_true(copy_out_instant(conn) == INSTANT_NONE);
    assert_int_equal(copy_out_list(conn, items, 4), 0);
    assert_int_equal(copy_out_list(conn, items, 4), 4);
    assert_true(same(items[0], STR("a")) && same(items[1], (struct str){NULL, 0}));
    assert_true(same(items[2], STR("b")) && same(items[3], STR("")));
    assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
}

static void test_more_items_than_room(void **state)
{
    static const struct statement five = {
        "five", "copy (select array['a', 'b', 'c', 'd', 'e'], 'after') to stdout (format binary)"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    struct str items[2];
    assert_ok(copy_out_begin(conn, &five, &fault), &fault);
    assert_ok(copy_out_row(conn, &fault), &fault);
    assert_int_equal(copy_out_list(conn, items, 2), 2);
    assert_true(same(items[1], STR("b")));
    assert_true(same(copy_out_text(conn), STR("after")));
    assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
}

static void test_no_rows(void **state)
{
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    for (int round = 0; round < 2; round++) {
        assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
        assert_ok(copy_in_end(conn, &fault), &fault);
        assert_ok(copy_out_begin(conn, &copy_out, &fault), &fault);
        assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
        assert_true(conn_is_usable(conn));
    }
}

static void test_many_rows(void **state)
{
    enum { MANY = 100000 };
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    const struct str items[] = {STR("a\"b"), STR("c\\d")};
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    for (int64_t i = 0; i < MANY; i++) {
        write_row(conn, texts[i % TEXTS], i, (day_t)i, items, (size_t)(i % 3));
    }
    assert_ok(copy_in_end(conn, &fault), &fault);
    assert_ok(copy_out_begin(conn, &copy_out, &fault), &fault);
    for (int64_t i = 0; i < MANY; i++) {
        struct str item;
        assert_ok(copy_out_row(conn, &fault), &fault);
        assert_true(same(copy_out_text(conn), texts[i % TEXTS]));
        assert_true(copy_out_i64(conn, -1) == i);
        assert_true(copy_out_i64(conn, -1) == i % 1000);
        assert_true(copy_out_day(conn) == (day_t)i);
        (void)copy_out_text(conn);
        assert_int_equal(copy_out_list(conn, &item, 1), i % 3 > 0 ? 1 : 0);
    }
    assert_int_equal(copy_out_row(conn, &fault), ERR_NOT_FOUND);
}

static void test_a_value_of_the_wrong_type(void **state)
{
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    assert_ok(copy_in_begin(conn, &copy_in, &fault), &fault); // misses a column
    copy_in_text(conn, STR("only one"));
    assert_ok(copy_in_row(conn, &fault), &fault);
    assert_int_equal(copy_in_end(conn, &fault), ERR_INVALID);
    assert_true(conn_is_usable(conn));
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    write_row(conn, STR("\xff"), 1, DAY_NONE, NULL, 0); // not UTF-8
    assert_int_equal(copy_in_end(conn, &fault), ERR_INVALID);
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    write_row(conn, STR("a\0b"), 1, DAY_NONE, NULL, 0); // PostgreSQL has no NUL in text
    assert_int_equal(copy_in_end(conn, &fault), ERR_INVALID);
    assert_true(conn_is_usable(conn));
    assert_int_equal(database_ask(database_of(state), "select count(*) from public.everything"), 0);
}

static void test_a_row_beyond_all_measure(void **state)
{
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    size_t n = 5 * 1024 * 1024;
    char *large = malloc(n);
    assert_non_null(large);
    memset(large, 'a', n);
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    copy_in_text(conn, (struct str){large, n});
    assert_int_equal(copy_in_row(conn, &fault), ERR_MEMORY);
    assert_int_equal(copy_in_end(conn, &fault), ERR_MEMORY);
    assert_true(conn_is_usable(conn));
    assert_int_equal(database_ask(database_of(state), "select count(*) from public.everything"), 0);
    free(large);
}

static void test_what_cannot_begin(void **state)
{
    static const struct statement nowhere = {"nowhere", "copy public.nowhere from stdin"};
    static const struct statement out_of_nowhere = {"out_of_nowhere", "copy public.nowhere to stdout (format binary)"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    assert_int_equal(copy_in_begin(conn, &nowhere, &fault), ERR_INTERNAL);
    assert_int_equal(copy_out_begin(conn, &out_of_nowhere, &fault), ERR_INTERNAL);
    assert_true(conn_is_usable(conn));
}

static void test_an_error_on_the_way_out(void **state)
{
    static const struct statement failing = {
        "failing", "copy (select 1 / (3 - n) from generate_series(1, 5) n) to stdout (format binary)"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    enum err err = copy_out_begin(conn, &failing, &fault);
    for (int i = 0; i < 6 && err == ERR_OK; i++) {
        err = copy_out_row(conn, &fault);
    }
    assert_int_equal(err, ERR_INVALID);
    assert_true(conn_is_usable(conn));
}

static void test_given_up_half_way(void **state)
{
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    assert_ok(conn_begin(conn, &fault), &fault);
    assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
    write_row(conn, STR("a"), 1, DAY_NONE, NULL, 0);
    conn_rollback(conn);
    assert_int_equal(database_ask(database_of(state), "select count(*) from public.everything"), 0);
    if (conn_is_usable(conn)) {
        assert_ok(copy_in_begin(conn, &in_columns, &fault), &fault);
        assert_ok(copy_in_end(conn, &fault), &fault);
    }
}

static void test_the_server_goes_away(void **state)
{
    static const struct statement endless = {"endless",
                                             "copy (select generate_series(1, 100000000)) to stdout (format binary)"};
    CONN_AUTO struct conn *conn = begin(state);
    struct fault fault = {{0}};
    enum err err = ERR_OK;
    assert_ok(copy_out_begin(conn, &endless, &fault), &fault);
    assert_ok(copy_out_row(conn, &fault), &fault);
    assert_int_equal(database_ask(database_of(state),
                                  "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
                                  " where datname = current_database() and query like 'copy (select gen%'"
                                  " and pid <> pg_backend_pid()"),
                     1);
    while (err == ERR_OK) {
        err = copy_out_row(conn, &fault);
    }
    assert_int_equal(err, ERR_UNAVAILABLE);
    assert_false(conn_is_usable(conn));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_text),
        cmocka_unit_test(test_numbers_and_days),
        cmocka_unit_test(test_nulls_coming_out),
        cmocka_unit_test(test_more_items_than_room),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_a_value_of_the_wrong_type),
        cmocka_unit_test(test_a_row_beyond_all_measure),
        cmocka_unit_test(test_what_cannot_begin),
        cmocka_unit_test(test_an_error_on_the_way_out),
        cmocka_unit_test(test_given_up_half_way),
        cmocka_unit_test(test_the_server_goes_away),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
