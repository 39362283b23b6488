// The calendar: every day of three centuries, the ends of months, and where a day begins in Tokyo.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

static day_t day(const char *text)
{
    day_t parsed = DAY_NONE;
    assert_true(day_parse(str_of(text), &parsed));
    return parsed;
}

static month_t month(const char *text)
{
    month_t parsed = MONTH_NONE;
    assert_true(month_parse(str_of(text), &parsed));
    return parsed;
}

// The calendar once more, the slow way: count from a known day, month by month.
static int length_of_month(int year, int one)
{
    if (one == 2) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return one == 4 || one == 6 || one == 9 || one == 11 ? 30 : 31;
}

static void check_month(int year, int one, day_t *expected)
{
    for (int d = 1; d <= 31; d++) {
        char text[48];
        day_t parsed = DAY_NONE;
        (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, one, d);
        bool exists = d <= length_of_month(year, one);
        assert_int_equal(day_parse(str_of(text), &parsed), exists);
        if (!exists) {
            continue;
        }
        char written[DAY_TEXT];
        assert_int_equal(parsed, *expected);
        day_write(parsed, written);
        assert_memory_equal(written, text, DAY_TEXT);
        struct ymd ymd = day_to_ymd(parsed);
        assert_true(ymd.year == year && ymd.month == one && ymd.day == d);
        assert_int_equal(day_month(parsed), year * 12 + one - 1);
        (*expected)++;
    }
}

static void every_day_from_1900_to_2199(void **state)
{
    (void)state;
    day_t expected = -25567; // 1900-01-01
    for (int year = 1900; year <= 2199; year++) {
        for (int one = 1; one <= 12; one++) {
            check_month(year, one, &expected);
        }
    }
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2000-03-01"), 11017);
}

static void what_is_no_day(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",           "2021-02-29", "2100-02-29", "2021-00-10",  "2021-13-01",  "2021-04-31",  "2021-04-00",
        "1899-12-31", "2200-01-01", "2021-4-1",   "2021/04/01",  "2021-04-01 ", " 2021-04-01", "20210401",
        "2021-04-1x", "+021-04-01", "-021-04-01", "2021-04-011", "2021-0 -01",  "9999-99-99",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        day_t parsed = 4711;
        assert_false(day_parse(str_of(texts[i]), &parsed));
        assert_int_equal(parsed, 4711);
    }
}

static void months(void **state)
{
    (void)state;
    static const char *const texts[] = {"",        "2021-00", "2021-13", "1899-12",
                                        "2200-01", "2021-1",  "2021/01", "2021-01-01"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        month_t parsed;
        assert_false(month_parse(str_of(texts[i]), &parsed));
    }
    for (month_t one = month("1900-01"); one <= month("2199-12"); one++) {
        char text[MONTH_TEXT];
        month_t parsed;
        month_write(one, text);
        assert_true(month_parse((struct str){text, MONTH_TEXT}, &parsed));
        assert_int_equal(parsed, one);
        assert_int_equal(day_month(month_first_day(one)), one);
        assert_int_equal(day_to_ymd(month_first_day(one)).day, 1);
    }
}

static void adding_months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2021-01-31", 1, "2021-02-28"}, {"2024-01-31", 1, "2024-02-29"},  {"2024-02-29", 12, "2025-02-28"},
        {"2100-01-31", 1, "2100-02-28"}, {"2000-01-31", 1, "2000-02-29"},  {"2021-03-31", -1, "2021-02-28"},
        {"2021-12-15", 1, "2022-01-15"}, {"2021-01-15", -1, "2020-12-15"}, {"2021-08-31", 1, "2021-09-30"},
        {"2021-05-05", 0, "2021-05-05"}, {"2018-04-01", 36, "2021-04-01"}, {"2021-01-01", -13, "2019-12-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(day_add_months(day(cases[i].from), cases[i].months), day(cases[i].to));
    }
}

static const instant_t SECOND = 1000000;

static void a_day_begins_at_midnight_in_tokyo(void **state)
{
    (void)state;
    const instant_t midnight = (instant_t)day("2026-11-23") * 86400 * SECOND - 9 * 3600 * SECOND;
    assert_int_equal(clock_tokyo_day(midnight - 1), day("2026-11-22"));
    assert_int_equal(clock_tokyo_day(midnight), day("2026-11-23"));
    assert_int_equal(clock_tokyo_day(midnight + 86400 * SECOND - 1), day("2026-11-23"));
    assert_int_equal(clock_tokyo_day(midnight + 86400 * SECOND), day("2026-11-24"));
    assert_int_equal(clock_tokyo_day(0), 0);
    assert_int_equal(clock_tokyo_day(-9 * 3600 * SECOND), 0);
    assert_int_equal(clock_tokyo_day(-9 * 3600 * SECOND - 1), -1);
}

static void assert_written(instant_t instant, const char *expected)
{
    char text[INSTANT_TEXT];
    instant_write(instant, text);
    assert_memory_equal(text, expected, INSTANT_TEXT);
}

static void instants(void **state)
{
    (void)state;
    assert_written(0, "1970-01-01T00:00:00.000Z");
    assert_written(-1, "1969-12-31T23:59:59.999Z");
    assert_written(-1000, "1969-12-31T23:59:59.999Z");
    assert_written(-1001, "1969-12-31T23:59:59.998Z");
    assert_written(-86400 * SECOND, "1969-12-31T00:00:00.000Z");
    assert_written(951782400 * SECOND + 123999, "2000-02-29T00:00:00.123Z");
    assert_written(1795395723 * SECOND + 456000, "2026-11-23T01:02:03.456Z");
}

static void the_clock_runs_in_our_time(void **state)
{
    (void)state;
    uint64_t before = clock_monotonic_ns();
    assert_true(clock_now() > (instant_t)day("2023-01-01") * 86400 * SECOND);
    assert_true(clock_monotonic_ns() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2199),
        cmocka_unit_test(what_is_no_day),
        cmocka_unit_test(months),
        cmocka_unit_test(adding_months),
        cmocka_unit_test(a_day_begins_at_midnight_in_tokyo),
        cmocka_unit_test(instants),
        cmocka_unit_test(the_clock_runs_in_our_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
