// Folding: what makes two spellings the same text for search. The one door to utf8proc.
// The rule of this version: Unicode NFKC, case folded, hiragana and katakana made one script (katakana), every kind of
// blank and every ignorable character (variation selectors, joiners) removed. So ｶﾅ, かな and カナ are one; Ａ, A and a
// are one; 山田 太郎 and 山田太郎 are one. Search folds the query, the edition folds the register, the importer folds
// the name before it takes its digest: all through this one function.
#ifndef MEIBO_TEXT_FOLD_H
#define MEIBO_TEXT_FOLD_H

#include "base/buf.h"

// Appends the folded form of well-formed UTF-8. Folding twice gives the same as folding once.
// Folded text may be longer than its source (at most 18 times: U+FDFA). ERR_MEMORY also when `out` is full.
enum err fold_text(struct str text, struct buf *out) MUST_CHECK;

#endif
