// Posting lists: for every one- and two-character piece (gram) of a field's folded text, the rows that have it.
// One or two characters are answered by a list itself, exactly; longer text by the intersection of its pairs, which may
// hold a few rows too many (the pairs need not stand together), so those are verified on the text.
#ifndef MEIBO_EDITION_GRAMS_H
#define MEIBO_EDITION_GRAMS_H

#include <roaring/roaring.h>

#include "base/err.h"
#include "base/str.h"

enum field { FIELD_NAME, FIELD_KANA, FIELD_OTHER_NAME, FIELD_EMPLOYER, FIELD_COUNT };

struct grams;

struct grams *grams_new(void); // NULL: no memory
void grams_free(struct grams **grams);
// Adds all pieces of `folded` for a row. Rows ascend. False: no memory.
bool grams_add(struct grams *grams, enum field field, uint32_t row, struct str folded) MUST_CHECK;
// Gives back spare memory once all is added.
void grams_settle(struct grams *grams);
// The rows whose field may hold `folded` (at least one character); new, the caller's. NULL: no memory.
// `*exact`: they do hold it.
roaring_bitmap_t *grams_find(const struct grams *grams, enum field field, struct str folded, bool *exact);
uint64_t grams_postings(const struct grams *grams);
uint64_t grams_bytes(const struct grams *grams);

#endif
