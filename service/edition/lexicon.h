// A lexicon: the distinct texts of one slot of the register (all family names, all employers, ...), each with its forms
// and its people. A million people have some ten thousand family names: so the work of matching is done on texts, and
// people are only counted and united.
//
// What could match is looked up by the rarest pair of neighbouring characters (gram) of the piece sought, and then
// judged on the text itself.
#ifndef MEIBO_EDITION_LEXICON_H
#define MEIBO_EDITION_LEXICON_H

#include "edition/array.h"
#include "edition/forms.h"
#include "edition/postings.h"
#include "edition/query.h"

struct piece {
    uint32_t at;
    uint16_t n;
};

struct entry {
    uint32_t text_at; // in `texts`: as the register has it
    uint16_t text_n;
    bool has[FORM_COUNT];
    uint32_t kinds;
    struct piece forms[FORM_COUNT];
};

struct gram_slot {
    uint64_t key; // 0: free
    uint32_t gram;
};

struct lexicon {
    enum text_kind kind;
    bool many; // a person may have several texts
    ARRAY(struct entry) entries;
    struct buf texts;
    uint32_t *table; // open addressing by text: entry + 1
    size_t table_size;
    struct gram_slot *grams; // open addressing by key
    size_t grams_size;
    uint32_t gram_count;
    struct postings gram_entries; // entries of each gram
    ARRAY(struct pair) gram_pairs;
    ARRAY(struct pair) pairs; // while it is built: entry and row
    uint32_t *of_row;         // entry of each row, VALUE_NONE; not if `many`
    uint32_t *row_starts;     // if `many`: where the row's entries begin in `row_entries`, one more at the end
    uint32_t *row_entries;
    struct postings people; // rows of each entry
    // If `many`: entries that are one in form unified are one term.
    uint32_t *term_of;     // of each entry
    uint32_t *term_entry;  // of each term the entry that most people have
    uint32_t *term_people; // of each term
    uint32_t terms;
    uint32_t *by_romaji; // entries that have that form, in order of it
    uint32_t romaji_count;
    uint32_t longest; // characters of the longest text, for names
};

void lexicon_init(struct lexicon *lexicon, enum text_kind kind, bool many);
void lexicon_free(struct lexicon *lexicon);
// A row's text, not empty; rows ascend. False: no memory. What folds to nothing is left out.
bool lexicon_add(struct lexicon *lexicon, uint32_t row, struct str text);
// The entry of a text, VALUE_NONE if there is none; until the lexicon is finished.
uint32_t lexicon_entry(const struct lexicon *lexicon, struct str text);
bool lexicon_finish(struct lexicon *lexicon, uint32_t rows);
uint64_t lexicon_bytes(const struct lexicon *lexicon);
uint64_t lexicon_postings(const struct lexicon *lexicon);

static inline struct str lexicon_text(const struct lexicon *lexicon, uint32_t entry)
{
    const struct entry *e = &lexicon->entries.p[entry];
    return (struct str){lexicon->texts.p + e->text_at, e->text_n};
}

// p == NULL: it has no such form.
static inline struct str lexicon_form(const struct lexicon *lexicon, uint32_t entry, enum form form)
{
    const struct entry *e = &lexicon->entries.p[entry];
    return e->has[form] ? (struct str){lexicon->texts.p + e->forms[form].at, e->forms[form].n} : (struct str){NULL, 0};
}

// The entries of a row; returns how many.
size_t lexicon_of_row(const struct lexicon *lexicon, uint32_t row, const uint32_t **entries);

// The terms (term.c): made once the postings are there. False: no memory.
bool lexicon_make_terms(struct lexicon *lexicon);
// Counts a row's terms, each once.
void lexicon_count_terms(const struct lexicon *lexicon, uint32_t row, uint32_t *counts);

// Where a piece must stand in a text.
enum side { SIDE_ANY, SIDE_START, SIDE_END };

// How an entry matches.
struct found {
    uint32_t entry;
    uint8_t tier;
    uint8_t extent; // SIDE_END: EXTENT_WHOLE or EXTENT_HOLDS
};

struct found_list {
    struct found *p; // in the room
    size_t n;
};

// The entries that match what is typed in a form from exact to confused, or loose, but for romaji and cores: each once,
// in its narrowest tier that has a place no wider than `widest`. Without memory the room has failed.
struct found_list lexicon_find(const struct lexicon *lexicon, const struct typed *typed, enum side side,
                               enum extent widest, struct room *room);
// The entries whose romaji begins with what is typed, or with `whole` equals it (SIDE_END of a cut).
struct found_list lexicon_find_romaji(const struct lexicon *lexicon, const struct typed *typed, bool whole,
                                      struct room *room);
// The entries whose core holds the core, at a place no wider than `widest`, and that share one of `kinds` (LEGAL_ANY:
// any).
struct found_list lexicon_find_core(const struct lexicon *lexicon, const struct core_forms *core, uint32_t kinds,
                                    enum extent widest, struct room *room);
// The people of the entries that are `unified` in that form.
struct ids lexicon_equal(const struct lexicon *lexicon, struct str unified, struct room *room);
// The entries of one of these kinds: EXTENT_BEGINS, since what is typed may come to stand before any of them.
struct found_list lexicon_find_kinds(const struct lexicon *lexicon, uint32_t kinds, struct room *room);

#endif
