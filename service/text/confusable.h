// Characters that people write for one another though they are different ones: 斎 and 斉, ヶ ケ and が between kanji. A
// search offers them last, and says so. Not the variants of one character (variants.h), and not different names that
// sound or end alike: 渡辺 and 渡部 are two names.
#ifndef MEIBO_TEXT_CONFUSABLE_H
#define MEIBO_TEXT_CONFUSABLE_H

#include <stddef.h>
#include <stdint.h>

struct confusable {
    uint32_t character;
    uint32_t representative; // never itself a `character` of the table
};

// The representative of the characters that `character` is confused with; itself if there are none. `character` has
// been through fold_text and variant_class, `previous` is the character before it in that text, 0 at its beginning.
// Behind a kanji (々 and 〇 are some) two more classes hold: ヶ ケ ガ ヵ カ 箇 个 (関ヶ原, 関が原; 一ヶ月, 一箇月), and
// ノ 之 乃 (堀ノ内, 堀之内). Depends on nothing that follows, so what is being typed keeps its form.
uint32_t confusable_class(uint32_t previous, uint32_t character);

// Every pair of the table that holds behind any character, ascending by `character`.
const struct confusable *confusables_get(size_t *count);

#endif
