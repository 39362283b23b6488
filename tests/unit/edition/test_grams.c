// Grams: what may hold a piece is always among what they find, and what they find is what has the rarest of the piece's
// grams.
#include "edition/grams.h"

#include "tests/unit/edition/lexicon_bench.h"

// The texts found, by row, separated by blanks.
static void expect(const struct lexicon *lexicon, enum gram_form form, const char *piece, enum side side,
                   const char *expected)
{
    char found[200] = "";
    size_t n = 0;
    struct ids ids = grams_find(lexicon, form, str_of(piece), side);
    struct ids_walk walk = ids_walk(ids, (uint32_t)lexicon->entries.n);
    for (uint32_t entry; ids_walk_next(&walk, &entry);) {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%u", n == 0 ? "" : " ", entry);
    }
    assert_string_equal(found, expected);
}

static void test_by_hand(void **state)
{
    (void)state;
    static const char *const texts[] = {"見本太郎", "本見", "見", "x\U00020089見見", "見本", "本太"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, texts, 6);
    expect(&lexicon, GRAM_UNIFIED, "見", SIDE_ANY, "0 1 2 3 4");
    expect(&lexicon, GRAM_UNIFIED, "見", SIDE_START, "0 2 4");
    expect(&lexicon, GRAM_UNIFIED, "見", SIDE_END, "1 2 3");
    expect(&lexicon, GRAM_UNIFIED, "見本", SIDE_ANY, "0 4");
    expect(&lexicon, GRAM_UNIFIED, "見本", SIDE_END, "4");
    expect(&lexicon, GRAM_UNIFIED, "本見", SIDE_ANY, "1");
    expect(&lexicon, GRAM_UNIFIED, "本太", SIDE_ANY, "0 5");
    expect(&lexicon, GRAM_UNIFIED, "本太", SIDE_START, "1 5"); // two begin with 本, two hold 本太: the first rarest
    expect(&lexicon, GRAM_UNIFIED, "見見", SIDE_ANY, "3");
    expect(&lexicon, GRAM_UNIFIED, "\U00020089", SIDE_ANY, "3");
    expect(&lexicon, GRAM_UNIFIED, "x\U00020089", SIDE_START, "3");
    expect(&lexicon, GRAM_UNIFIED, "本太郎", SIDE_ANY, "0");
    expect(&lexicon, GRAM_UNIFIED, "本太花", SIDE_ANY, "");
    expect(&lexicon, GRAM_UNIFIED, "花", SIDE_ANY, "");
    expect(&lexicon, GRAM_UNIFIED, "花", SIDE_START, "");
    expect(&lexicon, GRAM_UNIFIED, "花", SIDE_END, "");
    expect(&lexicon, GRAM_LOOSE, "見", SIDE_ANY, ""); // not of kana alone
}

// Each form has grams of its own.
static void test_forms(void **state)
{
    (void)state;
    static const char *const texts[] = {"さとう", "サトー", "さどお", "斎", "斉", "カ"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, texts, 6);
    expect(&lexicon, GRAM_UNIFIED, "サト", SIDE_ANY, "0 1");
    expect(&lexicon, GRAM_UNIFIED, "ウ", SIDE_ANY, "0");
    expect(&lexicon, GRAM_SOUND, "サトオ", SIDE_ANY, "0 1");
    expect(&lexicon, GRAM_SOUND, "サドオ", SIDE_ANY, "2");
    expect(&lexicon, GRAM_LOOSE, "サトオ", SIDE_ANY, "0 1 2");
    expect(&lexicon, GRAM_UNIFIED, "斉", SIDE_ANY, "4");
    struct str confused = lexicon_form(&lexicon, 3, FORM_CONFUSED);
    char piece[8] = "";
    memcpy(piece, confused.p, confused.n);
    assert_true(str_equal(confused, lexicon_form(&lexicon, 4, FORM_CONFUSED)));
    struct ids own = grams_find(&lexicon, GRAM_CONFUSED, confused, SIDE_ANY);
    struct ids of_unified = grams_find(&lexicon, GRAM_UNIFIED, confused, SIDE_ANY);
    assert_int_equal(own.n + of_unified.n, 2); // the one that is its own confused form is under unified
}

static void test_nothing(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, NULL, 0);
    expect(&lexicon, GRAM_UNIFIED, "見", SIDE_ANY, "");
    expect(&lexicon, GRAM_SOUND, "見本", SIDE_START, "");
}

static void expect_found(const struct lexicon *lexicon, uint32_t entry, enum gram_form form, enum form of,
                         const char *part, enum side side)
{
    struct ids own = grams_find(lexicon, form, str_of(part), side);
    struct ids unified = grams_find(lexicon, GRAM_UNIFIED, str_of(part), side);
    struct str text = lexicon_form(lexicon, entry, of);
    if (bench_place(text, str_of(part), side, false) != EXTENT_COUNT && !ids_has(own, entry) &&
        (form == GRAM_LOOSE || !ids_has(unified, entry))) {
        fail_msg("form %d, side %d: %s is not found in %.*s", of, side, part, (int)text.n, text.p);
    }
}

// Enough texts that the table of grams grows, and pieces of all forms.
static void test_nothing_is_missed(void **state)
{
    (void)state;
    enum { TEXTS = 800, PIECES = 300 };
    static char texts[TEXTS][BENCH_TEXT];
    static const struct {
        enum gram_form form;
        enum form of;
    } forms[] = {{GRAM_UNIFIED, FORM_UNIFIED},
                 {GRAM_SOUND, FORM_SOUND},
                 {GRAM_CONFUSED, FORM_CONFUSED},
                 {GRAM_LOOSE, FORM_LOOSE}};
    LEXICON_AUTO struct lexicon lexicon;
    lexicon_init(&lexicon, TEXT_NAME, false);
    for (uint32_t row = 0; row < TEXTS; row++) {
        bench_draw(texts[row], 4);
        assert_true(lexicon_add(&lexicon, row, str_of(texts[row])));
    }
    assert_true(lexicon_finish(&lexicon, TEXTS));
    for (int i = 0; i < PIECES; i++) {
        for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
            char text[BENCH_TEXT] = "";
            char part[BENCH_TEXT];
            struct str form = lexicon_form(&lexicon, draw((uint32_t)lexicon.entries.n), forms[k].of);
            if (form.n == 0) {
                continue;
            }
            memcpy(text, form.p, form.n);
            bench_draw_part(text, part);
            for (uint32_t entry = 0; entry < lexicon.entries.n; entry++) {
                expect_found(&lexicon, entry, forms[k].form, forms[k].of, part, (enum side)(i % 3));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_nothing_is_missed),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
