// The calendar of registration against the administrator's quick reference table, row by row.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "register/terms.h"

static day_t day(const char *text)
{
    day_t parsed = DAY_NONE;
    assert_true(day_parse(str_of(text), &parsed));
    return parsed;
}

static void assert_day(day_t actual, const char *expected)
{
    char text[DAY_TEXT + 1] = {0};
    day_write(actual, text);
    assert_string_equal(text, expected);
}

static void quick_reference_table(void **state)
{
    (void)state;
    static const struct {
        const char *registered_on;
        struct {
            const char *limit;
            const char *deadline;
        } terms[3];
    } rows[] = {
        {"2017-04-01", {{"2020-09-30", "2020-08-01"}, {"2023-09-30", "2023-08-01"}, {"2026-09-30", "2026-08-01"}}},
        {"2017-10-01", {{"2020-09-30", "2020-08-01"}, {"2023-09-30", "2023-08-01"}, {"2026-09-30", "2026-08-01"}}},
        {"2018-04-01", {{"2021-03-31", "2021-01-30"}, {"2024-03-31", "2024-01-31"}, {"2027-03-31", "2027-01-30"}}},
        {"2018-10-01", {{"2021-09-30", "2021-08-01"}, {"2024-09-30", "2024-08-01"}, {"2027-09-30", "2027-08-01"}}},
        {"2019-04-01", {{"2022-03-31", "2022-01-30"}, {"2025-03-31", "2025-01-30"}, {"2028-03-31", "2028-01-31"}}},
        {"2019-10-01", {{"2022-09-30", "2022-08-01"}, {"2025-09-30", "2025-08-01"}, {"2028-09-30", "2028-08-01"}}},
        {"2020-04-01", {{"2023-03-31", "2023-01-30"}, {"2026-03-31", "2026-01-30"}, {"2029-03-31", "2029-01-30"}}},
        {"2020-10-01", {{"2023-09-30", "2023-08-01"}, {"2026-09-30", "2026-08-01"}, {"2029-09-30", "2029-08-01"}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        day_t registered_on = day(rows[i].registered_on);
        assert_int_equal(term_first_limit(registered_on), term_limit(registered_on, 0));
        for (uint32_t term = 0; term < 3; term++) {
            day_t limit = term_limit(registered_on, term);
            assert_day(limit, rows[i].terms[term].limit);
            assert_day(term_deadline(limit), rows[i].terms[term].deadline);
        }
    }
}

static void no_other_day_registers(void **state)
{
    (void)state;
    size_t days = 0;
    for (day_t one = day("2016-01-01"); one <= day("2030-12-31"); one++) {
        struct ymd ymd = day_to_ymd(one);
        bool right = ymd.year >= 2017 && ymd.day == 1 && (ymd.month == 4 || ymd.month == 10);
        assert_int_equal(term_first_limit(one) != DAY_NONE, right);
        assert_int_equal(term_limit(one, 1) != DAY_NONE, right);
        days += right ? 1 : 0;
    }
    assert_int_equal(days, 28);
    assert_int_equal(term_limit(day("2018-04-01"), 61), DAY_NONE);
    assert_int_equal(term_limit(day("2018-04-01"), UINT32_MAX), DAY_NONE);
    assert_int_equal(term_deadline(DAY_NONE), DAY_NONE);
}

static void a_completion_is_due_one_month_later(void **state)
{
    (void)state;
    static const struct {
        const char *completed_on;
        const char *due;
    } cases[] = {
        {"2022-07-01", "2022-08-01"}, {"2023-01-31", "2023-02-28"}, {"2024-01-31", "2024-02-29"},
        {"2024-01-30", "2024-02-29"}, {"2024-01-29", "2024-02-29"}, {"2024-02-29", "2024-03-29"},
        {"2023-02-28", "2023-03-28"}, {"2023-12-31", "2024-01-31"}, {"2023-03-31", "2023-04-30"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_day(reflect_by(day(cases[i].completed_on)), cases[i].due);
    }
}

static void status_follows_the_day(void **state)
{
    (void)state;
    static const char *const limit = "2024-03-31";
    static const struct {
        enum status stored;
        const char *until;
        const char *today;
        enum status meant;
    } cases[] = {
        {STATUS_REGISTERED, NULL, "2024-03-31", STATUS_REGISTERED},
        {STATUS_REGISTERED, NULL, "2024-04-01", STATUS_LAPSED},
        {STATUS_NAME_USE_SUSPENDED, "2022-01-31", "2022-01-31", STATUS_NAME_USE_SUSPENDED},
        {STATUS_NAME_USE_SUSPENDED, "2022-01-31", "2022-02-01", STATUS_REGISTERED},
        {STATUS_NAME_USE_SUSPENDED, "2024-12-31", "2024-04-01", STATUS_LAPSED},
        {STATUS_NAME_USE_SUSPENDED, NULL, "2024-03-31", STATUS_NAME_USE_SUSPENDED},
        {STATUS_REVOKED, NULL, "2020-01-01", STATUS_REVOKED},
        {STATUS_REVOKED, NULL, "2030-01-01", STATUS_REVOKED},
        {STATUS_STRUCK_OFF, NULL, "2030-01-01", STATUS_STRUCK_OFF},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        day_t until = cases[i].until == NULL ? DAY_NONE : day(cases[i].until);
        assert_int_equal(status_on_day(cases[i].stored, day(limit), until, day(cases[i].today)), cases[i].meant);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quick_reference_table),
        cmocka_unit_test(no_other_day_registers),
        cmocka_unit_test(a_completion_is_due_one_month_later),
        cmocka_unit_test(status_follows_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
