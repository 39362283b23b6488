// Suggestions over the front door: what they look like, and what is refused. What is found is tests/unit/edition's.
#include "tests/unit/api/routes_bench.h"

static void what_an_answer_looks_like(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/suggestions?q=%E8%A6%8B"), 200);
    const json_t *items = json_object_get(body_of(&bench), "items");
    assert_true(json_array_size(items) > 0);
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        assert_int_equal(json_object_size(item), 3);
        assert_true(json_is_string(json_object_get(item, "field")));
        assert_non_null(strstr(json_string_value(json_object_get(item, "text")), "見"));
        assert_true(json_integer_value(json_object_get(item, "count")) > 0);
    }
    assert_int_equal(json_integer_value(json_object_get(json_object_get(bench.json, "as_of"), "publication")), 7);
    assert_true(bench.reply.tag[0] != '\0');
    assert_int_equal(bench.reply.caching, CACHING_PUBLIC);
}

static void how_many(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/suggestions?q=%E8%A6%8B&limit=1"), 200);
    assert_int_equal(json_array_size(json_object_get(body_of(&bench), "items")), 1);
    assert_int_equal(get(&bench, "/v1/suggestions?q=zzzz&limit=20"), 200);
    assert_int_equal(json_array_size(json_object_get(body_of(&bench), "items")), 0);
}

static void what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *target, *says;
        size_t faults;
    } cases[] = {
        {"/v1/suggestions", "is missing", 1},
        {"/v1/suggestions?q=", "empty", 1},
        {"/v1/suggestions?q=+", "nothing to search for", 1},
        {"/v1/suggestions?q=a&limit=0", "from 1 to 20", 1},
        {"/v1/suggestions?q=a&limit=21", "from 1 to 20", 1},
        {"/v1/suggestions?q=a&cursor=b", "unknown parameter", 1},
        {"/v1/suggestions?Q=a&limit=x", "did you mean q?", 3},
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(get(&bench, cases[i].target), 400);
        assert_problem(&bench, "invalid-parameter");
        assert_int_equal(json_array_size(json_object_get(bench.json, "errors")), cases[i].faults);
        assert_non_null(strstr(buf_text(&bench.reply.body), cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_answer_looks_like),
        cmocka_unit_test(how_many),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
