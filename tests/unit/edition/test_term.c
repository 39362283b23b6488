// Terms by hand: spellings that are one in form unified, the one that most people have, and how many have any of them.
#include "edition/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define LEXICON_AUTO __attribute__((cleanup(lexicon_free)))

static void add(struct lexicon *lexicon, uint32_t row, const char *text)
{
    assert_true(lexicon_add(lexicon, row, str_of(text)));
}

// The term that a text belongs to.
static uint32_t term_of(const struct lexicon *lexicon, const char *text)
{
    for (uint32_t entry = 0; entry < lexicon->entries.n; entry++) {
        if (str_equal(lexicon_text(lexicon, entry), str_of(text))) {
            return lexicon->term_of[entry];
        }
    }
    fail_msg("no entry %s", text);
    return UINT32_MAX;
}

static void expect_term(const struct lexicon *lexicon, const char *text, const char *spelling, uint32_t people)
{
    uint32_t term = term_of(lexicon, text);
    assert_true(term < lexicon->terms);
    struct str found = lexicon_text(lexicon, lexicon->term_entry[term]);
    assert_true(str_equal(found, str_of(spelling)));
    assert_int_equal(lexicon->term_people[term], people);
}

static void make(struct lexicon *lexicon)
{
    lexicon_init(lexicon, TEXT_TERM, true);
    add(lexicon, 0, "Web");
    add(lexicon, 0, "監査");
    add(lexicon, 0, "ＷＥＢ");
    add(lexicon, 2, "WEB");
    add(lexicon, 2, "ネット");
    add(lexicon, 3, "WEB");
    add(lexicon, 3, "WEB");
    add(lexicon, 3, "齋藤式");
    add(lexicon, 5, "ねっと");
    add(lexicon, 5, "斎藤式");
    add(lexicon, 5, "Website");
    assert_true(lexicon_finish(lexicon, 7));
}

static void test_terms(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    make(&lexicon);
    assert_int_equal(lexicon.entries.n, 9);
    assert_int_equal(lexicon.terms, 5);
    expect_term(&lexicon, "Web", "WEB", 3);
    expect_term(&lexicon, "ＷＥＢ", "WEB", 3);
    expect_term(&lexicon, "監査", "監査", 1);
    expect_term(&lexicon, "ねっと", "ネット", 2); // as frequent as the other, and there before it
    expect_term(&lexicon, "斎藤式", "齋藤式", 2); // variants of one character
    expect_term(&lexicon, "Website", "Website", 1);
    assert_int_not_equal(term_of(&lexicon, "Web"), term_of(&lexicon, "Website"));
}

// Each term of a row once, added to what is there.
static void test_counting(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    make(&lexicon);
    uint32_t counts[5] = {0};
    for (uint32_t row = 0; row < 7; row++) {
        lexicon_count_terms(&lexicon, row, counts);
    }
    assert_memory_equal(counts, lexicon.term_people, sizeof counts);
    lexicon_count_terms(&lexicon, 0, counts);
    assert_int_equal(counts[term_of(&lexicon, "WEB")], 4);
    assert_int_equal(counts[term_of(&lexicon, "監査")], 2);
    lexicon_count_terms(&lexicon, 3, counts);
    assert_int_equal(counts[term_of(&lexicon, "WEB")], 5);
    lexicon_count_terms(&lexicon, 6, counts); // has none
    assert_int_equal(counts[term_of(&lexicon, "WEB")], 5);
}

static void test_nothing(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    lexicon_init(&lexicon, TEXT_TERM, true);
    assert_true(lexicon_finish(&lexicon, 3));
    assert_int_equal(lexicon.terms, 0);
    lexicon_count_terms(&lexicon, 2, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
