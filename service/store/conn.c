// One connection to PostgreSQL: opening, statements, transactions, notifications. Copying is in copy.c.
#include "store/conn.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/conn_private.h"

static const char *const role_users[] = {
    [STORE_ADMIN] = NULL,
    [STORE_PUBLISHER] = "meibo_publisher",
    [STORE_INTAKE] = "meibo_intake",
    [STORE_READER] = "meibo_reader",
};

// SQLSTATE to err, longest prefix first. Source: PostgreSQL 15, appendix A.
static const struct {
    const char *prefix;
    enum err err;
} sqlstates[] = {
    {"57014", ERR_UNAVAILABLE}, // query_canceled: the statement timeout
    {"55P03", ERR_UNAVAILABLE}, // lock_not_available
    {"25006", ERR_UNAVAILABLE}, // read_only_sql_transaction: a standby
    {"40", ERR_CONFLICT},       // serialization failure, deadlock
    {"23505", ERR_CONFLICT},    // unique_violation
    {"22", ERR_INVALID},        // data exception
    {"23", ERR_INVALID},        // integrity constraint
    {"08", ERR_UNAVAILABLE},    // connection exception
    {"53", ERR_UNAVAILABLE},    // insufficient resources
    {"57", ERR_UNAVAILABLE},    // operator intervention: shutting down, starting up
};

static enum err classify(const char *sqlstate)
{
    for (size_t i = 0; sqlstate != NULL && i < sizeof sqlstates / sizeof sqlstates[0]; i++) {
        if (strncmp(sqlstate, sqlstates[i].prefix, strlen(sqlstates[i].prefix)) == 0) {
            return sqlstates[i].err;
        }
    }
    return ERR_INTERNAL;
}

// PostgreSQL's message on one line.
static enum err set_fault(struct fault *fault, enum err err, const char *what, const char *message)
{
    (void)err_set(fault, err, "%s: %s", what, message == NULL || *message == '\0' ? "no answer" : message);
    if (fault != NULL) {
        size_t end = strlen(fault->text);
        while (end > 0 && fault->text[end - 1] == '\n') {
            fault->text[--end] = '\0';
        }
        for (size_t i = 0; i < end; i++) {
            fault->text[i] = fault->text[i] == '\n' ? ' ' : fault->text[i];
        }
    }
    return err;
}

enum err conn_lost(struct conn *conn, const char *what, struct fault *fault)
{
    conn->broken = true;
    return set_fault(fault, ERR_UNAVAILABLE, what, conn->timed_out ? "no answer in time" : PQerrorMessage(conn->pg));
}

enum err conn_check(struct conn *conn, const char *what, PGresult *result, ExecStatusType wanted, struct fault *fault)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == wanted || (wanted == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK)) {
        return ERR_OK;
    }
    if (result == NULL || conn->timed_out || PQstatus(conn->pg) != CONNECTION_OK) {
        return conn_lost(conn, what, fault);
    }
    enum err err = classify(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    conn->broken = conn->broken || err == ERR_UNAVAILABLE;
    return set_fault(fault, err, what, PQresultErrorMessage(result));
}

static void result_clear(PGresult **result)
{
    PQclear(*result);
    *result = NULL;
}
#define RESULT_AUTO __attribute__((cleanup(result_clear)))

// Waits until the whole answer is here; false: the deadline passed or the connection broke. A server that hangs keeps
// no statement timeout, so requests need a limit of their own.
static bool wait_for_answer(struct conn *conn)
{
    uint64_t deadline_ns = clock_monotonic_ns() + (uint64_t)conn->deadline_ms * 1000000U;
    struct pollfd fd = {.fd = PQsocket(conn->pg), .events = POLLIN};
    while (PQisBusy(conn->pg)) {
        uint64_t now_ns = clock_monotonic_ns();
        conn->timed_out = conn->deadline_ms > 0 && now_ns >= deadline_ns;
        if (conn->timed_out) {
            return false;
        }
        (void)poll(&fd, 1, conn->deadline_ms > 0 ? (int)((deadline_ns - now_ns) / 1000000U) + 1 : -1);
        if (PQconsumeInput(conn->pg) == 0) {
            return false;
        }
    }
    return true;
}

// The last result of what was sent (as PQexec gives it); NULL: not sent, or no answer in time.
static PGresult *receive(struct conn *conn, int sent)
{
    PGresult *last = NULL;
    while (sent == 1 && wait_for_answer(conn)) {
        PGresult *next = PQgetResult(conn->pg);
        if (next == NULL) {
            return last;
        }
        PQclear(last);
        last = next;
        if (PQresultStatus(last) == PGRES_FATAL_ERROR && PQstatus(conn->pg) != CONNECTION_OK) {
            return last;
        }
    }
    PQclear(last);
    return NULL;
}

enum err conn_script(struct conn *conn, const char *sql, struct fault *fault)
{
    RESULT_AUTO PGresult *result = receive(conn, PQsendQuery(conn->pg, sql));
    return conn_check(conn, "script", result, PGRES_COMMAND_OK, fault);
}

static enum err set_session(struct conn *conn, const struct settings *settings, enum store_role role,
                            struct fault *fault)
{
    char script[320];
    bool bounded = role == STORE_INTAKE || role == STORE_READER;
    // The intake's statements have one good plan each; planning them anew costs more than running them.
    const char *plans = role == STORE_INTAKE ? "; set plan_cache_mode = force_generic_plan" : "";
    conn->deadline_ms = bounded ? settings->statement_timeout_ms + DEADLINE_AFTER_MS : 0;
    (void)snprintf(script, sizeof script,
                   "set search_path = ''; set timezone = 'UTC'; set synchronous_commit = on;"
                   "set statement_timeout = %lld; set client_min_messages = warning%s",
                   bounded ? (long long)settings->statement_timeout_ms : 0LL, plans);
    return conn_script(conn, script, fault);
}

// A notice is no error and nobody at a terminal reads it here.
static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

enum err conn_open(const struct settings *settings, enum store_role role, struct conn **conn, struct fault *fault)
{
    const char *user = role_users[role];
    // A later keyword wins over what the conninfo in "dbname" says.
    const char *const keywords[] = {"connect_timeout",
                                    "tcp_user_timeout",
                                    "keepalives_idle",
                                    "keepalives_interval",
                                    "keepalives_count",
                                    "fallback_application_name",
                                    "dbname",
                                    "client_encoding",
                                    user == NULL ? NULL : "user",
                                    NULL};
    const char *const values[] = {"3", "15000", "5", "5", "3", "meibo", settings->database, "UTF8", user, NULL};
    CONN_AUTO struct conn *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a connection");
    }
    buf_init(&made->copy, COPY_BUFFER_LONGEST);
    buf_init(&made->scratch, COPY_BUFFER_LONGEST);
    made->pg = PQconnectdbParams(keywords, values, 1);
    if (made->pg == NULL || PQstatus(made->pg) != CONNECTION_OK) {
        return conn_lost(made, "connect", fault);
    }
    (void)PQsetNoticeReceiver(made->pg, ignore_notice, NULL);
    // Without the detail, which may hold a row's values: faults go to logs.
    (void)PQsetErrorVerbosity(made->pg, PQERRORS_TERSE);
    enum err err = set_session(made, settings, role, fault);
    if (err != ERR_OK) {
        return err;
    }
    *conn = made;
    made = NULL;
    return ERR_OK;
}

void conn_close(struct conn **conn)
{
    if (*conn == NULL) {
        return;
    }
    PQfreemem((*conn)->received);
    PQfinish((*conn)->pg);
    buf_fini(&(*conn)->copy);
    buf_fini(&(*conn)->scratch);
    free(*conn);
    *conn = NULL;
}

bool conn_has_timed_out(const struct conn *conn)
{
    return conn->timed_out;
}

bool conn_is_usable(const struct conn *conn)
{
    return !conn->broken && PQtransactionStatus(conn->pg) == PQTRANS_IDLE;
}

// The server's farewell is read before the end behind it is seen, so this reads until nothing is there.
bool conn_is_alive(struct conn *conn)
{
    struct pollfd fd = {.fd = PQsocket(conn->pg), .events = POLLIN};
    while (!conn->broken && poll(&fd, 1, 0) > 0) {
        conn->broken = PQconsumeInput(conn->pg) == 0;
    }
    conn->broken = conn->broken || PQstatus(conn->pg) != CONNECTION_OK;
    return !conn->broken;
}

static bool is_prepared(const struct conn *conn, const struct statement *statement)
{
    for (size_t i = 0; i < conn->prepared_count; i++) {
        if (conn->prepared[i] == statement) {
            return true;
        }
    }
    return false;
}

// Beyond PREPARED_MAX statements a connection still works: the rest is sent unprepared.
static enum err prepare(struct conn *conn, const struct statement *statement, bool *prepared, struct fault *fault)
{
    *prepared = is_prepared(conn, statement);
    if (*prepared || conn->prepared_count == PREPARED_MAX) {
        return ERR_OK;
    }
    RESULT_AUTO PGresult *result = receive(conn, PQsendPrepare(conn->pg, statement->name, statement->sql, 0, NULL));
    enum err err = conn_check(conn, statement->name, result, PGRES_COMMAND_OK, fault);
    if (err == ERR_OK) {
        conn->prepared[conn->prepared_count++] = statement;
        *prepared = true;
    }
    return err;
}

static enum err keep_rows(PGresult **result, struct rows **rows, struct fault *fault)
{
    if (rows == NULL) {
        return ERR_OK;
    }
    *rows = calloc(1, sizeof **rows);
    if (*rows == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a result");
    }
    (*rows)->result = *result;
    *result = NULL;
    return ERR_OK;
}

enum err conn_run(struct conn *conn, const struct statement *statement, const struct param *params, size_t n,
                  struct rows **rows, struct fault *fault)
{
    const char *values[PARAMS_MAX];
    bool prepared = false;
    if (n > PARAMS_MAX) {
        return err_set(fault, ERR_INTERNAL, "%s: more than %d parameters", statement->name, PARAMS_MAX);
    }
    for (size_t i = 0; i < n; i++) {
        values[i] = params[i].text;
    }
    enum err err = prepare(conn, statement, &prepared, fault);
    if (err != ERR_OK) {
        return err;
    }
    int sent = prepared ? PQsendQueryPrepared(conn->pg, statement->name, (int)n, values, NULL, NULL, 0)
                        : PQsendQueryParams(conn->pg, statement->sql, (int)n, NULL, values, NULL, NULL, 0);
    RESULT_AUTO PGresult *result = receive(conn, sent);
    err = conn_check(conn, statement->name, result, PGRES_COMMAND_OK, fault);
    return err == ERR_OK ? keep_rows(&result, rows, fault) : err;
}

enum err conn_begin(struct conn *conn, struct fault *fault)
{
    return conn_script(conn, "begin", fault);
}

enum err conn_begin_snapshot(struct conn *conn, struct fault *fault)
{
    // The statement timeout is meant for requests; reading a whole register may take longer.
    return conn_script(conn, "begin isolation level repeatable read read only; set local statement_timeout = 0", fault);
}

enum err conn_commit(struct conn *conn, struct fault *fault)
{
    RESULT_AUTO PGresult *result = receive(conn, PQsendQuery(conn->pg, "commit"));
    enum err err = conn_check(conn, "commit", result, PGRES_COMMAND_OK, fault);
    if (err == ERR_UNAVAILABLE) {
        return ERR_UNCERTAIN;
    }
    // In a failed transaction COMMIT succeeds and says it rolled back.
    if (err == ERR_OK && strcmp(PQcmdStatus(result), "ROLLBACK") == 0) {
        return err_set(fault, ERR_INTERNAL, "commit of a failed transaction");
    }
    return err;
}

void conn_rollback(struct conn *conn)
{
    if (conn->broken || PQtransactionStatus(conn->pg) == PQTRANS_IDLE) {
        return;
    }
    RESULT_AUTO PGresult *result = receive(conn, PQsendQuery(conn->pg, "rollback"));
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        conn->broken = true;
    }
}

enum err conn_listen(struct conn *conn, const char *channel, struct fault *fault)
{
    char script[128];
    (void)snprintf(script, sizeof script, "listen %s", channel);
    return conn_script(conn, script, fault);
}

static bool take_notifications(struct conn *conn)
{
    bool any = false;
    for (PGnotify *notify = PQnotifies(conn->pg); notify != NULL; notify = PQnotifies(conn->pg)) {
        any = true;
        PQfreemem(notify);
    }
    return any;
}

enum err conn_wait(struct conn *conn, int timeout_ms, int wake_fd, bool *notified, struct fault *fault)
{
    *notified = take_notifications(conn);
    if (*notified) {
        return ERR_OK;
    }
    struct pollfd fds[] = {{.fd = PQsocket(conn->pg), .events = POLLIN}, {.fd = wake_fd, .events = POLLIN}};
    (void)poll(fds, wake_fd < 0 ? 1 : 2, timeout_ms);
    if (PQconsumeInput(conn->pg) == 0 || PQstatus(conn->pg) != CONNECTION_OK) {
        return conn_lost(conn, "wait", fault);
    }
    *notified = take_notifications(conn);
    return ERR_OK;
}
