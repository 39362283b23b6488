// Databases for tests: see database.h.
#include "tests/unit/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "store/migrate.h"

static struct conn *open_as(const struct settings *settings, enum store_role role)
{
    struct fault fault = {{0}};
    struct conn *conn = NULL;
    if (conn_open(settings, role, &conn, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    return conn;
}

static void run(const struct settings *settings, const char *sql)
{
    struct fault fault = {{0}};
    CONN_AUTO struct conn *conn = open_as(settings, STORE_ADMIN);
    if (conn_script(conn, sql, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
}

static void run_beside(const char *verb, const char *name, const char *option)
{
    char sql[160];
    const struct settings beside = {.database = getenv("MEIBO_TEST_DATABASE")};
    (void)snprintf(sql, sizeof sql, "%s database %s %s", verb, name, option);
    run(&beside, sql);
}

static void fill_settings(struct database *database, const char *beside)
{
    (void)snprintf(database->name, sizeof database->name, "test_%ld_%llx", (long)getpid(),
                   (unsigned long long)clock_monotonic_ns());
    // The last dbname wins.
    (void)snprintf(database->conninfo, sizeof database->conninfo, "%s dbname=%s", beside, database->name);
    database->settings = (struct settings){
        .database = database->conninfo,
        .secret = "0123456789abcdef0123456789abcdef",
        .publish_interval_ms = 10,
        .poll_interval_ms = 10,
        .statement_timeout_ms = 10000,
        .pool_size = 8,
    };
}

int database_setup(void **state)
{
    const char *beside = getenv("MEIBO_TEST_DATABASE");
    struct fault fault = {{0}};
    *state = NULL;
    if (digest_setup(&fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    if (beside == NULL) {
        return 0;
    }
    struct database *database = calloc(1, sizeof *database);
    assert_non_null(database);
    fill_settings(database, beside);
    run_beside("create", database->name, "");
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    size_t applied = 0;
    if (migrate(conn, &applied, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    *state = database;
    return 0;
}

int database_teardown(void **state)
{
    struct database *database = *state;
    if (database != NULL) {
        run_beside("drop", database->name, "with (force)");
    }
    free(database);
    return 0;
}

struct database *database_of(void **state)
{
    if (*state == NULL) {
        print_message("MEIBO_TEST_DATABASE is not set: `make test` sets it\n");
        skip();
    }
    return *state;
}

struct conn *database_open(const struct database *database, enum store_role role)
{
    return open_as(&database->settings, role);
}

void database_run(const struct database *database, const char *sql)
{
    run(&database->settings, sql);
}

int64_t database_ask(const struct database *database, const char *sql)
{
    struct fault fault = {{0}};
    const struct statement statement = {"ask", sql};
    CONN_AUTO struct conn *conn = database_open(database, STORE_ADMIN);
    ROWS_AUTO struct rows *rows = NULL;
    if (conn_run(conn, &statement, NULL, 0, &rows, &fault) != ERR_OK || rows_count(rows) == 0) {
        fail_msg("%s: %s", sql, fault.text);
    }
    return rows_i64(rows, 0, 0, INT64_MIN);
}

void database_await(const struct database *database, const char *sql)
{
    uint64_t until = clock_monotonic_ns() + UINT64_C(10000000000);
    while (database_ask(database, sql) == 0) {
        if (clock_monotonic_ns() > until) {
            fail_msg("waited ten seconds for: %s", sql);
        }
    }
}

static const char fill_sql[] =
    "truncate meibo.publication, meibo.publication_head, meibo.operator, meibo.course, meibo.registrant,"
    "    meibo.completion, meibo.name_check, meibo.report, meibo.token restart identity;"
    "insert into meibo.publication (number, published_at, cause, added, changed, ended) values"
    "    (1, '2024-04-01T00:00:00+09:00', 'register', 12, 0, 0), (2, '2025-11-01T00:00:00+09:00', 'register', 0, 0, 1);"
    "insert into meibo.publication_head (number) values (2);"
    "insert into meibo.operator (code, name, began) values ('sample-a', 'Sample A', 1), ('sample-b', 'Sample B', 1);"
    "insert into meibo.course (code, kind, name, operator, valid_from, valid_to, began) values"
    "    ('online-2025', 'online', 'Sample course', 'sample-a', '2025-04-01', '2026-03-31', 1),"
    "    ('online-2026', 'online', 'Sample course', 'sample-a', '2026-04-01', '2027-03-31', 1),"
    "    ('designated-b', 'designated', 'Sample course', 'sample-b', '2020-04-01', '2030-03-31', 1);"
    "insert into meibo.registrant (number, status, status_on, suspended_until, registered_on, renewal_count,"
    "        expires_on, name, began, ended) values"
    "    (101, 'registered', '2024-04-01', null, '2024-04-01', 0, '2027-03-31', '見本 太郎', 1, null),"
    "    (102, 'name_use_suspended', '2025-01-01', '2028-01-01', '2024-04-01', 0, '2027-03-31', null, 1, null),"
    "    (103, 'revoked', '2025-10-01', null, '2024-04-01', 0, '2027-03-31', null, 1, null),"
    "    (104, 'registered', '2022-10-01', null, '2022-10-01', 0, '2025-09-30', null, 1, null),"
    "    (105, 'struck_off', '2025-10-01', null, '2024-04-01', 0, '2027-03-31', null, 1, null),"
    "    (106, 'registered', '2024-04-01', null, '2024-04-01', 0, '2027-03-31', null, 1, 2);"
    "insert into meibo.completion (number, course, completed_on, began) values (101, 'online-2025', '2025-07-01', 1)";

void database_fill(const struct database *database)
{
    database_run(database, fill_sql);
}
