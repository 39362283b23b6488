// The katakana letters: see kana.h.
#include "text/kana.h"

bool kana_is_letter(uint32_t c)
{
    return c >= KANA_FIRST && c <= KANA_LAST;
}

uint32_t kana_widen(uint32_t c)
{
    static const uint16_t large[16] = {u'ク', u'シ', u'ス', u'ト', u'ヌ', u'ハ', u'ヒ', u'フ',
                                       u'ヘ', u'ホ', u'ム', u'ラ', u'リ', u'ル', u'レ', u'ロ'};
    return c >= 0x31f0 && c <= 0x31ff ? large[c - 0x31f0] : c;
}

// The letters stand in pairs from カ to チ and from ツ to ト, in threes from ハ to ホ.
uint32_t kana_voiced(uint32_t c)
{
    bool pair = (c >= u'カ' && c <= u'チ' && (c - u'カ') % 2 == 0) || c == u'ツ' || c == u'テ' || c == u'ト';
    bool three = c >= u'ハ' && c <= u'ホ' && (c - u'ハ') % 3 == 0;
    return pair || three ? c + 1 : c;
}

bool kana_is_long_mark(uint32_t c)
{
    return c == u'ー' || c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500;
}

bool kana_is_silent(uint32_t c)
{
    return c == u'・' || c == 0x30a0 || c == '=' || c == 0xb7 || c == 0x3099 || c == 0x309a;
}
