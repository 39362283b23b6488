// Writes the sample register's rows as lines of JSON. Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_ROWS_H
#define MEIBO_REGISTER_SAMPLE_ROWS_H

#include "base/buf.h"
#include "register/sample_completions.h"
#include "register/types.h"

// The texts are the sample tables' own and hold nothing that JSON would have to escape.
void sample_rows_write_registrant(struct buf *out, const struct registrant *row);
void sample_rows_write_completions(struct buf *out, number_t number, const struct sample_history *history);

#endif
