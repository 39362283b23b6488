// Parameters: every fault is found, named and explained; nothing is clamped, guessed or dropped.
#include "tests/unit/api/asked.h"

#include <jansson.h>

#include "api/params.h"
#include "tests/unit/edition/by_hand.h"

static const char *const names[] = {"number", "name",   "home",     "status",         "course",       "kind",
                                    "limit",  "cursor", "operator", "completed_from", "completed_to", NULL};

struct bench {
    struct asked asked;
    struct faults faults;
    json_t *list;
};

static void begin(struct bench *bench, const char *target)
{
    asked_well(&bench->asked, "GET", target);
    faults_init(&bench->faults, &bench->asked.request);
    bench->list = NULL;
}

static void end(struct bench *bench)
{
    json_decref(bench->list);
    faults_fini(&bench->faults);
    asked_fini(&bench->asked);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

// The fault at a place is about this parameter and says this.
static void assert_fault(struct bench *bench, size_t index, const char *parameter, const char *says)
{
    if (bench->list == NULL) {
        BUF_AUTO struct buf all;
        buf_init(&all, 2000000);
        buf_add_char(&all, '[');
        buf_add(&all, buf_str(&bench->faults.json));
        buf_add_char(&all, ']');
        bench->list = json_loadb(all.p, all.n, JSON_ALLOW_NUL, NULL);
        assert_non_null(bench->list);
    }
    const json_t *fault = json_array_get(bench->list, index);
    assert_non_null(fault);
    assert_string_equal(json_string_value(json_object_get(fault, "parameter")), parameter);
    const char *detail = json_string_value(json_object_get(fault, "detail"));
    if (strstr(detail, says) == NULL) {
        fail_msg("%s: \"%s\" does not say \"%s\"", parameter, detail, says);
    }
}

static void names_are_checked(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    BENCH_AUTO struct bench bench;
    begin(&bench, "/?nmae=a&zzzzzzzz=1&limit=1&limit=1&name=&number=%ff&status=%00&Limit=1&kind=x");
    params_check(&bench.asked.request, names, &bench.faults);
    assert_int_equal(bench.faults.count, 7);
    assert_fault(&bench, 0, "nmae", "did you mean name?");
    assert_fault(&bench, 1, "zzzzzzzz", "unknown parameter");
    assert_fault(&bench, 2, "limit", "more than once");
    assert_fault(&bench, 3, "name", "empty");
    assert_fault(&bench, 4, "number", "not UTF-8");
    assert_fault(&bench, 5, "status", "control character");
    assert_fault(&bench, 6, "Limit", "did you mean limit?");
    BENCH_AUTO struct bench of_none;
    begin(&of_none, "/?a=1");
    params_check(&of_none.asked.request, none, &of_none.faults);
    assert_fault(&of_none, 0, "a", "this route takes none");
    BENCH_AUTO struct bench good;
    begin(&good, "/?name=a&limit=1");
    params_check(&good.asked.request, names, &good.faults);
    assert_int_equal(good.faults.count, 0);
}

static void values(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "/?name=&a=1&name=2");
    assert_true(str_equal(params_get(&bench.asked.request, "a"), STR("1")));
    assert_null(params_get(&bench.asked.request, "b").p);
    assert_true(str_equal(params_get(&bench.asked.request, "name"), STR("2")));
}

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        uint32_t limit; // 0: a fault
    } cases[] = {
        {"/", 20},
        {"/?limit=1", 1},
        {"/?limit=200", 200},
        {"/?limit=0", 0},
        {"/?limit=201", 0},
        {"/?limit=-1", 0},
        {"/?limit=1.5", 0},
        {"/?limit=%201", 0},
        {"/?limit=1,2", 0},
        {"/?limit=99999999999999999999", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BENCH_AUTO struct bench bench;
        uint32_t limit = 0;
        begin(&bench, cases[i].target);
        params_limit(&bench.asked.request, &limit, &bench.faults);
        assert_int_equal(bench.faults.count, cases[i].limit == 0 ? 1 : 0);
        assert_int_equal(limit, cases[i].limit == 0 ? 20 : cases[i].limit);
        if (cases[i].limit == 0) {
            assert_fault(&bench, 0, "limit", "from 1 to 200");
        }
    }
}

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

static void ranges(void **state)
{
    (void)state;
    static const struct {
        const char *target, *from, *to, *parameter, *says;
    } cases[] = {
        {"/", NULL, NULL, NULL, NULL},
        {"/?f=2024-02-29", "2024-02-29", NULL, NULL, NULL},
        {"/?t=1900-01-01", NULL, "1900-01-01", NULL, NULL},
        {"/?f=2024-02-29&t=2024-02-29", "2024-02-29", "2024-02-29", NULL, NULL},
        {"/?f=2024-03-01&t=2024-02-29", "2024-03-01", "2024-02-29", "t", "is before f"},
        {"/?f=2023-02-29", NULL, NULL, "f", "a day that exists"},
        {"/?t=2024-2-1", NULL, NULL, "t", "YYYY-MM-DD"},
        {"/?f=2024", NULL, NULL, "f", "YYYY-MM-DD"},
        {"/?f=x&t=2024-01-01", NULL, "2024-01-01", "f", "YYYY-MM-DD"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct day_range range;
        BENCH_AUTO struct bench bench;
        begin(&bench, cases[i].target);
        params_range(&bench.asked.request, "f", "t", &range, &bench.faults);
        struct day_range expected = days(cases[i].from, cases[i].to);
        assert_true(range.from == expected.from && range.to == expected.to);
        assert_int_equal(bench.faults.count, cases[i].says == NULL ? 0 : 1);
        if (cases[i].says != NULL) {
            assert_fault(&bench, 0, cases[i].parameter, cases[i].says);
        }
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

static void text(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    buf_init(&room, 65536);
    assert_non_null(buf_extend(&room, 60000));
    buf_clear(&room);
    BENCH_AUTO struct bench bench;
    begin(&bench, "/?a=%E3%81%8B%E3%82%9B+%EF%BC%A1&b=%E3%80%80+%20&c=%20x");
    assert_true(str_equal(params_text(&bench.asked.request, "a", &room, &bench.faults), STR("ガa")));
    assert_null(params_text(&bench.asked.request, "b", &room, &bench.faults).p);
    assert_true(str_equal(params_text(&bench.asked.request, "c", &room, &bench.faults), STR("x")));
    assert_null(params_text(&bench.asked.request, "d", &room, &bench.faults).p);
    assert_int_equal(bench.faults.count, 1);
    assert_fault(&bench, 0, "b", "nothing to search for");
}

static void text_of_200_characters(void **state)
{
    (void)state;
    for (size_t n = 200; n <= 201; n++) {
        BUF_AUTO struct buf room;
        BUF_AUTO struct buf target;
        BENCH_AUTO struct bench bench;
        buf_init(&room, 65536);
        buf_init(&target, TARGET_LONGEST);
        buf_add_text(&target, "/?a=");
        for (size_t i = 0; i < n; i++) {
            buf_add_text(&target, "\ufdfa"); // the one that grows most
        }
        begin(&bench, buf_text(&target));
        struct str folded_text = params_text(&bench.asked.request, "a", &room, &bench.faults);
        assert_int_equal(bench.faults.count, n - 200);
        assert_int_equal(folded_text.p != NULL, n == 200);
        if (n > 200) {
            assert_fault(&bench, 0, "a", "longer than 200 characters");
        }
    }
}

static void canonical(const char *target, const char *but, const char *but_also, char *out, size_t size)
{
    BENCH_AUTO struct bench bench;
    BUF_AUTO struct buf made;
    begin(&bench, target);
    buf_init(&made, TARGET_LONGEST);
    params_canonical(&bench.asked.request, names, but, but_also, &made);
    (void)snprintf(out, size, "%s", buf_text(&made));
}

static void one_form_for_one_query(void **state)
{
    (void)state;
    char a[300];
    char b[300];
    canonical("/p?limit=5&name=%E5%B1%B1+a&cursor=x", NULL, NULL, a, sizeof a);
    canonical("/%70?cursor=%78&name=山%20a&limit=5", NULL, NULL, b, sizeof b);
    assert_string_equal(a, b);
    canonical("/p?limit=7&name=山%20a&cursor=y", "limit", "cursor", a, sizeof a);
    canonical("/p?name=山%20a", "limit", "cursor", b, sizeof b);
    assert_string_equal(a, b);
    canonical("/p?name=a&limit=5", "limit", NULL, a, sizeof a);
    canonical("/p?name=a%26limit=5", "limit", NULL, b, sizeof b);
    assert_string_not_equal(a, b);
    canonical("/p?name=a", NULL, NULL, a, sizeof a);
    canonical("/q?name=a", NULL, NULL, b, sizeof b);
    assert_string_not_equal(a, b);
}

// What `next` says means the same query when it comes back.
static void next_comes_back_as_it_was(void **state)
{
    (void)state;
    BENCH_AUTO struct bench first;
    BENCH_AUTO struct bench second;
    BUF_AUTO struct buf next;
    begin(&first, "/v1/registrants?name=%E5%B1%B1+%26%3D%2B%25%23%22%3C%3E,a&cursor=old&limit=3");
    buf_init(&next, TARGET_LONGEST);
    params_next(&first.asked.request, STR("new-_"), &next);
    const char *target = buf_text(&next);
    assert_string_equal(target, "/v1/registrants?name=%E5%B1%B1%20%26%3D%2B%25%23%22%3C%3E,a&limit=3&cursor=new-_");
    begin(&second, target);
    assert_true(str_equal(params_get(&second.asked.request, "name"), params_get(&first.asked.request, "name")));
    assert_true(str_equal(params_get(&second.asked.request, "cursor"), STR("new-_")));
    assert_int_equal(second.asked.request.parameter_count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(values),
        cmocka_unit_test(limits),
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_hundred_numbers_and_one_more),
        cmocka_unit_test(long_entries_are_shown_in_part),
        cmocka_unit_test(ranges),
        cmocka_unit_test(places),
        cmocka_unit_test(statuses),
        cmocka_unit_test(completions),
        cmocka_unit_test(text),
        cmocka_unit_test(text_of_200_characters),
        cmocka_unit_test(one_form_for_one_query),
        cmocka_unit_test(next_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
