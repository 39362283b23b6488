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

// The two below keep more apart. fold_exact makes one what differs in width, case, blanks or by another compatibility
// of NFKC (㈱, ①), and drops what is ignorable; but hiragana stays hiragana, a compatibility ideograph (U+F900 to
// U+FAFF, U+2F800 to U+2FA1F) stays, and so does a variation selector (U+FE00 to U+FE0F, U+E0100 to U+E01EF) directly
// behind a character that is not dropped itself. Twice is the same as once; fold_text of it is fold_text of its source.
// ERR_MEMORY as above.
enum err fold_exact(struct str text, struct buf *out) MUST_CHECK;
// As fold_exact, word by word, with one space between words (none at the ends): for what looks at whole words.
// fold_exact of it is fold_exact of its source.
enum err fold_spaced(struct str text, struct buf *out) MUST_CHECK;

#endif
