// Submissions that meet: the same reports from several threads, a rival's transaction, a connection that goes.
#include "intake/report.h"

#include <pthread.h>

#include "tests/unit/intake/report_bench.h"

enum { THREADS = 6, SHARED = 40 };

struct thread {
    struct bench *bench;
    const struct report_item *items;
    size_t n;
    struct report_answer answer;
    enum err err;
    pthread_t id;
};

// No cmocka in here: its assertions belong to the main thread.
static void *submit_in_thread(void *context)
{
    struct thread *thread = context;
    day_t today = DAY_NONE;
    (void)day_parse(STR("2026-06-15"), &today);
    thread->err = report_submit(thread->bench->pool, str_of(thread->bench->database->settings.secret), &sender,
                                thread->items, thread->n, today, &thread->answer, NULL);
    return NULL;
}

// Every thread sends the same reports, each beginning elsewhere: each is accepted exactly once, and nobody deadlocks.
static void test_same_at_once(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    struct report_item items[2 * SHARED];
    struct thread threads[THREADS];
    int64_t ids[SHARED] = {0};
    size_t accepted = 0;
    for (size_t i = 0; i < 2 * (size_t)SHARED; i++) {
        items[i] = item(102, "online-2025", "2025-07-01");
        items[i].completed_on += (day_t)((i * 7) % SHARED);
    }
    for (size_t i = 0; i < THREADS; i++) {
        threads[i] = (struct thread){.bench = &bench, .items = items + i * 5, .n = SHARED};
        assert_int_equal(pthread_create(&threads[i].id, NULL, submit_in_thread, &threads[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i].id, NULL), 0);
        assert_int_equal(threads[i].err, ERR_OK);
        accepted += threads[i].answer.accepted;
        for (size_t j = 0; j < SHARED; j++) {
            const struct report *report = &threads[i].answer.results[j].report;
            int64_t *id = &ids[report->completed_on - day("2025-07-01")];
            assert_true(report->id > 0 && (*id == 0 || *id == report->id));
            *id = report->id;
        }
        report_answer_fini(&threads[i].answer);
    }
    assert_int_equal(accepted, SHARED);
    assert_int_equal(stored(&bench), SHARED);
}

#define RIVAL_INSERTS(day)                                                                                             \
    "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"                \
    " values (102, 'online-2025', '" day "', 'sample-b', '0123456789ab', now(), '2025-08-01');"
static const char somebody_waits[] = "select count(*) from pg_stat_activity where datname = current_database()"
                                     " and usename = 'meibo_intake' and wait_event_type = 'Lock'";

// A submission waits for a rival's transaction that holds the natural key of its second report; then `verdict` decides.
static enum err submit_against_rival(struct bench *bench, const char *verdict, struct report_answer *answer)
{
    const struct report_item items[] = {item(102, "online-2025", "2025-07-02"), item(102, "online-2025", "2025-07-01")};
    struct thread thread = {.bench = bench, .items = items, .n = 2};
    CONN_AUTO struct conn *rival = database_open(bench->database, STORE_ADMIN);
    assert_int_equal(conn_script(rival, "begin;" RIVAL_INSERTS("2025-07-01"), &bench->fault), ERR_OK);
    assert_int_equal(pthread_create(&thread.id, NULL, submit_in_thread, &thread), 0);
    database_await(bench->database, somebody_waits);
    assert_int_equal(conn_script(rival, verdict, &bench->fault), ERR_OK);
    assert_int_equal(pthread_join(thread.id, NULL), 0);
    *answer = thread.answer;
    return thread.err;
}

static void test_rival_commits(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    assert_int_equal(submit_against_rival(&bench, "commit", &bench.answer), ERR_OK);
    assert_int_equal(bench.answer.accepted, 1);
    assert_int_equal(bench.answer.results[0].outcome, REPORT_ACCEPTED);
    assert_string_equal(bench.answer.results[0].report.operator_code, "sample-a");
    assert_int_equal(bench.answer.results[1].outcome, REPORT_DUPLICATE);
    assert_string_equal(bench.answer.results[1].report.operator_code, "sample-b");
    assert_int_equal(bench.answer.results[1].report.completed_on, day("2025-07-01"));
}

static void test_rival_rolls_back(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    assert_int_equal(submit_against_rival(&bench, "rollback", &bench.answer), ERR_OK);
    assert_int_equal(bench.answer.accepted, 2);
    assert_string_equal(bench.answer.results[1].report.operator_code, "sample-a");
}

// The rival stores the same two, the other way round: as reports are stored in one order, neither deadlocks.
static void test_rival_takes_both(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    assert_int_equal(submit_against_rival(&bench, RIVAL_INSERTS("2025-07-02") "commit", &bench.answer), ERR_OK);
    assert_int_equal(bench.answer.duplicates, 2);
    assert_string_equal(bench.answer.results[0].report.operator_code, "sample-b");
    assert_int_equal(bench.answer.results[0].report.completed_on, day("2025-07-02"));
}

// The insert was sent and its answer never came.
static void test_uncertain(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    assert_int_equal(submit_against_rival(&bench,
                                          "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                                          " where datname = current_database() and usename = 'meibo_intake';"
                                          "rollback",
                                          &bench.answer),
                     ERR_UNCERTAIN);
    assert_null(bench.answer.results);
    const struct report_item items[] = {item(102, "online-2025", "2025-07-01")};
    assert_int_equal(submit(&bench, items, 1), ERR_OK);
}

// Stored, but not as it was sent: whatever is wrong with us, the operator may not hear that nothing was stored.
static void test_answer_makes_no_sense(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2025-07-01")};
    database_run(bench.database, "create function public.later() returns trigger language plpgsql as"
                                 " $$ begin new.completed_on := new.completed_on + 1; return new; end $$;"
                                 "create trigger later before insert on meibo.report for each row"
                                 " execute function public.later()");
    enum err err = submit(&bench, items, 1);
    database_run(bench.database, "drop trigger later on meibo.report; drop function public.later()");
    assert_int_equal(err, ERR_UNCERTAIN);
    assert_null(bench.answer.results);
    assert_int_equal(stored(&bench), 1);
}

// Part of it was stored, and then what became of the rest cannot be asked.
static void test_rest_cannot_be_asked(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    enum err err =
        submit_against_rival(&bench, "revoke select on meibo.report from meibo_intake; commit", &bench.answer);
    database_run(bench.database, "grant select on meibo.report to meibo_intake");
    assert_int_equal(err, ERR_UNCERTAIN);
    assert_null(bench.answer.results);
    assert_int_equal(stored(&bench), 2);
}

static void test_refused_is_certain(void **state)
{
    BENCH_AUTO struct bench bench = begin(state);
    const struct report_item items[] = {item(102, "online-2025", "2025-07-01")};
    database_run(bench.database, "alter table meibo.report add constraint poison check (number <> 102)");
    enum err err = submit(&bench, items, 1);
    database_run(bench.database, "alter table meibo.report drop constraint poison");
    assert_int_equal(err, ERR_INVALID);
    assert_int_equal(stored(&bench), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_at_once),
        cmocka_unit_test(test_rival_commits),
        cmocka_unit_test(test_rival_rolls_back),
        cmocka_unit_test(test_rival_takes_both),
        cmocka_unit_test(test_uncertain),
        cmocka_unit_test(test_answer_makes_no_sense),
        cmocka_unit_test(test_rest_cannot_be_asked),
        cmocka_unit_test(test_refused_is_certain),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
