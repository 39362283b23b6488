// What a builder takes, what it refuses, and what stands in the edition it makes.
#include "edition/builder.h"

#include <stdlib.h>

#include "tests/unit/edition/by_hand.h"

static void expect_written(const struct edition *edition, number_t number, const char *expected)
{
    BUF_AUTO struct buf out;
    buf_init(&out, 100000);
    uint32_t row = edition_find(edition, number);
    assert_int_not_equal(row, ROW_NONE);
    edition_write_registrant(edition, row, &out);
    assert_string_equal(buf_text(&out), expected);
}

static void test_rows(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    static const number_t numbers[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 1000000};
    for (uint32_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        assert_int_equal(edition_find(edition, numbers[i]), i);
        assert_int_equal(edition_number(edition, i), numbers[i]);
        assert_int_equal(edition_find(edition, numbers[i] + 1), ROW_NONE);
        assert_int_equal(edition_find(edition, numbers[i] - 1), ROW_NONE);
    }
    assert_int_equal(edition_find(edition, 0), ROW_NONE);
    assert_int_equal(edition_find(edition, NUMBER_MAX), ROW_NONE);
}

static void test_head_and_counts(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    const struct edition_head *head = edition_get_head(edition);
    assert_int_equal(head->publication, 7);
    assert_int_equal(head->published_at, 1000000);
    assert_int_equal(head->day, day("2026-06-15"));
    struct edition_counts counts = edition_get_counts(edition);
    assert_int_equal(counts.people, 10);
    assert_int_equal(counts.in_force, 5);
    assert_int_equal(counts.completions, 7);
    assert_true(counts.postings > 0);
    assert_true(counts.bytes > 0);
}

static void test_statuses(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    static const enum status expected[] = {
        STATUS_REGISTERED,
        STATUS_NAME_USE_SUSPENDED,
        STATUS_REGISTERED,
        STATUS_LAPSED,
        STATUS_REVOKED,
        STATUS_STRUCK_OFF,
        STATUS_STRUCK_OFF,
        STATUS_LAPSED,
        STATUS_NAME_USE_SUSPENDED,
        STATUS_REGISTERED,
    };
    for (uint32_t row = 0; row < sizeof expected / sizeof expected[0]; row++) {
        assert_int_equal(edition_status(edition, row), expected[row]);
    }
}

#define TOMBSTONE(number, status, since, expires)                                                                      \
    "{\"number\":\"" number "\",\"status\":\"" status "\",\"status_on\":\"" since                                      \
    "\",\"registered_on\":\"2024-04-01\",\"expires_on\":\"" expires "\"}"

// Number, state and dates: nothing else of what was public.
static void test_tombstones(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    expect_written(edition, 40, TOMBSTONE("000040", "lapsed", "2026-06-15", "2026-06-14"));
    expect_written(edition, 50, TOMBSTONE("000050", "revoked", "2025-10-01", "2027-03-31"));
    expect_written(edition, 60, TOMBSTONE("000060", "struck_off", "2025-10-01", "2027-03-31"));
    expect_written(edition, 70, TOMBSTONE("000070", "struck_off", "2026-05-01", "2027-03-31"));
    expect_written(edition, 80, TOMBSTONE("000080", "lapsed", "2026-04-01", "2026-03-31"));
}

// Who was revoked keeps that end when the limit passes or the number leaves the file.
static void test_the_first_end_counts(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2030-01-01");
    struct registrant r = named_person(1);
    r.status = STATUS_REVOKED;
    r.status_on = day("2025-10-01");
    add_person(builder, &r, NULL);
    r.number = 2;
    add_person(builder, &r, "2026-05-01");
    r.number = 3;
    r.status = STATUS_REGISTERED;
    add_person(builder, &r, "2026-05-01"); // would have lapsed by now, had it stayed
    r.number = 4;
    r.status = STATUS_NAME_USE_SUSPENDED;
    add_person(builder, &r, "2026-05-01");
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_written(edition, 1, TOMBSTONE("000001", "revoked", "2025-10-01", "2027-03-31"));
    expect_written(edition, 2, TOMBSTONE("000002", "revoked", "2025-10-01", "2027-03-31"));
    expect_written(edition, 3, TOMBSTONE("000003", "struck_off", "2026-05-01", "2027-03-31"));
    expect_written(edition, 4, TOMBSTONE("000004", "struck_off", "2026-05-01", "2027-03-31"));
}

#define DONE(course, kind, operator, day, reported)                                                                    \
    "{\"course\":\"" course "\",\"kind\":\"" kind "\",\"course_name\":\"講習\",\"operator\":\""                      \
    operator"\",\"completed_on\":\"" day "\"" reported ",\"reflected_at\":\"1970-01-01T00:00:02.000Z\"}"

static void test_people_in_force(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    expect_written(edition, 10,
                   "{\"number\":\"000010\",\"status\":\"registered\",\"status_on\":\"2024-04-01\","
                   "\"registered_on\":\"2024-04-01\",\"renewal_count\":0,\"expires_on\":\"2027-03-31\","
                   "\"name\":\"見本 太郎\",\"kana\":\"ミホン タロウ\",\"other_name\":\"Mihon TARO\",\"home\":\"13\","
                   "\"employer\":\"株式会社サンプル\",\"employer_place\":\"14\",\"completions\":[" DONE(
                       "special", "designated", "other", "2025-12-31",
                       "") "," DONE("online-2025", "online", "ipa", "2025-07-01",
                                    ",\"reported_at\":\"1970-01-01T00:00:01.500Z\"") "," DONE("online-2024", "online",
                                                                                              "ipa", "2024-07-31",
                                                                                              "") "]}");
    expect_written(edition, 90,
                   "{\"number\":\"000090\",\"status\":\"name_use_suspended\",\"status_on\":\"2024-04-01\","
                   "\"registered_on\":\"2023-10-01\",\"renewal_count\":0,\"expires_on\":\"2026-06-15\","
                   "\"completions\":[]}");
}

// The suspension's end is told while it lasts; afterwards the state is registered, since the day after.
static void test_suspensions(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    struct registrant r = plain_person(1);
    r.status = STATUS_NAME_USE_SUSPENDED;
    r.status_on = day("2026-01-01");
    r.suspended_until = day("2026-06-15");
    add_person(builder, &r, NULL);
    r.number = 2;
    r.suspended_until = day("2026-06-14");
    add_person(builder, &r, NULL);
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_written(edition, 1,
                   "{\"number\":\"000001\",\"status\":\"name_use_suspended\",\"status_on\":\"2026-01-01\","
                   "\"registered_on\":\"2024-04-01\",\"renewal_count\":0,\"expires_on\":\"2027-03-31\","
                   "\"suspended_until\":\"2026-06-15\",\"completions\":[]}");
    expect_written(edition, 2,
                   "{\"number\":\"000002\",\"status\":\"registered\",\"status_on\":\"2026-06-15\","
                   "\"registered_on\":\"2024-04-01\",\"renewal_count\":0,\"expires_on\":\"2027-03-31\","
                   "\"completions\":[]}");
}

static void test_courses_and_operators(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    assert_true(edition_has_operator(edition, STR("ipa")));
    assert_true(edition_has_operator(edition, STR("other")));
    assert_false(edition_has_operator(edition, STR("ip")));
    assert_false(edition_has_operator(edition, STR("ipa2")));
    static const char *const sorted[] = {"old-2019", "online-2024", "online-2025", "special"};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(edition_find_course(edition, str_of(sorted[i])), i);
    }
    assert_int_equal(edition_find_course(edition, STR("online")), -1);
    assert_int_equal(edition_find_course(edition, STR("online-20244")), -1);
    assert_int_equal(edition_find_course(edition, STR("")), -1);
    BUF_AUTO struct buf out;
    buf_init(&out, 10000);
    assert_int_equal(edition_write_operators(edition, &out), 2);
    assert_string_equal(buf_text(&out),
                        "[{\"code\":\"ipa\",\"name\":\"機関\"},{\"code\":\"other\",\"name\":\"機関\"}]");
}

#define COURSE(code, kind, operator)                                                                                   \
    "{\"code\":\"" code "\",\"kind\":\"" kind "\",\"name\":\"講習\",\"operator\":\""                                 \
    operator"\",\"valid_from\":\"2019-04-01\",\"valid_to\":\"2027-03-31\"}"

// A course that ended is known by its completions and is not in the list.
static void test_ended_course(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    BUF_AUTO struct buf out;
    buf_init(&out, 10000);
    assert_false(edition_write_course(edition, edition_find_course(edition, STR("old-2019")), &out));
    assert_int_equal(out.n, 0);
    assert_true(edition_write_course(edition, edition_find_course(edition, STR("special")), &out));
    assert_string_equal(buf_text(&out), COURSE("special", "designated", "other"));
    buf_clear(&out);
    assert_int_equal(edition_write_courses(edition, &out), 3);
    assert_string_equal(buf_text(&out),
                        "[" COURSE("online-2024", "online", "ipa") "," COURSE(
                            "online-2025", "online", "ipa") "," COURSE("special", "designated", "other") "]");
}

static void test_one_completion(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    BUF_AUTO struct buf out;
    buf_init(&out, 10000);
    edition_write_completion(edition, 6, &out);
    assert_string_equal(buf_text(&out), "{\"number\":\"1000000\",\"course\":\"online-2024\",\"kind\":\"online\","
                                        "\"course_name\":\"講習\",\"operator\":\"ipa\",\"completed_on\":\"2025-02-28\","
                                        "\"reflected_at\":\"1970-01-01T00:00:02.000Z\"}");
}

static void refuse_person(struct builder *builder, number_t number)
{
    struct fault fault = {""};
    struct registrant r = plain_person(number);
    assert_int_equal(builder_add_registrant(builder, &r, DAY_NONE, &fault), ERR_INTERNAL);
    assert_true(fault.text[0] != '\0');
}

static void test_people_out_of_order(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    struct registrant r = plain_person(10);
    add_person(builder, &r, NULL);
    refuse_person(builder, 10);
    refuse_person(builder, 9);
    refuse_person(builder, 0);
}

static struct builder *with_two_people(void)
{
    struct builder *builder = builder_of("2026-06-15");
    struct registrant r = plain_person(10);
    add_course(builder, "b", KIND_ONLINE, "ipa", true);
    add_course(builder, "a", KIND_ONLINE, "ipa", true);
    add_person(builder, &r, NULL);
    r.number = 20;
    add_person(builder, &r, NULL);
    return builder;
}

// One rule a builder: after a refusal it may only be freed.
static void test_completions_out_of_order(void **state)
{
    (void)state;
    static const struct {
        number_t number;
        const char *course, *day;
    } refused[] = {
        {10, "b", "2025-07-01"}, // twice
        {10, "a", "2025-07-01"}, // courses ascend within a day
        {10, "a", "2025-07-02"}, // newest first
        {9, "a", "2025-01-01"},  // unknown, and before
        {15, "a", "2025-01-01"}, // unknown
        {21, "a", "2025-01-01"}, // unknown, behind all
        {10, "c", "2025-01-01"}, // unknown course
        {10, "a", "1999-12-31"}, // before days can be counted
        {10, "a", "2179-06-07"}, // after
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        BUILDER_AUTO struct builder *builder = with_two_people();
        add_done(builder, 10, "b", "2025-07-01");
        assert_int_equal(try_done(builder, refused[i].number, refused[i].course, refused[i].day), ERR_INTERNAL);
    }
    BUILDER_AUTO struct builder *builder = with_two_people();
    add_done(builder, 20, "a", "2179-06-06");
    assert_int_equal(try_done(builder, 10, "a", "2025-01-01"), ERR_INTERNAL);
    add_done(builder, 20, "b", "2179-06-06");
    add_done(builder, 20, "a", "2000-01-01");
}

// What is given is copied: the caller's text changes right after.
static void test_copies(void **state)
{
    (void)state;
    char text[] = "text";
    struct fault fault = {""};
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    const struct operator_entry entry = {.code = str_of(text), .name = str_of(text)};
    assert_int_equal(builder_add_operator(builder, &entry, &fault), ERR_OK);
    add_course(builder, text, KIND_ONLINE, text, true);
    struct registrant r = plain_person(1);
    r.name = str_of(text);
    add_person(builder, &r, NULL);
    add_done(builder, 1, text, "2025-01-01");
    memset(text, 'x', 4);
    EDITION_AUTO struct edition *edition = finish(&builder);
    assert_true(edition_has_operator(edition, STR("text")));
    assert_int_equal(edition_find_course(edition, STR("text")), 0);
    struct query query = everyone();
    query.name = STR("text");
    expect_people(edition, &query, "1");
}

static void test_nothing_at_all(void **state)
{
    (void)state;
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    EDITION_AUTO struct edition *edition = finish(&builder);
    BUF_AUTO struct buf out;
    buf_init(&out, 100);
    assert_int_equal(edition_write_courses(edition, &out), 0);
    assert_int_equal(edition_write_operators(edition, &out), 0);
    assert_string_equal(buf_text(&out), "[][]");
    assert_int_equal(edition_find(edition, 1), ROW_NONE);
    assert_int_equal(edition_find_course(edition, STR("a")), -1);
    assert_int_equal(edition_get_counts(edition).people, 0);
}

static void test_given_up(void **state)
{
    (void)state;
    struct builder *builder = with_two_people();
    builder_free(&builder);
    assert_null(builder);
    builder_free(&builder);
    struct edition *edition = NULL;
    edition_free(&edition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_head_and_counts),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_tombstones),
        cmocka_unit_test(test_the_first_end_counts),
        cmocka_unit_test(test_people_in_force),
        cmocka_unit_test(test_suspensions),
        cmocka_unit_test(test_courses_and_operators),
        cmocka_unit_test(test_ended_course),
        cmocka_unit_test(test_one_completion),
        cmocka_unit_test(test_people_out_of_order),
        cmocka_unit_test(test_completions_out_of_order),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_nothing_at_all),
        cmocka_unit_test(test_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
