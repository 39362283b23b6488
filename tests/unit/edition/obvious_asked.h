// What a person shows and what a query asks, in all their forms. Part of the obvious implementation: see obvious.h.
#ifndef MEIBO_TESTS_OBVIOUS_ASKED_H
#define MEIBO_TESTS_OBVIOUS_ASKED_H

#include "register/place_names.h"
#include "tests/unit/edition/obvious_text.h"

// --- what a person shows ---

enum { PARTS_MOST = 2, ENTRIES_MOST = 4 };

struct parted {
    struct forms parts[PARTS_MOST];
    size_t n;
};

struct entries {
    struct forms items[ENTRIES_MOST];
    size_t n;
};

// Of someone in force; all zeros of someone else.
struct shown {
    struct parted name, kana, other_name;
    struct entries employer; // none or one
    struct core core;        // of the employer
    int home, employer_place;
    struct entries specialties, skills, qualifications;
};

static inline struct parted parted_of(struct str text, bool is_field_kana, struct buf *room)
{
    struct parted parted = {0};
    if (text.p == NULL) {
        return parted;
    }
    size_t before = room->n;
    assert_int_equal(fold_spaced(text, room), ERR_OK);
    struct str given = room_since(room, before);
    struct str family = str_cut(&given, ' ');
    parted.parts[parted.n++] = part_forms(family, is_field_kana, room);
    if (given.p != NULL) {
        parted.parts[parted.n++] = part_forms(given, is_field_kana, room);
    }
    return parted;
}

static inline struct entries entries_of(struct text_list list, struct buf *room)
{
    struct entries entries = {.n = list.n};
    assert_true(list.n <= ENTRIES_MOST);
    for (size_t i = 0; i < list.n; i++) {
        entries.items[i] = forms_of(list.items[i], room);
    }
    return entries;
}

static inline struct shown shown_of(const struct registrant *r, struct buf *room)
{
    struct shown shown = {.home = r->home, .employer_place = r->employer_place};
    shown.name = parted_of(r->name, false, room);
    shown.kana = parted_of(r->kana, true, room);
    shown.other_name = parted_of(r->other_name, false, room);
    if (r->employer.p != NULL) {
        shown.employer = entries_of((struct text_list){&r->employer, 1}, room);
        shown.core = core_of(legal_form_cut(legal_text(r->employer, room)), room);
    }
    shown.specialties = entries_of(r->specialties, room);
    shown.skills = entries_of(r->skills, room);
    shown.qualifications = entries_of(r->qualifications, room);
    return shown;
}

// --- what is asked ---

enum { WAYS_BEHIND_MOST = QUERY_WORDS_MOST * LEGAL_CUTS_MOST };

struct cut {
    struct typed first, second;
};

// One word of q, or the parameter name, kana or employer.
struct asked {
    struct str text;    // as typed
    enum extent widest; // no match that is wider counts
    bool is_too_long;
    struct typed whole;
    struct cut *cuts;
    size_t cut_count;
    number_t number;                   // 0: it is none
    struct core ways[LEGAL_CUTS_MOST]; // to read it as an employer's name
    size_t way_count;
    struct core ways_behind[WAYS_BEHIND_MOST]; // and as the Latin form behind the words before it
    size_t way_behind_count;
};

static inline number_t number_asked(struct str text)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, 65536);
    number_t number = 0;
    assert_int_equal(fold_text(text, &folded), ERR_OK);
    struct str digits = buf_str(&folded);
    struct str before = STR("第");
    struct str behind = STR("号");
    if (digits.n > before.n + behind.n && str_starts_with(digits, before) &&
        memcmp(digits.p + digits.n - behind.n, behind.p, behind.n) == 0) {
        digits = (struct str){digits.p + before.n, digits.n - before.n - behind.n};
    }
    return number_parse(digits, &number) ? number : 0;
}

// A character and the variation selector behind it are not parted.
static inline void ask_cuts(struct asked *asked, struct buf *room)
{
    struct str exact = asked->whole.of[FORM_EXACT][0];
    asked->cuts = calloc(str_count_chars(exact) + 1, sizeof *asked->cuts);
    assert_non_null(asked->cuts);
    for (size_t at = 0; at < exact.n;) {
        (void)str_next_char(exact, &at);
        struct str second = {exact.p + at, exact.n - at};
        if (second.n > 0 && !starts_with_selector(second)) {
            struct cut *cut = &asked->cuts[asked->cut_count++];
            cut->first = typed_of((struct str){exact.p, at}, false, room);
            cut->second = typed_of(second, true, room);
        }
    }
}

static inline void ask_ways(struct asked *asked, struct buf *room)
{
    struct legal_cut ways[LEGAL_CUTS_MOST];
    asked->way_count = legal_form_typed(legal_text(asked->text, room), ways);
    assert_true(asked->way_count <= LEGAL_CUTS_MOST);
    for (size_t i = 0; i < asked->way_count; i++) {
        asked->ways[i] = core_of(ways[i], room);
    }
}

// The "Inc." of "Sample Inc.": `last` is the place of the word, behind some of the words before it.
static inline void ask_ways_behind(struct asked *asked, const struct str *words, size_t first, size_t last,
                                   struct buf *room)
{
    struct legal_cut ways[LEGAL_CUTS_MOST];
    size_t start = room->n;
    for (size_t i = first; i < last; i++) {
        (void)legal_text(words[i], room);
        buf_add_char(room, ' ');
    }
    const char *word = room->p + room->n;
    (void)legal_text(words[last], room);
    size_t n = legal_form_typed(room_since(room, start), ways);
    for (size_t i = 0; i < n; i++) {
        if (ways[i].latin && ways[i].kinds != LEGAL_ANY && ways[i].core.n > 0 &&
            ways[i].core.p + ways[i].core.n <= word) {
            asked->ways_behind[asked->way_behind_count++] = core_of(ways[i], room);
        }
    }
}

static inline struct asked ask(struct str text, enum extent widest, struct buf *room)
{
    struct asked asked = {.text = text, .widest = widest};
    asked.is_too_long = str_count_chars(text) > QUERY_TEXT_LONGEST;
    if (!asked.is_too_long) {
        asked.whole = typed_of(text, true, room);
        asked.number = number_asked(text);
        ask_ways(&asked, room);
        ask_cuts(&asked, room);
    }
    return asked;
}

static inline void ask_free(struct asked *asked)
{
    free(asked->cuts);
    asked->cuts = NULL;
}

#endif
