// The posting lists against a naive search of the same texts.
#include "edition/grams.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GRAMS_AUTO __attribute__((cleanup(grams_free)))

static void add(struct grams *grams, enum field field, uint32_t row, const char *text)
{
    assert_true(grams_add(grams, field, row, str_of(text)));
}

static void expect(const struct grams *grams, enum field field, const char *text, const char *expected, bool exactly)
{
    char found[200] = "";
    size_t n = 0;
    bool exact = !exactly;
    roaring_bitmap_t *rows = grams_find(grams, field, str_of(text), &exact);
    assert_non_null(rows);
    roaring_uint32_iterator_t at;
    for (roaring_init_iterator(rows, &at); at.has_value; (void)roaring_advance_uint32_iterator(&at)) {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%u", n == 0 ? "" : " ", at.current_value);
    }
    roaring_bitmap_free(rows);
    assert_string_equal(found, expected);
    assert_int_equal(exact, exactly);
}

static void test_pieces(void **state)
{
    (void)state;
    GRAMS_AUTO struct grams *grams = grams_new();
    assert_non_null(grams);
    add(grams, FIELD_NAME, 0, "見本太郎");
    add(grams, FIELD_NAME, 1, "本見");
    add(grams, FIELD_NAME, 2, "見");
    add(grams, FIELD_NAME, 3, "");
    add(grams, FIELD_KANA, 4, "見本");
    add(grams, FIELD_NAME, 5, "x\U00020bb7見見");
    expect(grams, FIELD_NAME, "見", "0 1 2 5", true);
    expect(grams, FIELD_NAME, "見本", "0", true);
    expect(grams, FIELD_NAME, "本見", "1", true);
    expect(grams, FIELD_NAME, "見見", "5", true);
    expect(grams, FIELD_NAME, "\U00020bb7", "5", true);
    expect(grams, FIELD_NAME, "x\U00020bb7", "5", true);
    expect(grams, FIELD_NAME, "本太郎", "0", false);
    expect(grams, FIELD_NAME, "本太花", "", false);
    expect(grams, FIELD_NAME, "花", "", true);
    expect(grams, FIELD_NAME, "見花", "", true);
    expect(grams, FIELD_KANA, "見", "4", true);
    expect(grams, FIELD_EMPLOYER, "見", "", true);
    grams_settle(grams);
    expect(grams, FIELD_NAME, "見本太郎", "0", false);
}

// Its pairs stand apart: a candidate that the caller must refuse.
static void test_a_candidate_too_many(void **state)
{
    (void)state;
    GRAMS_AUTO struct grams *grams = grams_new();
    assert_non_null(grams);
    add(grams, FIELD_NAME, 0, "abxbc");
    add(grams, FIELD_NAME, 1, "xabc");
    expect(grams, FIELD_NAME, "abc", "0 1", false);
    expect(grams, FIELD_NAME, "abcd", "", false);
}

static void test_counts(void **state)
{
    (void)state;
    GRAMS_AUTO struct grams *grams = grams_new();
    assert_non_null(grams);
    assert_int_equal(grams_postings(grams), 0);
    add(grams, FIELD_NAME, 0, "aba"); // a, b, ab, ba
    assert_int_equal(grams_postings(grams), 4);
    add(grams, FIELD_NAME, 1, "b");
    assert_int_equal(grams_postings(grams), 5);
    assert_true(grams_bytes(grams) > 0);
}

enum { ROWS = 3000, ALPHABET = 300, LONGEST = 6 };

// Chinese characters, few enough that texts have pieces in common and many enough that the table grows.
static void draw_text(unsigned *seed, char *out)
{
    size_t n = 0;
    for (int i = rand_r(seed) % (LONGEST + 1); i > 0; i--) {
        int spread = rand_r(seed) % 4 == 0 ? ALPHABET : 5;
        n += str_put_char(out + n, 0x4e00 + (uint32_t)(rand_r(seed) % spread));
    }
    out[n] = '\0';
}

static void test_naive(void **state)
{
    (void)state;
    static char texts[ROWS][LONGEST * 4 + 1];
    unsigned seed = 42;
    GRAMS_AUTO struct grams *grams = grams_new();
    assert_non_null(grams);
    for (uint32_t row = 0; row < ROWS; row++) {
        draw_text(&seed, texts[row]);
        add(grams, FIELD_EMPLOYER, row, texts[row]);
    }
    for (int i = 0; i < 500; i++) {
        char part[LONGEST * 4 + 1];
        draw_text(&seed, part);
        if (part[0] == '\0') {
            continue;
        }
        bool exact;
        roaring_bitmap_t *rows = grams_find(grams, FIELD_EMPLOYER, str_of(part), &exact);
        assert_non_null(rows);
        assert_int_equal(exact, str_count_chars(str_of(part)) <= 2);
        for (uint32_t row = 0; row < ROWS; row++) {
            bool holds = strstr(texts[row], part) != NULL;
            bool found = roaring_bitmap_contains(rows, row);
            assert_true(exact ? found == holds : found || !holds);
        }
        roaring_bitmap_free(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_a_candidate_too_many),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_naive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
