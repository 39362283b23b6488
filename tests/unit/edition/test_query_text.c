// Every condition on text of a search for people, with tiers and extents, on a register made by hand.
#include "edition/query.h"

#include "tests/unit/edition/by_hand.h"

static struct edition *edition;

static int set_up(void **state)
{
    (void)state;
    edition = edition_by_hand();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    edition_free(&edition);
    return 0;
}

struct text_case {
    const char *text, *expected;
};

static void expect_texts(size_t field, const struct text_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct query query = everyone();
        struct str *fields[] = {&query.name, &query.kana, &query.employer};
        *fields[field] = str_of(cases[i].text);
        expect_people(edition, &query, cases[i].expected);
    }
}

// One character, two, and longer ones: in a part or across both, but the pairs of 本見本 stand in 見本 太郎 and in 本見
// 次郎 while neither holds it.
static void test_name(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"見", "10 20 30"},   {"見本", "10 20"},  // not the other name of 1000000
        {"本見", "30"},       {"本太", "10"},     // across the blank
        {"見本太郎", "10"},   {"太郎見本", "10"}, // given name first
        {"見本太郎さん", ""}, {"本見本", ""},          {"見 本　太 郎", "10"},
        {"太見本", ""},       {"郎", "10 30"},         {"１０", "1000000"},
        {"㈱", ""},           {"株式会社", "1000000"}, {"株式会社10", "1000000"},
        {"龍", ""},           {"\U0002000b", ""},
    };
    expect_texts(0, cases, sizeof cases / sizeof cases[0]);
}

static void test_kana_and_employer(void **state)
{
    (void)state;
    static const struct text_case kana[] = {
        {"みほん", "10 20"}, {"ﾐﾎﾝﾀﾛｳ", "10"},   {"ハナコ", "20"}, {"ん", "10 20"},
        {"んた", "10"},      {"みたろ", ""},     {"オみほ", ""}, // the end of a part by its sound only
        {"ろうみほ", ""},    {"たろうみ", "10"}, {"taro", "10"},   {"ミボン", "10 20"},
    };
    static const struct text_case employer[] = {
        {"サンプル", "10 20"}, {"さんぷる商", "20"},    {"㍿サンプル", "10"}, {"フ", ""},
        {"株", "10"},          {"株式会社", "10"},      {"有限会社", ""},     {"サンプル株式会社", "10"},
        {"Sample", ""},        {"サンプル Inc.", "10"}, {"プ ル", "10 20"},
    };
    expect_texts(1, kana, sizeof kana / sizeof kana[0]);
    expect_texts(2, employer, sizeof employer / sizeof employer[0]);
}

static void expect_words(const char *first, const char *second, const char *expected)
{
    struct query query = everyone();
    add_word(&query, first);
    if (second != NULL) {
        add_word(&query, second);
    }
    expect_people(edition, &query, expected);
}

// Each word in any of the fields, or the number: also of an ended registration, that has no text.
static void test_words(void **state)
{
    (void)state;
    expect_words("見本", NULL, "10 20 1000000");
    expect_words("ｍｉｈｏｎ", NULL, "10 20");
    expect_words("mihontaro", NULL, "10");
    expect_words("株式会社", NULL, "10 1000000");
    expect_words("株式会社", "見本", "10 1000000");
    expect_words("株式会社", "太郎", "10");
    expect_words("商会", "はなこ", "20");
    expect_words("10", NULL, "10 1000000");
    expect_words("000010", NULL, "10");
    expect_words("第000010号", NULL, "10");
    expect_words("第１０号", NULL, "10");
    expect_words("第号", NULL, "");
    expect_words("第10", NULL, "");
    expect_words("10", "見本", "10 1000000");
    expect_words("40", NULL, "40");
    expect_words("40", "見本", "");
    expect_words("000040", "40", "40");
    expect_words("000040", "太郎", "");
    expect_words("1000000", NULL, "1000000");
    expect_words("東京", NULL, "10");        // the home of 10
    expect_words("Kanagawa", NULL, "10 20"); // the employer's place of 10, the home of 20
    expect_words("東京", "神奈川県", "10");
    expect_words("海外", "overseas", "30");
    expect_words("見本太郎ミホン", NULL, ""); // not across two fields
}

// How each is found; the best way counts, of several words that of the worst.
static void test_matches(void **state)
{
    (void)state;
    struct query query = everyone();
    add_word(&query, "見本");
    expect_matches(edition, &query, "10 name exact, 20 name exact, 1000000 other_name exact");
    query.words[0] = STR("みほん");
    expect_matches(edition, &query, "20 kana exact, 10 kana reading");
    query.words[0] = STR("mihon");
    expect_matches(edition, &query, "10 other_name exact, 20 kana romaji");
    query.words[0] = STR("サンプル");
    expect_matches(edition, &query, "20 employer exact, 10 employer exact"); // 20 begins with it
    query.words[0] = STR("サンプル株式会社");
    expect_matches(edition, &query, "10 employer legal_form");
    query.words[0] = STR("10");
    expect_matches(edition, &query, "10 number exact, 1000000 name exact");
    query.words[0] = STR("みぼん");
    expect_matches(edition, &query, "10 kana reading_loose, 20 kana reading_loose");
    query.words[0] = STR("見本");
    add_word(&query, "mihon");
    expect_matches(edition, &query, "10 name exact, 20 kana romaji");
    query.name = STR("太郎");
    query.kana = STR("タロー");
    expect_matches(edition, &query, "10 kana reading");
}

// match=exact and match=prefix narrow the three fields, and not the words.
static void test_widest(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *expected[EXTENT_COUNT];
    } cases[] = {
        {"見本", {"10 20", "10 20", "10 20"}},
        {"見", {"", "10 20", "10 20 30"}},
        {"本", {"", "30", "10 20 30"}},
        {"見本太郎", {"10", "10", "10"}},
        {"太郎見本", {"10", "10", "10"}},
        {"見本太", {"", "10", "10"}},
        {"本太郎", {"", "", "10"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int widest = 0; widest < EXTENT_COUNT; widest++) {
            struct query query = everyone();
            query.name = str_of(cases[i].name);
            query.widest = (enum extent)widest;
            expect_people(edition, &query, cases[i].expected[widest]);
        }
    }
    struct query query = everyone();
    query.widest = EXTENT_WHOLE;
    query.employer = STR("サンプル"); // all of it but the legal form
    expect_people(edition, &query, "10");
    query.kana = STR("みほん");
    add_word(&query, "本");
    expect_people(edition, &query, "10");
}

// A number among the words must not bring people whose state was not asked for.
static void test_number_word_keeps_statuses(void **state)
{
    (void)state;
    struct query query = everyone();
    add_word(&query, "40");
    query.statuses = IN_FORCE;
    expect_people(edition, &query, "");
    query.statuses = 1U << STATUS_LAPSED;
    expect_people(edition, &query, "40");
}

static void test_text_implies_in_force(void **state)
{
    (void)state;
    struct query query = everyone();
    query.name = STR("太郎");
    query.statuses = ANY_STATUS & ~(unsigned)IN_FORCE;
    expect_people(edition, &query, "");
    query.name = STR("見本");
    query.statuses = 1U << STATUS_REGISTERED | 1U << STATUS_LAPSED;
    expect_people(edition, &query, "10");
    query.statuses = 1U << STATUS_NAME_USE_SUSPENDED;
    expect_people(edition, &query, "20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_kana_and_employer),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_widest),
        cmocka_unit_test(test_number_word_keeps_statuses),
        cmocka_unit_test(test_text_implies_in_force),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
