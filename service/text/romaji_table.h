// The rows of romaji_table.c. For romaji.c and its test.
#ifndef MEIBO_TEXT_ROMAJI_TABLE_H
#define MEIBO_TEXT_ROMAJI_TABLE_H

#include <stddef.h>

struct romaji_row {
    const char *kana;
    const char *forms; // parted by blanks, Hepburn first: the one that makes the key of the kana
};

enum { ROMAJI_SINGLES = 90, ROMAJI_PAIR_BYTES = 6 };

// ァ to ヺ in the order of Unicode: a row for each.
extern const struct romaji_row romaji_singles[ROMAJI_SINGLES];
// A letter and a small one that are one syllable, in the order of their bytes.
extern const struct romaji_row romaji_pairs[];
extern const size_t romaji_pair_count;

#endif
