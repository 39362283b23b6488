// The log: whatever is logged, each line is one JSON object of at most 4 KiB; and lines of threads do not mix.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LINE_MOST = 4096 };

// Standard error goes into a file without a name between these two.
struct capture {
    int file, before;
    char *text;
    size_t n;
};

static void capture_begin(struct capture *capture)
{
    *capture = (struct capture){.file = memfd_create("log", 0), .before = dup(STDERR_FILENO)};
    assert_true(capture->file >= 0 && capture->before >= 0);
    assert_int_equal(fcntl(capture->file, F_SETFL, O_APPEND), 0);
    assert_true(dup2(capture->file, STDERR_FILENO) >= 0);
}

static void capture_end(struct capture *capture)
{
    assert_true(dup2(capture->before, STDERR_FILENO) >= 0);
    off_t size = lseek(capture->file, 0, SEEK_END);
    capture->n = (size_t)size;
    capture->text = calloc(1, capture->n + 1);
    assert_non_null(capture->text);
    assert_int_equal(pread(capture->file, capture->text, capture->n, 0), size);
    (void)close(capture->file);
    (void)close(capture->before);
}

// The next line of what was captured, parsed; NULL at the end. The caller's to json_decref().
static json_t *next_line(struct str *rest)
{
    if (rest->n == 0) {
        return NULL;
    }
    struct str line = str_cut(rest, '\n');
    assert_non_null(rest->p); // a line break ends every line
    assert_true(line.n + 1 <= LINE_MOST);
    json_error_t error;
    json_t *read = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (read == NULL) {
        fail_msg("%s: %.*s", error.text, (int)line.n, line.p);
    }
    assert_true(json_is_object(read));
    return read;
}

static json_t *only_line(struct capture *capture)
{
    struct str rest = {capture->text, capture->n};
    json_t *line = next_line(&rest);
    assert_non_null(line);
    assert_int_equal(rest.n, 0);
    return line;
}

static void a_line_has_its_parts(void **state)
{
    (void)state;
    struct capture capture;
    capture_begin(&capture);
    log_event(LOG_WARN, "tested", LOG_TEXT("text", "値"), LOG_NUMBER("number", -3),
              LOG_STR("part", ((struct str){"abc", 2})));
    capture_end(&capture);
    json_t *line = only_line(&capture);
    assert_int_equal(json_object_size(line), 6);
    assert_int_equal(json_string_length(json_object_get(line, "at")), strlen("2026-11-23T01:02:03.456Z"));
    assert_string_equal(json_string_value(json_object_get(line, "level")), "warn");
    assert_string_equal(json_string_value(json_object_get(line, "event")), "tested");
    assert_string_equal(json_string_value(json_object_get(line, "text")), "値");
    assert_string_equal(json_string_value(json_object_get(line, "part")), "ab");
    assert_int_equal(json_integer_value(json_object_get(line, "number")), -3);
    json_decref(line);
    free(capture.text);
}

static void hostile_text_stays_inside_its_string(void **state)
{
    (void)state;
    static const struct str texts[] = {
        {"\"}\n{\"level\":\"error\",\"event\":\"forged\"}", 38},
        {"a\0b", 3},
        {"\r\n\x1b[2J", 6},
        {"\\", 1},
        {"", 0},
        {"\xe2\x80\xa8%s%n%d", 9},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct capture capture;
        capture_begin(&capture);
        log_event(LOG_ERROR, "tested", LOG_STR("text", texts[i]));
        capture_end(&capture);
        json_t *line = only_line(&capture);
        json_t *text = json_object_get(line, "text");
        assert_true(str_equal((struct str){json_string_value(text), json_string_length(text)}, texts[i]));
        json_decref(line);
        free(capture.text);
    }
}

static void what_is_not_utf8_is_said_to_be(void **state)
{
    (void)state;
    static const char *const texts[] = {"\xff", "\xc0\xaf", "\xed\xa0\x80", "abc\xe6\x97", "\xf4\x90\x80\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct capture capture;
        capture_begin(&capture);
        log_event(LOG_ERROR, "tested", LOG_TEXT("text", texts[i]));
        capture_end(&capture);
        json_t *line = only_line(&capture);
        assert_string_equal(json_string_value(json_object_get(line, "text")), "(not UTF-8)");
        json_decref(line);
        free(capture.text);
    }
}

// Around the line's longest, and far above: a field is there whole or not at all, and what follows it may still fit.
static void assert_whole_or_missing(size_t length, const char *letter)
{
    static char text[6000];
    size_t n = strlen(letter);
    for (size_t i = 0; i + n <= length; i += n) {
        memcpy(text + i, letter, n);
    }
    struct str long_text = {text, length - length % n};
    struct capture capture;
    capture_begin(&capture);
    log_event(LOG_ERROR, "tested", LOG_STR("text", long_text), LOG_NUMBER("n", 1));
    capture_end(&capture);
    json_t *line = only_line(&capture);
    json_t *read = json_object_get(line, "text");
    assert_true(read == NULL || json_string_length(read) == long_text.n);
    assert_true(length < 5000 || read == NULL);
    assert_true(length > 400 || read != NULL);
    if (read == NULL) {
        assert_int_equal(json_integer_value(json_object_get(line, "n")), 1);
    }
    json_decref(line);
    free(capture.text);
}

static void what_does_not_fit_is_left_out(void **state)
{
    (void)state;
    assert_whole_or_missing(400, "a");
    for (size_t length = 3950; length < 4100; length++) {
        assert_whole_or_missing(length, "a");
    }
    for (size_t length = 1950; length < 2050; length++) {
        assert_whole_or_missing(length, "\"");
    }
    for (size_t length = 600; length < 700; length++) {
        assert_whole_or_missing(length, "\x01");
    }
    assert_whole_or_missing(5999, "a");
    assert_whole_or_missing(5999, "字");
}

static void levels(void **state)
{
    (void)state;
    static const char *const names[] = {"debug", "info", "warn", "error"};
    for (int lowest = LOG_DEBUG; lowest <= LOG_ERROR; lowest++) {
        enum log_level level;
        struct capture capture;
        assert_true(log_level_parse(str_of(names[lowest]), &level));
        assert_int_equal(level, lowest);
        log_set_level(level);
        capture_begin(&capture);
        for (int at = LOG_DEBUG; at <= LOG_ERROR; at++) {
            log_event((enum log_level)at, "tested", LOG_NUMBER("n", at));
        }
        capture_end(&capture);
        struct str rest = {capture.text, capture.n};
        for (int at = lowest; at <= LOG_ERROR; at++) {
            json_t *line = next_line(&rest);
            assert_string_equal(json_string_value(json_object_get(line, "level")), names[at]);
            json_decref(line);
        }
        assert_int_equal(rest.n, 0);
        free(capture.text);
    }
    log_set_level(LOG_INFO);
}

static void what_is_no_level(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "INFO", "warning", "info ", "inf"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        enum log_level level = LOG_ERROR;
        assert_false(log_level_parse(str_of(texts[i]), &level));
        assert_int_equal(level, LOG_ERROR);
    }
}

enum { THREADS = 8, LINES = 200 };

static void *write_lines(void *context)
{
    char text[1000];
    memset(text, *(const char *)context, sizeof text);
    for (int i = 0; i < LINES; i++) {
        log_event(LOG_INFO, "tested", LOG_STR("text", ((struct str){text, sizeof text})));
    }
    return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
    (void)state;
    static char letters[THREADS];
    size_t seen[THREADS] = {0};
    pthread_t threads[THREADS];
    struct capture capture;
    capture_begin(&capture);
    for (size_t i = 0; i < THREADS; i++) {
        letters[i] = (char)('a' + i);
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, &letters[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    capture_end(&capture);
    struct str rest = {capture.text, capture.n};
    for (json_t *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
        const char *text = json_string_value(json_object_get(line, "text"));
        assert_non_null(text);
        assert_int_equal(strspn(text, (char[]){text[0], '\0'}), 1000);
        seen[text[0] - 'a']++;
        json_decref(line);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(seen[i], LINES);
    }
    free(capture.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_its_parts),
        cmocka_unit_test(hostile_text_stays_inside_its_string),
        cmocka_unit_test(what_is_not_utf8_is_said_to_be),
        cmocka_unit_test(what_does_not_fit_is_left_out),
        cmocka_unit_test(levels),
        cmocka_unit_test(what_is_no_level),
        cmocka_unit_test(lines_of_threads_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
