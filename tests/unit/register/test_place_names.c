// The names of the places: all there, in order, and each in agreement with itself.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "register/place_names.h"
#include "text/fold.h"
#include "text/romaji.h"
#include "text/variants.h"

#include <string.h>

enum { TEXT_MOST = 256, PREFECTURES = 47 };

static void all_are_there_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < PREFECTURES; i++) {
        assert_int_equal(place_names[i].code, i + 1);
    }
    assert_int_equal(PLACE_NAMES, PREFECTURES + 1);
    assert_int_equal(place_names[PREFECTURES].code, PLACE_OVERSEAS);
}

// Every code that a register may hold has a name.
static void every_place_has_a_name(void **state)
{
    (void)state;
    size_t found = 0;
    for (int code = 0; code < 100; code++) {
        char digits[2];
        place_write(code, digits);
        int place = PLACE_NONE;
        bool is_place = place_parse((struct str){digits, 2}, &place);
        for (size_t i = 0; i < PLACE_NAMES; i++) {
            found += is_place && place_names[i].code == place ? 1 : 0;
        }
        assert_true(!is_place || place == code);
    }
    assert_int_equal(found, PLACE_NAMES);
}

static bool is_stem_and(const char *whole, const char *stem, const char *ending)
{
    size_t n = strlen(stem);
    return strncmp(whole, stem, n) == 0 && strcmp(whole + n, ending) == 0;
}

static void stems_begin_their_names(void **state)
{
    (void)state;
    static const char *const endings[][2] = {{"都", "ト"}, {"府", "フ"}, {"県", "ケン"}, {"", ""}};
    static const size_t expected[] = {1, 2, 43, 2};
    for (size_t e = 0; e < 4; e++) {
        size_t count = 0;
        for (size_t i = 0; i < PLACE_NAMES; i++) {
            const struct place_name *place = &place_names[i];
            bool kanji = is_stem_and(place->kanji, place->stem, endings[e][0]);
            assert_int_equal(kanji, is_stem_and(place->kana, place->kana_stem, endings[e][1]));
            assert_true(place->stem[0] != 0 && place->kana_stem[0] != 0);
            count += kanji ? 1 : 0;
        }
        assert_int_equal(count, expected[e]);
    }
}

static void no_two_have_one_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(place_names[i].stem, place_names[j].stem);
            assert_string_not_equal(place_names[i].kana_stem, place_names[j].kana_stem);
            assert_string_not_equal(place_names[i].english, place_names[j].english);
        }
    }
}

// Search compares them as they are.
static void kanji_and_kana_are_folded(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        const char *texts[] = {place_names[i].kanji, place_names[i].kana};
        for (size_t k = 0; k < 2; k++) {
            BUF_AUTO struct buf folded;
            buf_init(&folded, TEXT_MOST);
            assert_int_equal(fold_text(str_of(texts[k]), &folded), ERR_OK);
            assert_string_equal(buf_text(&folded), texts[k]);
            for (size_t at = 0; at < folded.n;) {
                uint32_t c = str_next_char(buf_str(&folded), &at);
                assert_int_equal(variant_class(c), c);
            }
        }
    }
}

// The English name of a prefecture is its reading in Latin letters, which the romaji table knows on its own.
static void english_names_are_the_readings(void **state)
{
    (void)state;
    for (size_t i = 0; i < PREFECTURES; i++) {
        BUF_AUTO struct buf of_kana;
        BUF_AUTO struct buf of_english;
        buf_init(&of_kana, TEXT_MOST);
        buf_init(&of_english, TEXT_MOST);
        assert_int_equal(romaji_key_of_kana(str_of(place_names[i].kana_stem), &of_kana), ERR_OK);
        assert_int_equal(romaji_key(str_of(place_names[i].english), ROMAJI_FIRST_WAY, &of_english), ERR_OK);
        assert_string_equal(buf_text(&of_kana), buf_text(&of_english));
    }
    assert_string_equal(place_names[PREFECTURES].english, "Overseas");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_there_in_order),    cmocka_unit_test(every_place_has_a_name),
        cmocka_unit_test(stems_begin_their_names),   cmocka_unit_test(no_two_have_one_name),
        cmocka_unit_test(kanji_and_kana_are_folded), cmocka_unit_test(english_names_are_the_readings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
