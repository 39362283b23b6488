// Finishing an edition: the indexes that need all rows.
#include <stdlib.h>
#include <string.h>

#include "edition/private.h"

static bool finish_categories(struct edition *e)
{
    struct category *const categories[] = {
        &e->status,         &e->registered_on, &e->expires_on, &e->home,
        &e->employer_place, &e->exam_passed,   &e->renewals,   &e->last_completed_on,
    };
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        if (!category_finish(categories[i])) {
            return false;
        }
    }
    return true;
}

static bool finish_lexicons(struct edition *e)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (!lexicon_finish(&e->slots[slot], edition_universe(e))) {
            return false;
        }
    }
    return true;
}

static void set_bit(struct ids *set, uint64_t *bits, uint32_t row)
{
    bits[row / 64] |= (uint64_t)1 << (row % 64);
    set->n++;
}

// Sets of people that are always bits: who is in force, shows a name, an address; who did a kind of course.
static bool make_sets(struct edition *e)
{
    enum { SETS = 3 + KIND_COUNT };
    size_t words = ids_words(edition_universe(e));
    uint64_t *bits[SETS];
    struct ids *const sets[3] = {&e->in_force, &e->has_email, &e->name_public};
    e->bits = calloc(SETS * words + 1, sizeof *e->bits);
    e->kinds_of_row = calloc(e->people.n + 1, sizeof *e->kinds_of_row);
    if (e->bits == NULL || e->kinds_of_row == NULL) {
        return false;
    }
    for (size_t i = 0; i < SETS; i++) {
        bits[i] = e->bits + i * words;
        *(i < 3 ? sets[i] : &e->kinds[i - 3]) = (struct ids){0, NULL, bits[i]};
    }
    for (uint32_t row = 0; row < e->people.n; row++) {
        const struct person *person = &e->people.p[row];
        const bool members[3] = {person_in_force(person), person->has_email, person->name_public};
        for (size_t i = 0; i < 3; i++) {
            if (members[i]) {
                set_bit(sets[i], bits[i], row);
            }
        }
        for (uint32_t i = 0; i < person->done_count; i++) {
            enum course_kind kind = e->courses.p[e->dones.p[person->done_at + i].course].kind;
            if ((e->kinds_of_row[row] >> kind & 1) == 0) {
                e->kinds_of_row[row] |= (uint8_t)(1U << kind);
                set_bit(&e->kinds[kind], bits[3 + kind], row);
            }
        }
    }
    return true;
}

// --- completions -------------------------------------------------------------

struct months {
    month_t first, last;
};

static struct months find_months(const struct edition *e)
{
    uint16_t first = UINT16_MAX;
    uint16_t last = 0;
    for (size_t i = 0; i < e->dones.n; i++) {
        uint16_t day = e->dones.p[i].day;
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    if (e->dones.n == 0) {
        first = 0;
    }
    return (struct months){day_month((day_t)first + COMPLETION_DAY_FIRST),
                           day_month((day_t)last + COMPLETION_DAY_FIRST)};
}

// The month of every day of completion up to the last, counted from the first month. The caller frees it; NULL: no
// memory.
static uint32_t *month_table(struct months months)
{
    size_t days = (size_t)(month_first_day(months.last + 1) - COMPLETION_DAY_FIRST);
    uint32_t *table = malloc(days * sizeof *table);
    day_t from = month_first_day(months.first);
    for (month_t month = months.first; table != NULL && month <= months.last; month++) {
        day_t to = month_first_day(month + 1);
        for (; from < to; from++) {
            table[from - COMPLETION_DAY_FIRST] = (uint32_t)(month - months.first);
        }
    }
    return table;
}

enum done_index { COURSE_ROWS, COURSE_DONES, MONTH_DONES, MONTH_ROWS, DONE_INDEXES };

static uint32_t value_of(const struct edition *e, enum done_index index, const uint32_t *month_of_day,
                         const struct done *done)
{
    switch (index) {
    case MONTH_DONES:
        return month_of_day[done->day];
    case MONTH_ROWS:
        return e->courses.p[done->course].month_at + month_of_day[done->day] - e->courses.p[done->course].first_month;
    default:
        return done->course;
    }
}

static void fill_pairs(const struct edition *e, enum done_index index, const uint32_t *month_of_day, struct pair *pairs)
{
    bool rows = index == COURSE_ROWS || index == MONTH_ROWS;
    for (uint32_t row = 0; row < e->people.n; row++) {
        const struct person *person = &e->people.p[row];
        for (uint32_t i = person->done_at; i < person->done_at + person->done_count; i++) {
            pairs[i] = (struct pair){value_of(e, index, month_of_day, &e->dones.p[i]), rows ? row : i};
        }
    }
}

// Finds each course's months. Returns the values that they take together.
static uint32_t span_courses(struct edition *e, const uint32_t *month_of_day)
{
    uint32_t values = 0;
    for (size_t i = 0; i < e->dones.n; i++) {
        struct course_entry *course = &e->courses.p[e->dones.p[i].course];
        uint32_t month = month_of_day[e->dones.p[i].day];
        uint32_t first = course->months == 0 || month < course->first_month ? month : course->first_month;
        uint32_t behind = course->months == 0 ? 0 : course->first_month + course->months;
        behind = month + 1 > behind ? month + 1 : behind;
        course->first_month = first;
        course->months = behind - first;
    }
    for (size_t i = 0; i < e->courses.n; i++) {
        e->courses.p[i].month_at = values;
        values += e->courses.p[i].months;
    }
    return values;
}

static bool index_dones(struct edition *e)
{
    struct months months = find_months(e);
    uint32_t month_count = (uint32_t)(months.last - months.first + 1);
    uint32_t *month_of_day = month_table(months);
    struct pair *pairs = malloc((e->dones.n + 1) * sizeof *pairs);
    bool ok = month_of_day != NULL && pairs != NULL;
    e->first_month = months.first;
    uint32_t course_months = ok ? span_courses(e, month_of_day) : 0;
    for (int i = 0; ok && i < DONE_INDEXES; i++) {
        struct postings *const all[] = {&e->course_rows, &e->course_dones, &e->month_dones, &e->month_rows};
        const uint32_t values[] = {(uint32_t)e->courses.n, (uint32_t)e->courses.n, month_count, course_months};
        bool rows = i == COURSE_ROWS || i == MONTH_ROWS;
        fill_pairs(e, (enum done_index)i, month_of_day, pairs);
        ok = postings_build(all[i], values[i], (uint32_t)(rows ? e->people.n : e->dones.n), pairs, e->dones.n);
    }
    free(month_of_day);
    free(pairs);
    return ok;
}

// --- texts -------------------------------------------------------------------

// Days and instants as answers show them: written once here instead of at every answer.
static bool write_times(struct edition *e)
{
    uint32_t days = 0;
    for (size_t i = 0; i < e->dones.n; i++) {
        days = e->dones.p[i].day >= days ? e->dones.p[i].day + 1U : days;
    }
    e->day_texts = malloc(((size_t)days + 1) * sizeof *e->day_texts);
    e->instant_texts = malloc(e->instants.list.n * sizeof *e->instant_texts);
    if (e->day_texts == NULL || e->instant_texts == NULL) {
        return false;
    }
    for (uint32_t day = 0; day < days; day++) {
        day_write((day_t)day + COMPLETION_DAY_FIRST, e->day_texts[day]);
    }
    for (size_t i = 1; i < e->instants.list.n; i++) {
        instant_write(e->instants.list.p[i], e->instant_texts[i]);
    }
    return true;
}

bool place_forms_build(struct edition *e)
{
    enum { MEMORY = 1 << 16 };
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        const struct place_name *name = &place_names[i];
        struct place_forms *place = &e->places[i];
        const char *const texts[] = {name->kanji, name->stem, name->kana, name->kana_stem, name->english};
        struct forms *const forms[] = {&place->kanji, &place->stem, &place->kana, &place->kana_stem, &place->english};
        place->code = name->code;
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++) {
            buf_init(&place->memory[j], MEMORY);
            enum text_kind kind = j == 2 || j == 3 ? TEXT_KANA : TEXT_TERM;
            if (forms_make(str_of(texts[j]), kind, &place->memory[j], forms[j]) != ERR_OK) {
                return false;
            }
        }
    }
    return true;
}

bool index_build(struct edition *e)
{
    e->rooms = room_pool_new();
    return e->rooms != NULL && finish_categories(e) && twins_build(e) && finish_lexicons(e) && make_sets(e) &&
           index_dones(e) && write_times(e) && place_forms_build(e) && kana_order_build(e);
}
