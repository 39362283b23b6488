// What is no name: employers by their core, places, numbers.
#include <string.h>

#include "edition/match.h"
#include "text/legal_form.h"

// --- employers ---------------------------------------------------------------

static void match_core(struct matcher *m, const struct legal_cut *way, bool whole)
{
    const struct lexicon *employers = &m->edition->slots[SLOT_EMPLOYER];
    struct core_forms core;
    if (forms_add_core(way->core, &m->texts, &core) != ERR_OK) {
        return;
    }
    struct found_list list = lexicon_find_core(employers, &core, way->kinds, m->wanted->widest, m->room);
    for (size_t i = 0; i < list.n; i++) {
        list.p[i].extent = whole ? EXTENT_WHOLE : list.p[i].extent;
    }
    matcher_add_found(m, MATCH_EMPLOYER, employers, list);
}

static void match_way(struct matcher *m, const struct legal_cut *way)
{
    const struct lexicon *employers = &m->edition->slots[SLOT_EMPLOYER];
    if (way->core.n > 0) {
        match_core(m, way, false);
    } else {
        matcher_add_found(m, MATCH_EMPLOYER, employers, lexicon_find_kinds(employers, way->kinds, m->room));
    }
}

// The words from `first` to the one sought, joined by blanks, in the matcher's memory. `*before`: how much of it stands
// before the last.
static struct str join_words(struct matcher *m, size_t first, size_t *before)
{
    size_t start = m->texts.n;
    for (size_t i = first; i <= m->wanted->place; i++) {
        if (i > first) {
            buf_add_char(&m->texts, ' ');
        }
        *before = m->texts.n - start;
        if (forms_add_spaced(m->wanted->words[i], &m->texts) != ERR_OK) {
            return (struct str){NULL, 0};
        }
    }
    return (struct str){m->texts.p + start, m->texts.n - start};
}

// The "Inc." of "Sample Inc.": holds for the employers of that kind which the words before it name.
static void match_behind_words(struct matcher *m)
{
    size_t mark = m->texts.n;
    for (size_t first = 0; first < m->wanted->place; first++) {
        struct legal_cut ways[LEGAL_CUTS_MOST];
        size_t before = 0;
        struct str text = join_words(m, first, &before);
        size_t n = text.n == 0 ? 0 : legal_form_typed(text, ways);
        for (size_t i = 0; i < n; i++) {
            bool ends_before = ways[i].core.n > 0 && ways[i].core.p + ways[i].core.n <= text.p + before;
            if (ways[i].latin && ways[i].kinds != LEGAL_ANY && ends_before) {
                match_core(m, &ways[i], true);
            }
        }
        m->texts.n = mark;
        m->texts.failed = false;
    }
}

void match_employer(struct matcher *m)
{
    struct legal_cut ways[LEGAL_CUTS_MOST];
    size_t start = m->texts.n;
    if (!matcher_wants(m, MATCH_EMPLOYER) || m->edition->slots[SLOT_EMPLOYER].entries.n == 0) {
        return;
    }
    size_t n = forms_add_spaced(m->wanted->text, &m->texts) != ERR_OK
                   ? 0
                   : legal_form_typed((struct str){m->texts.p + start, m->texts.n - start}, ways);
    for (size_t i = 0; i < n; i++) {
        // Anywhere in the name, the text without its form is found as it stands.
        if (ways[i].kinds != LEGAL_ANY || m->wanted->widest != EXTENT_HOLDS) {
            match_way(m, &ways[i]);
        }
    }
    match_behind_words(m);
}

// --- places ------------------------------------------------------------------

static bool begins(struct str text, struct str beginning)
{
    return beginning.n > 0 && text.n >= beginning.n && memcmp(text.p, beginning.p, beginning.n) == 0;
}

static bool begins_in(const struct place_forms *place, enum form form, struct str piece, enum extent *extent)
{
    if (!begins(place->kanji.of[form], piece)) {
        return false;
    }
    bool whole = piece.n == place->kanji.of[form].n || str_equal(piece, place->stem.of[form]);
    *extent = whole ? EXTENT_WHOLE : EXTENT_BEGINS;
    return true;
}

static bool begins_sound(const struct place_forms *place, const struct typed *t, enum extent *extent)
{
    bool any = begins_in(place, FORM_UNIFIED, t->unified, extent);
    enum extent best = any ? *extent : EXTENT_COUNT;
    for (size_t i = 0; i < t->endings; i++) {
        if (begins_in(place, FORM_SOUND, t->sound[i], extent)) {
            best = *extent < best ? *extent : best;
        }
        if (begins(place->kana.of[FORM_SOUND], t->sound[i])) {
            bool whole = str_equal(t->sound[i], place->kana.of[FORM_SOUND]) ||
                         str_equal(t->sound[i], place->kana_stem.of[FORM_SOUND]);
            best = whole ? EXTENT_WHOLE : best < EXTENT_BEGINS ? best : EXTENT_BEGINS;
        }
    }
    *extent = best;
    return best != EXTENT_COUNT;
}

static bool begins_romaji(const struct place_forms *place, const struct typed *t, enum extent *extent)
{
    bool any = false;
    *extent = EXTENT_BEGINS;
    for (int way = 0; t->latin && way < ROMAJI_WAYS; way++) {
        any = any || begins(place->kana.of[FORM_ROMAJI], t->begins[way]);
        if (str_equal(t->whole[way], place->kana.of[FORM_ROMAJI]) ||
            str_equal(t->whole[way], place->kana_stem.of[FORM_ROMAJI])) {
            *extent = EXTENT_WHOLE;
        }
    }
    return any;
}

// The narrowest tier in which a place's name begins with the word. False: in none.
static bool judge(const struct place_forms *place, const struct typed *t, struct found *found)
{
    enum extent extent = EXTENT_COUNT;
    enum tier tier = TIER_EXACT;
    bool in_english = begins(place->english.of[FORM_EXACT], t->exact);
    bool any = begins_in(place, FORM_EXACT, t->exact, &extent) || in_english;
    if (in_english) {
        extent = str_equal(place->english.of[FORM_EXACT], t->exact) ? EXTENT_WHOLE : EXTENT_BEGINS;
    }
    if (!any && (any = begins_in(place, FORM_SAME, t->same, &extent))) {
        tier = TIER_SAME_CHARACTER;
    }
    if (!any && (any = begins_sound(place, t, &extent))) {
        tier = TIER_READING;
    }
    if (!any && (any = begins_romaji(place, t, &extent))) {
        tier = TIER_ROMAJI;
    }
    if (!any && (any = begins_in(place, FORM_CONFUSED, t->confused, &extent))) {
        tier = TIER_CONFUSABLE;
    }
    *found = (struct found){0, (uint8_t)tier, (uint8_t)extent};
    return any;
}

void match_places(struct matcher *m)
{
    if (!matcher_wants(m, MATCH_HOME) && !matcher_wants(m, MATCH_EMPLOYER_PLACE)) {
        return;
    }
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        struct found found;
        if (!judge(&m->edition->places[i], &m->typed, &found)) {
            continue;
        }
        int code = m->edition->places[i].code;
        matcher_add(m, MATCH_HOME, found, category_equal(&m->edition->home, code));
        matcher_add(m, MATCH_EMPLOYER_PLACE, found, category_equal(&m->edition->employer_place, code));
    }
}

// --- numbers -----------------------------------------------------------------

// A registration number as people write it: digits of any width, or 第000123号.
static number_t number_of(struct str unified)
{
    static const struct str before = {"第", sizeof "第" - 1};
    static const struct str behind = {"号", sizeof "号" - 1};
    number_t number = 0;
    if (unified.n > before.n + behind.n && str_starts_with(unified, before) &&
        str_equal((struct str){unified.p + unified.n - behind.n, behind.n}, behind)) {
        unified = (struct str){unified.p + before.n, unified.n - before.n - behind.n};
    }
    return number_parse(unified, &number) ? number : 0;
}

void match_number(struct matcher *m)
{
    number_t number = matcher_wants(m, MATCH_NUMBER) ? number_of(m->typed.unified) : 0;
    uint32_t row = number == 0 ? ROW_NONE : edition_find(m->edition, number);
    if (row != ROW_NONE) {
        matcher_add_row(m, MATCH_NUMBER, TIER_EXACT, EXTENT_WHOLE, row);
    }
}
