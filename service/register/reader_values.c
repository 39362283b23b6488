// The typed values of fields: see reader_values.h.
#include "register/reader_values.h"

#include <stdio.h>
#include <string.h>

enum { ALLOWED_TEXT = 160 };

static struct str cell_text(struct reader_record *record, const struct reader_field *field)
{
    return reader_record_cell(record, field)->text;
}

// Words for a list of allowed names: "a, b, c".
static void add_allowed(char *allowed, const char *name)
{
    size_t n = strlen(allowed);
    (void)snprintf(allowed + n, ALLOWED_TEXT - n, "%s%s", n == 0 ? "" : ", ", name);
}

static bool is_line_break(struct str text, size_t at)
{
    return text.p[at] == '\n' || (text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n');
}

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

// `which` says in words where in the field the text stands: "" or "entry 3: ".
static bool check_text(struct reader_record *record, const struct reader_field *field, struct str text, bool breaks,
                       const char *which)
{
    const uint32_t ideographic_space = 0x3000;
    size_t characters = 0;
    bool visible = false;
    for (size_t at = 0; at < text.n;) {
        bool allowed = breaks && is_line_break(text, at);
        uint32_t character = str_next_char(text, &at);
        characters++;
        if (is_control(character) && !allowed) {
            return reader_record_fault(record, field, "%scontrol character U+%04X as character %zu; not allowed here",
                                       which, (unsigned)character, characters);
        }
        visible = visible || (character > ' ' && character != ideographic_space);
    }
    if (!visible) {
        return reader_record_fault(record, field, "%sempty; leave out what is absent", which);
    }
    if (characters > field->longest) {
        return reader_record_fault(record, field, "%s%zu characters; at most %zu are allowed", which, characters,
                                   field->longest);
    }
    return true;
}

bool reader_value_text(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str *text = target;
    *text = cell_text(record, field);
    return check_text(record, field, *text, false, "");
}

bool reader_value_statement(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str *text = target;
    *text = cell_text(record, field);
    return check_text(record, field, *text, true, "");
}

bool reader_value_texts(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct text_list *list = target;
    *list = reader_record_cell(record, field)->list;
    for (size_t i = 0; i < list->n; i++) {
        char which[32];
        (void)snprintf(which, sizeof which, "entry %zu: ", i + 1);
        if (!check_text(record, field, list->items[i], false, which)) {
            return false;
        }
    }
    return true;
}

bool reader_value_number(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    return number_parse(text, target) ||
           reader_record_fault(record, field, "\"%.*s\" is not a registration number; write 1 to 7 digits, 1 to %d",
                               reader_clip(text), text.p, NUMBER_MAX);
}

bool reader_value_day(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    return day_parse(text, target) ||
           reader_record_fault(record, field,
                               "\"%.*s\" is not a day; write YYYY-MM-DD, a day that exists, 1900 to 2199",
                               reader_clip(text), text.p);
}

bool reader_value_month(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    return month_parse(text, target) ||
           reader_record_fault(record, field, "\"%.*s\" is not a month; write YYYY-MM, 1900 to 2199", reader_clip(text),
                               text.p);
}

bool reader_value_renewals(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    uint32_t *renewals = target;
    uint64_t value;
    if (!str_to_u64(text, READER_RENEWALS_MAX, &value)) {
        return reader_record_fault(record, field, "\"%.*s\" is not a count; write a whole number, 0 to %d",
                                   reader_clip(text), text.p, READER_RENEWALS_MAX);
    }
    *renewals = (uint32_t)value;
    return true;
}

bool reader_value_place(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    return place_parse(text, target) ||
           reader_record_fault(record, field,
                               "\"%.*s\" is not a place; write a prefecture's two digits, 01 to 47, or %d for overseas",
                               reader_clip(text), text.p, PLACE_OVERSEAS);
}

static bool refuse_status(struct reader_record *record, const struct reader_field *field, struct str text)
{
    char allowed[ALLOWED_TEXT] = "";
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (i != STATUS_LAPSED) {
            add_allowed(allowed, status_name((enum status)i));
        }
    }
    return reader_record_fault(record, field, "\"%.*s\" is not a status; allowed: %s", reader_clip(text), text.p,
                               allowed);
}

bool reader_value_status(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    enum status *status = target;
    if (!status_parse(text, status)) {
        return refuse_status(record, field, text);
    }
    if (*status == STATUS_LAPSED) {
        return reader_record_fault(record, field,
                                   "\"lapsed\" is not given: it follows from expires_on; write \"registered\"");
    }
    return true;
}

static bool refuse_public(struct reader_record *record, const struct reader_field *field, struct str text)
{
    char allowed[ALLOWED_TEXT] = "";
    struct reader_nearest nearest = {.wanted = text};
    for (int i = 0; i < OPTIONAL_COUNT; i++) {
        const char *name = optional_name((enum optional_field)i);
        add_allowed(allowed, name);
        reader_nearest_offer(&nearest, name);
    }
    if (nearest.best != NULL) {
        return reader_record_fault(record, field, "\"%.*s\" is no optional field; did you mean \"%s\"?",
                                   reader_clip(text), text.p, nearest.best);
    }
    return reader_record_fault(record, field, "\"%.*s\" is no optional field; allowed: %s", reader_clip(text), text.p,
                               allowed);
}

bool reader_value_public(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct text_list list = reader_record_cell(record, field)->list;
    unsigned *bits = target;
    for (size_t i = 0; i < list.n; i++) {
        enum optional_field named;
        if (!optional_parse(list.items[i], &named)) {
            return refuse_public(record, field, list.items[i]);
        }
        unsigned bit = 1U << named;
        if ((*bits & bit) != 0) {
            return reader_record_fault(record, field, "\"%s\" is named twice", optional_name(named));
        }
        *bits |= bit;
    }
    return true;
}

bool reader_value_code(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str *code = target;
    *code = cell_text(record, field);
    return code_is_valid(*code) ||
           reader_record_fault(record, field,
                               "\"%.*s\" is not a code; write 1 to %d of a-z, 0-9 and (not first) '.', '_', '-'",
                               reader_clip(*code), code->p, CODE_LONGEST);
}

bool reader_value_kind(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    if (kind_parse(text, target)) {
        return true;
    }
    char allowed[ALLOWED_TEXT] = "";
    for (int i = 0; i < KIND_COUNT; i++) {
        add_allowed(allowed, kind_name((enum course_kind)i));
    }
    return reader_record_fault(record, field, "\"%.*s\" is not a kind; allowed: %s", reader_clip(text), text.p,
                               allowed);
}

// "6" or "6.5", in tenths.
static bool parse_tenths(struct str text, uint64_t *tenths)
{
    uint64_t whole;
    uint64_t tenth = 0;
    struct str rest = text;
    struct str before = str_cut(&rest, '.');
    bool good = str_to_u64(before, READER_TENTH_HOURS_MAX / 10, &whole) &&
                (rest.p == NULL || (rest.n == 1 && str_to_u64(rest, 9, &tenth)));
    *tenths = good ? whole * 10 + tenth : 0;
    return good;
}

bool reader_value_hours(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    uint32_t *tenth_hours = target;
    uint64_t tenths;
    if (!parse_tenths(text, &tenths) || tenths == 0) {
        return reader_record_fault(
            record, field, "\"%.*s\" is not a time; write hours above 0, at most %d.%d, with at most one decimal",
            reader_clip(text), text.p, READER_TENTH_HOURS_MAX / 10, READER_TENTH_HOURS_MAX % 10);
    }
    *tenth_hours = (uint32_t)tenths;
    return true;
}

bool reader_value_fee(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str text = cell_text(record, field);
    int64_t *fee_yen = target;
    uint64_t value;
    if (!str_to_u64(text, READER_FEE_YEN_MAX, &value)) {
        return reader_record_fault(record, field, "\"%.*s\" is not a fee; write whole yen, 0 to %d", reader_clip(text),
                                   text.p, READER_FEE_YEN_MAX);
    }
    *fee_yen = (int64_t)value;
    return true;
}

// A label of a host name: letters, digits, hyphens not at its ends (RFC 1123, section 2.1), lower case.
static bool is_label(struct str label)
{
    if (label.n == 0 || label.n > READER_LABEL_LONGEST || label.p[0] == '-' || label.p[label.n - 1] == '-') {
        return false;
    }
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return true;
}

static bool is_domain(struct str name)
{
    size_t labels = 0;
    struct str rest = name;
    struct str label = {NULL, 0};
    while (rest.p != NULL) {
        label = str_cut(&rest, '.');
        labels++;
        if (!is_label(label)) {
            return false;
        }
    }
    // A last label of digits alone would be an IPv4 address.
    uint64_t digits;
    return labels >= 2 && name.n <= READER_DOMAIN_LONGEST && !str_to_u64(label, UINT64_MAX, &digits);
}

bool reader_value_domain(struct reader_record *record, const struct reader_field *field, void *target)
{
    struct str *domain = target;
    *domain = cell_text(record, field);
    return is_domain(*domain) ||
           reader_record_fault(record, field,
                               "\"%.*s\" is not a domain name; write it as in \"courses.example\", lower case",
                               reader_clip(*domain), domain->p);
}
