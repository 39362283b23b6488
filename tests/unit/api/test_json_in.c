// Bodies of reports: what is no JSON, what is JSON of another shape, and where each fault points.
#include "tests/unit/api/asked.h"

#include <jansson.h>
#include <stdlib.h>

#include "api/json_in.h"

#define ITEM "{\"number\":\"000123\",\"course\":\"online-2025\",\"completed_on\":\"2025-07-01\"}"

struct bench {
    struct asked asked;
    struct faults faults;
    struct fault fault;
    struct reports_body *parsed;
    enum err err;
    json_t *list;
};

// Reads a body, and the faults of form of all its items.
static void read_body(struct bench *bench, struct str body)
{
    *bench = (struct bench){0};
    asked_well(&bench->asked, "POST", "/v1/reports");
    faults_init(&bench->faults, &bench->asked.request);
    bench->err = reports_body_read(body, &bench->parsed, &bench->faults, &bench->fault);
    for (size_t i = 0; i < reports_body_count(bench->parsed); i++) {
        reports_body_fault_item(bench->parsed, i, &bench->faults);
    }
    BUF_AUTO struct buf all;
    buf_init(&all, 2000000);
    buf_add_char(&all, '[');
    buf_add(&all, buf_str(&bench->faults.json));
    buf_add_char(&all, ']');
    bench->list = json_loadb(all.p, all.n, JSON_ALLOW_NUL, NULL);
    assert_non_null(bench->list);
}

static void end(struct bench *bench)
{
    json_decref(bench->list);
    reports_body_free(&bench->parsed);
    faults_fini(&bench->faults);
    asked_fini(&bench->asked);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

static void assert_pointer(const struct bench *bench, size_t index, const char *pointer)
{
    const json_t *fault = json_array_get(bench->list, index);
    assert_non_null(fault);
    assert_string_equal(json_string_value(json_object_get(fault, "pointer")), pointer);
    assert_string_equal(json_string_value(json_object_get(fault, "code")), "malformed");
    assert_true(strlen(json_string_value(json_object_get(fault, "detail"))) > 0);
}

static void good_items(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    read_body(&bench, STR("{\"reports\":[" ITEM ",{\"name\":\"見本 \\u592a郎\\ud842\\udfb7\",\"completed_on\":"
                          "\"2024-02-29\",\"course\":\"a\",\"number\":\"7\"}]}"));
    const size_t *places;
    size_t n;
    const struct report_item *items = reports_body_items(bench.parsed, &places, &n);
    assert_int_equal(bench.err, ERR_OK);
    assert_int_equal(bench.faults.count, 0);
    assert_int_equal(n, 2);
    assert_int_equal(reports_body_count(bench.parsed), 2);
    assert_true(places[0] == 0 && places[1] == 1);
    assert_int_equal(items[0].number, 123);
    assert_true(str_equal(items[0].course, STR("online-2025")));
    assert_null(items[0].name.p);
    assert_int_equal(items[1].number, 7);
    assert_true(str_equal(items[1].name, STR("見本 太郎𠮷")));
    day_t leap_day = DAY_NONE;
    assert_true(day_parse(STR("2024-02-29"), &leap_day));
    assert_int_equal(items[1].completed_on, leap_day);
}

static void what_is_no_json(void **state)
{
    (void)state;
    static const struct str bodies[] = {
        {NULL, 0},
        STR(""),
        STR(" "),
        STR("{"),
        STR("{\"reports\":[" ITEM "]"),
        STR("{\"reports\":[" ITEM "]}x"),
        STR("{\"reports\":[" ITEM "]}{}"),
        STR("{\"reports\":[" ITEM ",]}"),
        STR("{'reports':[]}"),
        STR("{reports:[]}"),
        STR("\xef\xbb\xbf{\"reports\":[" ITEM "]}"), // a byte order mark
        STR("{\"reports\":[],\"reports\":[]}"),
        STR("{\"reports\":[{\"number\":\"1\",\"number\":\"2\"}]}"),
        STR("{\"reports\":[{\"number\":\"1\",\"n\\u0075mber\":\"2\"}]}"),
        STR("{\"reports\":\"\xff\"}"),
        STR("{\"reports\":\"\xed\xa0\x80\"}"),
        STR("{\"reports\":\"\xc0\xaf\"}"),
        STR("{\"reports\":\"\\ud800\"}"),
        STR("{\"reports\":\"\\udc00\\ud800\"}"),
        STR("{\"reports\":\"\\ud800x\"}"),
        STR("{\"reports\":\"a\\u0000b\"}"),
        STR("{\"a\\u0000b\":1}"),
        STR("{\"reports\":\"a\0b\"}"),
        STR("{\"reports\":[]}\0"),
        STR("{\"reports\":\"a\nb\"}"),
        STR("{\"reports\":\"\\x41\"}"),
        STR("{\"reports\":NaN}"),
        STR("{\"reports\":01}"),
        STR("{\"reports\":99999999999999999999999}"),
        STR("{\"reports\":1e999}"),
        STR("{\"reports\":tru}"),
        STR("{\"reports\":[\"unended]}"),
        STR("{\"reports\":[\"\\"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        BENCH_AUTO struct bench bench;
        const size_t *places;
        size_t n = 7;
        read_body(&bench, bodies[i]);
        if (bench.err != ERR_INVALID) {
            fail_msg("%.*s: %s", (int)bodies[i].n, bodies[i].p, err_name(bench.err));
        }
        assert_non_null(strstr(bench.fault.text, "line "));
        (void)reports_body_items(bench.parsed, &places, &n);
        assert_int_equal(n + reports_body_count(bench.parsed) + bench.faults.count, 0);
    }
}

static void what_has_another_shape(void **state)
{
    (void)state;
    static const struct {
        const char *body, *pointer;
    } cases[] = {
        {"null", ""},
        {"1", ""},
        {"\"reports\"", ""},
        {"[]", ""},
        {"[" ITEM "]", ""},
        {"{}", "/reports"},
        {"{\"reports\":null}", "/reports"},
        {"{\"reports\":{}}", "/reports"},
        {"{\"reports\":[]}", "/reports"},
        {"{\"reports\":[" ITEM "],\"more\":1}", "/more"},
        {"{\"reports\":[" ITEM "],\"a/b~c\":1}", "/a~1b~0c"},
        {"{\"reports\":[" ITEM "],\"\":1}", "/"},
        {"{\"reports\":[1]}", "/reports/0"},
        {"{\"reports\":[" ITEM ",[]]}", "/reports/1"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\"}]}", "/reports/0/completed_on"},
        {"{\"reports\":[{\"number\":1,\"course\":\"a\",\"completed_on\":\"2025-07-01\"}]}", "/reports/0/number"},
        {"{\"reports\":[{\"number\":\"0\",\"course\":\"a\",\"completed_on\":\"2025-07-01\"}]}", "/reports/0/number"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"A\",\"completed_on\":\"2025-07-01\"}]}", "/reports/0/course"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-02-29\"}]}",
         "/reports/0/completed_on"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"name\":\"\"}]}",
         "/reports/0/name"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"name\":null}]}",
         "/reports/0/name"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"name\":\"a\\tb\"}]}",
         "/reports/0/name"},
        {"{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"~/\":1}]}",
         "/reports/0/~0~1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BENCH_AUTO struct bench bench;
        read_body(&bench, str_of(cases[i].body));
        assert_int_equal(bench.err, ERR_OK);
        if (bench.faults.count != 1) {
            fail_msg("%s: %zu faults", cases[i].body, bench.faults.count);
        }
        assert_pointer(&bench, 0, cases[i].pointer);
    }
}

static void all_faults_at_once_and_the_good_kept_apart(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    read_body(&bench,
              STR("{\"reports\":[{\"number\":\"x\",\"course\":\"\",\"name\":7,\"what\":1}," ITEM ",{}," ITEM "]}"));
    static const char *const pointers[] = {"/reports/0/number", "/reports/0/course",      "/reports/0/completed_on",
                                           "/reports/0/name",   "/reports/0/what",        "/reports/2/number",
                                           "/reports/2/course", "/reports/2/completed_on"};
    const size_t *places;
    size_t n;
    (void)reports_body_items(bench.parsed, &places, &n);
    assert_int_equal(n, 2);
    assert_true(places[0] == 1 && places[1] == 3);
    assert_int_equal(bench.faults.count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_pointer(&bench, i, pointers[i]);
    }
}

static void names_of_200_characters(void **state)
{
    (void)state;
    for (size_t length = 200; length <= 201; length++) {
        BUF_AUTO struct buf body;
        BENCH_AUTO struct bench bench;
        buf_init(&body, 10000);
        buf_add_text(&body,
                     "{\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"name\":\"");
        for (size_t i = 0; i < length; i++) {
            buf_add_text(&body, "字");
        }
        buf_add_text(&body, "\"}]}");
        read_body(&bench, buf_str(&body));
        assert_int_equal(bench.faults.count, length - 200);
    }
}

static void a_thousand_items_and_one_more(void **state)
{
    (void)state;
    for (size_t count = 1000; count <= 1001; count++) {
        BUF_AUTO struct buf body;
        BENCH_AUTO struct bench bench;
        const size_t *places;
        size_t n = 0;
        buf_init(&body, 1000000);
        for (size_t i = 0; i < count; i++) {
            buf_add_text(&body, i == 0 ? "{\"reports\":[" ITEM : "," ITEM);
        }
        buf_add_text(&body, "]}");
        read_body(&bench, buf_str(&body));
        (void)reports_body_items(bench.parsed, &places, &n);
        assert_int_equal(bench.err, ERR_OK);
        assert_int_equal(n, count == 1000 ? 1000 : 0);
        assert_int_equal(bench.faults.count, count - 1000);
        if (count > 1000) {
            assert_pointer(&bench, 0, "/reports");
        }
    }
}

static void assert_depth(const char *open, const char *close, size_t depth, enum err expected)
{
    BUF_AUTO struct buf body;
    BENCH_AUTO struct bench bench;
    buf_init(&body, 10000000);
    for (size_t i = 0; i < depth; i++) {
        buf_add_text(&body, open);
    }
    buf_add_text(&body, "1");
    for (size_t i = 0; i < depth; i++) {
        buf_add_text(&body, close);
    }
    read_body(&bench, buf_str(&body));
    assert_int_equal(bench.err, expected);
}

static void deep_nesting(void **state)
{
    (void)state;
    assert_depth("[", "]", 8, ERR_OK);
    assert_depth("[", "]", 9, ERR_INVALID);
    assert_depth("[", "]", 1000000, ERR_INVALID);
    assert_depth("[", "", 1000000, ERR_INVALID);
    assert_depth("{\"a\":", "}", 8, ERR_OK);
    assert_depth("{\"a\":", "}", 9, ERR_INVALID);
    assert_depth("{\"a\":[", "]}", 500000, ERR_INVALID);
    assert_depth("]", "[", 100, ERR_INVALID);
    BENCH_AUTO struct bench in_text;
    read_body(&in_text, STR("{\"reports\":\"[[[[[[[[[[[[\\\"[[[[[[[[[[{{{{{{{{\"}"));
    assert_int_equal(in_text.err, ERR_OK);
}

// A name that makes the pointer too long: the fault points at what holds it.
static void long_member_names(void **state)
{
    (void)state;
    char name[3000];
    BUF_AUTO struct buf body;
    BENCH_AUTO struct bench bench;
    memset(name, '~', sizeof name);
    name[sizeof name - 1] = '\0';
    buf_init(&body, 10000);
    buf_add_format(
        &body, "{\"%s\":1,\"reports\":[{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2025-07-01\",\"%s\":1}]}",
        name, name);
    read_body(&bench, buf_str(&body));
    assert_int_equal(bench.faults.count, 2);
    assert_pointer(&bench, 0, "");
    assert_pointer(&bench, 1, "/reports/0");
}

static void random_damage(void **state)
{
    (void)state;
    static const char good[] = "{\"reports\":[" ITEM ",{\"number\":\"1\",\"name\":\"\\u5c71\\ud842\\udfb7\"}]}";
    static const char letters[] = "\"\\{}[]:,u0dD8\x80\xe3\xff\0 \n-1e";
    uint32_t seed = 11;
    for (int round = 0; round < 30000; round++) {
        char body[sizeof good];
        BENCH_AUTO struct bench bench;
        memcpy(body, good, sizeof good);
        for (int i = 0; i < 1 + round % 3; i++) {
            seed = seed * 1664525 + 1013904223;
            body[(seed >> 8) % (sizeof good - 1)] = letters[(seed >> 20) % (sizeof letters - 1)];
        }
        read_body(&bench, (struct str){body, sizeof good - 1 - (size_t)(round % 7 == 0 ? round % 40 : 0)});
        assert_true(bench.err == ERR_OK || bench.err == ERR_INVALID);
    }
}

static int setup(void **state)
{
    json_in_setup();
    return asked_setup(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_items),
        cmocka_unit_test(what_is_no_json),
        cmocka_unit_test(what_has_another_shape),
        cmocka_unit_test(all_faults_at_once_and_the_good_kept_apart),
        cmocka_unit_test(names_of_200_characters),
        cmocka_unit_test(a_thousand_items_and_one_more),
        cmocka_unit_test(deep_nesting),
        cmocka_unit_test(long_member_names),
        cmocka_unit_test(random_damage),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
