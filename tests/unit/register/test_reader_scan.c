// The JSON grammar against an independent judge: on some hundred thousand damaged lines jansson must agree on which are
// JSON; and texts come out as jansson reads them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "register/reader_scan.h"

#include <jansson.h>
#include <string.h>

enum { LINE_LONGEST = 512 };

static bool is_json(struct str line)
{
    char scratch[LINE_LONGEST];
    struct reader_scan scan;
    reader_scan_begin(&scan, line, scratch);
    return reader_scan_skip(&scan) && reader_scan_end(&scan);
}

// The judge cannot say of numbers that are beyond its own types.
static bool jansson_judges(struct str line, bool *json)
{
    json_error_t error;
    json_t *value = json_loadb(line.p, line.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    *json = value != NULL;
    json_decref(value);
    return *json || json_error_code(&error) != json_error_numeric_overflow;
}

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

// One to three changes: a byte replaced, left out or doubled, with a taste for what JSON is made of.
static size_t damage(char *line, size_t n, uint32_t *random)
{
    static const char taste[] = "{}[]\",:\\/u0123456789abcdefABCDEFtrnl.+-eE \t\r\n\x01\x7f";
    for (uint32_t changes = next_random(random) % 3 + 1; changes > 0; changes--) {
        size_t at = next_random(random) % n;
        char c = taste[next_random(random) % (sizeof taste - 1)];
        uint32_t how = next_random(random) % 3;
        if (how == 0) {
            line[at] = c;
        } else if (how == 1 && n > 1) {
            memmove(line + at, line + at + 1, n - at - 1);
            n--;
        } else {
            memmove(line + at + 1, line + at, n - at);
            line[at] = c;
            n++;
        }
    }
    return n;
}

static void the_verdict_is_janssons(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "{\"a\":\"b\",\"c\":[1,-2.5e+3,0,0.5E-1],\"d\":{\"e\":[],\"f\":{}},\"g\":[true,false,null]}",
        "\"\\u9ad9\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t髙橋\"",
        "[[[\"x\"],{\"k\":[{}]}],-0,10,1e9]",
        "{}",
        "-12.75e+10",
    };
    uint32_t random = 20261123;
    size_t accepted = 0;
    size_t judged = 0;
    for (size_t i = 0; i < 200000; i++) {
        const char *seed = seeds[i % (sizeof seeds / sizeof seeds[0])];
        char line[LINE_LONGEST];
        size_t n = strlen(seed);
        memcpy(line, seed, n);
        struct str damaged = {line, damage(line, n, &random)};
        bool expected;
        if (!str_is_utf8(damaged) || !jansson_judges(damaged, &expected)) {
            continue;
        }
        judged++;
        accepted += expected ? 1 : 0;
        if (is_json(damaged) != expected) {
            fail_msg("%.*s: jansson says %d", (int)damaged.n, damaged.p, expected);
        }
    }
    // Both verdicts must have been put to the test.
    assert_true(accepted > 10000 && judged - accepted > 50000);
}

static void texts_come_out_as_jansson_reads_them(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "\"\"",
        "\"plain\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"a\\u0041b\\u00e9\\u9AD9\\uD83D\\uDE00z\"",
        "\"髙\\u0000橋\"",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char scratch[LINE_LONGEST];
        struct reader_scan scan;
        struct str text;
        reader_scan_begin(&scan, str_of(lines[i]), scratch);
        assert_int_equal(reader_scan_peek(&scan), '"');
        assert_true(reader_scan_text(&scan, &text));
        assert_true(reader_scan_end(&scan));
        json_t *value = json_loads(lines[i], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_true(str_equal(text, (struct str){json_string_value(value), json_string_length(value)}));
        json_decref(value);
    }
}

static void an_object_is_walked(void **state)
{
    (void)state;
    char scratch[LINE_LONGEST];
    struct reader_scan scan;
    struct str text;
    size_t members = 0;
    size_t items = 0;
    reader_scan_begin(&scan, STR(" { \"a\" : [ \"x\" , 12.50 ] , \"\\u0062\" : { } } "), scratch);
    assert_true(reader_scan_member(&scan, &members, &text));
    assert_true(str_equal(text, STR("a")));
    assert_true(reader_scan_item(&scan, &items));
    assert_true(reader_scan_text(&scan, &text));
    assert_true(reader_scan_item(&scan, &items));
    assert_int_equal(reader_scan_peek(&scan), '0');
    assert_true(reader_scan_number(&scan, &text));
    assert_true(str_equal(text, STR("12.50")));
    assert_false(reader_scan_item(&scan, &items));
    assert_int_equal(items, 2);
    assert_true(reader_scan_member(&scan, &members, &text));
    assert_true(str_equal(text, STR("b")));
    assert_true(reader_scan_skip(&scan));
    assert_false(reader_scan_member(&scan, &members, &text));
    assert_int_equal(members, 2);
    assert_true(reader_scan_end(&scan));
}

static void depth_is_bounded(void **state)
{
    (void)state;
    char line[2 * READER_SCAN_DEPTH + 2];
    memset(line, '[', READER_SCAN_DEPTH);
    memset(line + READER_SCAN_DEPTH, ']', READER_SCAN_DEPTH);
    assert_true(is_json((struct str){line, 2 * READER_SCAN_DEPTH}));
    memset(line, '[', READER_SCAN_DEPTH + 1);
    memset(line + READER_SCAN_DEPTH + 1, ']', READER_SCAN_DEPTH + 1);
    assert_false(is_json((struct str){line, sizeof line}));
}

static void a_mistake_stays(void **state)
{
    (void)state;
    char scratch[LINE_LONGEST];
    struct reader_scan scan;
    struct str text;
    size_t n = 0;
    reader_scan_begin(&scan, STR("{\"a\" 1}"), scratch);
    assert_false(reader_scan_member(&scan, &n, &text));
    assert_int_equal(scan.at, 5);
    const char *wrong = scan.wrong;
    assert_non_null(wrong);
    assert_false(reader_scan_number(&scan, &text));
    assert_false(reader_scan_skip(&scan));
    assert_false(reader_scan_item(&scan, &n));
    assert_false(reader_scan_end(&scan));
    assert_ptr_equal(scan.wrong, wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_verdict_is_janssons), cmocka_unit_test(texts_come_out_as_jansson_reads_them),
        cmocka_unit_test(an_object_is_walked),     cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(a_mistake_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
