// One connection to the record, as one role, used by one thread at a time. Statements are the files of sql/queries,
// embedded at build; values are always bound, never pasted in.
//
// Every call that fails says what kind of failure it was: ERR_UNAVAILABLE (connection lost or refused, server starting
// or stopping, statement timeout, lock timeout), ERR_UNCERTAIN (a commit was sent and the connection broke before its
// answer), ERR_CONFLICT (unique or serialization), ERR_INVALID (a check or a type), ERR_INTERNAL (anything else: a
// mistake of ours). After ERR_UNAVAILABLE or ERR_UNCERTAIN the connection is broken and only good for conn_close().
// The fault holds PostgreSQL's own words: for the log, never for an answer.
#ifndef MEIBO_STORE_CONN_H
#define MEIBO_STORE_CONN_H

#include "base/clock.h"
#include "base/err.h"
#include "base/settings.h"

enum store_role {
    STORE_ADMIN, // as the conninfo says: for migrations and for naming operators and tokens (then SET ROLE meibo_owner)
    STORE_PUBLISHER, // meibo_publisher: the one writer of public state
    STORE_INTAKE,    // meibo_intake: adds to the inbox
    STORE_READER,    // meibo_reader: reads what is public
};

struct conn;

// A file of sql/queries by its name without ".sql". Exists at build or the program does not link: see statements.h.
struct statement {
    const char *name;
    const char *sql;
};

// STORE_INTAKE and STORE_READER wait for a statement's answer a second longer than its timeout, then give up on the
// connection: a server that hangs keeps no timeout. (COPY and the other roles wait as long as it takes.)
//
// Connects with `settings->database` and the role's user. Sets an empty search_path, UTC, the statement timeout
// (0 for STORE_ADMIN and STORE_PUBLISHER) and synchronous_commit on.
enum err conn_open(const struct settings *settings, enum store_role role, struct conn **conn,
                   struct fault *fault) MUST_CHECK;
void conn_close(struct conn **conn);
#define CONN_AUTO __attribute__((cleanup(conn_close)))
// False once a call has found the connection broken.
bool conn_is_usable(const struct conn *conn);
// Whether it broke because no answer came in time: the server may be hanging.
bool conn_has_timed_out(const struct conn *conn);
// Asks the socket, without a round trip, whether the server has closed it meanwhile.
bool conn_is_alive(struct conn *conn);

// A bound value, in PostgreSQL's text form; text.p == NULL is null.
struct param {
    const char *text; // NUL-terminated, borrowed
};

// A finished result. Columns and rows count from 0.
struct rows;
void rows_free(struct rows **rows);
#define ROWS_AUTO __attribute__((cleanup(rows_free)))
size_t rows_count(const struct rows *rows);
// Rows affected by an insert, update or delete.
uint64_t rows_affected(const struct rows *rows);
// p == NULL for null. Borrowed until rows_free.
struct str rows_text(const struct rows *rows, size_t row, size_t column);
// `otherwise` for null. Days and instants are selected as numbers: see sql/queries.
int64_t rows_i64(const struct rows *rows, size_t row, size_t column, int64_t otherwise);
bool rows_bool(const struct rows *rows, size_t row, size_t column);

// Runs one statement. `params` may be NULL when n is 0; `rows` may be NULL when the result does not matter.
// Prepared on first use on this connection (by name) and kept.
enum err conn_run(struct conn *conn, const struct statement *statement, const struct param *params, size_t n,
                  struct rows **rows, struct fault *fault) MUST_CHECK;
// Runs a script of several statements without parameters, as one simple query (so: one transaction unless it says
// otherwise).
enum err conn_script(struct conn *conn, const char *sql, struct fault *fault) MUST_CHECK;

enum err conn_begin(struct conn *conn, struct fault *fault) MUST_CHECK;
// One consistent state for several reads: repeatable read, read only.
enum err conn_begin_snapshot(struct conn *conn, struct fault *fault) MUST_CHECK;
// ERR_UNCERTAIN when the connection broke before the answer came.
enum err conn_commit(struct conn *conn, struct fault *fault) MUST_CHECK;
// Never fails for the caller: a connection that cannot roll back is marked broken.
void conn_rollback(struct conn *conn);

// COPY … FROM STDIN in text form. Values are escaped here. Between begin and end only copy_* calls.
enum err copy_in_begin(struct conn *conn, const struct statement *statement, struct fault *fault) MUST_CHECK;
void copy_in_text(struct conn *conn, struct str value); // p == NULL: null
void copy_in_i64(struct conn *conn, int64_t value);
void copy_in_day(struct conn *conn, day_t day); // DAY_NONE: null
void copy_in_bytes(struct conn *conn, struct str value);
void copy_in_list(struct conn *conn, const struct str *items, size_t n); // text[]
// Ends the row; sends when enough has gathered.
enum err copy_in_row(struct conn *conn, struct fault *fault) MUST_CHECK;
enum err copy_in_end(struct conn *conn, struct fault *fault) MUST_CHECK;

// COPY (…) TO STDOUT (format binary): rows as they come, in constant memory.
enum err copy_out_begin(struct conn *conn, const struct statement *statement, struct fault *fault) MUST_CHECK;
// Reads the next row; ERR_NOT_FOUND at the end (then the copy is over). Fields are read in order:
enum err copy_out_row(struct conn *conn, struct fault *fault) MUST_CHECK;
struct str copy_out_text(struct conn *conn);                // p == NULL: null; borrowed until the next row
int64_t copy_out_i64(struct conn *conn, int64_t otherwise); // smallint, integer or bigint
day_t copy_out_day(struct conn *conn);                      // date
instant_t copy_out_instant(struct conn *conn);              // timestamptz
// text[]: fills up to `most` views and returns how many there are.
size_t copy_out_list(struct conn *conn, struct str *items, size_t most);

// LISTEN and wait: true when a notification came before the deadline. ERR_UNAVAILABLE when the connection broke.
enum err conn_listen(struct conn *conn, const char *channel, struct fault *fault) MUST_CHECK;
enum err conn_wait(struct conn *conn, int timeout_ms, int wake_fd, bool *notified, struct fault *fault) MUST_CHECK;

#endif
