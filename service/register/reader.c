// A table of contents of reading: lines, decoding, one of two doors into a record, the rules, keys seen before.
#include "register/reader.h"

#include "register/reader_columns.h"
#include "register/reader_decode.h"
#include "register/reader_json.h"
#include "register/reader_seen.h"
#include "register/reader_tables.h"

#include <stdlib.h>

// Which door the file goes through. It is UNKNOWN until the first line that is not blank, and ENDED after the last one
// or when the header leaves no way to read on.
enum form { FORM_UNKNOWN, FORM_NDJSON, FORM_CSV, FORM_ENDED };

struct reader {
    enum form form;
    struct reader_record record;
    struct reader_json json;
    struct reader_columns columns;
    struct reader_seen seen;
    struct reader_faults faults;
    struct reader_csv csv;
    struct reader_decoder decoder;
    struct reader_lines lines;
};

static const struct reader_table *table_of(enum reader_kind kind)
{
    static const struct reader_table *const tables[] = {
        [READER_REGISTER] = &reader_table_register,
        [READER_COURSES] = &reader_table_courses,
        [READER_OPERATORS] = &reader_table_operators,
        [READER_COMPLETIONS] = &reader_table_completions,
    };
    return tables[kind];
}

static struct reader *reader_new(enum reader_kind kind)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return NULL;
    }
    reader->record.table = table_of(kind);
    reader->record.faults = &reader->faults;
    reader->lines.fd = -1;
    reader_csv_init(&reader->csv);
    return reader;
}

enum err reader_open(const char *path, enum reader_kind kind, enum reader_encoding encoding, struct reader **reader,
                     struct fault *fault)
{
    *reader = reader_new(kind);
    if (*reader == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory to read %s", path);
    }
    enum err err = reader_decoder_init(&(*reader)->decoder, encoding, fault);
    if (err == ERR_OK) {
        err = reader_lines_open(&(*reader)->lines, path, encoding == READER_UTF8, fault);
    }
    if (err != ERR_OK) {
        reader_close(reader);
    }
    return err;
}

void reader_close(struct reader **reader)
{
    struct reader *one = *reader;
    *reader = NULL;
    if (one == NULL) {
        return;
    }
    reader_lines_close(&one->lines);
    reader_decoder_fini(&one->decoder);
    reader_csv_fini(&one->csv);
    reader_seen_fini(&one->seen);
    free(one);
}

// The CSV header, or the reason why the file cannot be read.
static enum err take_header(struct reader *reader, struct fault *fault)
{
    struct reader_csv_record header;
    enum err err = reader_csv_next(&reader->csv, &reader->lines, &reader->faults, &header, fault);
    reader->form = FORM_ENDED;
    if (err != ERR_OK) {
        return err == ERR_INVALID ? ERR_OK : err;
    }
    struct str text;
    if (str_starts_with(header.bytes, STR("["))) {
        reader_faults_add(&reader->faults, header.line, "", "a JSON list; write one JSON object on each line, no list");
        return ERR_OK;
    }
    if (reader_decode(&reader->decoder, &reader->faults, header.line, header.bytes, &text) &&
        reader_csv_split(&reader->csv, &reader->faults, header.line, text) &&
        reader_columns_take(&reader->columns, reader->record.table, &reader->csv, &reader->faults, header.line)) {
        reader->form = FORM_CSV;
    }
    return ERR_OK;
}

// Looks at one line. The first that is not blank decides.
static enum err find_form(struct reader *reader, struct fault *fault)
{
    struct reader_line line;
    enum err err = reader_lines_next(&reader->lines, &line, fault);
    if (err != ERR_OK) {
        return err;
    }
    if (line.too_long) {
        reader_faults_add_too_long(&reader->faults, line.number);
        reader->form = FORM_ENDED;
        return ERR_OK;
    }
    struct str text = str_trim(line.bytes);
    if (text.n == 0) {
        return ERR_OK;
    }
    reader_lines_unread(&reader->lines);
    if (text.p[0] == '{') {
        reader->form = FORM_NDJSON;
        return ERR_OK;
    }
    return take_header(reader, fault);
}

static enum err fill_from_json(struct reader *reader, bool *filled, struct fault *fault)
{
    struct reader_line line;
    enum err err = reader_lines_next(&reader->lines, &line, fault);
    if (err != ERR_OK) {
        return err;
    }
    struct str text;
    if (line.too_long) {
        reader_faults_add_too_long(&reader->faults, line.number);
    } else if (str_trim(line.bytes).n > 0 &&
               reader_decode(&reader->decoder, &reader->faults, line.number, line.bytes, &text)) {
        reader->record.nested = true;
        reader_record_begin(&reader->record, line.number);
        *filled = reader_json_fill(&reader->json, text, &reader->record);
    }
    return ERR_OK;
}

static enum err fill_from_csv(struct reader *reader, bool *filled, struct fault *fault)
{
    struct reader_csv_record record;
    enum err err = reader_csv_next(&reader->csv, &reader->lines, &reader->faults, &record, fault);
    if (err != ERR_OK) {
        return err == ERR_INVALID ? ERR_OK : err;
    }
    struct str text;
    if (!record.blank && reader_decode(&reader->decoder, &reader->faults, record.line, record.bytes, &text) &&
        reader_csv_split(&reader->csv, &reader->faults, record.line, text)) {
        reader_record_begin(&reader->record, record.line);
        *filled = reader_columns_fill(&reader->columns, &reader->csv, &reader->record);
    }
    return ERR_OK;
}

// A key stands in a file once. A line that is broken elsewhere has its key all the same.
static enum err claim_key(struct reader *reader, const union reader_row *row, struct fault *fault)
{
    struct reader_record *record = &reader->record;
    const struct reader_field *field = &record->table->fields[0];
    const struct reader_cell *cell = &record->cells[0];
    uint64_t first = 0;
    enum err err = ERR_OK;
    if (!cell->present || cell->broken || record->table->key == KEY_NONE) {
        return ERR_OK;
    }
    if (record->table->key == KEY_NUMBER) {
        err = reader_seen_number(&reader->seen, row->registrant.number, record->line, &first);
    } else {
        err = reader_seen_code(&reader->seen, cell->text, record->line, &first);
    }
    if (err != ERR_OK) {
        return err_set(fault, err, "no memory for the keys of the file, line %llu", (unsigned long long)record->line);
    }
    if (first != 0) {
        reader_record_fault(record, field, "stands on line %llu already; each may stand in the file once",
                            (unsigned long long)first);
    }
    return ERR_OK;
}

// One step through the file: at most one record. `*filled` says whether there is one to parse.
static enum err step(struct reader *reader, bool *filled, struct fault *fault)
{
    switch (reader->form) {
    case FORM_UNKNOWN:
        return find_form(reader, fault);
    case FORM_NDJSON:
        return fill_from_json(reader, filled, fault);
    case FORM_CSV:
        return fill_from_csv(reader, filled, fault);
    case FORM_ENDED:
        break;
    }
    return ERR_NOT_FOUND;
}

static enum err next_good_row(struct reader *reader, union reader_row *row, struct fault *fault)
{
    while (!reader_faults_full(&reader->faults)) {
        bool filled = false;
        size_t before = reader->faults.n;
        enum err err = step(reader, &filled, fault);
        if (err != ERR_OK) {
            return err;
        }
        bool good = filled && reader_record_parse(&reader->record, row);
        err = filled ? claim_key(reader, row, fault) : ERR_OK;
        if (err != ERR_OK || (good && reader->faults.n == before)) {
            return err;
        }
    }
    return err_set(fault, ERR_LIMIT, "%d broken places; reading stopped", READER_FAULTS_MAX);
}

enum err reader_next(struct reader *reader, union reader_row *row, uint64_t *line, struct fault *fault)
{
    enum err err = next_good_row(reader, row, fault);
    if (err == ERR_OK) {
        *line = reader->record.line;
    } else if (err == ERR_NOT_FOUND) {
        reader->form = FORM_ENDED;
    }
    return err;
}

const struct reader_fault *reader_faults(const struct reader *reader, size_t *count)
{
    *count = reader->faults.n;
    return reader->faults.items;
}

void reader_add_fault(struct reader *reader, uint64_t line, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    reader_faults_add_list(&reader->faults, line, field, format, arguments);
    va_end(arguments);
}
