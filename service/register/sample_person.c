// Makes up one registrant: see sample_person.h.
#include "register/sample_person.h"

#include "register/terms.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    WOMAN_PERMILLE = 80,
    WITHOUT_EXAM_PERMILLE = 10,
    EMPLOYED_PERMILLE = 930,
    AGE_LOWEST = 20, // at registration
    AGE_BRACKET_YEARS = 5,
    AGE_EXAM_MONTHS = 17 * 12,
    RECENT_EXAM_PERMILLE = 250, // among the first cohorts, who could still use exams of many years
    LATER_EXAM_PERMILLE = 350,  // waited half a year more, again and again
};

enum { TOKYO = 13, OSAKA = 27 };

static const uint32_t age_weights[] = {4, 14, 18, 19, 18, 14, 9, 3, 1};

// By JIS X 0401 code 1..47, then overseas: of a thousand registrants.
static const uint32_t home_weights[] = {
    24, 4,  5,  13, 3, 4, 7, 18, 9,  9,  85, 78, 262, 158, 8, 5,  8, 4, 4, 10, 9, 17, 56, 7,
    7,  20, 80, 37, 9, 4, 2, 3,  10, 16, 6,  3,  5,   5,   3, 33, 3, 4, 6, 4,  3, 5,  8,  8,
};

// People who live here and cross to work, of a thousand, and where to.
static const struct {
    int home;
    int office;
    uint32_t permille;
} commutes[] = {
    {8, TOKYO, 250},  {11, TOKYO, 680}, {12, TOKYO, 650}, {14, TOKYO, 600}, {21, 23, 400},    {24, 23, 300},
    {25, OSAKA, 200}, {26, OSAKA, 350}, {28, OSAKA, 480}, {29, OSAKA, 600}, {30, OSAKA, 250},
};

static const struct {
    int place;
    uint32_t weight;
} distant_offices[] = {{TOKYO, 70}, {OSAKA, 12}, {23, 6}, {14, 5}, {40, 4}, {PLACE_OVERSEAS, 3}};

enum {
    DISTANT_OFFICE_PERMILLE = 90,
    BRANCH_PERMILLE = 40, // work where their employer is not at home
};

// Of a thousand who have something to show, so many let it be shown. The reading and the second name follow the name.
static const uint32_t consent_permille[OPTIONAL_COUNT] = {
    [OPTIONAL_NAME] = 667,
    [OPTIONAL_KANA] = 880,
    [OPTIONAL_OTHER_NAME] = 750,
    [OPTIONAL_BIRTH_MONTH] = 200,
    [OPTIONAL_EXAM_CERTIFICATE] = 230,
    [OPTIONAL_HOME] = 600,
    [OPTIONAL_EMPLOYER] = 430,
    [OPTIONAL_EMPLOYER_PLACE] = 450,
};

// Which of every thousand numbers end or are suspended; the rest are decided by whether they renew.
enum {
    SLOT_REVOKED = 0,
    SLOT_SUSPENDED_BEFORE = 1, // and may use the name again
    SLOT_SUSPENDED_LAST = 3,
    SLOT_STRUCK_OFF_LAST = 23,
    SETTLED_DAYS = 90, // nothing happens to anyone earlier than this
    SUSPENSION_DAYS = 600,
    FIRST_LAPSE_PERMILLE = 75, // of those whose first limit passes
    LATER_LAPSE_PERMILLE = 45,
};

void sample_world_init(struct sample_world *world, struct sample_plan plan)
{
    *world = (struct sample_world){.plan = plan};
    sample_names_init(&world->names);
    for (size_t i = 0; i < sizeof home_weights / sizeof home_weights[0]; i++) {
        wheel_add(&world->homes, home_weights[i]);
    }
    for (size_t i = 0; i < sizeof distant_offices / sizeof distant_offices[0]; i++) {
        wheel_add(&world->distant_offices, distant_offices[i].weight);
    }
    for (size_t i = 0; i < sizeof age_weights / sizeof age_weights[0]; i++) {
        wheel_add(&world->ages, age_weights[i]);
    }
}

static uint32_t limits_before(day_t registered_on, day_t day)
{
    uint32_t count = 0;
    while (term_limit(registered_on, count) < day) {
        count++;
    }
    return count;
}

static uint32_t renewals_until_lapse(struct dice *dice, uint32_t limits_passed)
{
    uint32_t renewals = 0;
    while (renewals < limits_passed &&
           !dice_chance(dice, renewals == 0 ? FIRST_LAPSE_PERMILLE : LATER_LAPSE_PERMILLE)) {
        renewals++;
    }
    return renewals;
}

static void suspend(struct dice *dice, day_t today, bool over, struct registrant *row)
{
    day_t settled = row->registered_on + SETTLED_DAYS;
    day_t earliest = settled > today - SUSPENSION_DAYS ? settled : today - SUSPENSION_DAYS;
    row->status = STATUS_NAME_USE_SUSPENDED;
    row->status_on = dice_between(dice, earliest, today - 1);
    row->suspended_until =
        over ? dice_between(dice, row->status_on, today - 1) : today + dice_between(dice, 1, SUSPENSION_DAYS);
}

// Leaves the number of renewals in the row.
static void make_state(const struct sample_plan *plan, struct registrant *row)
{
    struct dice dice = dice_of(plan->seed, row->number, DICE_STATE);
    uint32_t slot = (uint32_t)((row->number * UINT64_C(611) + plan->seed % 1000) % 1000);
    bool eventful = slot <= SLOT_STRUCK_OFF_LAST && row->registered_on + SETTLED_DAYS < plan->today;
    row->status_on = row->registered_on;
    if (!eventful) {
        row->renewal_count = renewals_until_lapse(&dice, limits_before(row->registered_on, plan->today));
        return;
    }
    if (slot != SLOT_REVOKED && slot <= SLOT_SUSPENDED_LAST) {
        suspend(&dice, plan->today, slot == SLOT_SUSPENDED_BEFORE, row);
        row->renewal_count = limits_before(row->registered_on, plan->today);
        return;
    }
    row->status = slot == SLOT_REVOKED ? STATUS_REVOKED : STATUS_STRUCK_OFF;
    row->status_on = dice_between(&dice, row->registered_on + SETTLED_DAYS, plan->today);
    row->renewal_count = limits_before(row->registered_on, row->status_on);
}

static void make_terms(struct registrant *row)
{
    row->expires_on = term_limit(row->registered_on, row->renewal_count);
    row->renewed_on = row->renewal_count == 0 ? DAY_NONE : term_limit(row->registered_on, row->renewal_count - 1) + 1;
}

static month_t month_of(int year, int month)
{
    return year * 12 + month - 1;
}

// Exams are held in April and October; those who pass can register half a year later.
static month_t draw_exam(struct dice *dice, month_t registered)
{
    bool early = registered <= month_of(2018, 10);
    int most = (registered - month_of(early ? EXAMS_FIRST_YEAR : 2017, 4)) / 6;
    int half_years = 1;
    if (early) {
        half_years = dice_chance(dice, RECENT_EXAM_PERMILLE) ? 1 : dice_between(dice, 1, most);
    }
    while (!early && half_years < most && dice_chance(dice, LATER_EXAM_PERMILLE)) {
        half_years++;
    }
    month_t exam = registered - 6 * half_years;
    bool cancelled = exam == month_of(2020, 4);
    return cancelled ? exam - 6 : exam;
}

static void make_certificate(struct sample_world *world, struct sample_person *person)
{
    month_t exam = person->row.exam_passed;
    size_t index = (size_t)(exam - month_of(EXAMS_FIRST_YEAR, 4)) / 6;
    uint32_t serial = world->certificates[index]++;
    (void)snprintf(person->certificate, sizeof person->certificate, "SC-%04d-%02d-9%04" PRIu32, exam / 12,
                   exam % 12 + 1, serial * 3779 % 10000);
    person->row.exam_certificate = str_of(person->certificate);
}

static void make_life(struct sample_world *world, struct sample_person *person)
{
    struct registrant *row = &person->row;
    struct dice dice = dice_of(world->plan.seed, row->number, DICE_LIFE);
    month_t registered = day_month(row->registered_on);
    month_t exam = draw_exam(&dice, registered);
    int age = AGE_LOWEST + AGE_BRACKET_YEARS * (int)wheel_spin(&world->ages, &dice);
    month_t birth = registered - age * 12 - dice_between(&dice, 0, AGE_BRACKET_YEARS * 12 - 1);
    row->birth_month = birth < exam - AGE_EXAM_MONTHS ? birth : exam - AGE_EXAM_MONTHS;
    if (!dice_chance(&dice, WITHOUT_EXAM_PERMILLE)) {
        row->exam_passed = exam;
        make_certificate(world, person);
    }
}

static void make_name(const struct sample_world *world, struct sample_person *person)
{
    struct registrant *row = &person->row;
    struct dice dice = dice_of(world->plan.seed, row->number, DICE_NAME);
    bool woman = dice_chance(&dice, WOMAN_PERMILLE);
    sample_names_draw(&world->names, &dice, woman, row->birth_month / 12, &person->full_name);
    row->name = str_of(person->full_name.name);
    row->kana = str_of(person->full_name.kana);
    if (person->full_name.other_name[0] != '\0') {
        row->other_name = str_of(person->full_name.other_name);
    }
}

static int draw_office(const struct sample_world *world, struct dice *dice, int home)
{
    if (dice_chance(dice, DISTANT_OFFICE_PERMILLE)) {
        return distant_offices[wheel_spin(&world->distant_offices, dice)].place;
    }
    for (size_t i = 0; i < sizeof commutes / sizeof commutes[0]; i++) {
        if (commutes[i].home == home && dice_chance(dice, commutes[i].permille)) {
            return commutes[i].office;
        }
    }
    return home;
}

static void make_places(const struct sample_world *world, struct dice *dice, struct sample_person *person)
{
    struct registrant *row = &person->row;
    size_t home = wheel_spin(&world->homes, dice);
    row->home = home < 47 ? (int)home + 1 : PLACE_OVERSEAS;
    if (dice_chance(dice, EMPLOYED_PERMILLE)) {
        row->employer_place = draw_office(world, dice, row->home);
        bool is_branch = dice_chance(dice, BRANCH_PERMILLE);
        int seat = is_branch ? (int)wheel_spin(&world->homes, dice) + 1 : row->employer_place;
        sample_employers_draw(world->plan.seed, dice, seat, person->employer);
        row->employer = str_of(person->employer);
    }
}

static bool has_value(const struct registrant *row, enum optional_field field)
{
    switch (field) {
    case OPTIONAL_OTHER_NAME:
        return row->other_name.p != NULL;
    case OPTIONAL_EXAM_CERTIFICATE:
        return row->exam_certificate.p != NULL;
    case OPTIONAL_EMPLOYER:
    case OPTIONAL_EMPLOYER_PLACE:
        return row->employer.p != NULL;
    default:
        return true;
    }
}

static void make_consent(struct dice *dice, struct registrant *row)
{
    for (int field = 0; field < OPTIONAL_COUNT; field++) {
        bool consents = dice_chance(dice, consent_permille[field]);
        if (consents && has_value(row, (enum optional_field)field)) {
            row->public_fields |= 1U << field;
        }
    }
    if ((row->public_fields & (1U << OPTIONAL_NAME)) == 0) {
        row->public_fields &= ~((1U << OPTIONAL_KANA) | (1U << OPTIONAL_OTHER_NAME));
    }
}

void sample_person_make(struct sample_world *world, number_t number, day_t registered_on, struct sample_person *person)
{
    struct dice dice = dice_of(world->plan.seed, number, DICE_CONSENT);
    person->row = (struct registrant){
        .number = number,
        .status = STATUS_REGISTERED,
        .registered_on = registered_on,
        .exam_passed = MONTH_NONE,
        .suspended_until = DAY_NONE,
    };
    make_state(&world->plan, &person->row);
    make_terms(&person->row);
    make_life(world, person);
    make_name(world, person);
    make_places(world, &dice, person);
    make_consent(&dice, &person->row);
    sample_profile_make(world->plan.seed, &person->row, &person->profile);
}
