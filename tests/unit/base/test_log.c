// The log: whatever is logged, each line is one JSON object of at most 4 KiB; lines of threads do not mix, and none is
// lost or changes its place because it was collected.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
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

// Traffic, and now and then an event.
static void *write_lines(void *context)
{
    char text[1000];
    memset(text, *(const char *)context, sizeof text);
    for (int i = 0; i < LINES; i++) {
        struct str part = {text, sizeof text};
        if (i % 50 == 49) {
            log_event(LOG_INFO, "tested", LOG_STR("text", part), LOG_NUMBER("n", i));
        } else {
            log_traffic("tested", LOG_STR("text", part), LOG_NUMBER("n", i));
        }
    }
    return NULL;
}

static void assert_lines_of_threads(bool collected)
{
    static char letters[THREADS];
    int seen[THREADS] = {0};
    pthread_t threads[THREADS];
    struct capture capture;
    capture_begin(&capture);
    if (collected) {
        assert_int_equal(log_collect(NULL), ERR_OK);
    }
    for (size_t i = 0; i < THREADS; i++) {
        letters[i] = (char)('a' + i);
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, &letters[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    log_collect_stop();
    capture_end(&capture);
    struct str rest = {capture.text, capture.n};
    for (json_t *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
        const char *text = json_string_value(json_object_get(line, "text"));
        assert_non_null(text);
        assert_int_equal(strspn(text, (char[]){text[0], '\0'}), 1000);
        assert_int_equal(json_integer_value(json_object_get(line, "n")), seen[text[0] - 'a']); // in their order
        seen[text[0] - 'a']++;
        json_decref(line);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(seen[i], LINES);
    }
    free(capture.text);
}

static void lines_of_threads_do_not_mix(void **state)
{
    (void)state;
    assert_lines_of_threads(false);
    assert_lines_of_threads(true);
}

// Standard error goes into a socket that keeps what one write(2) wrote together, to be received from `*out`.
static int divert(int type, int *out)
{
    int ends[2];
    int before = dup(STDERR_FILENO);
    assert_true(before >= 0);
    assert_int_equal(socketpair(AF_UNIX, type, 0, ends), 0);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    (void)close(ends[1]);
    *out = ends[0];
    return before;
}

static void divert_back(int before)
{
    assert_true(dup2(before, STDERR_FILENO) >= 0);
    (void)close(before);
}

// What one write wrote, within so many milliseconds; how many lines those are, numbered on from *next.
static size_t receive_lines(int from, int timeout_ms, int *next)
{
    static char bytes[128 * 1024];
    struct pollfd ready = {.fd = from, .events = POLLIN};
    if (poll(&ready, 1, timeout_ms) != 1) {
        return 0;
    }
    ssize_t n = recv(from, bytes, sizeof bytes, 0);
    assert_true(n > 0);
    size_t count = 0;
    struct str rest = {bytes, (size_t)n};
    for (json_t *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
        assert_int_equal(json_integer_value(json_object_get(line, "n")), *next);
        *next += 1;
        count++;
        json_decref(line);
    }
    return count;
}

enum { LONG_MS = 20000, MANY = 1300 }; // so many lines fill the collection more than once, and fit into a socket

static void traffic_is_written_together(void **state)
{
    (void)state;
    int from;
    int next = 0;
    int before = divert(SOCK_SEQPACKET, &from);
    assert_int_equal(log_collect(NULL), ERR_OK);
    for (int i = 0; i < MANY; i++) {
        log_traffic("tested", LOG_NUMBER("n", i));
        log_event(LOG_DEBUG, "not written", LOG_NUMBER("n", -1));
    }
    // An event's line is there when log_event returns, behind all that was before it.
    log_event(LOG_WARN, "tested", LOG_NUMBER("n", MANY));
    int writes = 0;
    while (next <= MANY) {
        assert_true(receive_lines(from, 0, &next) > 0);
        writes++;
    }
    assert_in_range(writes, 2, 300); // more than fits is not kept, little is not written; 300: on a very slow machine
    assert_int_equal(receive_lines(from, 0, &next), 0);
    log_collect_stop();
    divert_back(before);
    (void)close(from);
}

static void no_line_waits_for_ever(void **state)
{
    (void)state;
    int from;
    int next = 0;
    int before = divert(SOCK_SEQPACKET, &from);
    assert_int_equal(log_collect(NULL), ERR_OK);
    for (int i = 0; i < 3; i++) { // the thread goes to sleep in between
        log_traffic("tested", LOG_NUMBER("n", i));
        assert_int_equal(receive_lines(from, LONG_MS, &next), 1);
    }
    log_traffic("tested", LOG_NUMBER("n", 3));
    log_collect_stop(); // nor is it lost at the end
    assert_int_equal(receive_lines(from, 0, &next), 1);
    log_traffic("tested", LOG_NUMBER("n", 4)); // nobody collects any more
    assert_int_equal(receive_lines(from, 0, &next), 1);
    divert_back(before);
    (void)close(from);
}

struct reader {
    int from;
    struct buf got;
};

static void *read_to_the_end(void *context)
{
    struct reader *reader = context;
    char part[1000];
    ssize_t n;
    while ((n = recv(reader->from, part, sizeof part, 0)) > 0) {
        buf_add(&reader->got, (struct str){part, (size_t)n});
    }
    return NULL;
}

// A standard error that takes little at a time and does not block: nothing is cut.
static void a_slow_reader_gets_all(void **state)
{
    (void)state;
    pthread_t thread;
    struct reader reader = {.from = -1};
    int before = divert(SOCK_STREAM, &reader.from);
    assert_int_equal(setsockopt(STDERR_FILENO, SOL_SOCKET, SO_SNDBUF, &(int){4096}, sizeof(int)), 0);
    assert_int_equal(fcntl(STDERR_FILENO, F_SETFL, O_NONBLOCK), 0);
    buf_init(&reader.got, 10000000);
    assert_int_equal(pthread_create(&thread, NULL, read_to_the_end, &reader), 0);
    assert_int_equal(log_collect(NULL), ERR_OK);
    for (int i = 0; i < MANY; i++) {
        log_traffic("tested", LOG_NUMBER("n", i));
    }
    log_collect_stop();
    divert_back(before);
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)close(reader.from);
    struct str rest = buf_str(&reader.got);
    int n = 0;
    for (json_t *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
        assert_int_equal(json_integer_value(json_object_get(line, "n")), n++);
        json_decref(line);
    }
    assert_int_equal(n, MANY);
    buf_fini(&reader.got);
}

// A standard error that is gone must not stop the service.
static void nowhere_to_write_to(void **state)
{
    (void)state;
    int before = dup(STDERR_FILENO);
    assert_int_equal(log_collect(NULL), ERR_OK);
    (void)close(STDERR_FILENO);
    for (int i = 0; i < 2000; i++) {
        log_traffic("tested", LOG_NUMBER("n", i));
    }
    log_event(LOG_ERROR, "tested", LOG_NUMBER("n", 1));
    log_collect_stop();
    divert_back(before);
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
        cmocka_unit_test(traffic_is_written_together),
        cmocka_unit_test(no_line_waits_for_ever),
        cmocka_unit_test(a_slow_reader_gets_all),
        cmocka_unit_test(nowhere_to_write_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
