// The grams of a lexicon: for each character, pair of neighbours, first and last character of its texts' forms, the
// entries that have it.
#ifndef MEIBO_EDITION_GRAMS_H
#define MEIBO_EDITION_GRAMS_H

#include "edition/lexicon.h"

// Which form a gram is of; exact and same are found by unified, which is wider.
enum gram_form { GRAM_UNIFIED = 1, GRAM_SOUND, GRAM_CONFUSED, GRAM_LOOSE };

// Builds the grams of all entries. False: no memory.
bool grams_build(struct lexicon *lexicon);
// The entries in which `text` (not empty) may stand at this side in this form: those of its rarest gram.
struct ids grams_find(const struct lexicon *lexicon, enum gram_form form, struct str text, enum side side);

#endif
