// Legal forms: where names are cut; that a name is found with its form written in every other way, while it is being
// typed too; and that one more letter never finds more, whatever is typed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "text/legal_form.h"

#include "base/buf.h"
#include "text/fold.h"
#include "text/variants.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 2048, RAW_MOST = 256 };

static bool is_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

// Text as the header wants it.
static void prepare(struct str raw, struct buf *out)
{
    BUF_AUTO struct buf spaced;
    buf_init(&spaced, TEXT_MOST);
    buf_init(out, TEXT_MOST);
    assert_int_equal(fold_spaced(raw, &spaced), ERR_OK);
    for (size_t at = 0; at < spaced.n;) {
        uint32_t c = variant_class(str_next_char(buf_str(&spaced), &at));
        char bytes[4];
        buf_add(out, (struct str){bytes, is_selector(c) ? 0 : str_put_char(bytes, c)});
    }
    assert_false(buf_failed(out));
}

static void without_blanks(struct str text, struct buf *out)
{
    buf_init(out, TEXT_MOST);
    for (size_t i = 0; i < text.n; i++) {
        buf_add(out, (struct str){text.p + i, text.p[i] == ' ' ? 0 : 1});
    }
}

static bool begins_with(struct str text, struct str beginning)
{
    BUF_AUTO struct buf a;
    BUF_AUTO struct buf b;
    without_blanks(text, &a);
    without_blanks(beginning, &b);
    return str_starts_with(buf_str(&a), buf_str(&b));
}

static bool contains(struct str text, struct str part)
{
    BUF_AUTO struct buf a;
    BUF_AUTO struct buf b;
    without_blanks(text, &a);
    without_blanks(part, &b);
    return b.n == 0 || (a.n > 0 && memmem(a.p, a.n, b.p, b.n) != NULL);
}

static size_t read_typed(struct str text, struct legal_cut cuts[LEGAL_CUTS_MOST])
{
    size_t n = legal_form_typed(text, cuts);
    assert_true(n < LEGAL_CUTS_MOST); // else some may have found no room
    assert_true(n > 0 || text.n == 0);
    for (size_t i = 0; i < n; i++) {
        struct str core = cuts[i].core;
        assert_true(core.p >= text.p && core.p + core.n <= text.p + text.n);
        assert_true(core.n == 0 || (core.p[0] != ' ' && core.p[core.n - 1] != ' '));
        assert_true(core.n > 0 || !cuts[i].latin);
        assert_true(cuts[i].kinds != 0);
        assert_true((cuts[i].kinds == LEGAL_ANY) == (i == 0) && (i > 0 || str_equal(core, text)));
        for (size_t j = 0; j < i; j++) {
            assert_false(cuts[j].core.p == core.p && cuts[j].core.n == core.n);
        }
    }
    return n;
}

// As a search finds employers: the text somewhere in the name, or the core of one way in the core of a name with a
// form.
static bool finds(const char *typed, const char *name)
{
    BUF_AUTO struct buf query;
    BUF_AUTO struct buf text;
    prepare(str_of(typed), &query);
    prepare(str_of(name), &text);
    if (contains(buf_str(&text), buf_str(&query))) {
        return true;
    }
    struct legal_cut cut = legal_form_cut(buf_str(&text));
    struct legal_cut ways[LEGAL_CUTS_MOST];
    size_t n = read_typed(buf_str(&query), ways);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || ((cut.kinds & ways[i].kinds) != 0 && contains(cut.core, ways[i].core));
    }
    return found;
}

// --- registered names -----------------------------------------------------------------------------------------------

static void assert_cut(const char *name, const char *core, bool has_form, bool latin)
{
    BUF_AUTO struct buf text;
    prepare(str_of(name), &text);
    struct legal_cut cut = legal_form_cut(buf_str(&text));
    if (!str_equal(cut.core, str_of(core)) || (cut.kinds != 0) != has_form || cut.latin != latin) {
        fail_msg("%s has the core %.*s and the kinds %x", name, (int)cut.core.n, cut.core.p, cut.kinds);
    }
}

static void names_are_cut(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"株式会社サンプル", "サンプル"},
        {"サンプル株式会社", "サンプル"},
        {"株式会社　サンプル", "サンプル"},
        {"サンプル  ㈱", "サンプル"},
        {"㍿サンプル", "サンプル"},
        {"（株）サンプル東京", "サンプル東京"},
        {"株式會社サンプル", "サンプル"},
        {"株\U000E0100式会社サンプル", "サンプル"},
        {"㈲サンプル", "サンプル"},
        {"サンプル㈳", "サンプル"},
        {"㈶サンプル", "サンプル"},
        {"㈻サンプル", "サンプル"},
        {"㈼サンプル", "サンプル"},
        {"㈾サンプル", "サンプル"},
        {"㈴サンプル", "サンプル"},
        {"㈿サンプル", "サンプル"},
        {"一般社団法人サンプル協会", "サンプル協会"},
        {"サンプル一般社団法人", "サンプル"},
        {"サンプル地方独立行政法人", "サンプル"},
        {"医療法人社団サンプル会", "サンプル会"},
        {"有限責任監査法人サンプル", "サンプル"},
        {"サンプル有限責任監査法人", "サンプル"},
        {"ＮＰＯ法人サンプル", "サンプル"},
        {"認定NPO法人サンプル", "サンプル"},
        {"辯護士法人サンプル", "サンプル"},
        {"税理士法人サンプル", "サンプル"},
        {"株式会社Sample Inc.", "sample inc."},
        {"株式会社サンプル株式会社", "サンプル株式会社"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_cut(rows[i][0], rows[i][1], true, false);
    }
}

static void latin_names_are_cut(void **state)
{
    (void)state;
    static const char *const endings[] = {
        " Inc",
        " Inc.",
        ", Inc.",
        ",Inc.",
        "，Ｉｎｃ．",
        " INCORPORATED",
        " Corp",
        ", Corp.",
        " Corporation",
        " K.K.",
        " KK",
        " K.K",
        " K. K.",
        " K K",
        " kabushiki kaisha",
        " Kabushiki Gaisha",
        " KabushikiKaisha",
        " Co., Ltd.",
        " Co.,Ltd.",
        " Co., Ltd",
        " Co. Ltd.",
        " Co.Ltd.",
        " Co Ltd",
        " CO.,LTD",
        " Co.，Ltd．",
        ", Co., Ltd.",
        " Company Limited",
        " Company, Limited",
        " Company Ltd.",
        " Co., Limited",
        " Co., Inc.",
        " Ltd",
        " Ltd.",
        ", Ltd.",
        " Limited",
        " Co.",
        " Company",
        " LLC",
        " L.L.C.",
        ", LLC",
        " GK",
        " G.K.",
        " Godo Kaisha",
        " Y.K.",
        " Yugen Gaisha",
        " PLC",
        " Pte. Ltd.",
        " Pty Ltd",
        " Goshi Kaisha",
        " Gomei Kaisha",
        " Limited Liability Company",
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char name[RAW_MOST];
        (void)snprintf(name, sizeof name, "Sample Tech%s", endings[i]);
        assert_cut(name, "sample tech", true, true);
        (void)snprintf(name, sizeof name, "サンプル%s", endings[i]);
        assert_cut(name, "サンプル", true, true);
    }
}

static void what_has_no_form(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "サンプル",
        "株式会社",
        "(株)",
        "一般社団法人",
        "医療法人社団",
        "co., ltd.",
        "inc.",
        "k. k.",
        "sample zinc",
        "zinc",
        "sampleinc",
        "sample.inc",
        "sample-inc",
        "wellco",
        "株",
        "株サンプル",
        "サンプル株式",
        "サンプル(株",
        "株式会サンプル",
        "サンプルインク",
        "kk sample",
        "inc sample",
        "coltd",
        "sample coltd",
        "sample inco",
        "sample k.",
        "sample co., l",
        "sample 21co.",
        "éco",
        "сco",
        "technpo法人",
        "sample k, k",
        "sample l,l,c",
        "sample i n c",
        "サンプル株式会社東京支店",
        "東京(株)サンプル",
        "npo",
        "sample & ltda",
        ", inc",
        "sample,",
        "sample.",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_cut(names[i], names[i], false, false);
    }
}

// --- found with the form in another way -----------------------------------------------------------------------------

enum { SPELLINGS_MOST = 40 };

// Spellings with a kind in common with the first of their row. Latin ones begin with a blank.
static const char *const groups[][SPELLINGS_MOST] = {
    {"株式会社",          "㈱",      "（株）",           "(株)",       "㍿",        "株式會社", " Inc.",
     " Incorporated",     " Corp.",  " Corporation",     " K.K.",      " KK",       " k. k.",   " Co., Ltd.",
     " Co.,Ltd.",         " Co Ltd", " Company Limited", " Ltd.",      " Limited",  " Co.",     " Company",
     " Kabushiki Kaisha", ", Inc.",  ",Co.,Ltd.",        " Co., Inc.", " Pte. Ltd."},
    {"有限会社", "㈲", "(有)", " Ltd.", " Y.K.", " Yugen Kaisha", " Limited", " Co., Ltd.", " Co."},
    {"合同会社", "(同)", "(合)", " LLC", " L.L.C.", " G.K.", " GK", " Godo Kaisha", " Company"},
    {"合資会社", "㈾", "(資)", "(合)", " Goshi Kaisha"},
    {"合名会社", "㈴", "(名)", "(合)", " Gomei Kaisha"},
    {"相互会社", "(相)"},
    {"一般社団法人", "(一社)", "社団法人", "㈳", "(社)"},
    {"公益社団法人", "(公社)", "社団法人", "㈳", "(社)"},
    {"一般財団法人", "(一財)", "財団法人", "㈶", "(財)"},
    {"公益財団法人", "(公財)", "財団法人", "㈶", "(財)"},
    {"学校法人", "㈻", "(学)", "學校法人"},
    {"医療法人", "(医)", "醫療法人", "医療法人社団", "医療法人財団", "社会医療法人", "特定医療法人"},
    {"社会福祉法人", "(福)", "(社福)"},
    {"宗教法人", "(宗)"},
    {"独立行政法人", "(独)", "国立研究開発法人"},
    {"国立研究開発法人", "(国研)", "独立行政法人", "(独)"},
    {"地方独立行政法人", "(地独)"},
    {"国立大学法人", "(大)"},
    {"公立大学法人", "(大)"},
    {"特定非営利活動法人", "NPO法人", "ＮＰＯ法人", "(特非)", "認定特定非営利活動法人", "認定NPO法人"},
    {"監査法人", "㈼", "(監)", "有限責任監査法人", " LLC"},
    {"税理士法人", "(税)"},
    {"弁護士法人", "(弁)", "辯護士法人"},
    {"特許業務法人", "弁理士法人"},
    {"司法書士法人", "(司)"},
    {"行政書士法人", "(行)"},
    {"社会保険労務士法人", "社労士法人", "(労)"},
    {"協同組合", "㈿", "(協)"},
    {" PLC", " P.L.C.", ", plc"},
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

static bool is_latin(const char *spelling)
{
    return spelling[0] == ' ' || spelling[0] == ',';
}

// Before and behind, with and without a blank. Latin: behind only.
static size_t spell_names(const char *core, const char *spelling, char names[4][RAW_MOST])
{
    size_t n = 0;
    (void)snprintf(names[n++], RAW_MOST, "%s%s", core, spelling);
    if (!is_latin(spelling)) {
        (void)snprintf(names[n++], RAW_MOST, "%s　%s", core, spelling);
        (void)snprintf(names[n++], RAW_MOST, "%s%s", spelling, core);
        (void)snprintf(names[n++], RAW_MOST, "%s %s", spelling, core);
    }
    return n;
}

// With all of it, and while it is being typed: from the first letter on, where it is no Latin form that begins it.
static void assert_found_typing(const char *typed, const char *name)
{
    struct str text = str_of(typed);
    for (size_t at = 0; at < text.n;) {
        (void)str_next_char(text, &at);
        char beginning[RAW_MOST];
        (void)snprintf(beginning, sizeof beginning, "%.*s", (int)at, typed);
        if (!finds(beginning, name)) {
            fail_msg("%s, typed as far as %s, does not find %s", typed, beginning, name);
        }
    }
}

static void assert_group_is_one(const char *const *group, const char *core)
{
    char first[4][RAW_MOST];
    char other[4][RAW_MOST];
    size_t n = spell_names(core, group[0], first);
    for (size_t j = 0; j < SPELLINGS_MOST && group[j] != NULL; j++) {
        size_t m = spell_names(core, group[j], other);
        for (size_t k = 0; k < n * m; k++) {
            assert_found_typing(first[k / m], other[k % m]);
            assert_found_typing(other[k % m], first[k / m]);
        }
    }
}

static void names_are_found_with_any_spelling(void **state)
{
    (void)state;
    for (size_t i = 0; i < GROUPS; i++) {
        assert_group_is_one(groups[i], "サンプル");
        assert_group_is_one(groups[i], "Sample (東京)");
        assert_group_is_one(groups[i], "見本 電機");
    }
    assert_group_is_one(groups[0], "Sample Tech");
}

static void forms_may_be_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < GROUPS; i++) {
        for (size_t j = 0; j < SPELLINGS_MOST && groups[i][j] != NULL; j++) {
            char names[4][RAW_MOST];
            size_t n = spell_names("サンプル", groups[i][j], names);
            for (size_t k = 0; k < n; k++) {
                assert_found_typing("サンプル", names[k]);
                BUF_AUTO struct buf text;
                prepare(str_of(names[k]), &text);
                assert_true(legal_form_cut(buf_str(&text)).kinds != 0);
                assert_true(str_equal(legal_form_cut(buf_str(&text)).core, STR("サンプル")));
            }
        }
    }
}

static void other_forms_are_not_found(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"株式会社サンプル", "有限会社サンプル"},
        {"サンプル㈱", "サンプル合同会社"},
        {"サンプル Inc.", "有限会社サンプル"},
        {"サンプル LLC", "株式会社サンプル"},
        {"一般社団法人サンプル", "公益社団法人サンプル"},
        {"(財)サンプル", "(社)サンプル"},
        {"国立大学法人サンプル", "公立大学法人サンプル"},
        {"独立行政法人サンプル", "地方独立行政法人見本"},
        {"(社)サンプル", "社会福祉法人サンプル"},
        {"税理士法人サンプル", "弁理士法人サンプル"},
        {"株式会社サンプル", "株式会社サンブル"},
        {"株式会社サンプル", "サンプル"},
        {"サンプル zinc", "株式会社サンプル"},
        {"サンプルサンプル株式会社", "株式会社サンプル"},
        {"Inc.", "株式会社サンプル"},
        {"Co., Ltd.", "株式会社サンプル"},
        {"K.K.", "株式会社サンプル"},
        {"サンプル株式会社東京", "株式会社サンプル"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (finds(pairs[i][0], pairs[i][1])) {
            fail_msg("%s finds %s", pairs[i][0], pairs[i][1]);
        }
    }
}

// --- the ways to read what is typed ---------------------------------------------------------------------------------

static void ways_of_reading(void **state)
{
    (void)state;
    static const char *const rows[][1 + LEGAL_CUTS_MOST] = {
        {"サンプル", "サンプル"},
        {"株", "株", ""},
        {"株式会社", "株式会社", "", "株式会"}, // of 社団法人
        {"株式会社サ", "株式会社サ", "サ"},
        {"サンプル株", "サンプル株", "サンプル"},
        {"サンプル 株式", "サンプル 株式", "サンプル"},
        {"サンプル(", "サンプル(", "サンプル"},
        {"(株)", "(株)", ""},
        {"株式会社サンプル(有", "株式会社サンプル(有", "サンプル(有", "株式会社サンプル", "株式会社サンプル("},
        {"医療法人社", "医療法人社", "社", "", "医療法人"},
        {"医療法人社団財", "医療法人社団財", "社団財", "財", "医療法人社団"},
        {"地方独立行", "地方独立行", "", "地方", "地方独立"},
        {"n", "n", ""},
        {"npo法", "npo法", ""},
        {"サンプルnp", "サンプルnp", "サンプル"},
        {"nissan", "nissan"},
        {"i", "i"},
        {"inc.", "inc."},
        {"sample i", "sample i", "sample"},
        {"sample,", "sample,", "sample"},
        {"sample, inc", "sample, inc", "sample"},
        {"sample co., l", "sample co., l", "sample", "sample co."},
        {"sample co.", "sample co.", "sample"},
        {"sample co l", "sample co l", "sample", "sample co"},
        {"sample k. k", "sample k. k", "sample", "sample k."},
        {"sample zinc", "sample zinc"},
        {"sample x", "sample x"},
        {"zinc", "zinc"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct legal_cut ways[LEGAL_CUTS_MOST];
        size_t n = read_typed(str_of(rows[i][0]), ways);
        for (size_t j = 0; j < LEGAL_CUTS_MOST; j++) {
            const char *expected = rows[i][1 + j];
            if ((j < n) != (expected != NULL) || (j < n && !str_equal(ways[j].core, str_of(expected)))) {
                fail_msg("%s: way %zu of %zu is %.*s", rows[i][0], j, n, j < n ? (int)ways[j].core.n : 0,
                         ways[j].core.p);
            }
        }
    }
    assert_int_equal(read_typed(STR(""), (struct legal_cut[LEGAL_CUTS_MOST]){0}), 0);
}

// --- more letters never find more -----------------------------------------------------------------------------------

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

// Parts of forms and of names, so that forms begin, break off, nest and touch one another.
static void random_piece(uint32_t *seed, struct buf *raw)
{
    static const char *const others[] = {
        " ",        "　",          "  ",
        ",",        ".",           ", ",
        ". ",       ".,",          "(",
        ")",        "（",          "・",
        "-",        "&",           "サンプル",
        "ｻﾝﾌﾟﾙ",    "見本",        "電",
        "z",        "inc",         "i",
        "co",       "k",           "kk",
        "l",        "lt",          "pte",
        "s",        "Sample",      "é",
        "1",        "社",          "人",
        "法人",     "会社",        "独立",
        "立",       "大",          "有限",
        "有限責任", "npo",         "n",
        "一般",     "公益",        "認定",
        "医療法人", "社団",        "財団",
        "㈱",       "limited",     "liability",
        "company",  "Corporation", "kabushiki",
        "kaisha",   "株\ufe00",    "葛\U000E0100",
    };
    uint32_t kind = next_random(seed) % 3;
    if (kind == 0) {
        buf_add_text(raw, others[next_random(seed) % (sizeof others / sizeof others[0])]);
        return;
    }
    const char *const *group = groups[next_random(seed) % GROUPS];
    size_t count = 0;
    while (count < SPELLINGS_MOST && group[count] != NULL) {
        count++;
    }
    struct str form = str_of(group[next_random(seed) % count]);
    size_t end = form.n;
    if (kind == 1) {
        end = 0;
        for (uint32_t letters = 1 + next_random(seed) % 8; letters > 0 && end < form.n; letters--) {
            (void)str_next_char(form, &end);
        }
    }
    buf_add(raw, (struct str){form.p, end});
}

static bool is_foreseen(struct legal_cut way, const struct legal_cut *before, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((way.kinds & ~before[i].kinds) == 0 && begins_with(way.core, before[i].core)) {
            return true;
        }
    }
    return false;
}

// Half-width dakuten and selectors change the letter before them: no letter of their own.
static bool is_letter(struct str raw, size_t at)
{
    uint32_t c = at < raw.n ? str_next_char(raw, &at) : 0;
    return c != 0xff9e && c != 0xff9f && !is_selector(c);
}

static size_t ways_of_beginning(struct str raw, size_t end, struct buf *text, struct legal_cut ways[LEGAL_CUTS_MOST])
{
    prepare((struct str){raw.p, end}, text);
    return read_typed(buf_str(text), ways);
}

static size_t assert_typing_never_widens(struct str raw)
{
    size_t most = 0;
    size_t before = 0;
    for (size_t at = 0; at < raw.n;) {
        (void)str_next_char(raw, &at);
        if (!is_letter(raw, at)) {
            continue;
        }
        BUF_AUTO struct buf shorter;
        BUF_AUTO struct buf longer;
        struct legal_cut ways[LEGAL_CUTS_MOST];
        struct legal_cut more[LEGAL_CUTS_MOST];
        size_t n = ways_of_beginning(raw, before, &shorter, ways);
        size_t m = ways_of_beginning(raw, at, &longer, more);
        for (size_t i = 0; i < m && n > 0; i++) {
            if (!is_foreseen(more[i], ways, n)) {
                fail_msg("%s, typed on to %s, may also be %.*s", buf_text(&shorter), buf_text(&longer),
                         (int)more[i].core.n, more[i].core.p);
            }
        }
        most = m > most ? m : most;
        before = at;
    }
    return most;
}

static void typing_never_widens(void **state)
{
    (void)state;
    uint32_t seed = 20080401;
    size_t most = 0;
    for (int round = 0; round < 20000; round++) {
        BUF_AUTO struct buf raw;
        buf_init(&raw, TEXT_MOST);
        buf_add_text(&raw, next_random(&seed) % 2 == 0 ? "x" : "");
        for (uint32_t pieces = 1 + next_random(&seed) % 5; pieces > 0; pieces--) {
            random_piece(&seed, &raw);
        }
        size_t ways = assert_typing_never_widens(buf_str(&raw));
        most = ways > most ? ways : most;
    }
    assert_in_range(most, 5, LEGAL_CUTS_MOST - 1);
}

// The same by its effect: names, among them odd ones, that are not found do not come back.
static void what_is_lost_stays_lost(void **state)
{
    (void)state;
    uint32_t seed = 19990101;
    for (int round = 0; round < 1500; round++) {
        BUF_AUTO struct buf typed;
        BUF_AUTO struct buf name;
        buf_init(&typed, TEXT_MOST);
        buf_init(&name, TEXT_MOST);
        for (uint32_t pieces = 1 + next_random(&seed) % 4; pieces > 0; pieces--) {
            uint32_t again = seed;
            random_piece(&seed, &typed);
            random_piece(next_random(&seed) % 2 == 0 ? &seed : &again, &name);
        }
        struct str raw = buf_str(&typed);
        bool found = true;
        for (size_t at = 0; at < raw.n;) {
            (void)str_next_char(raw, &at);
            BUF_AUTO struct buf beginning;
            buf_init(&beginning, TEXT_MOST);
            buf_add(&beginning, (struct str){raw.p, at});
            bool again = is_letter(raw, at) && finds(buf_text(&beginning), buf_text(&name));
            if (again && !found) {
                fail_msg("%s finds %s, its beginning did not", buf_text(&beginning), buf_text(&name));
            }
            found = is_letter(raw, at) ? again : found;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_cut),           cmocka_unit_test(latin_names_are_cut),
        cmocka_unit_test(what_has_no_form),        cmocka_unit_test(names_are_found_with_any_spelling),
        cmocka_unit_test(forms_may_be_left_out),   cmocka_unit_test(other_forms_are_not_found),
        cmocka_unit_test(ways_of_reading),         cmocka_unit_test(typing_never_widens),
        cmocka_unit_test(what_is_lost_stays_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
