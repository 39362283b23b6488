// Confusable characters: what a search must find at last, what it must never confuse, and that the table is what its
// header promises beside the variants, through which every character has gone before.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/confusable.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/variants.h"

enum { TEXT_MOST = 1024, UNICODE_END = 0x110000, KANJI = 0x5c71 };

// As an edition makes it: folded, its variants unified, and then each character in the light of the one before it.
static void confused_form(const char *text, struct buf *out)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, TEXT_MOST);
    buf_init(out, TEXT_MOST);
    assert_int_equal(fold_text(str_of(text), &folded), ERR_OK);
    uint32_t previous = 0;
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = variant_class(str_next_char(buf_str(&folded), &at));
        char bytes[4];
        buf_add(out, (struct str){bytes, str_put_char(bytes, confusable_class(previous, c))});
        previous = c;
    }
    assert_false(buf_failed(out));
}

static bool are_confused(const char *a, const char *b)
{
    BUF_AUTO struct buf form_a;
    BUF_AUTO struct buf form_b;
    confused_form(a, &form_a);
    confused_form(b, &form_b);
    return str_equal(buf_str(&form_a), buf_str(&form_b));
}

enum { ROW_MOST = 8 };

static void names_find_what_they_are_mistaken_for(void **state)
{
    (void)state;
    static const char *const rows[][ROW_MOST] = {
        {"斎藤", "斉藤", "齋藤", "齊藤", "斋藤", "斊藤"},
        {"関ヶ原", "関ケ原", "関が原", "関ガ原", "關ヶ原", "関ｹ原", "関ゖ原", "関ｶﾞ原"},
        {"一ヶ月", "一ケ月", "一カ月", "一ヵ月", "一か月", "一箇月", "一个月", "一ｶ月"},
        {"霞が関", "霞ヶ関", "霞ケ関", "霞ガ関", "霞か関"},
        {"佐々ヶ", "佐々が", "佐々ケ"},
        {"堀之内", "堀ノ内", "堀の内", "堀ﾉ内", "堀乃内"},
        {"荻原", "萩原"},
        {"克己", "克巳", "克已"},
        {"柿本", "杮本", "柹本"},
        {"川崎", "川埼", "川碕", "川﨑", "川嵜"},
        {"大阪", "大坂"},
        {"鍛冶", "鍜冶", "鍛治", "鍜治"},
        {"祇園", "祗園", "祗薗"},
        {"末永", "未永"},
        {"加藤", "加籐"},
        {"徹", "撤"},
        {"裕子", "祐子"},
        {"宜保", "宣保", "冝保"},
        {"菅原", "管原"},
        {"網島", "綱嶋"},
        {"栗原", "粟原"},
        {"烏丸", "鳥丸"},
        {"昴", "昂", "昻"},
        {"皓", "晧"},
        {"亨", "享"},
        {"樋口", "桶口"},
        {"堀田", "掘田"},
        {"庄司", "荘司", "莊司"},
        {"八州", "八洲"},
        {"刈田", "苅田"},
        {"梁瀬", "簗瀨"},
        {"修", "脩"},
        {"燿", "耀"},
        {"一郎", "一朗", "一郞"},
        {"枚方", "牧方"},
        {"橋爪", "橋瓜"},
        {"柘植", "拓植"},
        {"茅ヶ崎", "芽ヶ崎", "茅が崎"},
        {"采女", "釆女"},
        {"紘一", "絋一"},
        {"大隈", "大隅"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t j = 1; j < ROW_MOST && rows[i][j] != NULL; j++) {
            if (!are_confused(rows[i][0], rows[i][j])) {
                fail_msg("%s and %s are not confused", rows[i][0], rows[i][j]);
            }
        }
    }
}

static void what_is_not_confused(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"渡辺", "渡部"},     {"太田", "大田"},     {"伊東", "伊藤"},   {"臼井", "白井"}, {"畑山", "畠山"},
        {"佐藤", "左藤"},     {"裕子", "優子"},     {"小野", "大野"},   {"土屋", "士屋"}, {"島", "鳥"},
        {"本間", "本問"},     {"日", "曰"},         {"二宮", "ニ宮"},   {"カ", "力"},     {"阿部", "安部"},
        {"河野", "川野"},     {"井上", "井之上"},   {"四谷", "四ツ谷"}, {"中嶋", "中鳥"}, {"ケ", "ガ"},
        {"ケ", "カ"},         {"カ", "ガ"},         {"ヵ", "カ"},       {"タケ", "タガ"}, {"サカイ", "サガイ"},
        {"アケミ", "アカミ"}, {"ノ", "乃"},         {"サ之", "サ乃"},   {"箇", "ケ"},     {"aケ", "aガ"},
        {"関キ原", "関ギ原"}, {"関ッ原", "関ツ原"}, {"山口", "山ロ"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (are_confused(pairs[i][0], pairs[i][1])) {
            fail_msg("%s and %s are confused", pairs[i][0], pairs[i][1]);
        }
    }
}

static void the_table_is_sorted_and_flat(void **state)
{
    (void)state;
    size_t count = 0;
    const struct confusable *list = confusables_get(&count);
    assert_in_range(count, 30, 100);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || list[i - 1].character < list[i].character);
        assert_true(list[i].character != list[i].representative);
        for (size_t j = 0; j < count; j++) {
            assert_true(list[j].character != list[i].representative);
        }
    }
}

// What goes through variant_class first could not be found otherwise; and two variants of one need no line here.
static void members_are_no_variants(void **state)
{
    (void)state;
    size_t count = 0;
    const struct confusable *list = confusables_get(&count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(variant_class(list[i].character), list[i].character);
        assert_int_equal(variant_class(list[i].representative), list[i].representative);
    }
}

static uint32_t looked_up(uint32_t character)
{
    size_t count = 0;
    const struct confusable *list = confusables_get(&count);
    for (size_t i = 0; i < count; i++) {
        if (list[i].character == character) {
            return list[i].representative;
        }
    }
    return character;
}

// Over all of Unicode and behind it: the table wherever it stands, and two classes more behind a kanji.
static void every_character_has_its_class(void **state)
{
    (void)state;
    static const uint32_t no_kanji[] = {0, 'a', '1', ' ', 0x30a2, 0x30b1, 0x30fc, 0x3006, UINT32_MAX};
    size_t more = 0;
    for (uint32_t c = 0; c <= UNICODE_END; c++) {
        for (size_t i = 0; i < sizeof no_kanji / sizeof no_kanji[0]; i++) {
            assert_int_equal(confusable_class(no_kanji[i], c), looked_up(c));
        }
        uint32_t behind = confusable_class(KANJI, c);
        assert_int_equal(confusable_class(KANJI, behind), behind);
        assert_int_equal(confusable_class(0x3005, c), behind);
        assert_int_equal(confusable_class(0x20bb7, c), behind);
        if (behind != looked_up(c)) {
            assert_int_equal(variant_class(c), c);
            assert_int_equal(looked_up(c), c);
            assert_int_equal(looked_up(behind), behind);
            more++;
        }
    }
    assert_int_equal(more, 6 + 2);
    assert_int_equal(confusable_class(KANJI, UINT32_MAX), UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_find_what_they_are_mistaken_for), cmocka_unit_test(what_is_not_confused),
        cmocka_unit_test(the_table_is_sorted_and_flat),          cmocka_unit_test(members_are_no_variants),
        cmocka_unit_test(every_character_has_its_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
