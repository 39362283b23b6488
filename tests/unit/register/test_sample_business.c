// The sample register's employers: each name's parts agree with each other and with where its people work.
#include "sample_fixture.h"

#include "register/sample_places.h"

typedef void visitor(const char *employer, const json_t *row, void *context);

static void each_employer(visitor *visit, void *context)
{
    size_t i;
    json_t *row;
    json_array_foreach(world.registrants, i, row)
    {
        if (has(row, "employer")) {
            visit(text_of(row, "employer"), row, context);
        }
    }
}

static bool contains(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static bool is_stock(const char *employer)
{
    return contains(employer, "株式会社") || contains(employer, "(株)") || contains(employer, "（株）") ||
           contains(employer, "㈱");
}

static bool has_word(const char *employer)
{
    static const char *const words[] = {"サンプル", "見本", "例示", "ＳＡＭＰＬＥ", "Sample", "Example", "Mihon"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (contains(employer, words[i])) {
            return true;
        }
    }
    return false;
}

// Whether the name ends with a prefecture and its government's title.
static bool is_government(const char *employer)
{
    for (size_t i = 0; i < PREFECTURES; i++) {
        char end[64];
        (void)snprintf(end, sizeof end, "%s%s", sample_prefectures[i].name, sample_prefectures[i].government);
        if (ends_with(employer, end)) {
            return true;
        }
    }
    return false;
}

static bool is_city_body(const char *employer)
{
    for (size_t i = 0; i < PREFECTURES * CITIES_MAX; i++) {
        const char *city = sample_prefectures[i / CITIES_MAX].cities[i % CITIES_MAX];
        char end[64];
        (void)snprintf(end, sizeof end, "%s市", city != NULL ? city : "-");
        if (contains(employer, end)) {
            return true;
        }
    }
    return false;
}

enum { GOVERNMENTS, CITY_BODIES, BANKS, SCHOOLS, AUDITORS, AGENCIES, COUNTS };

static void check_form(const char *employer, const json_t *row, void *context)
{
    (void)row;
    size_t *counts = context;
    bool stock = is_stock(employer);
    assert_true(has_word(employer));
    if (ends_with(employer, "庁")) {
        counts[GOVERNMENTS]++;
        assert_true(is_government(employer) && !stock);
    }
    if (contains(employer, "市役所") || contains(employer, "市立")) {
        counts[CITY_BODIES]++;
        assert_true(is_city_body(employer) && !stock);
    }
    if (contains(employer, "銀行")) {
        counts[BANKS]++;
        assert_true(stock);
    }
    if (contains(employer, "学校法人")) {
        counts[SCHOOLS]++;
        assert_true(ends_with(employer, "大学") || ends_with(employer, "学園"));
    }
    if (contains(employer, "監査法人")) {
        counts[AUDITORS]++;
        assert_true(!stock && !contains(employer, "会社") && strlen(employer) <= strlen("ＳＡＭＰＬＥ監査法人"));
    }
    if (contains(employer, "独立行政法人") || contains(employer, "研究開発法人")) {
        counts[AGENCIES]++;
        assert_true(ends_with(employer, "研究所") || ends_with(employer, "機構"));
    }
}

static void legal_form_fits_the_business(void **state)
{
    (void)state;
    size_t counts[COUNTS] = {0};
    each_employer(check_form, counts);
    for (size_t i = 0; i < COUNTS; i++) {
        assert_true(counts[i] > 0);
    }
}

// The prefecture that the name speaks of, 0 if none. 東京都庁 is not in 京都, nor 東大阪 elsewhere.
static int place_of(const char *employer)
{
    for (int i = 0; i < PREFECTURES; i++) {
        const struct sample_prefecture *at = &sample_prefectures[i];
        bool found = contains(employer, at->name);
        for (size_t c = 0; c < CITIES_MAX && at->cities[c] != NULL; c++) {
            found = found || contains(employer, at->cities[c]);
        }
        if (found) {
            return i + 1;
        }
    }
    return 0;
}

static void count_place(const char *employer, const json_t *row, void *context)
{
    size_t *counts = context;
    int place = place_of(employer);
    counts[0] += place != 0;
    counts[1] += place != 0 && place == atoi(text_of(row, "employer_place"));
}

static void places_in_names_are_where_people_work(void **state)
{
    (void)state;
    size_t counts[2] = {0};
    each_employer(count_place, counts);
    assert_true(counts[0] > REGISTRANTS / 10);
    assert_true(counts[1] * 100 > counts[0] * 90);
}

static void count_name(const char *employer, const json_t *row, void *context)
{
    (void)row;
    json_int_t count = json_integer_value(json_object_get(context, employer)) + 1;
    json_object_set_new(context, employer, json_integer(count));
}

static void large_employers_have_no_place(void **state)
{
    (void)state;
    json_t *counts = json_object();
    each_employer(count_name, counts);
    size_t large = 0;
    const char *employer;
    json_t *count;
    json_object_foreach(counts, employer, count)
    {
        if (json_integer_value(count) >= 100) {
            large++;
            assert_int_equal(place_of(employer), 0);
        }
    }
    assert_in_range(large, 8, 60);
    json_decref(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legal_form_fits_the_business),
        cmocka_unit_test(places_in_names_are_where_people_work),
        cmocka_unit_test(large_employers_have_no_place),
    };
    return cmocka_run_group_tests_name("register/sample_business", tests, set_up, tear_down);
}
