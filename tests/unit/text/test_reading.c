// Reading keys: every letter of the kana chart, what is one, what is not, and that keys of keys, of beginnings and of
// hostile text behave.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/reading.h"

#include <stdio.h>

enum { TEXT_MOST = 64, KEY_MOST = 65536 };

typedef enum err (*key_function)(struct str folded, struct buf *out);

static void key_of_folded(key_function function, struct str folded, struct buf *key)
{
    buf_init(key, KEY_MOST);
    assert_int_equal(function(folded, key), ERR_OK);
}

static void key_of(key_function function, const char *text, struct buf *key)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, KEY_MOST);
    assert_int_equal(fold_text(str_of(text), &folded), ERR_OK);
    key_of_folded(function, buf_str(&folded), key);
}

static void check(key_function function, const char *a, const char *b, bool expected)
{
    BUF_AUTO struct buf key_a;
    BUF_AUTO struct buf key_b;
    key_of(function, a, &key_a);
    key_of(function, b, &key_b);
    if (str_equal(buf_str(&key_a), buf_str(&key_b)) != expected) {
        fail_msg("%s gives %s, %s gives %s", a, buf_text(&key_a), b, buf_text(&key_b));
    }
}

static void assert_key(key_function function, const char *text, const char *expected)
{
    BUF_AUTO struct buf key;
    key_of(function, text, &key);
    assert_string_equal(buf_text(&key), expected);
}

// Written out once more as three lines: the letter, its strict key, its loose key.
static const char chart[] =
    "ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプ"
    "ヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヷヸヹヺ";
static const char strict[] =
    "アアイイウウエエオオカガキギクグケゲコゴサザシジスズセゼソゾタダチジツツズテデトドナニヌネノハバパヒビピフブプ"
    "ヘベペホボポマミムメモヤヤユユヨヨラリルレロワワイエオンブカケバビベボ";
static const char loose[] =
    "アアイイウウエエオオカカキキククケケココササシシススセセソソタタチチツツツテテトトナニヌネノハハハヒヒヒフフフ"
    "ヘヘヘホホホマミムメモヤヤユユヨヨラリルレロワワイエオンフカケハヒヘホ";

static void the_whole_chart(void **state)
{
    (void)state;
    assert_int_equal(sizeof chart, 90 * 3 + 1);
    assert_int_equal(sizeof strict, sizeof chart);
    assert_int_equal(sizeof loose, sizeof chart);
    for (size_t at = 0; at + 1 < sizeof chart; at += 3) {
        size_t next = at;
        assert_int_equal(str_next_char((struct str){chart, sizeof chart - 1}, &next), 0x30a1 + at / 3);
        BUF_AUTO struct buf key;
        BUF_AUTO struct buf loose_key;
        key_of_folded(reading_key, (struct str){chart + at, 3}, &key);
        key_of_folded(reading_loose_key, (struct str){chart + at, 3}, &loose_key);
        assert_true(str_equal(buf_str(&key), (struct str){strict + at, 3}));
        assert_true(str_equal(buf_str(&loose_key), (struct str){loose + at, 3}));
    }
}

// Every syllable, lengthened by ー, has the key of the syllable with its vowel.
static void every_long_syllable(void **state)
{
    (void)state;
    static const struct {
        const char *vowel;
        const char *letters;
    } rows[] = {{"ア", "アカガサザタダナハバパマヤャラワヮヵヷ"},
                {"イ", "イキギシジチヂニヒビピミリヰヸ"},
                {"ウ", "ウクグスズツヅッヌフブプムユュルヴ"},
                {"エ", "エケゲセゼテデネヘベペメレヱヶヹ"},
                {"オ", "オコゴソゾトドノホボポモヨョロヲヺ"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str letters = str_of(rows[i].letters);
        for (size_t at = 0; at < letters.n; at += 3) {
            char mark[16];
            char vowel[16];
            (void)snprintf(mark, sizeof mark, "%.3sー", letters.p + at);
            (void)snprintf(vowel, sizeof vowel, "%.3s%s", letters.p + at, rows[i].vowel);
            check(reading_key, mark, vowel, true);
            check(reading_loose_key, mark, vowel, true);
        }
    }
}

static const char *const same[][2] = {
    {"キャノン", "キヤノン"},
    {"ハッチョウ", "ハツチヨウ"},
    {"きゃのん", "ｷｬﾉﾝ"},
    {"さとう", "サトー"},
    {"サトウ", "サトオ"},
    {"オオノ", "オーノ"},
    {"オオノ", "オウノ"},
    {"おおの", "ｵｰﾉ"},
    {"ケイコ", "ケーコ"},
    {"ケイコ", "ケエコ"},
    {"ユウキ", "ユーキ"},
    {"シュウ", "シュー"},
    {"ニイナ", "ニーナ"},
    {"マアサ", "マーサ"},
    {"コウイチ", "コーイチ"},
    {"コウイチ", "コオイチ"},
    {"リョウ", "リョー"},
    {"イイヅカ", "イイズカ"},
    {"ヂロウ", "ジロウ"},
    {"コヅエ", "コズエ"},
    {"ヴィトン", "ビトン"},
    {"ヴァン", "バン"},
    {"ヴ", "ブ"},
    {"ヴュー", "ビュー"},
    {"カヴヤ", "カブヤ"},
    {"ヷン", "バン"},
    {"オヽノ", "オオノ"},
    {"ミスヾ", "ミスズ"},
    {"イスヾ", "イスヅ"},
    {"ココロ", "コヽロ"},
    {"ジヾ", "ジジ"},
    {"ガヽ", "ガガ"},
    {"チヾミ", "チヂミ"},
    {"ハヾ", "ハバ"},
    {"カヲル", "カオル"},
    {"ヰノウエ", "イノウエ"},
    {"ヨシヱ", "ヨシエ"},
    {"ジョン・スミス", "ジョンスミス"},
    {"ジョン＝スミス", "ジョンスミス"},
    {"サト－", "サトー"},
    {"サト‐", "サトウ"},
    {"ンー", "ン"},
    {"セキグチ ヨウコ", "セキグチヨーコ"},
    {"クヮン", "クワン"},
    {"ヵ", "カ"},
    {"プ", "プ"},
    {"ア゙", "ア"},
    {"トゥ", "トオ"},
    {"モウリ", "モーリ"},
    {"アㇰ", "アク"},
    {"ヨウヘイ", "ヨーヘー"},
};

static const char *const different[][2] = {
    {"オノ", "オオノ"}, {"ユキ", "ユウキ"},     {"ナカジマ", "ナカシマ"}, {"コンヤ", "コニャ"}, {"カノ", "カンノ"},
    {"ハト", "ハット"}, {"タケ", "タケイ"},     {"イダ", "イイダ"},       {"キヤ", "キ"},       {"バン", "パン"},
    {"チバ", "シバ"},   {"佐々", "佐佐"},       {"イトウ", "イト"},       {"ウエノ", "ウノ"},   {"ワタナベ", "ワタベ"},
    {"ブアイ", "バイ"}, {"サイトウ", "サトウ"}, {"ヤマダ", "ヤマ田"},     {"ー", ""},           {"ヽ", ""},
    {"カーノ", "カノ"}, {"エイ", "エ"},         {"スズキ", "スキ"},       {"ヒロシ", "ヒロジ"}, {"シンイチ", "シニチ"},
};

static const char *const loosely_same[][2] = {
    {"ナカジマ", "ナカシマ"}, {"ヤマザキ", "ヤマサキ"}, {"タカダ", "タカタ"},     {"イイヅカ", "イイツカ"},
    {"ハマヂ", "ハマチ"},     {"パン", "バン"},         {"バン", "ハン"},         {"ヴァン", "ハン"},
    {"ミスヾ", "ミスス"},     {"オオサワ", "オーザワ"}, {"カワハラ", "カワバラ"}, {"フクダ", "フクタ"},
    {"キャノン", "ギヤノン"}, {"ホンダ", "ホンタ"},     {"エグチ", "エクチ"},
};

static const char *const loosely_different[][2] = {
    {"チバ", "シバ"},     {"オノ", "オオノ"}, {"マツ", "マス"},         {"ナカジマ", "ナガイマ"},
    {"タカダ", "タカナ"}, {"カノ", "カンノ"}, {"イイズカ", "イイツカ"}, {"ユキ", "ユウキ"},
};

#define CHECK_ALL(function, pairs, expected)                                                                           \
    for (size_t i = 0; i < sizeof(pairs) / sizeof((pairs)[0]); i++) {                                                  \
        check(function, (pairs)[i][0], (pairs)[i][1], expected);                                                       \
    }

static void what_is_one(void **state)
{
    (void)state;
    CHECK_ALL(reading_key, same, true)
    CHECK_ALL(reading_loose_key, loosely_same, true)
}

static void what_is_not_one(void **state)
{
    (void)state;
    CHECK_ALL(reading_key, different, false)
    CHECK_ALL(reading_key, loosely_same, false)
    CHECK_ALL(reading_loose_key, loosely_different, false)
}

static void keys_themselves(void **state)
{
    (void)state;
    assert_key(reading_key, "", "");
    assert_key(reading_key, "サトー", "サトオ");
    assert_key(reading_key, "ヴァーヴ", "バアブ");
    assert_key(reading_key, "山田ー々ヽ", "山田ー々ヽ");
    assert_key(reading_key, "ー", "ー");
    assert_key(reading_key, "Abc-9", "abc-9");
    assert_key(reading_loose_key, "ガギグゲゴ", "カキクケコ");
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static size_t random_text(uint32_t *seed, char text[TEXT_MOST])
{
    static const uint32_t odd[] = {0x30fc, 0x30fd, 0x30fe, 0x30fb, 0x3099, '-', 'a', 0x5c71, 0x3005, 0x31f7, 0x30f4};
    size_t n = 0;
    for (uint32_t length = next_random(seed) % 12; length > 0; length--) {
        uint32_t pick = next_random(seed) % 120;
        n += str_put_char(text + n, pick < 90 ? 0x30a1 + pick : odd[pick % 11]);
    }
    return n;
}

static void check_properties(key_function function, struct str text)
{
    BUF_AUTO struct buf key;
    BUF_AUTO struct buf again;
    key_of_folded(function, text, &key);
    key_of_folded(function, buf_str(&key), &again);
    assert_true(str_equal(buf_str(&key), buf_str(&again)));
    assert_true(key.n <= 3 * text.n);
    assert_true(str_is_utf8(buf_str(&key)));
    for (size_t at = 0; at < text.n; (void)str_next_char(text, &at)) {
        BUF_AUTO struct buf beginning;
        key_of_folded(function, reading_certain((struct str){text.p, at}), &beginning);
        assert_true(str_starts_with(buf_str(&key), buf_str(&beginning)));
    }
}

static void any_text(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int round = 0; round < 20000; round++) {
        char text[TEXT_MOST];
        struct str view = {text, random_text(&seed, text)};
        check_properties(reading_key, view);
        check_properties(reading_loose_key, view);
    }
}

static void long_text_is_bounded(void **state)
{
    (void)state;
    BUF_AUTO struct buf text;
    buf_init(&text, KEY_MOST);
    buf_add_text(&text, "オ");
    while (text.n < 4096) {
        buf_add_char(&text, '-');
    }
    BUF_AUTO struct buf key;
    key_of_folded(reading_key, buf_str(&text), &key);
    assert_int_equal(key.n, 3 + 3 * (text.n - 3));
    BUF_AUTO struct buf small;
    buf_init(&small, 100);
    assert_int_equal(reading_key(buf_str(&text), &small), ERR_MEMORY);
    assert_int_equal(reading_loose_key(buf_str(&text), &small), ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_chart),      cmocka_unit_test(every_long_syllable), cmocka_unit_test(what_is_one),
        cmocka_unit_test(what_is_not_one),      cmocka_unit_test(keys_themselves),     cmocka_unit_test(any_text),
        cmocka_unit_test(long_text_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
