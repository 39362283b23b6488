// Settings: every row of the table by default, from the environment, from a flag in both forms; and every mistake.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct settings, member)
#define LONG_ENOUGH "0123456789abcdef0123456789abcdef"

// The contract once more, by hand. `good`: a text that the setting takes; NULL: a number.
static const struct row {
    const char *flag, *variable;
    size_t offset;
    const char *fallback;
    const char *good;
    int64_t least, most;
} rows[] = {
    {"--database", "MEIBO_DATABASE", AT(database), "dbname=meibo", "host=/x dbname=y", 1, 1000},
    {"--secret", "MEIBO_SECRET", AT(secret), "", LONG_ENOUGH, 0, 1000},
    {"--listen", "MEIBO_LISTEN", AT(listen), "127.0.0.1:8080", "[::]:0", 3, 100},
    {"--operator-listen", "MEIBO_OPERATOR_LISTEN", AT(operator_listen), "", "[::1]:1", 0, 100},
    {"--admin-listen", "MEIBO_ADMIN_LISTEN", AT(admin_listen), "127.0.0.1:8081", "[::1]:2", 3, 100},
    {"--threads", "MEIBO_THREADS", AT(threads), "8", NULL, 1, 64},
    {"--operator-threads", "MEIBO_OPERATOR_THREADS", AT(operator_threads), "8", NULL, 1, 64},
    {"--connections-per-client", "MEIBO_CONNECTIONS_PER_CLIENT", AT(connections_per_client), "0", NULL, 0, 7680},
    {"--idle-timeout-s", "MEIBO_IDLE_TIMEOUT_S", AT(idle_timeout_s), "30", NULL, 1, 3600},
    {"--max-body-bytes", "MEIBO_MAX_BODY_BYTES", AT(max_body_bytes), "1048576", NULL, 1024, 33554432},
    {"--publish-interval-ms", "MEIBO_PUBLISH_INTERVAL_MS", AT(publish_interval_ms), "1000", NULL, 10, 3600000},
    {"--poll-interval-ms", "MEIBO_POLL_INTERVAL_MS", AT(poll_interval_ms), "1000", NULL, 10, 60000},
    {"--statement-timeout-ms", "MEIBO_STATEMENT_TIMEOUT_MS", AT(statement_timeout_ms), "5000", NULL, 100, 600000},
    {"--pool-size", "MEIBO_POOL_SIZE", AT(pool_size), "8", NULL, 1, 64},
    {"--drain-timeout-s", "MEIBO_DRAIN_TIMEOUT_S", AT(drain_timeout_s), "20", NULL, 0, 600},
    {"--cache-s", "MEIBO_CACHE_S", AT(cache_s), "5", NULL, 0, 3600},
    {"--cache-bytes", "MEIBO_CACHE_BYTES", AT(cache_bytes), "16777216", NULL, 0, 1073741824},
    {"--log-level", "MEIBO_LOG_LEVEL", AT(log_level), "info", "debug", 1, 5},
    {"--source", "MEIBO_SOURCE", AT(source), "", "https://example.jp/", 0, 1000},
    {"--terms", "MEIBO_TERMS", AT(terms), "", "https://example.jp/terms", 0, 1000},
    {"--report-error", "MEIBO_REPORT_ERROR", AT(report_error), "", "mailto:x@example.jp", 0, 1000},
};
enum { ROWS = sizeof rows / sizeof rows[0], ARGUMENTS_MOST = 8 };

struct reading {
    struct settings settings;
    struct buf mistakes;
    int argc;
    char *argv[ARGUMENTS_MOST];
    char arguments[ARGUMENTS_MOST][1200];
};

static int clean_environment(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(unsetenv(rows[i].variable), 0);
    }
    return 0;
}

// Reads the arguments up to NULL, after the program's name.
static void read_arguments(struct reading *reading, const char *const *arguments)
{
    *reading = (struct reading){.argc = 1};
    (void)snprintf(reading->arguments[0], sizeof reading->arguments[0], "meibo");
    reading->argv[0] = reading->arguments[0];
    for (; *arguments != NULL; arguments++, reading->argc++) {
        char *copy = reading->arguments[reading->argc];
        (void)snprintf(copy, sizeof reading->arguments[0], "%s", *arguments);
        reading->argv[reading->argc] = copy;
    }
    buf_init(&reading->mistakes, 100000);
    settings_read(&reading->settings, &reading->argc, reading->argv, &reading->mistakes);
    assert_false(buf_failed(&reading->mistakes));
}
#define READ(reading, ...) read_arguments((reading), (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void end(struct reading *reading)
{
    buf_fini(&reading->mistakes);
}
#define READING_AUTO __attribute__((cleanup(end)))

static bool is_wrong(const struct reading *reading)
{
    return reading->mistakes.n > 0;
}

static void assert_no_mistake(struct reading *reading)
{
    assert_string_equal(buf_text(&reading->mistakes), "");
}

static void assert_value(const struct settings *settings, const struct row *row, const char *expected)
{
    const char *at = (const char *)settings + row->offset;
    char text[24];
    const char *value = text;
    if (row->good == NULL) {
        int64_t number;
        memcpy(&number, at, sizeof number);
        (void)snprintf(text, sizeof text, "%lld", (long long)number);
    } else {
        memcpy(&value, at, sizeof value);
    }
    assert_string_equal(value, expected);
}

// Three values that the row takes, each another.
static const char *value_of(const struct row *row, int which, char out[24])
{
    if (row->good != NULL) {
        return row->good;
    }
    (void)snprintf(out, 24, "%lld", (long long)(which == 0 ? row->least : which == 1 ? row->most : row->least + 1));
    return out;
}

static void defaults(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    READ(&reading);
    assert_no_mistake(&reading);
    for (size_t i = 0; i < ROWS; i++) {
        assert_value(&reading.settings, &rows[i], rows[i].fallback);
    }
}

static void each_from_the_environment_and_both_flag_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        char room[24];
        char joined[200];
        READING_AUTO struct reading by_variable;
        READING_AUTO struct reading by_flag;
        READING_AUTO struct reading by_joined_flag;
        const char *value = value_of(&rows[i], 0, room);
        assert_int_equal(setenv(rows[i].variable, value, 1), 0);
        READ(&by_variable);
        assert_no_mistake(&by_variable);
        assert_value(&by_variable.settings, &rows[i], value);
        // The flag wins.
        value = value_of(&rows[i], 1, room);
        READ(&by_flag, rows[i].flag, value);
        assert_no_mistake(&by_flag);
        assert_int_equal(by_flag.argc, 1);
        assert_value(&by_flag.settings, &rows[i], value);
        value = value_of(&rows[i], 2, room);
        (void)snprintf(joined, sizeof joined, "%s=%s", rows[i].flag, value);
        READ(&by_joined_flag, joined);
        assert_no_mistake(&by_joined_flag);
        assert_int_equal(by_joined_flag.argc, 1);
        assert_value(&by_joined_flag.settings, &rows[i], value);
        assert_int_equal(unsetenv(rows[i].variable), 0);
    }
}

static void a_flag_wins_over_text_in_the_environment(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    assert_int_equal(setenv("MEIBO_LISTEN", "127.0.0.1:1", 1), 0);
    READ(&reading, "--listen", "127.0.0.1:2");
    assert_string_equal(reading.settings.listen, "127.0.0.1:2");
}

static bool is_refused(const char *flag, const char *value)
{
    char named[200];
    READING_AUTO struct reading reading;
    READ(&reading, flag, value);
    if (!is_wrong(&reading)) {
        return false;
    }
    (void)snprintf(named, sizeof named, "%s: needs ", flag);
    assert_non_null(strstr(buf_text(&reading.mistakes), named));
    return true;
}

static void assert_number_bounds(const struct row *row)
{
    char text[24];
    const int64_t inside[] = {row->least, row->most};
    const int64_t outside[] = {row->least - 1, row->most + 1, -row->most, INT64_MAX};
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(text, sizeof text, "%lld", (long long)inside[i]);
        assert_false(is_refused(row->flag, text));
    }
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(text, sizeof text, "%lld", (long long)outside[i]);
        assert_true(is_refused(row->flag, text));
    }
}

static void assert_text_bounds(const struct row *row)
{
    char text[1100];
    memset(text, 'x', sizeof text);
    text[row->most + 1] = '\0';
    assert_true(is_refused(row->flag, text));
    text[row->most] = '\0';
    if (strcmp(row->flag, "--log-level") != 0 && strstr(row->flag, "listen") == NULL) {
        assert_false(is_refused(row->flag, text));
    }
    text[row->least == 0 ? 0 : row->least - 1] = '\0';
    assert_int_equal(is_refused(row->flag, text), row->least > 0);
}

static void bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        (rows[i].good == NULL ? assert_number_bounds : assert_text_bounds)(&rows[i]);
    }
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", " 8", "8 ", "+8", "-1", "0x8", "8s", "1e1", "8.0", "٨", "99999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_true(is_refused("--threads", texts[i]));
    }
}

static void the_secret_and_the_level(void **state)
{
    (void)state;
    READING_AUTO struct reading secret;
    READ(&secret, "--secret", "0123456789abcdef0123456789abcde");
    assert_true(is_wrong(&secret));
    assert_non_null(
        strstr(buf_text(&secret.mistakes), "--secret: needs at least 32 characters and at most 1000, has 31"));
    assert_null(strstr(buf_text(&secret.mistakes), "abcdef"));
    READING_AUTO struct reading level;
    READ(&level, "--log-level=loud");
    assert_true(is_wrong(&level));
    assert_non_null(strstr(buf_text(&level.mistakes), "--log-level: needs debug, info, warn or error, is \"loud\""));
}

static void the_secret_where_it_is_needed(void **state)
{
    (void)state;
    READING_AUTO struct reading none;
    READ(&none);
    settings_require_secret(&none.settings, &none.mistakes);
    assert_non_null(strstr(buf_text(&none.mistakes), "MEIBO_SECRET: needs at least 32 characters, is not set\n"));
    READING_AUTO struct reading given;
    READ(&given, "--secret", LONG_ENOUGH);
    settings_require_secret(&given.settings, &given.mistakes);
    assert_no_mistake(&given);
    // One mistake, not two.
    READING_AUTO struct reading shorter;
    READ(&shorter, "--secret", "short");
    settings_require_secret(&shorter.settings, &shorter.mistakes);
    assert_null(strstr(buf_text(&shorter.mistakes), "not set"));
}

static void addresses(void **state)
{
    (void)state;
    static const char *const good[] = {"0.0.0.0:0",       "127.0.0.1:65535",         "255.255.255.255:1",
                                       "[::]:8080",       "[::ffff:192.0.2.1]:8080", "[fe80::1%eth0]:8080",
                                       "[2001:db8::1]:80"};
    static const char *const bad[] = {"bad",
                                      ":8080",
                                      "127.0.0.1",
                                      "127.0.0.1:",
                                      "127.0.0.1:65536",
                                      "127.0.0.1:-1",
                                      "127.0.0.1:x",
                                      "300.0.0.1:80",
                                      "127.1:80",
                                      "localhost:80",
                                      ":::1",
                                      "::1:80",
                                      "[]:80",
                                      "[::1]",
                                      "[127.0.0.1]:80",
                                      "[::g]:80",
                                      "[fe80::1%]:80",
                                      "[::1:80",
                                      "*:80",
                                      " 127.0.0.1:80",
                                      "127.0.0.1:80 ",
                                      "[0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0]:80"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_false(is_refused("--listen", good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_true(is_refused("--listen", bad[i]));
        assert_true(is_refused("--operator-listen", bad[i]));
        assert_true(is_refused("--admin-listen", bad[i]));
    }
    assert_false(is_refused("--operator-listen", ""));
}

static void a_flag_given_twice(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    READ(&reading, "--threads", "4", "--threads=4");
    assert_string_equal(buf_text(&reading.mistakes), "--threads: is given twice\n");
}

static void all_mistakes_at_once(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    assert_int_equal(setenv("MEIBO_THREADS", "65", 1), 0);
    assert_int_equal(setenv("MEIBO_DATABASE", "", 1), 0);
    READ(&reading, "--pool-size=no", "--secret", "short", "--cache-s", "-1", "--listen");
    assert_true(is_wrong(&reading));
    static const char *const said[] = {"MEIBO_THREADS", "MEIBO_DATABASE", "--pool-size",
                                       "--secret",      "--cache-s",      "--listen: needs a value"};
    const char *mistakes = buf_text(&reading.mistakes);
    size_t lines = 0;
    for (const char *c = mistakes; *c != '\0'; c++) {
        lines += *c == '\n' ? 1 : 0;
    }
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        assert_non_null(strstr(mistakes, said[i]));
    }
    assert_int_equal(lines, sizeof said / sizeof said[0]);
}

static void a_wrong_variable_counts_even_where_a_flag_is_right(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    assert_int_equal(setenv("MEIBO_THREADS", "many", 1), 0);
    READ(&reading, "--threads", "4");
    assert_true(is_wrong(&reading));
}

static void what_is_no_flag_stays(void **state)
{
    (void)state;
    READING_AUTO struct reading reading;
    READ(&reading, "serve", "--threads", "4", "--dry-run", "-x", "--threadsx=1", "file");
    assert_no_mistake(&reading);
    assert_int_equal(reading.settings.threads, 4);
    assert_int_equal(reading.argc, 6);
    static const char *const left[] = {"meibo", "serve", "--dry-run", "-x", "--threadsx=1", "file"};
    for (int i = 0; i < reading.argc; i++) {
        assert_string_equal(reading.argv[i], left[i]);
    }
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part)) {
        found++;
    }
    return found;
}

static void help_and_table_name_every_setting(void **state)
{
    (void)state;
    BUF_AUTO struct buf help;
    BUF_AUTO struct buf table;
    buf_init(&help, 100000);
    buf_init(&table, 100000);
    settings_help(&help);
    settings_markdown(&table);
    for (size_t i = 0; i < ROWS; i++) {
        char in_help[200];
        char in_table[200];
        (void)snprintf(in_help, sizeof in_help, "  %s, %s\n", rows[i].flag, rows[i].variable);
        (void)snprintf(in_table, sizeof in_table, "| `%s`, `%s` | ", rows[i].variable, rows[i].flag);
        assert_int_equal(count(buf_text(&help), in_help), 1);
        assert_int_equal(count(buf_text(&table), in_table), 1);
    }
    assert_int_equal(count(buf_text(&help), "\n      Default "), ROWS);
    assert_int_equal(count(buf_text(&table), "\n"), ROWS + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(defaults, clean_environment),
        cmocka_unit_test_setup(each_from_the_environment_and_both_flag_forms, clean_environment),
        cmocka_unit_test_setup(a_flag_wins_over_text_in_the_environment, clean_environment),
        cmocka_unit_test_setup(bounds, clean_environment),
        cmocka_unit_test_setup(what_is_no_number, clean_environment),
        cmocka_unit_test_setup(the_secret_and_the_level, clean_environment),
        cmocka_unit_test_setup(the_secret_where_it_is_needed, clean_environment),
        cmocka_unit_test_setup(addresses, clean_environment),
        cmocka_unit_test_setup(a_flag_given_twice, clean_environment),
        cmocka_unit_test_setup(all_mistakes_at_once, clean_environment),
        cmocka_unit_test_setup(a_wrong_variable_counts_even_where_a_flag_is_right, clean_environment),
        cmocka_unit_test_setup(what_is_no_flag_stays, clean_environment),
        cmocka_unit_test_setup(help_and_table_name_every_setting, clean_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
