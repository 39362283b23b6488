// Romaji keys: see romaji.h. Here is what feeds the speller: Latin words letter by letter, readings row by row.
#include "text/romaji.h"

#include "text/kana.h"
#include "text/romaji_table.h"
#include "text/spell.h"

#include <stdlib.h>
#include <string.h>

// --- Latin words -------------------------------------------------------------

// The vowel below a macron or circumflex; 0 if it is none.
static char bare_vowel(uint32_t c)
{
    static const struct {
        uint16_t marked;
        char vowel;
    } vowels[] = {{0xe2, 'a'},  {0xc2, 'a'},  {0x101, 'a'}, {0x100, 'a'}, {0xee, 'i'},  {0xce, 'i'}, {0x12b, 'i'},
                  {0x12a, 'i'}, {0xfb, 'u'},  {0xdb, 'u'},  {0x16b, 'u'}, {0x16a, 'u'}, {0xea, 'e'}, {0xca, 'e'},
                  {0x113, 'e'}, {0x112, 'e'}, {0xf4, 'o'},  {0xd4, 'o'},  {0x14d, 'o'}, {0x14c, 'o'}};
    for (size_t i = 0; i < sizeof vowels / sizeof vowels[0]; i++) {
        if (vowels[i].marked == c) {
            return vowels[i].vowel;
        }
    }
    return 0;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool is_length_mark(uint32_t c)
{
    return c == 0x304 || c == 0x302;
}

static bool is_ignored(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2bc || c == '-' || c == 0x2010 || c == 0x2011;
}

static void feed_latin(struct speller *s, uint32_t c)
{
    char vowel = bare_vowel(c);
    if (vowel != 0) {
        spell_letter(s, vowel);
        spell_letter(s, vowel);
    } else if (is_length_mark(c) && spell_is_vowel(s->current)) {
        spell_letter(s, s->current);
    } else if (!is_ignored(c)) {
        spell_char(s, lower(c));
    }
}

static enum err spell(struct str word, struct speller speller)
{
    for (size_t at = 0; at < word.n;) {
        feed_latin(&speller, str_next_char(word, &at));
    }
    return spell_end(&speller);
}

bool romaji_is_latin(struct str word)
{
    bool has_letter = false;
    for (size_t at = 0; at < word.n;) {
        uint32_t c = lower(str_next_char(word, &at));
        bool letter = (c >= 'a' && c <= 'z') || bare_vowel(c) != 0;
        if (!letter && !is_ignored(c) && !is_length_mark(c)) {
            return false;
        }
        has_letter = has_letter || letter;
    }
    return has_letter;
}

enum err romaji_key(struct str word, enum romaji_way way, struct buf *out)
{
    return spell(word, (struct speller){.out = out, .way = way});
}

enum err romaji_key_typed(struct str word, enum romaji_way way, struct buf *out)
{
    return spell(word, (struct speller){.out = out, .way = way, .typed = true});
}

// --- readings ----------------------------------------------------------------

struct kana_reader {
    struct str text;
    size_t at;
    uint32_t last; // letter; 0 at the start and after what is no kana
    bool doubled;  // after ッ
    struct speller speller;
};

static int compare_pair(const void *key, const void *row)
{
    return memcmp(key, ((const struct romaji_row *)row)->kana, ROMAJI_PAIR_BYTES);
}

static const struct romaji_row *pair_at(struct str text, size_t at)
{
    size_t next = at + ROMAJI_PAIR_BYTES / 2;
    if (text.n < at + ROMAJI_PAIR_BYTES) {
        return NULL;
    }
    uint32_t small = str_next_char(text, &next);
    bool may_be = (small >= u'ァ' && small <= u'ォ') || (small >= u'ャ' && small <= u'ョ') || small == u'ヮ';
    return may_be ? bsearch(text.p + at, romaji_pairs, romaji_pair_count, sizeof romaji_pairs[0], compare_pair) : NULL;
}

static void feed_row(struct kana_reader *reader, const struct romaji_row *row)
{
    const char *form = row->forms;
    if (reader->doubled && spell_is_consonant(form[0])) {
        spell_letter(&reader->speller, form[0]);
    }
    reader->doubled = false;
    for (; *form != '\0' && *form != ' '; form++) {
        spell_letter(&reader->speller, *form);
    }
}

static void feed_single(struct kana_reader *reader, uint32_t letter)
{
    if (letter == KANA_SMALL_TSU) {
        reader->doubled = true;
    } else {
        feed_row(reader, &romaji_singles[letter - KANA_FIRST]);
    }
    reader->last = letter;
}

static void feed_sign(struct kana_reader *reader, uint32_t c)
{
    if (reader->last != 0 && c == KANA_REPEAT) {
        feed_single(reader, reader->last);
    } else if (reader->last != 0 && c == KANA_REPEAT_VOICED) {
        feed_single(reader, kana_voiced(reader->last));
    } else if (reader->last == 0 || !(kana_is_long_mark(c) || kana_is_silent(c))) {
        spell_char(&reader->speller, c);
        reader->last = 0;
        reader->doubled = false;
    }
}

static void feed_kana(struct kana_reader *reader)
{
    size_t start = reader->at;
    uint32_t c = kana_widen(str_next_char(reader->text, &reader->at));
    const struct romaji_row *pair = kana_is_letter(c) ? pair_at(reader->text, start) : NULL;
    if (pair != NULL) {
        reader->last = str_next_char(reader->text, &reader->at);
        feed_row(reader, pair);
    } else if (kana_is_letter(c)) {
        feed_single(reader, c);
    } else {
        feed_sign(reader, c);
    }
}

enum err romaji_key_of_kana(struct str folded_kana, struct buf *out)
{
    struct kana_reader reader = {.text = folded_kana, .speller = {.out = out}};
    while (reader.at < folded_kana.n) {
        feed_kana(&reader);
    }
    return spell_end(&reader.speller);
}
