// Names and canonical forms: every one, and what is refused.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "register/types.h"

#include <string.h>

static void statuses(void **state)
{
    (void)state;
    static const char *const names[] = {"registered", "name_use_suspended", "lapsed", "revoked", "struck_off"};
    assert_int_equal(sizeof names / sizeof names[0], STATUS_COUNT);
    for (int i = 0; i < STATUS_COUNT; i++) {
        enum status parsed = STATUS_COUNT;
        assert_string_equal(status_name((enum status)i), names[i]);
        assert_true(status_parse(str_of(names[i]), &parsed));
        assert_int_equal(parsed, i);
    }
    enum status untouched = STATUS_COUNT;
    assert_false(status_parse(STR("Registered"), &untouched));
    assert_false(status_parse(STR(""), &untouched));
    assert_false(status_parse(STR("registered\0"), &untouched));
    assert_int_equal(untouched, STATUS_COUNT);
}

static void kinds(void **state)
{
    (void)state;
    static const char *const names[] = {"online", "practical_a", "practical_b", "cyberrex", "cyberstix", "designated"};
    assert_int_equal(sizeof names / sizeof names[0], KIND_COUNT);
    for (int i = 0; i < KIND_COUNT; i++) {
        enum course_kind parsed = KIND_COUNT;
        assert_string_equal(kind_name((enum course_kind)i), names[i]);
        assert_true(kind_parse(str_of(names[i]), &parsed));
        assert_int_equal(parsed, i);
    }
    enum course_kind kind;
    assert_false(kind_parse(STR("practical"), &kind));
}

static void optional_fields(void **state)
{
    (void)state;
    static const char *const names[] = {"name", "kana",     "other_name",    "birth_month", "exam_certificate",
                                        "home", "employer", "employer_place"};
    assert_int_equal(sizeof names / sizeof names[0], OPTIONAL_COUNT);
    for (int i = 0; i < OPTIONAL_COUNT; i++) {
        enum optional_field parsed = OPTIONAL_COUNT;
        assert_string_equal(optional_name((enum optional_field)i), names[i]);
        assert_true(optional_parse(str_of(names[i]), &parsed));
        assert_int_equal(parsed, i);
    }
    enum optional_field field;
    assert_false(optional_parse(STR("number"), &field));
}

static void assert_number(const char *text, number_t expected, const char *canonical)
{
    number_t number = 0;
    char written[NUMBER_TEXT];
    assert_true(number_parse(str_of(text), &number));
    assert_int_equal(number, expected);
    size_t n = number_write(number, written);
    assert_true(str_equal((struct str){written, n}, str_of(canonical)));
}

static void numbers(void **state)
{
    (void)state;
    assert_number("1", 1, "000001");
    assert_number("123", 123, "000123");
    assert_number("000123", 123, "000123");
    assert_number("0000123", 123, "000123");
    assert_number("999999", 999999, "999999");
    assert_number("1000000", 1000000, "1000000");
    assert_number("9999999", 9999999, "9999999");
    static const char *const refused[] = {"", "0", "000000", "00000001", "10000000", "12a", " 12", "-1", "1e3", "1.0"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        number_t number = 4711;
        assert_false(number_parse(str_of(refused[i]), &number));
        assert_int_equal(number, 4711);
    }
}

static void places(void **state)
{
    (void)state;
    int good = 0;
    for (int value = 0; value <= 99; value++) {
        char text[2];
        int place = -1;
        place_write(value, text);
        bool known = place_parse((struct str){text, 2}, &place);
        assert_int_equal(known, (value >= 1 && value <= 47) || value == PLACE_OVERSEAS);
        assert_int_equal(place, known ? value : -1);
        good += known ? 1 : 0;
    }
    assert_int_equal(good, 48);
    int place;
    assert_false(place_parse(STR("1"), &place));
    assert_false(place_parse(STR("013"), &place));
    assert_false(place_parse(STR("1x"), &place));
    assert_false(place_parse(STR(""), &place));
}

static void codes(void **state)
{
    (void)state;
    char longest[CODE_LONGEST + 1];
    memset(longest, 'a', sizeof longest);
    assert_true(code_is_valid((struct str){longest, CODE_LONGEST}));
    assert_false(code_is_valid((struct str){longest, CODE_LONGEST + 1}));
    assert_true(code_is_valid(STR("a")));
    assert_true(code_is_valid(STR("0")));
    assert_true(code_is_valid(STR("online-2022.a_b")));
    static const char *const refused[] = {"", "-a", ".a", "_a", "A", "aB", "a b", "a/b", "\xe3\x81\x82", "a\n"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_false(code_is_valid(str_of(refused[i])));
    }
    assert_false(code_is_valid(STR("a\0b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses), cmocka_unit_test(kinds),  cmocka_unit_test(optional_fields),
        cmocka_unit_test(numbers),  cmocka_unit_test(places), cmocka_unit_test(codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
