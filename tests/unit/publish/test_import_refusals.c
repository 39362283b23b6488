// The import against a real PostgreSQL: what is refused, in which words, and that a refusal leaves no trace.
#include "import_fixture.h"

static void test_dry_run_changes_nothing(void **state)
{
    NEEDS_DATABASE();
    import_base();
    struct import_plan plan = plan_of(READER_REGISTER);
    plan.dry_run = true;
    import_plan(plan, PERSON("1", "山田 次郎", SHOWN) PERSON("4", "佐藤 桜", SHOWN), ERR_OK);
    assert_counts(1, 1, 2, 0, 0);
    assert_asked(3, "select number from meibo.publication_head");
    assert_asked(3, "select count(*) from meibo.registrant where ended is null");
    assert_asked(3, "select count(*) from meibo.name_check where number between 1 and 3");
    import(READER_REGISTER, PERSON("1", "山田 次郎", SHOWN) PERSON("4", "佐藤 桜", SHOWN));
    assert_counts(1, 1, 2, 0, 4); // the number is still there to be used
}

static void test_guard(void **state)
{
    NEEDS_DATABASE();
    import_base();
    struct import_plan plan = plan_of(READER_REGISTER);
    plan.allow_ended = IMPORT_ENDED_USUAL;
    import_plan(plan, PERSON("1", "山田 次郎", SHOWN) PERSON("2", "鈴木 花子", ""), ERR_LIMIT);
    assert_counts(0, 1, 1, 1, 0);
    assert_asked(0, "select count(*) from meibo.registrant where ended is not null");
    assert_asked(3, "select number from meibo.publication_head");
    plan.allow_ended = 100.0 / 3 - 0.001;
    import_plan(plan, PERSON("1", "山田 次郎", SHOWN) PERSON("2", "鈴木 花子", ""), ERR_LIMIT);
    plan.allow_ended = 100.0 / 3 + 0.001;
    import_plan(plan, PERSON("1", "山田 次郎", SHOWN) PERSON("2", "鈴木 花子", ""), ERR_OK);
    assert_counts(0, 1, 1, 1, 4);
}

static void test_guard_counts_only_what_the_file_brought(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_COMPLETIONS, DONE("1", "online-2022", "2022-07-01") DONE("2", "special", "2022-08-01"));
    script("insert into meibo.completion select 3, 'special', date '2022-05-01' + g, g, now(), 4 from "
           "generate_series(1, 97) g;"
           "insert into meibo.report (number, course, completed_on, operator, token, received_at, reflect_by)"
           " select number, course, completed_on, 'other', 'k', now(), '2022-08-01' from meibo.completion"
           " where report is not null");
    import(READER_COMPLETIONS, DONE("1", "online-2022", "2022-07-01") DONE("2", "special", "2022-08-01")
                                   DONE("2", "special", "2022-08-02"));
    script(REPORTED("2", "special", "2022-08-02")); // after the file brought it
    struct import_plan plan = plan_of(READER_COMPLETIONS);
    plan.allow_ended = 49;
    import_plan(plan, DONE("1", "online-2022", "2022-07-01"), ERR_LIMIT);
    plan.allow_ended = 50;
    import_plan(plan, DONE("1", "online-2022", "2022-07-01"), ERR_OK);
    assert_counts(0, 0, 1, 1, 6);
}

static void test_broken_lines_are_all_named_and_nothing_is_applied(void **state)
{
    NEEDS_DATABASE();
    import_base();
    refuse(READER_REGISTER,
           PERSON("1", "山田 次郎", SHOWN) "{\"number\":\"2\"\n" PERSON("3", "髙橋 一", ",\"home\":\"48\"")
               PERSON("4", "佐藤 桜", SHOWN) PERSON("1", "山田 三郎", SHOWN));
    assert_int_equal(3, t.result.fault_count);
    assert_fault(0, 2, "", "");
    assert_fault(1, 3, "home", "");
    assert_fault(2, 5, "number", "");
    assert_asked(3, "select count(*) from meibo.registrant where ended is null and began = 3");
    assert_asked(3, "select number from meibo.publication_head");
    assert_asked(0, "select count(*) from meibo.name_check where number > 3");
}

static void test_references_are_checked_together_with_lines(void **state)
{
    NEEDS_DATABASE();
    import_base();
    refuse(READER_COMPLETIONS, DONE("1", "special", "2022-07-01") DONE("77", "nothing", "2022-07-01")
                                   DONE("1", "special", "2022-02-30") DONE("1", "special", "2022-07-01")
                                       DONE("2", "special", "2022-07-01") DONE("1", "special", "2022-07-01"));
    assert_int_equal(5, t.result.fault_count);
    assert_fault(0, 2, "number", "000077");
    assert_fault(1, 2, "course", "\"nothing\"");
    assert_fault(2, 3, "completed_on", "");
    assert_fault(3, 4, "", "line 1");
    assert_fault(4, 6, "", "line 1");
    assert_asked(0, "select count(*) from meibo.completion");
    refuse(READER_COURSES, COURSE("online-2022", "ipa") COURSE("special", "nobody"));
    assert_int_equal(1, t.result.fault_count);
    assert_fault(0, 2, "operator", "\"nobody\"");
}

static void test_completions_must_have_come(void **state)
{
    NEEDS_DATABASE();
    import_base();
    refuse(READER_COMPLETIONS,
           DONE("1", "special", "2022-07-01") DONE("77", "nothing", "2179-06-06") DONE("1", "special", "1999-12-31"));
    assert_int_equal(4, t.result.fault_count);
    assert_fault(0, 2, "number", "000077");
    assert_fault(1, 2, "course", "\"nothing\"");
    assert_fault(2, 2, "completed_on", "2179-06-06 has not come yet");
    assert_fault(3, 3, "completed_on", "2000-01-01");
    day_t today = clock_tokyo_day(clock_now());
    BUF_AUTO struct buf file;
    buf_init(&file, 1024);
    char text[DAY_TEXT];
    day_write(today + 2, text); // not tomorrow: midnight may pass meanwhile
    buf_add_format(&file, DONE("1", "special", "%.*s"), DAY_TEXT, text);
    refuse(READER_COMPLETIONS, buf_text(&file));
    assert_fault(0, 1, "completed_on", "has not come yet");
    buf_clear(&file);
    day_write(today, text);
    buf_add_format(&file, DONE("1", "special", "%.*s"), DAY_TEXT, text);
    import(READER_COMPLETIONS, buf_text(&file));
    assert_counts(1, 0, 0, 0, 4);
}

// A report may be accepted while its course's end is being imported: a file that knows it is not wrong.
static void test_completions_of_courses_that_ended_are_known(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_COURSES, COURSE("online-2022", "ipa"));
    import(READER_COMPLETIONS, DONE("2", "special", "2022-07-01"));
    assert_counts(1, 0, 0, 0, 5);
}

static void test_completions_of_numbers_taken_out_are_known(void **state)
{
    NEEDS_DATABASE();
    import_base();
    import(READER_REGISTER, PERSON("1", "山田 太郎", SHOWN));
    import(READER_COMPLETIONS, DONE("2", "special", "2022-07-01"));
    assert_counts(1, 0, 0, 0, 5);
}

static void test_what_is_referred_to_may_not_end(void **state)
{
    NEEDS_DATABASE();
    import_base();
    refuse(READER_OPERATORS, OPERATOR("ipa"));
    assert_int_equal(1, t.result.fault_count);
    assert_fault(0, 0, "code", "\"other\"");
    import(READER_COMPLETIONS, DONE("1", "online-2022", "2022-07-01"));
    refuse(READER_COURSES, COURSE("special", "other"));
    assert_int_equal(1, t.result.fault_count);
    assert_fault(0, 0, "code", "\"online-2022\"");
    script(REPORTED("1", "special", "2022-07-01"));
    refuse(READER_COURSES, COURSE("online-2022", "ipa")); // waits in the inbox
    assert_fault(0, 0, "code", "\"special\"");
    // A broken line may be the one that is missed: only the line is named.
    refuse(READER_COURSES, COURSE("online-2022", "ipa") "{\"code\":\"special\"}\n");
    for (size_t i = 0; i < t.result.fault_count; i++) {
        assert_int_equal(2, t.result.faults[i].line);
    }
}

static void test_a_hundred_faults_are_enough(void **state)
{
    NEEDS_DATABASE();
    import_base();
    BUF_AUTO struct buf file;
    buf_init(&file, 1024 * 1024);
    for (int i = 0; i < 150; i++) {
        buf_add_format(&file, DONE("%d", "nothing", "2022-07-01"), i + 1000);
    }
    refuse(READER_COMPLETIONS, buf_text(&file));
    assert_int_equal(READER_FAULTS_MAX, t.result.fault_count);
    assert_fault(99, 50, "course", "nothing");
    buf_clear(&file);
    for (int i = 0; i < 150; i++) {
        buf_add_text(&file, "{}\n");
    }
    refuse(READER_COMPLETIONS, buf_text(&file));
    assert_int_equal(READER_FAULTS_MAX, t.result.fault_count);
}

// Whoever publishes holds the head: an import does not compare before it has it.
static void test_waits_for_the_head(void **state)
{
    NEEDS_DATABASE();
    CONN_AUTO struct conn *other = database_open(t.database, STORE_PUBLISHER);
    struct fault fault = {""};
    int64_t number;
    assert_int_equal(ERR_OK, conn_begin(other, &fault));
    assert_int_equal(ERR_OK, publication_take(other, &number, &fault));
    assert_int_equal(1, number);
    assert_int_equal(ERR_OK, conn_script(t.publisher, "set lock_timeout = '20ms'", &fault));
    write_file(OPERATOR("ipa"));
    struct import_plan plan = plan_of(READER_OPERATORS);
    assert_int_equal(ERR_UNAVAILABLE, import_run(t.publisher, &plan, &t.result, &fault));
    conn_rollback(other);
    conn_close(&t.publisher);
    t.publisher = database_open(t.database, STORE_PUBLISHER);
    import(READER_OPERATORS, OPERATOR("ipa"));
    assert_counts(1, 0, 0, 0, 1);
}

static void test_file_that_is_not_there(void **state)
{
    NEEDS_DATABASE();
    struct import_plan plan = plan_of(READER_OPERATORS);
    struct fault fault = {""};
    plan.path = "/tmp/meibo-no-such-file";
    assert_int_equal(ERR_IO, import_run(t.publisher, &plan, &t.result, &fault));
    assert_true(conn_is_usable(t.publisher));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_dry_run_changes_nothing),
        TEST(test_guard),
        TEST(test_guard_counts_only_what_the_file_brought),
        TEST(test_broken_lines_are_all_named_and_nothing_is_applied),
        TEST(test_references_are_checked_together_with_lines),
        TEST(test_completions_must_have_come),
        TEST(test_completions_of_courses_that_ended_are_known),
        TEST(test_completions_of_numbers_taken_out_are_known),
        TEST(test_what_is_referred_to_may_not_end),
        TEST(test_a_hundred_faults_are_enough),
        TEST(test_waits_for_the_head),
        TEST(test_file_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, database_setup, database_teardown);
}
