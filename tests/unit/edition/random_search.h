// Random queries over all of struct query. Most conditions are taken from one person, so that even several of them find
// somebody; texts are cut, put together and spelled in another way first.
#ifndef MEIBO_TESTS_RANDOM_SEARCH_H
#define MEIBO_TESTS_RANDOM_SEARCH_H

#include "tests/unit/edition/random_register.h"
#include "text/romaji_table.h"

enum { CHARS_MOST = 220 };

// --- characters ---

struct characters {
    uint32_t p[CHARS_MOST];
    size_t n;
};

static inline struct characters characters_of(struct str text)
{
    struct characters characters = {.n = 0};
    for (size_t at = 0; at < text.n && characters.n < CHARS_MOST;) {
        characters.p[characters.n++] = str_next_char(text, &at);
    }
    return characters;
}

static inline struct str keep_characters(struct drawing *d, const struct characters *characters)
{
    size_t before = d->room->n;
    for (size_t i = 0; i < characters->n; i++) {
        put_char(d->room, characters->p[i]);
    }
    return room_since(d->room, before);
}

static inline bool is_blank_char(uint32_t c)
{
    return c == ' ' || c == 0x3000;
}

static inline void drop_blanks(struct characters *characters)
{
    size_t n = 0;
    for (size_t i = 0; i < characters->n; i++) {
        if (!is_blank_char(characters->p[i])) {
            characters->p[n++] = characters->p[i];
        }
    }
    characters->n = n;
}

// Characters that are taken for one another, or were, or must not be.
static const char *const alike[] = {
    "髙高",           "崎\uFA11埼碕", "斎齋斉齊", "辺邊邉部", "ヶケがヵカ箇", "ヂジチシ", "ヅズツス",
    "ヴブバビベボフ", "オウーコ",     "イエー",   "関関",     "神\uFA19",     "福\uFA1B", "島嶋嶌",
    "ガカがｶ",        "バパハば",     "キギき",   "ャヤゃ",   "ッツっ",       "ヽヾゝー", "隆\uF9DC",
    "吉𠮷",           "ンんﾝ",        "サさｻザ",  "クくｸグ",  "ラらﾗ",        "会會",     "aＡA",
    "oōOô",           "n'm",          "hｈ-",     "スずズ",   "・-",          "大太",     "ノ之乃の",
};

static inline uint32_t respelled(struct dice *dice, uint32_t c)
{
    struct characters group = characters_of(str_of(PICK(dice, alike)));
    for (size_t tries = 0; tries < 12; tries++) {
        for (size_t i = 0; i < group.n; i++) {
            if (group.p[i] == c) {
                return group.p[draw(dice, group.n)];
            }
        }
        group = characters_of(str_of(PICK(dice, alike)));
    }
    return c >= 0x30a1 && c <= 0x30f6 && one_in(dice, 2) ? c - 0x60 : c;
}

static inline void respell(struct dice *dice, struct characters *characters)
{
    uint64_t often = 1 + draw(dice, 6);
    for (size_t i = 0; i < characters->n && often < 5; i++) {
        if (one_in(dice, often)) {
            characters->p[i] = respelled(dice, characters->p[i]);
        }
    }
}

// --- romaji ---

static inline void add_form(struct drawing *d, const char *forms)
{
    struct str rest = str_of(forms);
    struct str form = str_cut(&rest, ' ');
    while (rest.p != NULL && one_in(&d->dice, 2)) {
        form = str_cut(&rest, ' ');
    }
    buf_add(d->room, form);
}

static inline const struct romaji_row *pair_of(uint32_t c, uint32_t next)
{
    char both[2 * 4];
    size_t n = str_put_char(both, c);
    n += str_put_char(both + n, next);
    for (size_t i = 0; i < romaji_pair_count; i++) {
        if (str_equal(str_of(romaji_pairs[i].kana), (struct str){both, n})) {
            return &romaji_pairs[i];
        }
    }
    return NULL;
}

// Kana in Latin letters, in whatever scheme comes up. What is no kana is left out.
static inline struct str in_romaji(struct drawing *d, struct str text)
{
    size_t before = d->room->n;
    BUF_AUTO struct buf folded;
    buf_init(&folded, 65536);
    assert_int_equal(fold_text(text, &folded), ERR_OK);
    struct characters kana = characters_of(buf_str(&folded));
    for (size_t i = 0; i < kana.n; i++) {
        const struct romaji_row *pair = i + 1 < kana.n ? pair_of(kana.p[i], kana.p[i + 1]) : NULL;
        if (pair != NULL) {
            add_form(d, pair->forms);
            i++;
        } else if (kana_is_letter(kana.p[i])) {
            add_form(d, romaji_singles[kana.p[i] - KANA_FIRST].forms);
        } else if (kana.p[i] == u'ー') {
            buf_add_text(d->room, one_in(&d->dice, 2) ? "h" : "");
        }
    }
    return room_since(d->room, before);
}

static inline struct str given_first(struct drawing *d, struct str text)
{
    struct str rest = text;
    struct str family = text.p == NULL ? text : str_cut(&rest, ' ');
    if (rest.p == NULL) {
        return text;
    }
    size_t before = d->room->n;
    buf_add(d->room, rest);
    buf_add_char(d->room, ' ');
    buf_add(d->room, family);
    return room_since(d->room, before);
}

// --- what to look for ---

static inline struct str garbage(struct drawing *d)
{
    size_t before = d->room->n;
    switch (draw(&d->dice, 4)) {
    case 0:
        add_kana(d);
        break;
    case 1:
        add_kanji(d);
        break;
    case 2:
        add_latin(d);
        break;
    default:
        buf_add_text(d->room, PICK(&d->dice, alike));
    }
    return room_since(d->room, before);
}

static inline struct str number_text(struct drawing *d, number_t number)
{
    size_t before = d->room->n;
    switch (draw(&d->dice, 3)) {
    case 0:
        buf_add_format(d->room, "%u", number);
        break;
    case 1:
        buf_add_format(d->room, "%06u", number);
        break;
    default:
        buf_add_format(d->room, "第%06u号", number);
    }
    return room_since(d->room, before);
}

static inline struct str place_text(struct drawing *d, int code)
{
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        if (place_names[i].code == code) {
            const struct place_name *name = &place_names[i];
            const char *const texts[] = {name->kanji, name->stem, name->kana, name->kana_stem, name->english};
            uint64_t which = draw(&d->dice, 6);
            return which == 5 ? in_romaji(d, str_of(name->kana)) : str_of(texts[which]);
        }
    }
    return ABSENT;
}

static inline struct str any_of(struct drawing *d, struct text_list list)
{
    return list.n == 0 ? ABSENT : list.items[draw(&d->dice, list.n)];
}

static inline struct str in_latin_or_not(struct drawing *d, struct str kana)
{
    return kana.p != NULL && one_in(&d->dice, 2) ? in_romaji(d, kana) : kana;
}

// The employer's name, its form taken away or changed.
static inline struct str employer_text(struct drawing *d, const struct registrant *r)
{
    if (r->employer.p == NULL || one_in(&d->dice, 3)) {
        return r->employer;
    }
    uint64_t shape = draw(&d->dice, 4);
    struct legal_cut cut = legal_form_cut(legal_text(r->employer, d->room));
    size_t before = d->room->n;
    if (shape == 0) {
        buf_add_text(d->room, PICK(&d->dice, forms_before));
    }
    if (shape != 1) {
        buf_add(d->room, cut.core);
    }
    if (shape != 0) {
        buf_add_text(d->room, PICK(&d->dice, forms_behind));
    }
    return room_since(d->room, before);
}

static inline struct str source_of_word(struct drawing *d, const struct known *person)
{
    const struct registrant *r = &person->r;
    switch (draw(&d->dice, 14)) {
    case 0:
    case 1:
    case 2:
        return r->name;
    case 3:
    case 4:
    case 5:
        return in_latin_or_not(d, one_in(&d->dice, 3) && r->kana.p != NULL ? given_first(d, r->kana) : r->kana);
    case 6:
        return in_latin_or_not(d, r->other_name);
    case 7:
    case 8:
        return employer_text(d, r);
    case 9:
        return place_text(d, one_in(&d->dice, 2) ? r->home : r->employer_place);
    case 10:
        return any_of(d, r->specialties);
    case 11:
        return any_of(d, one_in(&d->dice, 2) ? r->skills : r->qualifications);
    case 12:
        return number_text(d, r->number);
    default:
        return garbage(d);
    }
}

// All of a text, its beginning, or a piece out of the middle.
static inline void cut_piece(struct dice *dice, struct characters *characters)
{
    size_t first = one_in(dice, 3) ? draw(dice, characters->n) : 0;
    size_t n = characters->n - first;
    n = one_in(dice, 3) ? n : 1 + draw(dice, n);
    // No word begins with a mark that belongs to the character before it.
    while (n > 1 && (is_selector(characters->p[first]) || characters->p[first] == 0xff9e ||
                     is_blank_char(characters->p[first]))) {
        first++;
        n--;
    }
    memmove(characters->p, characters->p + first, n * sizeof characters->p[0]);
    characters->n = n;
}

static inline bool folds_to_nothing(struct str text)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, 65536);
    assert_int_equal(fold_text(text, &folded), ERR_OK);
    return folded.n == 0;
}

// As it might be typed. p == NULL: there was nothing to draw from.
static inline struct str typed_text(struct drawing *d, struct str source, bool blanks)
{
    if (source.n == 0) {
        return ABSENT;
    }
    struct characters characters = characters_of(source);
    if (one_in(&d->dice, 400)) {
        while (characters.n < QUERY_TEXT_LONGEST + 1) {
            characters.p[characters.n++] = u'サ';
        }
    }
    if (!blanks) {
        drop_blanks(&characters);
    }
    if (characters.n > 0 && characters.n <= QUERY_TEXT_LONGEST) {
        cut_piece(&d->dice, &characters);
    }
    respell(&d->dice, &characters);
    struct str text = keep_characters(d, &characters);
    return text.n == 0 || starts_with_selector(text) || folds_to_nothing(text) ? ABSENT : text;
}

static inline void add_word(struct query *query, struct str word)
{
    if (word.p != NULL) {
        query->words[query->word_count++] = word;
    }
}

// A text of several words as these: "Sample Web Inc.", or a name; the last may be unfinished.
static inline void draw_split_words(struct drawing *d, const struct known *person, struct query *query)
{
    struct str rest = one_in(&d->dice, 3) ? person->r.name : employer_text(d, &person->r);
    while (rest.p != NULL && query->word_count < 4) {
        struct str word = str_cut(&rest, ' ');
        add_word(query, rest.p == NULL ? typed_text(d, word, false) : folds_to_nothing(word) ? ABSENT : word);
    }
}

static inline void draw_words(struct drawing *d, const struct known *person, struct query *query)
{
    static const size_t counts[] = {0, 0, 1, 1, 1, 1, 2, 2, 3};
    if (one_in(&d->dice, 10)) {
        draw_split_words(d, person, query);
        return;
    }
    for (size_t i = PICK(&d->dice, counts); i > 0; i--) {
        add_word(query, typed_text(d, source_of_word(d, person), false));
    }
}

static inline struct str draw_field(struct drawing *d, struct str source)
{
    return typed_text(d, one_in(&d->dice, 12) ? garbage(d) : source, true);
}

#endif
