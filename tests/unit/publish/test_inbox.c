// One publication out of the inbox: what it writes, what it leaves, and what several of them do to each other.
#include "publish/inbox.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/unit/database.h"

enum { ALL = 10000 };

// Reports 1..n of registrant 102, a day each from 2025-04-01.
static void put_reports(const struct database *database, int n)
{
    char sql[400];
    (void)snprintf(sql, sizeof sql,
                   "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"
                   " select 102, 'online-2025', date '2025-03-31' + n, 'sample-a', '0123456789ab',"
                   " timestamptz '2026-01-01' + n * interval '1 second', '2026-02-01' from generate_series(1, %d) as n",
                   n);
    database_run(database, sql);
}

struct done {
    enum err err;
    size_t reports;
    int64_t publication;
};

static struct done publish(const struct database *database, size_t most, struct inbox_skipped *skipped)
{
    CONN_AUTO struct conn *conn = database_open(database, STORE_PUBLISHER);
    struct done done = {.err = ERR_OK};
    struct fault fault;
    done.err = inbox_publish(conn, most, skipped, &done.reports, &done.publication, &fault);
    assert_true(conn_is_usable(conn));
    return done;
}

static void assert_done(struct done done, size_t reports, int64_t publication)
{
    assert_int_equal(done.err, ERR_OK);
    assert_int_equal(done.reports, reports);
    assert_int_equal(done.publication, publication);
}

static void test_nothing(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = 0};
    database_fill(database);
    assert_done(publish(database, ALL, &skipped), 0, 0);
    assert_int_equal(database_ask(database, "select number from meibo.publication_head"), 2);
}

static void test_publishes(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = 0};
    database_fill(database);
    put_reports(database, 3);
    assert_done(publish(database, ALL, &skipped), 3, 3);
    assert_int_equal(database_ask(database, "select count(*) from meibo.completion as c join meibo.report as r on"
                                            " c.report = r.id and c.reported_at = r.received_at and"
                                            " (c.number, c.course, c.completed_on) ="
                                            " (r.number, r.course, r.completed_on) and c.began = 3 and"
                                            " c.ended is null and r.publication = 3"),
                     3);
    assert_int_equal(database_ask(database, "select count(*) from meibo.publication where number = 3 and"
                                            " cause = 'reports' and (added, changed, ended) = (3, 0, 0)"),
                     1);
    assert_int_equal(database_ask(database, "select number from meibo.publication_head"), 3);
    assert_done(publish(database, ALL, &skipped), 0, 0);
}

static void test_oldest_first(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = 0};
    database_fill(database);
    put_reports(database, 5);
    assert_done(publish(database, 2, &skipped), 2, 3);
    assert_done(publish(database, 2, &skipped), 2, 4);
    assert_done(publish(database, 2, &skipped), 1, 5);
    assert_int_equal(database_ask(database, "select count(*) from meibo.report where publication = 3 + (id - 1) / 2"),
                     5);
}

// The administrator's file brought it first: the report is marked, and the completion stays as it is.
static void test_public_already(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = 0};
    database_fill(database);
    put_reports(database, 2);
    database_run(database, "insert into meibo.completion (number, course, completed_on, began) values"
                           " (102, 'online-2025', '2025-04-01', 2)");
    assert_done(publish(database, ALL, &skipped), 2, 3);
    assert_int_equal(database_ask(database, "select added from meibo.publication where number = 3"), 1);
    assert_int_equal(database_ask(database, "select count(*) from meibo.completion where number = 102"), 2);
    assert_int_equal(database_ask(database, "select count(*) from meibo.report where publication = 3"), 2);
    // All of them: a publication that adds nothing, which the reports can name.
    database_run(database, "update meibo.report set publication = null");
    assert_done(publish(database, ALL, &skipped), 2, 4);
    assert_int_equal(database_ask(database, "select added from meibo.publication where number = 4"), 0);
    // A completion that ended is in nobody's way.
    database_run(database, "update meibo.completion set ended = 5 where number = 102;"
                           "update meibo.report set publication = null");
    assert_done(publish(database, ALL, &skipped), 2, 5);
    assert_int_equal(database_ask(database, "select added from meibo.publication where number = 5"), 2);
}

static void test_refused_ones_stay(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = 0};
    database_fill(database);
    put_reports(database, 20);
    database_run(database, "alter table meibo.completion add constraint poison check"
                           " (completed_on not in ('2025-04-07', '2025-04-20'))");
    assert_done(publish(database, ALL, &skipped), 18, 3);
    assert_int_equal(skipped.n, 2);
    assert_int_equal(skipped.ids[0], 7);
    assert_int_equal(skipped.ids[1], 20);
    assert_int_equal(database_ask(database, "select added from meibo.publication where number = 3"), 18);
    assert_int_equal(database_ask(database, "select count(*) from meibo.report where publication is null"), 2);
    assert_done(publish(database, ALL, &skipped), 0, 0);
    skipped.n = 0;
    assert_done(publish(database, ALL, &skipped), 0, 0); // tried again, in vain: still no publication
    assert_int_equal(skipped.n, 2);
    database_run(database, "alter table meibo.completion drop constraint poison");
    skipped.n = 0;
    assert_done(publish(database, ALL, &skipped), 2, 4);
}

static void test_refuses_to_skip_all(void **state)
{
    struct database *database = database_of(state);
    struct inbox_skipped skipped = {.n = INBOX_SKIPPED_MAX};
    database_fill(database);
    put_reports(database, 1);
    database_run(database, "alter table meibo.completion add constraint poison check (number <> 102)");
    assert_int_equal(publish(database, ALL, &skipped).err, ERR_LIMIT);
    database_run(database, "alter table meibo.completion drop constraint poison");
    assert_done(publish(database, ALL, &skipped), 1, 3);
}

// --- several at once ---

enum { THREADS = 4, REPORTS = 200, BATCH = 7 };

struct thread {
    const struct database *database;
    struct done done;
    pthread_t id;
};

static void *publish_in_thread(void *context)
{
    struct thread *thread = context;
    struct done *done = &thread->done;
    struct inbox_skipped skipped = {.n = 0};
    CONN_AUTO struct conn *conn = NULL;
    done->err = conn_open(&thread->database->settings, STORE_PUBLISHER, &conn, NULL);
    size_t all = 0;
    for (int i = 0; done->err == ERR_OK && i < REPORTS; i++) {
        done->err = inbox_publish(conn, BATCH, &skipped, &done->reports, &done->publication, NULL);
        all += done->reports;
    }
    done->reports = all;
    return NULL;
}

static void test_several_publishers(void **state)
{
    struct database *database = database_of(state);
    struct thread threads[THREADS];
    size_t reports = 0;
    database_fill(database);
    put_reports(database, REPORTS);
    for (size_t i = 0; i < THREADS; i++) {
        threads[i] = (struct thread){.database = database};
        assert_int_equal(pthread_create(&threads[i].id, NULL, publish_in_thread, &threads[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i].id, NULL), 0);
        assert_int_equal(threads[i].done.err, ERR_OK);
        reports += threads[i].done.reports;
    }
    assert_int_equal(reports, REPORTS);
    assert_int_equal(database_ask(database, "select sum(added) from meibo.publication where number > 2"), REPORTS);
    assert_int_equal(database_ask(database, "select max(number) - count(*) from meibo.publication"), 0);
    assert_int_equal(database_ask(database, "select count(*) from meibo.report as r join meibo.completion as c on"
                                            " c.report = r.id and c.began = r.publication"),
                     REPORTS);
}

// Another server takes the reports while this one waits for the head's lock: nothing is left, nothing is published.
static void test_rival_was_faster(void **state)
{
    struct database *database = database_of(state);
    struct fault fault;
    database_fill(database);
    put_reports(database, 3);
    struct thread thread = {.database = database};
    CONN_AUTO struct conn *rival = database_open(database, STORE_ADMIN);
    assert_int_equal(conn_script(rival,
                                 "begin; select number from meibo.publication_head for update;"
                                 "update meibo.report set publication = 2",
                                 &fault),
                     ERR_OK);
    assert_int_equal(pthread_create(&thread.id, NULL, publish_in_thread, &thread), 0);
    database_await(database, "select count(*) from pg_stat_activity where datname = current_database()"
                             " and usename = 'meibo_publisher' and wait_event_type = 'Lock'");
    assert_int_equal(conn_commit(rival, &fault), ERR_OK);
    assert_int_equal(pthread_join(thread.id, NULL), 0);
    assert_int_equal(thread.done.err, ERR_OK);
    assert_int_equal(thread.done.reports, 0);
    assert_int_equal(database_ask(database, "select number from meibo.publication_head"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_publishes),
        cmocka_unit_test(test_oldest_first),
        cmocka_unit_test(test_public_already),
        cmocka_unit_test(test_refused_ones_stay),
        cmocka_unit_test(test_refuses_to_skip_all),
        cmocka_unit_test(test_several_publishers),
        cmocka_unit_test(test_rival_was_faster),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
