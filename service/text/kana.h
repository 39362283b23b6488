// What one katakana letter is: shared by the keys of a reading (reading.h) and of its romanisation (romaji.h).
#ifndef MEIBO_TEXT_KANA_H
#define MEIBO_TEXT_KANA_H

#include <stdbool.h>
#include <stdint.h>

enum {
    KANA_FIRST = 0x30a1,         // ァ
    KANA_LAST = 0x30fa,          // ヺ
    KANA_SMALL_TSU = 0x30c3,     // ッ
    KANA_N = 0x30f3,             // ン
    KANA_VU = 0x30f4,            // ヴ
    KANA_REPEAT = 0x30fd,        // ヽ
    KANA_REPEAT_VOICED = 0x30fe, // ヾ
};

// A letter: ァ to ヺ. Not ー, not ・, not the iteration marks.
bool kana_is_letter(uint32_t c);
// The small letters of U+31F0 to U+31FF (ㇰ ㇱ …) as the letters they are small forms of; all others as they are.
uint32_t kana_widen(uint32_t c);
// With dakuten, where the letter can carry one (カ gives ガ); all others as they are.
uint32_t kana_voiced(uint32_t c);
// ー, and the dashes that are typed in its place: hyphens, U+2010 to U+2015, minus, box drawing.
bool kana_is_long_mark(uint32_t c);
// Stands between the parts of a foreign name (・ ゠ =) or is a mark left over by composition: says nothing of the
// sound.
bool kana_is_silent(uint32_t c);

#endif
