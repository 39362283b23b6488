// The machine under romaji.h: takes Latin letters one by one, each with the letter before and the letter after, and
// writes the key. A reading goes through it too, spelled by romaji_table.c: so its Hepburn form always agrees with it,
// and a rule holds for both. For romaji.c alone.
#ifndef MEIBO_TEXT_SPELL_H
#define MEIBO_TEXT_SPELL_H

#include "text/romaji.h"

// Starts as {.out, .way, .typed} and zeros.
struct speller {
    struct buf *out;
    enum romaji_way way;
    bool typed;    // the end is not the word's end
    char previous; // 0: none
    char current;  // 0: none
    char last;     // of the key
    size_t length; // of the key
    bool palatal;  // current follows sh, ch, th, dh or j
};

// The next lower-case letter; or a byte of any other character, which is kept.
void spell_letter(struct speller *s, char c);
// A whole character. NUL is dropped.
void spell_char(struct speller *s, uint32_t c);
// Call once, at the end of the word. ERR_MEMORY if the key did not fit.
enum err spell_end(struct speller *s) MUST_CHECK;

bool spell_is_vowel(char c);
bool spell_is_consonant(char c);

#endif
