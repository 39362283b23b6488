// The JSON of each kind of row, read back with a parser that is not ours: all members, absent ones, and any text.
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "edition/private.h"

static day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static month_t month(const char *text)
{
    month_t month = MONTH_NONE;
    assert_true(month_parse(str_of(text), &month));
    return month;
}

static json_t *parse(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL) {
        fail_msg("%s: %s", error.text, text);
    }
    return json;
}

static void expect_json(struct buf *out, const char *expected)
{
    assert_false(buf_failed(out));
    json_t *got = parse(buf_text(out));
    json_t *wanted = parse(expected);
    if (!json_equal(got, wanted)) {
        fail_msg("%s\ninstead of\n%s", buf_text(out), expected);
    }
    json_decref(got);
    json_decref(wanted);
    buf_fini(out);
}

static struct registrant bare(void)
{
    return (struct registrant){
        .number = 42,
        .registered_on = day("2024-04-01"),
        .renewed_on = DAY_NONE,
        .expires_on = day("2027-03-31"),
        .exam_passed = MONTH_NONE,
        .suspended_until = DAY_NONE,
        .birth_month = MONTH_NONE,
    };
}

static void expect_registrant(const struct registrant *r, enum status status, const char *expected)
{
    struct buf out;
    buf_init(&out, 100000);
    render_registrant(&out, r, status, day("2024-04-01"));
    buf_add(&out, STR("]}"));
    expect_json(&out, expected);
}

#define BARE                                                                                                           \
    "\"number\":\"000042\",\"status_on\":\"2024-04-01\",\"registered_on\":\"2024-04-01\",\"renewal_count\":0,"         \
    "\"expires_on\":\"2027-03-31\",\"completions\":[]"

static void test_absent_means_absent(void **state)
{
    (void)state;
    struct registrant r = bare();
    expect_registrant(&r, STATUS_REGISTERED, "{" BARE ",\"status\":\"registered\"}");
    r.number = 1234567;
    struct buf out;
    buf_init(&out, 1000);
    render_tombstone(&out, &r, STATUS_REVOKED, day("2025-10-01"));
    expect_json(&out, "{\"number\":\"1234567\",\"status\":\"revoked\",\"status_on\":\"2025-10-01\","
                      "\"registered_on\":\"2024-04-01\",\"expires_on\":\"2027-03-31\"}");
}

static void test_suspended_until(void **state)
{
    (void)state;
    struct registrant r = bare();
    r.suspended_until = day("2026-06-15");
    expect_registrant(&r, STATUS_REGISTERED, "{" BARE ",\"status\":\"registered\"}"); // it is over
    expect_registrant(&r, STATUS_NAME_USE_SUSPENDED,
                      "{" BARE ",\"status\":\"name_use_suspended\",\"suspended_until\":\"2026-06-15\"}");
    r.suspended_until = DAY_NONE;
    expect_registrant(&r, STATUS_NAME_USE_SUSPENDED, "{" BARE ",\"status\":\"name_use_suspended\"}");
}

static struct registrant full(void)
{
    static const struct str one[] = {{"暗号", 6}};
    static const struct str two[] = {{"C", 1}, {"\"SQL\"", 5}};
    struct registrant r = bare();
    r.renewed_on = day("2024-04-02");
    r.renewal_count = 2;
    r.exam_passed = month("2017-10");
    r.name = STR("見本 太郎");
    r.kana = STR("ミホン タロウ");
    r.other_name = STR("Mihon");
    r.birth_month = month("1980-05");
    r.exam_certificate = STR("SC-2017-10-00042");
    r.home = 1;
    r.employer = STR("株式会社サンプル");
    r.employer_place = PLACE_OVERSEAS;
    r.email = STR("a@sample.invalid");
    r.phone = STR("000");
    r.url = STR("https://sample.invalid/");
    r.specialties = (struct text_list){one, 1};
    r.skills = (struct text_list){two, 2};
    r.qualifications = (struct text_list){one, 1};
    r.statement = STR("一行目\r\n二行目\t\\");
    return r;
}

static void test_all_members(void **state)
{
    (void)state;
    struct registrant r = full();
    expect_registrant(
        &r, STATUS_REGISTERED,
        "{\"number\":\"000042\",\"status\":\"registered\",\"status_on\":\"2024-04-01\","
        "\"registered_on\":\"2024-04-01\",\"renewed_on\":\"2024-04-02\",\"renewal_count\":2,"
        "\"expires_on\":\"2027-03-31\",\"exam_passed\":\"2017-10\",\"name\":\"見本 太郎\","
        "\"kana\":\"ミホン タロウ\",\"other_name\":\"Mihon\",\"birth_month\":\"1980-05\","
        "\"exam_certificate\":\"SC-2017-10-00042\",\"home\":\"01\",\"employer\":\"株式会社サンプル\","
        "\"employer_place\":\"99\",\"profile\":{\"email\":\"a@sample.invalid\",\"phone\":\"000\","
        "\"url\":\"https://sample.invalid/\",\"specialties\":[\"暗号\"],\"skills\":[\"C\",\"\\\"SQL\\\"\"],"
        "\"qualifications\":[\"暗号\"],\"statement\":\"一行目\\r\\n二行目\\t\\\\\"},\"completions\":[]}");
}

// A profile is there as soon as one of its members is.
static void test_profile_of_one_member(void **state)
{
    (void)state;
    const struct registrant all = full();
    static const char *const names[] = {"email",       "phone",  "url",           "statement",
                                        "specialties", "skills", "qualifications"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct registrant r = bare();
        r.email = i == 0 ? all.email : r.email;
        r.phone = i == 1 ? all.phone : r.phone;
        r.url = i == 2 ? all.url : r.url;
        r.statement = i == 3 ? all.statement : r.statement;
        r.specialties = i == 4 ? all.specialties : r.specialties;
        r.skills = i == 5 ? all.skills : r.skills;
        r.qualifications = i == 6 ? all.qualifications : r.qualifications;
        BUF_AUTO struct buf out;
        buf_init(&out, 1000);
        render_registrant(&out, &r, STATUS_REGISTERED, r.registered_on);
        buf_add(&out, STR("]}"));
        json_t *got = parse(buf_text(&out));
        const json_t *profile = json_object_get(got, "profile");
        assert_int_equal(json_object_size(profile), 1);
        assert_non_null(json_object_get(profile, names[i]));
        json_decref(got);
    }
}

// Every character that JSON cares about, and the ends of UTF-8's ranges.
static void test_any_text(void **state)
{
    (void)state;
    static const uint32_t characters[] = {0x22,  0x5c,   0x2f,   0x7f,    0x80,    0x7ff,
                                          0x800, 0x2028, 0xffff, 0x10000, 0x10ffff};
    for (uint32_t i = 1; i < 0x20 + sizeof characters / sizeof characters[0]; i++) {
        char text[8] = "a";
        size_t n = 1 + str_put_char(text + 1, i < 0x20 ? i : characters[i - 0x20]);
        text[n++] = 'b';
        struct registrant r = bare();
        r.name = (struct str){text, n};
        BUF_AUTO struct buf out;
        buf_init(&out, 1000);
        render_registrant(&out, &r, STATUS_REGISTERED, r.registered_on);
        buf_add(&out, STR("]}"));
        json_t *got = parse(buf_text(&out));
        const json_t *name = json_object_get(got, "name");
        assert_int_equal(json_string_length(name), n);
        assert_memory_equal(json_string_value(name), text, n);
        json_decref(got);
    }
}

static struct course course_of(uint32_t tenth_hours, int64_t fee_yen)
{
    return (struct course){
        .code = STR("online-2025"),
        .kind = KIND_ONLINE,
        .name = STR("オンライン講習"),
        .operator_code = STR("ipa"),
        .valid_from = day("2025-04-01"),
        .valid_to = day("2026-03-31"),
        .tenth_hours = tenth_hours,
        .fee_yen = fee_yen,
    };
}

#define COURSE                                                                                                         \
    "\"code\":\"online-2025\",\"kind\":\"online\",\"name\":\"オンライン講習\",\"operator\":\"ipa\","            \
    "\"valid_from\":\"2025-04-01\",\"valid_to\":\"2026-03-31\""

static void expect_course(const struct course *course, const char *expected)
{
    struct buf out;
    buf_init(&out, 1000);
    render_course(&out, course);
    expect_json(&out, expected);
}

static void test_courses(void **state)
{
    (void)state;
    struct course course = course_of(0, -1);
    expect_course(&course, "{" COURSE "}");
    course = course_of(60, 0);
    expect_course(&course, "{" COURSE ",\"hours\":6,\"fee_yen\":0}");
    course = course_of(5, 20000);
    expect_course(&course, "{" COURSE ",\"hours\":0.5,\"fee_yen\":20000}");
    course = course_of(105, 20000);
    course.name_en = STR("Online course");
    expect_course(&course, "{" COURSE ",\"hours\":10.5,\"fee_yen\":20000,\"name_en\":\"Online course\"}");
}

static void test_fragment(void **state)
{
    (void)state;
    struct course course = course_of(60, 20000);
    struct buf out;
    buf_init(&out, 1000);
    render_fragment(&out, &course);
    buf_add(&out, STR("2025-07-01\"}"));
    expect_json(&out, "{\"course\":\"online-2025\",\"kind\":\"online\",\"course_name\":\"オンライン講習\","
                      "\"operator\":\"ipa\",\"completed_on\":\"2025-07-01\"}");
}

static void test_operators(void **state)
{
    (void)state;
    struct operator_entry entry = {.code = STR("ipa"), .name = STR("機関")};
    struct buf out;
    buf_init(&out, 1000);
    render_operator(&out, &entry);
    expect_json(&out, "{\"code\":\"ipa\",\"name\":\"機関\"}");
    entry.name_en = STR("Operator");
    entry.domain = STR("operator.sample.invalid");
    buf_init(&out, 1000);
    render_operator(&out, &entry);
    expect_json(&out,
                "{\"code\":\"ipa\",\"name\":\"機関\",\"name_en\":\"Operator\",\"domain\":\"operator.sample.invalid\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_absent_means_absent),
        cmocka_unit_test(test_suspended_until),
        cmocka_unit_test(test_all_members),
        cmocka_unit_test(test_profile_of_one_member),
        cmocka_unit_test(test_any_text),
        cmocka_unit_test(test_courses),
        cmocka_unit_test(test_fragment),
        cmocka_unit_test(test_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
