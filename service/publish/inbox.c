// From the inbox to a publication: see inbox.h.
#include "publish/inbox.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/log.h"
#include "publish/publication.h"
#include "store/statements.h"

enum { NUMBER_LONGEST = 24, SKIPPED_LONGEST = INBOX_SKIPPED_MAX * NUMBER_LONGEST };

struct range {
    int64_t first, last;
};

struct work {
    struct conn *conn;
    struct inbox_skipped *skipped;
    int64_t publication;
    uint64_t reports, added;
};

static const char *skipped_text(const struct inbox_skipped *skipped, struct buf *buf)
{
    buf_add_char(buf, '{');
    for (size_t i = 0; i < skipped->n; i++) {
        buf_add_text(buf, i == 0 ? "" : ",");
        buf_add_i64(buf, skipped->ids[i]);
    }
    buf_add_char(buf, '}');
    return buf_text(buf);
}

static void number_text(int64_t number, char out[NUMBER_LONGEST])
{
    (void)snprintf(out, NUMBER_LONGEST, "%" PRId64, number);
}

// Without the head's lock: most of the time there is nothing to do, and nobody need wait for that.
static enum err find_waiting(struct conn *conn, size_t most, const struct inbox_skipped *skipped, struct range *range,
                             bool *any, struct fault *fault)
{
    BUF_AUTO struct buf ids;
    buf_init(&ids, SKIPPED_LONGEST);
    char most_text[NUMBER_LONGEST];
    number_text((int64_t)most, most_text);
    const struct param params[] = {{skipped_text(skipped, &ids)}, {most_text}};
    ROWS_AUTO struct rows *rows = NULL;
    if (params[0].text == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a list of reports");
    }
    enum err err = conn_run(conn, &statement_publish_waiting, params, 2, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    *any = rows_i64(rows, 0, 0, 0) > 0;
    range->first = rows_i64(rows, 0, 1, 0);
    range->last = rows_i64(rows, 0, 2, 0);
    return ERR_OK;
}

static enum err run_range(struct work *work, struct range range, struct fault *fault)
{
    BUF_AUTO struct buf ids;
    buf_init(&ids, SKIPPED_LONGEST);
    char publication[NUMBER_LONGEST];
    char first[NUMBER_LONGEST];
    char last[NUMBER_LONGEST];
    number_text(work->publication, publication);
    number_text(range.first, first);
    number_text(range.last, last);
    const struct param params[] = {{publication}, {first}, {last}, {skipped_text(work->skipped, &ids)}};
    ROWS_AUTO struct rows *rows = NULL;
    if (params[3].text == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a list of reports");
    }
    enum err err = conn_run(work->conn, &statement_publish_reports, params, 4, &rows, fault);
    if (err == ERR_OK) {
        work->reports += (uint64_t)rows_i64(rows, 0, 0, 0);
        work->added += (uint64_t)rows_i64(rows, 0, 1, 0);
    }
    return err;
}

static bool is_refused(enum err err)
{
    return err == ERR_INVALID || err == ERR_INTERNAL;
}

// The savepoint keeps the head's lock, and what other ranges did, when this one is refused.
static enum err try_range(struct work *work, struct range range, struct fault *fault)
{
    enum err err = conn_script(work->conn, "savepoint publish_range", fault);
    if (err != ERR_OK) {
        return err;
    }
    err = run_range(work, range, fault);
    if (err == ERR_OK) {
        return conn_script(work->conn, "release savepoint publish_range", fault);
    }
    if (!is_refused(err)) {
        return err;
    }
    enum err undone =
        conn_script(work->conn, "rollback to savepoint publish_range; release savepoint publish_range", fault);
    return undone == ERR_OK ? err : undone;
}

static enum err leave_out(struct work *work, int64_t id, struct fault *fault)
{
    if (work->skipped->n == INBOX_SKIPPED_MAX) {
        return err_set(fault, ERR_LIMIT, "more than %d reports cannot be published", INBOX_SKIPPED_MAX);
    }
    work->skipped->ids[work->skipped->n++] = id;
    log_event(LOG_ERROR, "report_unpublishable", LOG_NUMBER("report", id), LOG_TEXT("reason", fault->text));
    return ERR_OK;
}

// Halving the range of ids goes at most 63 deep.
static enum err publish_range(struct work *work, struct range range, struct fault *fault)
{
    enum err err = try_range(work, range, fault);
    if (!is_refused(err)) {
        return err;
    }
    if (range.first == range.last) {
        return leave_out(work, range.first, fault);
    }
    int64_t middle = range.first + (range.last - range.first) / 2;
    err = publish_range(work, (struct range){range.first, middle}, fault);
    return err != ERR_OK ? err : publish_range(work, (struct range){middle + 1, range.last}, fault);
}

// Another server may have published the range before the head's lock came: then there is nothing to commit.
static enum err finish(struct work *work, struct fault *fault)
{
    if (work->reports == 0) {
        conn_rollback(work->conn);
        return ERR_OK;
    }
    enum err err = publication_finish(work->conn, work->publication, "reports", work->added, 0, 0, fault);
    return err != ERR_OK ? err : conn_commit(work->conn, fault);
}

enum err inbox_publish(struct conn *conn, size_t most, struct inbox_skipped *skipped, size_t *reports,
                       int64_t *publication, struct fault *fault)
{
    struct fault unheard = {{0}};
    struct fault *words = fault == NULL ? &unheard : fault;
    struct work work = {.conn = conn, .skipped = skipped};
    struct range range = {0, 0};
    bool any = false;
    *reports = 0;
    *publication = 0;
    enum err err = find_waiting(conn, most, skipped, &range, &any, words);
    if (err != ERR_OK || !any) {
        return err;
    }
    err = conn_begin(conn, words);
    err = err != ERR_OK ? err : publication_take(conn, &work.publication, words);
    err = err != ERR_OK ? err : publish_range(&work, range, words);
    err = err != ERR_OK ? err : finish(&work, words);
    if (err != ERR_OK) {
        conn_rollback(conn);
        return err;
    }
    *reports = (size_t)work.reports;
    *publication = work.reports == 0 ? 0 : work.publication;
    return ERR_OK;
}
