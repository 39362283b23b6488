// A database for one test program: made beside the one that MEIBO_TEST_DATABASE names, migrated, dropped at the end, so
// that programs run side by side. Every test that needs it begins with database_of(state), which skips without it.
//
//     int main(void) { return cmocka_run_group_tests(tests, database_setup, database_teardown); }
#ifndef MEIBO_TESTS_DATABASE_H
#define MEIBO_TESTS_DATABASE_H

#include "store/conn.h"

struct database {
    char name[64];
    char conninfo[1200];
    struct settings settings; // for conn_open, pool_new, publisher_start: names this database
};

int database_setup(void **state);
int database_teardown(void **state);
struct database *database_of(void **state);

// These fail the test when they fail. The connection is the caller's to close.
struct conn *database_open(const struct database *database, enum store_role role);
// As superuser.
void database_run(const struct database *database, const char *sql);
// The number in the first column of the first row.
int64_t database_ask(const struct database *database, const char *sql);
// Asks again until the number is not 0; ten seconds at most.
void database_await(const struct database *database, const char *sql);

// Empties the record and puts in publications 1 (2024-04-01) and 2 (2025-11-01) and:
//   operators     sample-a, sample-b
//   courses       online-2025 (sample-a, 2025-04-01 to 2026-03-31), online-2026 (sample-a, the year after),
//                 designated-b (sample-b, 2020-04-01 to 2030-03-31)
//   registrants   101 registered 2024-04-01 to 2027-03-31, public as 見本 太郎; 102 the same, name withheld, suspended;
//                 103 revoked on 2025-10-01; 104 lapsed after 2025-09-30; 105 struck off on 2025-10-01;
//                 106 taken out of the file by publication 2
//   completions   101 online-2025 on 2025-07-01, by the administrator's file
void database_fill(const struct database *database);

#endif
