// Near spellings by hand: at edit distance one, in characters or in sound, of names and readings of people in force.
#include "edition/query.h"

#include "tests/unit/edition/by_hand.h"

static struct edition *edition;
static number_t last;

static void add(struct builder *builder, const char *name, const char *kana, const char *other_name)
{
    struct registrant r = plain_person(++last);
    r.name = str_of(name);
    r.kana = str_of(kana);
    r.other_name = str_of(other_name);
    r.employer = STR("中島商会");
    r.employer_place = r.home = 13;
    add_person(builder, &r, NULL);
}

static int set_up(void **state)
{
    (void)state;
    struct builder *builder = builder_of("2026-06-15");
    add(builder, "中島 一郎", "ナカジマ イチロウ", NULL);
    add(builder, "中島 二郎", "ナカシマ ジロウ", NULL);
    add(builder, "中嶋 三郎", "ナカジマ　サブロウ", NULL);
    add(builder, "大河内 一", "オオコウチ ハジメ", "Okochi Hajime");
    add(builder, "中 一", "ナカ ハジメ", NULL);
    add(builder, "山本 中川", NULL, NULL);
    add(builder, "中川 花", NULL, NULL);
    struct registrant ended = plain_person(++last);
    ended.status = STATUS_REVOKED;
    ended.name = STR("中鳥 一郎");
    add_person(builder, &ended, NULL);
    edition = finish(&builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    edition_free(&edition);
    return 0;
}

// As "field text count", separated by commas.
static void expect_offers(const struct query *query, const char *expected)
{
    char found[2000] = "";
    size_t n = 0;
    struct offer offers[OFFERS_MOST];
    size_t count = 99;
    assert_int_equal(query_near(edition, query, offers, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        n += (size_t)snprintf(found + n, sizeof found - n, "%s%s %.*s %u", i == 0 ? "" : ", ",
                              match_field_name(offers[i].field), (int)offers[i].text.n, offers[i].text.p,
                              (unsigned)offers[i].count);
    }
    assert_string_equal(found, expected);
}

static void expect_near(const char *word, const char *expected)
{
    struct query query = everyone();
    add_word(&query, word);
    expect_offers(&query, expected);
}

// A character replaced, left out, added, two swapped; at the beginning, in the middle, at the end.
static void test_one_edit(void **state)
{
    (void)state;
    expect_near("大川内", "name 大河内 1");
    expect_near("犬河内", "name 大河内 1");
    expect_near("大河外", "name 大河内 1");
    expect_near("河内", "name 大河内 1");
    expect_near("大内", "name 大河内 1");
    expect_near("大河", "name 大河内 1");
    expect_near("第大河内", "name 大河内 1");
    expect_near("大々河内", "name 大河内 1");
    expect_near("大河内家", "name 大河内 1");
    expect_near("河大内", "name 大河内 1");
    expect_near("大内河", "name 大河内 1");
}

// What is the same, and what is further away, is not near.
static void test_not_one_edit(void **state)
{
    (void)state;
    expect_near("大河内", "");
    expect_near("内河大", "");
    expect_near("内大河", "");
    expect_near("犬川内", "");
    expect_near("大", "");
    expect_near("内", "");
    expect_near("第大河内家", "");
    expect_near("大河内一二", "");
}

static void test_in_sound(void **state)
{
    (void)state;
    expect_near("おおこおち", "kana オオコウチ 1"); // sounds the same, and is one character away
    expect_near("オオコチ", "kana オオコウチ 1");
    expect_near("おーこーた", "kana オオコウチ 1");
    expect_near("ナガシマ", "kana ナカシマ 1");
    expect_near("ｻﾌﾞﾛｵﾝ", "kana サブロウ 1");
    expect_near("okoci", "other_name Okochi 1"); // no romaji is read here
}

// The most frequent first.
static void test_order(void **state)
{
    (void)state;
    expect_near("ナカシア", "kana ナカシマ 1");
    expect_near("ナカママ", "kana ナカジマ 2, kana ナカシマ 1");
    expect_near("ハメ", "kana ハジメ 2");
}

// People in force who show it, as a family name or as a given one.
static void test_counts(void **state)
{
    (void)state;
    expect_near("中山", "name 中島 2, name 中川 2, name 中嶋 1"); // and nothing of an ended registration
}

// Each condition in its field; words in all three; nothing for employers.
static void test_conditions(void **state)
{
    (void)state;
    struct query query = everyone();
    query.name = STR("ハジメー");
    expect_offers(&query, "");
    query.name = STR("大 川　内");
    expect_offers(&query, "name 大河内 1");
    query.kana = STR("ハジ");
    expect_offers(&query, "kana ハジメ 2, name 大河内 1");
}

static void test_several(void **state)
{
    (void)state;
    struct query query = everyone();
    expect_offers(&query, "");
    query.employer = STR("中鳥商会");
    expect_offers(&query, "");
    add_word(&query, "Okochy");
    add_word(&query, "Okochu");
    expect_offers(&query, "other_name Okochi 1"); // once
    query.kana = STR("ハジ");
    expect_offers(&query, "kana ハジメ 2, other_name Okochi 1");
}

// Too long a word is near nothing, and costs nothing; nor is one that folds away.
static void test_odd_words(void **state)
{
    (void)state;
    char text[3 * 300 + 1];
    for (size_t n = 39; n <= 300; n += n < 42 ? 1 : 50) {
        for (size_t i = 0; i < n; i++) {
            memcpy(text + 3 * i, "島", 4);
        }
        expect_near(text, "");
    }
    expect_near("\u200d\u200d", "");
    expect_near("\ufe00\ufe00", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_edit), cmocka_unit_test(test_not_one_edit), cmocka_unit_test(test_in_sound),
        cmocka_unit_test(test_order),    cmocka_unit_test(test_counts),       cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_several),  cmocka_unit_test(test_odd_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
