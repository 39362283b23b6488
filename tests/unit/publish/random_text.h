// Random conditions on text, for searches of people: see random_query.h. How texts are read and how well they match is
// held by tests/unit/edition/obvious.h; SQL knows nothing of readings and romaji. So the texts here are kanji and
// digits that are confused with no other: whatever holds one of them, in any spelling, matches it and nothing else
// does.
#ifndef MEIBO_TESTS_RANDOM_TEXT_H
#define MEIBO_TESTS_RANDOM_TEXT_H

#include "edition/forms.h"
#include "register/place_names.h"
#include "tests/unit/publish/random_query.h"
#include "text/confusable.h"
#include "text/fold.h"
#include "text/legal_form.h"
#include "text/variants.h"

enum { TEXT_BYTES = 200 };

// For text of kanji and digits that is confused with nothing : the parts of a
// name, each as it is and with 々 as the kanji before it; and whether a name has such a text, in a part, from the end
// of the family name into the given name, or from all of the given name into the family name.
static const char sql_name[] =
    "create function pg_temp.said(t text) returns text language sql immutable as"
    "    $$ select regexp_replace(regexp_replace(t, '([㐀-鿿])々', '\\1\\1', 'g'), '([㐀-鿿])々', '\\1\\1', 'g') "
    "$$;"
    "create function pg_temp.parts(t text) returns text[] language sql immutable as"
    "    $$ select case when t is null then array['', '', '', ''] else array[pg_temp.unify(p[1]), pg_temp.unify(p[2]),"
    "           pg_temp.said(pg_temp.unify(p[1])), pg_temp.said(pg_temp.unify(p[2]))] end"
    "    from regexp_match(t, '^[ \\u00a0\\u3000]*([^ \\u00a0\\u3000]*)[ \\u00a0\\u3000]*(.*)$') p $$;"
    "create function pg_temp.begins_with(q text, first text, f text, fs text) returns boolean language sql immutable as"
    "    $$ select first <> '' and fs <> '' and starts_with(q, first) and"
    "           (starts_with(f, substr(q, length(first) + 1)) or starts_with(fs, substr(q, length(first) + 1))) $$;"
    "create function pg_temp.in_name(q text, p text[]) returns boolean language sql immutable as"
    "    $$ select position(q in p[1] || p[2]) > 0 or position(q in p[1] || p[4]) > 0 or position(q in p[3]) > 0"
    "           or pg_temp.begins_with(q, p[3], p[2], p[4]) or pg_temp.begins_with(q, p[2], p[1], p[3])"
    "           or pg_temp.begins_with(q, p[4], p[1], p[3]) $$;"
    "create function pg_temp.in_text(q text, t text) returns boolean language sql immutable as"
    "    $$ select position(q in t) > 0 or position(q in pg_temp.said(t)) > 0 $$";

// unify(): folded, with the variants of a character as one; and the table of places.
static inline void define_texts(PGconn *pg)
{
    BUF_AUTO struct buf sql;
    size_t n;
    const struct variant *variants = variants_get(&n);
    char bytes[4];
    buf_init(&sql, 200000);
    buf_add_text(&sql, "create function pg_temp.unify(t text) returns text language sql immutable as"
                       " $$ select translate(pg_temp.fold(t), '");
    for (int to = 0; to < 2; to++) {
        for (size_t i = 0; i < n; i++) {
            uint32_t c = to == 0 ? variants[i].character : variants[i].representative;
            buf_add(&sql, (struct str){bytes, str_put_char(bytes, c)});
        }
        buf_add_text(&sql, to == 0 ? "', '" : "') $$");
    }
    pg_do(pg, buf_text(&sql));
    pg_do(pg, sql_name);
    buf_clear(&sql);
    buf_add_text(&sql,
                 "create temporary table place as select code, pg_temp.unify(kanji) as kanji from (values (0, '')");
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        buf_add_format(&sql, ", (%d, '%s')", place_names[i].code, place_names[i].kanji);
    }
    buf_add_text(&sql, ") p (code, kanji)");
    pg_do(pg, buf_text(&sql));
}

// --- which texts -------------------------------------------------------------

// Not even behind a kanji (see confusable.h).
static inline bool is_confused(uint32_t c)
{
    static const uint32_t behind_kanji[] = {u'箇', u'个', u'之', u'乃'};
    size_t n;
    const struct confusable *confusables = confusables_get(&n);
    for (size_t i = 0; i < n; i++) {
        if (confusables[i].character == c || confusables[i].representative == c) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof behind_kanji / sizeof behind_kanji[0]; i++) {
        if (variant_class(behind_kanji[i]) == c) {
            return true;
        }
    }
    return false;
}

// Kanji and digits, not confused, and with nothing in them that may be read as a legal form or the beginning of one.
static inline bool is_plain(struct str raw)
{
    BUF_AUTO struct buf folded;
    BUF_AUTO struct buf spaced;
    struct legal_cut ways[LEGAL_CUTS_MOST];
    buf_init(&folded, 10000);
    buf_init(&spaced, 10000);
    assert_int_equal(fold_text(raw, &folded), ERR_OK);
    assert_int_equal(forms_add_spaced(raw, &spaced), ERR_OK);
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = variant_class(str_next_char(buf_str(&folded), &at));
        bool kanji = (c >= 0x4e00 && c <= 0x9fff) || c >= 0x20000;
        if (!(c >= '0' && c <= '9') && !(kanji && !is_confused(c))) {
            return false;
        }
    }
    return folded.n > 0 && legal_form_typed(buf_str(&spaced), ways) == 1;
}

// --- drawing one -------------------------------------------------------------

// Another spelling of the same character, now and then.
static inline uint32_t respell(struct world *world, uint32_t c)
{
    size_t n;
    const struct variant *variants = variants_get(&n);
    size_t first = (size_t)draw(world, n);
    if (one_in(world, 2)) {
        return c;
    }
    if (c >= '0' && c <= '9') {
        return c + 0xfee0;
    }
    for (size_t i = 0; i < n; i++) {
        const struct variant *variant = &variants[(first + i) % n];
        if (variant->representative == variant_class(c)) {
            return variant->character;
        }
    }
    return c;
}

// One to six characters out of a text that somebody has.
static inline struct str draw_part(struct world *world, struct str text, bool blanks, char out[TEXT_BYTES])
{
    size_t characters = str_count_chars(text);
    size_t first = characters == 0 ? 0 : draw(world, characters);
    size_t last = first + 1 + draw(world, 6);
    size_t n = 0;
    size_t index = 0;
    for (size_t at = 0; at < text.n; index++) {
        uint32_t c = str_next_char(text, &at);
        if (index < first || index >= last || (!blanks && (c == ' ' || c == 0x3000))) {
            continue;
        }
        n += str_put_char(out + n, respell(world, c));
        if (blanks && one_in(world, 15)) {
            n += str_put_char(out + n, one_in(world, 2) ? 0x3000 : ' ');
        }
    }
    return (struct str){out, n};
}

static inline struct str draw_garbage(struct world *world, char out[TEXT_BYTES])
{
    static const uint32_t characters[] = {0x672c, 0x898b, 0x9ad9, 0x5d0e, 0xfa11, '1', 0xff12, 0x20bb7, 0x9f8d, 0x5927};
    size_t n = 0;
    for (uint64_t i = 1 + draw(world, 4); i > 0; i--) {
        n += str_put_char(out + n, characters[draw(world, sizeof characters / sizeof characters[0])]);
    }
    return (struct str){out, n};
}

// A text for a search, in the drawing's room; p == NULL if none of the kind was drawn.
static inline struct str draw_text(struct drawing *d, const char *column, bool blanks)
{
    struct world *world = d->world;
    char out[TEXT_BYTES];
    for (int tries = 0; tries < 4; tries++) {
        int row = one_in(world, 10) ? draw_row(world, world->people) : d->person;
        struct str source = str_of(value(world->people, row, column));
        struct str text =
            source.n == 0 || one_in(world, 12) ? draw_garbage(world, out) : draw_part(world, source, blanks, out);
        if (is_plain(text)) {
            size_t before = d->room.n;
            buf_add(&d->room, text);
            return (struct str){d->room.p + before, text.n};
        }
    }
    return (struct str){NULL, 0};
}

// --- conditions --------------------------------------------------------------

static inline void add_unified(struct drawing *d, struct str text)
{
    buf_add_text(&d->sql, "pg_temp.unify(");
    add_literal(d, text);
    buf_add_char(&d->sql, ')');
}

static inline void draw_field(struct drawing *d, const char *raw_column, const char *test, struct str *field)
{
    struct str text = draw_text(d, raw_column, true);
    if (text.p != NULL) {
        *field = text;
        buf_add_format(&d->sql, " and pg_temp.%s(", test);
        add_unified(d, text);
        buf_add_format(&d->sql, ", %s)", raw_column + sizeof "raw_" - 1);
    }
}

static inline void draw_name(struct drawing *d)
{
    draw_field(d, "raw_name", "in_name", &d->query.name);
}

static inline void draw_employer(struct drawing *d)
{
    draw_field(d, "raw_employer", "in_text", &d->query.employer);
}

// A registration number as people write it.
static inline struct str draw_number_text(struct drawing *d)
{
    int number = one_in(d->world, 6) ? (int)draw(d->world, 3300) : number_at(d->world->people, d->person, "number");
    size_t before = d->room.n;
    bool printed = one_in(d->world, 3);
    buf_add_text(&d->room, printed ? "第" : "");
    buf_add_format(&d->room, "%0*d", one_in(d->world, 2) ? 6 : 1, number);
    buf_add_text(&d->room, printed ? "号" : "");
    return (struct str){d->room.p + before, d->room.n - before};
}

static inline void add_word_sql(struct drawing *d, struct str word)
{
    static const char *const tests[] = {
        "pg_temp.in_name(w, name)",
        "pg_temp.in_name(w, kana)",
        "pg_temp.in_name(w, other_name)",
        "pg_temp.in_text(w, employer)",
        "exists (select from unnest(specialties || skills || qualifications) t where pg_temp.in_text(w, t))",
        "exists (select from place p where p.code in (home, employer_place) and starts_with(p.kanji, w))",
        "pg_temp.number_of(w) = number",
    };
    buf_add_text(&d->sql, " and (select false");
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        buf_add_format(&d->sql, " or coalesce(%s, false)", tests[i]);
    }
    buf_add_text(&d->sql, " from (select ");
    add_unified(d, word);
    buf_add_text(&d->sql, " as w) word)");
}

static inline void draw_word(struct drawing *d)
{
    static const char *const columns[] = {"raw_name",        "raw_name",   "raw_other_name",    "raw_employer",
                                          "raw_specialties", "raw_skills", "raw_qualifications"};
    struct str word = one_in(d->world, 5) ? draw_number_text(d) : draw_text(d, columns[draw(d->world, 7)], false);
    if (one_in(d->world, 12)) {
        const char *place = place_names[draw(d->world, PLACE_NAMES)].kanji;
        word = (struct str){place, one_in(d->world, 2) ? 3 : strlen(place)};
        word.p = is_plain(word) ? word.p : NULL;
    }
    if (word.p != NULL && d->query.word_count < QUERY_WORDS_MOST) {
        d->query.words[d->query.word_count++] = word;
        add_word_sql(d, word);
    }
}

static inline void draw_words(struct drawing *d)
{
    for (uint64_t i = one_in(d->world, 20) ? QUERY_WORDS_MOST : 1 + draw(d->world, 2); i > 0; i--) {
        draw_word(d);
    }
}

// --- terms -------------------------------------------------------------------

static inline void draw_terms(struct drawing *d, const char *raw_column, struct term_condition *terms)
{
    struct world *world = d->world;
    const char *column = raw_column + sizeof "raw_" - 1;
    if (value(world->people, d->person, raw_column)[0] == '\0' && !one_in(world, 4)) {
        return;
    }
    buf_add_format(&d->sql, " and %s && array[", column);
    for (uint64_t i = 1 + draw(world, 3); i > 0; i--) {
        int row = one_in(world, 3) ? draw_row(world, world->people) : d->person;
        struct str text = str_of(value(world->people, row, raw_column));
        text = text.n == 0 ? STR("Ｎｏｂｏｄｙ's") : text;
        terms->texts[terms->n++] = text;
        buf_add_text(&d->sql, terms->n > 1 ? "," : "");
        add_unified(d, text);
    }
    buf_add_char(&d->sql, ']');
}

static inline void draw_skill(struct drawing *d)
{
    draw_terms(d, "raw_skills", &d->query.skill);
}

static inline void draw_specialty(struct drawing *d)
{
    draw_terms(d, "raw_specialties", &d->query.specialty);
}

static inline void draw_qualification(struct drawing *d)
{
    draw_terms(d, "raw_qualifications", &d->query.qualification);
}

#endif
