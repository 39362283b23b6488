// The four files an import can bring, as one table: their statements, and how a row goes into the staging table.
// Private to the import.
#ifndef MEIBO_PUBLISH_IMPORT_FILES_H
#define MEIBO_PUBLISH_IMPORT_FILES_H

#include "publish/import.h"

enum { IMPORT_CHECKS_MAX = 2 };

struct import_file {
    const char *cause; // in meibo.publication
    const struct statement *stage;
    const struct statement *copy;
    const struct statement *checks[IMPORT_CHECKS_MAX]; // lines that refer to what is not there; NULL: no more
    const struct statement *missing;                   // what the file may not leave out; NULL: nothing
    const struct statement *difference;
    const struct statement *current; // how many rows could end
    const struct statement *end;
    const struct statement *add;
    // Writes the columns of `copy`. May change the row: what is withheld is cleared before it is sent.
    enum err (*put)(struct conn *conn, struct str secret, uint64_t line, union reader_row *row);
};

const struct import_file *import_file_get(enum reader_kind kind);

#endif
