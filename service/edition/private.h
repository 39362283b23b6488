// What an edition is made of: shared by the files of edition/ that build and read it, and by nobody else.
#ifndef MEIBO_EDITION_PRIVATE_H
#define MEIBO_EDITION_PRIVATE_H

#include "edition/array.h"
#include "edition/category.h"
#include "edition/edition.h"
#include "edition/instants.h"
#include "edition/lexicon.h"
#include "register/place_names.h"

enum { IN_FORCE = 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED };

// The texts by which people are found.
enum slot {
    SLOT_NAME_FAMILY,
    SLOT_NAME_GIVEN,
    SLOT_KANA_FAMILY,
    SLOT_KANA_GIVEN,
    SLOT_OTHER_FAMILY,
    SLOT_OTHER_GIVEN,
    SLOT_EMPLOYER,
    SLOT_SPECIALTY,
    SLOT_SKILL,
    SLOT_QUALIFICATION,
    SLOT_COUNT,
};

struct person {
    number_t number;
    uint8_t status; // enum status, as of the edition's day
    bool has_email, name_public;
    uint32_t done_count; // completions, from done_at on
    uint32_t done_at;
    uint32_t json_length;
    uint64_t json_at; // in `json`: the object without its end (a tombstone whole)
};

struct done {
    uint16_t course;
    uint16_t day; // days since COMPLETION_DAY_FIRST
};

// Of the same place in `dones`. Apart from it, because conditions look at millions of days and courses and at none of
// these.
struct done_times {
    uint32_t reflected; // number in `instants`
    uint32_t reported;  // number in `instants`; 0: not reported
};

_Static_assert(COMPLETION_DAY_LAST - COMPLETION_DAY_FIRST == UINT16_MAX, "struct done holds every day of completion");

struct course_entry {
    struct str code; // these views are malloc'd, one by one
    enum course_kind kind;
    bool current;
    struct str operator_code;
    struct str json;     // the course's object
    struct str fragment; // a completion's members up to the opening quote of its day
    // The months in which it was completed, counted from the edition's first, and the value of the first in month_rows.
    uint32_t first_month, months, month_at;
};

struct operator_text {
    struct str code; // malloc'd, as in course_entry
    struct str json;
};

// The order of SORT_KANA: family name before given name, each by its sound form, then by its unified form.
struct kana_order {
    uint32_t *families; // entries in order; and each entry's place, from 1
    uint32_t *family_places;
    uint32_t *givens;
    uint32_t *given_places;
    uint64_t *keys; // distinct pairs of places (0: no such part), ascending
    uint32_t n;
    uint32_t *of_row; // index into `keys`, VALUE_NONE
    struct postings people;
};

// A place's names in the forms that words are compared with.
struct place_forms {
    int code;
    struct buf memory[5];
    struct forms kanji, stem, kana, kana_stem, english;
};

struct edition {
    struct edition_head head;
    ARRAY(struct person) people;
    ARRAY(struct done) dones;
    ARRAY(struct done_times) done_times;
    struct instants instants;
    char (*instant_texts)[INSTANT_TEXT];
    char (*day_texts)[DAY_TEXT];           // of every day of completion up to the last
    ARRAY(struct course_entry) courses;    // sorted by code
    ARRAY(struct operator_text) operators; // sorted by code
    struct buf json;
    struct lexicon slots[SLOT_COUNT];
    uint32_t *twins[SLOT_EMPLOYER]; // of each entry of a part of a name: the entry with its text in the other part
    struct category status, registered_on, expires_on;           // of everybody
    struct category home, employer_place, exam_passed, renewals; // of people in force, as all below
    struct category last_completed_on;
    struct kana_order kana;
    struct ids in_force, has_email, name_public;
    struct ids kinds[KIND_COUNT]; // people who completed a course of the kind
    uint8_t *kinds_of_row;        // bit 1 << enum course_kind
    uint64_t *bits;               // what those sets point into
    struct postings course_rows, course_dones;
    int32_t first_month; // of completion: the value 0 of
    struct postings month_dones;
    struct postings month_rows; // by course, then month: see struct course_entry
    struct place_forms places[PLACE_NAMES];
    struct room_pool *rooms;
    number_t last_number; // of the last row added; 0 before the first
    struct edition_counts counts;
};

struct edition_counts edition_count(const struct edition *edition);

static inline uint32_t edition_universe(const struct edition *edition)
{
    return (uint32_t)edition->people.n;
}

static inline bool person_in_force(const struct person *person)
{
    return (IN_FORCE >> person->status & 1) != 0;
}

day_t done_day(const struct done *done);
// The row of the person who holds a done.
uint32_t done_owner(const struct edition *edition, uint32_t done);
// The first row whose number is >= `number`; people.n: none.
uint32_t edition_lower_bound(const struct edition *edition, number_t number);

// The other part of a name's slot (family, given).
static inline enum slot slot_twin(enum slot slot)
{
    return (enum slot)((unsigned)slot ^ 1U);
}
// How many people show the text of an entry in the entry's field, in whichever part of a name.
uint64_t people_who_show(const struct edition *edition, enum slot slot, uint32_t entry);
// Whether the entry is the given name's whose text is a family name as well.
bool is_second_twin(const struct edition *edition, enum slot slot, uint32_t entry);

// Finishing an edition once all rows are in it (index.c). False: no memory.
bool index_build(struct edition *edition);
// Before the lexicons are finished.
bool twins_build(struct edition *edition);
bool kana_order_build(struct edition *edition);
void kana_order_free(struct kana_order *order);
bool place_forms_build(struct edition *edition);

// How a person is written (render.c).
void render_registrant(struct buf *out, const struct registrant *registrant, enum status status, day_t status_on);
void render_tombstone(struct buf *out, const struct registrant *registrant, enum status status, day_t status_on);
void render_course(struct buf *out, const struct course *course);
void render_fragment(struct buf *out, const struct course *course);
void render_operator(struct buf *out, const struct operator_entry *operator_entry);

#endif
