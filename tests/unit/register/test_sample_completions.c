// The courses of the sample register, and its completions against the duties of each term.
#include "sample_fixture.h"

#include "register/terms.h"

static bool is_operator(const char *code)
{
    size_t i;
    json_t *row;
    json_array_foreach(world.operators, i, row)
    {
        if (strcmp(text_of(row, "code"), code) == 0) {
            return true;
        }
    }
    return false;
}

static void every_fiscal_year_has_every_kind(void **state)
{
    (void)state;
    size_t counts[LAST_YEAR - FIRST_YEAR + 1][KIND_COUNT] = {0};
    size_t i;
    json_t *course;
    json_array_foreach(world.courses, i, course)
    {
        enum course_kind kind;
        assert_true(kind_parse(str_of(text_of(course, "kind")), &kind));
        assert_true(code_is_valid(str_of(text_of(course, "code"))));
        assert_true(is_operator(text_of(course, "operator")));
        struct ymd from = day_to_ymd(day_of(course, "valid_from"));
        assert_int_equal(day_of(course, "valid_to"), day_from_ymd((struct ymd){from.year + 1, 3, 31}));
        assert_in_range(from.year, FIRST_YEAR, LAST_YEAR);
        double tenths = json_number_value(json_object_get(course, "hours")) * 10;
        assert_true(tenths >= 60 && tenths == (double)(int)tenths);
        counts[from.year - FIRST_YEAR][kind]++;
    }
    for (size_t year = 0; year <= LAST_YEAR - FIRST_YEAR; year++) {
        for (int kind = 0; kind < KIND_DESIGNATED; kind++) {
            assert_int_equal(counts[year][kind], 1);
        }
        assert_true(counts[year][KIND_DESIGNATED] >= 3);
    }
}

static void courses_of_the_administrator_say_sample(void **state)
{
    (void)state;
    size_t found = 0;
    size_t i;
    json_t *course;
    json_array_foreach(world.courses, i, course)
    {
        if (strcmp(text_of(course, "operator"), "ipa") == 0) {
            found++;
            assert_non_null(strstr(text_of(course, "name"), "（見本）"));
            assert_non_null(strstr(text_of(course, "name_en"), " (sample)"));
        }
    }
    assert_int_equal(found, 5 * (LAST_YEAR - FIRST_YEAR + 1));
}

// What one person did within one term.
struct done {
    size_t online;
    size_t practical;
};

static uint32_t term_holding(const json_t *row, day_t day)
{
    uint32_t index = 0;
    while (term_limit(day_of(row, "registered_on"), index) < day) {
        index++;
    }
    return index;
}

static void check_completion(const json_t *completion, const json_t *row)
{
    day_t day = day_of(completion, "completed_on");
    const json_t *course = json_object_get(world.course_by_code, text_of(completion, "course"));
    assert_non_null(course);
    assert_true(day >= day_of(course, "valid_from") && day <= day_of(course, "valid_to"));
    assert_true(day >= day_of(row, "registered_on") && day <= world.today && day <= day_of(row, "expires_on"));
    const char *status = text_of(row, "status");
    bool ended = strcmp(status, "revoked") == 0 || strcmp(status, "struck_off") == 0;
    assert_true(!ended || day <= day_of(row, "status_on"));
    day_t limit = term_limit(day_of(row, "registered_on"), term_holding(row, day));
    assert_true(day <= term_deadline(limit));
}

static void completions_obey_the_rules(void **state)
{
    (void)state;
    json_t *seen = json_object();
    number_t last = 0;
    size_t i;
    json_t *completion;
    json_array_foreach(world.completions, i, completion)
    {
        number_t number = number_of(completion);
        assert_true(number >= last && number <= REGISTRANTS);
        if (number > last) {
            json_object_clear(seen);
        }
        last = number;
        assert_false(has(seen, text_of(completion, "course")));
        json_object_set_new(seen, text_of(completion, "course"), json_true());
        check_completion(completion, json_array_get(world.registrants, number - 1));
    }
    json_decref(seen);
    assert_in_range(json_array_size(world.completions), REGISTRANTS * 5, REGISTRANTS * 7);
}

static void last_renewed_term_was_served(void **state)
{
    (void)state;
    struct done *done = calloc(REGISTRANTS + 1, sizeof *done);
    assert_non_null(done);
    size_t i;
    json_t *item;
    json_array_foreach(world.completions, i, item)
    {
        number_t number = number_of(item);
        const json_t *row = json_array_get(world.registrants, number - 1);
        if (term_holding(row, day_of(item, "completed_on")) + 1 != renewals_of(row)) {
            continue;
        }
        bool online = strncmp(text_of(item, "course"), "online-", 7) == 0;
        done[number].online += online;
        done[number].practical += !online;
    }
    json_array_foreach(world.registrants, i, item)
    {
        bool renewed = renewals_of(item) > 0;
        assert_int_equal(done[i + 1].online, renewed ? 3 : 0);
        assert_int_equal(done[i + 1].practical, renewed ? 1 : 0);
    }
    free(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fiscal_year_has_every_kind),
        cmocka_unit_test(courses_of_the_administrator_say_sample),
        cmocka_unit_test(completions_obey_the_rules),
        cmocka_unit_test(last_renewed_term_was_served),
    };
    return cmocka_run_group_tests_name("register/sample_completions", tests, set_up, tear_down);
}
