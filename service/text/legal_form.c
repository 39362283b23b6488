// The legal forms, and where a name is cut at them: see legal_form.h.
//
// Adding a letter must never find more, so typed names are read by one rule without exceptions: wherever a form could
// stand, all beginnings of all forms count. Whatever is told from a longer beginning was told from the shorter one.
#include "text/legal_form.h"

#include <string.h>

// Spellings share a kind where one name is written with either. Partnerships, universities and some others occur in one
// spelling or two, but before the name and behind it.
enum {
    KABUSHIKI = 1 << 0,
    YUGEN = 1 << 1,
    GODO = 1 << 2,
    GOSHI = 1 << 3,
    GOMEI = 1 << 4,
    SOGO = 1 << 5,
    COMPANIES = KABUSHIKI | YUGEN | GODO | GOSHI | GOMEI,
    GENERAL_ASSOCIATION = 1 << 6,
    PUBLIC_ASSOCIATION = 1 << 7,
    ASSOCIATIONS = GENERAL_ASSOCIATION | PUBLIC_ASSOCIATION, // 社団法人 became one or the other (2008 to 2013)
    GENERAL_FOUNDATION = 1 << 8,
    PUBLIC_FOUNDATION = 1 << 9,
    FOUNDATIONS = GENERAL_FOUNDATION | PUBLIC_FOUNDATION,
    SCHOOL = 1 << 10,
    MEDICAL = 1 << 11,
    WELFARE = 1 << 12,
    RELIGIOUS = 1 << 13,
    AGENCY = 1 << 14,
    RESEARCH_AGENCY = 1 << 15,
    AGENCIES = AGENCY | RESEARCH_AGENCY, // 国立研究開発法人 are 独立行政法人, and were called so until 2015
    LOCAL_AGENCY = 1 << 16,
    NATIONAL_UNIVERSITY = 1 << 17,
    PUBLIC_UNIVERSITY = 1 << 18,
    NON_PROFIT = 1 << 19,
    AUDITORS = 1 << 20,
    TAX_ACCOUNTANTS = 1 << 21,
    LAWYERS = 1 << 22,
    PATENT_ATTORNEYS = 1 << 23, // 特許業務法人 became 弁理士法人 in 2022
    JUDICIAL_SCRIVENERS = 1 << 24,
    ADMINISTRATIVE_SCRIVENERS = 1 << 25,
    LABOUR_CONSULTANTS = 1 << 26,
    COOPERATIVE = 1 << 27,
    PUBLIC_LIMITED = 1 << 28,
};

struct form {
    struct str text;
    uint32_t kinds;
};

#define FORM(text, kinds)                                                                                              \
    {                                                                                                                  \
        {(text), sizeof(text) - 1}, (kinds)                                                                            \
    }

// Written before the name or behind it, without anything between. In brackets: as on cards, in ㈱ and in bank
// transfers.
static const struct form forms[] = {
    FORM("株式会社", KABUSHIKI),
    FORM("(株)", KABUSHIKI),
    FORM("有限会社", YUGEN),
    FORM("(有)", YUGEN),
    FORM("合同会社", GODO),
    FORM("(同)", GODO),
    FORM("合資会社", GOSHI),
    FORM("(資)", GOSHI),
    FORM("合名会社", GOMEI),
    FORM("(名)", GOMEI),
    FORM("(合)", GODO | GOSHI | GOMEI),
    FORM("相互会社", SOGO),
    FORM("(相)", SOGO),
    FORM("一般社団法人", GENERAL_ASSOCIATION),
    FORM("(一社)", GENERAL_ASSOCIATION),
    FORM("公益社団法人", PUBLIC_ASSOCIATION),
    FORM("(公社)", PUBLIC_ASSOCIATION),
    FORM("社団法人", ASSOCIATIONS),
    FORM("(社)", ASSOCIATIONS),
    FORM("一般財団法人", GENERAL_FOUNDATION),
    FORM("(一財)", GENERAL_FOUNDATION),
    FORM("公益財団法人", PUBLIC_FOUNDATION),
    FORM("(公財)", PUBLIC_FOUNDATION),
    FORM("財団法人", FOUNDATIONS),
    FORM("(財)", FOUNDATIONS),
    FORM("学校法人", SCHOOL),
    FORM("(学)", SCHOOL),
    FORM("医療法人", MEDICAL),
    FORM("医療法人社団", MEDICAL),
    FORM("医療法人財団", MEDICAL),
    FORM("社会医療法人", MEDICAL),
    FORM("特定医療法人", MEDICAL),
    FORM("(医)", MEDICAL),
    FORM("社会福祉法人", WELFARE),
    FORM("(福)", WELFARE),
    FORM("(社福)", WELFARE),
    FORM("宗教法人", RELIGIOUS),
    FORM("(宗)", RELIGIOUS),
    FORM("独立行政法人", AGENCIES),
    FORM("(独)", AGENCIES),
    FORM("国立研究開発法人", RESEARCH_AGENCY),
    FORM("(国研)", RESEARCH_AGENCY),
    FORM("地方独立行政法人", LOCAL_AGENCY),
    FORM("(地独)", LOCAL_AGENCY),
    FORM("国立大学法人", NATIONAL_UNIVERSITY),
    FORM("公立大学法人", PUBLIC_UNIVERSITY),
    FORM("(大)", NATIONAL_UNIVERSITY | PUBLIC_UNIVERSITY),
    FORM("特定非営利活動法人", NON_PROFIT),
    FORM("認定特定非営利活動法人", NON_PROFIT),
    FORM("npo法人", NON_PROFIT),
    FORM("認定npo法人", NON_PROFIT),
    FORM("(特非)", NON_PROFIT),
    FORM("監査法人", AUDITORS),
    FORM("有限責任監査法人", AUDITORS),
    FORM("(監)", AUDITORS),
    FORM("税理士法人", TAX_ACCOUNTANTS),
    FORM("(税)", TAX_ACCOUNTANTS),
    FORM("弁護士法人", LAWYERS),
    FORM("(弁)", LAWYERS),
    FORM("特許業務法人", PATENT_ATTORNEYS),
    FORM("弁理士法人", PATENT_ATTORNEYS),
    FORM("司法書士法人", JUDICIAL_SCRIVENERS),
    FORM("(司)", JUDICIAL_SCRIVENERS),
    FORM("行政書士法人", ADMINISTRATIVE_SCRIVENERS),
    FORM("(行)", ADMINISTRATIVE_SCRIVENERS),
    FORM("社会保険労務士法人", LABOUR_CONSULTANTS),
    FORM("社労士法人", LABOUR_CONSULTANTS),
    FORM("(労)", LABOUR_CONSULTANTS),
    FORM("協同組合", COOPERATIVE),
    FORM("(協)", COOPERATIVE),
};

// Written behind the name only, with or without a comma before and a full stop behind. In a pattern a blank is a break
// that holds a full stop, a comma and a blank, or some of these; a dot is one that may hold nothing, but no comma.
static const struct {
    const char *pattern;
    uint32_t kinds;
} latin_forms[] = {
    {"inc", KABUSHIKI},
    {"incorporated", KABUSHIKI},
    {"corp", KABUSHIKI},
    {"corporation", KABUSHIKI},
    {"co inc", KABUSHIKI},
    {"k.k", KABUSHIKI},
    {"kabushiki.kaisha", KABUSHIKI},
    {"kabushiki.gaisha", KABUSHIKI},
    {"ltd", KABUSHIKI | YUGEN},
    {"limited", KABUSHIKI | YUGEN},
    {"co ltd", KABUSHIKI | YUGEN},
    {"co limited", KABUSHIKI | YUGEN},
    {"company ltd", KABUSHIKI | YUGEN},
    {"company limited", KABUSHIKI | YUGEN},
    {"pte ltd", KABUSHIKI | YUGEN},
    {"pty ltd", KABUSHIKI | YUGEN},
    {"co", COMPANIES},
    {"company", COMPANIES},
    {"y.k", YUGEN},
    {"yugen.kaisha", YUGEN},
    {"yugen.gaisha", YUGEN},
    {"l.l.c", GODO | AUDITORS}, // 有限責任監査法人 call themselves so
    {"limited liability company", GODO | AUDITORS},
    {"g.k", GODO},
    {"godo.kaisha", GODO},
    {"goshi.kaisha", GOSHI},
    {"gomei.kaisha", GOMEI},
    {"p.l.c", PUBLIC_LIMITED},
};

enum { FORMS = sizeof forms / sizeof forms[0], LATIN_FORMS = sizeof latin_forms / sizeof latin_forms[0] };

static struct str first(struct str text, size_t n)
{
    return (struct str){text.p, n};
}

static struct str behind(struct str text, size_t n)
{
    return (struct str){text.p + n, text.n - n};
}

// Every name of a register is held against every form: the last byte tells most of them apart.
static inline bool begins_with(struct str text, struct str beginning)
{
    size_t n = beginning.n;
    return text.n >= n && n > 0 && text.p[n - 1] == beginning.p[n - 1] && memcmp(text.p, beginning.p, n) == 0;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

// Whether a form in Latin letters may begin at this letter: behind a blank, a bracket, kana or kanji, so not within a
// word. Behind a comma it has begun already: see latin_may_begin.
static bool is_word_start(struct str text, size_t at)
{
    if (at == 0 || text.p[at - 1] == ')') {
        return true;
    }
    if (text.p[at - 1] == ' ') {
        return at < 2 || text.p[at - 2] != ',';
    }
    size_t previous = at - 1;
    while (previous > 0 && ((unsigned char)text.p[previous] & 0xc0) == 0x80) {
        previous--;
    }
    return (unsigned char)text.p[previous] >= 0xe3; // U+3000 and above
}

static bool is_within_word(struct str text, size_t at)
{
    return is_letter(text.p[at]) && !is_word_start(text, at);
}

static bool ends_with(struct str text, struct str form)
{
    size_t at = text.n - form.n;
    return text.n >= form.n && begins_with(behind(text, at), form) && !is_within_word(text, at);
}

// --- Latin ----------------------------------------------------------------------------------------------------------

static bool latin_may_begin(struct str text, size_t at)
{
    bool comma = text.p[at] == ',';
    return at > 0 && (comma || (is_letter(text.p[at]) && is_word_start(text, at)));
}

// Each of the signs, in their order, at most once.
static size_t skip_signs(struct str text, size_t at, const char *signs)
{
    for (; *signs != 0; signs++) {
        at += at < text.n && text.p[at] == *signs ? 1 : 0;
    }
    return at;
}

enum reach { REACH_NONE, REACH_BEGINNING, REACH_WHOLE };

// How much of a pattern the text is. A beginning of a beginning is one too.
static enum reach reach_of(const char *pattern, struct str text)
{
    size_t at = skip_signs(text, 0, ", ");
    for (; *pattern != 0; pattern++) {
        if (at == text.n) {
            return REACH_BEGINNING;
        }
        size_t before = at;
        if (is_letter(*pattern)) {
            at += text.p[at] == *pattern ? 1 : 0;
        } else {
            at = skip_signs(text, at, *pattern == ' ' ? "., " : ". ");
        }
        if (at == before && *pattern != '.') {
            return REACH_NONE;
        }
    }
    return skip_signs(text, at, ".") == text.n ? REACH_WHOLE : REACH_NONE;
}

// The kinds of all Latin forms of which the text is at least so much.
static uint32_t latin_kinds(struct str text, enum reach least)
{
    uint32_t kinds = 0;
    for (size_t i = 0; i < LATIN_FORMS; i++) {
        const char *pattern = latin_forms[i].pattern;
        bool possible = text.p[0] == *pattern || text.p[0] == ',';
        kinds |= possible && reach_of(pattern, text) >= least ? latin_forms[i].kinds : 0;
    }
    return kinds;
}

// --- a registered name ----------------------------------------------------------------------------------------------

static struct str without_last_blank(struct str text)
{
    return text.n > 0 && text.p[text.n - 1] == ' ' ? first(text, text.n - 1) : text;
}

static struct str without_first_blank(struct str text)
{
    return text.n > 0 && text.p[0] == ' ' ? behind(text, 1) : text;
}

// The longest form that stands before the name, or behind it; NULL if none does.
static const struct form *longest_form(struct str text, bool (*stands)(struct str text, struct str form))
{
    const struct form *longest = NULL;
    for (size_t i = 0; i < FORMS; i++) {
        if (stands(text, forms[i].text) && (longest == NULL || longest->text.n < forms[i].text.n)) {
            longest = &forms[i];
        }
    }
    return longest;
}

// No core: there is no form, or nothing else.
static struct legal_cut cut_latin(struct str text)
{
    for (size_t at = 0; at < text.n; at++) {
        if (at > 0 && !latin_may_begin(text, at)) {
            continue;
        }
        uint32_t kinds = latin_kinds(behind(text, at), REACH_WHOLE);
        if (kinds != 0) {
            return (struct legal_cut){without_last_blank(first(text, at)), kinds, true};
        }
    }
    return (struct legal_cut){0};
}

static struct legal_cut cut_form(struct str text)
{
    const struct form *form = longest_form(text, begins_with);
    if (form != NULL) {
        return (struct legal_cut){without_first_blank(behind(text, form->text.n)), form->kinds, false};
    }
    form = longest_form(text, ends_with);
    if (form != NULL) {
        return (struct legal_cut){without_last_blank(first(text, text.n - form->text.n)), form->kinds, false};
    }
    return cut_latin(text);
}

struct legal_cut legal_form_cut(struct str text)
{
    struct legal_cut cut = cut_form(text);
    return cut.core.n > 0 ? cut : (struct legal_cut){.core = text};
}

// --- a name being typed ---------------------------------------------------------------------------------------------

struct ways {
    struct legal_cut *cuts;
    size_t n;
};

// There is always room: see the test of the most ways there are.
static void add_way(struct ways *ways, struct legal_cut way)
{
    if (ways->n < LEGAL_CUTS_MOST) {
        ways->cuts[ways->n++] = way;
    }
}

static void add_forms_ahead(struct ways *ways, struct str text)
{
    for (size_t i = 0; i < FORMS; i++) {
        const struct form *form = &forms[i];
        if (text.n > form->text.n && begins_with(text, form->text)) {
            struct str core = without_first_blank(behind(text, form->text.n));
            add_way(ways, (struct legal_cut){core, form->kinds, false});
        }
    }
}

// The kinds of all forms that begin with the text, or are it.
static uint32_t begun_kinds(struct str text)
{
    uint32_t kinds = 0;
    for (size_t i = 0; i < FORMS; i++) {
        kinds |= begins_with(forms[i].text, text) ? forms[i].kinds : 0;
    }
    return kinds;
}

static void add_forms_behind(struct ways *ways, struct str text)
{
    for (size_t at = 0; at < text.n; (void)str_next_char(text, &at)) {
        struct str core = without_last_blank(first(text, at));
        struct str rest = behind(text, at);
        uint32_t kinds = is_within_word(text, at) ? 0 : begun_kinds(rest);
        if (kinds != 0) {
            add_way(ways, (struct legal_cut){core, kinds, false});
        }
        kinds = latin_may_begin(text, at) ? latin_kinds(rest, REACH_BEGINNING) : 0;
        if (kinds != 0) {
            add_way(ways, (struct legal_cut){core, kinds, true});
        }
    }
}

size_t legal_form_typed(struct str text, struct legal_cut cuts[LEGAL_CUTS_MOST])
{
    struct ways ways = {cuts, 0};
    if (text.n > 0) {
        add_way(&ways, (struct legal_cut){text, LEGAL_ANY, false});
        add_forms_ahead(&ways, text);
        add_forms_behind(&ways, text);
    }
    return ways.n;
}
