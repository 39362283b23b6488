// Made-up employers with their legal forms, a few large ones and a long tail; each name says that it is a sample. The
// large ones are everywhere and have no place in their names, the others belong to one prefecture. Private to the
// sample register.
#ifndef MEIBO_REGISTER_SAMPLE_EMPLOYERS_H
#define MEIBO_REGISTER_SAMPLE_EMPLOYERS_H

#include "register/sample_dice.h"

enum { EMPLOYER_BYTES = 320 };

// Draws an employer of a prefecture (JIS X 0401, or 99 for overseas), as one of its people writes it: most write the
// legal form in full, some shorten it.
void sample_employers_draw(uint64_t seed, struct dice *dice, int prefecture, char out[EMPLOYER_BYTES]);

#endif
