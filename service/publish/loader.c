// From the record to an edition: see loader.h. One function a kind of row; the columns' order is that of the files in
// sql/queries.
#include "publish/loader.h"

#include <stdlib.h>

#include "edition/builder.h"
#include "store/statements.h"

// One load on its way.
struct loading {
    struct conn *conn;
    struct builder *builder;
    instant_t *published; // by the publication's number, from 1
    size_t published_count, published_capacity;
};

enum err load_head(struct conn *conn, struct edition_head *head, struct fault *fault)
{
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_edition_head, NULL, 0, &rows, fault);
    *head = (struct edition_head){.published_at = INSTANT_NONE, .day = DAY_NONE};
    if (err == ERR_OK && rows_count(rows) == 1) {
        head->publication = rows_i64(rows, 0, 0, 0);
        head->published_at = rows_i64(rows, 0, 1, INSTANT_NONE);
    }
    return err;
}

static enum err add_operator(struct loading *loading, struct fault *fault)
{
    struct conn *conn = loading->conn;
    struct operator_entry entry;
    entry.code = copy_out_text(conn);
    entry.name = copy_out_text(conn);
    entry.name_en = copy_out_text(conn);
    entry.domain = copy_out_text(conn);
    return builder_add_operator(loading->builder, &entry, fault);
}

static enum err add_course(struct loading *loading, struct fault *fault)
{
    struct conn *conn = loading->conn;
    struct course course;
    course.code = copy_out_text(conn);
    struct str kind = copy_out_text(conn);
    course.name = copy_out_text(conn);
    course.name_en = copy_out_text(conn);
    course.operator_code = copy_out_text(conn);
    course.valid_from = copy_out_day(conn);
    course.valid_to = copy_out_day(conn);
    course.tenth_hours = (uint32_t)copy_out_i64(conn, 0);
    course.fee_yen = copy_out_i64(conn, -1);
    bool current = copy_out_i64(conn, 0) == 1;
    if (!kind_parse(kind, &course.kind)) {
        return err_set(fault, ERR_INTERNAL, "course %.*s has an unknown kind", (int)course.code.n, course.code.p);
    }
    return builder_add_course(loading->builder, &course, current, fault);
}

static void read_optional(struct conn *conn, struct registrant *r)
{
    r->exam_passed = (month_t)copy_out_i64(conn, MONTH_NONE);
    r->name = copy_out_text(conn);
    r->kana = copy_out_text(conn);
    r->other_name = copy_out_text(conn);
    r->birth_month = (month_t)copy_out_i64(conn, MONTH_NONE);
    r->exam_certificate = copy_out_text(conn);
    r->home = (int)copy_out_i64(conn, PLACE_NONE);
    r->employer = copy_out_text(conn);
    r->employer_place = (int)copy_out_i64(conn, PLACE_NONE);
    r->email = copy_out_text(conn);
    r->phone = copy_out_text(conn);
    r->url = copy_out_text(conn);
}

static enum err add_registrant(struct loading *loading, struct fault *fault)
{
    struct conn *conn = loading->conn;
    struct str lists[3][LIST_LONGEST];
    struct registrant r = {.number = (number_t)copy_out_i64(conn, 0)};
    struct str status = copy_out_text(conn);
    r.status_on = copy_out_day(conn);
    r.suspended_until = copy_out_day(conn);
    r.registered_on = copy_out_day(conn);
    r.renewed_on = copy_out_day(conn);
    r.renewal_count = (uint32_t)copy_out_i64(conn, 0);
    r.expires_on = copy_out_day(conn);
    read_optional(conn, &r);
    r.specialties = (struct text_list){lists[0], copy_out_list(conn, lists[0], LIST_LONGEST)};
    r.skills = (struct text_list){lists[1], copy_out_list(conn, lists[1], LIST_LONGEST)};
    r.qualifications = (struct text_list){lists[2], copy_out_list(conn, lists[2], LIST_LONGEST)};
    r.statement = copy_out_text(conn);
    instant_t taken_out = copy_out_instant(conn);
    if (!status_parse(status, &r.status)) {
        return err_set(fault, ERR_INTERNAL, "registrant %u has an unknown status", r.number);
    }
    return builder_add_registrant(loading->builder, &r,
                                  taken_out == INSTANT_NONE ? DAY_NONE : clock_tokyo_day(taken_out), fault);
}

// Publications are numbered from 1 without gaps.
static enum err add_publication(struct loading *loading, struct fault *fault)
{
    int64_t number = copy_out_i64(loading->conn, 0);
    instant_t published_at = copy_out_instant(loading->conn);
    if (number != (int64_t)loading->published_count + 1) {
        return err_set(fault, ERR_INTERNAL, "publication %lld after %zu", (long long)number, loading->published_count);
    }
    if (loading->published_count == loading->published_capacity) {
        size_t capacity = loading->published_capacity == 0 ? 1024 : loading->published_capacity * 2;
        instant_t *published = realloc(loading->published, capacity * sizeof *published);
        if (published == NULL) {
            return err_set(fault, ERR_MEMORY, "no memory for %zu publications", capacity);
        }
        loading->published = published;
        loading->published_capacity = capacity;
    }
    loading->published[loading->published_count++] = published_at;
    return ERR_OK;
}

static enum err add_completion(struct loading *loading, struct fault *fault)
{
    struct builder_completion completion;
    struct conn *conn = loading->conn;
    completion.number = (number_t)copy_out_i64(conn, 0);
    completion.course = copy_out_text(conn);
    completion.completed_on = copy_out_day(conn);
    completion.reported_at = copy_out_instant(conn);
    int64_t publication = copy_out_i64(conn, 0);
    if (publication < 1 || (uint64_t)publication > loading->published_count) {
        return err_set(fault, ERR_INTERNAL, "a completion of %u began with publication %lld, which is unknown",
                       completion.number, (long long)publication);
    }
    completion.reflected_at = loading->published[publication - 1];
    return builder_add_completion(loading->builder, &completion, fault);
}

static enum err copy_all(struct loading *loading, const struct statement *statement,
                         enum err (*add)(struct loading *, struct fault *), struct fault *fault)
{
    enum err err = copy_out_begin(loading->conn, statement, fault);
    while (err == ERR_OK) {
        err = copy_out_row(loading->conn, fault);
        if (err == ERR_OK) {
            err = add(loading, fault);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static const struct {
    const struct statement *statement;
    enum err (*add)(struct loading *, struct fault *);
} kinds[] = {
    {&statement_edition_operators, add_operator},       {&statement_edition_courses, add_course},
    {&statement_edition_publications, add_publication}, {&statement_edition_registrants, add_registrant},
    {&statement_edition_completions, add_completion},
};

static void loading_fini(struct loading *loading)
{
    builder_free(&loading->builder);
    free(loading->published);
}

static enum err build(struct conn *conn, day_t day, struct edition **edition, struct fault *fault)
{
    __attribute__((cleanup(loading_fini))) struct loading loading = {.conn = conn};
    struct edition_head head;
    enum err err = load_head(conn, &head, fault);
    head.day = day;
    if (err == ERR_OK) {
        err = builder_new(head, &loading.builder, fault);
    }
    for (size_t i = 0; err == ERR_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        err = copy_all(&loading, kinds[i].statement, kinds[i].add, fault);
    }
    return err == ERR_OK ? builder_finish(&loading.builder, edition, fault) : err;
}

enum err load_edition(struct conn *conn, day_t day, struct edition **edition, struct fault *fault)
{
    enum err err = conn_begin_snapshot(conn, fault);
    if (err != ERR_OK) {
        return err;
    }
    err = build(conn, day, edition, fault);
    conn_rollback(conn); // nothing was written; after a failed copy this also tells whether the connection is sound
    return err;
}
