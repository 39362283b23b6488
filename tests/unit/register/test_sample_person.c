// The people of the sample register against the calendar, and their shares and names against the plan.
#include "sample_fixture.h"

#include "register/terms.h"

static void numbers_are_serial_in_cohort_order(void **state)
{
    (void)state;
    assert_int_equal(json_array_size(world.registrants), REGISTRANTS);
    day_t last = 0;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        assert_int_equal(number_of(row), i + 1);
        assert_int_equal(strlen(text_of(row, "number")), 6);
        assert_true(day_of(row, "registered_on") >= last);
        last = day_of(row, "registered_on");
    }
    assert_string_equal(text_of(json_array_get(world.registrants, 0), "registered_on"), "2017-04-01");
    assert_string_equal(text_of(json_array_get(world.registrants, REGISTRANTS - 1), "registered_on"), "2026-10-01");
}

static void terms_follow_the_calendar(void **state)
{
    (void)state;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        day_t registered_on = day_of(row, "registered_on");
        uint32_t renewals = renewals_of(row);
        assert_int_equal(day_of(row, "expires_on"), term_limit(registered_on, renewals));
        assert_int_equal(has(row, "renewed_on"), renewals > 0);
        if (renewals > 0) {
            assert_int_equal(day_of(row, "renewed_on"), term_limit(registered_on, renewals - 1) + 1);
            assert_true(day_of(row, "renewed_on") <= world.today);
        }
    }
}

static void check_status(const json_t *row, size_t counts[STATUS_COUNT])
{
    enum status status;
    assert_true(status_parse(str_of(text_of(row, "status")), &status));
    assert_int_not_equal(status, STATUS_LAPSED);
    day_t status_on = day_of(row, "status_on");
    assert_true(status_on >= day_of(row, "registered_on") && status_on <= world.today);
    assert_int_equal(has(row, "suspended_until"), status == STATUS_NAME_USE_SUSPENDED);
    day_t until = has(row, "suspended_until") ? day_of(row, "suspended_until") : DAY_NONE;
    assert_true(until == DAY_NONE || until >= status_on);
    if (status == STATUS_REVOKED || status == STATUS_STRUCK_OFF) {
        assert_true(status_on <= day_of(row, "expires_on"));
    }
    counts[status_on_day(status, day_of(row, "expires_on"), until, world.today)]++;
}

static void every_state_occurs_in_its_share(void **state)
{
    (void)state;
    size_t counts[STATUS_COUNT] = {0};
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        check_status(row, counts);
    }
    assert_in_range(counts[STATUS_REGISTERED], REGISTRANTS * 86 / 100, REGISTRANTS * 91 / 100);
    assert_in_range(counts[STATUS_LAPSED], REGISTRANTS * 7 / 100, REGISTRANTS * 12 / 100);
    assert_in_range(counts[STATUS_STRUCK_OFF], REGISTRANTS * 15 / 1000, REGISTRANTS * 25 / 1000);
    assert_in_range(counts[STATUS_NAME_USE_SUSPENDED], REGISTRANTS / 1000, REGISTRANTS * 4 / 1000);
    assert_in_range(counts[STATUS_REVOKED], REGISTRANTS / 2000, REGISTRANTS * 2 / 1000);
}

static void count_public(const json_t *row, size_t counts[OPTIONAL_COUNT])
{
    const json_t *list = json_object_get(row, "public");
    assert_true(json_is_array(list));
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        enum optional_field field;
        assert_true(optional_parse(str_of(json_string_value(item)), &field));
        assert_true(has(row, json_string_value(item)));
        counts[field]++;
    }
}

static void consent_differs_by_field(void **state)
{
    (void)state;
    size_t counts[OPTIONAL_COUNT] = {0};
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        count_public(row, counts);
    }
    assert_in_range(counts[OPTIONAL_NAME], REGISTRANTS * 63 / 100, REGISTRANTS * 70 / 100);
    assert_in_range(counts[OPTIONAL_EMPLOYER], REGISTRANTS * 37 / 100, REGISTRANTS * 43 / 100);
    assert_in_range(counts[OPTIONAL_HOME], REGISTRANTS * 57 / 100, REGISTRANTS * 63 / 100);
    assert_in_range(counts[OPTIONAL_BIRTH_MONTH], REGISTRANTS * 17 / 100, REGISTRANTS * 23 / 100);
    assert_true(counts[OPTIONAL_OTHER_NAME] > 0 && counts[OPTIONAL_KANA] < counts[OPTIONAL_NAME]);
}

static size_t count_blanks(const char *text)
{
    size_t blanks = 0;
    for (; *text != '\0'; text++) {
        blanks += *text == ' ';
    }
    return blanks;
}

static void assert_katakana(const char *text)
{
    struct str view = str_of(text);
    for (size_t at = 0; at < view.n;) {
        uint32_t character = str_next_char(view, &at);
        assert_true(character == ' ' || (character >= 0x30a1 && character <= 0x30fc));
    }
}

static size_t length_in_characters(const char *text)
{
    struct str view = str_of(text);
    assert_true(str_is_utf8(view) && !str_has_control(view));
    size_t count = 0;
    for (size_t at = 0; at < view.n; count++) {
        (void)str_next_char(view, &at);
    }
    return count;
}

static void names_have_readings(void **state)
{
    (void)state;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        assert_int_equal(count_blanks(text_of(row, "name")), 1);
        assert_int_equal(count_blanks(text_of(row, "kana")), 1);
        assert_katakana(text_of(row, "kana"));
        assert_in_range(length_in_characters(text_of(row, "name")), 3, TEXT_LONGEST);
        if (has(row, "employer")) {
            assert_in_range(length_in_characters(text_of(row, "employer")), 4, TEXT_LONGEST);
        }
    }
}

static size_t count_prefix(const char *key, const char *prefix)
{
    size_t count = 0;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        count += strncmp(text_of(row, key), prefix, strlen(prefix)) == 0;
    }
    return count;
}

static void variant_kanji_are_the_rarer(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"髙橋", "高橋"}, {"山﨑", "山崎"}, {"渡邉", "渡辺"}, {"渡邊", "渡辺"},
        {"齋藤", "斎藤"}, {"濱田", "浜田"}, {"𠮷田", "吉田"}, {"櫻井", "桜井"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        size_t variant = count_prefix("name", pairs[i][0]);
        assert_true(variant > 0);
        assert_true(variant < count_prefix("name", pairs[i][1]));
    }
    assert_true(count_prefix("kana", "ナカジマ ") > 0 && count_prefix("kana", "ナカシマ ") > 0);
}

static void employers_have_a_long_tail(void **state)
{
    (void)state;
    json_t *seen = json_object();
    json_int_t most = 0;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        if (!has(row, "employer")) {
            continue;
        }
        const char *employer = text_of(row, "employer");
        json_int_t count = json_integer_value(json_object_get(seen, employer)) + 1;
        json_object_set_new(seen, employer, json_integer(count));
        most = count > most ? count : most;
    }
    assert_in_range(json_object_size(seen), 3000, 12000);
    assert_in_range(most, 100, 800);
    json_decref(seen);
}

static void exams_precede_registration(void **state)
{
    (void)state;
    size_t without = 0;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        assert_int_equal(has(row, "exam_passed"), has(row, "exam_certificate"));
        if (!has(row, "exam_passed")) {
            without++;
            continue;
        }
        const char *exam = text_of(row, "exam_passed");
        assert_true(strcmp(exam + 4, "-04") == 0 || strcmp(exam + 4, "-10") == 0);
        assert_true(strncmp(exam, text_of(row, "registered_on"), MONTH_TEXT) < 0);
        assert_memory_equal(text_of(row, "exam_certificate") + 3, exam, MONTH_TEXT);
        assert_memory_equal(text_of(row, "exam_certificate") + 3 + MONTH_TEXT, "-9", 2);
    }
    assert_in_range(without, REGISTRANTS / 200, REGISTRANTS / 50);
}

static void profiles_lead_nowhere(void **state)
{
    (void)state;
    size_t profiles = 0;
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        const json_t *profile = json_object_get(row, "profile");
        profiles += profile != NULL;
        if (profile != NULL && has(profile, "email")) {
            assert_non_null(strstr(text_of(profile, "email"), "@example."));
        }
        if (profile != NULL && has(profile, "phone")) {
            assert_int_equal(strncmp(text_of(profile, "phone"), "00-0000-", 8), 0);
        }
    }
    assert_in_range(profiles, REGISTRANTS * 13 / 100, REGISTRANTS * 17 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_serial_in_cohort_order),
        cmocka_unit_test(terms_follow_the_calendar),
        cmocka_unit_test(every_state_occurs_in_its_share),
        cmocka_unit_test(consent_differs_by_field),
        cmocka_unit_test(names_have_readings),
        cmocka_unit_test(variant_kanji_are_the_rarer),
        cmocka_unit_test(employers_have_a_long_tail),
        cmocka_unit_test(exams_precede_registration),
        cmocka_unit_test(profiles_lead_nowhere),
    };
    return cmocka_run_group_tests_name("register/sample_person", tests, set_up, tear_down);
}
