// Random searches, each drawn twice at once: as the typed conditions of the edition, and as the where clause that says
// the same over the temporary tables `person` and `done`. Most conditions are taken from one person, so that even
// several of them together find somebody.
#ifndef MEIBO_TESTS_RANDOM_QUERY_H
#define MEIBO_TESTS_RANDOM_QUERY_H

#include "edition/query.h"
#include "tests/unit/publish/sample_record.h"

// People and completions as SQL sees them on a day, unified once. Only people in force have texts, places, completions.
static const char person_table[] =
    "create temporary table person as"
    "  select (r).number, state, in_force, (r).registered_on, (r).expires_on,"
    "         case when in_force then coalesce((r).home, 0) else 0 end as home,"
    "         case when in_force then coalesce((r).employer_place, 0) else 0 end as employer_place,"
    "         case when in_force then (r).exam_passed end as exam_passed,"
    "         case when in_force then (r).renewal_count end as renewal_count,"
    "         in_force and (r).email is not null as has_email, in_force and (r).name is not null as name_public,"
    "         pg_temp.parts(case when in_force then (r).name end) as name,"
    "         pg_temp.parts(case when in_force then (r).kana end) as kana,"
    "         pg_temp.parts(case when in_force then (r).other_name end) as other_name,"
    "         case when in_force then coalesce(pg_temp.unify((r).employer), '') else '' end as employer,"
    "         array(select pg_temp.unify(t) from unnest((r).specialties) t where in_force) as specialties,"
    "         array(select pg_temp.unify(t) from unnest((r).skills) t where in_force) as skills,"
    "         array(select pg_temp.unify(t) from unnest((r).qualifications) t where in_force) as qualifications,"
    "         (r).name as raw_name, (r).other_name as raw_other_name, (r).employer as raw_employer,"
    "         (r).specialties[1] as raw_specialties, (r).skills[1] as raw_skills,"
    "         (r).qualifications[1] as raw_qualifications, null::date as last_completed_on"
    "    from pg_temp.people_as_of((select number from meibo.publication_head), date ";
static const char last_completed[] =
    "update person set last_completed_on = d.day"
    "  from (select number, max(completed_on) as day from done group by number) d where d.number = person.number";
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

// Of months or counts; people without one are in no range.
static inline void draw_ints(struct drawing *d, const char *column, int most, struct int_range *range)
{
    if (value(d->world->people, d->person, column)[0] == '\0' && !one_in(d->world, 4)) {
        return;
    }
    int around = number_at(d->world->people, d->person, column);
    int a = around - most + (int)draw(d->world, (uint64_t)(2 * most + 1));
    int b = around - most + (int)draw(d->world, (uint64_t)(2 * most + 1));
    uint64_t open = draw(d->world, 5);
    range->from = open == 0 ? INT32_MIN : a < b ? a : b;
    range->to = open == 1 ? INT32_MIN : a < b ? b : a;
    if (range->from != INT32_MIN) {
        buf_add_format(&d->sql, " and %s >= %d", column, range->from);
    }
    if (range->to != INT32_MIN) {
        buf_add_format(&d->sql, " and %s <= %d", column, range->to);
    }
}

static inline void draw_exam(struct drawing *d)
{
    draw_ints(d, "exam_passed", 20, &d->query.exam);
}

static inline void draw_renewals(struct drawing *d)
{
    draw_ints(d, "renewal_count", 1, &d->query.renewals);
}

static inline void draw_triple(struct drawing *d, const char *column, enum triple *triple)
{
    bool own = value(d->world->people, d->person, column)[0] == 't';
    *triple = own == one_in(d->world, 8) ? TRIPLE_NO : TRIPLE_YES;
    buf_add_format(&d->sql, " and in_force and %s%s", *triple == TRIPLE_YES ? "" : "not ", column);
}

static inline void draw_has_email(struct drawing *d)
{
    draw_triple(d, "has_email", &d->query.has_email);
}

static inline void draw_name_public(struct drawing *d)
{
    draw_triple(d, "name_public", &d->query.name_public);
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
