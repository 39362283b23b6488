// The forms of texts and of what is typed, by hand: what each makes one, and what it keeps apart.
#include "edition/forms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "edition/query.h"
#include "text/fold.h"
#include "text/legal_form.h"

enum { ROOM = 1 << 20 };

static void open_room(struct buf *room)
{
    buf_init(room, ROOM);
    assert_non_null(buf_extend(room, ROOM / 2)); // so that views do not move
    buf_clear(room);
}

static void expect_str(struct str text, const char *expected)
{
    if (expected == NULL ? text.p != NULL : !str_equal(text, str_of(expected))) {
        fail_msg("%.*s instead of %s", (int)text.n, text.p == NULL ? "" : text.p, expected == NULL ? "none" : expected);
    }
}

struct form_case {
    const char *text;
    enum text_kind kind;
    const char *exact, *same, *unified, *sound, *confused, *loose, *romaji;
};

static void expect_forms(const struct form_case *c)
{
    BUF_AUTO struct buf room;
    struct forms forms;
    buf_init(&room, ROOM);
    assert_int_equal(forms_make(str_of(c->text), c->kind, &room, &forms), ERR_OK);
    expect_str(forms.of[FORM_EXACT], c->exact);
    expect_str(forms.of[FORM_SAME], c->same);
    expect_str(forms.of[FORM_UNIFIED], c->unified);
    expect_str(forms.of[FORM_SOUND], c->sound);
    expect_str(forms.of[FORM_CONFUSED], c->confused);
    expect_str(forms.of[FORM_LOOSE], c->loose);
    expect_str(forms.of[FORM_ROMAJI], c->romaji);
    for (int form = FORM_CORE_SAME; form < FORM_COUNT; form++) {
        assert_null(forms.of[form].p);
    }
    assert_int_equal(forms.kinds, 0);
}

static void test_names(void **state)
{
    (void)state;
    static const struct form_case cases[] = {
        {"髙 橋", TEXT_NAME, "髙橋", "高橋", "高橋", "高橋", "高橋", NULL, NULL},
        {"葛\U000e0100城", TEXT_NAME, "葛\U000e0100城", "葛城", "葛城", "葛城", "葛城", NULL, NULL},
        {"神\uFE00", TEXT_NAME, "神\uFE00", "神", "神", "神", "神", NULL, NULL},
        {"\uFA19田", TEXT_NAME, "\uFA19田", "神田", "神田", "神田", "神田", NULL, NULL},
        {"𠮷田", TEXT_NAME, "𠮷田", "吉田", "吉田", "吉田", "吉田", NULL, NULL},
        {"ＡＢＥ　Ichirō", TEXT_NAME, "abeichirō", "abeichirō", "abeichirō", "abeichirō", "abeichirō", NULL, NULL},
        {"さとう", TEXT_NAME, "さとう", "さとう", "サトウ", "サトオ", "サトウ", "サトオ", "sato"},
        {"ｶﾞﾝｶｰ", TEXT_NAME, "ガンカー", "ガンカー", "ガンカー", "ガンカア", "ガンカー", "カンカア", "ganka"},
        {"佐々木", TEXT_NAME, "佐々木", "佐々木", "佐々木", "佐佐木", "佐々木", NULL, NULL},
        {"々木", TEXT_NAME, "々木", "々木", "々木", "々木", "々木", NULL, NULL},
        {"みち子", TEXT_NAME, "みち子", "みち子", "ミチ子", "ミチ子", "ミチ子", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_forms(&cases[i]);
    }
}

// Loose and romaji are of kana alone, of the field kana whatever it holds, and never of a term.
static void test_kinds(void **state)
{
    (void)state;
    static const struct form_case cases[] = {
        {"サクラ", TEXT_NAME, "サクラ", "サクラ", "サクラ", "サクラ", "サクラ", "サクラ", "sakura"},
        {"サクラ", TEXT_KANA, "サクラ", "サクラ", "サクラ", "サクラ", "サクラ", "サクラ", "sakura"},
        {"サクラ", TEXT_TERM, "サクラ", "サクラ", "サクラ", "サクラ", "サクラ", NULL, NULL},
        {"Ono", TEXT_NAME, "ono", "ono", "ono", "ono", "ono", NULL, NULL},
        {"Ono", TEXT_KANA, "ono", "ono", "ono", "ono", "ono", "ono", "ono"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_forms(&cases[i]);
    }
}

struct forms_of {
    struct buf room;
    struct forms forms;
};

static void make(struct forms_of *made, const char *text, enum text_kind kind)
{
    buf_init(&made->room, ROOM);
    assert_int_equal(forms_make(str_of(text), kind, &made->room, &made->forms), ERR_OK);
}

// The narrowest form in which two texts are one; FORM_COUNT: in none.
static enum form first_shared(const char *a, const char *b)
{
    struct forms_of left;
    struct forms_of right;
    int form = FORM_EXACT;
    make(&left, a, TEXT_NAME);
    make(&right, b, TEXT_NAME);
    while (form <= FORM_ROMAJI &&
           (left.forms.of[form].p == NULL || !str_equal(left.forms.of[form], right.forms.of[form]))) {
        form++;
    }
    buf_fini(&left.room);
    buf_fini(&right.room);
    return form > FORM_ROMAJI ? FORM_COUNT : (enum form)form;
}

static void test_what_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        enum form form;
    } cases[] = {
        {"ABE", "ａｂｅ", FORM_EXACT},
        {"山田太郎", "山田 太郎", FORM_EXACT},
        {"株", "㈱", FORM_COUNT},
        {"髙橋", "高橋", FORM_SAME},
        {"渡邉\U000e0100", "渡辺", FORM_SAME},
        {"かとう", "カトウ", FORM_UNIFIED},
        {"カトー", "カトウ", FORM_SOUND},
        {"佐々木", "佐佐木", FORM_SOUND},
        {"みヽ", "ミミ", FORM_SOUND},
        {"斎藤", "斉藤", FORM_CONFUSED},
        {"斎藤", "齊藤", FORM_CONFUSED},
        {"関ヶ原", "関ケ原", FORM_CONFUSED},
        {"関ヶ原", "関が原", FORM_CONFUSED},
        {"堀ノ内", "堀之内", FORM_CONFUSED},
        {"ナカジマ", "ナカシマ", FORM_LOOSE},
        {"オオノ", "オノ", FORM_ROMAJI},
        {"渡辺", "渡部", FORM_COUNT},
        {"ヶカ", "ケカ", FORM_SOUND}, // not behind a kanji: a small kana
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(first_shared(cases[i].a, cases[i].b), cases[i].form);
        assert_int_equal(first_shared(cases[i].b, cases[i].a), cases[i].form);
    }
}

static void test_employers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *same, *unified, *sound;
        bool has_form;
    } cases[] = {
        {"株式会社 髙橋", "高橋", "高橋", "高橋", true},
        {"さんぷる㈱", "さんぷる", "サンプル", "サンプル", true},
        {"Sample Web, Inc.", "sampleweb", "sampleweb", "sampleweb", true},
        {"サトー(有)", "サトー", "サトー", "サトオ", true},
        {"見本商会", NULL, NULL, NULL, false},
        {"株式会社", NULL, NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct forms_of made;
        make(&made, cases[i].text, TEXT_EMPLOYER);
        expect_str(made.forms.of[FORM_CORE_SAME], cases[i].same);
        expect_str(made.forms.of[FORM_CORE_UNIFIED], cases[i].unified);
        expect_str(made.forms.of[FORM_CORE_SOUND], cases[i].sound);
        assert_int_equal(made.forms.kinds != 0, cases[i].has_form);
        assert_null(made.forms.of[FORM_LOOSE].p);
        buf_fini(&made.room);
    }
    struct forms_of company;
    struct forms_of limited;
    make(&company, "㈱見本", TEXT_EMPLOYER);
    make(&limited, "㈲見本", TEXT_EMPLOYER);
    assert_int_equal(company.forms.kinds & limited.forms.kinds, 0);
    buf_fini(&company.room);
    buf_fini(&limited.room);
}

// Nothing, blanks, and what lengthens most; twice into one room.
static void test_odd_texts(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    BUF_AUTO struct buf small;
    struct forms forms;
    buf_init(&room, ROOM);
    assert_int_equal(forms_make(STR(""), TEXT_KANA, &room, &forms), ERR_OK);
    assert_int_equal(forms.of[FORM_EXACT].n, 0);
    assert_int_equal(forms_make(STR("　\u200b"), TEXT_NAME, &room, &forms), ERR_OK);
    assert_int_equal(forms.of[FORM_UNIFIED].n, 0);
    char longest[TEXT_LONGEST * 3];
    for (size_t i = 0; i < TEXT_LONGEST; i++) {
        memcpy(longest + 3 * i, "\uFDFA", 3);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(forms_make((struct str){longest, sizeof longest}, TEXT_KANA, &room, &forms), ERR_OK);
        assert_int_equal(forms.of[FORM_UNIFIED].n, TEXT_LONGEST * 30);
    }
    buf_init(&small, 100);
    assert_int_equal(forms_make(STR("見本"), TEXT_NAME, &small, &forms), ERR_MEMORY);
}

// --- what is typed -----------------------------------------------------------

static void type(const char *text, bool open, struct buf *room, struct typed *typed)
{
    open_room(room);
    assert_int_equal(fold_exact(str_of(text), room), ERR_OK);
    assert_true(typed_make(buf_str(room), open, room, typed));
}

static void test_typed(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    struct typed typed;
    type("髙橋\U000e0100が斉サトー", true, &room, &typed);
    expect_str(typed.exact, "髙橋\U000e0100が斉サトー");
    expect_str(typed.same, "高橋が斉サトー");
    expect_str(typed.unified, "高橋ガ斉サトー");
    assert_int_equal(typed.endings, 1);
    expect_str(typed.sound[0], "高橋ガ斉サトオ");
    expect_str(typed.loose[0], "高橋カ斉サトオ");
    assert_false(typed.latin);
    struct forms_of made;
    make(&made, "髙橋\U000e0100が斉サトー", TEXT_NAME);
    assert_true(str_equal(typed.confused, made.forms.of[FORM_CONFUSED]));
    buf_fini(&made.room);
}

static void test_open_ending(void **state)
{
    (void)state;
    static const char *const sounds[ENDINGS_MOST] = {"サブ", "サバ", "サビ", "サベ", "サボ"};
    static const char *const looses[ENDINGS_MOST] = {"サフ", "サハ", "サヒ", "サヘ", "サホ"};
    BUF_AUTO struct buf room;
    struct typed typed;
    type("サヴ", true, &room, &typed);
    assert_int_equal(typed.endings, ENDINGS_MOST);
    for (size_t i = 0; i < ENDINGS_MOST; i++) {
        expect_str(typed.sound[i], sounds[i]);
        expect_str(typed.loose[i], looses[i]);
    }
    buf_fini(&room);
    type("サヴ", false, &room, &typed); // nothing follows
    assert_int_equal(typed.endings, 1);
    expect_str(typed.sound[0], "サブ");
    buf_fini(&room);
    type("サヴァ", true, &room, &typed);
    assert_int_equal(typed.endings, 1);
    expect_str(typed.sound[0], "サバ");
}

static void test_latin(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    struct typed typed;
    type("Ono", true, &room, &typed);
    assert_true(typed.latin);
    for (int way = 0; way < ROMAJI_WAYS; way++) {
        struct forms_of made;
        make(&made, "オオノ", TEXT_KANA);
        assert_true(str_equal(typed.whole[way], made.forms.of[FORM_ROMAJI]));
        assert_true(typed.begins[way].n > 0 && typed.begins[way].n <= typed.whole[way].n);
        buf_fini(&made.room);
    }
    buf_fini(&room);
    type("Ohishi", true, &room, &typed);
    assert_false(str_equal(typed.whole[ROMAJI_FIRST_WAY], typed.whole[ROMAJI_SECOND_WAY]));
    buf_fini(&room);
    type("ono2", true, &room, &typed);
    assert_false(typed.latin);
    assert_int_equal(typed.begins[0].n, 0);
}

// Without room it says so, and does not write beyond it.
static void test_no_room(void **state)
{
    (void)state;
    for (size_t bytes = 20; bytes < 120; bytes++) {
        BUF_AUTO struct buf room;
        struct typed typed;
        buf_init(&room, bytes);
        assert_int_equal(fold_exact(STR("サクラヴ"), &room), ERR_OK);
        assert_false(typed_make(buf_str(&room), true, &room, &typed));
    }
}

static void test_spaced_and_selectors(void **state)
{
    (void)state;
    BUF_AUTO struct buf room;
    open_room(&room);
    assert_int_equal(forms_add_spaced(STR("　㈱  髙橋\U000e0100　Web "), &room), ERR_OK);
    expect_str(buf_str(&room), "(株) 高橋 web");
    static const uint32_t selectors[] = {0xfe00, 0xfe0f, 0xe0100, 0xe01ef};
    static const uint32_t others[] = {0xfdff, 0xfe10, 0xe00ff, 0xe01f0, 0, 'a', 0x9ad8};
    for (size_t i = 0; i < sizeof selectors / sizeof selectors[0]; i++) {
        assert_true(forms_is_selector(selectors[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(forms_is_selector(others[i]));
    }
    struct core_forms core;
    assert_int_equal(forms_add_core(STR("髙ばし 商会"), &room, &core), ERR_OK);
    expect_str(core.same, "高ばし商会");
    expect_str(core.unified, "高バシ商会");
    expect_str(core.sound, "高バシ商会");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),       cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_what_is_one), cmocka_unit_test(test_employers),
        cmocka_unit_test(test_odd_texts),   cmocka_unit_test(test_typed),
        cmocka_unit_test(test_open_ending), cmocka_unit_test(test_latin),
        cmocka_unit_test(test_no_room),     cmocka_unit_test(test_spaced_and_selectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
