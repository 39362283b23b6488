// A record with a past: a sample register imported, reported upon, changed, thinned out and put back, one publication
// after the other. And the means to hold an edition against SQL.
#ifndef MEIBO_TESTS_SAMPLE_RECORD_H
#define MEIBO_TESTS_SAMPLE_RECORD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>
#include <libpq-fe.h>

#include "publish/import.h"
#include "publish/loader.h"
#include "publish/publisher.h"
#include "register/sample.h"
#include "tests/unit/database.h"
#include "tests/unit/publish/record_sql.h"

#define EDITION_AUTO __attribute__((cleanup(edition_free)))

enum { RECORD_PEOPLE = 3000, RECORD_STEPS = 11 };

// --- plain libpq ---

#define RESULT_AUTO __attribute__((cleanup(result_free)))
static inline void result_free(PGresult **result)
{
    PQclear(*result);
}

static inline PGconn *pg_open(const struct database *database)
{
    PGconn *pg = PQconnectdb(database->conninfo);
    if (PQstatus(pg) != CONNECTION_OK) {
        fail_msg("%s", PQerrorMessage(pg));
    }
    return pg;
}

static inline PGresult *pg_run(PGconn *pg, const char *sql, int n, const char *const *params)
{
    PGresult *result = n == 0 ? PQexec(pg, sql) : PQexecParams(pg, sql, n, NULL, params, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        fail_msg("%s: %.2000s", PQresultErrorMessage(result), sql);
    }
    return result;
}

static inline void pg_do(PGconn *pg, const char *sql)
{
    PQclear(pg_run(pg, sql, 0, NULL));
}

// A connection that knows the functions of record_sql.h.
static inline PGconn *pg_open_oracle(const struct database *database)
{
    static const char *const scripts[] = {sql_state_on,       sql_people_as_of, sql_writing,
                                          sql_courses_as_of,  sql_dones_as_of,  sql_lists_as_of,
                                          sql_register_as_of, sql_fold,         sql_number_of};
    PGconn *pg = pg_open(database);
    pg_do(pg, "set client_min_messages = warning; set jit = off;"
              "create temporary table dump (publication bigint, today date, kind text, lines jsonb);"
              "alter table dump alter lines set storage external");
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        pg_do(pg, scripts[i]);
    }
    return pg;
}

// --- making the record ---

struct record {
    const struct database *database;
    char directory[64];
    day_t today;
    struct conn *publisher;
    // Called after each publication.
    void (*published)(void *context);
    void *context;
};

static inline void file_in(const struct record *record, const char *name, char path[128])
{
    (void)snprintf(path, 128, "%s/%s", record->directory, name);
}

static inline void record_import(struct record *record, enum reader_kind kind, const char *name)
{
    static struct import_result result;
    struct fault fault = {""};
    char path[128];
    file_in(record, name, path);
    const struct import_plan plan = {kind, READER_UTF8, path, false, 100, STR("a secret of the tests, long enough")};
    if (import_run(record->publisher, &plan, &result, &fault) != ERR_OK) {
        fail_msg("%s: %s: line %llu, %s: %s", name, fault.text, (unsigned long long)result.faults[0].line,
                 result.faults[0].field, result.faults[0].reason);
    }
    assert_true(result.publication > 0);
    record->published(record->context);
}

// Completions that no file brought, of every so-manieth person. Instants of their own, with microseconds.
static inline void record_report(struct record *record, int remainder)
{
    char sql[1200];
    size_t reports = 0;
    int64_t publication;
    struct fault fault = {""};
    (void)snprintf(sql, sizeof sql,
                   "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"
                   " select r.number, c.code, c.valid_from + r.number %% 300, c.operator, '0123456789ab',"
                   "        timestamptz '2026-01-01 12:34:56.789999' + r.number * interval '1 second', '2030-01-01'"
                   "   from meibo.registrant r join meibo.course c on c.ended is null"
                   "  where r.ended is null and c.code <> 'online-2018' and r.number %% 11 = %d and hashtext(c.code) "
                   "%% 13 = r.number %% 13"
                   " on conflict do nothing",
                   remainder);
    database_run(record->database, sql);
    assert_int_equal(publish_pending(record->publisher, &reports, &publication, &fault), ERR_OK);
    assert_true(reports > 0);
    record->published(record->context);
}

static inline void set_day(json_t *row, const char *name, day_t day)
{
    char text[DAY_TEXT];
    day_write(day, text);
    assert_int_equal(json_object_set_new(row, name, json_stringn(text, DAY_TEXT)), 0);
}

static inline void publish_text(json_t *row, const char *name, const char *text)
{
    json_t *public_names = json_object_get(row, "public");
    if (public_names == NULL) {
        public_names = json_array();
        assert_int_equal(json_object_set_new(row, "public", public_names), 0);
    }
    if (json_object_get(row, name) != NULL) {
        for (size_t i = json_array_size(public_names); i > 0; i--) {
            if (strcmp(json_string_value(json_array_get(public_names, i - 1)), name) == 0) {
                (void)json_array_remove(public_names, i - 1);
            }
        }
    }
    (void)json_array_append_new(public_names, json_string(name));
    (void)json_object_set_new(row, name, json_string(text));
}

// Suspends people around today: until yesterday, today, tomorrow.
static inline void suspend(json_t *row, int line, day_t today)
{
    if (strcmp(json_string_value(json_object_get(row, "status")), "registered") == 0) {
        (void)json_object_set_new(row, "status", json_string("name_use_suspended"));
        set_day(row, "status_on", today - 10);
        set_day(row, "suspended_until", today - 1 + line / 30 % 3);
    }
}

// The register file's second state. False: the line is left out.
static inline bool change_person(json_t *row, int line, day_t today)
{
    static const char *const names[] = {"Ａｎｎｅ ﾐﾎﾝ", "Dvořák ŽOFIE", "ミホン ｶﾞｷﾞ", "葛\U000e0100城 見本"};
    static const char *const employers[] = {"㍿ｻﾝﾌﾟﾙ", "サンプル①合同会社", "SAMPLE ｶﾌﾞｼｷ 100%_\\ \"co\"",
                                            "見本見本見"};
    if (line % 50 == 7) {
        return false;
    }
    if (line % 10 == 3) {
        publish_text(row, "other_name", names[line / 10 % 4]);
        publish_text(row, "employer", employers[line / 10 % 4]);
    }
    if (line % 30 == 5) {
        suspend(row, line, today);
    }
    return true;
}

// All completions of one course go, and so can the course; and some others.
static inline bool change_done(json_t *row, int line, day_t today)
{
    (void)today;
    return line % 40 != 0 && strcmp(json_string_value(json_object_get(row, "course")), "online-2018") != 0;
}

static inline bool change_course(json_t *row, int line, day_t today)
{
    (void)today;
    if (line % 5 == 0) {
        (void)json_object_set_new(row, "name", json_string("改名した \"講習\""));
    }
    return strcmp(json_string_value(json_object_get(row, "code")), "online-2018") != 0;
}

static inline void copy_changed(struct record *record, const char *from, const char *to,
                                bool (*change)(json_t *row, int line, day_t today))
{
    char path[128];
    file_in(record, from, path);
    FILE *in = fopen(path, "r");
    file_in(record, to, path);
    FILE *out = fopen(path, "w");
    char *text = NULL;
    size_t room = 0;
    assert_non_null(in);
    assert_non_null(out);
    for (int line = 0; getline(&text, &room, in) > 0; line++) {
        json_t *row = json_loads(text, 0, NULL);
        assert_non_null(row);
        if (change(row, line, record->today)) {
            assert_int_equal(json_dumpf(row, out, JSON_COMPACT), 0);
            (void)fputc('\n', out);
        }
        json_decref(row);
    }
    free(text);
    (void)fclose(in);
    assert_int_equal(fclose(out), 0);
}

static inline void record_begin(struct record *record, uint64_t seed)
{
    struct fault fault = {""};
    (void)snprintf(record->directory, sizeof record->directory, "/tmp/meibo-edition-%ld", (long)getpid());
    record->today = clock_tokyo_day(clock_now());
    const struct sample_plan plan = {RECORD_PEOPLE, seed, record->today};
    if (sample_write(record->directory, plan, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    copy_changed(record, "register.ndjson", "register-2", change_person);
    copy_changed(record, "completions.ndjson", "completions-2", change_done);
    copy_changed(record, "courses.ndjson", "courses-2", change_course);
    record->publisher = database_open(record->database, STORE_PUBLISHER);
}

static inline void record_end(struct record *record)
{
    static const char *const names[] = {"operators.ndjson", "courses.ndjson", "register.ndjson", "completions.ndjson",
                                        "register-2",       "completions-2",  "courses-2"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        file_in(record, names[i], path);
        (void)unlink(path);
    }
    (void)rmdir(record->directory);
    conn_close(&record->publisher);
}

// RECORD_STEPS publications.
static inline void record_make(struct record *record, uint64_t seed)
{
    record_begin(record, seed);
    record_import(record, READER_OPERATORS, "operators.ndjson");
    record_import(record, READER_COURSES, "courses.ndjson");
    record_import(record, READER_REGISTER, "register.ndjson");
    record_import(record, READER_COMPLETIONS, "completions.ndjson");
    record_report(record, 4);
    record_import(record, READER_REGISTER, "register-2");
    record_import(record, READER_COMPLETIONS, "completions-2");
    record_import(record, READER_COURSES, "courses-2");
    record_report(record, 5);
    record_import(record, READER_REGISTER, "register.ndjson"); // who was taken out is back
    record_import(record, READER_REGISTER, "register-2");
    record_end(record);
}

// --- comparing ---

static inline struct edition *load(const struct database *database, day_t day)
{
    struct fault fault = {""};
    struct edition *edition = NULL;
    CONN_AUTO struct conn *reader = database_open(database, STORE_READER);
    if (load_edition(reader, day, &edition, &fault) != ERR_OK) {
        fail_msg("%s", fault.text);
    }
    return edition;
}

#endif
