// The distinct instants of an edition, numbered: millions of completions share the instants of some publications.
#ifndef MEIBO_EDITION_INSTANTS_H
#define MEIBO_EDITION_INSTANTS_H

#include <stdint.h>

#include "base/clock.h"
#include "edition/array.h"

struct instants {
    ARRAY(instant_t) list;
    uint32_t *table; // open addressing: number + 1
    size_t table_size;
    uint32_t last; // the number given last
};

// The number of an instant; a new one is the next. False: no memory.
bool instants_number(struct instants *instants, instant_t instant, uint32_t *number);
// Frees what only numbering needs.
void instants_settle(struct instants *instants);
void instants_free(struct instants *instants);

#endif
