// Encodings: Shift_JIS as Windows writes it, and a wrong guess of the encoding, both ways.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "reading.h"

#include <iconv.h>

#define COLUMNS "code,name\n"

// The text in Windows-31J. malloc'd.
static struct str in_shift_jis(const char *text)
{
    size_t left = strlen(text);
    size_t room = left + 1;
    char *out = malloc(room);
    assert_non_null(out);
    char *in = (char *)text;
    char *end = out;
    iconv_t converter = iconv_open("CP932", "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_true(iconv(converter, &in, &left, &end, &room) != (size_t)-1);
    assert_int_equal(iconv_close(converter), 0);
    return (struct str){out, (size_t)(end - out)};
}

static void check_names(enum reader_encoding encoding, struct str content, const char *const *names, size_t n)
{
    struct reading reading;
    union reader_row row;
    uint64_t line;
    reading_open(&reading, READER_OPERATORS, encoding, content);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_OK);
        if (!str_equal(row.operator_entry.name, str_of(names[i]))) {
            fail_msg("\"%.*s\" is not \"%s\"", (int)row.operator_entry.name.n, row.operator_entry.name.p, names[i]);
        }
    }
    assert_int_equal(reader_next(reading.reader, &row, &line, &reading.fault), ERR_NOT_FOUND);
    reader_faults(reading.reader, &reading.faults_n);
    assert_int_equal(reading.faults_n, 0);
    reading_close(&reading);
}

static void shift_jis_in_both_forms(void **state)
{
    (void)state;
    // 表, ソ and 能 hold a backslash as their second byte, 髙 and 﨑 come from the IBM rows, ﾐｻ is also valid UTF-8.
    static const char *const names[] = {"髙橋 﨑 ①", "表ソ能", "ﾐｻ", "plain \\ ~", "a, \"二\""};
    struct str csv = in_shift_jis(COLUMNS "a,髙橋 﨑 ①\r\nb,表ソ能\r\nc,ﾐｻ\r\nd,plain \\ ~\r\ne,\"a, \"\"二\"\"\"\r\n");
    check_names(READER_SHIFT_JIS, csv, names, 5);
    free((char *)csv.p);
    struct str json = in_shift_jis("{\"code\":\"a\",\"name\":\"髙橋 﨑 ①\"}\n{\"code\":\"b\",\"name\":\"表ソ能\"}\n");
    check_names(READER_SHIFT_JIS, json, names, 2);
    free((char *)json.p);
}

static void utf8_with_and_without_mark(void **state)
{
    (void)state;
    static const char *const names[] = {"髙橋"};
    check_names(READER_UTF8, STR(COLUMNS "a,髙橋\n"), names, 1);
    check_names(READER_UTF8, STR("\xef\xbb\xbf" COLUMNS "a,髙橋\n"), names, 1);
    check_names(READER_UTF8, STR("\xef\xbb\xbf\"code\",\"name\"\n\"a\",\"髙橋\"\n"), names, 1);
    check_names(READER_UTF8, STR("\xef\xbb\xbf{\"code\":\"a\",\"name\":\"髙橋\"}"), names, 1);
}

static void check_fault(enum reader_encoding encoding, struct str content, uint64_t line, const char *words)
{
    struct reading reading;
    reading_open(&reading, READER_OPERATORS, encoding, content);
    reading_all(&reading);
    assert_int_equal(reading.rows, 1);
    assert_int_equal(reading.faults_n, 1);
    reading_expect_fault(&reading, 0, line, "", words, words);
    reading_close(&reading);
}

static void a_wrong_encoding_is_named_by_line(void **state)
{
    (void)state;
    struct str bytes = in_shift_jis(COLUMNS "a,A\nb,見本\n");
    check_fault(READER_UTF8, bytes, 3, "not valid UTF-8 at byte 3; is the file in Shift_JIS? use --encoding shift_jis");
    free((char *)bytes.p);
    check_fault(READER_SHIFT_JIS, STR(COLUMNS "a,A\nb,見本\n"), 3, "not Shift_JIS but UTF-8; use --encoding utf-8");
    // 一 alone is two bytes that decode and a third that does not.
    check_fault(READER_SHIFT_JIS, STR(COLUMNS "a,A\nb,\xe9\xab\x99\n"), 3, "not valid Shift_JIS at byte 5");
    check_fault(READER_SHIFT_JIS, STR(COLUMNS "a,A\nb,\x83\n"), 3,
                "not valid Shift_JIS at byte 3; is the file in UTF-8?");
    check_fault(READER_SHIFT_JIS, STR(COLUMNS "a,A\nb,\"x\n\xff\"\n"), 4, "not valid Shift_JIS at byte 1");
}

static void a_line_that_grows_too_long(void **state)
{
    (void)state;
    size_t kana = READER_LINE_MAX / 2; // three bytes each in UTF-8
    char *content = malloc(kana + 100);
    assert_non_null(content);
    size_t n = (size_t)snprintf(content, 100, COLUMNS "a,A\nb,");
    memset(content + n, '\xb1', kana);
    check_fault(READER_SHIFT_JIS, (struct str){content, n + kana}, 3, "line longer than 65536 bytes");
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shift_jis_in_both_forms),
        cmocka_unit_test(utf8_with_and_without_mark),
        cmocka_unit_test(a_wrong_encoding_is_named_by_line),
        cmocka_unit_test(a_line_that_grows_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
