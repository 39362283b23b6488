// Import, step by step, in one transaction: see import.h.
#include "publish/import.h"

#include "publish/import_files.h"
#include "publish/publication.h"
#include "store/statements.h"

#include <stdio.h>

#define READER_AUTO __attribute__((cleanup(reader_close)))

// One import while it runs.
struct import {
    struct conn *conn;
    const struct import_plan *plan;
    const struct import_file *file;
    struct reader *reader;
    struct import_result *result;
    int64_t number; // the publication that this becomes if there is a difference
};

static enum err run(struct import *import, const struct statement *statement, struct fault *fault)
{
    return conn_run(import->conn, statement, NULL, 0, NULL, fault);
}

static enum err run_numbered(struct import *import, const struct statement *statement, struct fault *fault)
{
    char text[21];
    struct param param = {text};
    (void)snprintf(text, sizeof text, "%lld", (long long)import->number);
    return conn_run(import->conn, statement, &param, 1, NULL, fault);
}

static enum err prepare(struct import *import, struct fault *fault)
{
    enum err err = run(import, &statement_import_settings, fault);
    return err == ERR_OK ? run(import, import->file->stage, fault) : err;
}

// Sends the good rows until the file ends or has too many faults; then both are ERR_OK.
static enum err send_rows(struct import *import, struct fault *fault)
{
    for (;;) {
        union reader_row row;
        uint64_t line;
        enum err err = reader_next(import->reader, &row, &line, fault);
        if (err == ERR_NOT_FOUND || err == ERR_LIMIT) {
            return ERR_OK;
        }
        if (err != ERR_OK) {
            return err;
        }
        if (import->file->put(import->conn, import->plan->secret, line, &row) != ERR_OK) {
            return err_set(fault, ERR_MEMORY, "no memory for line %llu", (unsigned long long)line);
        }
        err = copy_in_row(import->conn, fault);
        if (err != ERR_OK) {
            return err;
        }
        import->result->rows++;
    }
}

static enum err gather(struct import *import, struct fault *fault)
{
    enum err err = copy_in_begin(import->conn, import->file->copy, fault);
    if (err != ERR_OK) {
        return err;
    }
    err = send_rows(import, fault);
    enum err ended = copy_in_end(import->conn, err == ERR_OK ? fault : NULL);
    if (err == ERR_OK) {
        err = ended;
    }
    return err == ERR_OK ? run(import, &statement_import_analyze, fault) : err;
}

// From here to the end nobody else publishes, so what is compared and checked is what is changed.
static enum err take_number(struct import *import, struct fault *fault)
{
    return publication_take(import->conn, &import->number, fault);
}

// Runs a statement that names broken lines and notes them.
static enum err note(struct import *import, const struct statement *statement, struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(import->conn, statement, NULL, 0, &rows, fault);
    for (size_t i = 0; err == ERR_OK && i < rows_count(rows); i++) {
        struct str field = rows_text(rows, i, 1);
        struct str reason = rows_text(rows, i, 2);
        char name[sizeof import->result->faults[0].field];
        (void)snprintf(name, sizeof name, "%.*s", (int)field.n, field.p);
        reader_add_fault(import->reader, (uint64_t)rows_i64(rows, i, 0, 0), name, "%.*s", (int)reason.n, reason.p);
    }
    return err;
}

static size_t count_faults(const struct import *import)
{
    size_t count;
    (void)reader_faults(import->reader, &count);
    return count;
}

// References are checked even if lines are broken, so that one run tells everything. What a file leaves out cannot be
// told then: it may stand on a broken line.
static enum err check(struct import *import, struct fault *fault)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < IMPORT_CHECKS_MAX && import->file->checks[i] != NULL; i++) {
        err = note(import, import->file->checks[i], fault);
    }
    if (err == ERR_OK && import->file->missing != NULL && count_faults(import) == 0) {
        err = note(import, import->file->missing, fault);
    }
    if (err != ERR_OK || count_faults(import) == 0) {
        return err;
    }
    return err_set(fault, ERR_INVALID, "%s: %zu broken place%s; nothing was applied", import->plan->path,
                   count_faults(import), count_faults(import) == 1 ? "" : "s");
}

static enum err compare(struct import *import, struct fault *fault)
{
    struct import_result *result = import->result;
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = run(import, import->file->difference, fault);
    if (err == ERR_OK) {
        err = run(import, &statement_import_difference_analyze, fault);
    }
    if (err == ERR_OK) {
        err = conn_run(import->conn, &statement_import_counts, NULL, 0, &rows, fault);
    }
    if (err == ERR_OK) {
        result->added = (uint64_t)rows_i64(rows, 0, 0, 0);
        result->changed = (uint64_t)rows_i64(rows, 0, 1, 0);
        result->ended = (uint64_t)rows_i64(rows, 0, 2, 0);
        result->unchanged = result->rows - result->added - result->changed;
    }
    return err;
}

// A file cut short looks like one that ends half the register.
static enum err guard(struct import *import, struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    uint64_t ended = import->result->ended;
    if (ended == 0) {
        return ERR_OK;
    }
    enum err err = conn_run(import->conn, import->file->current, NULL, 0, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    uint64_t current = (uint64_t)rows_i64(rows, 0, 0, 0);
    if ((double)ended * 100 <= import->plan->allow_ended * (double)current) {
        return ERR_OK;
    }
    return err_set(fault, ERR_LIMIT, "%s would end %llu of %llu rows, more than the %g %% allowed; nothing was applied",
                   import->plan->path, (unsigned long long)ended, (unsigned long long)current,
                   import->plan->allow_ended);
}

static bool is_different(const struct import *import)
{
    return import->result->added + import->result->changed + import->result->ended > 0;
}

static enum err write_difference(struct import *import, struct fault *fault)
{
    if (!is_different(import)) {
        return ERR_OK;
    }
    enum err err = run_numbered(import, import->file->end, fault);
    return err == ERR_OK ? run_numbered(import, import->file->add, fault) : err;
}

// Digests are not public: a change of theirs alone is kept without a publication.
static enum err keep_names(struct import *import, struct fault *fault)
{
    if (import->plan->kind != READER_REGISTER) {
        return ERR_OK;
    }
    enum err err = run(import, &statement_import_name_check_put, fault);
    return err == ERR_OK ? run(import, &statement_import_name_check_drop, fault) : err;
}

static enum err publish(struct import *import, struct fault *fault)
{
    const struct import_result *result = import->result;
    if (!is_different(import)) {
        import->number = 0;
        return ERR_OK;
    }
    return publication_finish(import->conn, import->number, import->file->cause, result->added, result->changed,
                              result->ended, fault);
}

static enum err take_steps(struct import *import, struct fault *fault)
{
    static enum err (*const steps[])(struct import *, struct fault *) = {
        prepare, gather, take_number, check, compare, guard, write_difference, keep_names, publish,
    };
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < sizeof steps / sizeof steps[0]; i++) {
        err = steps[i](import, fault);
    }
    return err;
}

// In order of line: what the database found goes between what the reader found. At most a hundred.
static void copy_faults(const struct reader *reader, struct import_result *result)
{
    const struct reader_fault *faults = reader_faults(reader, &result->fault_count);
    for (size_t i = 0; i < result->fault_count; i++) {
        size_t at = i;
        for (; at > 0 && result->faults[at - 1].line > faults[i].line; at--) {
            result->faults[at] = result->faults[at - 1];
        }
        result->faults[at] = faults[i];
    }
}

static enum err run_transaction(struct import *import, struct fault *fault)
{
    enum err err = conn_begin(import->conn, fault);
    if (err == ERR_OK) {
        err = take_steps(import, fault);
    }
    if (err == ERR_OK && !import->plan->dry_run) {
        err = conn_commit(import->conn, fault);
    }
    conn_rollback(import->conn); // nothing to do after a commit
    return err;
}

enum err import_run(struct conn *conn, const struct import_plan *plan, struct import_result *result,
                    struct fault *fault)
{
    READER_AUTO struct reader *reader = NULL;
    *result = (struct import_result){0};
    enum err err = reader_open(plan->path, plan->kind, plan->encoding, &reader, fault);
    if (err != ERR_OK) {
        return err;
    }
    struct import import = {conn, plan, import_file_get(plan->kind), reader, result, 0};
    err = run_transaction(&import, fault);
    if (err == ERR_INVALID) {
        copy_faults(reader, result);
    }
    if (err == ERR_OK && !plan->dry_run) {
        result->publication = import.number;
    }
    return err;
}
