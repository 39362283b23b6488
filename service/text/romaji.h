// The key of a romanised reading: every accepted way to write a reading in Latin letters has the key of that reading.
// The key is of this program alone: lower-case ASCII (plus, as they are, characters that are neither Latin letters nor
// kana), the same for the same input for ever, not meant to be shown.
//
// Accepted, in any case:
// - Hepburn as in passports (Passport Act enforcement rules; the Ministry of Foreign Affairs' table): shi chi tsu fu
//   ji; m before b m p; ッチ as tch; long o and u dropped, or written oh (Ohno, Satoh);
// - Hepburn with macrons or doubled vowels (ā ī ū ē ō, oo ou uu), n before b m p, n' before vowels and y; cch, chch;
// - Kunrei (Cabinet Notification 1 of 1954): si ti tu hu zi sya tya zya, circumflexes; its second table too;
// - Nihon-shiki (ISO 3602, strict form): di du dya wo kwa; dzu dzi;
// - what IMEs and business cards have besides: jya, cya, thi, l for r, v or b for ヴ.
// Rows: romaji_table.c.
//
// What the key ignores, because an accepted form does: the length of o and u, anything that parts ン from a vowel
// (Konya is コンヤ and コニャ; Shinichi is シンイチ and シニチ), ー, ッ before d f h j z, apostrophes, hyphens.
// What it keeps apart: aa ii ee from a i e (イイダ, イダ), nn from n (カンノ, カノ), ei from e (タケイ, タケ), ッ.
//
// Some words can be read in two ways; those have a second key, and a search asks for both. The second way reads
// - nn before i and y as ン, as typed into an IME: Sinniti is シンイチ, not シンニチ (Kanno is never カノ);
// - oh before i, and at the word's start before a, u, e, as long o: Ohishi is オオイシ, Kohichi コウイチ;
// - aa ii ee and their macrons as ー: Niina and Nīna are ニーナ, not ニイナ;
// - w before i e o after a vowel as silent: Kaworu is カヲル, not カウォル.
// The passport table's TEI DEI DEYU for ティ ディ デュ and BUA for ヴァ are not read: they are テイ, デイ, デユ, ブア.
//
// A word holds no blank, comma or dot: the caller separates at these, before it folds. A hyphen does not part words
// here (Jun-ichi); who wants it to, separates at it too.
#ifndef MEIBO_TEXT_ROMAJI_H
#define MEIBO_TEXT_ROMAJI_H

#include "base/buf.h"

enum romaji_way { ROMAJI_FIRST_WAY, ROMAJI_SECOND_WAY, ROMAJI_WAYS };

// Whether a word can be romaji: at least one letter, and nothing but ASCII letters, vowels with macron or circumflex
// (one character or two), apostrophes and hyphens. Well-formed UTF-8, folded or not; full width only if folded.
bool romaji_is_latin(struct str word);

// Appends the key of a whole word: at most three times as many bytes. ERR_MEMORY also when `out` is full. Both ways
// give the same for a word that has one reading.
enum err romaji_key(struct str word, enum romaji_way way, struct buf *out) MUST_CHECK;

// Appends what is certain of the key of a word being typed: the key of every word that goes on from here begins with
// it, in that way; and one more letter never changes what was certain before. Not empty if the word has a letter.
enum err romaji_key_typed(struct str word, enum romaji_way way, struct buf *out) MUST_CHECK;

// Appends the key of a reading folded by text/fold.h: from the letters as they are, since キヨ and キョ differ here,
// not from its reading key. At most as many bytes for kana, three times as many for anything else.
enum err romaji_key_of_kana(struct str folded_kana, struct buf *out) MUST_CHECK;

#endif
