// The inbox's statements: see report_record.h.
#include "intake/report_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "intake/stored_digest.h"
#include "register/terms.h"
#include "store/statements.h"

enum facts_column {
    FACTS_STATUS,
    FACTS_STATUS_ON,
    FACTS_REGISTERED_ON,
    FACTS_EXPIRES_ON,
    FACTS_TAKEN_OUT_ON,
    FACTS_NAME,
    FACTS_OPERATOR,
    FACTS_VALID_FROM,
    FACTS_VALID_TO,
    FACTS_REPORT,
};

// The columns of a report, counted from its first one.
enum report_column {
    REPORT_ID,
    REPORT_NUMBER,
    REPORT_COURSE,
    REPORT_OPERATOR,
    REPORT_COMPLETED_ON,
    REPORT_RECEIVED_AT,
    REPORT_REFLECT_BY,
    REPORT_PUBLICATION,
    REPORT_REFLECTED_AT,
};

// The items as array literals, column by column.
struct arrays {
    struct buf numbers, courses, days, reflect_by;
};

static void arrays_init(struct arrays *arrays)
{
    enum { MOST = REPORT_ITEMS_MAX * (CODE_LONGEST + 3) + 3 };
    buf_init(&arrays->numbers, MOST);
    buf_init(&arrays->courses, MOST);
    buf_init(&arrays->days, MOST);
    buf_init(&arrays->reflect_by, MOST);
}

static void arrays_fini(struct arrays *arrays)
{
    buf_fini(&arrays->numbers);
    buf_fini(&arrays->courses);
    buf_fini(&arrays->days);
    buf_fini(&arrays->reflect_by);
}
#define ARRAYS_AUTO __attribute__((cleanup(arrays_fini)))

static void add_day(struct buf *out, day_t day)
{
    char *room = buf_extend(out, DAY_TEXT);
    if (room != NULL) {
        day_write(day, room);
    }
}

// A course that is not a code at all becomes null, which no row equals; a code needs quotes only because of "null".
static void add_course(struct buf *out, struct str course)
{
    bool valid = code_is_valid(course);
    buf_add_text(out, valid ? "\"" : "null");
    buf_add(out, valid ? course : STR(""));
    buf_add_text(out, valid ? "\"" : "");
}

static void add_each(struct arrays *arrays, char separator)
{
    buf_add_char(&arrays->numbers, separator);
    buf_add_char(&arrays->courses, separator);
    buf_add_char(&arrays->days, separator);
    buf_add_char(&arrays->reflect_by, separator);
}

// `chosen` NULL: the first n items.
static enum err arrays_fill(struct arrays *arrays, const struct report_item *items, const size_t *chosen, size_t n,
                            struct fault *fault)
{
    for (size_t i = 0; i < n; i++) {
        const struct report_item *item = &items[chosen == NULL ? i : chosen[i]];
        add_each(arrays, i == 0 ? '{' : ',');
        buf_add_u64(&arrays->numbers, item->number);
        add_course(&arrays->courses, item->course);
        add_day(&arrays->days, item->completed_on);
        add_day(&arrays->reflect_by, reflect_by(item->completed_on));
    }
    add_each(arrays, '}');
    bool whole = buf_text(&arrays->numbers) != NULL && buf_text(&arrays->courses) != NULL &&
                 buf_text(&arrays->days) != NULL && buf_text(&arrays->reflect_by) != NULL;
    return whole ? ERR_OK : err_set(fault, ERR_MEMORY, "no memory for %zu reports", n);
}

static void copy_code(char out[CODE_LONGEST + 1], struct str code)
{
    size_t n = code.n > CODE_LONGEST ? CODE_LONGEST : code.n;
    if (n > 0) {
        memcpy(out, code.p, n);
    }
    out[n] = '\0';
}

static day_t read_day(const struct rows *rows, size_t row, size_t column)
{
    return (day_t)rows_i64(rows, row, column, DAY_NONE);
}

static struct report read_report(const struct rows *rows, size_t row, size_t first)
{
    struct report report = {.reflected_at = INSTANT_NONE};
    report.id = rows_i64(rows, row, first + REPORT_ID, 0);
    if (report.id == 0) {
        return report;
    }
    report.number = (number_t)rows_i64(rows, row, first + REPORT_NUMBER, 0);
    copy_code(report.course, rows_text(rows, row, first + REPORT_COURSE));
    copy_code(report.operator_code, rows_text(rows, row, first + REPORT_OPERATOR));
    report.completed_on = read_day(rows, row, first + REPORT_COMPLETED_ON);
    report.received_at = rows_i64(rows, row, first + REPORT_RECEIVED_AT, INSTANT_NONE);
    report.reflect_by = read_day(rows, row, first + REPORT_REFLECT_BY);
    report.publication = rows_i64(rows, row, first + REPORT_PUBLICATION, 0);
    report.reflected_at = rows_i64(rows, row, first + REPORT_REFLECTED_AT, INSTANT_NONE);
    return report;
}

static struct report_facts read_facts(const struct rows *rows, size_t row)
{
    struct report_facts facts = {.taken_out_on = read_day(rows, row, FACTS_TAKEN_OUT_ON)};
    struct str status = rows_text(rows, row, FACTS_STATUS);
    facts.issued = status.p != NULL && status_parse(status, &facts.status);
    facts.status_on = read_day(rows, row, FACTS_STATUS_ON);
    facts.registered_on = read_day(rows, row, FACTS_REGISTERED_ON);
    facts.expires_on = read_day(rows, row, FACTS_EXPIRES_ON);
    facts.has_name = stored_digest_parse(rows_text(rows, row, FACTS_NAME), &facts.name);
    copy_code(facts.course_operator, rows_text(rows, row, FACTS_OPERATOR));
    facts.valid_from = read_day(rows, row, FACTS_VALID_FROM);
    facts.valid_to = read_day(rows, row, FACTS_VALID_TO);
    facts.report = read_report(rows, row, FACTS_REPORT);
    return facts;
}

enum err report_record_facts(struct conn *conn, const struct report_item *items, size_t n, struct report_facts *facts,
                             struct fault *fault)
{
    ARRAYS_AUTO struct arrays arrays;
    arrays_init(&arrays);
    enum err err = arrays_fill(&arrays, items, NULL, n, fault);
    if (err != ERR_OK) {
        return err;
    }
    const struct param params[] = {
        {buf_text(&arrays.numbers)},
        {buf_text(&arrays.courses)},
        {buf_text(&arrays.days)},
    };
    ROWS_AUTO struct rows *rows = NULL;
    err = conn_run(conn, &statement_report_facts, params, 3, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (rows_count(rows) != n) {
        return err_set(fault, ERR_INTERNAL, "facts of %zu items for %zu", rows_count(rows), n);
    }
    for (size_t i = 0; i < n; i++) {
        facts[i] = read_facts(rows, i);
    }
    return ERR_OK;
}

int report_item_compare(const struct report_item *a, const struct report_item *b)
{
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    size_t shorter = a->course.n < b->course.n ? a->course.n : b->course.n;
    int order = shorter == 0 ? 0 : memcmp(a->course.p, b->course.p, shorter);
    if (order != 0) {
        return order;
    }
    if (a->course.n != b->course.n) {
        return a->course.n < b->course.n ? -1 : 1;
    }
    return (a->completed_on > b->completed_on) - (a->completed_on < b->completed_on);
}

static bool is_of(const struct report *report, const struct report_item *item)
{
    struct report_item stored = {report->number, str_of(report->course), report->completed_on, {NULL, 0}};
    return report_item_compare(&stored, item) == 0;
}

// The stored ones come in the order they were given, so one walk through both finds what each became.
static enum err match_stored(const struct rows *rows, const struct report_item *items, const size_t *chosen, size_t n,
                             struct report *reports, struct fault *fault)
{
    size_t at = 0;
    for (size_t i = 0; i < rows_count(rows); i++) {
        struct report stored = read_report(rows, i, 0);
        while (at < n && !is_of(&stored, &items[chosen[at]])) {
            reports[at++] = (struct report){.reflected_at = INSTANT_NONE};
        }
        if (at == n) {
            return err_set(fault, ERR_INTERNAL, "stored report %" PRId64 " was not asked for", stored.id);
        }
        reports[at++] = stored;
    }
    for (; at < n; at++) {
        reports[at] = (struct report){.reflected_at = INSTANT_NONE};
    }
    return ERR_OK;
}

enum err report_record_insert(struct conn *conn, const struct report_sender *sender, const struct report_item *items,
                              const size_t *chosen, size_t n, struct report *reports, struct fault *fault)
{
    ARRAYS_AUTO struct arrays arrays;
    arrays_init(&arrays);
    enum err err = arrays_fill(&arrays, items, chosen, n, fault);
    if (err != ERR_OK) {
        return err;
    }
    const struct param params[] = {
        {sender->operator_code},     {sender->key_id},         {buf_text(&arrays.numbers)},
        {buf_text(&arrays.courses)}, {buf_text(&arrays.days)}, {buf_text(&arrays.reflect_by)},
    };
    ROWS_AUTO struct rows *rows = NULL;
    err = conn_run(conn, &statement_report_insert, params, 6, &rows, fault);
    // PostgreSQL refused the rows: the one failure after which it is certain that nothing is stored. The statement is
    // its own transaction, so when its answer is lost or cannot be understood, so is the commit's.
    if (err == ERR_INVALID || err == ERR_CONFLICT) {
        return err;
    }
    err = err != ERR_OK ? err : match_stored(rows, items, chosen, n, reports, fault);
    return err != ERR_OK ? ERR_UNCERTAIN : ERR_OK;
}

enum err report_record_existing(struct conn *conn, const struct report_item *items, const size_t *chosen, size_t n,
                                struct report *reports, struct fault *fault)
{
    ARRAYS_AUTO struct arrays arrays;
    arrays_init(&arrays);
    enum err err = arrays_fill(&arrays, items, chosen, n, fault);
    if (err != ERR_OK) {
        return err;
    }
    const struct param params[] = {
        {buf_text(&arrays.numbers)},
        {buf_text(&arrays.courses)},
        {buf_text(&arrays.days)},
    };
    ROWS_AUTO struct rows *rows = NULL;
    err = conn_run(conn, &statement_report_existing, params, 3, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    for (size_t i = 0; i < n; i++) {
        reports[i] = read_report(rows, i, 0);
        if (reports[i].id == 0) {
            return err_set(fault, ERR_INTERNAL, "a report of %" PRIu32 " is neither stored nor there",
                           items[chosen[i]].number);
        }
    }
    return ERR_OK;
}

enum err report_record_get(struct conn *conn, const char *operator_code, int64_t id, struct report *report,
                           struct fault *fault)
{
    char id_text[24];
    (void)snprintf(id_text, sizeof id_text, "%" PRId64, id);
    const struct param params[] = {{id_text}, {operator_code}};
    ROWS_AUTO struct rows *rows = NULL;
    enum err err = conn_run(conn, &statement_report_get, params, 2, &rows, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (rows_count(rows) == 0) {
        return err_set(fault, ERR_NOT_FOUND, "no report %" PRId64 " of %s", id, operator_code);
    }
    *report = read_report(rows, 0, 0);
    return ERR_OK;
}
