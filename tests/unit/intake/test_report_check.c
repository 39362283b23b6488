// Each rule of a report alone, at its edges, and all of them at once.
#include "intake/report_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct report_sender sender = {"sample-a", "0123456789ab"};

static day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static struct report_facts good_facts(void)
{
    return (struct report_facts){
        .issued = true,
        .status = STATUS_REGISTERED,
        .status_on = day("2024-04-01"),
        .registered_on = day("2024-04-01"),
        .expires_on = day("2027-03-31"),
        .taken_out_on = DAY_NONE,
        .course_operator = "sample-a",
        .valid_from = day("2025-04-01"),
        .valid_to = day("2026-03-31"),
    };
}

struct checked {
    struct report_fault faults[REPORT_FAULTS_AN_ITEM];
    size_t n;
};

static struct checked check_named(const struct report_facts *facts, const char *completed_on, const char *today,
                                  const struct digest *name)
{
    const struct report_item item = {.number = 101, .course = STR("online-2025"), .completed_on = day(completed_on)};
    struct checked checked = {.n = 0};
    checked.n = report_check(&item, name, facts, &sender, day(today), checked.faults);
    return checked;
}

static struct checked check(const struct report_facts *facts, const char *completed_on)
{
    return check_named(facts, completed_on, "2026-06-15", NULL);
}

static void assert_good(struct checked checked)
{
    assert_int_equal(checked.n, 0);
}

static void assert_fault(struct checked checked, enum report_member member, enum report_fault_code code)
{
    assert_int_equal(checked.n, 1);
    assert_int_equal(checked.faults[0].member, member);
    assert_int_equal(checked.faults[0].code, code);
}

static void assert_bounds(struct checked checked, day_t from, day_t to)
{
    assert_int_equal(checked.faults[0].day_from, from);
    assert_int_equal(checked.faults[0].day_to, to);
}

static void test_good(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    assert_good(check(&facts, "2025-07-01"));
    facts.status = STATUS_NAME_USE_SUSPENDED;
    assert_good(check(&facts, "2025-07-01"));
}

static void test_unknown_registrant(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.issued = false;
    facts.registered_on = facts.expires_on = DAY_NONE;
    assert_fault(check(&facts, "2025-07-01"), REPORT_MEMBER_NUMBER, REPORT_UNKNOWN_REGISTRANT);
}

static void test_ended_by_state(void **state)
{
    (void)state;
    const enum status ends[] = {STATUS_REVOKED, STATUS_STRUCK_OFF};
    for (size_t i = 0; i < 2; i++) {
        struct report_facts facts = good_facts();
        facts.status = ends[i];
        facts.status_on = day("2025-10-01");
        assert_good(check(&facts, "2025-09-30"));
        struct checked checked = check(&facts, "2025-10-01");
        assert_fault(checked, REPORT_MEMBER_NUMBER, REPORT_ENDED_REGISTRATION);
        assert_bounds(checked, day("2024-04-01"), day("2025-09-30"));
    }
}

static void test_ended_by_limit(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.expires_on = day("2025-09-30");
    assert_good(check(&facts, "2025-09-30"));
    assert_fault(check(&facts, "2025-10-01"), REPORT_MEMBER_NUMBER, REPORT_ENDED_REGISTRATION);
    facts.status = STATUS_REVOKED; // after it had lapsed
    facts.status_on = day("2025-12-01");
    assert_fault(check(&facts, "2025-10-01"), REPORT_MEMBER_NUMBER, REPORT_ENDED_REGISTRATION);
}

static void test_ended_by_file(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.taken_out_on = day("2025-11-01");
    assert_good(check(&facts, "2025-10-31"));
    assert_fault(check(&facts, "2025-11-01"), REPORT_MEMBER_NUMBER, REPORT_ENDED_REGISTRATION);
}

static void test_limit_to_come(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.valid_to = day("2030-03-31");
    assert_fault(check(&facts, "2027-04-01"), REPORT_MEMBER_COMPLETED_ON, REPORT_DATE_IN_FUTURE);
}

static void test_before_registration(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.registered_on = day("2025-10-01");
    assert_good(check(&facts, "2025-10-01"));
    struct checked checked = check(&facts, "2025-09-30");
    assert_fault(checked, REPORT_MEMBER_COMPLETED_ON, REPORT_BEFORE_REGISTRATION);
    assert_bounds(checked, day("2025-10-01"), DAY_NONE);
}

static void test_courses(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    (void)snprintf(facts.course_operator, sizeof facts.course_operator, "sample-b");
    assert_fault(check(&facts, "2025-07-01"), REPORT_MEMBER_COURSE, REPORT_COURSE_NOT_YOURS);
    facts.course_operator[0] = '\0';
    facts.valid_from = facts.valid_to = DAY_NONE;
    assert_fault(check(&facts, "2025-07-01"), REPORT_MEMBER_COURSE, REPORT_UNKNOWN_COURSE);
}

static void test_course_not_offered_then(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    assert_good(check(&facts, "2025-04-01"));
    assert_good(check(&facts, "2026-03-31"));
    assert_fault(check(&facts, "2025-03-31"), REPORT_MEMBER_COMPLETED_ON, REPORT_COURSE_NOT_OFFERED_THEN);
    struct checked checked = check(&facts, "2026-04-01");
    assert_fault(checked, REPORT_MEMBER_COMPLETED_ON, REPORT_COURSE_NOT_OFFERED_THEN);
    assert_bounds(checked, day("2025-04-01"), day("2026-03-31"));
}

static void test_future(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    assert_good(check_named(&facts, "2025-07-01", "2025-07-01", NULL));
    struct checked checked = check_named(&facts, "2025-07-02", "2025-07-01", NULL);
    assert_fault(checked, REPORT_MEMBER_COMPLETED_ON, REPORT_DATE_IN_FUTURE);
    assert_bounds(checked, DAY_NONE, day("2025-07-01"));
}

static void test_name(void **state)
{
    (void)state;
    const struct digest right = {.bytes = {1}};
    const struct digest wrong = {.bytes = {2}};
    struct report_facts facts = good_facts();
    assert_good(check_named(&facts, "2025-07-01", "2026-06-15", &wrong)); // nothing to compare with
    facts.has_name = true;
    facts.name = right;
    assert_good(check_named(&facts, "2025-07-01", "2026-06-15", &right));
    assert_good(check_named(&facts, "2025-07-01", "2026-06-15", NULL));
    assert_fault(check_named(&facts, "2025-07-01", "2026-06-15", &wrong), REPORT_MEMBER_NAME, REPORT_NAME_MISMATCH);
}

// A repeat keeps its acknowledgement even where the record has changed since; another operator's report gives none.
static void test_repeat(void **state)
{
    (void)state;
    struct report_facts facts = good_facts();
    facts.status = STATUS_STRUCK_OFF;
    facts.status_on = day("2025-05-01");
    facts.course_operator[0] = '\0';
    facts.report.id = 7;
    (void)snprintf(facts.report.operator_code, sizeof facts.report.operator_code, "sample-a");
    assert_good(check(&facts, "2025-07-01"));
    (void)snprintf(facts.report.operator_code, sizeof facts.report.operator_code, "sample-b");
    assert_int_equal(check(&facts, "2025-07-01").n, 2);
}

static void test_every_fault_in_order(void **state)
{
    (void)state;
    const struct digest name = {.bytes = {2}};
    struct report_facts facts = good_facts();
    facts.status = STATUS_STRUCK_OFF; // struck off before it began
    facts.status_on = day("2023-01-01");
    facts.registered_on = day("2029-04-01");
    facts.has_name = true;
    (void)snprintf(facts.course_operator, sizeof facts.course_operator, "sample-b");
    struct checked checked = check_named(&facts, "2028-07-01", "2026-06-15", &name);
    const enum report_fault_code codes[] = {REPORT_ENDED_REGISTRATION,  REPORT_COURSE_NOT_YOURS,
                                            REPORT_BEFORE_REGISTRATION, REPORT_COURSE_NOT_OFFERED_THEN,
                                            REPORT_DATE_IN_FUTURE,      REPORT_NAME_MISMATCH};
    assert_int_equal(checked.n, REPORT_FAULTS_AN_ITEM);
    for (size_t i = 0; i < checked.n; i++) {
        assert_int_equal(checked.faults[i].code, codes[i]);
        assert_true(i == 0 || checked.faults[i].member >= checked.faults[i - 1].member);
    }
}

static void test_names_of_codes(void **state)
{
    (void)state;
    assert_string_equal(report_fault_name(REPORT_UNKNOWN_REGISTRANT), "unknown_registrant");
    assert_string_equal(report_fault_name(REPORT_MALFORMED), "malformed");
    for (int i = 0; i < REPORT_FAULT_CODES; i++) {
        assert_non_null(report_fault_name((enum report_fault_code)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_unknown_registrant),
        cmocka_unit_test(test_ended_by_state),
        cmocka_unit_test(test_ended_by_limit),
        cmocka_unit_test(test_ended_by_file),
        cmocka_unit_test(test_limit_to_come),
        cmocka_unit_test(test_before_registration),
        cmocka_unit_test(test_courses),
        cmocka_unit_test(test_course_not_offered_then),
        cmocka_unit_test(test_future),
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_repeat),
        cmocka_unit_test(test_every_fault_in_order),
        cmocka_unit_test(test_names_of_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
