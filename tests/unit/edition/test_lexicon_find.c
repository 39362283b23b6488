// Searching a lexicon by hand, and against judging every text in the plain way.
#include "edition/lexicon.h"

#include "tests/unit/edition/lexicon_bench.h"
#include "text/legal_form.h"

static void test_nothing(void **state)
{
    (void)state;
    LEXICON_AUTO struct lexicon lexicon;
    TYPED_AUTO struct bench_typed typed;
    bench_make(&lexicon, TEXT_EMPLOYER, NULL, 0);
    bench_type(&typed, "taro", true);
    const struct core_forms core = {STR("a"), STR("a"), STR("a")};
    assert_int_equal(lexicon_find(&lexicon, &typed.typed, SIDE_ANY, EXTENT_HOLDS, bench_room).n, 0);
    assert_int_equal(lexicon_find_romaji(&lexicon, &typed.typed, false, bench_room).n, 0);
    assert_int_equal(lexicon_find_core(&lexicon, &core, LEGAL_ANY, EXTENT_HOLDS, bench_room).n, 0);
    assert_int_equal(lexicon_find_kinds(&lexicon, LEGAL_ANY, bench_room).n, 0);
    assert_int_equal(lexicon_equal(&lexicon, STR("a"), bench_room).n, 0);
}

// --- by hand -----------------------------------------------------------------

static void write_found(const struct lexicon *lexicon, struct found_list list, char *out, size_t size)
{
    static const char *const extents[] = {"whole", "begins", "holds"};
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        struct str text = lexicon_text(lexicon, list.p[i].entry);
        n += (size_t)snprintf(out + n, size - n, "%s%.*s %s %s", i == 0 ? "" : ", ", (int)text.n, text.p,
                              tier_name((enum tier)list.p[i].tier), extents[list.p[i].extent]);
    }
}

struct find_case {
    const char *typed;
    enum side side;
    enum extent widest;
    const char *expected;
};

static void expect_found(const struct lexicon *lexicon, const struct find_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char found[1000];
        TYPED_AUTO struct bench_typed typed;
        bench_type(&typed, cases[i].typed, true);
        write_found(lexicon, lexicon_find(lexicon, &typed.typed, cases[i].side, cases[i].widest, bench_room), found,
                    sizeof found);
        assert_string_equal(found, cases[i].expected);
    }
}

static void test_find(void **state)
{
    (void)state;
    static const char *const texts[] = {"髙橋", "高橋", "大高",   "斎",           "斉",       "ながしま",
                                        "長島", "ナカ", "バアア", "葛\U000e0100", "ナカジマ", "佐佐木"};
    static const struct find_case cases[] = {
        {"高橋", SIDE_ANY, EXTENT_HOLDS, "髙橋 same_character whole, 高橋 exact whole"},
        {"高", SIDE_ANY, EXTENT_HOLDS, "髙橋 same_character begins, 高橋 exact begins, 大高 exact holds"},
        {"高", SIDE_ANY, EXTENT_BEGINS, "髙橋 same_character begins, 高橋 exact begins"},
        {"高", SIDE_ANY, EXTENT_WHOLE, ""},
        {"高", SIDE_START, EXTENT_HOLDS, "髙橋 same_character begins, 高橋 exact begins"},
        {"高", SIDE_END, EXTENT_HOLDS, "大高 exact holds"},
        {"橋", SIDE_END, EXTENT_HOLDS, "髙橋 exact holds, 高橋 exact holds"},
        {"高橋", SIDE_END, EXTENT_HOLDS, "髙橋 same_character whole, 高橋 exact whole"},
        {"斎", SIDE_ANY, EXTENT_HOLDS, "斎 exact whole, 斉 confusable whole"},
        {"葛", SIDE_ANY, EXTENT_HOLDS, "葛\U000e0100 same_character whole"},
        {"葛\U000e0100", SIDE_ANY, EXTENT_HOLDS, "葛\U000e0100 exact whole"},
        {"葛\U000e0101", SIDE_ANY, EXTENT_HOLDS, "葛\U000e0100 same_character whole"},
        {"ナカジマ", SIDE_ANY, EXTENT_HOLDS, "ながしま reading_loose whole, ナカジマ exact whole"},
        {"なが", SIDE_ANY, EXTENT_HOLDS,
         "ながしま exact begins, ナカ reading_loose whole, ナカジマ reading_loose begins"},
        {"カ", SIDE_END, EXTENT_HOLDS, "ナカ exact holds"},
        {"マ", SIDE_END, EXTENT_HOLDS, "ながしま reading holds, ナカジマ exact holds"},
        {"ガジマ", SIDE_END, EXTENT_HOLDS, ""}, // the end of a part by its sound only
        {"ヴ", SIDE_ANY, EXTENT_HOLDS, "バアア reading begins"},
        {"ヴァー", SIDE_START, EXTENT_HOLDS, "バアア reading begins"},
        {"バアアア", SIDE_ANY, EXTENT_HOLDS, ""},
        {"佐々木", SIDE_ANY, EXTENT_HOLDS, "佐佐木 reading whole"},
        {"龍", SIDE_ANY, EXTENT_HOLDS, ""},
    };
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, texts, sizeof texts / sizeof texts[0]);
    expect_found(&lexicon, cases, sizeof cases / sizeof cases[0]);
}

// A wider tier where the narrower one has only a place that is too wide.
static void test_widest(void **state)
{
    (void)state;
    static const char *const texts[] = {"かカ", "大高髙"};
    static const struct find_case cases[] = {
        {"カ", SIDE_ANY, EXTENT_HOLDS, "かカ exact holds"},
        {"カ", SIDE_ANY, EXTENT_BEGINS, "かカ reading begins"},
        {"カ", SIDE_ANY, EXTENT_WHOLE, ""},
        {"大髙", SIDE_ANY, EXTENT_BEGINS, "大高髙 same_character begins"},
    };
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, texts, 2);
    expect_found(&lexicon, cases, sizeof cases / sizeof cases[0]);
}

static void expect_romaji(const struct lexicon *lexicon, const char *text, bool whole, const char *expected)
{
    char found[1000];
    TYPED_AUTO struct bench_typed typed;
    bench_type(&typed, text, true);
    write_found(lexicon, lexicon_find_romaji(lexicon, &typed.typed, whole, bench_room), found, sizeof found);
    assert_string_equal(found, expected);
}

static void test_romaji(void **state)
{
    (void)state;
    static const char *const texts[] = {"オノ", "オオノ", "小野", "オノダ", "シンイチ", "シニチ", "ノ", "しんいち"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_NAME, texts, sizeof texts / sizeof texts[0]);
    assert_int_equal(lexicon.romaji_count, 7);
    expect_romaji(&lexicon, "Ono", true, "オノ romaji whole, オオノ romaji whole");
    expect_romaji(&lexicon, "Ono", false, "オノ romaji whole, オオノ romaji whole, オノダ romaji begins");
    expect_romaji(&lexicon, "on", true, "");
    expect_romaji(&lexicon, "no", true, "ノ romaji whole");
    expect_romaji(&lexicon, "shin'ichi", true, "シンイチ romaji whole, シニチ romaji whole, しんいち romaji whole");
    expect_romaji(&lexicon, "onoda", false, "オノダ romaji whole");
    expect_romaji(&lexicon, "onodas", false, "");
    expect_romaji(&lexicon, "オノ", false, "");
    expect_romaji(&lexicon, "ono2", false, "");
}

// Both ways of a word at once: each entry still comes once.
static void test_two_ways(void **state)
{
    (void)state;
    static const char *const texts[] = {"オオイシ", "オヒシ", "ニーナ", "ニイナ"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_KANA, texts, 4);
    expect_romaji(&lexicon, "Ohishi", true, "オヒシ romaji whole, オオイシ romaji whole");
    expect_romaji(&lexicon, "Niina", true, "ニイナ romaji whole, ニーナ romaji whole");
    TYPED_AUTO struct bench_typed typed;
    bench_type(&typed, "o", true);
    assert_int_equal(lexicon_find_romaji(&lexicon, &typed.typed, false, bench_room).n, 2);
}

// The way of reading what is typed that cuts most of it off.
static struct legal_cut shortest_way(struct str spaced)
{
    struct legal_cut ways[LEGAL_CUTS_MOST];
    size_t n = legal_form_typed(spaced, ways);
    assert_true(n > 0);
    struct legal_cut best = ways[0];
    for (size_t i = 1; i < n; i++) {
        best = ways[i].core.n > 0 && ways[i].core.n < best.core.n ? ways[i] : best;
    }
    return best;
}

static void expect_core(const struct lexicon *lexicon, const char *text, enum extent widest, const char *expected)
{
    char found[1000];
    BUF_AUTO struct buf room;
    struct core_forms core;
    buf_init(&room, 10000);
    assert_non_null(buf_extend(&room, 5000));
    buf_clear(&room);
    assert_int_equal(forms_add_spaced(str_of(text), &room), ERR_OK);
    struct legal_cut way = shortest_way(buf_str(&room));
    assert_int_equal(forms_add_core(way.core, &room, &core), ERR_OK);
    struct found_list list = lexicon_find_core(lexicon, &core, way.kinds, widest, bench_room);
    write_found(lexicon, list, found, sizeof found);
    assert_string_equal(found, expected);
}

static void test_cores(void **state)
{
    (void)state;
    static const char *const texts[] = {"株式会社サンプル", "さんぷる(株)", "有限会社サンプル",
                                        "サンプル",         "大サンプル㈱", "髙橋株式会社"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_EMPLOYER, texts, sizeof texts / sizeof texts[0]);
    expect_core(&lexicon, "サンプル株式会社", EXTENT_HOLDS,
                "株式会社サンプル legal_form whole, さんぷる(株) reading whole, 大サンプル㈱ legal_form holds");
    expect_core(&lexicon, "サンプル株式会社", EXTENT_BEGINS,
                "株式会社サンプル legal_form whole, さんぷる(株) reading whole");
    expect_core(&lexicon, "サン㈱", EXTENT_WHOLE, "");
    expect_core(&lexicon, "サン㈱", EXTENT_BEGINS, "株式会社サンプル legal_form begins, さんぷる(株) reading begins");
    expect_core(&lexicon, "㈲サンプル", EXTENT_HOLDS, "有限会社サンプル legal_form whole");
    expect_core(&lexicon, "高橋㈱", EXTENT_HOLDS, "髙橋株式会社 legal_form whole");
    expect_core(&lexicon, "サンプル", EXTENT_WHOLE,
                "株式会社サンプル legal_form whole, さんぷる(株) reading whole, 有限会社サンプル legal_form whole");
    const uint32_t kinds = lexicon.entries.p[0].kinds;
    assert_true(kinds != 0);
    assert_int_equal(lexicon.entries.p[3].kinds, 0);
    struct found_list list = lexicon_find_kinds(&lexicon, kinds, bench_room);
    char found[300];
    write_found(&lexicon, list, found, sizeof found);
    assert_string_equal(found, "株式会社サンプル legal_form begins, さんぷる(株) legal_form begins, "
                               "大サンプル㈱ legal_form begins, 髙橋株式会社 legal_form begins");
}

static void test_equal(void **state)
{
    (void)state;
    static const char *const texts[] = {"Web", "ＷＥＢ", "Website", "監査", "Web"};
    LEXICON_AUTO struct lexicon lexicon;
    bench_make(&lexicon, TEXT_TERM, texts, 5);
    struct ids web = lexicon_equal(&lexicon, STR("web"), bench_room);
    assert_int_equal(web.n, 3);
    assert_true(ids_has(web, 0) && ids_has(web, 1) && ids_has(web, 4));
    assert_int_equal(lexicon_equal(&lexicon, STR("監査"), bench_room).n, 1);
    assert_int_equal(lexicon_equal(&lexicon, STR("we"), bench_room).n, 0);
    assert_int_equal(lexicon_equal(&lexicon, STR("eb"), bench_room).n, 0);
    assert_int_equal(lexicon_equal(&lexicon, STR("webs"), bench_room).n, 0);
    assert_int_equal(lexicon_equal(&lexicon, STR(""), bench_room).n, 0);
}

// --- at random ---------------------------------------------------------------

static enum extent plain_place(const struct lexicon *l, uint32_t entry, enum form form, const struct typed *t,
                               enum side side)
{
    const struct str pieces[] = {t->exact, t->same, t->unified, {NULL, 0}, t->confused};
    struct str text = lexicon_form(l, entry, form);
    if (form != FORM_SOUND && form != FORM_LOOSE) {
        return bench_place(text, pieces[form], side, form == FORM_EXACT);
    }
    enum extent best = EXTENT_COUNT;
    for (size_t i = 0; i < t->endings; i++) {
        enum extent own = bench_place(text, form == FORM_SOUND ? t->sound[i] : t->loose[i], side, false);
        best = own < best && (side != SIDE_END || own == EXTENT_WHOLE) ? own : best;
    }
    return best;
}

// The narrowest tier with a place no wider than asked; its rank, or none.
static int plain_rank(const struct lexicon *l, uint32_t entry, const struct typed *t, enum side side,
                      enum extent widest)
{
    static const struct {
        enum form form;
        enum tier tier;
    } tiers[] = {{FORM_EXACT, TIER_EXACT},   {FORM_SAME, TIER_SAME_CHARACTER}, {FORM_UNIFIED, TIER_READING},
                 {FORM_SOUND, TIER_READING}, {FORM_LOOSE, TIER_READING_LOOSE}, {FORM_CONFUSED, TIER_CONFUSABLE}};
    int best = INT32_MAX;
    for (size_t i = 0; i < sizeof tiers / sizeof tiers[0]; i++) {
        enum extent extent = plain_place(l, entry, tiers[i].form, t, side);
        int rank = (int)tiers[i].tier * EXTENT_COUNT + (int)extent;
        best = extent <= widest && rank < best ? rank : best;
    }
    return best;
}

static void check_find(const struct lexicon *l, const char *text, enum side side, enum extent widest)
{
    TYPED_AUTO struct bench_typed typed;
    bench_type(&typed, text, draw(2) == 0);
    struct found_list list = lexicon_find(l, &typed.typed, side, widest, bench_room);
    size_t at = 0;
    for (uint32_t entry = 0; entry < l->entries.n; entry++) {
        int expected = plain_rank(l, entry, &typed.typed, side, widest);
        bool found = at < list.n && list.p[at].entry == entry;
        int rank = found ? list.p[at].tier * EXTENT_COUNT + list.p[at].extent : INT32_MAX;
        if (rank != expected) {
            struct str in = lexicon_text(l, entry);
            fail_msg("%s in %.*s, side %d, widest %d: rank %d, expected %d", text, (int)in.n, in.p, side, widest, rank,
                     expected);
        }
        at += found ? 1 : 0;
    }
    assert_int_equal(at, list.n);
}

static bool begins(struct str text, struct str beginning)
{
    return beginning.n > 0 && text.n >= beginning.n && memcmp(text.p, beginning.p, beginning.n) == 0;
}

static void check_romaji(const struct lexicon *l, const char *text, bool whole)
{
    TYPED_AUTO struct bench_typed typed;
    bench_type(&typed, text, true);
    struct found_list list = lexicon_find_romaji(l, &typed.typed, whole, bench_room);
    const struct str *keys = whole ? typed.typed.whole : typed.typed.begins;
    size_t expected = 0;
    for (uint32_t entry = 0; entry < l->entries.n; entry++) {
        struct str key = lexicon_form(l, entry, FORM_ROMAJI);
        bool matches = false;
        for (int way = 0; key.p != NULL && way < ROMAJI_WAYS; way++) {
            matches = matches || (whole ? keys[way].n > 0 && str_equal(key, keys[way]) : begins(key, keys[way]));
        }
        size_t times = 0;
        for (size_t i = 0; i < list.n; i++) {
            times += list.p[i].entry == entry ? 1 : 0;
        }
        assert_int_equal(times, matches ? 1 : 0);
        expected += matches ? 1 : 0;
    }
    assert_int_equal(list.n, expected);
}

static void test_random(void **state)
{
    (void)state;
    enum { LEXICONS = 60, TEXTS = 60, PIECES = 40 };
    static const char *const latin[] = {"sa", "zaku", "o", "ono", "oh", "ohi", "kuu", "ji", "no", "ba", "vu", "b"};
    for (int round = 0; round < LEXICONS; round++) {
        static char texts[TEXTS][BENCH_TEXT];
        const char *views[TEXTS];
        LEXICON_AUTO struct lexicon lexicon;
        for (size_t i = 0; i < TEXTS; i++) {
            bench_draw(texts[i], 4);
            views[i] = texts[i];
        }
        bench_make(&lexicon, (enum text_kind)(round % 4), views, TEXTS);
        for (int i = 0; i < PIECES; i++) {
            char text[BENCH_TEXT];
            char part[BENCH_TEXT];
            bench_draw(text, 3);
            bench_draw_part(draw(3) == 0 ? text : texts[draw(TEXTS)], part);
            if (forms_is_selector(str_next_char(str_of(part), &(size_t){0}))) {
                continue; // folds to nothing, or to what nobody can type
            }
            check_find(&lexicon, part, (enum side)draw(3), (enum extent)draw(EXTENT_COUNT));
            check_romaji(&lexicon, latin[draw(sizeof latin / sizeof latin[0])], draw(2) == 0);
        }
        bench_clear();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_find),     cmocka_unit_test(test_widest),
        cmocka_unit_test(test_romaji),  cmocka_unit_test(test_two_ways), cmocka_unit_test(test_cores),
        cmocka_unit_test(test_equal),   cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
