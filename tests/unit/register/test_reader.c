// The reader through NDJSON: a whole row of each kind, keys, order and limits, and what hostile files do. The rules one
// by one: test_reader_record.c. CSV: test_reader_csv.c. Encodings: test_reader_decode.c.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "reading.h"
#include "rows.h"

static day_t day(const char *text)
{
    day_t parsed = DAY_NONE;
    assert_true(day_parse(str_of(text), &parsed));
    return parsed;
}

static void assert_text(struct str text, const char *expected)
{
    if (!str_equal(text, str_of(expected))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.n, text.p, expected);
    }
}

// The first row of a file of one line.
static union reader_row read_one(struct reading *reading, enum reader_kind kind, const char *content)
{
    union reader_row row;
    uint64_t line = 0;
    reading_open(reading, kind, READER_UTF8, str_of(content));
    enum err err = reader_next(reading->reader, &row, &line, &reading->fault);
    const struct reader_fault *faults = reader_faults(reading->reader, &reading->faults_n);
    if (err != ERR_OK) {
        fail_msg("no row: %s", reading->faults_n > 0 ? faults[0].reason : err_name(err));
    }
    assert_int_equal(line, 1);
    return row;
}

static void a_whole_registrant(void **state)
{
    (void)state;
    struct reading reading;
    struct registrant one = read_one(&reading, READER_REGISTER, REGISTRANT).registrant;
    assert_int_equal(one.number, 123);
    assert_int_equal(one.registered_on, day("2018-04-01"));
    assert_int_equal(one.renewed_on, day("2021-04-01"));
    assert_int_equal(one.renewal_count, 1);
    assert_int_equal(one.expires_on, day("2024-03-31"));
    assert_int_equal(one.exam_passed, 2017 * 12 + 9);
    assert_int_equal(one.status, STATUS_NAME_USE_SUSPENDED);
    assert_int_equal(one.status_on, day("2021-07-01"));
    assert_int_equal(one.suspended_until, day("2022-01-31"));
    assert_int_equal(one.public_fields,
                     1 << OPTIONAL_NAME | 1 << OPTIONAL_KANA | 1 << OPTIONAL_EMPLOYER | 1 << OPTIONAL_HOME);
    assert_text(one.name, "髙橋 太郎");
    assert_text(one.kana, "タカハシ タロウ");
    assert_text(one.other_name, "Sample");
    assert_int_equal(one.birth_month, 1980 * 12 + 4);
    assert_text(one.exam_certificate, "SC-2017-10-01234");
    assert_int_equal(one.home, 13);
    assert_text(one.employer, "株式会社サンプル");
    assert_int_equal(one.employer_place, PLACE_OVERSEAS);
    assert_text(one.email, "a@sample.example");
    assert_text(one.phone, "00-0000");
    assert_text(one.url, "https://sample.example/");
    assert_int_equal(one.specialties.n, 2);
    assert_text(one.specialties.items[0], "監査");
    assert_text(one.specialties.items[1], "診断");
    assert_int_equal(one.skills.n, 1);
    assert_text(one.skills.items[0], "C");
    assert_int_equal(one.qualifications.n, 1);
    assert_text(one.qualifications.items[0], "Q");
    assert_text(one.statement, "一行\r\n二行 髙😀");
    reading_close(&reading);
}

static void the_least_registrant(void **state)
{
    (void)state;
    struct reading reading;
    struct registrant one = read_one(&reading, READER_REGISTER, LEAST).registrant;
    assert_int_equal(one.renewed_on, DAY_NONE);
    assert_int_equal(one.exam_passed, MONTH_NONE);
    assert_int_equal(one.suspended_until, DAY_NONE);
    assert_int_equal(one.birth_month, MONTH_NONE);
    assert_int_equal(one.public_fields, 0);
    assert_int_equal(one.home, PLACE_NONE);
    assert_int_equal(one.employer_place, PLACE_NONE);
    assert_null(one.kana.p);
    assert_null(one.employer.p);
    assert_null(one.statement.p);
    assert_int_equal(one.specialties.n, 0);
    reading_close(&reading);
}

static void the_other_kinds(void **state)
{
    (void)state;
    struct reading reading;
    struct course course = read_one(&reading, READER_COURSES, COURSE).course;
    assert_text(course.code, "online-2022");
    assert_int_equal(course.kind, KIND_ONLINE);
    assert_text(course.name, "オンライン講習");
    assert_text(course.name_en, "Online course");
    assert_text(course.operator_code, "ipa");
    assert_int_equal(course.valid_from, day("2022-04-01"));
    assert_int_equal(course.valid_to, day("2023-03-31"));
    assert_int_equal(course.tenth_hours, 65);
    assert_int_equal(course.fee_yen, 20000);
    reading_close(&reading);
    struct operator_entry entry = read_one(&reading, READER_OPERATORS, OPERATOR).operator_entry;
    assert_text(entry.code, "ipa");
    assert_text(entry.domain, "courses.sample.example");
    reading_close(&reading);
    struct completion completion = read_one(&reading, READER_COMPLETIONS, COMPLETION).completion;
    assert_int_equal(completion.number, 123);
    assert_text(completion.course, "online-2022");
    assert_int_equal(completion.completed_on, day("2022-07-01"));
    reading_close(&reading);
}

static void a_course_need_not_give_hours_and_fee(void **state)
{
    (void)state;
    struct reading reading;
    char *content = reading_replace(COURSE, ",\"hours\":6.5,\"fee_yen\":20000", "");
    struct course course = read_one(&reading, READER_COURSES, content).course;
    assert_int_equal(course.tenth_hours, 0);
    assert_int_equal(course.fee_yen, -1);
    reading_close(&reading);
    free(content);
}

static void what_is_withheld_is_dropped(void **state)
{
    (void)state;
    struct reading reading;
    struct registrant one = read_one(&reading, READER_REGISTER, REGISTRANT).registrant;
    registrant_drop_withheld(&one);
    assert_text(one.name, "髙橋 太郎");
    assert_text(one.kana, "タカハシ タロウ");
    assert_int_equal(one.home, 13);
    assert_text(one.employer, "株式会社サンプル");
    assert_null(one.other_name.p);
    assert_int_equal(one.birth_month, MONTH_NONE);
    assert_null(one.exam_certificate.p);
    assert_int_equal(one.employer_place, PLACE_NONE);
    assert_text(one.email, "a@sample.example");
    one.public_fields = 0;
    registrant_drop_withheld(&one);
    assert_null(one.name.p);
    assert_null(one.kana.p);
    assert_int_equal(one.home, PLACE_NONE);
    assert_null(one.employer.p);
    assert_int_equal(one.number, 123);
    reading_close(&reading);
}

static void reading_goes_on_and_orders_its_faults(void **state)
{
    (void)state;
    struct reading reading;
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8,
                 STR("\n{\"number\":\"0\",\"course\":\"A\",\"completed_on\":\"x\"}\n"
                     "{\"number\":\"1\",\"course\":\"a\",\"completed_on\":\"2022-07-01\"}\n"
                     "[]\n\"text\"\n\r\n  \n12\n"
                     "{\"number\":\"2\",\"course\":\"a\",\"completed_on\":\"2022-07-01\"}"));
    reading_all(&reading);
    reader_add_fault(reading.reader, 3, "course", "no course \"%s\"", "a");
    reader_faults(reading.reader, &reading.faults_n);
    assert_int_equal(reading.end, ERR_NOT_FOUND);
    assert_int_equal(reading.rows, 2);
    assert_int_equal(reading.faults_n, 7);
    reading_expect_fault(&reading, 0, 2, "number", "registration number", "0");
    reading_expect_fault(&reading, 1, 2, "course", "not a code", "1");
    reading_expect_fault(&reading, 2, 2, "completed_on", "not a day", "2");
    reading_expect_fault(&reading, 3, 3, "course", "no course \"a\"", "3");
    reading_expect_fault(&reading, 4, 4, "", "is a list; must be one JSON object on each line", "4");
    reading_expect_fault(&reading, 5, 5, "", "is text; must be one JSON object", "5");
    reading_expect_fault(&reading, 6, 8, "", "is a number; must be one JSON object", "6");
    union reader_row row;
    uint64_t line;
    assert_int_equal(reader_next(reading.reader, &row, &line, NULL), ERR_NOT_FOUND);
    reading_close(&reading);
}

static void a_key_stands_once(void **state)
{
    (void)state;
    struct reading reading;
    char content[sizeof LEAST * 3 + 200];
    // The second is broken elsewhere too, and still holds its number.
    char *broken = reading_replace(LEAST, "\"7\"", "\"9999999\"");
    char *twice = reading_replace(broken, "registered\"", "gone\"");
    (void)snprintf(content, sizeof content, "%s\n%s\n%s\n%s\n", LEAST, twice, broken,
                   "{\"number\":\"0000007\",\"name\":\"A\"}");
    free(broken);
    free(twice);
    reading_open(&reading, READER_REGISTER, READER_UTF8, str_of(content));
    reading_all(&reading);
    assert_int_equal(reading.rows, 1);
    reading_expect_fault(&reading, 0, 2, "status", "not a status", "broken");
    reading_expect_fault(&reading, 1, 3, "number", "stands on line 2 already", "after broken");
    reading_expect_fault(&reading, reading.faults_n - 1, 4, "number", "stands on line 1 already", "other zeros");
    reading_close(&reading);
}

static void a_code_stands_once_among_thousands(void **state)
{
    (void)state;
    enum { CODES = 3000 };
    struct reading reading;
    size_t size = (CODES + 2) * 40;
    char *content = malloc(size);
    size_t n = 0;
    assert_non_null(content);
    for (int i = 0; i < CODES; i++) {
        n += (size_t)snprintf(content + n, size - n, "{\"code\":\"c%d\",\"name\":\"A\"}\n", i);
    }
    n += (size_t)snprintf(content + n, size - n, "{\"code\":\"c1234\",\"name\":\"A\"}\n");
    reading_open(&reading, READER_OPERATORS, READER_UTF8, (struct str){content, n});
    reading_all(&reading);
    assert_int_equal(reading.rows, CODES);
    assert_int_equal(reading.faults_n, 1);
    reading_expect_fault(&reading, 0, CODES + 1, "code", "stands on line 1235 already", "code");
    reading_close(&reading);
    free(content);
}

static void reading_stops_at_a_hundred_faults(void **state)
{
    (void)state;
    struct reading reading;
    char content[150 * 3];
    for (size_t i = 0; i < sizeof content; i += 3) {
        memcpy(content + i, "{}\n", 3);
    }
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, sizeof content});
    reading_all(&reading);
    assert_int_equal(reading.end, ERR_LIMIT);
    assert_int_equal(reading.faults_n, READER_FAULTS_MAX);
    assert_int_equal(reading.faults[READER_FAULTS_MAX - 1].line, 34); // three fields are missing in each
    reader_add_fault(reading.reader, 1, "", "one too many");
    reader_faults(reading.reader, &reading.faults_n);
    assert_int_equal(reading.faults_n, READER_FAULTS_MAX);
    assert_string_equal(reading.faults[0].field, "number");
    reading_close(&reading);
}

static void empty_files_are_no_rows(void **state)
{
    (void)state;
    static const char *const contents[] = {"", "\n", "\r\n \n\t\n", "\xef\xbb\xbf", "\xef\xbb\xbf\n"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        struct reading reading;
        reading_open(&reading, READER_REGISTER, READER_UTF8, str_of(contents[i]));
        reading_all(&reading);
        assert_int_equal(reading.end, ERR_NOT_FOUND);
        assert_int_equal(reading.rows, 0);
        assert_int_equal(reading.faults_n, 0);
        reading_close(&reading);
    }
}

// A good line, one whose text makes it `length` bytes long, and a good line again.
static void check_long_line(size_t length, const char *end, size_t rows)
{
    struct reading reading;
    size_t size = length + 3 * sizeof COMPLETION;
    char *content = malloc(size);
    assert_non_null(content);
    size_t n = (size_t)snprintf(content, size, "%s%s", COMPLETION, end);
    memset(content + n, ' ', length);
    memcpy(content + n, COMPLETION, sizeof COMPLETION - 1);
    n += length;
    n += (size_t)snprintf(content + n, size - n, "%s%s", end, COMPLETION);
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, n});
    reading_all(&reading);
    assert_int_equal(reading.end, ERR_NOT_FOUND);
    assert_int_equal(reading.rows, rows);
    assert_int_equal(reading.faults_n, 3 - rows);
    if (rows < 3) {
        reading_expect_fault(&reading, 0, 2, "", "line longer than 65536 bytes", "long");
    }
    reading_close(&reading);
    free(content);
}

static void long_lines(void **state)
{
    (void)state;
    check_long_line(READER_LINE_MAX, "\n", 3);
    check_long_line(READER_LINE_MAX, "\r\n", 3);
    check_long_line(READER_LINE_MAX + 1, "\n", 2);
    check_long_line(READER_LINE_MAX + 1, "\r\n", 2);
    check_long_line(20 * READER_LINE_MAX + 17, "\n", 2);
}

static void a_file_of_one_endless_line(void **state)
{
    (void)state;
    struct reading reading;
    size_t n = 8 * READER_LINE_MAX;
    char *content = calloc(n, 1); // NULs, too
    assert_non_null(content);
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, n});
    reading_all(&reading);
    assert_int_equal(reading.end, ERR_NOT_FOUND);
    assert_int_equal(reading.faults_n, 1);
    reading_expect_fault(&reading, 0, 1, "", "line longer than 65536 bytes", "endless");
    reading_close(&reading);
    free(content);
}

static void reasons_are_printable_whatever_the_file_holds(void **state)
{
    (void)state;
    struct reading reading;
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8,
                 STR("{\"number\":\"\\u001b[2J\\u0000ああああああああああああああああああああああ\","
                     "\"\\u0007あああああああああああああ\":1}"));
    reading_all(&reading);
    assert_true(reading.faults_n >= 2);
    for (size_t i = 0; i < reading.faults_n; i++) {
        assert_true(str_is_utf8(str_of(reading.faults[i].reason)));
        assert_false(str_has_control(str_of(reading.faults[i].reason)));
        assert_true(str_is_utf8(str_of(reading.faults[i].field)));
        assert_false(str_has_control(str_of(reading.faults[i].field)));
    }
    reading_close(&reading);
}

static void what_cannot_be_opened(void **state)
{
    (void)state;
    struct reader *reader;
    struct fault fault = {""};
    assert_int_equal(reader_open("/nowhere/at/all", READER_REGISTER, READER_UTF8, &reader, &fault), ERR_IO);
    assert_non_null(strstr(fault.text, "/nowhere/at/all"));
    assert_null(reader);
    assert_int_equal(reader_open("/tmp", READER_REGISTER, READER_UTF8, &reader, &fault), ERR_IO);
    assert_non_null(strstr(fault.text, "is a directory"));
    assert_null(reader);
    reader_close(&reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_registrant),
        cmocka_unit_test(the_least_registrant),
        cmocka_unit_test(the_other_kinds),
        cmocka_unit_test(a_course_need_not_give_hours_and_fee),
        cmocka_unit_test(what_is_withheld_is_dropped),
        cmocka_unit_test(reading_goes_on_and_orders_its_faults),
        cmocka_unit_test(a_key_stands_once),
        cmocka_unit_test(a_code_stands_once_among_thousands),
        cmocka_unit_test(reading_stops_at_a_hundred_faults),
        cmocka_unit_test(empty_files_are_no_rows),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(a_file_of_one_endless_line),
        cmocka_unit_test(reasons_are_printable_whatever_the_file_holds),
        cmocka_unit_test(what_cannot_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
