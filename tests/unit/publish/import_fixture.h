// What the import's tests share: the record empty before each test and held to the rules of history after it; small
// files; short ways to ask and to expect.
#ifndef MEIBO_TESTS_IMPORT_FIXTURE_H
#define MEIBO_TESTS_IMPORT_FIXTURE_H

#include "publish/import.h"

#include "intake/name_check.h"
#include "publish/publication.h"
#include "tests/unit/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char SECRET[] = "a secret of the tests, long enough to be one";

static struct {
    const struct database *database; // NULL: none given
    char path[64];                   // of the file to import
    struct conn *publisher;
    struct import_result result;
} t;

static inline void script(const char *sql)
{
    database_run(t.database, sql);
}

static inline int64_t ask(const char *sql)
{
    return database_ask(t.database, sql);
}

#define assert_asked(number, sql) assert_int_equal((number), ask(sql))
#define NEEDS_DATABASE() ((void)database_of(state))

static inline int begin_empty(void **state)
{
    t.database = *state;
    if (t.database == NULL) {
        return 0;
    }
    (void)snprintf(t.path, sizeof t.path, "/tmp/meibo-import-%ld", (long)getpid());
    script("truncate meibo.publication, meibo.operator, meibo.course, meibo.registrant, meibo.completion,"
           " meibo.name_check, meibo.report, meibo.token;"
           "update meibo.publication_head set number = 0");
    t.publisher = database_open(t.database, STORE_PUBLISHER);
    return 0;
}

// No foreign key says it: whatever began or ended did so in a publication that exists, and numbers have no gaps.
static inline void assert_history_holds(void)
{
    assert_asked(0, "select count(*) from (select began from meibo.registrant union select ended from meibo.registrant"
                    " union select began from meibo.completion union select ended from meibo.completion"
                    " union select began from meibo.course union select ended from meibo.course"
                    " union select began from meibo.operator union select ended from meibo.operator) used (number)"
                    " where number is not null and number not in (select p.number from meibo.publication p)");
    assert_asked(1, "select (h.number = (select count(*) from meibo.publication)"
                    " and h.number = (select coalesce(max(p.number), 0) from meibo.publication p))::integer"
                    " from meibo.publication_head h");
}

static inline int end_test(void **state)
{
    (void)state;
    conn_close(&t.publisher);
    if (t.database != NULL) {
        (void)unlink(t.path);
        assert_history_holds();
    }
    return 0;
}

// --- files ---

static inline void write_file(const char *content)
{
    FILE *file = fopen(t.path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(0, fclose(file));
}

static inline struct import_plan plan_of(enum reader_kind kind)
{
    return (struct import_plan){kind, READER_UTF8, t.path, false, 100, STR(SECRET)};
}

// Imports `content` and expects this outcome; the counts are in t.result.
static inline void import_plan(struct import_plan plan, const char *content, enum err expected)
{
    struct fault fault = {""};
    write_file(content);
    enum err err = import_run(t.publisher, &plan, &t.result, &fault);
    if (err != expected) {
        fail_msg("%s instead of %s: %s; %s", err_name(err), err_name(expected), fault.text, t.result.faults[0].reason);
    }
    assert_int_equal(err != ERR_OK, fault.text[0] != '\0');
    assert_true(conn_is_usable(t.publisher)); // no transaction is left open
}

static inline void import(enum reader_kind kind, const char *content)
{
    import_plan(plan_of(kind), content, ERR_OK);
}

static inline void refuse(enum reader_kind kind, const char *content)
{
    import_plan(plan_of(kind), content, ERR_INVALID);
    assert_int_equal(0, t.result.publication);
}

static inline void assert_counts(uint64_t added, uint64_t changed, uint64_t ended, uint64_t unchanged,
                                 int64_t publication)
{
    assert_int_equal(added, t.result.added);
    assert_int_equal(changed, t.result.changed);
    assert_int_equal(ended, t.result.ended);
    assert_int_equal(unchanged, t.result.unchanged);
    assert_int_equal(publication, t.result.publication);
    assert_int_equal(0, t.result.fault_count);
}

static inline void assert_fault(size_t index, uint64_t line, const char *field, const char *reason)
{
    assert_true(index < t.result.fault_count);
    const struct reader_fault *fault = &t.result.faults[index];
    assert_int_equal(line, fault->line);
    assert_string_equal(field, fault->field);
    if (strstr(fault->reason, reason) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", fault->reason, reason);
    }
}

#define OPERATOR(code) "{\"code\":\"" code "\",\"name\":\"機関 " code "\",\"domain\":\"" code ".example\"}\n"
#define COURSE(code, operator)                                                                                         \
    "{\"code\":\"" code "\",\"kind\":\"online\",\"name\":\"講習 " code "\",\"operator\":\""                            \
    operator"\",\"valid_from\":\"2022-04-01\",\"valid_to\":\"2023-03-31\"}\n"
#define PERSON(number, name, more)                                                                                     \
    "{\"number\":\"" number "\",\"registered_on\":\"2018-04-01\",\"renewed_on\":\"2021-04-01\",\"renewal_count\":1,"   \
    "\"expires_on\":\"2024-03-31\",\"status\":\"registered\",\"status_on\":\"2018-04-01\",\"name\":\"" name "\"" more  \
    "}\n"
#define SHOWN ",\"public\":[\"name\"]"
#define REPORTED(number, course, day)                                                                                  \
    "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"                \
    " values (" number ", '" course "', '" day "', 'other', 'k', now(), '2023-12-31');"
#define DONE(number, course, day) "{\"number\":\"" number "\",\"course\":\"" course "\",\"completed_on\":\"" day "\"}\n"

// Publications 1 to 3: two operators, two courses, three people.
static inline void import_base(void)
{
    import(READER_OPERATORS, OPERATOR("ipa") OPERATOR("other"));
    assert_counts(2, 0, 0, 0, 1);
    import(READER_COURSES, COURSE("online-2022", "ipa") COURSE("special", "other"));
    assert_counts(2, 0, 0, 0, 2);
    import(READER_REGISTER, PERSON("1", "山田 太郎", SHOWN) PERSON("2", "鈴木 花子", "") PERSON("3", "髙橋 一", SHOWN));
    assert_counts(3, 0, 0, 0, 3);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin_empty, end_test)

#endif
