// Building a lexicon, and its simple questions, by hand. How it is searched: test_lexicon_find.c.
#include "edition/lexicon.h"

#include "tests/unit/edition/lexicon_bench.h"

static void test_one_text_each(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    lexicon_init(&lexicon, TEXT_NAME, false);
    assert_true(lexicon_add(&lexicon, 1, STR("髙橋")));
    assert_true(lexicon_add(&lexicon, 2, STR("\u200b　"))); // folds to nothing
    assert_true(lexicon_add(&lexicon, 3, STR("サトウ")));
    assert_true(lexicon_add(&lexicon, 4, STR("髙橋")));
    assert_true(lexicon_finish(&lexicon, 6));
    assert_int_equal(lexicon.entries.n, 2);
    assert_true(str_equal(lexicon_text(&lexicon, 0), STR("髙橋")));
    assert_true(str_equal(lexicon_form(&lexicon, 0, FORM_EXACT), STR("髙橋")));
    assert_true(str_equal(lexicon_form(&lexicon, 0, FORM_SAME), STR("高橋")));
    assert_null(lexicon_form(&lexicon, 0, FORM_ROMAJI).p);
    assert_null(lexicon_form(&lexicon, 0, FORM_CORE_SAME).p);
    assert_true(str_equal(lexicon_form(&lexicon, 1, FORM_SOUND), STR("サトオ")));
    assert_int_equal(lexicon.people.sets[0].n, 2);
    assert_true(ids_has(lexicon.people.sets[0], 1));
    assert_true(ids_has(lexicon.people.sets[0], 4));
    assert_int_equal(lexicon.people.sets[1].n, 1);
    assert_int_equal(lexicon.longest, 3);
    assert_int_equal(lexicon.romaji_count, 1);
    static const uint32_t expected[] = {VALUE_NONE, 0, VALUE_NONE, 1, 0, VALUE_NONE};
    for (uint32_t row = 0; row < 6; row++) {
        const uint32_t *entries;
        assert_int_equal(lexicon_of_row(&lexicon, row, &entries), expected[row] == VALUE_NONE ? 0 : 1);
        assert_true(expected[row] == VALUE_NONE || *entries == expected[row]);
    }
    assert_int_equal(lexicon_postings(&lexicon), 3);
    assert_true(lexicon_bytes(&lexicon) > 0);
}

static void test_many_texts_each(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    lexicon_init(&lexicon, TEXT_TERM, true);
    assert_true(lexicon_add(&lexicon, 1, STR("Web")));
    assert_true(lexicon_add(&lexicon, 1, STR("監査")));
    assert_true(lexicon_add(&lexicon, 1, STR("Web")));
    assert_true(lexicon_add(&lexicon, 3, STR("監査")));
    assert_true(lexicon_finish(&lexicon, 4));
    const uint32_t *entries;
    assert_int_equal(lexicon_of_row(&lexicon, 0, &entries), 0);
    assert_int_equal(lexicon_of_row(&lexicon, 1, &entries), 3);
    assert_int_equal(entries[0], 0);
    assert_int_equal(entries[1], 1);
    assert_int_equal(entries[2], 0);
    assert_int_equal(lexicon_of_row(&lexicon, 2, &entries), 0);
    assert_int_equal(lexicon_of_row(&lexicon, 3, &entries), 1);
    assert_int_equal(entries[0], 1);
    assert_int_equal(lexicon.people.sets[0].n, 1); // who has it twice counts once
    assert_int_equal(lexicon.people.sets[1].n, 2);
}

// Enough distinct texts that the table grows several times; each keeps its entry.
static void test_many_entries(void **state)
{
    (void)state;
    enum { TEXTS = 4000 };
    LEXICON_AUTO struct lexicon lexicon;
    lexicon_init(&lexicon, TEXT_TERM, false);
    for (uint32_t row = 0; row < 2 * TEXTS; row++) {
        char text[16];
        int n = snprintf(text, sizeof text, "t%u", row % TEXTS);
        assert_true(lexicon_add(&lexicon, row, (struct str){text, (size_t)n}));
    }
    assert_true(lexicon_finish(&lexicon, 2 * TEXTS));
    assert_int_equal(lexicon.entries.n, TEXTS);
    for (uint32_t entry = 0; entry < TEXTS; entry++) {
        assert_int_equal(lexicon.of_row[entry], entry);
        assert_int_equal(lexicon.of_row[TEXTS + entry], entry);
        assert_int_equal(lexicon.people.sets[entry].n, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_text_each),
        cmocka_unit_test(test_many_texts_each),
        cmocka_unit_test(test_many_entries),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
