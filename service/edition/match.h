// One word or text of a query against the whole register: who matches, and how well. The rules are query.h's.
#ifndef MEIBO_EDITION_MATCH_H
#define MEIBO_EDITION_MATCH_H

#include "edition/private.h"
#include "edition/query.h"

// A key orders matches: the rank, then the field. Lower is better.
enum { KEY_FIELD_BITS = 4, RANKS = TIER_COUNT * EXTENT_COUNT * 3, KEYS = RANKS << KEY_FIELD_BITS };

// The people whom a word matches with one key; among them may be some who match with a better key too.
struct level {
    uint16_t key;
    struct ids rows;
};

struct condition {
    struct level *levels; // ascending by key; in the room
    size_t n;
    struct ids all; // the union
};

// The field whose texts a slot holds.
enum match_field slot_field(enum slot slot);
// Opens `texts` over memory of the room, enough for the forms of a text of `n` bytes and of its pieces. False: no
// memory.
bool texts_open(struct buf *texts, struct room *room, size_t n);

// What is sought, and in which fields.
struct wanted {
    struct str text;         // as typed
    unsigned fields;         // bit 1 << enum match_field
    enum extent widest;      // no match wider than this
    const struct str *words; // of the query, and this one's place among them: for legal forms that stand apart
    size_t place;            // 0: no word stands before it
};

// False: no memory.
bool match_text(const struct edition *edition, struct room *room, const struct wanted *wanted,
                struct condition *condition);

static inline uint8_t key_rank(uint16_t key)
{
    return (uint8_t)(key >> KEY_FIELD_BITS);
}

static inline struct match key_match(uint16_t key)
{
    return (struct match){(enum match_field)(key & ((1 << KEY_FIELD_BITS) - 1)),
                          (enum tier)(key_rank(key) / (EXTENT_COUNT * 3))};
}

// --- for the files of the matcher --------------------------------------------

// People found by one entry, place or number.
struct source {
    uint16_t key;
    struct ids rows;
};

struct matcher {
    const struct edition *edition;
    struct room *room;
    const struct wanted *wanted;
    struct buf texts; // over the room's memory: it does not grow
    struct typed typed;
    struct source *sources;
    size_t source_count, source_capacity;
    uint64_t *pairs; // key << 32 | row: people found one by one
    size_t pair_count, pair_capacity;
};

// Whether the field is wanted.
bool matcher_wants(const struct matcher *m, enum match_field field);
void matcher_add(struct matcher *m, enum match_field field, struct found found, struct ids rows);
void matcher_add_row(struct matcher *m, enum match_field field, enum tier tier, enum extent extent, uint32_t row);
void matcher_add_found(struct matcher *m, enum match_field field, const struct lexicon *lexicon,
                       struct found_list list);
// Folds one of the query's texts into a new form in the matcher's memory; empty: no room.
struct str matcher_exact(struct matcher *m, struct str text);

void match_names(struct matcher *m);
void match_employer(struct matcher *m);
void match_places(struct matcher *m);
void match_number(struct matcher *m);

#endif
