// Fuzzes register/reader.h: the first byte says which kind of file the rest is (0 register, 1 courses, 2 operators,
// 3 completions, in UTF-8; 4 to 7 the same in Shift_JIS). Rows that come out are within the limits of types.h; what is
// wrong is told in words that are safe to print; and a line that jansson refuses gives no row.
#include "tests/fuzz/fuzz.h"

#include <jansson.h>
#include <sys/mman.h>
#include <unistd.h>

#include "register/reader.h"

static int file = -1;
static char path[64];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    file = memfd_create("fuzz", MFD_CLOEXEC);
    must(file >= 0);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return 0;
}

static void write_file(struct str content)
{
    must(ftruncate(file, 0) == 0);
    must(pwrite(file, content.p, content.n, 0) == (ssize_t)content.n);
}

// --- rows ------------------------------------------------------------------------------------------------------------

static void check_text(struct str text, size_t longest)
{
    if (text.p != NULL) {
        must(text.n > 0 && str_is_utf8(text) && !str_has_control(text));
        must(str_count_chars(text) <= longest);
    }
}

static void check_given(struct str text, size_t longest)
{
    must(text.p != NULL);
    check_text(text, longest);
}

// The free text may have line breaks.
static void check_statement(struct str text)
{
    if (text.p == NULL) {
        return;
    }
    must(text.n > 0 && str_is_utf8(text) && str_count_chars(text) <= STATEMENT_LONGEST);
    for (struct str rest = text; rest.p != NULL;) {
        struct str line = str_cut(&rest, '\n');
        line.n -= rest.p != NULL && line.n > 0 && line.p[line.n - 1] == '\r' ? 1 : 0;
        must(!str_has_control(line));
    }
}

static void check_list(struct text_list list)
{
    must(list.n <= LIST_LONGEST);
    for (size_t i = 0; i < list.n; i++) {
        check_given(list.items[i], TEXT_LONGEST);
    }
}

static void check_day(day_t day)
{
    struct ymd ymd = day_to_ymd(day);
    must(ymd_is_valid(ymd) && ymd.year >= 1900 && ymd.year <= 2199);
}

static void check_place(int place)
{
    must((place >= PLACE_NONE && place <= 47) || place == PLACE_OVERSEAS);
}

static void check_number(number_t number)
{
    must(number > 0 && number <= NUMBER_MAX);
}

static void check_month(month_t month)
{
    must(month == MONTH_NONE || (month >= 1900 * 12 && month < 2200 * 12));
}

static void check_registrant_texts(const struct registrant *r)
{
    const struct str texts[] = {r->name, r->kana, r->other_name, r->exam_certificate, r->employer, r->email, r->phone};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_text(texts[i], TEXT_LONGEST);
    }
    check_text(r->url, STATEMENT_LONGEST);
    check_statement(r->statement);
    check_list(r->specialties);
    check_list(r->skills);
    check_list(r->qualifications);
}

static void check_registrant(const struct registrant *r)
{
    check_number(r->number);
    must(r->status >= 0 && r->status < STATUS_COUNT && r->status != STATUS_LAPSED);
    check_day(r->registered_on);
    check_day(r->expires_on);
    check_day(r->status_on);
    must(r->renewed_on == DAY_NONE || r->renewed_on >= r->registered_on);
    must(r->suspended_until == DAY_NONE || r->status == STATUS_NAME_USE_SUSPENDED);
    must(r->public_fields < 1U << OPTIONAL_COUNT);
    check_month(r->exam_passed);
    check_month(r->birth_month);
    check_place(r->home);
    check_place(r->employer_place);
    check_registrant_texts(r);
    struct registrant shown = *r;
    registrant_drop_withheld(&shown);
    must((shown.name.p != NULL) == (r->name.p != NULL && (r->public_fields >> OPTIONAL_NAME & 1) != 0));
}

static void check_course(const struct course *course)
{
    must(code_is_valid(course->code) && code_is_valid(course->operator_code));
    must(course->kind >= 0 && course->kind < KIND_COUNT);
    check_given(course->name, TEXT_LONGEST);
    check_text(course->name_en, TEXT_LONGEST);
    check_day(course->valid_from);
    check_day(course->valid_to);
    must(course->valid_from <= course->valid_to);
    must(course->fee_yen >= -1);
}

static void check_row(enum reader_kind kind, const union reader_row *row)
{
    switch (kind) {
    case READER_REGISTER:
        check_registrant(&row->registrant);
        break;
    case READER_COURSES:
        check_course(&row->course);
        break;
    case READER_OPERATORS:
        must(code_is_valid(row->operator_entry.code));
        check_given(row->operator_entry.name, TEXT_LONGEST);
        check_text(row->operator_entry.name_en, TEXT_LONGEST);
        check_text(row->operator_entry.domain, STATEMENT_LONGEST);
        break;
    case READER_COMPLETIONS:
        check_number(row->completion.number);
        must(code_is_valid(row->completion.course));
        must(row->completion.completed_on >= COMPLETION_DAY_FIRST &&
             row->completion.completed_on <= COMPLETION_DAY_LAST);
        break;
    }
}

// A number or code stands in a file once, but for completions, which have none of their own. The codes are kept.
struct keys {
    number_t numbers[KEPT_MOST];
    struct str codes[KEPT_MOST];
    size_t n;
};

static void check_key(enum reader_kind kind, const union reader_row *row, struct keys *keys)
{
    if (kind == READER_COMPLETIONS) {
        return;
    }
    struct str code = kind == READER_COURSES     ? row->course.code
                      : kind == READER_OPERATORS ? row->operator_entry.code
                                                 : STR("");
    number_t number = kind == READER_REGISTER ? row->registrant.number : 0;
    for (size_t i = 0; i < keys->n; i++) {
        must(keys->numbers[i] != number || !str_equal(keys->codes[i], code));
    }
    keys->numbers[keys->n] = number;
    keys->codes[keys->n++] = fuzz_keep(code);
}

// --- lines -----------------------------------------------------------------------------------------------------------

static struct str line_of(struct str content, uint64_t number)
{
    struct str line = {NULL, 0};
    struct str rest = content;
    for (uint64_t i = 0; i < number; i++) {
        must(rest.p != NULL);
        line = str_cut(&rest, '\n');
    }
    return line;
}

static struct str without_mark(struct str text)
{
    static const struct str mark = {"\xef\xbb\xbf", 3};
    return str_starts_with(text, mark) ? (struct str){text.p + mark.n, text.n - mark.n} : text;
}

static bool is_ndjson(struct str content)
{
    struct str text = str_trim(without_mark(content));
    return text.n > 0 && text.p[0] == '{';
}

static uint64_t count_lines(struct str content)
{
    uint64_t count = 0;
    for (struct str rest = without_mark(content); rest.p != NULL;) {
        count += str_trim(str_cut(&rest, '\n')).n > 0 ? 1 : 0;
    }
    return count;
}

// What became a row is JSON to another parser too, and the first thing in it is the same.
static void check_json(struct str line, enum reader_kind kind, const union reader_row *row)
{
    line = without_mark(line);
    json_t *json = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    must(json_is_object(json));
    if (kind == READER_REGISTER || kind == READER_COMPLETIONS) {
        number_t number = 0;
        const json_t *text = json_object_get(json, "number");
        must(number_parse((struct str){json_string_value(text), json_string_length(text)}, &number));
        must(number == (kind == READER_REGISTER ? row->registrant.number : row->completion.number));
    } else {
        const json_t *text = json_object_get(json, "code");
        struct str code = kind == READER_COURSES ? row->course.code : row->operator_entry.code;
        must(str_equal((struct str){json_string_value(text), json_string_length(text)}, code));
    }
    json_decref(json);
}

// --- a file ----------------------------------------------------------------------------------------------------------

// On how many lines.
static uint64_t check_faults(const struct reader *reader, size_t *count)
{
    const struct reader_fault *faults = reader_faults(reader, count);
    uint64_t lines = 0;
    must(*count <= READER_FAULTS_MAX);
    for (size_t i = 0; i < *count; i++) {
        struct str field = str_of(faults[i].field);
        struct str reason = str_of(faults[i].reason);
        must(faults[i].line >= (i > 0 ? faults[i - 1].line : 1));
        must(str_is_utf8(field) && !str_has_control(field));
        must(reason.n > 0 && str_is_utf8(reason) && !str_has_control(reason));
        lines += i == 0 || faults[i].line != faults[i - 1].line ? 1 : 0;
    }
    return lines;
}

static struct keys keys;

static void read_file(struct reader *reader, enum reader_kind kind, struct str content, bool utf8)
{
    union reader_row row;
    struct fault fault = {""};
    uint64_t line = 0;
    uint64_t before = 0;
    uint64_t rows = 0;
    enum err err;
    bool ndjson = is_ndjson(content);
    keys.n = 0;
    for (; (err = reader_next(reader, &row, &line, &fault)) == ERR_OK; rows++) {
        must(line > before);
        before = line;
        check_row(kind, &row);
        check_key(kind, &row, &keys);
        if (ndjson && utf8) {
            check_json(line_of(content, line), kind, &row);
        }
    }
    size_t faults;
    uint64_t faulty = check_faults(reader, &faults);
    must(err == (faults < READER_FAULTS_MAX ? ERR_NOT_FOUND : ERR_LIMIT));
    must(reader_next(reader, &row, &line, &fault) == err);
    must(!ndjson || !utf8 || err == ERR_LIMIT || rows + faulty == count_lines(content));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    enum reader_kind kind = (enum reader_kind)(data[0] & 3);
    bool utf8 = (data[0] & 4) == 0;
    struct str content = {(const char *)data + 1, size - 1};
    struct reader *reader = NULL;
    struct fault fault = {""};
    write_file(content);
    must(reader_open(path, kind, utf8 ? READER_UTF8 : READER_SHIFT_JIS, &reader, &fault) == ERR_OK);
    read_file(reader, kind, content, utf8);
    reader_close(&reader);
    fuzz_forget(0);
    return 0;
}
