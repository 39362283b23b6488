// The NDJSON door: see reader_json.h.
#include "register/reader_json.h"

#include "register/reader_scan.h"

// Where members are being read: the row's own object or its profile.
struct level {
    struct reader_scan *scan;
    struct reader_record *record;
    bool in_profile;
    bool profile_seen;
    size_t hint; // next expected field
};

#define PROFILE "profile"

static const char *type_name(char first)
{
    switch (first) {
    case '{':
        return "an object";
    case '[':
        return "a list";
    case '"':
        return "text";
    case '0':
        return "a number";
    case 't':
        return "true";
    case 'f':
        return "false";
    case 'n':
        return "null";
    default:
        return "no JSON value";
    }
}

static void refuse_type(const struct level *level, const struct reader_field *field, char first)
{
    static const char *const wanted[] = {
        [SHAPE_TEXT] = "text in quotes",
        [SHAPE_INTEGER] = "a whole number without quotes",
        [SHAPE_DECIMAL] = "a number without quotes",
        [SHAPE_LIST] = "a list of texts",
    };
    if (first == 'n') {
        reader_record_fault(level->record, field, "null is not allowed; leave out what is absent");
    } else {
        reader_record_fault(level->record, field, "is %s; must be %s", type_name(first), wanted[field->shape]);
    }
    (void)reader_scan_skip(level->scan);
}

static bool is_whole(struct str number)
{
    bool whole = true;
    for (size_t i = 0; i < number.n; i++) {
        whole = whole && number.p[i] != '.' && number.p[i] != 'e' && number.p[i] != 'E';
    }
    return whole;
}

static void fill_number(const struct level *level, const struct reader_field *field, struct reader_cell *cell)
{
    if (reader_scan_number(level->scan, &cell->text) && field->shape == SHAPE_INTEGER && !is_whole(cell->text)) {
        reader_record_fault(level->record, field, "\"%.*s\" is not a whole number", reader_clip(cell->text),
                            cell->text.p);
    }
}

// Goes to the end of the list in any case; only the first fault is noted.
static void fill_list(const struct level *level, const struct reader_field *field, const struct reader_cell *cell)
{
    for (size_t n = 0; reader_scan_item(level->scan, &n);) {
        char first = reader_scan_peek(level->scan);
        struct str text;
        if (first != '"') {
            if (reader_scan_skip(level->scan) && !cell->broken) {
                reader_record_fault(level->record, field, "entry %zu is %s; must be text in quotes", n,
                                    type_name(first));
            }
        } else if (reader_scan_text(level->scan, &text) && !cell->broken) {
            (void)reader_record_add_item(level->record, field, text);
        }
    }
}

static void fill_cell(const struct level *level, const struct reader_field *field)
{
    struct reader_cell *cell = reader_record_cell(level->record, field);
    char first = reader_scan_peek(level->scan);
    if (cell->present) {
        reader_record_fault(level->record, field, "the field stands twice in the object");
        (void)reader_scan_skip(level->scan);
        return;
    }
    cell->present = true;
    if (field->shape == SHAPE_TEXT && first == '"') {
        (void)reader_scan_text(level->scan, &cell->text);
    } else if (field->shape == SHAPE_LIST && first == '[') {
        fill_list(level, field, cell);
    } else if ((field->shape == SHAPE_INTEGER || field->shape == SHAPE_DECIMAL) && first == '0') {
        fill_number(level, field, cell);
    } else {
        refuse_type(level, field, first);
    }
}

static void note(const struct level *level, struct str key, const char *reason, const char *name, const char *end)
{
    char field[READER_FAULT_FIELD];
    reader_faults_name(field, level->in_profile ? PROFILE "." : "", key);
    reader_faults_add(level->record->faults, level->record->line, field, "%s%s%s", reason, name, end);
}

static void refuse_unknown(const struct level *level, struct str key)
{
    const struct reader_table *table = level->record->table;
    struct reader_nearest nearest = {.wanted = key};
    size_t hint = 0;
    reader_table_offer(table, level->in_profile, &nearest);
    if (!level->in_profile && reader_table_has_profile(table)) {
        reader_nearest_offer(&nearest, PROFILE);
    }
    if (reader_table_find(table, key, !level->in_profile, &hint) != NULL) {
        note(level, key, "unknown field here; it belongs ", level->in_profile ? "outside" : "inside",
             " the object \"" PROFILE "\"");
    } else if (nearest.best != NULL) {
        note(level, key, "unknown field; did you mean \"", nearest.best, "\"?");
    } else {
        note(level, key, "unknown field", "", "");
    }
    (void)reader_scan_skip(level->scan);
}

static void fill_member(struct level *level, struct str key)
{
    const struct reader_field *field = reader_table_find(level->record->table, key, level->in_profile, &level->hint);
    if (field == NULL) {
        refuse_unknown(level, key);
    } else {
        fill_cell(level, field);
    }
}

static void fill_profile(struct level *row)
{
    struct level profile = {.scan = row->scan, .record = row->record, .in_profile = true};
    char first = reader_scan_peek(row->scan);
    if (first != '{' || row->profile_seen) {
        reader_faults_add(row->record->faults, row->record->line, PROFILE, "%s%s",
                          row->profile_seen ? "the field stands twice in the object" : "must be an object, but is ",
                          row->profile_seen ? "" : type_name(first));
        (void)reader_scan_skip(row->scan);
        return;
    }
    row->profile_seen = true;
    struct str key;
    for (size_t n = 0; reader_scan_member(row->scan, &n, &key);) {
        fill_member(&profile, key);
    }
}

static void fill_row(struct level *row)
{
    bool profile = reader_table_has_profile(row->record->table);
    struct str key;
    for (size_t n = 0; reader_scan_member(row->scan, &n, &key);) {
        if (profile && str_equal(key, STR(PROFILE))) {
            fill_profile(row);
        } else {
            fill_member(row, key);
        }
    }
}

bool reader_json_fill(struct reader_json *json, struct str line, struct reader_record *record)
{
    struct reader_scan scan;
    reader_scan_begin(&scan, line, json->scratch);
    char first = reader_scan_peek(&scan);
    if (first == '{') {
        fill_row(&(struct level){.scan = &scan, .record = record});
    } else if (reader_scan_skip(&scan) && reader_scan_end(&scan)) {
        reader_faults_add(record->faults, record->line, "", "is %s; must be one JSON object on each line",
                          type_name(first));
        return false;
    }
    if (!reader_scan_end(&scan)) {
        reader_faults_add(record->faults, record->line, "", "not valid JSON at byte %zu: %s", scan.at + 1, scan.wrong);
        return false;
    }
    return true;
}
