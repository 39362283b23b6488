// Views and small parsers: the borders of each.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/str.h"

#include <string.h>

static void equality(void **state)
{
    (void)state;
    assert_true(str_equal(STR("abc"), STR("abc")));
    assert_false(str_equal(STR("abc"), STR("abC")));
    assert_false(str_equal(STR("abc"), STR("ab")));
    assert_true(str_equal(str_of(NULL), STR("")));
    assert_true(str_equal_nocase(STR("Content-Type"), STR("cONTENT-tYPE")));
    assert_false(str_equal_nocase(STR("a"), STR("b")));
    assert_false(str_equal_nocase(STR("[") /* 'Z' + 1 */, STR("{")));
    assert_true(str_starts_with(STR("abc"), STR("ab")));
    assert_true(str_starts_with(STR("abc"), STR("")));
    assert_false(str_starts_with(STR("ab"), STR("abc")));
}

static void trimming(void **state)
{
    (void)state;
    assert_true(str_equal(str_trim(STR(" \t\r\n a b \n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \t ")).n, 0);
    assert_int_equal(str_trim(STR("")).n, 0);
}

static void cutting(void **state)
{
    (void)state;
    struct str rest = STR("a,,b,");
    assert_true(str_equal(str_cut(&rest, ','), STR("a")));
    assert_true(str_equal(str_cut(&rest, ','), STR("")));
    assert_true(str_equal(str_cut(&rest, ','), STR("b")));
    assert_non_null(rest.p);
    assert_int_equal(str_cut(&rest, ',').n, 0);
    assert_null(rest.p);
    rest = STR("");
    assert_int_equal(str_cut(&rest, ',').n, 0);
    assert_null(rest.p);
}

static void decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t maximum;
        bool good;
        uint64_t value;
    } cases[] = {
        {"0", 0, true, 0},
        {"1", 0, false, 0},
        {"007", 9, true, 7},
        {"9", 8, false, 0},
        {"100", 100, true, 100},
        {"101", 100, false, 0},
        {"18446744073709551615", UINT64_MAX, true, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, false, 0},
        {"99999999999999999999999", UINT64_MAX, false, 0},
        {"", 9, false, 0},
        {"-1", 9, false, 0},
        {"+1", 9, false, 0},
        {" 1", 9, false, 0},
        {"1 ", 9, false, 0},
        {"1.0", 9, false, 0},
        {"\xef\xbc\x91", 9, false, 0}, // full-width 1
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t value = 0;
        assert_int_equal(str_to_u64(str_of(cases[i].text), cases[i].maximum, &value), cases[i].good);
        assert_int_equal(value, cases[i].value);
    }
}

static void every_scalar_value_round_trips(void **state)
{
    (void)state;
    for (uint32_t character = 0; character <= 0x10ffff; character++) {
        if (character >= 0xd800 && character < 0xe000) {
            continue;
        }
        char bytes[4];
        struct str text = {bytes, str_put_char(bytes, character)};
        size_t at = 0;
        assert_int_equal(str_utf8_length(text), text.n);
        assert_true(str_is_utf8(text));
        assert_int_equal(str_next_char(text, &at), character);
        assert_int_equal(at, text.n);
        bool control = character < 0x20 || (character >= 0x7f && character < 0xa0);
        assert_int_equal(str_has_control(text), control);
    }
}

static void malformed_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t good; // length of the well-formed prefix
    } cases[] = {
        {"\x80", 0},                         // a continuation alone
        {"a\xc0\xaf", 1},                    // overlong '/'
        {"\xc1\xbf", 0},                     // overlong, two bytes
        {"\xe0\x9f\xbf", 0},                 // overlong, three bytes
        {"\xf0\x8f\xbf\xbf", 0},             // overlong, four bytes
        {"ab\xed\xa0\x80", 2},               // U+D800
        {"\xed\xbf\xbf", 0},                 // U+DFFF
        {"\xf4\x90\x80\x80", 0},             // U+110000
        {"\xf5\x80\x80\x80", 0},             // never a lead
        {"\xff", 0},                         //
        {"\xe3\x81", 0},                     // cut
        {"\xe3\x81\x82\xf0\x9f\x98", 3},     // a good one, then cut
        {"\xe3\x81\x82\xe3\x28\x82\x61", 3}, // bad in the middle
        {"\xc3\x28", 0},                     // lead without continuation
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str text = str_of(cases[i].bytes);
        assert_false(str_is_utf8(text));
        assert_int_equal(str_utf8_prefix(text), cases[i].good);
    }
    assert_int_equal(str_utf8_length(STR("")), 0);
    assert_true(str_is_utf8(STR("")));
    assert_true(str_is_utf8(STR("a\0b")));
}

static void controls(void **state)
{
    (void)state;
    assert_true(str_has_control(STR("a\0b")));
    assert_true(str_has_control(STR("a\n")));
    assert_true(str_has_control(STR("\x7f")));
    assert_true(str_has_control(STR("a\xc2\x85")));
    assert_false(str_has_control(STR("\xc2\xa0")));
    assert_false(str_has_control(STR("\xe9\xab\x99\xe6\xa9\x8b \xe5\xa4\xaa\xe9\x83\x8e")));
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR(""), STR("")), 0);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
    assert_int_equal(str_distance(STR("sitting"), STR("kitten")), 3);
    assert_int_equal(str_distance(STR("expires_on"), STR("expire_on")), 1);
    char longest[65];
    memset(longest, 'a', sizeof longest);
    assert_int_equal(str_distance((struct str){longest, 64}, STR("b")), 64);
    assert_true(str_distance((struct str){longest, 65}, STR("b")) == SIZE_MAX);
    assert_true(str_distance(STR("b"), (struct str){longest, 65}) == SIZE_MAX);
}

static void order(void **state)
{
    (void)state;
    const struct str ascending[] = {{NULL, 0}, STR("a"), STR("a\x01"), STR("ab"), STR("b"), STR("\xe3\x82\xa2")};
    for (size_t i = 0; i < sizeof ascending / sizeof ascending[0]; i++) {
        for (size_t j = 0; j < sizeof ascending / sizeof ascending[0]; j++) {
            int compared = str_compare(ascending[i], ascending[j]);
            assert_int_equal((compared > 0) - (compared < 0), (i > j) - (i < j));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality), cmocka_unit_test(trimming),       cmocka_unit_test(cutting),
        cmocka_unit_test(decimals), cmocka_unit_test(malformed_utf8), cmocka_unit_test(every_scalar_value_round_trips),
        cmocka_unit_test(controls), cmocka_unit_test(distances),      cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
