// CSV by RFC 4180: records, which may run over several lines inside quotes, and their cells. Knows nothing of what the
// columns mean.
#ifndef MEIBO_REGISTER_READER_CSV_H
#define MEIBO_REGISTER_READER_CSV_H

#include "base/buf.h"
#include "register/reader_faults.h"
#include "register/reader_lines.h"

enum { READER_CELLS_MAX = 64 }; // kept of one record; the rest is only counted

struct reader_csv {
    struct buf record; // for a record of several lines
    struct str cells[READER_CELLS_MAX];
    size_t n; // cells in the record, kept or not
    size_t unescaped_n;
    char unescaped[READER_LINE_MAX]; // texts of quoted cells with "" in them
};

struct reader_csv_record {
    uint64_t line;    // where it begins
    struct str bytes; // without the line end; borrowed until the next call
    bool blank;       // an empty line, which can be no record of ours
};

// Caller's storage.
void reader_csv_init(struct reader_csv *csv);
void reader_csv_fini(struct reader_csv *csv);
// The next record, still in the file's encoding: in UTF-8 and in Shift_JIS no byte of a longer character is a quote, a
// comma or a line end. ERR_INVALID: too long or a quote without end; a fault is noted, and the next call goes on
// behind it. ERR_NOT_FOUND at the end; ERR_IO.
enum err reader_csv_next(struct reader_csv *csv, struct reader_lines *lines, struct reader_faults *faults,
                         struct reader_csv_record *record, struct fault *fault) MUST_CHECK;
// Cuts one record into csv->cells, borrowed from `text` and from csv. False: a fault is noted.
bool reader_csv_split(struct reader_csv *csv, struct reader_faults *faults, uint64_t line, struct str text) MUST_CHECK;

#endif
