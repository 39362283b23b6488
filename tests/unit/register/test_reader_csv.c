// The reader through CSV: RFC 4180, the header, and that a row means the same as in NDJSON.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "reading.h"

#define HEADER                                                                                                         \
    "number,registered_on,renewed_on,renewal_count,expires_on,status,status_on,public,name,kana,employer,email,"       \
    "skills,"                                                                                                          \
    "statement"
#define TERMS "2018-04-01,,0,2021-03-31,registered,2018-04-01"

static void assert_text(struct str text, const char *expected)
{
    if (!str_equal(text, str_of(expected))) {
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.n, text.p, expected);
    }
}

static void rows_of_every_sort(void **state)
{
    (void)state;
    struct reading reading;
    union reader_row row;
    uint64_t line;
    reading_open(&reading, READER_REGISTER, READER_UTF8,
                 STR("\xef\xbb\xbf" HEADER "\r\n"
                     "000001," TERMS
                     ",name;kana,髙橋 太郎,タカハシ,\"見本, 株式会社\",a@b.example,C;SQL,\"一\r\n\"\"二\"\"\n三\"\r\n"
                     "\r\n"
                     "2,\"2018-04-01\",\"\"," // an empty quoted cell is absent too
                     "\"0\",2021-03-31,registered,2018-04-01,,\"A\",,,,,\n"
                     "3," TERMS ",,B,,,,,")); // no line end
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
    assert_int_equal(line, 2);
    assert_int_equal(row.registrant.number, 1);
    assert_int_equal(row.registrant.renewed_on, DAY_NONE);
    assert_int_equal(row.registrant.public_fields, 1 << OPTIONAL_NAME | 1 << OPTIONAL_KANA);
    assert_text(row.registrant.name, "髙橋 太郎");
    assert_text(row.registrant.employer, "見本, 株式会社");
    assert_text(row.registrant.email, "a@b.example");
    assert_int_equal(row.registrant.skills.n, 2);
    assert_text(row.registrant.skills.items[1], "SQL");
    assert_text(row.registrant.statement, "一\r\n\"二\"\n三");
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
    assert_int_equal(line, 6); // the first record took three lines, a blank one followed
    assert_text(row.registrant.name, "A");
    assert_int_equal(row.registrant.skills.n, 0);
    assert_null(row.registrant.statement.p);
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
    assert_int_equal(line, 7);
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_NOT_FOUND);
    reader_faults(reading.reader, &reading.faults_n);
    assert_int_equal(reading.faults_n, 0);
    reading_close(&reading);
}

static void the_other_kinds(void **state)
{
    (void)state;
    struct reading reading;
    union reader_row row;
    uint64_t line;
    reading_open(
        &reading, READER_COURSES, READER_UTF8,
        STR("fee_yen,hours,valid_to,valid_from,operator,name,kind,code\n"
            "80000,7,2023-03-31,2022-04-01,ipa,見本,practical_a,p-2022\n,,2023-03-31,2022-04-01,ipa,x,online,o\n"));
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
    assert_int_equal(row.course.tenth_hours, 70);
    assert_int_equal(row.course.fee_yen, 80000);
    assert_int_equal(row.course.kind, KIND_PRACTICAL_A);
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
    assert_int_equal(row.course.tenth_hours, 0);
    assert_int_equal(row.course.fee_yen, -1);
    reading_close(&reading);
}

// A file of completions and its faults; the second may be absent.
struct expected {
    const char *content;
    size_t rows;
    struct {
        uint64_t line;
        const char *field;
        const char *words;
    } faults[2];
};

#define COLUMNS "number,course,completed_on\n"
#define GOOD "1,a,2022-07-01\n"

static const struct expected files[] = {
    {COLUMNS, 0, {{0}}},
    {"number,course,completed_on", 0, {{0}}},
    {"\n\n" COLUMNS "\n" GOOD "\n\n", 1, {{0}}},
    {COLUMNS GOOD GOOD, 2, {{0}}}, // the same completion twice is the database's affair
    {"number,course\n" GOOD, 0, {{1, "completed_on", "column is missing"}}},
    {"number,course,completed_on,course\n" GOOD, 0, {{1, "course", "stands twice"}}},
    {"number,cours,completed_on\n" GOOD,
     0,
     {{1, "", "unknown column \"cours\"; did you mean \"course\"?"}, {1, "course", "column is missing"}}},
    {"number,course,completed_on,\n" GOOD, 0, {{1, "", "unknown column \"\""}}},
    {"number,course,completed_on,colour\n" GOOD, 0, {{1, "", "unknown column \"colour\""}}},
    {"[\n{\"number\":\"1\"}]\n", 0, {{1, "", "a JSON list; write one JSON object on each line"}}},
    {COLUMNS "1,a\n" GOOD, 1, {{2, "", "2 cells; the header has 3"}}},
    {COLUMNS "1,a,2022-07-01,\n" GOOD, 1, {{2, "", "4 cells; the header has 3"}}},
    {COLUMNS GOOD ",a,2022-07-01\n", 1, {{3, "number", "missing"}}},
    {COLUMNS "1,\"a\"b,2022-07-01\n" GOOD, 1, {{2, "", "cell 2: text behind the closing quote"}}},
    {COLUMNS "1,a\"b\",2022-07-01\n" GOOD, 1, {{2, "", "cell 2: a quote in a cell without quotes"}}},
    {COLUMNS "1,a\rb,2022-07-01\n" GOOD, 1, {{2, "", "cell 2: a lone carriage return"}}},
    {COLUMNS "1,\"a\r\nb\",2022-07-01\r\n" GOOD "0,a,2022-07-01",
     1,
     {{2, "course", "is not a code"}, {5, "number", "not a registration number"}}},
    {COLUMNS GOOD "1,\"a,2022-07-01\n" GOOD, 1, {{3, "", "not closed before the end of the file"}}},
    {COLUMNS "1,a,2022-07-01\xff\n" GOOD, 1, {{2, "", "not valid UTF-8 at byte 15; is the file in Shift_JIS?"}}},
    {COLUMNS "1,\"a\n\n\xff\",2022-07-01\n" GOOD, 1, {{4, "", "not valid UTF-8 at byte 1;"}}},
    {"number,\"course,completed_on\n" GOOD, 0, {{1, "", "not closed before the end of the file"}}},
    {"number,\xff,completed_on\n" GOOD, 0, {{1, "", "not valid UTF-8 at byte 8"}}},
    {"number\rcourse\rcompleted_on\r1\ra\r2022-07-01\r", 0, {{1, "", "lone carriage return"}}},
};

static void faults_of_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const struct expected *file = &files[i];
        struct reading reading;
        size_t faults = (file->faults[0].line > 0 ? 1U : 0U) + (file->faults[1].line > 0 ? 1U : 0U);
        reading_open(&reading, READER_COMPLETIONS, READER_UTF8, str_of(file->content));
        reading_all(&reading);
        for (size_t f = 0; f < faults; f++) {
            reading_expect_fault(&reading, f, file->faults[f].line, file->faults[f].field, file->faults[f].words,
                                 file->content);
        }
        if (reading.faults_n != faults || reading.rows != file->rows || reading.end != ERR_NOT_FOUND) {
            fail_msg("%s: %zu faults, %zu rows", file->content, reading.faults_n, reading.rows);
        }
        reading_close(&reading);
    }
}

static void faults_of_cells(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *field;
        const char *words;
    } cases[] = {
        {"1," TERMS ",name;;kana,A,,,,,", "public", "\"\" is no optional field"},
        {"1," TERMS ",,A,,,,C;,", "skills", "entry 2: empty"},
        {"1," TERMS ",,A,,,,1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;27;28;29;30;31;32;33;"
         "34;35;36;37;38;39;40;41;42;43;44;45;46;47;48;49;50;51;52,",
         "skills", "more than 50 entries"},
        {"1," TERMS ",,A,,,x\x01,,", "email", "control character U+0001"},
        {"1," TERMS ",,A,,,,\"C\n\",", "skills", "control character U+000A"},
        {"1,2018-04-01,,1.0,2021-03-31,registered,2018-04-01,,A,,,,,", "renewal_count", "whole number, 0 to 60"},
        {"1,2018-04-01,,,2021-03-31,registered,2018-04-01,,A,,,,,", "renewal_count", "missing"},
        {"1,2018/4/1,,0,2021-03-31,registered,2018-04-01,,A,,,,,", "registered_on", "write YYYY-MM-DD"},
        {"1," TERMS ",,,,,,,", "name", "missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reading reading;
        char content[1000];
        int n = snprintf(content, sizeof content, "%s\n%s\n", HEADER, cases[i].row);
        reading_open(&reading, READER_REGISTER, READER_UTF8, (struct str){content, (size_t)n});
        reading_all(&reading);
        assert_int_equal(reading.rows, 0);
        assert_int_equal(reading.faults_n, 1);
        reading_expect_fault(&reading, 0, 2, cases[i].field, cases[i].words, cases[i].row);
        reading_close(&reading);
    }
}

static void a_nul_is_an_unwanted_character(void **state)
{
    (void)state;
    struct reading reading;
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, STR(COLUMNS "1,a\0b,2022-07-01\n\0\n" GOOD));
    reading_all(&reading);
    assert_int_equal(reading.rows, 1);
    assert_int_equal(reading.faults_n, 2);
    reading_expect_fault(&reading, 0, 2, "course", "is not a code", "NUL in a cell");
    reading_expect_fault(&reading, 1, 3, "", "1 cells", "NUL alone");
    reading_close(&reading);
}

static void an_open_quote_ends_at_the_limit(void **state)
{
    (void)state;
    struct reading reading;
    size_t size = 4 * READER_LINE_MAX;
    char *content = malloc(size);
    assert_non_null(content);
    size_t n = (size_t)snprintf(content, size, COLUMNS "1,\"a,2022-07-01\n");
    while (n < size - 200) {
        n += (size_t)snprintf(content + n, size - n, "%s", GOOD);
    }
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, n});
    reading_all(&reading);
    assert_int_equal(reading.end, ERR_NOT_FOUND);
    assert_int_equal(reading.faults_n, 1);
    reading_expect_fault(&reading, 0, 2, "", "a quoted cell is not closed within 65536 bytes", "open quote");
    assert_true(reading.rows > 10000); // it goes on behind
    reading_close(&reading);
    free(content);
}

static void a_long_line_is_passed_over(void **state)
{
    (void)state;
    struct reading reading;
    size_t size = 2 * READER_LINE_MAX;
    char *content = malloc(size);
    assert_non_null(content);
    size_t n = (size_t)snprintf(content, size, COLUMNS "1,");
    memset(content + n, 'a', READER_LINE_MAX);
    n += READER_LINE_MAX;
    n += (size_t)snprintf(content + n, size - n, "\n%s", GOOD);
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, n});
    reading_all(&reading);
    assert_int_equal(reading.rows, 1);
    assert_int_equal(reading.faults_n, 1);
    reading_expect_fault(&reading, 0, 2, "", "line longer than 65536 bytes", "long");
    reading_close(&reading);
    free(content);
}

static void a_header_beyond_all_columns(void **state)
{
    (void)state;
    struct reading reading;
    char content[READER_LINE_MAX];
    memset(content, ',', sizeof content);
    reading_open(&reading, READER_COMPLETIONS, READER_UTF8, (struct str){content, sizeof content});
    reading_all(&reading);
    assert_true(reading.faults_n > 3);
    assert_int_equal(reading.rows, 0);
    reading_close(&reading);
}

static void a_key_stands_once(void **state)
{
    (void)state;
    struct reading reading;
    reading_open(&reading, READER_OPERATORS, READER_UTF8, STR("code,name\na,A\nb,B\na,C\n"));
    reading_all(&reading);
    assert_int_equal(reading.rows, 2);
    reading_expect_fault(&reading, 0, 4, "code", "stands on line 2 already", "code");
    reading_close(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_every_sort),
        cmocka_unit_test(the_other_kinds),
        cmocka_unit_test(faults_of_files),
        cmocka_unit_test(faults_of_cells),
        cmocka_unit_test(a_nul_is_an_unwanted_character),
        cmocka_unit_test(an_open_quote_ends_at_the_limit),
        cmocka_unit_test(a_long_line_is_passed_over),
        cmocka_unit_test(a_header_beyond_all_columns),
        cmocka_unit_test(a_key_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
