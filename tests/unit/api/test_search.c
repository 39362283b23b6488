// The parameters of a search: each is read into the query, alone and with others, or is a fault that helps.
#include "tests/unit/api/params_bench.h"

#include "api/resources.h"
#include "api/search.h"
#include "tests/unit/edition/by_hand.h"

static struct edition *edition;
static struct api api = {.cursor_key = {"0123456789abcde"}};

static int setup(void **state)
{
    edition = edition_by_hand();
    return asked_setup(state);
}

static int teardown(void **state)
{
    (void)state;
    edition_free(&edition);
    return 0;
}

// Reads the target as a request that prefers a media type.
static void read_as(struct bench *bench, struct search *search, const char *target, const char *media)
{
    begin(bench, target);
    struct visit visit = {
        .api = &api, .request = &bench->asked.request, .media = media, .edition = edition, .query_digest = 5};
    search_read(&visit, search, &bench->faults);
}

static void expect_words(const char *target, const char *expected)
{
    BENCH_AUTO struct bench bench;
    struct search search;
    char found[1000] = "";
    size_t n = 0;
    read_as(&bench, &search, target, MEDIA_JSON);
    assert_int_equal(bench.faults.count, 0);
    for (size_t i = 0; i < search.query.word_count; i++) {
        struct str word = search.query.words[i];
        n += (size_t)snprintf(found + n, sizeof found - n, "[%.*s]", (int)word.n, word.p);
    }
    assert_string_equal(found, expected);
}

static void words(void **state)
{
    (void)state;
    expect_words("/?q=a", "[a]");
    expect_words("/?q=%E8%A6%8B%E6%9C%AC%E3%80%80%E5%A4%AA%E9%83%8E", "[見本][太郎]");
    expect_words("/?q=Ono,+Taro", "[Ono][Taro]");
    expect_words("/?q=+a,,b+,+c%E3%80%81d%EF%BC%8Ce%EF%BD%A4f%C2%A0g%E2%80%89h%E2%80%A8i%E3%80%80",
                 "[a][b][c][d][e][f][g][h][i]");
    expect_words("/?q=%EF%BC%A1%E3%81%8B%E3%82%9B", "[Ａか\u309b]"); // as typed
    expect_words("/?q=a.b%E3%83%BBc-d;e", "[a.b・c-d;e]");
    expect_words("/?q=a+%E2%80%8D+%EF%B8%80+b", "[a][b]"); // a joiner and a variation selector ask for nothing
    expect_words("/?q=1+2+3+4+5+6+7+8+9+10", "[1][2][3][4][5][6][7][8][9][10]");
    expect_words("/?q=1+2+3+4+5+6+7+8+9+10+%E2%80%8D", "[1][2][3][4][5][6][7][8][9][10]");
}

// One parameter, one fault.
static void expect_fault_as(const char *media, const char *target, const char *parameter, const char *says)
{
    BENCH_AUTO struct bench bench;
    struct search search;
    read_as(&bench, &search, target, media);
    if (bench.faults.count != 1) {
        fail_msg("%s: %zu faults", target, bench.faults.count);
    }
    assert_fault(&bench, 0, parameter, says);
}

static void expect_fault(const char *target, const char *parameter, const char *says)
{
    expect_fault_as(MEDIA_JSON, target, parameter, says);
}

static void faults_of_words(void **state)
{
    (void)state;
    expect_fault("/?q=1+2+3+4+5+6+7+8+9+10+11", "q", "more than 10 words");
    expect_fault("/?q=+%E3%80%80", "q", "nothing to search for but blanks");
    expect_fault("/?q=,+%E3%80%81", "q", "nothing to search for but blanks and commas");
}

static void how_texts_match(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum extent widest;
    } cases[] = {
        {"/", EXTENT_HOLDS},
        {"/?name=a", EXTENT_HOLDS},
        {"/?name=a&match=contains", EXTENT_HOLDS},
        {"/?kana=a&match=prefix", EXTENT_BEGINS},
        {"/?employer=a&match=exact&q=b", EXTENT_WHOLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BENCH_AUTO struct bench bench;
        struct search search;
        read_as(&bench, &search, cases[i].target, MEDIA_JSON);
        assert_int_equal(bench.faults.count, 0);
        assert_int_equal(search.query.widest, cases[i].widest);
    }
    expect_fault("/?match=exact", "match", "name, kana or employer");
    expect_fault("/?match=exact&q=a", "match", "give at least one of them");
    expect_fault("/?match=perfix&name=a", "match", "none of exact, prefix, contains; did you mean prefix?");
    expect_fault("/?match=exact&name=+", "name", "nothing to search for"); // match has its name, if a faulty one
}

static void expect_skills(const char *target, const char *expected)
{
    BENCH_AUTO struct bench bench;
    struct search search;
    char found[1000] = "";
    size_t n = 0;
    read_as(&bench, &search, target, MEDIA_JSON);
    assert_int_equal(bench.faults.count, 0);
    for (size_t i = 0; i < search.query.skill.n; i++) {
        struct str text = search.query.skill.texts[i];
        n += (size_t)snprintf(found + n, sizeof found - n, "[%.*s]", (int)text.n, text.p);
    }
    assert_string_equal(found, expected);
}

static void terms(void **state)
{
    (void)state;
    expect_skills("/", "");
    expect_skills("/?skill=a", "[a]");
    expect_skills("/?skill=a,%20b%20c,%E6%9A%97%E5%8F%B7", "[a][ b c][暗号]");
    expect_skills("/?skill=C%5C,%20C%2B%2B,d", "[C, C++][d]");
    expect_skills("/?skill=a%5C%5C,b%5C%5C%5C,c", "[a\\][b\\,c]");
    expect_skills("/?skill=a%5C,b&specialty=c%5C,d&qualification=e", "[a,b]");
    expect_fault("/?skill=a,,b", "skill", "nothing to search for");
    expect_fault("/?specialty=a,", "specialty", "nothing to search for");
    expect_fault("/?qualification=a%5Cb", "qualification", "neither a comma (\\,) nor a backslash (\\\\)");
    expect_fault("/?skill=a%5C", "skill", "neither a comma");
    expect_skills("/?skill=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20",
                  "[1][2][3][4][5][6][7][8][9][10][11][12][13][14][15][16][17][18][19][20]");
    expect_fault("/?skill=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21", "skill",
                 "has 21 entries; at most 20");
}

static void orders(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum sort_key sort;
        bool descending;
    } cases[] = {
        {"/", SORT_NUMBER, false},
        {"/?home=13", SORT_NUMBER, false},
        {"/?skill=a", SORT_NUMBER, false},
        {"/?q=a", SORT_RELEVANCE, false},
        {"/?name=a", SORT_RELEVANCE, false},
        {"/?kana=a", SORT_RELEVANCE, false},
        {"/?employer=a", SORT_RELEVANCE, false},
        {"/?q=a&sort=number", SORT_NUMBER, false},
        {"/?sort=-number", SORT_NUMBER, true},
        {"/?sort=relevance", SORT_RELEVANCE, false},
        {"/?sort=kana", SORT_KANA, false},
        {"/?sort=-kana", SORT_KANA, true},
        {"/?sort=registered_on", SORT_REGISTERED_ON, false},
        {"/?sort=-expires_on", SORT_EXPIRES_ON, true},
        {"/?sort=-last_completed_on", SORT_LAST_COMPLETED_ON, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BENCH_AUTO struct bench bench;
        struct search search;
        read_as(&bench, &search, cases[i].target, MEDIA_JSON);
        assert_int_equal(bench.faults.count, 0);
        assert_int_equal(search.query.sort, cases[i].sort);
        assert_int_equal(search.query.descending, cases[i].descending);
        assert_false(search.query.after.given);
    }
    expect_fault("/?sort=-relevance", "sort", "no reverse");
    expect_fault("/?sort=-kaan", "sort", "\"kaan\" is none of relevance, number, kana");
    expect_fault("/?sort=kaan", "sort", "did you mean kana?");
    expect_fault("/?sort=-", "sort", "\"\" is none of");
    expect_fault("/?sort=number,kana", "sort", "\"number,kana\" is none of");
}

static void facets_and_fields(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    struct search search;
    read_as(&bench, &search, "/?facets=home,exam_passed_year,home&fields=name,completions", MEDIA_NDJSON);
    assert_int_equal(bench.faults.count, 0);
    assert_int_equal(search.format, FORMAT_NDJSON);
    assert_int_equal(search.query.facets, 1U << FACET_HOME | 1U << FACET_EXAM_PASSED_YEAR);
    assert_int_equal(search.fields, 1U << 9 | 1U << 18);
    expect_fault("/?facets=hoem", "facets", "\"hoem\" is none of home, employer_place, status");
    expect_fault("/?facets=skils", "facets", "did you mean skill?");
    expect_fault("/?fields=number,emplyer", "fields", "did you mean employer?");
    expect_fault("/?fields=email", "fields", "\"email\" is none of number, status");
    expect_fault_as(MEDIA_CSV, "/?facets=home", "facets", "text/csv");
}

static void every_field_by_its_name(void **state)
{
    (void)state;
    for (unsigned i = 0; i < REGISTRANT_FIELDS; i++) {
        char target[100];
        BENCH_AUTO struct bench bench;
        struct search search;
        (void)snprintf(target, sizeof target, "/?fields=%s", registrant_fields[i]);
        read_as(&bench, &search, target, MEDIA_CSV);
        assert_int_equal(bench.faults.count, 0);
        assert_int_equal(search.fields, 1U << i);
    }
    assert_null(registrant_fields[REGISTRANT_FIELDS]);
}

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *target, *media;
        uint32_t limit; // 0: a fault
    } cases[] = {
        {"/", MEDIA_JSON, 20},
        {"/", MEDIA_CSV, 20},
        {"/?limit=200", MEDIA_JSON, 200},
        {"/?limit=201", MEDIA_JSON, 0},
        {"/?limit=1000", MEDIA_CSV, 1000},
        {"/?limit=1000", MEDIA_NDJSON, 1000},
        {"/?limit=1001", MEDIA_CSV, 0},
        {"/?limit=1001", MEDIA_NDJSON, 0},
        {"/?limit=0", MEDIA_NDJSON, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        BENCH_AUTO struct bench bench;
        struct search search;
        read_as(&bench, &search, cases[i].target, cases[i].media);
        assert_int_equal(bench.faults.count, cases[i].limit == 0 ? 1 : 0);
        if (cases[i].limit == 0) {
            assert_fault(&bench, 0, "limit", strcmp(cases[i].media, MEDIA_JSON) == 0 ? "1 to 200" : "1 to 1000");
        } else {
            assert_int_equal(search.query.limit, cases[i].limit);
        }
    }
}

static void the_rest(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    struct search search;
    read_as(
        &bench, &search,
        "/?exam_from=2017-04&exam_to=2018-10&renewal_count_from=1&renewal_count_to=2&has_email=true&name_public=false"
        "&registered_from=2018-04-01&expires_to=2027-03-31&home=13,99&employer_place=01&status=lapsed&kind=online"
        "&number=10,20",
        MEDIA_JSON);
    const struct query *query = &search.query;
    assert_int_equal(bench.faults.count, 0);
    assert_true(query->exam.from == 2017 * 12 + 3 && query->exam.to == 2018 * 12 + 9);
    assert_true(query->renewals.from == 1 && query->renewals.to == 2);
    assert_true(query->has_email == TRIPLE_YES && query->name_public == TRIPLE_NO);
    assert_true(query->registered.from == day("2018-04-01") && query->registered.to == DAY_NONE);
    assert_true(query->expires.from == DAY_NONE && query->expires.to == day("2027-03-31"));
    assert_int_equal(query->statuses, 1U << STATUS_LAPSED);
    assert_int_equal(query->done.kinds, 1U << KIND_ONLINE);
    assert_int_equal(query->number_count, 2);
    assert_true(query->homes[0] == UINT64_C(1) << 13 && query->homes[1] == UINT64_C(1) << (99 - 64));
}

static void nothing_asked(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    struct search search;
    read_as(&bench, &search, "/", MEDIA_JSON);
    const struct query *query = &search.query;
    assert_int_equal(bench.faults.count, 0);
    assert_true(query->word_count == 0 && query->name.p == NULL && query->skill.n == 0 && query->facets == 0);
    assert_true(query->exam.from == INT32_MIN && query->renewals.to == INT32_MIN && query->has_email == TRIPLE_ANY);
    assert_int_equal(query->statuses, IN_FORCE);
    assert_int_equal(search.fields, 0);
}

static void a_cursor(void **state)
{
    (void)state;
    struct cursor given = {.number = 12, .value = -3};
    char target[CURSOR_LONGEST + 20];
    BUF_AUTO struct buf text;
    BENCH_AUTO struct bench bench;
    struct search search;
    buf_init(&text, CURSOR_LONGEST);
    cursor_set_text(&given, STR("カナ"));
    cursor_write(&api.cursor_key, 5, &given, &text);
    (void)snprintf(target, sizeof target, "/?cursor=%s", buf_text(&text));
    read_as(&bench, &search, target, MEDIA_JSON);
    assert_int_equal(bench.faults.count, 0);
    assert_true(search.query.after.given && search.query.after.number == 12 && search.query.after.value == -3);
    assert_true(str_equal(search.query.after.text, STR("カナ")));
    expect_fault("/?cursor=AAAA", "cursor", "damaged");
}

static void all_faults_at_once(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    struct search search;
    read_as(&bench, &search,
            "/?number=x&q=+&name=+&kana=+&employer=+&match=x&skill=,&home=0&status=x&course=x&kind=x&completed_from=x"
            "&registered_to=x&exam_from=x&renewal_count_to=x&has_email=x&name_public=x&sort=x&facets=x&fields=x&limit=x"
            "&cursor=x",
            MEDIA_JSON);
    assert_int_equal(bench.faults.count, 23); // skill has two empty entries
}

static void in_japanese(void **state)
{
    (void)state;
    static const char target[] = "/?match=x&sort=-relevance&facets=x&skill=%5C&q=,&exam_from=x&renewal_count_from=x";
    struct bench bench = {.list = NULL};
    struct search search;
    asked_well(&bench.asked, "GET", target, "Accept-Language", "ja");
    faults_init(&bench.faults, &bench.asked.request);
    struct visit visit = {.api = &api, .request = &bench.asked.request, .media = MEDIA_JSON, .edition = edition};
    search_read(&visit, &search, &bench.faults);
    assert_int_equal(bench.faults.count, 8);
    static const char *const says[] = {
        "読点以外", "のいずれかを指定", "照合方法", "バックスラッシュ", "YYYY-MM", "整数", "逆順", "のいずれか"};
    static const char *const parameters[] = {"q",    "match", "match", "skill", "exam_from", "renewal_count_from",
                                             "sort", "facets"};
    for (size_t i = 0; i < 8; i++) {
        assert_fault(&bench, i, parameters[i], says[i]);
    }
    end(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(faults_of_words),
        cmocka_unit_test(how_texts_match),
        cmocka_unit_test(terms),
        cmocka_unit_test(orders),
        cmocka_unit_test(facets_and_fields),
        cmocka_unit_test(every_field_by_its_name),
        cmocka_unit_test(limits),
        cmocka_unit_test(the_rest),
        cmocka_unit_test(nothing_asked),
        cmocka_unit_test(a_cursor),
        cmocka_unit_test(all_faults_at_once),
        cmocka_unit_test(in_japanese),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
