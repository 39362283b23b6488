// Folding: what is one, what is not; that folding twice is folding once; that the ways to fold agree with one another;
// and that the short way for common text gives what the long way gives, which is written here once more on utf8proc
// alone.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { TEXT_MOST = 64, FOLDED_MOST = 4096 };

typedef enum err folding(struct str text, struct buf *out);

static void fold_by(folding *fold, struct str text, struct buf *out)
{
    buf_init(out, FOLDED_MOST);
    assert_int_equal(fold(text, out), ERR_OK);
}

static void fold(struct str text, struct buf *out)
{
    fold_by(fold_text, text, out);
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

static void what_the_exact_way_keeps(void **state)
{
    (void)state;
    static const struct {
        const char *text, *exact, *spaced;
    } rows[] = {
        {"", "", ""},
        {" \u3000\t", "", ""},
        {"ﾀﾅｶ　ﾀﾛｳ", "タナカタロウ", "タナカ タロウ"},
        {"たなか  \u3000タロウ ", "たなかタロウ", "たなか タロウ"},
        {"ｶﾞ が か\u3099 か゛", "ガががが", "ガ が が が"},
        {"ゝ゛ ゞ", "ゞゞ", "ゞ ゞ"},
        {"Ｓａｍｐｌｅ　Ｃｏ．，\u00a0ＬＴＤ．", "sampleco.,ltd.", "sample co., ltd."},
        {"㈱サンプル", "(株)サンプル", "(株)サンプル"},
        {"\ufa19谷\u2003\ufa10", "\ufa19谷\ufa10", "\ufa19谷 \ufa10"},
        {"\U0002f800\u3099", "\U0002f800\u3099", "\U0002f800\u3099"},
        {"葛\U000E0100 城\U000E0101", "葛\U000E0100城\U000E0101", "葛\U000E0100 城\U000E0101"},
        {"\ufa19\ufe00\ufe01谷", "\ufa19\ufe00谷", "\ufa19\ufe00谷"}, // one behind a character
        {"\ufe00葛 \U000E0100城\u200d\ufe00", "葛城", "葛 城"},       // behind nothing
        {"か\ufe00\u3099", "か\ufe00\u3099", "か\ufe00\u3099"},
        {"か \u3099", "が", "か \u3099"},
        {"か\u200d\ufe00\u3099", "が", "が"},
        {"山 \u200d\u00ad 田", "山田", "山 田"},
        {"1\ufe0f\u20e3", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        BUF_AUTO struct buf exact;
        BUF_AUTO struct buf spaced;
        fold_by(fold_exact, str_of(rows[i].text), &exact);
        fold_by(fold_spaced, str_of(rows[i].text), &spaced);
        assert_string_equal(buf_text(&exact), rows[i].exact);
        assert_string_equal(buf_text(&spaced), rows[i].spaced);
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

static void reference_once(struct str text, bool one_kana, struct buf *out)
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
            c = one_kana ? to_katakana(c) : c;
            buf_add(out, (struct str){(const char *)bytes, (size_t)utf8proc_encode_char(c, bytes)});
        }
    }
    free(mapped);
}

// Until nothing changes any more.
static void reference(struct str text, bool one_kana, struct buf *out)
{
    reference_once(text, one_kana, out);
    for (;;) {
        struct buf next;
        reference_once(buf_str(out), one_kana, &next);
        bool same = str_equal(buf_str(out), buf_str(&next));
        buf_fini(out);
        *out = next;
        if (same) {
            return;
        }
    }
}

static bool is_kept(utf8proc_int32_t c)
{
    return (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f) || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef);
}

static bool holds_kept(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        if (is_kept((utf8proc_int32_t)str_next_char(text, &at))) {
            return true;
        }
    }
    return false;
}

// One space between words, and no other blank.
static bool is_spaced(struct str text)
{
    bool spaced = text.n == 0 || (text.p[0] != ' ' && text.p[text.n - 1] != ' ');
    for (size_t at = 0; at < text.n;) {
        size_t here = at;
        uint32_t c = str_next_char(text, &at);
        bool doubled = c == ' ' && text.p[here - 1] == ' ';
        spaced = spaced && !doubled && (c == ' ' || !is_blank((utf8proc_int32_t)c));
    }
    return spaced;
}

// Two ways to the same text: `first` and then `then` is `then` alone.
static void assert_leads_to(struct str text, folding *first, folding *then, const char *what)
{
    BUF_AUTO struct buf between;
    BUF_AUTO struct buf both;
    BUF_AUTO struct buf alone;
    fold_by(first, text, &between);
    fold_by(then, buf_str(&between), &both);
    fold_by(then, text, &alone);
    if (!str_equal(buf_str(&both), buf_str(&alone))) {
        fail_with(what, text);
    }
}

static void assert_ways_agree(struct str text)
{
    assert_leads_to(text, fold_exact, fold_exact, "fold_exact twice is not once");
    assert_leads_to(text, fold_spaced, fold_spaced, "fold_spaced twice is not once");
    assert_leads_to(text, fold_exact, fold_text, "fold_exact says too little");
    assert_leads_to(text, fold_spaced, fold_text, "fold_spaced says too little");
    assert_leads_to(text, fold_spaced, fold_exact, "fold_spaced says less than fold_exact");
    BUF_AUTO struct buf exact;
    BUF_AUTO struct buf spaced;
    BUF_AUTO struct buf expected;
    fold_by(fold_exact, text, &exact);
    fold_by(fold_spaced, text, &spaced);
    reference(text, false, &expected);
    if (!holds_kept(text) && !str_equal(buf_str(&exact), buf_str(&expected))) {
        fail_with("fold_exact is not as the reference", text);
    }
    if (!is_spaced(buf_str(&spaced))) {
        fail_with("fold_spaced leaves blanks", text);
    }
}

static void assert_right(struct str text)
{
    assert_ways_agree(text);
    BUF_AUTO struct buf once;
    BUF_AUTO struct buf twice;
    BUF_AUTO struct buf expected;
    fold(text, &once);
    fold(buf_str(&once), &twice);
    reference(text, true, &expected);
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

// Every character that the exact way keeps, behind one that carries it.
static void every_kept_character(void **state)
{
    (void)state;
    size_t kept = 0;
    for (uint32_t c = 0xf900; c < 0x110000; c++) {
        if (is_kept((utf8proc_int32_t)c)) {
            char text[8];
            size_t n = str_put_char(text, 0x8fbb);
            n += str_put_char(text + n, c);
            BUF_AUTO struct buf exact;
            fold_by(fold_exact, (struct str){text, n}, &exact);
            assert_true(str_equal(buf_str(&exact), (struct str){text, n}));
            assert_right((struct str){text, n});
            kept++;
        }
    }
    assert_int_equal(kept, 512 + 544 + 16 + 240);
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
        {0x0, 0x7f},        {0x3041, 0x30ff},   {0x3099, 0x309e},   {0xff00, 0xffef},   {0x4e00, 0x9fff},
        {0x300, 0x36f},     {0x80, 0x24f},      {0x345, 0x3ce},     {0x1f00, 0x1fff},   {0x2000, 0x206f},
        {0x3000, 0x303f},   {0x3200, 0x33ff},   {0xf900, 0xfaff},   {0x1100, 0x11ff},   {0xac00, 0xd7a3},
        {0xfb00, 0xfdff},   {0xe0100, 0xe01ef}, {0x1d400, 0x1d7ff}, {0xfe00, 0xfe0f},   {0xfe00, 0xfe6f},
        {0x590, 0x6ff},     {0x900, 0xdff},     {0x1e00, 0x1eff},   {0x20000, 0x2ffff}, {0x2f800, 0x2fa1f},
        {0x1f300, 0x1faff}, {0x20, 0x20},       {0x0, 0x10ffff},
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

// Names as they stand in the register: kanji, kana, signs and blanks only, so the short way; and the same pushed onto
// the long way by a character that is dropped.
static void the_short_way_is_the_long_way(void **state)
{
    (void)state;
    static const uint32_t blocks[][2] = {{0x4e00, 0x9fff}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x30fc, 0x30fe},
                                         {0x309d, 0x309e}, {0x20, 0x7e},     {0x3000, 0x3000}, {0x3000, 0x3011},
                                         {0x30fb, 0x30fb}, {0xff01, 0xff5e}, {0x3400, 0x4dbf}, {0x20000, 0x2ebff},
                                         {0x20, 0x20}};
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char text[TEXT_MOST];
        size_t n = 0;
        for (uint32_t length = 1 + next_random(&seed) % 10; length > 0; length--) {
            const uint32_t *block = blocks[next_random(&seed) % (sizeof blocks / sizeof blocks[0])];
            n += str_put_char(text + n, block[0] + next_random(&seed) % (block[1] - block[0] + 1));
        }
        assert_right((struct str){text, n});
        folding *const ways[] = {fold_text, fold_exact, fold_spaced};
        for (size_t i = 0; i < 3; i++) {
            BUF_AUTO struct buf brief;
            BUF_AUTO struct buf lengthy;
            fold_by(ways[i], (struct str){text, n}, &brief);
            size_t pushed = n + str_put_char(text + n, 0x200d);
            fold_by(ways[i], (struct str){text, pushed}, &lengthy);
            assert_true(str_equal(buf_str(&brief), buf_str(&lengthy)));
        }
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
    buf_clear(&out);
    assert_int_equal(fold_spaced(STR("か な"), &out), ERR_OK);
    assert_int_equal(fold_exact(STR("\ufa19"), &out), ERR_MEMORY);
    buf_clear(&out);
    buf_add_text(&out, "x");
    assert_int_equal(fold_spaced(STR(" \u2003な \u200d"), &out), ERR_OK);
    assert_int_equal(fold_exact(STR("辻\ufe00"), &out), ERR_MEMORY);
    buf_clear(&out);
    assert_int_equal(fold_spaced(STR("あ\u2003い\u2003う"), &out), ERR_MEMORY);
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
        cmocka_unit_test(what_the_exact_way_keeps),
        cmocka_unit_test(every_character),
        cmocka_unit_test(every_kept_character),
        cmocka_unit_test(random_text),
        cmocka_unit_test(the_short_way_is_the_long_way),
        cmocka_unit_test(it_appends_and_says_when_full),
        cmocka_unit_test(growth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
