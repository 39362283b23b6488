// Records and cells: see reader_csv.h.
#include "register/reader_csv.h"

#include <string.h>

void reader_csv_init(struct reader_csv *csv)
{
    buf_init(&csv->record, READER_LINE_MAX);
    csv->n = csv->unescaped_n = 0;
}

void reader_csv_fini(struct reader_csv *csv)
{
    buf_fini(&csv->record);
}

// Whether a quoted cell is still open at the end of this line, given whether one was at its start.
static bool ends_quoted(struct str line, bool quoted)
{
    if (memchr(line.p, '"', line.n) == NULL) {
        return quoted;
    }
    bool cell_start = !quoted;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        if (!quoted) {
            quoted = c == '"' && cell_start;
            cell_start = c == ',';
        } else if (c == '"' && i + 1 < line.n && line.p[i + 1] == '"') {
            i++;
        } else if (c == '"') {
            quoted = false;
        }
    }
    return quoted;
}

// Goes on reading lines into csv->record, which holds the first, until the quote closes.
static enum err join_lines(struct reader_csv *csv, struct reader_lines *lines, struct reader_faults *faults,
                           uint64_t first, struct fault *fault)
{
    for (bool quoted = true; quoted;) {
        struct reader_line line;
        enum err err = reader_lines_next(lines, &line, fault);
        if (err == ERR_NOT_FOUND) {
            reader_faults_add(faults, first, "", "a quoted cell is not closed before the end of the file");
            return ERR_INVALID;
        }
        if (err != ERR_OK) {
            return err;
        }
        buf_add_char(&csv->record, '\n');
        buf_add(&csv->record, line.bytes);
        if (line.too_long || buf_failed(&csv->record)) {
            reader_faults_add(faults, first, "", "a quoted cell is not closed within %d bytes", READER_LINE_MAX);
            return ERR_INVALID;
        }
        quoted = ends_quoted(line.bytes, quoted);
    }
    return ERR_OK;
}

static struct str without_cr(struct str line)
{
    bool ends = line.n > 0 && line.p[line.n - 1] == '\r';
    return (struct str){line.p, line.n - (ends ? 1 : 0)};
}

enum err reader_csv_next(struct reader_csv *csv, struct reader_lines *lines, struct reader_faults *faults,
                         struct reader_csv_record *record, struct fault *fault)
{
    struct reader_line line;
    enum err err = reader_lines_next(lines, &line, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (line.too_long) {
        reader_faults_add_too_long(faults, line.number);
        return ERR_INVALID;
    }
    *record = (struct reader_csv_record){.line = line.number, .bytes = line.bytes};
    if (ends_quoted(line.bytes, false)) {
        buf_clear(&csv->record);
        buf_add(&csv->record, line.bytes);
        err = join_lines(csv, lines, faults, line.number, fault);
        record->bytes = buf_str(&csv->record);
    }
    record->bytes = without_cr(record->bytes);
    record->blank = str_trim(record->bytes).n == 0;
    return err;
}

static void keep_cell(struct reader_csv *csv, struct str text)
{
    if (csv->n < READER_CELLS_MAX) {
        csv->cells[csv->n] = text;
    }
    csv->n++;
}

// Text of a quoted cell that begins behind its quote; *rest is moved behind the closing quote. The record is known to
// close its quotes. "" becomes ".
static struct str cut_quoted(struct reader_csv *csv, struct str *rest)
{
    char *out = csv->unescaped + csv->unescaped_n;
    size_t n = 0;
    size_t i = 0;
    while (i < rest->n) {
        if (rest->p[i] == '"') {
            if (i + 1 >= rest->n || rest->p[i + 1] != '"') {
                break;
            }
            i++;
        }
        out[n++] = rest->p[i++];
    }
    csv->unescaped_n += n;
    size_t behind = i < rest->n ? i + 1 : i;
    *rest = (struct str){rest->p + behind, rest->n - behind};
    return (struct str){out, n};
}

static bool cut_cell(struct reader_csv *csv, struct reader_faults *faults, uint64_t line, struct str *rest)
{
    size_t cell = csv->n + 1;
    if (rest->n > 0 && rest->p[0] == '"') {
        *rest = (struct str){rest->p + 1, rest->n - 1};
        keep_cell(csv, cut_quoted(csv, rest));
        if (str_cut(rest, ',').n > 0) {
            reader_faults_add(faults, line, "", "cell %zu: text behind the closing quote; write a quote inside as \"\"",
                              cell);
            return false;
        }
        return true;
    }
    struct str text = str_cut(rest, ',');
    keep_cell(csv, text);
    if (text.n > 0 && memchr(text.p, '"', text.n) != NULL) {
        reader_faults_add(faults, line, "",
                          "cell %zu: a quote in a cell without quotes; quote the cell, double the quote", cell);
        return false;
    }
    if (text.n > 0 && memchr(text.p, '\r', text.n) != NULL) {
        reader_faults_add(faults, line, "", "cell %zu: a lone carriage return; lines end in LF or CR LF", cell);
        return false;
    }
    return true;
}

bool reader_csv_split(struct reader_csv *csv, struct reader_faults *faults, uint64_t line, struct str text)
{
    csv->n = csv->unescaped_n = 0;
    struct str rest = text;
    while (rest.p != NULL) {
        if (!cut_cell(csv, faults, line, &rest)) {
            return false;
        }
    }
    return true;
}
