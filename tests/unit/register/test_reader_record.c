// Every rule of every field, by one small change to a good line of NDJSON and the one fault that it must bring.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "reading.h"
#include "rows.h"

// One change to a good row and the one fault that it must bring; words NULL: none.
struct change {
    const char *find;
    const char *replace;
    const char *field;
    const char *words;
};

static void check_changes(enum reader_kind kind, const char *good, const struct change *changes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct reading reading;
        char *content = reading_replace(good, changes[i].find, changes[i].replace);
        reading_open(&reading, kind, READER_UTF8, str_of(content));
        reading_all(&reading);
        assert_int_equal(reading.end, ERR_NOT_FOUND);
        size_t expected = changes[i].words == NULL ? 0 : 1;
        if (expected == 1) {
            reading_expect_fault(&reading, 0, 1, changes[i].field, changes[i].words, changes[i].replace);
        }
        if (reading.faults_n != expected || reading.rows != 1 - expected) {
            fail_msg("%s: %zu faults, %zu rows; first or second: %s", changes[i].replace, reading.faults_n,
                     reading.rows, reading.faults_n > 0 ? reading.faults[reading.faults_n - 1].reason : "");
        }
        reading_close(&reading);
        free(content);
    }
}

#define CHECK_CHANGES(kind, good, changes) check_changes(kind, good, changes, sizeof(changes) / sizeof(changes)[0])

#define X50 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define A25 "ああああああああああああああああああああああああああ"
#define E10 "\"e\",\"e\",\"e\",\"e\",\"e\",\"e\",\"e\",\"e\",\"e\",\"e\""
#define E50 E10 "," E10 "," E10 "," E10 "," E10

static void shape_of_a_row(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"{\"number\"", "{\"number", "", "not valid JSON at byte 11: ':' expected"},
        {"\"renewal_count\":1", "\"renewal_count\":01", "", "no zeros in front"},
        {"\"Q\"]", "\"Q\"", "", "']' expected"},
        {"}}", "}", "", "'{', ',' or '}' expected"},
        {"}}", "}},", "", "end of line expected"},
        {"\"Sample\"", "\"Sam\tple\"", "", "control character in text"},
        {"\"Sample\"", "\"\\x\"", "", "unknown escape"},
        {"\"Sample\"", "\"\\ud800\"", "", "surrogate"},
        {"\"Sample\"", "\"\xff\"", "", "not valid UTF-8 at byte 341; is the file in Shift_JIS?"},
        {"{\"email\"", "{\"kana\":\"x\",\"email\"", "profile.kana", "belongs outside"},
        {"\"home\":", "\"email\":\"x\",\"home\":", "email", "belongs inside the object \"profile\""},
        {"\"home\":", "\"kana\":\"x\",\"home\":", "kana", "stands twice"},
        {"\"home\":", "\"profile\":{},\"home\":", "profile", "stands twice"},
        {"{\"email\"", "{\"email\":\"x\",\"email\"", "profile.email", "stands twice"},
        {"\"kana\":", "\"kanna\":", "kanna", "unknown field; did you mean \"kana\"?"},
        {"\"profile\":", "\"profil\":", "profil", "did you mean \"profile\"?"},
        {"\"skills\":", "\"skils\":", "profile.skils", "did you mean \"skills\"?"},
        {"\"home\":", "\"blood_type\":null,\"home\":", "blood_type", "unknown field"},
        {"\"home\":", "\"\\u0000\":[{\"a\":[1,-2.5e+3,true,false,null]}],\"home\":", "?", "unknown field"},
        {"\"home\":", "\"" X50 "\":1,\"home\":", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "unknown field"},
        {"\"Sample\"", "null", "other_name", "null is not allowed; leave out"},
        {"\"Sample\"", "{\"a\":\"b\"}", "other_name", "is an object; must be text in quotes"},
        {"\"Sample\"", "[\"b\"]", "other_name", "is a list; must be text"},
        {"\"Sample\"", "true", "other_name", "is true; must be text"},
        {"\"000123\"", "123", "number", "is a number; must be text"},
        {"\"renewal_count\":1", "\"renewal_count\":\"1\"", "renewal_count", "is text; must be a whole number"},
        {"\"renewal_count\":1", "\"renewal_count\":1.0", "renewal_count", "\"1.0\" is not a whole number"},
        {"[\"C\"]", "\"C\"", "profile.skills", "is text; must be a list"},
        {"[\"C\"]", "[\"C\",5]", "profile.skills", "entry 2 is a number; must be text"},
        {"[\"C\"]", "[\"C\",null,{}]", "profile.skills", "entry 2 is null"},
    };
    CHECK_CHANGES(READER_REGISTER, REGISTRANT, changes);
    static const struct change least[] = {
        {"\"name\"", "\"profile\":[],\"name\"", "profile", "must be an object, but is a list"},
        {"\"name\"", "\"profile\":null,\"name\"", "profile", "must be an object, but is null"},
        {"\"name\"", "\"profile\":{},\"public\":[],\"name\"", "", NULL},
        {"{", "{ ", "", NULL},
        {"{", " \t{", "", NULL},
        {"\"A\"}", "\"A\"} \r\n", "", NULL},
    };
    CHECK_CHANGES(READER_REGISTER, LEAST, least);
}

static void required_fields(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"\"number\":\"7\",", "", "number", "missing"},
        {"\"registered_on\":\"2017-04-01\",", "", "registered_on", "missing"},
        {"\"renewal_count\":0,", "", "renewal_count", "missing"},
        {"\"expires_on\":\"2020-09-30\",", "", "expires_on", "missing"},
        {"\"status\":\"registered\",", "", "status", "missing"},
        {"\"status_on\":\"2017-04-01\",", "", "status_on", "missing"},
        {",\"name\":\"A\"", "", "name", "missing"},
    };
    CHECK_CHANGES(READER_REGISTER, LEAST, changes);
}

static void values(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"\"000123\"", "\"0\"", "number", "is not a registration number; write 1 to 7 digits"},
        {"\"000123\"", "\"00000123\"", "number", "is not a registration number"},
        {"\"000123\"", "\"12 \"", "number", "\"12 \" is not a registration number"},
        {"\"000123\"", "\"9999999\"", "", NULL},
        {"\"2021-04-01\"", "\"2021-02-29\"", "renewed_on", "\"2021-02-29\" is not a day; write YYYY-MM-DD"},
        {"\"2021-04-01\"", "\"2021-4-1\"", "renewed_on", "is not a day"},
        {"\"2021-04-01\"", "\"\"", "renewed_on", "is not a day"},
        {"\"2017-10\"", "\"2017-13\"", "exam_passed", "is not a month; write YYYY-MM"},
        {"\"2017-10\"", "\"2017-10-15\"", "exam_passed", "is not a month"},
        {"\"1980-05\"", "\"1880-05\"", "birth_month", "is not a month"},
        {"\"renewal_count\":1", "\"renewal_count\":-1", "renewal_count", "whole number, 0 to 60"},
        {"\"renewal_count\":1", "\"renewal_count\":61", "renewal_count", "whole number, 0 to 60"},
        {"\"home\":\"13\"", "\"home\":\"48\"", "home", "two digits, 01 to 47, or 99"},
        {"\"home\":\"13\"", "\"home\":\"1\"", "home", "two digits"},
        {"\"99\"", "\"00\"", "employer_place", "two digits"},
        {"\"name_use_suspended\"", "\"lapsed\"", "status", "follows from expires_on"},
        {"\"name_use_suspended\"", "\"gone\"", "status",
         "\"gone\" is not a status; allowed: registered, name_use_suspended, revoked, struck_off"},
        {"\"home\"]", "\"hom\"]", "public", "\"hom\" is no optional field; did you mean \"home\"?"},
        {"\"home\"]", "\"number\"]", "public", "allowed: name, kana, other_name, birth_month"},
        {"\"home\"]", "\"kana\"]", "public", "\"kana\" is named twice"},
        {"\"Sample\"", "\"\"", "other_name", "empty; leave out what is absent"},
        {"\"Sample\"", "\" \xe3\x80\x80\"", "other_name", "empty"},
        {"\"Sample\"", "\"a\\u0000b\"", "other_name", "control character U+0000 as character 2"},
        {"\"Sample\"", "\"a\\nb\"", "other_name", "control character U+000A as character 2"},
        {"\"Sample\"", "\"\\u0085\"", "other_name", "control character U+0085"},
        {"\"Sample\"", "\"" X50 X50 X50 X50 "\"", "", NULL},
        {"\"Sample\"", "\"" X50 X50 X50 X50 "x\"", "other_name", "201 characters; at most 200"},
        {"\"Sample\"", "\"" A25 A25 A25 A25 "\"", "", NULL}, // 100 characters, 300 bytes
        {"\\r\\n", "\\r", "profile.statement", "control character U+000D"},
        {"\\r\\n", "\\n\\n", "", NULL},
        {"\\r\\n", "\\t", "profile.statement", "control character U+0009"},
        {"[\"C\"]", "[\"C\",\"\"]", "profile.skills", "entry 2: empty"},
        {"[\"C\"]", "[\"C\\u001b\"]", "profile.skills", "entry 1: control character"},
        {"[\"C\"]", "[" E50 "]", "", NULL},
        {"[\"C\"]", "[" E50 ",\"e\"]", "profile.skills", "more than 50 entries"},
        {"[\"C\"]", "[" E50 "," E50 "," E50 "," E50 "," E50 "]", "profile.skills", "more than 50 entries"},
    };
    CHECK_CHANGES(READER_REGISTER, REGISTRANT, changes);
}

static void rules_between_fields(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"\"2018-04-01\"", "\"2018-04-02\"", "registered_on", "1 April or 1 October, from 2017-04-01"},
        {"\"2018-04-01\"", "\"2016-10-01\"", "registered_on", "1 April or 1 October"},
        {"\"renewal_count\":1", "\"renewal_count\":0", "renewed_on", "although renewal_count is 0"},
        {"\"renewed_on\":\"2021-04-01\",", "", "renewed_on", "missing although renewal_count is 1"},
        {"\"renewed_on\":\"2021-04-01\"", "\"renewed_on\":\"2018-04-01\"", "renewed_on", "must be after registered_on"},
        {"\"expires_on\":\"2024-03-31\"", "\"expires_on\":\"2018-04-01\"", "expires_on", "must be after registered_on"},
        {"\"expires_on\":\"2024-03-31\"", "\"expires_on\":\"2024-06-30\"", "", NULL}, // the administrator's word
        {"\"status_on\":\"2021-07-01\"", "\"status_on\":\"2018-03-31\"", "status_on", "not be before registered_on"},
        {"\"suspended_until\":\"2022-01-31\",", "", "suspended_until", "\"name_use_suspended\" needs it"},
        {"\"name_use_suspended\"", "\"registered\"", "suspended_until", "status is \"registered\""},
        {"\"name_use_suspended\"", "\"revoked\"", "suspended_until", "status is \"revoked\""},
        {"\"suspended_until\":\"2022", "\"suspended_until\":\"2021", "suspended_until", "not be before status_on"},
        {"\"kana\":\"タカハシ タロウ\",", "", "", NULL}, // public, but there is nothing to show
    };
    CHECK_CHANGES(READER_REGISTER, REGISTRANT, changes);
}

static void courses(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"\"online-2022\"", "\"Online\"", "code", "\"Online\" is not a code; write 1 to 64 of a-z"},
        {"\"kind\":\"online\"", "\"kind\":\"on\"", "kind", "allowed: online, practical_a, practical_b, cyberrex"},
        {"\"ipa\"", "\"\"", "operator", "is not a code"},
        {"\"operator\":\"ipa\",", "", "operator", "missing"},
        {"\"valid_to\":\"2023-03-31\"", "\"valid_to\":\"2022-03-31\"", "valid_to", "not be before valid_from"},
        {"\"valid_to\":\"2023-03-31\"", "\"valid_to\":\"2022-04-01\"", "", NULL},
        {"6.5", "0", "hours", "hours above 0, at most 999.9, with at most one decimal"},
        {"6.5", "0.0", "hours", "hours above 0"},
        {"6.5", "0.1", "", NULL},
        {"6.5", "6.55", "hours", "hours above 0"},
        {"6.5", "999.9", "", NULL},
        {"6.5", "1000", "hours", "hours above 0"},
        {"6.5", "-1", "hours", "hours above 0"},
        {"6.5", "1e2", "hours", "hours above 0"},
        {"6.5", "\"6\"", "hours", "is text; must be a number without quotes"},
        {"20000", "0", "", NULL},
        {"20000", "100000000", "", NULL},
        {"20000", "100000001", "fee_yen", "whole yen, 0 to 100000000"},
        {"20000", "-1", "fee_yen", "whole yen"},
        {"20000", "0.5", "fee_yen", "is not a whole number"},
        {"20000", "99999999999999999999999", "fee_yen", "whole yen"},
        {"\"name\"", "\"profile\":{},\"name\"", "profile", "unknown field"},
    };
    CHECK_CHANGES(READER_COURSES, COURSE, changes);
}

static void operators_and_completions(void **state)
{
    (void)state;
    static const struct change operators[] = {
        {"\"見本\"", "\"\"", "name", "empty"},
        {"courses.sample.example", "localhost", "domain", "is not a domain name"},
        {"courses.sample.example", "Sample.example", "domain", "lower case"},
        {"courses.sample.example", "-a.example", "domain", "is not a domain name"},
        {"courses.sample.example", "a..example", "domain", "is not a domain name"},
        {"courses.sample.example", "a.example.", "domain", "is not a domain name"},
        {"courses.sample.example", "192.0.2.1", "domain", "is not a domain name"},
        {"courses.sample.example", "a@b.example", "domain", "is not a domain name"},
        {"courses.sample.example", X50 "xxxxxxxxxxxxxx.example", "domain", "is not a domain name"},
        {"courses.sample.example", "xn--a.example", "", NULL},
        {",\"domain\":\"courses.sample.example\"", "", "", NULL},
    };
    CHECK_CHANGES(READER_OPERATORS, OPERATOR, operators);
    static const struct change completions[] = {
        {"\"online-2022\"", "\"\"", "course", "is not a code"},
        {"\"2022-07-01\"", "\"2022-06-31\"", "completed_on", "is not a day"},
        {"\"2022-07-01\"", "\"1999-12-31\"", "completed_on", "must be a day from 2000-01-01 to 2179-06-06"},
        {"\"2022-07-01\"", "\"2000-01-01\"", "", NULL},
        {"\"2022-07-01\"", "\"2179-06-06\"", "", NULL},
        {"\"2022-07-01\"", "\"2179-06-07\"", "completed_on", "must be a day from 2000-01-01 to 2179-06-06"},
        {"\"number\":\"000123\",", "", "number", "missing"},
        {"\"course\"", "\"corse\":\"x\",\"course\"", "corse", "did you mean \"course\"?"},
    };
    CHECK_CHANGES(READER_COMPLETIONS, COMPLETION, completions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape_of_a_row), cmocka_unit_test(required_fields),
        cmocka_unit_test(values),         cmocka_unit_test(rules_between_fields),
        cmocka_unit_test(courses),        cmocka_unit_test(operators_and_completions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
