// Parameters that speak of the register: each entry is known to it, or is a fault that says what is.
#include "tests/unit/api/params_bench.h"

#include "tests/unit/edition/by_hand.h"

static void numbers(void **state)
{
    (void)state;
    number_t found[QUERY_NUMBERS_MOST];
    size_t count = 99;
    BENCH_AUTO struct bench good;
    begin(&good, "/?number=1,000002,9999999,1");
    params_numbers(&good.asked.request, found, &count, &good.faults);
    assert_int_equal(good.faults.count, 0);
    assert_int_equal(count, 4);
    assert_true(found[0] == 1 && found[1] == 2 && found[2] == 9999999 && found[3] == 1);
    BENCH_AUTO struct bench bad;
    begin(&bad, "/?number=0,,12345678,%201,-1,1,x,");
    params_numbers(&bad.asked.request, found, &count, &bad.faults);
    assert_int_equal(bad.faults.count, 7);
    assert_int_equal(count, 1);
    assert_fault(&bad, 0, "number", "\"0\" is not a registration number");
    assert_fault(&bad, 1, "number", "\"\" is not a registration number");
    assert_fault(&bad, 6, "number", "\"\" is not a registration number");
}

static void a_hundred_numbers_and_one_more(void **state)
{
    (void)state;
    for (size_t most = 100; most <= 101; most++) {
        number_t found[QUERY_NUMBERS_MOST];
        size_t count = 0;
        BUF_AUTO struct buf target;
        BENCH_AUTO struct bench bench;
        buf_init(&target, TARGET_LONGEST);
        buf_add_text(&target, "/?number=1");
        for (size_t i = 2; i <= most; i++) {
            buf_add_format(&target, ",%zu", i);
        }
        begin(&bench, buf_text(&target));
        params_numbers(&bench.asked.request, found, &count, &bench.faults);
        assert_int_equal(count, 100);
        assert_int_equal(bench.faults.count, most - 100);
        if (most > 100) {
            assert_fault(&bench, 0, "number", "has 101 entries; at most 100");
        }
    }
}

// What was sent is shown, cut between characters, and the explanation behind it stays.
static void long_entries_are_shown_in_part(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    static const char *const shifts[] = {"", "a", "ab"};
    for (size_t i = 0; i < 3; i++) {
        char target[600];
        char text[400] = "";
        number_t found[QUERY_NUMBERS_MOST];
        size_t count;
        struct done_params done;
        BENCH_AUTO struct bench bench;
        for (size_t n = 0; n < 100; n++) {
            memcpy(text + 3 * n, "字", 3);
        }
        (void)snprintf(target, sizeof target, "/?number=%s%.150s&course=%s%.150s&operator=%s%.150s", shifts[i], text,
                       shifts[i], text, shifts[i], text);
        begin(&bench, target);
        params_numbers(&bench.asked.request, found, &count, &bench.faults);
        params_done(&bench.asked.request, edition, true, &done, &bench.faults);
        assert_int_equal(bench.faults.count, 3);
        assert_fault(&bench, 0, "number", "字\" is not a registration number");
        assert_fault(&bench, 1, "course", "字\"; see /v1/courses");
        assert_fault(&bench, 2, "operator", "字\"; see /v1/operators");
    }
}

static void places(void **state)
{
    (void)state;
    uint64_t set[2] = {0, 0};
    BENCH_AUTO struct bench good;
    begin(&good, "/?home=01,47,99,13,13");
    params_places(&good.asked.request, "home", set, &good.faults);
    assert_int_equal(good.faults.count, 0);
    assert_true(set[0] == (UINT64_C(1) << 1 | UINT64_C(1) << 47 | UINT64_C(1) << 13));
    assert_true(set[1] == UINT64_C(1) << (99 - 64));
    BENCH_AUTO struct bench bad;
    begin(&bad, "/?home=00,48,1,013,98,tokyo");
    params_places(&bad.asked.request, "home", set, &bad.faults);
    assert_int_equal(bad.faults.count, 6);
    assert_fault(&bad, 0, "home", "01 to 47");
}

static void statuses(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        unsigned statuses;
        size_t faults;
    } cases[] = {
        {"/", IN_FORCE, 0},
        {"/?number=1", ANY_STATUS, 0},
        {"/?status=lapsed", 1U << STATUS_LAPSED, 0},
        {"/?status=revoked,struck_off&number=1", 1U << STATUS_REVOKED | 1U << STATUS_STRUCK_OFF, 0},
        {"/?status=registered,Registered", 1U << STATUS_REGISTERED, 1},
        {"/?status=any", 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned found = 0;
        BENCH_AUTO struct bench bench;
        begin(&bench, cases[i].target);
        params_statuses(&bench.asked.request, &found, &bench.faults);
        assert_int_equal(found, cases[i].statuses);
        assert_int_equal(bench.faults.count, cases[i].faults);
    }
}

static void completions(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    struct done_params done;
    BENCH_AUTO struct bench good;
    begin(&good, "/?course=special,old-2019&kind=online,designated&operator=ipa&completed_from=2024-01-01");
    params_done(&good.asked.request, edition, true, &done, &good.faults);
    assert_int_equal(good.faults.count, 0);
    assert_true(done.condition.by_course);
    assert_int_equal(done.condition.course_count, 2);
    assert_int_equal(done.condition.courses[0], edition_find_course(edition, STR("special")));
    assert_int_equal(done.condition.kinds, 1U << KIND_ONLINE | 1U << KIND_DESIGNATED);
    assert_true(done.condition.operator_count == 1 && str_equal(done.condition.operators[0], STR("ipa")));
    assert_true(done.condition.completed.from == day("2024-01-01") && done.condition.completed.to == DAY_NONE);
    BENCH_AUTO struct bench bad;
    begin(&bad, "/?course=none,special&kind=Online&operator=nobody&completed_to=x");
    params_done(&bad.asked.request, edition, true, &done, &bad.faults);
    assert_int_equal(bad.faults.count, 4);
    assert_fault(&bad, 0, "course", "no course \"none\"");
    assert_fault(&bad, 1, "kind", "practical_a");
    assert_fault(&bad, 2, "operator", "no operator \"nobody\"");
    assert_fault(&bad, 3, "completed_to", "YYYY-MM-DD");
    BENCH_AUTO struct bench without;
    begin(&without, "/?operator=nobody");
    params_done(&without.asked.request, edition, false, &done, &without.faults);
    assert_int_equal(without.faults.count, 0);
    assert_false(done.condition.by_course);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_hundred_numbers_and_one_more),
        cmocka_unit_test(long_entries_are_shown_in_part),
        cmocka_unit_test(places),
        cmocka_unit_test(statuses),
        cmocka_unit_test(completions),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
