// Suggestions by hand: what is offered, in which order, and how many people it stands for.
#include "edition/query.h"

#include "tests/unit/edition/by_hand.h"

static struct builder *builder;
static number_t last;

static int begin(void **state)
{
    (void)state;
    builder = builder_of("2026-06-15");
    last = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    builder_free(&builder);
    return 0;
}

static void add(struct registrant r)
{
    r.number = ++last;
    add_person(builder, &r, NULL);
}

static void add_named(const char *name, const char *kana)
{
    struct registrant r = plain_person(1);
    r.name = str_of(name);
    r.kana = str_of(kana);
    add(r);
}

// As "field text count", separated by commas.
static void expect_offers(const struct edition *edition, const char *text, uint32_t limit, const char *expected)
{
    char found[2000] = "";
    size_t n = 0;
    struct offer offers[OFFERS_MOST];
    size_t count = 99;
    assert_int_equal(query_suggest(edition, str_of(text), limit, offers, &count), ERR_OK);
    assert_true(count <= limit);
    for (size_t i = 0; i < count; i++) {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%s %.*s %u", i == 0 ? "" : ", ",
                              match_field_name(offers[i].field), (int)offers[i].text.n, offers[i].text.p,
                              (unsigned)offers[i].count);
    }
    if (strcmp(found, expected) != 0) {
        fail_msg("%s: %s; expected %s", text, found, expected);
    }
}

static void test_every_field(void **state)
{
    (void)state;
    static const struct str lists[] = {{"見本検査", 12}, {"見本開発", 12}, {"見本技能士", 15}};
    struct registrant r = plain_person(1);
    r.name = STR("見本 太郎");
    r.kana = STR("ミホン タロウ");
    r.other_name = STR("見本屋 Taro");
    r.employer = STR("見本商事株式会社");
    r.specialties = (struct text_list){lists, 1};
    r.skills = (struct text_list){lists + 1, 1};
    r.qualifications = (struct text_list){lists + 2, 1};
    r.statement = STR("見本文");
    r.email = STR("見本@sample.invalid");
    r.home = 13;
    add(r);
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_offers(edition, "見本", 20,
                  "name 見本 1, employer 見本商事株式会社 1, other_name 見本屋 1, qualification 見本技能士 1, "
                  "specialty 見本検査 1, skill 見本開発 1");
    expect_offers(edition, "太", 20, "name 太郎 1");
    expect_offers(edition, "本", 2, "name 見本 1, employer 見本商事株式会社 1");
    expect_offers(edition, "みほ", 20, "kana ミホン 1");
    expect_offers(edition, "mih", 20, "kana ミホン 1");
    expect_offers(edition, "taro", 20, "other_name Taro 1, kana タロウ 1");
    expect_offers(edition, "東京", 20, "");   // places are not offered
    expect_offers(edition, "000001", 20, ""); // nor numbers
    expect_offers(edition, "文", 20, "");
    expect_offers(edition, "龍", 20, "");
    expect_offers(edition, "　", 20, "");
}

// All of a text before a beginning before what stands elsewhere; then the tier; then how many; then the text.
static void test_order(void **state)
{
    (void)state;
    static const char *const names[] = {"本田 一", "本田 二", "大本 一", "大本 二",         "大本 三", "本　一",
                                        "本間 一", "本村 一", "木本 一", "本\U000e0100 一", "橋本 一", "ホン 一"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        add_named(names[i], i < 2 ? "ほん いち" : NULL);
    }
    EDITION_AUTO struct edition *edition = finish(&builder);
    static const char *const ordered[] = {"name 本 1",   "name 本\U000e0100 1", "name 本田 2", "name 本村 1",
                                          "name 本間 1", "name 大本 3",         "name 木本 1", "name 橋本 1"};
    char expected[300] = "";
    size_t n = 0;
    for (uint32_t limit = 1; limit <= 8; limit++) {
        n += (size_t)snprintf(expected + n, sizeof expected - n, "%s%s", limit == 1 ? "" : ", ", ordered[limit - 1]);
        expect_offers(edition, "本", limit, expected);
    }
    expect_offers(edition, "本", 9, expected);
    expect_offers(edition, "ほん", 9, "kana ほん 2, name ホン 1"); // exact before reading, whatever the field
    expect_offers(edition, "ホン", 9, "name ホン 1, kana ほん 2");
}

// People in force who show it, each once.
static void test_counts(void **state)
{
    (void)state;
    static const struct str twice[] = {{"林業", 6}, {"林業", 6}};
    add_named("林 一", NULL);
    add_named("山本 林", NULL);
    add_named("林 林", NULL);
    struct registrant r = plain_person(1);
    r.skills = (struct text_list){twice, 2};
    r.employer = STR("林");
    add(r);
    r.status = STATUS_REVOKED;
    r.name = STR("林 林");
    add(r);
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_offers(edition, "林", 20, "name 林 3, employer 林 1, skill 林業 1");
    expect_offers(edition, "林", 1, "name 林 3");
}

// A text that is a family name and a given name is one offer, also where neither alone is among the best.
static void test_family_and_given(void **state)
{
    (void)state;
    add_named("泉川 一", NULL);
    add_named("泉川 二", NULL);
    add_named("泉川 三", NULL);
    add_named("泉水 一", NULL);
    add_named("泉水 二", NULL);
    add_named("山本 泉水", NULL);
    add_named("川本 泉水", NULL);
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_offers(edition, "泉", 20, "name 泉水 4, name 泉川 3");
    expect_offers(edition, "泉", 1, "name 泉水 4");
}

// An entry that matches in more than one way is offered once.
static void test_once(void **state)
{
    (void)state;
    add_named(NULL, "ono");
    add_named(NULL, "オノ");
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_offers(edition, "ono", 20, "kana ono 1, kana オノ 1");
    expect_offers(edition, "on", 20, "kana ono 1, kana オノ 1");
}

static void test_limits(void **state)
{
    (void)state;
    static char names[30][16];
    for (size_t i = 0; i < 30; i++) {
        (void)snprintf(names[i], sizeof names[i], "本%02zu", i);
        add_named(names[i], NULL);
    }
    EDITION_AUTO struct edition *edition = finish(&builder);
    struct offer offers[OFFERS_MOST];
    size_t count = 0;
    for (uint32_t limit = 1; limit <= OFFERS_MOST; limit++) {
        assert_int_equal(query_suggest(edition, STR("本"), limit, offers, &count), ERR_OK);
        assert_int_equal(count, limit);
        for (size_t i = 0; i < count; i++) {
            assert_true(str_equal(offers[i].text, str_of(names[i])));
        }
    }
    // As many characters as are allowed, and one more: nobody is called that.
    BUF_AUTO struct buf text;
    buf_init(&text, 10000);
    for (int i = 0; i < QUERY_TEXT_LONGEST; i++) {
        buf_add_text(&text, "本");
    }
    expect_offers(edition, buf_text(&text), 20, "");
    buf_add_text(&text, "本");
    expect_offers(edition, buf_text(&text), 20, "");
}

static void test_empty_register(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = finish(&builder);
    expect_offers(edition, "本", 20, "");
    expect_offers(edition, "ono", 20, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_field, begin, end),
        cmocka_unit_test_setup_teardown(test_order, begin, end),
        cmocka_unit_test_setup_teardown(test_counts, begin, end),
        cmocka_unit_test_setup_teardown(test_family_and_given, begin, end),
        cmocka_unit_test_setup_teardown(test_once, begin, end),
        cmocka_unit_test_setup_teardown(test_limits, begin, end),
        cmocka_unit_test_setup_teardown(test_empty_register, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
