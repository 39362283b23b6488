// What the tests of submissions share: a filled record, a pool, and one call that submits.
#ifndef MEIBO_TESTS_REPORT_BENCH_H
#define MEIBO_TESTS_REPORT_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "intake/report.h"
#include "tests/unit/database.h"

static const struct report_sender sender = {"sample-a", "0123456789ab"};

static inline day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static inline struct report_item item(number_t number, const char *course, const char *completed_on)
{
    return (struct report_item){number, str_of(course), day(completed_on), {NULL, 0}};
}

struct bench {
    struct database *database;
    struct pool *pool;
    struct report_answer answer;
    struct fault fault;
};

static inline struct bench begin(void **state)
{
    struct bench bench = {.database = database_of(state)};
    database_fill(bench.database);
    assert_int_equal(pool_new(&bench.database->settings, STORE_INTAKE, &bench.pool, &bench.fault), ERR_OK);
    return bench;
}

static inline void end(struct bench *bench)
{
    report_answer_fini(&bench->answer);
    pool_free(&bench->pool);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

static inline enum err submit(struct bench *bench, const struct report_item *items, size_t n)
{
    report_answer_fini(&bench->answer);
    return report_submit(bench->pool, str_of(bench->database->settings.secret), &sender, items, n, day("2026-06-15"),
                         &bench->answer, &bench->fault);
}

static inline int64_t stored(const struct bench *bench)
{
    return database_ask(bench->database, "select count(*) from meibo.report");
}

#endif
