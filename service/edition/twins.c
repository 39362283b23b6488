// Twins: a text that is a family name of some and a given name of others is offered once, with the people of both.
#include <stdlib.h>

#include "edition/private.h"

bool twins_build(struct edition *e)
{
    for (int slot = 0; slot < SLOT_EMPLOYER; slot++) {
        const struct lexicon *own = &e->slots[slot];
        const struct lexicon *other = &e->slots[slot_twin((enum slot)slot)];
        e->twins[slot] = malloc((own->entries.n + 1) * sizeof *e->twins[slot]);
        if (e->twins[slot] == NULL) {
            return false;
        }
        for (uint32_t entry = 0; entry < own->entries.n; entry++) {
            e->twins[slot][entry] = lexicon_entry(other, lexicon_text(own, entry));
        }
    }
    return true;
}

bool is_second_twin(const struct edition *e, enum slot slot, uint32_t entry)
{
    bool is_given = slot == SLOT_NAME_GIVEN || slot == SLOT_KANA_GIVEN || slot == SLOT_OTHER_GIVEN;
    return is_given && e->twins[slot][entry] != VALUE_NONE;
}

uint64_t people_who_show(const struct edition *e, enum slot slot, uint32_t entry)
{
    struct ids own = e->slots[slot].people.sets[entry];
    uint32_t twin = slot < SLOT_EMPLOYER ? e->twins[slot][entry] : VALUE_NONE;
    if (twin == VALUE_NONE) {
        return own.n;
    }
    struct ids others = e->slots[slot_twin(slot)].people.sets[twin];
    return (uint64_t)own.n + others.n - ids_count_and(edition_universe(e), own, others);
}
