// COPY both ways: in as text (easy to read in a trace), out as binary (nothing to parse, and it is the hot one).
// Formats: PostgreSQL 15, SQL command COPY, "Text Format" and "Binary Format".
#include <endian.h>
#include <string.h>

#include "store/conn_private.h"

static const int64_t PG_EPOCH_DAYS = 10957; // 2000-01-01, counted from 1970-01-01
static const int64_t MICROS_PER_DAY = 86400000000;

enum err copy_in_begin(struct conn *conn, const struct statement *statement, struct fault *fault)
{
    PGresult *result = PQexec(conn->pg, statement->sql);
    enum err err = conn_check(conn, statement->name, result, PGRES_COPY_IN, fault);
    PQclear(result);
    buf_clear(&conn->copy);
    conn->row_begun = false;
    return err;
}

static void begin_column(struct conn *conn)
{
    if (conn->row_begun) {
        buf_add_char(&conn->copy, '\t');
    }
    conn->row_begun = true;
}

static void add_escaped(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
            buf_add_char(out, '\\');
            c = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
        }
        buf_add_char(out, c);
    }
}

void copy_in_text(struct conn *conn, struct str value)
{
    begin_column(conn);
    if (value.p == NULL) {
        buf_add(&conn->copy, STR("\\N"));
    } else {
        add_escaped(&conn->copy, value);
    }
}

void copy_in_i64(struct conn *conn, int64_t value)
{
    begin_column(conn);
    buf_add_i64(&conn->copy, value);
}

void copy_in_day(struct conn *conn, day_t day)
{
    char text[DAY_TEXT];
    begin_column(conn);
    if (day == DAY_NONE) {
        buf_add(&conn->copy, STR("\\N"));
        return;
    }
    day_write(day, text);
    buf_add(&conn->copy, (struct str){text, DAY_TEXT});
}

void copy_in_bytes(struct conn *conn, struct str value)
{
    static const char hex[] = "0123456789abcdef";
    begin_column(conn);
    buf_add(&conn->copy, STR("\\\\x"));
    for (size_t i = 0; i < value.n; i++) {
        buf_add_char(&conn->copy, hex[(unsigned char)value.p[i] >> 4]);
        buf_add_char(&conn->copy, hex[value.p[i] & 15]);
    }
}

// An array literal: every element quoted, " and \ escaped; COPY's own escaping comes on top.
void copy_in_list(struct conn *conn, const struct str *items, size_t n)
{
    buf_clear(&conn->scratch);
    buf_add_char(&conn->scratch, '{');
    for (size_t i = 0; i < n; i++) {
        buf_add_text(&conn->scratch, i == 0 ? "\"" : ",\"");
        for (size_t at = 0; at < items[i].n; at++) {
            if (items[i].p[at] == '"' || items[i].p[at] == '\\') {
                buf_add_char(&conn->scratch, '\\');
            }
            buf_add_char(&conn->scratch, items[i].p[at]);
        }
        buf_add_char(&conn->scratch, '"');
    }
    buf_add_char(&conn->scratch, '}');
    conn->copy.failed = conn->copy.failed || conn->scratch.failed;
    copy_in_text(conn, buf_str(&conn->scratch));
}

static enum err send_rows(struct conn *conn, struct fault *fault)
{
    if (buf_failed(&conn->copy)) {
        return err_set(fault, ERR_MEMORY, "copy: a row of more than %d bytes", COPY_BUFFER_LONGEST);
    }
    if (conn->copy.n > 0 && PQputCopyData(conn->pg, conn->copy.p, (int)conn->copy.n) != 1) {
        return conn_lost(conn, "copy", fault);
    }
    buf_clear(&conn->copy);
    return ERR_OK;
}

enum err copy_in_row(struct conn *conn, struct fault *fault)
{
    buf_add_char(&conn->copy, '\n');
    conn->row_begun = false;
    return conn->copy.n >= COPY_SEND_AT || buf_failed(&conn->copy) ? send_rows(conn, fault) : ERR_OK;
}

enum err copy_in_end(struct conn *conn, struct fault *fault)
{
    enum err err = send_rows(conn, fault);
    if (conn->broken) {
        return err;
    }
    if (PQputCopyEnd(conn->pg, err == ERR_OK ? NULL : "given up") != 1) {
        return conn_lost(conn, "copy", fault);
    }
    PGresult *result = PQgetResult(conn->pg);
    // What we gave up ourselves fails as it should.
    enum err ended = err == ERR_OK ? conn_check(conn, "copy", result, PGRES_COMMAND_OK, fault) : err;
    for (; result != NULL; result = PQgetResult(conn->pg)) {
        PQclear(result);
    }
    return ended;
}

enum err copy_out_begin(struct conn *conn, const struct statement *statement, struct fault *fault)
{
    PGresult *result = PQexec(conn->pg, statement->sql);
    enum err err = conn_check(conn, statement->name, result, PGRES_COPY_OUT, fault);
    PQclear(result);
    conn->copy_out_header_read = false;
    return err;
}

static enum err finish_copy_out(struct conn *conn, struct fault *fault)
{
    PGresult *result = PQgetResult(conn->pg);
    enum err err = conn_check(conn, "copy", result, PGRES_COMMAND_OK, fault);
    for (; result != NULL; result = PQgetResult(conn->pg)) {
        PQclear(result);
    }
    return err == ERR_OK ? ERR_NOT_FOUND : err;
}

// Big-endian signed integer of n bytes; 0 if the row is too short (the server does not send such). The usual widths at
// once: a load takes hundreds of millions of these.
static int64_t take_integer(struct str *row, size_t n)
{
    const char *p = row->p;
    uint64_t value = 0;
    uint32_t four;
    uint16_t two;
    if (row->n < n || n == 0) {
        row->n = 0;
        return 0;
    }
    row->p += n;
    row->n -= n;
    switch (n) {
    case sizeof two:
        memcpy(&two, p, sizeof two);
        return (int16_t)be16toh(two);
    case sizeof four:
        memcpy(&four, p, sizeof four);
        return (int32_t)be32toh(four);
    case sizeof value:
        memcpy(&value, p, sizeof value);
        return (int64_t)be64toh(value);
    default:
        for (size_t i = 0; i < n; i++) {
            value = value << 8 | (unsigned char)p[i];
        }
        uint64_t sign = (uint64_t)1 << (8 * n - 1);
        return (int64_t)((value ^ sign) - sign);
    }
}

static struct str take_bytes(struct str *row, size_t n)
{
    n = n < row->n ? n : row->n;
    struct str taken = {row->p, n};
    row->p += n;
    row->n -= n;
    return taken;
}

static void skip_header(struct conn *conn)
{
    enum { SIGNATURE = 11, FLAGS = 4 };
    if (!conn->copy_out_header_read) {
        (void)take_bytes(&conn->row, SIGNATURE + FLAGS);
        (void)take_bytes(&conn->row, (size_t)take_integer(&conn->row, 4));
        conn->copy_out_header_read = true;
    }
}

enum err copy_out_row(struct conn *conn, struct fault *fault)
{
    for (;;) {
        PQfreemem(conn->received);
        conn->received = NULL;
        int length = PQgetCopyData(conn->pg, &conn->received, 0);
        if (length == -1) {
            return finish_copy_out(conn, fault);
        }
        if (length < 0) {
            return conn_lost(conn, "copy", fault);
        }
        conn->row = (struct str){conn->received, (size_t)length};
        skip_header(conn);
        // A field count of -1 is the trailer; the end itself comes as the next message.
        if (conn->row.n > 0 && take_integer(&conn->row, 2) >= 0) {
            return ERR_OK;
        }
    }
}

// A length, -1 for null, and so many bytes.
static struct str take_field(struct str *row)
{
    int64_t length = take_integer(row, 4);
    return length < 0 ? (struct str){NULL, 0} : take_bytes(row, (size_t)length);
}

struct str copy_out_text(struct conn *conn)
{
    return take_field(&conn->row);
}

int64_t copy_out_i64(struct conn *conn, int64_t otherwise)
{
    struct str field = copy_out_text(conn);
    return field.p == NULL ? otherwise : take_integer(&field, field.n);
}

day_t copy_out_day(struct conn *conn)
{
    struct str field = copy_out_text(conn);
    return field.p == NULL ? DAY_NONE : (day_t)(take_integer(&field, field.n) + PG_EPOCH_DAYS);
}

instant_t copy_out_instant(struct conn *conn)
{
    struct str field = copy_out_text(conn);
    return field.p == NULL ? INSTANT_NONE : take_integer(&field, field.n) + PG_EPOCH_DAYS * MICROS_PER_DAY;
}

size_t copy_out_list(struct conn *conn, struct str *items, size_t most)
{
    struct str field = copy_out_text(conn);
    if (field.p == NULL || take_integer(&field, 4) == 0) { // dimensions; an empty array has none
        return 0;
    }
    (void)take_bytes(&field, 8); // null flag, element type
    int64_t length = take_integer(&field, 4);
    (void)take_bytes(&field, 4); // lower bound
    size_t n = 0;
    for (int64_t i = 0; i < length; i++) {
        struct str item = take_field(&field);
        if (n < most) {
            items[n++] = item;
        }
    }
    return n;
}
