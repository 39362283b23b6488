// Parameters: every fault is found, named and explained; nothing is clamped, guessed or dropped.
#include "tests/unit/api/params_bench.h"

static const char *const names[] = {"number", "name",   "home",     "status",         "course",       "kind",
                                    "limit",  "cursor", "operator", "completed_from", "completed_to", NULL};

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
        params_limit(&bench.asked.request, 20, 200, &limit, &bench.faults);
        assert_int_equal(bench.faults.count, cases[i].limit == 0 ? 1 : 0);
        assert_int_equal(limit, cases[i].limit == 0 ? 20 : cases[i].limit);
        if (cases[i].limit == 0) {
            assert_fault(&bench, 0, "limit", "from 1 to 200");
        }
    }
}

static day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(text == NULL || day_parse(str_of(text), &day));
    return day;
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
        assert_true(range.from == day(cases[i].from) && range.to == day(cases[i].to));
        assert_int_equal(bench.faults.count, cases[i].says == NULL ? 0 : 1);
        if (cases[i].says != NULL) {
            assert_fault(&bench, 0, cases[i].parameter, cases[i].says);
        }
    }
}

static void months(void **state)
{
    (void)state;
    static const struct {
        const char *target, *parameter, *says;
        struct int_range range;
    } cases[] = {
        {"/", NULL, NULL, {INT32_MIN, INT32_MIN}},
        {"/?f=2017-04", NULL, NULL, {2017 * 12 + 3, INT32_MIN}},
        {"/?f=2017-04&t=2017-04", NULL, NULL, {2017 * 12 + 3, 2017 * 12 + 3}},
        {"/?f=2017-04&t=2017-03", "t", "is before f", {2017 * 12 + 3, 2017 * 12 + 2}},
        {"/?f=2017-13", "f", "YYYY-MM", {INT32_MIN, INT32_MIN}},
        {"/?t=2017-04-01", "t", "YYYY-MM", {INT32_MIN, INT32_MIN}},
        {"/?t=201704", "t", "from 1900 to 2199", {INT32_MIN, INT32_MIN}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct int_range range;
        BENCH_AUTO struct bench bench;
        begin(&bench, cases[i].target);
        params_months(&bench.asked.request, "f", "t", &range, &bench.faults);
        assert_true(range.from == cases[i].range.from && range.to == cases[i].range.to);
        assert_int_equal(bench.faults.count, cases[i].says == NULL ? 0 : 1);
        if (cases[i].says != NULL) {
            assert_fault(&bench, 0, cases[i].parameter, cases[i].says);
        }
    }
}

static void counts(void **state)
{
    (void)state;
    static const struct {
        const char *target, *parameter, *says;
        struct int_range range;
    } cases[] = {
        {"/", NULL, NULL, {INT32_MIN, INT32_MIN}},
        {"/?f=0", NULL, NULL, {0, INT32_MIN}},
        {"/?f=0&t=999", NULL, NULL, {0, 999}},
        {"/?f=2&t=1", "t", "is before f", {2, 1}},
        {"/?f=1000", "f", "from 0 to 999", {INT32_MIN, INT32_MIN}},
        {"/?t=-1", "t", "from 0 to 999", {INT32_MIN, INT32_MIN}},
        {"/?t=1.0", "t", "from 0 to 999", {INT32_MIN, INT32_MIN}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct int_range range;
        BENCH_AUTO struct bench bench;
        begin(&bench, cases[i].target);
        params_counts(&bench.asked.request, "f", "t", &range, &bench.faults);
        assert_true(range.from == cases[i].range.from && range.to == cases[i].range.to);
        assert_int_equal(bench.faults.count, cases[i].says == NULL ? 0 : 1);
        if (cases[i].says != NULL) {
            assert_fault(&bench, 0, cases[i].parameter, cases[i].says);
        }
    }
}

static void choices(void **state)
{
    (void)state;
    static const char *const fruits[] = {"apple", "pear", "quince", NULL};
    unsigned set = 99;
    BENCH_AUTO struct bench good;
    begin(&good, "/?a=pear,apple,pear");
    params_choices(&good.asked.request, "a", fruits, &set, &good.faults);
    assert_int_equal(set, 3);
    params_choices(&good.asked.request, "b", fruits, &set, &good.faults);
    assert_int_equal(set, 0);
    assert_int_equal(good.faults.count, 0);
    BENCH_AUTO struct bench bad;
    begin(&bad, "/?a=paer,quince,,Apple,zzzzzzzzzz");
    params_choices(&bad.asked.request, "a", fruits, &set, &bad.faults);
    assert_int_equal(set, 4);
    assert_int_equal(bad.faults.count, 4);
    assert_fault(&bad, 0, "a", "\"paer\" is none of apple, pear, quince; did you mean pear?");
    assert_fault(&bad, 1, "a", "\"\" is none of apple, pear, quince");
    assert_fault(&bad, 2, "a", "did you mean apple?");
    assert_fault(&bad, 3, "a", "\"zzzzzzzzzz\" is none of apple, pear, quince");
}

static void too_many_choices(void **state)
{
    (void)state;
    static const char *const fruits[] = {"apple", NULL};
    BUF_AUTO struct buf target;
    BENCH_AUTO struct bench bench;
    unsigned set;
    buf_init(&target, 1024);
    buf_add_text(&target, "/?a=apple");
    for (int i = 1; i <= 40; i++) {
        buf_add_text(&target, ",apple");
    }
    begin(&bench, buf_text(&target));
    params_choices(&bench.asked.request, "a", fruits, &set, &bench.faults);
    assert_int_equal(bench.faults.count, 1);
    assert_fault(&bench, 0, "a", "has 41 entries; at most 40");
}

static void triples(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum triple triple;
        size_t faults;
    } cases[] = {
        {"/", TRIPLE_ANY, 0},        {"/?a=true", TRIPLE_YES, 0}, {"/?a=false", TRIPLE_NO, 0},
        {"/?a=True", TRIPLE_ANY, 1}, {"/?a=1", TRIPLE_ANY, 1},    {"/?a=true,false", TRIPLE_ANY, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum triple triple = TRIPLE_NO;
        BENCH_AUTO struct bench bench;
        begin(&bench, cases[i].target);
        params_triple(&bench.asked.request, "a", &triple, &bench.faults);
        assert_int_equal(triple, cases[i].triple);
        assert_int_equal(bench.faults.count, cases[i].faults);
        if (cases[i].faults > 0) {
            assert_fault(&bench, 0, "a", "is none of true, false");
        }
    }
}

// Text is handed on as it came; only what nothing is left of when folded is refused.
static void text(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "/?a=%E3%81%8B%E3%82%9B+%EF%BC%A1&b=%E3%80%80+%20&c=%20x&e=%E2%80%8D");
    assert_true(str_equal(params_text(&bench.asked.request, "a", &bench.faults), STR("か\u309b Ａ")));
    assert_null(params_text(&bench.asked.request, "b", &bench.faults).p);
    assert_true(str_equal(params_text(&bench.asked.request, "c", &bench.faults), STR(" x")));
    assert_null(params_text(&bench.asked.request, "d", &bench.faults).p);
    assert_null(params_text(&bench.asked.request, "e", &bench.faults).p);
    assert_int_equal(bench.faults.count, 2);
    assert_fault(&bench, 0, "b", "nothing to search for");
    assert_fault(&bench, 1, "e", "nothing to search for");
}

static void text_of_200_characters(void **state)
{
    (void)state;
    for (size_t n = 200; n <= 201; n++) {
        BUF_AUTO struct buf target;
        BENCH_AUTO struct bench bench;
        buf_init(&target, TARGET_LONGEST);
        buf_add_text(&target, "/?a=");
        for (size_t i = 0; i < n; i++) {
            buf_add_text(&target, "\ufdfa"); // the one that grows most
        }
        begin(&bench, buf_text(&target));
        assert_int_equal(params_text(&bench.asked.request, "a", &bench.faults).p != NULL, n == 200);
        assert_int_equal(bench.faults.count, n - 200);
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
    params_canonical(&bench.asked.request, but, but_also, &made);
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
        cmocka_unit_test(ranges),
        cmocka_unit_test(months),
        cmocka_unit_test(counts),
        cmocka_unit_test(choices),
        cmocka_unit_test(too_many_choices),
        cmocka_unit_test(triples),
        cmocka_unit_test(text),
        cmocka_unit_test(text_of_200_characters),
        cmocka_unit_test(one_form_for_one_query),
        cmocka_unit_test(next_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
