// The characters that people write for one another, and the look-up: see confusable.h.
//
// In the table: characters of one shape but for a stroke or a part, where names with the one are known to be written
// with the other, on forms and in lists. Not in it: different kanji of one sound (伊東 伊藤, 太 大, 畑 畠), two names
// that only end alike (渡辺 渡部, 臼井 白井), and kana for kanji of their shape (ニ 二, カ 力), which a keyboard does
// not confuse. Written for this project.
#include "text/confusable.h"

#include <stdbool.h>

// Ascending by character. Which member stands for a class says nothing.
static const struct confusable list[] = {
    {0x4eab, 0x4ea8}, // 享 亨
    {0x57fc, 0x5d0e}, // 埼 崎: 埼玉, 崎玉
    {0x5ba3, 0x5b9c}, // 宣 宜: 宜保, 宜野湾
    {0x5df2, 0x5df1}, // 已 己
    {0x5df3, 0x5df1}, // 巳 己: 克己, 克巳
    {0x6398, 0x5800}, // 掘 堀: 堀田
    {0x64a4, 0x5fb9}, // 撤 徹: 徹
    {0x6589, 0x658e}, // 斉 斎: 齋藤, 齊藤
    {0x6634, 0x6602}, // 昴 昂
    {0x672b, 0x672a}, // 末 未
    {0x676e, 0x67ff}, // 杮 柿: 杮 is こけら
    {0x67d8, 0x62d3}, // 柘 拓: 柘植
    {0x6876, 0x6a0b}, // 桶 樋: 樋口
    {0x6cbb, 0x51b6}, // 治 冶: 鍛冶
    {0x6d32, 0x5dde}, // 洲 州: 八州, 八洲
    {0x70cf, 0x9ce5}, // 烏 鳥: 烏山, 鳥山
    {0x7267, 0x679a}, // 牧 枚: 枚方
    {0x74dc, 0x722a}, // 瓜 爪: 橋爪, 瓜生
    {0x7693, 0x6667}, // 皓 晧
    {0x7895, 0x5d0e}, // 碕 崎: 神崎, 神碕
    {0x7950, 0x88d5}, // 祐 裕: 裕子, 祐子
    {0x7957, 0x7947}, // 祗 祇: 祇園
    {0x7ba1, 0x83c5}, // 管 菅: 菅原
    {0x7c17, 0x6881}, // 簗 梁: 梁瀬, 簗瀬
    {0x7c50, 0x85e4}, // 籐 藤: 加藤
    {0x7c9f, 0x6817}, // 粟 栗: 栗原, 粟野
    {0x7d4b, 0x7d18}, // 絋 紘
    {0x7db2, 0x7db1}, // 網 綱: 綱島, 網走
    {0x8000, 0x71ff}, // 耀 燿
    {0x8129, 0x4fee}, // 脩 修
    {0x82bd, 0x8305}, // 芽 茅: 茅野
    {0x82c5, 0x5208}, // 苅 刈: 刈田, 苅田
    {0x8358, 0x5e84}, // 荘 庄: 庄司, 荘司
    {0x8429, 0x837b}, // 萩 荻: 荻原, 萩原
    {0x90ce, 0x6717}, // 郎 朗: 一郎, 一朗
    {0x91c6, 0x91c7}, // 釆 采: 采女
    {0x935c, 0x935b}, // 鍜 鍛: 鍛冶
    {0x962a, 0x5742}, // 阪 坂: 坂本, 阪本
    {0x9688, 0x9685}, // 隈 隅: 大隈, 大隅
};

enum { LIST_COUNT = sizeof list / sizeof list[0] };

const struct confusable *confusables_get(size_t *count)
{
    *count = LIST_COUNT;
    return list;
}

static bool is_kanji(uint32_t c)
{
    bool repeats_or_nought = c == 0x3005 || c == 0x3007; // 々 〇
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x3ffff) ||
           repeats_or_nought;
}

// What is confused only behind a kanji. ヶ began as 个, a sign for 箇, and is read が or か: 関ヶ原, 霞が関, 一カ月.
static uint32_t behind_kanji(uint32_t c)
{
    switch (c) {
    case 0x30f6: // ヶ
    case 0x30b1: // ケ
    case 0x30ac: // ガ
    case 0x30f5: // ヵ
    case 0x30ab: // カ
    case 0x7b87: // 箇
    case 0x4e2a: // 个
        return 0x30f6;
    case 0x30ce:       // ノ
    case 0x4e4b:       // 之
    case 0x4e43:       // 乃
        return 0x30ce; // 堀ノ内, 堀之内; 堀の内 once folded
    default:
        return c;
    }
}

// Halves the list without a branch that depends on the character: every kanji of a register comes here.
static uint32_t behind_anything(uint32_t c)
{
    const struct confusable *at = list;
    for (size_t n = LIST_COUNT; n > 1;) {
        size_t half = n / 2;
        at = at[half].character <= c ? at + half : at;
        n -= half;
    }
    return at->character == c ? at->representative : c;
}

uint32_t confusable_class(uint32_t previous, uint32_t character)
{
    uint32_t class = behind_kanji(character);
    if (class != character || character < list[0].character) {
        return is_kanji(previous) ? class : character;
    }
    return behind_anything(character);
}
