// The parts of a name.
#ifndef MEIBO_EDITION_NAME_PARTS_H
#define MEIBO_EDITION_NAME_PARTS_H

#include "base/str.h"

// The family name, up to the first blank behind the name's beginning, and all the rest (n == 0: there is none).
void split_name(struct str name, struct str *family, struct str *given);

#endif
