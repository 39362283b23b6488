// Folding: what is one, what is not; that folding twice is folding once; and that the short way for common text gives
// what the long way gives, which is written here once more on utf8proc alone.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { TEXT_MOST = 64, FOLDED_MOST = 4096 };

static void fold(struct str text, struct buf *out)
{
    buf_init(out, FOLDED_MOST);
    assert_int_equal(fold_text(text, out), ERR_OK);
}

static void fail_with(const char *what, struct str text)
{
    char hex[3 * TEXT_MOST + 1] = "";
    for (size_t i = 0; i < text.n && i < TEXT_MOST; i++) {
        (void)snprintf(hex + 3 * i, 4, "%02x ", (unsigned char)text.p[i]);
    }
    fail_msg("%s: %.*s (%s)", what, (int)text.n, text.p, hex);
}

static void assert_same(const char *a, const char *b)
{
    BUF_AUTO struct buf folded_a;
    BUF_AUTO struct buf folded_b;
    fold(str_of(a), &folded_a);
    fold(str_of(b), &folded_b);
    if (!str_equal(buf_str(&folded_a), buf_str(&folded_b))) {
        fail_msg("%s gives %s, %s gives %s", a, buf_text(&folded_a), b, buf_text(&folded_b));
    }
}

static void assert_folds_to(const char *text, const char *expected)
{
    BUF_AUTO struct buf folded;
    fold(str_of(text), &folded);
    assert_string_equal(buf_text(&folded), expected);
    assert_same(text, expected);
}

static void hand_cases(void **state)
{
    (void)state;
    assert_folds_to("", "");
    assert_folds_to("か゛", "ガ");
    assert_folds_to("か\u3099", "ガ");
    assert_folds_to("は゜", "パ");
    assert_folds_to("ｶﾞｷﾞﾊﾟｳﾞ", "ガギパヴ");
    assert_folds_to("ｶ", "カ");
    assert_folds_to("わ\u3099", "ヷ");
    assert_folds_to("う\u3099ゔ", "ヴヴ");
    assert_folds_to("ゝゞ", "ヽヾ");
    assert_folds_to("ゝ\u3099", "ヾ");
    assert_folds_to("ゟヿ", "ヨリコト");
    assert_folds_to("㈱サンプル", "(株)サンプル");
    assert_folds_to("㍿", "株式会社");
    assert_folds_to("ＡＢＣ　ａｂｃ１２３", "abcabc123");
    assert_folds_to("Straße ﬃ Ⅻ", "strasseffixii");
    assert_folds_to("山田　太郎", "山田太郎");
    assert_folds_to(" 山田 \t\r\n太\u00a0\u2003\u2028\u2029郎\u3000", "山田太郎");
    assert_folds_to("葛\U000E0100城", "葛城");
    assert_folds_to("辻\ufe00", "辻");
    assert_folds_to("ア\u200d\u200b\ufeff\u00adイ", "アイ");
    assert_folds_to("\ufdfa", "صلىاللهعليهوسلم");
    assert_folds_to("\uf900", "豈"); // a compatibility ideograph
    assert_folds_to("ー～〜", "ー~〜");
    assert_folds_to("A\u030a\u212b", "åå");
}

static void what_is_one(void **state)
{
    (void)state;
    static const char *const classes[][4] = {
        {"カナ", "かな", "ｶﾅ", "カ ナ"},       {"が", "か\u3099", "か゛", "ｶﾞ"},         {"A", "a", "Ａ", "ａ"},
        {"髙橋", "髙　橋", "髙 橋", "\t髙橋"}, {"株式会社", "㍿", "株 式 会 社", "㍿ "}, {"1", "１", "①", "¹"},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        for (size_t j = 1; j < 4; j++) {
            assert_same(classes[i][0], classes[i][j]);
        }
    }
}

static void what_is_not_one(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"カ", "ガ"}, {"ハ", "パ"}, {"ッ", "ツ"}, {"髙", "高"}, {"ー", "一"}, {"a", "b"}, {"ヽ", "ヾ"}, {"・", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        BUF_AUTO struct buf a;
        BUF_AUTO struct buf b;
        fold(str_of(pairs[i][0]), &a);
        fold(str_of(pairs[i][1]), &b);
        assert_false(str_equal(buf_str(&a), buf_str(&b)));
    }
}

// --- the same once more, on utf8proc alone -----------------------------------

static bool is_blank(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           category == UTF8PROC_CATEGORY_CC;
}

static utf8proc_int32_t to_katakana(utf8proc_int32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || c == 0x309d || c == 0x309e ? c + 0x60 : c;
}

static void reference_once(struct str text, struct buf *out)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    assert_true(n >= 0);
    buf_init(out, FOLDED_MOST);
    for (utf8proc_ssize_t at = 0; at < n;) {
        utf8proc_int32_t c;
        utf8proc_uint8_t bytes[4];
        at += utf8proc_iterate(mapped + at, n - at, &c);
        if (!is_blank(c)) {
            buf_add(out, (struct str){(const char *)bytes, (size_t)utf8proc_encode_char(to_katakana(c), bytes)});
        }
    }
    free(mapped);
}

// Until nothing changes any more.
static void reference(struct str text, struct buf *out)
{
    reference_once(text, out);
    for (;;) {
        struct buf next;
        reference_once(buf_str(out), &next);
        bool same = str_equal(buf_str(out), buf_str(&next));
        buf_fini(out);
        *out = next;
        if (same) {
            return;
        }
    }
}

static void assert_right(struct str text)
{
    BUF_AUTO struct buf once;
    BUF_AUTO struct buf twice;
    BUF_AUTO struct buf expected;
    fold(text, &once);
    fold(buf_str(&once), &twice);
    reference(text, &expected);
    if (!str_equal(buf_str(&once), buf_str(&twice))) {
        fail_with("folding twice is not folding once", text);
    }
    if (!str_equal(buf_str(&once), buf_str(&expected))) {
        fail_with("not as the reference", text);
    }
}

static void every_character(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        bool sampled = c < 0x20000 || (c >= 0x2f800 && c < 0x2fa20) || (c >= 0xe0000 && c < 0xe0200) || c % 251 == 0;
        if (surrogate || !sampled) {
            continue;
        }
        char text[4];
        assert_right((struct str){text, str_put_char(text, c)});
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

// From the blocks where something happens, one by one equally often, and from everywhere.
static uint32_t random_char(uint32_t *seed)
{
    static const struct {
        uint32_t from, to;
    } blocks[] = {
        {0x0, 0x7f},      {0x3041, 0x30ff}, {0x3099, 0x309e}, {0xff00, 0xffef}, {0x4e00, 0x9fff},   {0x300, 0x36f},
        {0x80, 0x24f},    {0x345, 0x3ce},   {0x1f00, 0x1fff}, {0x2000, 0x206f}, {0x3000, 0x303f},   {0x3200, 0x33ff},
        {0xf900, 0xfaff}, {0x1100, 0x11ff}, {0xac00, 0xd7a3}, {0xfb00, 0xfdff}, {0xe0100, 0xe01ef}, {0x1d400, 0x1d7ff},
        {0xfe00, 0xfe6f}, {0x590, 0x6ff},   {0x900, 0xdff},   {0x1e00, 0x1eff}, {0x20000, 0x2ffff}, {0x0, 0x10ffff},
    };
    size_t block = next_random(seed) % (sizeof blocks / sizeof blocks[0]);
    uint32_t c = blocks[block].from + next_random(seed) % (blocks[block].to - blocks[block].from + 1);
    return c >= 0xd800 && c <= 0xdfff ? ' ' : c;
}

static void random_text(void **state)
{
    (void)state;
    uint32_t seed = 20261123;
    for (int round = 0; round < 60000; round++) {
        char text[TEXT_MOST];
        size_t n = 0;
        for (uint32_t length = 1 + next_random(&seed) % 8; length > 0; length--) {
            n += str_put_char(text + n, random_char(&seed));
        }
        assert_right((struct str){text, n});
    }
}

// Names as they stand in the register: kanji, kana and blanks only, so the short way; and the same pushed onto the long
// way by a character that is dropped.
static void the_short_way_is_the_long_way(void **state)
{
    (void)state;
    static const uint32_t blocks[][2] = {{0x4e00, 0x9fff}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x30fc, 0x30fe},
                                         {0x309d, 0x309e}, {0x20, 0x7e},     {0x3000, 0x3000}, {0x3005, 0x3005}};
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char text[TEXT_MOST];
        size_t n = 0;
        for (uint32_t length = 1 + next_random(&seed) % 10; length > 0; length--) {
            const uint32_t *block = blocks[next_random(&seed) % 8];
            n += str_put_char(text + n, block[0] + next_random(&seed) % (block[1] - block[0] + 1));
        }
        BUF_AUTO struct buf brief;
        BUF_AUTO struct buf lengthy;
        fold((struct str){text, n}, &brief);
        assert_right((struct str){text, n});
        n += str_put_char(text + n, 0x200d);
        fold((struct str){text, n}, &lengthy);
        assert_true(str_equal(buf_str(&brief), buf_str(&lengthy)));
    }
}

static void it_appends_and_says_when_full(void **state)
{
    (void)state;
    BUF_AUTO struct buf out;
    buf_init(&out, 9);
    buf_add_text(&out, "x");
    assert_int_equal(fold_text(STR("か゛"), &out), ERR_OK);
    assert_int_equal(fold_text(STR("カ"), &out), ERR_OK);
    assert_string_equal(buf_text(&out), "xガカ");
    assert_int_equal(fold_text(STR("カ"), &out), ERR_MEMORY);
    buf_clear(&out);
    assert_int_equal(fold_text(STR("\ufdfa"), &out), ERR_MEMORY);
}

// The longest known: 18 characters, some of them blanks, of one.
static void growth_is_bounded(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x30000; c++) {
        char text[4];
        BUF_AUTO struct buf out;
        if (c >= 0xd800 && c <= 0xdfff) {
            continue;
        }
        fold((struct str){text, str_put_char(text, c)}, &out);
        assert_true(str_count_chars(buf_str(&out)) <= 18);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hand_cases),
        cmocka_unit_test(what_is_one),
        cmocka_unit_test(what_is_not_one),
        cmocka_unit_test(every_character),
        cmocka_unit_test(random_text),
        cmocka_unit_test(the_short_way_is_the_long_way),
        cmocka_unit_test(it_appends_and_says_when_full),
        cmocka_unit_test(growth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
