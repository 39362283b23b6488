// Queries: typed conditions in, the exact total and one page out.
//
// A query is answered by intersecting posting lists; only text of three characters and more, and completion conditions
// that name a course and a day together, are verified row by row, on what the lists left.
#ifndef MEIBO_EDITION_QUERY_H
#define MEIBO_EDITION_QUERY_H

#include "base/err.h"
#include "edition/edition.h"

enum {
    QUERY_NUMBERS_MOST = 100,
    QUERY_WORDS_MOST = 10,
    QUERY_COURSES_MOST = 100,
    QUERY_LIMIT_MOST = 1000,
};

// Inclusive; DAY_NONE: open on that side.
struct day_range {
    day_t from, to;
};

// Conditions on a completion. A person is found by one completion that fulfils them all.
struct done_condition {
    bool by_course; // `courses` counts (a kind and a course without a course in common leave it empty)
    size_t course_count;
    uint16_t courses[QUERY_COURSES_MOST * 2]; // indices of edition_find_course
    unsigned kinds;                           // bit 1 << enum course_kind; 0: any
    struct day_range completed;
    const struct str *operators; // codes; any of them
    size_t operator_count;       // 0: any
};

// One word of a free search: it must stand in the name, kana, other name or employer, or be the number.
struct query_word {
    struct str folded; // at least one character
    number_t number;   // 0: not a number
};

struct query {
    number_t numbers[QUERY_NUMBERS_MOST];
    size_t number_count; // 0: any
    struct query_word words[QUERY_WORDS_MOST];
    size_t word_count;
    struct str name, kana, employer; // folded; p == NULL: any
    uint64_t homes[2];               // bit set of place codes; both 0: any
    uint64_t employer_places[2];
    unsigned statuses; // bit 1 << enum status; not 0
    struct done_condition done;
    struct day_range registered, expires;
    number_t after; // only numbers above; 0: from the beginning
    uint32_t limit; // 1..QUERY_LIMIT_MOST
};

struct done_query {
    number_t numbers[QUERY_NUMBERS_MOST];
    size_t number_count;
    struct done_condition done;
    uint32_t from;  // first place among the dones that may be on the page: see done_after
    uint32_t limit; // 1..QUERY_LIMIT_MOST
};

struct page {
    uint64_t total;
    uint32_t ids[QUERY_LIMIT_MOST]; // rows, or dones
    uint32_t count;
    bool more; // something follows
};

// ERR_MEMORY.
enum err query_people(const struct edition *edition, const struct query *query, struct page *page) MUST_CHECK;
enum err query_dones(const struct edition *edition, const struct done_query *query, struct page *page) MUST_CHECK;

// The first place behind a completion (which this edition need not have any more), for a cursor.
uint32_t done_after(const struct edition *edition, number_t number, day_t completed_on, struct str course);
// What identifies a done. `course` is borrowed from the edition.
void done_identify(const struct edition *edition, uint32_t done, number_t *number, day_t *completed_on,
                   struct str *course);

#endif
