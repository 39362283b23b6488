// Variant kanji: 髙 and 高, 邉, 邊 and 辺 are one character written in several ways, and a searcher types the one that
// the keyboard offers. Characters that are one stand in a class; every class has one representative.
//
// The table is generated at build time by tools/make-variants, which says what is taken and what is not, from
// - Debian's unicode-data: Unihan's kJinmeiyoKanji, kJoyoKanji and kZVariant, the decompositions of compatibility
//   ideographs, EquivalentUnifiedIdeograph.txt. © Unicode, Inc.; licence: the Unicode licence for data files
//   (Unicode-DFS, later named Unicode License v3), see /usr/share/doc/unicode-data/copyright;
// - service/text/variants.table, this project's own, which names its sources.
// 斎 and 斉, or 崎 and 埼, are not one class: they are different characters that people confuse.
#ifndef MEIBO_TEXT_VARIANTS_H
#define MEIBO_TEXT_VARIANTS_H

#include <stddef.h>
#include <stdint.h>

struct variant {
    uint32_t character;
    uint32_t representative; // never itself a `character` of the table
};

// The representative of the character's class; the character itself if it has no variants or is none. Any value may be
// asked. No ASCII character and no kana has a variant.
uint32_t variant_class(uint32_t character);

// Every character that is not its own representative, ascending.
const struct variant *variants_get(size_t *count);

// For variant_class alone: where the characters of each block of 1 << VARIANT_BLOCK_BITS begin in that list. There are
// variant_blocks blocks, and one more start behind the last.
enum { VARIANT_BLOCK_BITS = 6 };
extern const uint16_t variant_starts[];
extern const uint32_t variant_blocks;

#endif
