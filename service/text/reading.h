// The key of a reading: readings that people take for one have equal keys. For text folded by text/fold.h (katakana, no
// blanks), well-formed UTF-8. What is no kana is kept as it is.
//
// The strict key makes one of (modern kana usage is Cabinet Notification 1 of 1986; the rest is what it replaced):
// - small and large letters: キャノン キヤノン, ッ ツ, ヵ カ, ヮ ワ, ㇷ フ;
// - ヂ ジ, ヅ ズ, ヲ オ, ヰ イ, ヱ エ;
// - ヴ ブ. Before ア イ エ オ of either size ヴ is バ ビ ベ ボ (as ヷ ヸ ヹ ヺ are); before ャ ュ ョ it is ビ;
// - long vowels. ー is the vowel before it, nothing after ン; ウ after a syllable in o is オ; イ after one in e, エ.
//   So オオノ オウノ オーノ, サトウ サトー, ケイコ ケエコ ケーコ. A short vowel is no long one: オノ differs. A hyphen
//   or dash after kana is taken for ー;
// - ヽ and ヾ and the letter before them, as it is or voiced. 々 is kept: it repeats kanji;
// - with and without ・ ゠ = and stray combining marks after kana: ジョン・スミス ジョンスミス.
//
// The loose key has the same rules and no voicing at all: ナカジマ ナカシマ; パ バ ハ. It starts from the letters as
// written: ヅ is ツ and ヂ is チ (イイヅカ イイツカ), ズ is ス and ジ is シ, so that チバ and シバ stay apart.
// Therefore one strict key may have two loose ones (イイヅカ, イイズカ): a search asks for both keys.
//
// Keys are katakana, one letter a mora. The key of a key is that key. The key of a longer text begins with the key of
// its beginning, unless that ends in ヴ: what is still being typed goes through reading_certain first.
#ifndef MEIBO_TEXT_READING_H
#define MEIBO_TEXT_READING_H

#include "base/buf.h"

// Appends the key: at most three times as many bytes as `folded_kana`. ERR_MEMORY also when `out` is full.
enum err reading_key(struct str folded_kana, struct buf *out) MUST_CHECK;
enum err reading_loose_key(struct str folded_kana, struct buf *out) MUST_CHECK;

// The part of a reading being typed whose key no further letter can change: all but a ヴ at its end. May be empty,
// which says nothing about the reading yet.
struct str reading_certain(struct str folded_kana);

#endif
