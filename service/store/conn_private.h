// What conn.c, copy.c and rows.c share behind conn.h.
#ifndef MEIBO_STORE_CONN_PRIVATE_H
#define MEIBO_STORE_CONN_PRIVATE_H

#include <libpq-fe.h>

#include "base/buf.h"
#include "store/conn.h"

enum {
    PREPARED_MAX = 64,
    PARAMS_MAX = 24,
    COPY_SEND_AT = 256 * 1024,
    COPY_BUFFER_LONGEST = 4 * 1024 * 1024,
    DEADLINE_AFTER_MS = 1000, // behind the server's own statement timeout
};

struct conn {
    PGconn *pg;
    bool broken;         // only good for closing
    bool timed_out;      // broken because no answer came in time
    int64_t deadline_ms; // for a statement's answer; 0: none
    const struct statement *prepared[PREPARED_MAX];
    size_t prepared_count;
    struct buf copy;    // COPY IN: rows not sent yet
    struct buf scratch; // one array literal in the making
    bool row_begun;     // COPY IN: a column of this row is written
    bool copy_out_header_read;
    char *received; // COPY OUT: the row being read (PQfreemem)
    struct str row; // what of it is not read yet
};

struct rows {
    PGresult *result;
};

// Marks the connection broken and says so in libpq's words.
enum err conn_lost(struct conn *conn, const char *what, struct fault *fault);
// ERR_OK if the result has the wanted status (or rows where a command was wanted).
enum err conn_check(struct conn *conn, const char *what, PGresult *result, ExecStatusType wanted, struct fault *fault);

#endif
