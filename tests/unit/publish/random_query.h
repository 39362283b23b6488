// Random searches, each drawn twice at once: as the typed conditions of the edition, and as the where clause that says
// the same over the temporary tables `person` and `done`. Most conditions are taken from one person, so that even
// several of them together find somebody.
#ifndef MEIBO_TESTS_RANDOM_QUERY_H
#define MEIBO_TESTS_RANDOM_QUERY_H

#include "edition/query.h"
#include "tests/unit/publish/sample_record.h"
#include "text/fold.h"

// People and completions as SQL sees them on a day, folded once. Only people in force have texts, places, completions.
static const char person_table[] =
    "create temporary table person as"
    "  select (r).number, state, in_force, (r).registered_on, (r).expires_on,"
    "         case when in_force then coalesce((r).home, 0) else 0 end as home,"
    "         case when in_force then coalesce((r).employer_place, 0) else 0 end as employer_place,"
    "         case when in_force then coalesce(pg_temp.fold((r).name), '') else '' end as name,"
    "         case when in_force then coalesce(pg_temp.fold((r).kana), '') else '' end as kana,"
    "         case when in_force then coalesce(pg_temp.fold((r).other_name), '') else '' end as other_name,"
    "         case when in_force then coalesce(pg_temp.fold((r).employer), '') else '' end as employer,"
    "         (r).name as raw_name, (r).kana as raw_kana, (r).other_name as raw_other_name,"
    "         (r).employer as raw_employer"
    "    from pg_temp.people_as_of((select number from meibo.publication_head), date ";
static const char done_table[] = "create temporary table done as"
                                 "  select d.number, d.course, c.kind, c.operator, d.completed_on"
                                 "    from meibo.completion d join person p on p.number = d.number and p.in_force"
                                 "    join meibo.course c on c.code = d.course and c.ended is null"
                                 "   where d.ended is null";

struct world {
    PGconn *pg;
    struct edition *edition;
    PGresult *people, *dones, *courses, *operators;
    uint64_t random;
};

// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
static inline uint64_t draw(struct world *world, uint64_t below)
{
    uint64_t z = (world->random += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return (z ^ z >> 31) % below;
}

static inline bool one_in(struct world *world, uint64_t n)
{
    return draw(world, n) == 0;
}

static inline int draw_row(struct world *world, const PGresult *rows)
{
    return (int)draw(world, (uint64_t)PQntuples(rows));
}

static inline const char *value(const PGresult *rows, int row, const char *column)
{
    return PQgetvalue(rows, row, PQfnumber(rows, column));
}

static inline int32_t number_at(const PGresult *rows, int row, const char *column)
{
    return (int32_t)strtol(value(rows, row, column), NULL, 10);
}

// What is being drawn.
struct drawing {
    struct world *world;
    struct buf sql;   // the where clause
    struct buf room;  // folded texts; does not move
    int person, done; // rows in world->people and world->dones that conditions are taken from
    struct str operators[20];
    struct query query;
    struct done_query dones;
};

static inline void add_literal(struct drawing *d, struct str text)
{
    char *quoted = PQescapeLiteral(d->world->pg, text.p, text.n);
    assert_non_null(quoted);
    buf_add_text(&d->sql, quoted);
    PQfreemem(quoted);
}

// --- texts ---

enum { TEXT_BYTES = 200 };

// Another spelling of the same character, now and then.
static inline uint32_t respell(struct world *world, uint32_t c)
{
    if (c >= 0x30a1 && c <= 0x30f6 && one_in(world, 4)) {
        return c - 0x60;
    }
    if (c > 0x20 && c < 0x7f && one_in(world, 4)) {
        return c + 0xfee0;
    }
    return c >= 'a' && c <= 'z' && one_in(world, 4) ? c - 0x20 : c;
}

static inline size_t put_respelled(struct world *world, uint32_t c, char *out)
{
    size_t n = str_put_char(out, respell(world, c));
    return one_in(world, 15) ? n + str_put_char(out + n, one_in(world, 2) ? 0x3000 : ' ') : n;
}

// One to six characters out of a text that somebody has.
static inline struct str draw_part(struct world *world, struct str text, char out[TEXT_BYTES])
{
    size_t characters = str_count_chars(text);
    size_t first = characters == 0 ? 0 : draw(world, characters);
    size_t last = first + 1 + draw(world, 6);
    size_t n = 0;
    size_t index = 0;
    for (size_t at = 0; at < text.n; index++) {
        uint32_t c = str_next_char(text, &at);
        if (index >= first && index < last) {
            n += put_respelled(world, c, out + n);
        }
    }
    return (struct str){out, n};
}

static inline struct str draw_garbage(struct world *world, char out[TEXT_BYTES])
{
    static const uint32_t characters[] = {
        0x672c,  0x898b, 0x30b5,  0x3093,  0x3042, 0x30fc, 0xff76, 0xff9e, 0xff8a, 0xff9f, 0x2460, 0x337f, 0x3231,
        0x3303,  0x3000, ' ',     'a',     'Z',    0xff21, '%',    '_',    '\\',   '\'',   '"',    '1',    0xff12,
        0x20bb7, 0xfe0f, 0xe0100, 0x1f600, 0xc9,   0x17e,  0x3005, 0x9ad9, 0x5d0e, 0xfa11, '.',    '-',    0x309d,
    };
    size_t n = 0;
    for (uint64_t i = 1 + draw(world, 6); i > 0; i--) {
        n += str_put_char(out + n, characters[draw(world, sizeof characters / sizeof characters[0])]);
    }
    return (struct str){out, n};
}

// Text for a search, folded into the room; empty if nothing was drawn, or nothing but blanks. `raw` is what SQL gets.
static inline struct str draw_text(struct drawing *d, const char *column, char out[TEXT_BYTES], struct str *raw)
{
    struct world *world = d->world;
    int row = one_in(world, 10) ? draw_row(world, world->people) : d->person;
    struct str source = str_of(value(world->people, row, column));
    if (source.n == 0 && !one_in(world, 4)) {
        return (struct str){NULL, 0};
    }
    *raw = source.n == 0 || one_in(world, 8) ? draw_garbage(world, out) : draw_part(world, source, out);
    size_t before = d->room.n;
    assert_int_equal(fold_text(*raw, &d->room), ERR_OK);
    return (struct str){d->room.p + before, d->room.n - before};
}

static inline void draw_field(struct drawing *d, const char *column, struct str *field)
{
    char out[TEXT_BYTES];
    char raw_column[32];
    struct str raw;
    (void)snprintf(raw_column, sizeof raw_column, "raw_%s", column);
    struct str folded = draw_text(d, raw_column, out, &raw);
    if (folded.n > 0) {
        *field = folded;
        buf_add_format(&d->sql, " and position(pg_temp.fold(");
        add_literal(d, raw);
        buf_add_format(&d->sql, ") in %s) > 0", column);
    }
}

static inline void draw_name(struct drawing *d)
{
    draw_field(d, "name", &d->query.name);
}

static inline void draw_kana(struct drawing *d)
{
    draw_field(d, "kana", &d->query.kana);
}

static inline void draw_employer(struct drawing *d)
{
    draw_field(d, "employer", &d->query.employer);
}

// A registration number as people write it.
static inline struct str draw_number_text(struct drawing *d, char out[TEXT_BYTES])
{
    int number = one_in(d->world, 3) ? (int)draw(d->world, 3300) : number_at(d->world->people, d->person, "number");
    int n = snprintf(out, TEXT_BYTES, one_in(d->world, 2) ? "%06d" : "%d", number);
    return (struct str){out, (size_t)n};
}

static inline void add_word_sql(struct drawing *d, struct str raw)
{
    static const char *const pieces[] = {" and (position(pg_temp.fold(", ") in name) > 0 or position(pg_temp.fold(",
                                         ") in kana) > 0 or position(pg_temp.fold(",
                                         ") in other_name) > 0 or position(pg_temp.fold(",
                                         ") in employer) > 0 or pg_temp.number_of(pg_temp.fold("};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        buf_add_text(&d->sql, pieces[i]);
        add_literal(d, raw);
    }
    buf_add_text(&d->sql, ")) = number)");
}

static inline void draw_word(struct drawing *d)
{
    static const char *const columns[] = {"raw_name", "raw_kana", "raw_other_name", "raw_employer"};
    char out[TEXT_BYTES];
    struct str raw;
    struct query_word *word = &d->query.words[d->query.word_count];
    word->folded = draw_text(d, columns[draw(d->world, 4)], out, &raw);
    if (one_in(d->world, 5)) {
        raw = draw_number_text(d, out);
        size_t before = d->room.n;
        assert_int_equal(fold_text(raw, &d->room), ERR_OK);
        word->folded = (struct str){d->room.p + before, d->room.n - before};
    }
    word->number = 0;
    (void)number_parse(word->folded, &word->number);
    if (word->folded.n > 0) {
        d->query.word_count++;
        add_word_sql(d, raw);
    }
}

static inline void draw_words(struct drawing *d)
{
    for (uint64_t i = one_in(d->world, 20) ? QUERY_WORDS_MOST : 1 + draw(d->world, 3); i > 0; i--) {
        draw_word(d);
    }
}

// --- sets ---

static inline void draw_numbers(struct drawing *d, number_t *numbers, size_t *count)
{
    const PGresult *people = d->world->people;
    buf_add_text(&d->sql, " and number in (0");
    for (uint64_t i = one_in(d->world, 10) ? QUERY_NUMBERS_MOST : 1 + draw(d->world, 8); i > 0; i--) {
        int number = one_in(d->world, 4)   ? (int)(1 + draw(d->world, 3300))
                     : one_in(d->world, 3) ? number_at(people, d->person, "number")
                                           : number_at(people, draw_row(d->world, people), "number");
        numbers[(*count)++] = (number_t)number;
        buf_add_format(&d->sql, ",%d", number);
    }
    buf_add_char(&d->sql, ')');
}

static inline void draw_people_numbers(struct drawing *d)
{
    draw_numbers(d, d->query.numbers, &d->query.number_count);
}

static inline void draw_places(struct drawing *d, const char *column, uint64_t places[2])
{
    if (number_at(d->world->people, d->person, column) == PLACE_NONE && !one_in(d->world, 4)) {
        return;
    }
    buf_add_format(&d->sql, " and %s in (-1", column);
    for (uint64_t i = 1 + draw(d->world, 5); i > 0; i--) {
        int place = one_in(d->world, 3) ? (int)draw(d->world, 48) : number_at(d->world->people, d->person, column);
        place = place == 0 ? PLACE_OVERSEAS : place;
        places[place / 64] |= UINT64_C(1) << (place % 64);
        buf_add_format(&d->sql, ",%d", place);
    }
    buf_add_char(&d->sql, ')');
}

static inline void draw_home(struct drawing *d)
{
    draw_places(d, "home", d->query.homes);
}

static inline void draw_employer_place(struct drawing *d)
{
    draw_places(d, "employer_place", d->query.employer_places);
}

static inline void draw_statuses(struct drawing *d)
{
    d->query.statuses = one_in(d->world, 3) ? (unsigned)draw(d->world, (1U << STATUS_COUNT) - 1) + 1 : 0;
    if (d->query.statuses == 0) {
        enum status own;
        assert_true(status_parse(str_of(value(d->world->people, d->person, "state")), &own));
        d->query.statuses = 1U << own | 1U << draw(d->world, STATUS_COUNT);
    }
    buf_add_text(&d->sql, " and state in (''");
    for (unsigned i = 0; i < STATUS_COUNT; i++) {
        if ((d->query.statuses >> i & 1) != 0) {
            buf_add_format(&d->sql, ",'%s'", status_name((enum status)i));
        }
    }
    buf_add_char(&d->sql, ')');
}

// --- days ---

static inline day_t shifted(struct world *world, day_t day, int most, bool aligned)
{
    day_t moved = day - most + (day_t)draw(world, (uint64_t)(2 * most + 1));
    return aligned ? month_first_day(day_month(moved)) : moved;
}

static inline void draw_range(struct drawing *d, const char *column, day_t around, int most, struct day_range *range)
{
    static const struct ymd epoch = {1970, 1, 1};
    bool aligned = one_in(d->world, 2);
    assert_int_equal(day_from_ymd(epoch), 0);
    day_t a = shifted(d->world, around, most, aligned);
    day_t b = shifted(d->world, around, most, aligned);
    range->from = a < b ? a : b;
    range->to = day_add_months(a < b ? b : a, aligned ? 1 : 0) - (aligned ? 1 : 0);
    uint64_t open = draw(d->world, 5);
    range->from = open == 0 ? DAY_NONE : range->from;
    range->to = open == 1 ? DAY_NONE : range->to;
    if (range->from != DAY_NONE) {
        buf_add_format(&d->sql, " and %s >= date '1970-01-01' + %d", column, range->from);
    }
    if (range->to != DAY_NONE) {
        buf_add_format(&d->sql, " and %s <= date '1970-01-01' + %d", column, range->to);
    }
}

static inline void draw_registered(struct drawing *d)
{
    draw_range(d, "registered_on", number_at(d->world->people, d->person, "registered_day"), 200, &d->query.registered);
}

static inline void draw_expires(struct drawing *d)
{
    draw_range(d, "expires_on", number_at(d->world->people, d->person, "expires_day"), 200, &d->query.expires);
}

#endif
