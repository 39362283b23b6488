// The slow, obvious implementation of the search for people: the rules in edition/query.h word by word, over plain
// arrays. No index and no cleverness: every condition is asked of every person. A test holds the edition to it.
#ifndef MEIBO_TESTS_OBVIOUS_H
#define MEIBO_TESTS_OBVIOUS_H

#include "tests/unit/edition/obvious_match.h"

enum { PEOPLE_MOST = 200, DONES_MOST = 6, COURSES_MOST = 8, FOUND_WORDS_MOST = QUERY_WORDS_MOST + 3 };

// One person as the test knows them, and what follows from that on the day.
struct known {
    struct registrant r;
    day_t taken_out_on;
    struct completion dones[DONES_MOST]; // newest first, then course
    size_t done_count;
    enum status status;
    bool in_force;
    struct shown shown;
};

struct place_forms {
    struct forms kanji, kanji_stem, kana, kana_stem, english;
};

struct known_register {
    day_t day;
    struct known people[PEOPLE_MOST]; // by number
    size_t n;
    struct course courses[COURSES_MOST];
    uint16_t course_index[COURSES_MOST]; // what edition_find_course says
    size_t course_count;
    struct place_forms places[PLACE_OVERSEAS + 1]; // by code
};

// --- what follows from the day ---

static inline enum status state_on(const struct registrant *r, day_t day)
{
    if (r->status == STATUS_REVOKED || r->status == STATUS_STRUCK_OFF) {
        return r->status;
    }
    if (day > r->expires_on) {
        return STATUS_LAPSED;
    }
    bool over = r->suspended_until != DAY_NONE && day > r->suspended_until;
    return r->status == STATUS_NAME_USE_SUSPENDED && !over ? STATUS_NAME_USE_SUSPENDED : STATUS_REGISTERED;
}

static inline bool is_in_force(enum status status)
{
    return status == STATUS_REGISTERED || status == STATUS_NAME_USE_SUSPENDED;
}

static inline void settle_person(struct known *person, day_t day, struct buf *room)
{
    bool out = person->taken_out_on != DAY_NONE;
    person->status = state_on(&person->r, out ? person->taken_out_on : day);
    if (out && is_in_force(person->status)) {
        person->status = STATUS_STRUCK_OFF;
    }
    person->in_force = is_in_force(person->status);
    if (person->in_force) {
        person->shown = shown_of(&person->r, room);
    }
}

static inline void settle_places(struct known_register *known, struct buf *room)
{
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        const struct place_name *name = &place_names[i];
        known->places[name->code] = (struct place_forms){
            .kanji = forms_of(str_of(name->kanji), room),
            .kanji_stem = forms_of(str_of(name->stem), room),
            .kana = part_forms(str_of(name->kana), true, room),
            .kana_stem = part_forms(str_of(name->kana_stem), true, room),
            .english = forms_of(str_of(name->english), room),
        };
    }
}

// --- places ---

static inline void consider_place_form(struct answer *best, const struct asked *asked, enum match_field field,
                                       enum form form, const struct forms *whole, const struct forms *stem)
{
    for (size_t i = 0; i < asked->whole.n[form]; i++) {
        struct str word = asked->whole.of[form][i];
        if (begins(whole->of[form], word)) {
            bool is_all = str_equal(word, whole->of[form]) || str_equal(word, stem->of[form]);
            consider(best, asked, field, tier_of_form[form], is_all ? EXTENT_WHOLE : EXTENT_BEGINS);
        }
    }
}

static inline void consider_place(struct answer *best, const struct asked *asked, enum match_field field,
                                  const struct known_register *known, int code)
{
    const struct place_forms *place = &known->places[code];
    if (code == PLACE_NONE) {
        return;
    }
    for (int form = FORM_EXACT; form <= FORM_CONFUSED; form++) {
        consider_place_form(best, asked, field, (enum form)form, &place->kanji, &place->kanji_stem);
    }
    consider_place_form(best, asked, field, FORM_SOUND, &place->kana, &place->kana_stem);
    consider_place_form(best, asked, field, FORM_EXACT, &place->english, &place->english);
    consider_romaji(best, asked, field, &asked->whole, place->kana.of[FORM_ROMAJI]);
    consider_romaji(best, asked, field, &asked->whole, place->kana_stem.of[FORM_ROMAJI]);
}

// --- conditions on text ---

struct conditions {
    struct asked words[QUERY_WORDS_MOST];
    size_t word_count;
    struct asked name, kana, employer;
    bool any;
};

static inline struct asked ask_field(struct str text, enum extent widest, struct buf *room)
{
    return text.p == NULL ? (struct asked){0} : ask(text, widest, room);
}

static inline struct conditions conditions_of(const struct query *query, struct buf *room)
{
    struct conditions c = {.word_count = query->word_count};
    for (size_t i = 0; i < query->word_count; i++) {
        c.words[i] = ask(query->words[i], EXTENT_HOLDS, room);
        for (size_t first = 0; first < i; first++) {
            ask_ways_behind(&c.words[i], query->words, first, i, room);
        }
    }
    c.name = ask_field(query->name, query->widest, room);
    c.kana = ask_field(query->kana, query->widest, room);
    c.employer = ask_field(query->employer, query->widest, room);
    c.any = query->word_count > 0 || query->name.p != NULL || query->kana.p != NULL || query->employer.p != NULL;
    return c;
}

static inline void conditions_free(struct conditions *c)
{
    for (size_t i = 0; i < c->word_count; i++) {
        ask_free(&c->words[i]);
    }
    ask_free(&c->name);
    ask_free(&c->kana);
    ask_free(&c->employer);
}

static inline struct answer answer_word(const struct known_register *known, const struct known *person,
                                        const struct asked *word)
{
    struct answer best = {RANK_NONE, MATCH_NUMBER};
    const struct shown *shown = &person->shown;
    if (word->is_too_long) {
        return best;
    }
    if (word->number == person->r.number) {
        consider(&best, word, MATCH_NUMBER, TIER_EXACT, EXTENT_WHOLE);
    }
    if (!person->in_force) {
        return best;
    }
    consider_parted(&best, word, MATCH_NAME, &shown->name);
    consider_parted(&best, word, MATCH_KANA, &shown->kana);
    consider_parted(&best, word, MATCH_OTHER_NAME, &shown->other_name);
    consider_employer(&best, word, shown);
    consider_place(&best, word, MATCH_HOME, known, shown->home);
    consider_place(&best, word, MATCH_EMPLOYER_PLACE, known, shown->employer_place);
    consider_entries(&best, word, MATCH_SPECIALTY, &shown->specialties);
    consider_entries(&best, word, MATCH_SKILL, &shown->skills);
    consider_entries(&best, word, MATCH_QUALIFICATION, &shown->qualifications);
    return best;
}

static inline struct answer answer_field(const struct known *person, const struct asked *asked, enum match_field field)
{
    struct answer best = {RANK_NONE, field};
    if (asked->is_too_long || !person->in_force) {
        return best;
    }
    if (field == MATCH_NAME) {
        consider_parted(&best, asked, field, &person->shown.name);
    } else if (field == MATCH_KANA) {
        consider_parted(&best, asked, field, &person->shown.kana);
    } else {
        consider_employer(&best, asked, &person->shown);
    }
    return best;
}

static inline void keep_worst(struct answer *worst, bool *first, struct answer answer)
{
    if (*first || answer.rank > worst->rank) {
        *worst = answer;
    }
    *first = false;
}

// The worst of all conditions, the first of equal ones. Without a condition: rank 0.
static inline struct answer answer_conditions(const struct known_register *known, const struct known *person,
                                              const struct conditions *c)
{
    struct answer worst = {0, MATCH_NUMBER};
    bool first = true;
    for (size_t i = 0; i < c->word_count; i++) {
        keep_worst(&worst, &first, answer_word(known, person, &c->words[i]));
        if (worst.rank == RANK_NONE) {
            return worst;
        }
    }
    if (c->name.text.p != NULL) {
        keep_worst(&worst, &first, answer_field(person, &c->name, MATCH_NAME));
    }
    if (c->kana.text.p != NULL) {
        keep_worst(&worst, &first, answer_field(person, &c->kana, MATCH_KANA));
    }
    if (c->employer.text.p != NULL) {
        keep_worst(&worst, &first, answer_field(person, &c->employer, MATCH_EMPLOYER));
    }
    return worst;
}

#endif
