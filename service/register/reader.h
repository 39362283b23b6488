// Reads a register, course, operator or completion file line by line: NDJSON (first non-blank byte is '{') or CSV with
// the same column names, UTF-8 (with or without BOM) or Shift_JIS (Windows-31J). Strict: an unknown, repeated or
// missing field, a wrong type, a day that does not exist, a status that contradicts its dates, a number twice in the
// file - each is reported with its line. Reading goes on after a broken line so that one run reports all of them, up to
// READER_FAULTS_MAX; but no caller may apply anything of a file that had one.
//
// Rows are handed out one at a time and live until the next call. What a registrant did not make public is still in the
// row (the name is needed for its keyed digest): registrant_drop_withheld() clears it.
#ifndef MEIBO_REGISTER_READER_H
#define MEIBO_REGISTER_READER_H

#include "base/err.h"
#include "register/types.h"

enum {
    READER_FAULTS_MAX = 100,
    READER_LINE_MAX = 65536, // bytes in one line (in CSV: one record), after decoding
};

enum reader_kind { READER_REGISTER, READER_COURSES, READER_OPERATORS, READER_COMPLETIONS };
enum reader_encoding { READER_UTF8, READER_SHIFT_JIS };

// One broken place. `line` counts from 1; in CSV the header is line 1 and a record has the line it begins on.
struct reader_fault {
    uint64_t line;
    char field[32];   // "" where the whole line is at fault
    char reason[256]; // what is wrong and what would be right
};

union reader_row {
    struct registrant registrant;
    struct course course;
    struct operator_entry operator_entry;
    struct completion completion;
};

struct reader; // one open file; one thread at a time

// Opens `path` ("-" is standard input). ERR_IO: cannot be read; ERR_UNAVAILABLE: this system cannot convert Shift_JIS.
enum err reader_open(const char *path, enum reader_kind kind, enum reader_encoding encoding, struct reader **reader,
                     struct fault *fault) MUST_CHECK;
void reader_close(struct reader **reader);

// The next good row. ERR_NOT_FOUND at the end of the file (not a fault); ERR_IO; ERR_LIMIT when READER_FAULTS_MAX
// broken places are noted (reading stops there). Broken lines are noted and skipped. `line` gets the row's line number.
enum err reader_next(struct reader *reader, union reader_row *row, uint64_t *line, struct fault *fault) MUST_CHECK;

// The broken places so far, in order of line; borrowed. `*count` gets how many.
const struct reader_fault *reader_faults(const struct reader *reader, size_t *count);
// Adds one that the caller found (a reference to something unknown, say). Ignored beyond READER_FAULTS_MAX.
void reader_add_fault(struct reader *reader, uint64_t line, const char *field, const char *format, ...)
    PRINTF_LIKE(4, 5);

// Clears every optional item that `public_fields` does not name (text absent, places PLACE_NONE, months MONTH_NONE).
void registrant_drop_withheld(struct registrant *registrant);

#endif
