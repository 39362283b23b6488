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

static struct cursor cursor_of(number_t number, int32_t value, const char *text)
{
    struct cursor cursor = {.number = number, .value = value};
    cursor_set_text(&cursor, str_of(text));
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

static void assert_comes_back(const struct cursor *given)
{
    struct cursor got;
    char text[CURSOR_LONGEST + 1];
    size_t n = write(given, text);
    assert_int_equal(strspn(text, alphabet), n);
    assert_int_equal(cursor_parse(&key, DIGEST, (struct str){text, n}, &got), ERR_OK);
    assert_int_equal(got.number, given->number);
    assert_int_equal(got.value, given->value);
    assert_true(str_equal(cursor_text(&got), cursor_text(given)));
}

static void test_round_trip(void **state)
{
    (void)state;
    char text[CODE_LONGEST + 1] = "";
    static const number_t numbers[] = {1, 123, 0x7f80ff, NUMBER_MAX};
    static const int32_t values[] = {DAY_NONE, -1, 0, 20000, INT32_MAX};
    for (size_t i = 0; i < 4 * 5 * (CODE_LONGEST + 1); i++) {
        memset(text, 'z', i / 20);
        struct cursor given = cursor_of(numbers[i % 4], values[i / 4 % 5], text);
        assert_comes_back(&given);
    }
}

// Any bytes, also NUL, of any length; the longest fills the cursor.
static void test_any_text(void **state)
{
    (void)state;
    char bytes[CURSOR_TEXT_LONGEST];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7);
    }
    static const size_t lengths[] = {0, 1, 2, 3, 64, 1000, CURSOR_TEXT_LONGEST - 1, CURSOR_TEXT_LONGEST};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct cursor given = cursor_of(7, 8, "");
        cursor_set_text(&given, (struct str){bytes, lengths[i]});
        assert_int_equal(given.text_length, lengths[i]);
        assert_comes_back(&given);
    }
}

// Cut between two characters, a text stands behind every text that begins as it does: a walk goes on, never back.
static void test_text_too_long(void **state)
{
    (void)state;
    char bytes[CURSOR_TEXT_LONGEST + 100];
    for (size_t i = 0; i + 3 <= sizeof bytes; i += 3) {
        memcpy(bytes + i, "ア", 3);
    }
    struct cursor given = cursor_of(7, 8, "");
    cursor_set_text(&given, (struct str){bytes, CURSOR_TEXT_LONGEST + 3 - CURSOR_TEXT_LONGEST % 3});
    assert_true(given.text_length <= CURSOR_TEXT_LONGEST && given.text_length > CURSOR_TEXT_LONGEST - 8);
    assert_true(str_is_utf8(cursor_text(&given)));
    assert_true(memcmp(cursor_text(&given).p, bytes, given.text_length) > 0);
    assert_comes_back(&given);
}

// What version 0.1.0 wrote (digest, number, day, course) is refused, not misread.
static void test_of_an_older_form(void **state)
{
    (void)state;
    enum { SEALED = 8 + 4 + 4 + 3 + 8 };
    unsigned char sealed[SEALED] = "\0\0\0\0\0\0\x30\x39\0\0\0\x7b\x80\0\0\0abc";
    uint64_t check = digest_short(&key, (struct str){(const char *)sealed, SEALED - 8});
    for (size_t i = 0; i < 8; i++) {
        sealed[SEALED - 8 + i] = (unsigned char)(check >> (56 - 8 * i));
    }
    char text[SEALED / 3 * 4 + 1] = "";
    for (size_t i = 0; i < SEALED / 3; i++) {
        uint32_t bits = (uint32_t)sealed[3 * i] << 16 | (uint32_t)sealed[3 * i + 1] << 8 | sealed[3 * i + 2];
        for (size_t j = 0; j < 4; j++) {
            text[4 * i + j] = alphabet[bits >> (18 - 6 * j) & 63];
        }
    }
    assert_int_equal(parse(str_of(text)), ERR_INVALID);
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

// Every character made every other one, which also flips each bit alone; lengths of text that leave 0, 2 and 4
// spare bits at the end.
static void test_every_character_counts(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "ab", "online-2025"};
    for (size_t i = 0; i < 4; i++) {
        struct cursor cursor = cursor_of(123, 20000, texts[i]);
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
        cmocka_unit_test(test_round_trip),         cmocka_unit_test(test_any_text),
        cmocka_unit_test(test_text_too_long),      cmocka_unit_test(test_of_an_older_form),
        cmocka_unit_test(test_of_another_query),   cmocka_unit_test(test_every_character_counts),
        cmocka_unit_test(test_cut_and_lengthened), cmocka_unit_test(test_random_text),
    };
    struct fault fault;
    if (digest_setup(&fault) != ERR_OK) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
