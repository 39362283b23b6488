// Facets by hand, and against plain counting in a register large enough for results of every size: what most people
// have is counted by those who are left out.
#include "edition/query.h"

#include <stdlib.h>

#include "tests/unit/edition/by_hand.h"
#include "tests/unit/edition/dice.h"

static struct facet_counts facets[FACET_COUNT];

static const struct facet_counts *ask_facet(const struct edition *edition, struct query query, enum facet facet)
{
    struct page page;
    query.facets = 1U << facet;
    memset(&facets[facet], 0xff, sizeof facets[facet]);
    assert_int_equal(query_people(edition, &query, &page, facets), ERR_OK);
    return &facets[facet];
}

// As "value count" or "text count", separated by commas.
static void expect_facet(const struct edition *edition, const struct query *query, enum facet facet,
                         const char *expected)
{
    char found[1000] = "";
    size_t n = 0;
    const struct facet_counts *counts = ask_facet(edition, *query, facet);
    for (size_t i = 0; i < counts->n; i++) {
        const struct facet_value *value = &counts->values[i];
        n += (size_t)snprintf(found + n, sizeof found - n, "%s", i == 0 ? "" : ", ");
        n += value->text.p == NULL
                 ? (size_t)snprintf(found + n, sizeof found - n, "%d", value->value)
                 : (size_t)snprintf(found + n, sizeof found - n, "%.*s", (int)value->text.n, value->text.p);
        n += (size_t)snprintf(found + n, sizeof found - n, " %u", (unsigned)value->count);
    }
    if (strcmp(found, expected) != 0 || counts->omitted != 0) {
        fail_msg("%s: %s; expected %s", facet_name(facet), found, expected);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const char *const names[] = {"home",      "employer_place",  "status",          "kind", "course", "skill",
                                        "specialty", "registered_year", "exam_passed_year"};
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        assert_string_equal(facet_name((enum facet)facet), names[facet]);
    }
}

// Everybody, those in force, some, one, nobody.
static void test_by_hand(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    struct query query = everyone();
    static const struct {
        enum facet facet;
        const char *all, *in_force, *named;
    } cases[] = {
        {FACET_HOME, "13 1, 14 1, 99 1", "13 1, 14 1, 99 1", "13 1, 14 1"},
        {FACET_EMPLOYER_PLACE, "14 1, 99 1", "14 1, 99 1", "14 1"},
        {FACET_STATUS, "0 3, 1 2, 2 2, 4 2, 3 1", "0 3, 1 2", "0 1, 1 1"},
        {FACET_KIND, "0 4, 5 2", "0 4, 5 2", "0 2, 5 2"},
        {FACET_COURSE, "1 2, 2 2, 3 2, 0 1", "1 2, 2 2, 3 2, 0 1", "2 2, 3 2, 1 1"},
        {FACET_REGISTERED_YEAR, "2024 9, 2023 1", "2024 4, 2023 1", "2024 2"},
        {FACET_SKILL, "", "", ""},
        {FACET_EXAM_PASSED_YEAR, "", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        query = everyone();
        expect_facet(edition, &query, cases[i].facet, cases[i].all);
        query.statuses = IN_FORCE;
        expect_facet(edition, &query, cases[i].facet, cases[i].in_force);
        query.statuses = ANY_STATUS;
        query.name = STR("見本");
        expect_facet(edition, &query, cases[i].facet, cases[i].named);
        query.name = STR("龍");
        expect_facet(edition, &query, cases[i].facet, "");
    }
    query = everyone();
    query.statuses = 1U << STATUS_REVOKED;
    expect_facet(edition, &query, FACET_HOME, "");
    expect_facet(edition, &query, FACET_STATUS, "3 1");
    expect_facet(edition, &query, FACET_REGISTERED_YEAR, "2024 1");
}

// Neither the page's limit nor its position says anything to a facet; several are counted at once, others left alone.
static void test_of_the_whole_result(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = edition_by_hand();
    struct query query = everyone();
    struct page page;
    query.limit = 1;
    query.after = (struct position){.given = true, .number = 90};
    expect_facet(edition, &query, FACET_STATUS, "0 3, 1 2, 2 2, 4 2, 3 1");
    query.facets = 1U << FACET_HOME | 1U << FACET_KIND;
    memset(facets, 0, sizeof facets);
    facets[FACET_STATUS].omitted = 77;
    assert_int_equal(query_people(edition, &query, &page, facets), ERR_OK);
    assert_int_equal(facets[FACET_HOME].n, 3);
    assert_int_equal(facets[FACET_KIND].n, 2);
    assert_int_equal(facets[FACET_STATUS].omitted, 77);
    assert_int_equal(page.count, 1);
}

static struct registrant with_skills(number_t number, const struct str *skills, size_t n)
{
    struct registrant r = plain_person(number);
    r.skills = (struct text_list){skills, n};
    return r;
}

// Spellings that are one count once for each person, under the spelling that most people have.
static void test_spellings(void **state)
{
    (void)state;
    static const struct str first[] = {{"Web", 3}, {"監査", 6}, {"ＷＥＢ", 9}};
    static const struct str second[] = {{"web", 3}, {"web", 3}};
    static const struct str third[] = {{"web", 3}, {"ﾈｯﾄ", 9}, {"ねっと", 9}};
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    for (number_t number = 1; number <= 3; number++) {
        struct registrant r = number == 1   ? with_skills(1, first, 3)
                              : number == 2 ? with_skills(2, second, 2)
                                            : with_skills(3, third, 3);
        r.specialties = (struct text_list){first + 1, number == 1 ? 1 : 0};
        add_person(builder, &r, NULL);
    }
    struct registrant ended = with_skills(4, first, 3);
    ended.status = STATUS_REVOKED;
    add_person(builder, &ended, NULL);
    EDITION_AUTO struct edition *edition = finish(&builder);
    struct query query = everyone();
    expect_facet(edition, &query, FACET_SKILL, "web 3, 監査 1, ﾈｯﾄ 1");
    expect_facet(edition, &query, FACET_SPECIALTY, "監査 1");
    query.numbers[query.number_count++] = 1;
    expect_facet(edition, &query, FACET_SKILL, "web 1, 監査 1"); // the spelling is of the register, not of the result
    query.numbers[0] = 4;
    expect_facet(edition, &query, FACET_SKILL, "");
}

// More values than an answer holds: the most frequent, then the first ones; the others are told.
static void test_too_many_values(void **state)
{
    (void)state;
    enum { SKILLS = FACET_VALUES_MOST + 6 };
    static char texts[SKILLS][8];
    static struct str skills[SKILLS];
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    for (number_t i = 0; i < SKILLS; i++) {
        skills[i] = (struct str){texts[i], (size_t)snprintf(texts[i], sizeof texts[i], "s%03u", i)};
        struct registrant r = with_skills(i + 1, skills + i, 1);
        add_person(builder, &r, NULL);
    }
    struct registrant r = with_skills(SKILLS + 1, skills + SKILLS - 1, 1);
    add_person(builder, &r, NULL);
    EDITION_AUTO struct edition *edition = finish(&builder);
    const struct facet_counts *counts = ask_facet(edition, everyone(), FACET_SKILL);
    assert_int_equal(counts->n, FACET_VALUES_MOST);
    assert_int_equal(counts->omitted, SKILLS - FACET_VALUES_MOST);
    assert_true(str_equal(counts->values[0].text, STR("s305")));
    assert_int_equal(counts->values[0].count, 2);
    for (size_t i = 1; i < counts->n; i++) {
        assert_true(str_equal(counts->values[i].text, skills[i - 1]));
        assert_int_equal(counts->values[i].count, 1);
    }
}

// --- against plain counting --------------------------------------------------

enum { PEOPLE = 900, COURSES = 40, TERMS = 6, VALUES_MOST = 2200 };

static char codes[COURSES][4]; // c00, c01, ...
static const struct str terms[TERMS] = {{"t0", 2}, {"t1", 2}, {"t2", 2}, {"t3", 2}, {"t4", 2}, {"t5", 2}};

static struct person_drawn {
    struct registrant r;
    bool in_force;
    uint64_t courses; // bit set
    struct str skills[TERMS], specialties[TERMS];
} people[PEOPLE];

static size_t draw_list(struct str list[TERMS])
{
    size_t n = draw(TERMS);
    for (size_t i = 0; i < n; i++) {
        list[i] = terms[draw(2) == 0 ? 0 : draw(TERMS)]; // some twice
    }
    return n;
}

static void draw_person(struct person_drawn *person, number_t number)
{
    struct registrant *r = &person->r;
    *r = plain_person(number);
    r->status = draw(6) == 0 ? STATUS_REVOKED : draw(5) == 0 ? STATUS_NAME_USE_SUSPENDED : STATUS_REGISTERED;
    person->in_force = r->status != STATUS_REVOKED;
    r->home = (int)(draw(3) == 0 ? 0 : 1 + draw(47));
    r->employer_place = draw(3) == 0 ? PLACE_OVERSEAS : 13;
    r->registered_on = day("2017-04-01") + (day_t)draw(3000);
    r->exam_passed = draw(4) == 0 ? MONTH_NONE : (month_t)(2009 * 12 + (int)draw(150));
    r->renewal_count = draw(100); // for results of any size
    r->skills = (struct text_list){person->skills, draw_list(person->skills)};
    r->specialties = (struct text_list){person->specialties, draw_list(person->specialties)};
    person->courses = 0;
    for (uint32_t i = draw(5); i > 0; i--) {
        person->courses |= UINT64_C(1) << (draw(3) == 0 ? 0 : draw(COURSES)); // one that many did
    }
}

static enum course_kind kind_of(size_t course)
{
    return (enum course_kind)(course % (KIND_COUNT - 1)); // one that nobody did
}

static struct edition *draw_people(void)
{
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    for (size_t i = 0; i < COURSES; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "c%02zu", i % 100);
        add_course(builder, codes[i], kind_of(i), "ipa", true);
    }
    for (number_t i = 0; i < PEOPLE; i++) {
        draw_person(&people[i], i + 1);
        add_person(builder, &people[i].r, NULL);
    }
    for (number_t i = 0; i < PEOPLE; i++) {
        for (int again = 0; again < 2; again++) { // every course twice
            for (size_t k = 0; k < COURSES; k++) {
                if ((people[i].courses >> k & 1) != 0) {
                    add_done(builder, i + 1, codes[k], again == 0 ? "2025-07-01" : "2024-07-01");
                }
            }
        }
    }
    return finish(&builder);
}

static uint64_t kinds_of(uint64_t courses)
{
    uint64_t set = 0;
    for (size_t i = 0; i < COURSES; i++) {
        set |= (courses >> i & 1) << kind_of(i);
    }
    return set;
}

static void count_list(const struct text_list *list, uint64_t counts[VALUES_MOST])
{
    bool seen[TERMS] = {false};
    for (size_t i = 0; i < list->n; i++) {
        size_t term = (size_t)(list->items[i].p[1] - '0');
        counts[term] += seen[term] ? 0 : 1;
        seen[term] = true;
    }
}

static void count_set(uint64_t set, uint64_t counts[VALUES_MOST])
{
    for (size_t i = 0; i < 64; i++) {
        counts[i] += set >> i & 1;
    }
}

static void count_person(const struct person_drawn *person, enum facet facet, uint64_t counts[VALUES_MOST])
{
    const struct registrant *r = &person->r;
    if (facet == FACET_STATUS) {
        counts[r->status]++;
    } else if (facet == FACET_REGISTERED_YEAR) {
        counts[day_to_ymd(r->registered_on).year]++;
    } else if (!person->in_force) {
        return;
    } else if (facet == FACET_HOME || facet == FACET_EMPLOYER_PLACE) {
        int place = facet == FACET_HOME ? r->home : r->employer_place;
        counts[place] += place == PLACE_NONE ? 0 : 1;
    } else if (facet == FACET_KIND || facet == FACET_COURSE) {
        count_set(facet == FACET_COURSE ? person->courses : kinds_of(person->courses), counts);
    } else if (facet == FACET_EXAM_PASSED_YEAR) {
        counts[r->exam_passed == MONTH_NONE ? 0 : r->exam_passed / 12] += r->exam_passed == MONTH_NONE ? 0 : 1;
    } else {
        count_list(facet == FACET_SKILL ? &r->skills : &r->specialties, counts);
    }
}

static bool is_found(const struct query *query, const struct person_drawn *person)
{
    const struct int_range *range = &query->renewals;
    bool open = range->from == INT32_MIN && range->to == INT32_MIN;
    int32_t count = (int32_t)person->r.renewal_count;
    bool named = query->number_count == 0;
    for (size_t i = 0; i < query->number_count; i++) {
        named = named || query->numbers[i] == person->r.number;
    }
    return named && (query->statuses >> person->r.status & 1) != 0 &&
           (open || (person->in_force && count >= range->from && count <= range->to));
}

static void expect_counts(const struct facet_counts *facet, const uint64_t counts[VALUES_MOST])
{
    size_t n = 0;
    for (size_t value = 0; value < VALUES_MOST; value++) {
        n += counts[value] > 0 ? 1 : 0;
    }
    assert_int_equal(facet->n, n);
    assert_int_equal(facet->omitted, 0);
    int32_t before = -1;
    for (size_t i = 0; i < n; i++) {
        const struct facet_value *value = &facet->values[i];
        int32_t own = value->text.p == NULL ? value->value : value->text.p[1] - '0';
        assert_int_equal(value->count, counts[own]);
        assert_true(i == 0 || value->count < facet->values[i - 1].count ||
                    (value->count == facet->values[i - 1].count && own > before));
        before = own;
    }
}

static void check(const struct edition *edition, const struct query *query)
{
    struct query all = *query;
    struct page page;
    all.facets = (1U << FACET_COUNT) - 1;
    assert_int_equal(query_people(edition, &all, &page, facets), ERR_OK);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        uint64_t counts[VALUES_MOST] = {0};
        for (size_t i = 0; i < PEOPLE; i++) {
            if (is_found(query, &people[i])) {
                count_person(&people[i], (enum facet)facet, counts);
            }
        }
        expect_counts(&facets[facet], counts);
    }
}

static void test_plain_counting(void **state)
{
    (void)state;
    EDITION_AUTO struct edition *edition = draw_people();
    static const unsigned statuses[] = {ANY_STATUS, IN_FORCE, 1U << STATUS_REGISTERED, 1U << STATUS_REVOKED,
                                        1U << STATUS_REVOKED | 1U << STATUS_REGISTERED};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct query query = everyone();
        query.statuses = statuses[i];
        check(edition, &query);
        for (int32_t most = -1; most < 100; most += 4) {
            query.renewals = (struct int_range){INT32_MIN, most};
            check(edition, &query);
        }
        for (size_t n = 1; n <= QUERY_NUMBERS_MOST; n += n / 2 + 1) { // few people, as a list
            query = everyone();
            query.statuses = statuses[i];
            for (query.number_count = 0; query.number_count < n; query.number_count++) {
                query.numbers[query.number_count] = 1 + draw(PEOPLE);
            }
            check(edition, &query);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_of_the_whole_result),
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_too_many_values),
        cmocka_unit_test(test_plain_counting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
