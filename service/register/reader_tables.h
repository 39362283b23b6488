// The four kinds of file, each as its table of fields and the rules between them. To add a field: add its row.
#ifndef MEIBO_REGISTER_READER_TABLES_H
#define MEIBO_REGISTER_READER_TABLES_H

#include "register/reader_record.h"

extern const struct reader_table reader_table_register;
extern const struct reader_table reader_table_courses;
extern const struct reader_table reader_table_operators;
extern const struct reader_table reader_table_completions;

#endif
