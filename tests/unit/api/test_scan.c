// Our own JSON is read back member by member; whatever is not ours is noticed, and nothing behind it is read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "api/scan.h"
#include "base/json_out.h"

static const char whole[] =
    "{\"number\":\"000010\",\"renewal_count\":2,\"hours\":7.5,\"on\":true,\"off\":false,\"name\":\"a "
    "\\\"b\\\" \\\\ \\n\\u0001 山\",\"profile\":{\"url\":\"}],\",\"skills\":[\"x\",\"y,z\"]},"
    "\"completions\":[{\"course\":\"a\"},{\"course\":\"b\"}],\"none\":[],\"empty\":{}}";

static void members(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        {"number", "\"000010\""},
        {"renewal_count", "2"},
        {"hours", "7.5"},
        {"on", "true"},
        {"off", "false"},
        {"name", "\"a \\\"b\\\" \\\\ \\n\\u0001 山\""},
        {"profile", "{\"url\":\"}],\",\"skills\":[\"x\",\"y,z\"]}"},
        {"completions", "[{\"course\":\"a\"},{\"course\":\"b\"}]"},
        {"none", "[]"},
        {"empty", "{}"},
    };
    struct scan scan = scan_object(str_of(whole));
    struct str name;
    struct str value;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(scan_member(&scan, &name, &value));
        assert_true(str_equal(name, str_of(expected[i][0])));
        assert_true(str_equal(value, str_of(expected[i][1])));
    }
    assert_false(scan_member(&scan, &name, &value));
    assert_false(scan_failed(&scan));
}

static size_t count_elements(const char *json, bool *failed)
{
    struct scan scan = scan_array(str_of(json));
    struct str value;
    size_t n = 0;
    while (scan_element(&scan, &value)) {
        n++;
    }
    *failed = scan_failed(&scan);
    return n;
}

static void elements(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        size_t n;
        bool failed;
    } cases[] = {
        {"[]", 0, false},
        {"[\"a\"]", 1, false},
        {"[1,[2,3],{\"a\":4}]", 3, false},
        {"", 0, true},
        {"[", 0, true},
        {"]", 0, true},
        {"{}", 0, true},
        {"[1", 0, true},
        {"[1,", 1, true},
        {"[1,]", 1, true},
        {"[,1]", 0, true},
        {"[1 ,2]", 1, true},
        {"[1]x", 1, true},
        {"[1]]", 1, true},
        {"[1}", 1, true},
        {"[[1}]", 0, true},
        {"[null]", 0, true},
        {"[\"a]", 0, true},
        {"[\"\\t\"]", 0, true},
        {"[\"\\u0100\"]", 0, true},
        {"[[[[[[[[[[]]]]]]]]]]", 0, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool failed;
        assert_int_equal(count_elements(cases[i].json, &failed), cases[i].n);
        assert_int_equal(failed, cases[i].failed);
    }
}

static void an_object_is_not_an_array(void **state)
{
    (void)state;
    static const char *const wrong[] = {"[]",         "{\"a\"}",          "{\"a\":}", "{a:1}",
                                        "{\"a\":1,}", "{\"a\":1\"b\":2}", "{\"a\":1", "{\"a\":1}{}",
                                        "{\"a\" :1}", "{\"a\":1]"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct scan scan = scan_object(str_of(wrong[i]));
        struct str name;
        struct str value;
        while (scan_member(&scan, &name, &value)) {
        }
        assert_true(scan_failed(&scan));
    }
}

// Read in full or not at all: with every byte cut off, and with every byte changed, nothing is read beyond the end.
static void damaged(void **state)
{
    (void)state;
    size_t n = strlen(whole);
    for (size_t cut = 0; cut < n; cut++) {
        char *copy = malloc(cut + 1); // so that a sanitizer sees a byte too many
        assert_non_null(copy);
        memcpy(copy, whole, cut);
        struct scan scan = scan_object((struct str){copy, cut});
        struct str name;
        struct str value;
        while (scan_member(&scan, &name, &value)) {
            assert_true(value.p + value.n <= copy + cut);
        }
        assert_true(scan_failed(&scan));
        free(copy);
    }
}

static void every_text_comes_back(void **state)
{
    (void)state;
    char bytes[128];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)i;
    }
    for (size_t from = 0; from < sizeof bytes; from++) {
        for (size_t n = 0; from + n <= sizeof bytes; n += 1 + n / 2) {
            BUF_AUTO struct buf json;
            BUF_AUTO struct buf back;
            buf_init(&json, 4096);
            buf_init(&back, 4096);
            struct str text = {bytes + from, n};
            json_quote(&json, text);
            assert_true(scan_text(buf_str(&json), &back));
            assert_true(str_equal(buf_str(&back), text));
        }
    }
}

static void what_is_no_text(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",        "\"",        "a",       "1",           "[]",
                                        "\"a",     "\"a\"b\"",  "\"a\\\"", "\"\\u00g0\"", "\"\\u0080\"",
                                        "\"\\x\"", "\"\\u00\"", "\"\\u0\""};
    BUF_AUTO struct buf out;
    buf_init(&out, 100);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(scan_text(str_of(wrong[i]), &out));
        assert_int_equal(out.n, 0);
    }
    assert_false(scan_text((struct str){NULL, 0}, &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members),
        cmocka_unit_test(elements),
        cmocka_unit_test(an_object_is_not_an_array),
        cmocka_unit_test(damaged),
        cmocka_unit_test(every_text_comes_back),
        cmocka_unit_test(what_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
