// The CSV door: a header names the columns, and each record's cells go to the fields of those names.
#ifndef MEIBO_REGISTER_READER_COLUMNS_H
#define MEIBO_REGISTER_READER_COLUMNS_H

#include "register/reader_csv.h"
#include "register/reader_record.h"

struct reader_columns {
    const struct reader_field *fields[READER_FIELDS_MAX]; // of each column
    size_t n;
};

// Takes the header from csv->cells: every column known, none twice, the required ones there. False: faults are noted.
bool reader_columns_take(struct reader_columns *columns, const struct reader_table *table, const struct reader_csv *csv,
                         struct reader_faults *faults, uint64_t line) MUST_CHECK;
// Fills the record (begun by the caller) from csv->cells. An empty cell is an absent field. Faults are noted.
// False: the cells do not match the columns, so that the record means nothing.
bool reader_columns_fill(const struct reader_columns *columns, const struct reader_csv *csv,
                         struct reader_record *record) MUST_CHECK;

#endif
