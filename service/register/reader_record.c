// From cells to a typed row: see reader_record.h.
#include "register/reader_record.h"

#include <string.h>

enum { NEAR = 2 };

void reader_record_begin(struct reader_record *record, uint64_t line)
{
    record->line = line;
    record->items_n = 0;
    memset(record->cells, 0, record->table->n * sizeof record->cells[0]);
}

struct reader_cell *reader_record_cell(struct reader_record *record, const struct reader_field *field)
{
    return &record->cells[field - record->table->fields];
}

bool reader_record_fault(struct reader_record *record, const struct reader_field *field, const char *format, ...)
{
    char name[READER_FAULT_FIELD];
    reader_faults_name(name, record->nested && field->in_profile ? "profile." : "", str_of(field->name));
    va_list arguments;
    va_start(arguments, format);
    reader_faults_add_list(record->faults, record->line, name, format, arguments);
    va_end(arguments);
    reader_record_cell(record, field)->broken = true;
    return false;
}

bool reader_record_add_item(struct reader_record *record, const struct reader_field *field, struct str text)
{
    struct reader_cell *cell = reader_record_cell(record, field);
    if (cell->list.n >= LIST_LONGEST) {
        return reader_record_fault(record, field, "more than %d entries", LIST_LONGEST);
    }
    if (cell->list.n == 0) {
        cell->list.items = &record->items[record->items_n];
    }
    record->items[record->items_n++] = text;
    cell->list.n++;
    return true;
}

static void parse_field(struct reader_record *record, const struct reader_field *field, union reader_row *row)
{
    const struct reader_cell *cell = reader_record_cell(record, field);
    if (cell->broken) {
        return;
    }
    if (cell->present) {
        (void)field->parse(record, field, (char *)row + field->offset);
    } else if (field->required) {
        reader_record_fault(record, field, "missing: every row needs it");
    }
}

static bool is_good(const struct reader_record *record)
{
    bool good = true;
    for (size_t i = 0; i < record->table->n; i++) {
        good = good && !record->cells[i].broken;
    }
    return good;
}

bool reader_record_parse(struct reader_record *record, union reader_row *row)
{
    const struct reader_table *table = record->table;
    table->blank(row);
    for (size_t i = 0; i < table->n; i++) {
        parse_field(record, &table->fields[i], row);
    }
    if (is_good(record) && table->judge != NULL) {
        table->judge(record, row);
    }
    return is_good(record);
}

const struct reader_field *reader_table_find(const struct reader_table *table, struct str name, bool in_profile,
                                             size_t *hint)
{
    for (size_t i = 0; i < table->n; i++) {
        size_t at = (*hint + i) % table->n;
        const struct reader_field *field = &table->fields[at];
        if (field->in_profile == in_profile && str_equal(name, str_of(field->name))) {
            *hint = at + 1;
            return field;
        }
    }
    return NULL;
}

void reader_nearest_offer(struct reader_nearest *nearest, const char *known)
{
    size_t distance = str_distance(nearest->wanted, str_of(known));
    if (distance <= NEAR && (nearest->best == NULL || distance < nearest->distance)) {
        nearest->best = known;
        nearest->distance = distance;
    }
}

bool reader_table_has_profile(const struct reader_table *table)
{
    bool has = false;
    for (size_t i = 0; i < table->n; i++) {
        has = has || table->fields[i].in_profile;
    }
    return has;
}

void reader_table_offer(const struct reader_table *table, bool in_profile, struct reader_nearest *nearest)
{
    for (size_t i = 0; i < table->n; i++) {
        if (table->fields[i].in_profile == in_profile) {
            reader_nearest_offer(nearest, table->fields[i].name);
        }
    }
}
