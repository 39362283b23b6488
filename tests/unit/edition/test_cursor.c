// Cursors come back as they were written, and nothing else is taken for one.
#include "edition/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct short_key key = {"0123456789abcde"};
static const struct short_key other_key = {"0123456789abcdf"};
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
enum { DIGEST = 12345 };

static struct cursor cursor_of(number_t number, day_t completed_on, const char *course)
{
    struct cursor cursor = {.number = number, .completed_on = completed_on};
    assert_true(strlen(course) <= CODE_LONGEST);
    memcpy(cursor.course, course, strlen(course));
    return cursor;
}

static size_t write(const struct cursor *cursor, char text[CURSOR_LONGEST + 1])
{
    BUF_AUTO struct buf out;
    buf_init(&out, CURSOR_LONGEST);
    cursor_write(&key, DIGEST, cursor, &out);
    assert_false(buf_failed(&out));
    memcpy(text, buf_text(&out), out.n + 1);
    return out.n;
}

static enum err parse(struct str text)
{
    struct cursor cursor;
    return cursor_parse(&key, DIGEST, text, &cursor);
}

static void test_round_trip(void **state)
{
    (void)state;
    char course[CODE_LONGEST + 1] = "";
    static const number_t numbers[] = {1, 123, 0x7f80ff, NUMBER_MAX};
    static const day_t dates[] = {DAY_NONE, -1, 0, 20000, 84005};
    for (size_t i = 0; i < 4 * 5 * (CODE_LONGEST + 1); i++) {
        size_t length = i / 20;
        memset(course, 'z', length);
        struct cursor given = cursor_of(numbers[i % 4], dates[i / 4 % 5], course);
        struct cursor got;
        char text[CURSOR_LONGEST + 1];
        size_t n = write(&given, text);
        assert_int_equal(strspn(text, alphabet), n);
        assert_int_equal(cursor_parse(&key, DIGEST, (struct str){text, n}, &got), ERR_OK);
        assert_int_equal(got.number, given.number);
        assert_int_equal(got.completed_on, given.completed_on);
        assert_string_equal(got.course, given.course);
    }
}

static void test_of_another_query(void **state)
{
    (void)state;
    struct cursor cursor = cursor_of(123, DAY_NONE, "");
    char text[CURSOR_LONGEST + 1];
    size_t n = write(&cursor, text);
    assert_int_equal(cursor_parse(&key, DIGEST + 1, (struct str){text, n}, &cursor), ERR_CONFLICT);
    assert_int_equal(cursor_parse(&key, ~UINT64_C(0), (struct str){text, n}, &cursor), ERR_CONFLICT);
    assert_int_equal(cursor_parse(&other_key, DIGEST, (struct str){text, n}, &cursor), ERR_INVALID);
}

// Every character made every other one, which also flips each bit alone; lengths of a course that leave 0, 2 and 4
// spare bits at the end.
static void test_every_character_counts(void **state)
{
    (void)state;
    static const char *const courses[] = {"", "a", "ab", "online-2025"};
    for (size_t i = 0; i < 4; i++) {
        struct cursor cursor = cursor_of(123, 20000, courses[i]);
        char text[CURSOR_LONGEST + 1];
        size_t n = write(&cursor, text);
        for (size_t at = 0; at < n; at++) {
            char right = text[at];
            for (int c = 0; c < 256; c++) {
                text[at] = (char)c;
                assert_int_equal(parse((struct str){text, n}), (char)c == right ? ERR_OK : ERR_INVALID);
            }
            text[at] = right;
        }
    }
}

static void test_cut_and_lengthened(void **state)
{
    (void)state;
    struct cursor cursor = cursor_of(123, 20000, "online-2025");
    char text[CURSOR_LONGEST + 8];
    size_t n = write(&cursor, text);
    for (size_t cut = 0; cut < n; cut++) {
        assert_int_equal(parse((struct str){text, cut}), ERR_INVALID);
        assert_int_equal(parse((struct str){text + n - cut, cut}), ERR_INVALID);
    }
    static const char *const tails[] = {"A", "AA", "AAA", "AAAA", "=", "==", " ", "\n"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        memcpy(text + n, tails[i], strlen(tails[i]));
        assert_int_equal(parse((struct str){text, n + strlen(tails[i])}), ERR_INVALID);
    }
}

// Text of any bytes and of the alphabet only, short, and longer than any cursor.
static void test_random_text(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int i = 0; i < 50000; i++) {
        size_t n = (size_t)rand_r(&seed) % (2 * CURSOR_LONGEST);
        char *text = malloc(n + 1); // so that a sanitizer sees a byte too many
        assert_non_null(text);
        for (size_t at = 0; at < n; at++) {
            text[at] = i % 2 == 0 ? (char)rand_r(&seed) : alphabet[rand_r(&seed) % 64];
        }
        assert_int_equal(parse((struct str){text, n}), ERR_INVALID);
        free(text);
    }
    assert_int_equal(parse((struct str){NULL, 0}), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_of_another_query),
        cmocka_unit_test(test_every_character_counts),
        cmocka_unit_test(test_cut_and_lengthened),
        cmocka_unit_test(test_random_text),
    };
    struct fault fault;
    if (digest_setup(&fault) != ERR_OK) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
