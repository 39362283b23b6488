// What an edition is made of: shared by the files of edition/ that build and read it, and by nobody else.
#ifndef MEIBO_EDITION_PRIVATE_H
#define MEIBO_EDITION_PRIVATE_H

#include "edition/edition.h"
#include "edition/grams.h"

// A growing array of one type; `p` is NULL until the first element.
#define ARRAY(type)                                                                                                    \
    struct {                                                                                                           \
        type *p;                                                                                                       \
        size_t n, capacity;                                                                                            \
    }
// The array with room for one more element: moved or as it was; NULL (and as it was) when there is no memory.
void *array_room(void *p, size_t n, size_t *capacity, size_t element);
// One more element at the end, uninitialised; false: no memory.
#define ARRAY_GROW(array)                                                                                              \
    ({                                                                                                                 \
        void *room_ = array_room((array)->p, (array)->n, &(array)->capacity, sizeof(array)->p[0]);                     \
        if (room_ != NULL) {                                                                                           \
            (array)->p = room_;                                                                                        \
            (array)->n++;                                                                                              \
        }                                                                                                              \
        room_ != NULL;                                                                                                 \
    })

struct person {
    number_t number;
    uint8_t status; // enum status, as of the edition's day
    uint8_t reserved;
    uint16_t done_count; // completions, from done_at on
    uint32_t done_at;
    uint32_t json_length;
    uint64_t json_at;   // in `json`: the object without its end (a tombstone whole)
    uint64_t folded_at; // in `folded`: the fields' folded texts one after the other
    uint16_t folded_length[FIELD_COUNT];
};

struct done {
    uint16_t course;
    uint16_t day;       // days since COMPLETION_DAY_FIRST
    uint32_t reflected; // index into `instants`
    uint32_t reported;  // index into `instants`; 0: not reported
};

_Static_assert(COMPLETION_DAY_LAST - COMPLETION_DAY_FIRST == UINT16_MAX, "struct done holds every day of completion");

struct course_entry {
    struct str code; // these views are malloc'd, one by one
    enum course_kind kind;
    bool current;
    struct str operator_code;
    struct str json;     // the course's object
    struct str fragment; // a completion's members up to the opening quote of its day
    roaring_bitmap_t *rows;
    roaring_bitmap_t *dones;
};

// Rows (or dones) by a day or a month: sorted by value.
struct dated {
    int32_t value;
    roaring_bitmap_t *rows;
};
struct dated_index {
    ARRAY(struct dated) entries;
};

struct operator_text {
    struct str code; // malloc'd, as in course_entry
    struct str json;
};

enum { PLACES = 100 };

struct edition {
    struct edition_head head;
    ARRAY(struct person) people;
    ARRAY(struct done) dones;
    ARRAY(instant_t) instants;
    ARRAY(struct course_entry) courses;    // sorted by code
    ARRAY(struct operator_text) operators; // sorted by code
    struct buf json;
    struct buf folded;
    struct grams *grams;
    roaring_bitmap_t *by_status[STATUS_COUNT];
    roaring_bitmap_t *by_home[PLACES];
    roaring_bitmap_t *by_employer_place[PLACES];
    struct dated_index registered_on;
    struct dated_index expires_on;
    struct dated_index row_months;  // rows by month of completion
    struct dated_index done_months; // dones by month of completion
    number_t last_number;           // of the last row added; 0 before the first
    uint64_t in_force;
    struct edition_counts counts; // of the finished edition
};

struct edition_counts edition_count(const struct edition *edition);

day_t done_day(const struct done *done);
// The person who holds a done.
const struct person *done_owner(const struct edition *edition, uint32_t done);
struct str person_field(const struct edition *edition, const struct person *person, enum field field);
// Adds `id` under `value`; false: no memory.
bool dated_add(struct dated_index *index, int32_t value, uint32_t id) MUST_CHECK;
void dated_free(struct dated_index *index);
// All ids whose value is in from..to, new, the caller's; NULL: no memory.
roaring_bitmap_t *dated_between(const struct dated_index *index, int32_t from, int32_t to);

// How a person is written (render.c).
void render_registrant(struct buf *out, const struct registrant *registrant, enum status status, day_t status_on);
void render_tombstone(struct buf *out, const struct registrant *registrant, enum status status, day_t status_on);
void render_course(struct buf *out, const struct course *course);
void render_fragment(struct buf *out, const struct course *course);
void render_operator(struct buf *out, const struct operator_entry *operator_entry);

#endif
