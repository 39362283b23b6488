// One row between its file and its type. Both doors, NDJSON and CSV, fill the same record: for each field of the file's
// kind a cell with text, or a list of text. The rules then stand once, in a table of fields per kind, and do not know
// which door a row came through.
#ifndef MEIBO_REGISTER_READER_RECORD_H
#define MEIBO_REGISTER_READER_RECORD_H

#include "register/reader_faults.h"

enum {
    READER_FIELDS_MAX = 32, // in one kind of file
    READER_LISTS_MAX = 4,   // among them
};

// What NDJSON must bring; in CSV all is text.
enum reader_shape { SHAPE_TEXT, SHAPE_INTEGER, SHAPE_DECIMAL, SHAPE_LIST };

struct reader_record;
struct reader_cell;

struct reader_field {
    const char *name;
    enum reader_shape shape;
    bool required;
    bool in_profile; // in NDJSON a member of "profile"; in CSV a column like any other
    // Turns the cell into the value at `target`. False: a fault is noted.
    bool (*parse)(struct reader_record *record, const struct reader_field *field, void *target);
    size_t offset;  // of the target in its struct
    size_t longest; // characters, of text
};

enum reader_key { KEY_NONE, KEY_NUMBER, KEY_CODE };

// One kind of file. The key, if it must be unique, is the first field.
struct reader_table {
    const struct reader_field *fields;
    size_t n;
    enum reader_key key;
    void (*blank)(union reader_row *row); // sets every field to "absent"
    // The rules between fields, asked once each field is good. May be NULL.
    void (*judge)(struct reader_record *record, const union reader_row *row);
};

struct reader_cell {
    bool present; // given, be it good or broken
    bool broken;  // a fault is noted already
    struct str text;
    struct text_list list;
};

struct reader_record {
    const struct reader_table *table;
    struct reader_faults *faults;
    uint64_t line;
    bool nested; // from NDJSON: profile fields are named "profile.x" in faults
    struct reader_cell cells[READER_FIELDS_MAX];
    struct str items[READER_LISTS_MAX * LIST_LONGEST];
    size_t items_n;
};

void reader_record_begin(struct reader_record *record, uint64_t line);
struct reader_cell *reader_record_cell(struct reader_record *record, const struct reader_field *field);
// Notes a fault of this row in this field and marks its cell. Always false.
bool reader_record_fault(struct reader_record *record, const struct reader_field *field, const char *format, ...)
    PRINTF_LIKE(3, 4);
// Adds an entry to a list cell; false (a fault is noted) beyond LIST_LONGEST. One list is filled before the next
// begins.
bool reader_record_add_item(struct reader_record *record, const struct reader_field *field, struct str text);
// All fields and then the rules between them, into `row`. False: at least one fault is noted.
bool reader_record_parse(struct reader_record *record, union reader_row *row) MUST_CHECK;

// The field of that name for which `in_profile` is as given; NULL if there is none. `*hint` (from 0) is where to look
// first and is moved on: files keep their order of fields.
const struct reader_field *reader_table_find(const struct reader_table *table, struct str name, bool in_profile,
                                             size_t *hint);

// Whether it has profile fields at all.
bool reader_table_has_profile(const struct reader_table *table);

// The known name most like a mistaken one ("did you mean"): start with {.wanted = name}, offer every known name, and
// take `best`, which is NULL where none is near.
struct reader_nearest {
    struct str wanted;
    const char *best;
    size_t distance;
};
void reader_nearest_offer(struct reader_nearest *nearest, const char *known);
// Offers every field of the table that is, or is not, a profile field.
void reader_table_offer(const struct reader_table *table, bool in_profile, struct reader_nearest *nearest);

#endif
