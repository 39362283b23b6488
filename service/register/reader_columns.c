// The CSV door: see reader_columns.h.
#include "register/reader_columns.h"

#include <stdio.h>
#include <string.h>

static const struct reader_field *find_column(const struct reader_table *table, struct str name)
{
    size_t hint = 0;
    const struct reader_field *field = reader_table_find(table, name, false, &hint);
    return field != NULL ? field : reader_table_find(table, name, true, &hint);
}

static void refuse_unknown(const struct reader_table *table, struct reader_faults *faults, uint64_t line,
                           struct str name)
{
    struct reader_nearest nearest = {.wanted = name};
    reader_table_offer(table, false, &nearest);
    reader_table_offer(table, true, &nearest);
    if (nearest.best != NULL) {
        reader_faults_add(faults, line, "", "unknown column \"%.*s\"; did you mean \"%s\"?", reader_clip(name), name.p,
                          nearest.best);
        return;
    }
    reader_faults_add(faults, line, "", "unknown column \"%.*s\"", reader_clip(name), name.p);
}

static bool has_column(const struct reader_columns *columns, const struct reader_field *field)
{
    bool has = false;
    for (size_t i = 0; i < columns->n; i++) {
        has = has || columns->fields[i] == field;
    }
    return has;
}

static void take_column(struct reader_columns *columns, const struct reader_table *table, struct reader_faults *faults,
                        uint64_t line, struct str name)
{
    const struct reader_field *field = find_column(table, name);
    if (field == NULL) {
        refuse_unknown(table, faults, line, name);
    } else if (has_column(columns, field)) {
        reader_faults_add(faults, line, field->name, "the column stands twice in the header");
    } else {
        columns->fields[columns->n++] = field;
    }
}

bool reader_columns_take(struct reader_columns *columns, const struct reader_table *table, const struct reader_csv *csv,
                         struct reader_faults *faults, uint64_t line)
{
    size_t before = faults->n;
    size_t kept = csv->n < READER_CELLS_MAX ? csv->n : READER_CELLS_MAX;
    columns->n = 0;
    for (size_t i = 0; i < kept; i++) {
        take_column(columns, table, faults, line, csv->cells[i]);
    }
    for (size_t i = 0; i < table->n; i++) {
        if (table->fields[i].required && !has_column(columns, &table->fields[i])) {
            reader_faults_add(faults, line, table->fields[i].name, "the column is missing in the header");
        }
    }
    return faults->n == before;
}

static void fill_list(struct reader_record *record, const struct reader_field *field, struct str text)
{
    for (struct str rest = text; rest.p != NULL;) {
        if (!reader_record_add_item(record, field, str_cut(&rest, ';'))) {
            return;
        }
    }
}

bool reader_columns_fill(const struct reader_columns *columns, const struct reader_csv *csv,
                         struct reader_record *record)
{
    if (csv->n != columns->n) {
        reader_faults_add(record->faults, record->line, "", "%zu cells; the header has %zu", csv->n, columns->n);
        return false;
    }
    for (size_t i = 0; i < columns->n; i++) {
        const struct reader_field *field = columns->fields[i];
        struct reader_cell *cell = reader_record_cell(record, field);
        cell->present = csv->cells[i].n > 0;
        if (!cell->present) {
            continue;
        }
        if (field->shape == SHAPE_LIST) {
            fill_list(record, field, csv->cells[i]);
        } else {
            cell->text = csv->cells[i];
        }
    }
    return true;
}
