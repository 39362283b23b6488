// Sets of ids (rows, or dones): a sorted list where there are few, a bit for each id of the universe where there are
// many. A list takes four bytes an id, a bit field an eighth of the universe: lists may be as long as a 32nd of it.
//
// Why not a library's compressed bitmaps: a million people are 125 kB of bits, which stay in the second-level cache,
// and AND with counting runs over two such sets in 7 µs; libroaring as Debian builds it (no vector instructions) took
// 28 to 72 µs for the same, and an allocation for each container.
#ifndef MEIBO_EDITION_IDS_H
#define MEIBO_EDITION_IDS_H

#include <stdint.h>

#include "edition/room.h"

// A view: of an edition's own set, or of one in a room. `n` ids; list or bits, not both; both NULL only if n == 0.
struct ids {
    uint32_t n;
    const uint32_t *list;
    const uint64_t *bits;
};

#define IDS_NONE ((struct ids){0, NULL, NULL})

// Words of a bit field over `universe` ids.
size_t ids_words(uint32_t universe);
// The longest list for a universe.
uint32_t ids_list_most(uint32_t universe);

bool ids_has(struct ids set, uint32_t id);
// The first id >= from; UINT32_MAX: none. `universe` as below.
uint32_t ids_next(struct ids set, uint32_t universe, uint32_t from);
// The last id < before; UINT32_MAX: none.
uint32_t ids_previous(struct ids set, uint32_t universe, uint32_t before);

// In the room, or one of the arguments. Without memory the room has failed and the set is empty.
struct ids ids_and(struct room *room, uint32_t universe, struct ids a, struct ids b);
struct ids ids_and_not(struct room *room, uint32_t universe, struct ids a, struct ids b);
struct ids ids_or(struct room *room, uint32_t universe, const struct ids *sets, size_t n);
// How many are in both.
uint32_t ids_count_and(uint32_t universe, struct ids a, struct ids b);
// Sorts `list` and drops repeats; returns how many are left. `spare` is as long as the list.
uint32_t ids_sort(uint32_t *list, uint32_t n, uint32_t *spare);

// Walks a set in order.
struct ids_walk {
    struct ids set;
    uint32_t at; // of the list; or the word
    uint32_t words;
    uint64_t word; // what is left of the word
};
struct ids_walk ids_walk(struct ids set, uint32_t universe);
// False at the end.
static inline bool ids_walk_next(struct ids_walk *walk, uint32_t *id)
{
    if (walk->set.list != NULL) {
        if (walk->at == walk->set.n) {
            return false;
        }
        *id = walk->set.list[walk->at++];
        return true;
    }
    while (walk->word == 0) {
        if (walk->at + 1 >= walk->words) {
            return false;
        }
        walk->word = walk->set.bits[++walk->at];
    }
    *id = walk->at * 64 + (uint32_t)__builtin_ctzll(walk->word);
    walk->word &= walk->word - 1;
    return true;
}

#endif
