// An edition: the register as one publication shows it on one Japanese day, immutable, in memory. Built once by
// builder.h, read by any number of threads without a lock, replaced as a whole by gate.h. Knows no database.
//
// People are in order of number; a person's place in that order is the `row`. Completions are in order of number, then
// newest first, then course; the place in that order is the `done`. Both are what the posting lists hold.
#ifndef MEIBO_EDITION_EDITION_H
#define MEIBO_EDITION_EDITION_H

#include "base/buf.h"
#include "register/types.h"

struct edition;

struct edition_head {
    int64_t publication;    // 0: nothing was ever published
    instant_t published_at; // INSTANT_NONE when publication is 0
    day_t day;              // the Japanese day that states are as of
};

struct edition_counts {
    uint64_t people;      // known numbers, ended ones too
    uint64_t in_force;    // registered or suspended
    uint64_t nameless;    // of these, those who publish no name
    uint64_t completions; // of people in force
    uint64_t postings;    // entries in the posting lists of texts
    uint64_t bytes;       // memory held, estimated from what was allocated
};

#define ROW_NONE UINT32_MAX

const struct edition_head *edition_get_head(const struct edition *edition);
struct edition_counts edition_get_counts(const struct edition *edition);
void edition_free(struct edition **edition);

// The row of a number, ROW_NONE if it was never issued.
uint32_t edition_find(const struct edition *edition, number_t number);
number_t edition_number(const struct edition *edition, uint32_t row);
enum status edition_status(const struct edition *edition, uint32_t row);

// Index of a course by its code, -1 if there is none (courses that ended are found too).
int edition_find_course(const struct edition *edition, struct str code);
// Its code; borrowed.
struct str edition_course_code(const struct edition *edition, int course);
// Whether a current operator has this code.
bool edition_has_operator(const struct edition *edition, struct str code);

// Append JSON: a registrant object (a tombstone if the registration ended), a completion with its number, a course, ...
void edition_write_registrant(const struct edition *edition, uint32_t row, struct buf *out);
void edition_write_completion(const struct edition *edition, uint32_t done, struct buf *out);
// The object of a current course. False, and nothing written, when it has ended.
bool edition_write_course(const struct edition *edition, int course, struct buf *out);
// Arrays of all current courses or operators, ordered by code; return how many.
size_t edition_write_courses(const struct edition *edition, struct buf *out);
size_t edition_write_operators(const struct edition *edition, struct buf *out);

#endif
