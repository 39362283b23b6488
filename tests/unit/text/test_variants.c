// Variant classes: what search must find as one character, what must stay two, and that the generated table is what its
// header promises. utf8proc answers independently what a compatibility ideograph decomposes to.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/variants.h"

#include <stdbool.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { UNICODE_END = 0x110000 };

// Takes the first character of `*text` and moves past it.
static uint32_t take(const char **text)
{
    utf8proc_int32_t character = -1;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &character);
    assert_true(n > 0);
    *text += n;
    return (uint32_t)character;
}

static void all_are_one(const char *characters)
{
    const char *at = characters;
    uint32_t class = variant_class(take(&at));
    while (*at) {
        const char *member = at;
        if (variant_class(take(&at)) != class) {
            fail_msg("%s: %s is not of the class of the first", characters, member);
        }
    }
}

static void no_two_are_one(const char *characters)
{
    for (const char *at = characters; *at;) {
        uint32_t class = variant_class(take(&at));
        for (const char *rest = at; *rest;) {
            const char *other = rest;
            if (variant_class(take(&rest)) == class) {
                fail_msg("%s: %s is of the class of one before it", characters, other);
            }
        }
    }
}

static void names_find_their_spellings(void **state)
{
    (void)state;
    static const char *const classes[] = {
        "高髙",       "崎﨑嵜", "辺邊邉", "斎齋斋", "斉齊", "浜濱濵", "徳德悳", "黒黑", "真眞",     "国國圀",
        "沢澤",       "広廣",   "島嶋嶌", "富冨",   "恵惠", "吉𠮷",   "桑桒",   "清淸", "青靑",     "喜㐂",
        "秋穐",       "磯礒",   "柳栁",   "橋槗𣘺", "昇曻", "館舘",   "渕淵渊", "土圡", "船舩",     "鶴靏靍",
        "剣劍剱劔釼", "枡桝",   "栃杤",   "関關",   "桜櫻", "滝瀧",   "竜龍",   "鉄鐵", "豊豐",     "彦彥",
        "姫姬",       "槙槇",   "凛凜",   "遥遙",   "翠翆", "熙煕熈", "学學",   "芸藝", "弁辨瓣辯", "予豫",
        "余餘",       "欠缺",   "缶罐",   "糸絲",   "万萬", "台臺",   "郎郞",   "都都", "神神",     "塚塚",
        "長⻑",       "隆𨺓隆", "桧檜",   "祢禰",   "曽曾", "頼賴",   "瀬瀨",   "薗園", "峰峯",     "野埜",
        "叱𠮟",       "塡填",   "剥剝",   "頬頰",   "鴎鷗", "呉吳",   "戸戶",   "与與", "児兒",     "亀龜",
        "県縣",       "尭堯",   "晋晉",   "聡聰",   "祷禱", "弥彌",   "蔵藏",   "総總", "応應",     "栄榮",
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        all_are_one(classes[i]);
    }
}

static void other_characters_stay_apart(void **state)
{
    (void)state;
    static const char *const groups[] = {
        "斎斉", "齋齊", "辺部", "崎埼碕", "干乾幹", "后後", "里裏裡", "谷穀", "丑醜", "只隻", "叶葉協", "云雲",
        "沈瀋", "庄荘", "宍肉", "釆采",   "鍜鍛",   "坂阪", "升枡",   "畑畠", "州洲", "川河", "太大犬", "己巳已",
        "末未", "土士", "日曰", "一壱",   "二弐",   "三参", "机機",   "蝋臘", "吊弔", "彬斌", "惣総",   "娘嬢",
        "簗梁", "椙杉", "橡栃", "苅刈",   "弘広宏", "昭照", "修脩",   "燿耀", "皓晧", "麟驎", "祇祗",   "実寔",
        "荻萩", "今令", "嶋鳥", "井丼",   "冶治",   "面麺", "征徴",   "余予", "台体", "吉古", "発髪",   "复復",
        "斗闘", "松鬆", "姜薑", "范範",   "肖蕭",   "付傅", "阎閻",   "叶汁", "沢択", "瑶揺", "广広",   "丰豊",
        "马馬", "龙龍", "东東", "长長",   "陈陳",   "张張", "华華",   "刘劉", "汤湯", "邓鄧", "カ力",   "ニ二",
        "ハ八", "ー一", "ロ口", "エ工",   "タ夕",   "ト卜", "ミ三",   "ヘへ", "々〃",
    };
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        no_two_are_one(groups[i]);
    }
}

static void table_is_sorted_and_flat(void **state)
{
    (void)state;
    size_t count = 0;
    const struct variant *list = variants_get(&count);
    assert_in_range(count, 1500, UINT16_MAX);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || list[i - 1].character < list[i].character);
        assert_true(list[i].character != list[i].representative);
        assert_int_equal(variant_class(list[i].character), list[i].representative);
        assert_int_equal(variant_class(list[i].representative), list[i].representative);
    }
}

static int compare(const void *key, const void *row)
{
    uint32_t a = *(const uint32_t *)key;
    uint32_t b = ((const struct variant *)row)->character;
    return (a > b) - (a < b);
}

// Over all of Unicode and behind it, the look-up by blocks gives what a search of the whole list gives.
static void every_character_is_looked_up(void **state)
{
    (void)state;
    size_t count = 0;
    const struct variant *list = variants_get(&count);
    for (uint32_t c = 0; c < UNICODE_END; c++) {
        const struct variant *row = bsearch(&c, list, count, sizeof *list, compare);
        if (variant_class(c) != (row ? row->representative : c)) {
            fail_msg("U+%04X is class U+%04X", c, variant_class(c));
        }
    }
    assert_int_equal(variant_class(UNICODE_END), UNICODE_END);
    assert_int_equal(variant_class(UINT32_MAX), UINT32_MAX);
}

static bool is_kanji(uint32_t c)
{
    return (c >= 0x2e80 && c < 0x2f00) || (c >= 0x3400 && c < 0xa000) || (c >= 0xf900 && c < 0xfb00) ||
           (c >= 0x20000 && c < 0x40000);
}

static void only_kanji_have_variants(void **state)
{
    (void)state;
    size_t count = 0;
    const struct variant *list = variants_get(&count);
    for (size_t i = 0; i < count; i++) {
        if (!is_kanji(list[i].character) || !is_kanji(list[i].representative)) {
            fail_msg("U+%04X is class U+%04X", list[i].character, list[i].representative);
        }
    }
}

static size_t decomposed_in(uint32_t from, uint32_t to)
{
    size_t decomposed = 0;
    for (uint32_t c = from; c < to; c++) {
        utf8proc_int32_t into[4];
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, into, 4, UTF8PROC_DECOMPOSE, NULL);
        if (n == 1 && is_kanji((uint32_t)into[0]) && into[0] != (utf8proc_int32_t)c) {
            decomposed++;
            if (variant_class(c) != variant_class((uint32_t)into[0])) {
                fail_msg("U+%04X and U+%04X are two classes", c, (uint32_t)into[0]);
            }
        }
    }
    return decomposed;
}

static void compatibility_ideographs_join_their_originals(void **state)
{
    (void)state;
    assert_int_equal(decomposed_in(0xf900, 0xfb00), 460);
    assert_int_equal(decomposed_in(0x2f800, 0x2fa1e), 542);
}

// The forms a Japanese keyboard offers first are what a register shows: the list's own choice of a representative.
static void representatives_are_the_common_forms(void **state)
{
    (void)state;
    for (const char *at = "高崎辺斎斉浜徳黒真国沢広島富恵吉桑清喜秋磯柳橋館渕土船鶴剣関桜滝竜鉄豊沖湧煙穣"; *at;) {
        uint32_t character = take(&at);
        assert_int_equal(variant_class(character), character);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_find_their_spellings),
        cmocka_unit_test(other_characters_stay_apart),
        cmocka_unit_test(table_is_sorted_and_flat),
        cmocka_unit_test(every_character_is_looked_up),
        cmocka_unit_test(only_kanji_have_variants),
        cmocka_unit_test(compatibility_ideographs_join_their_originals),
        cmocka_unit_test(representatives_are_the_common_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
