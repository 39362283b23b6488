// Makes up the completions of one registrant: see sample_completions.h.
#include "register/sample_completions.h"

#include "register/sample_courses.h"
#include "register/terms.h"

enum {
    YEARS_IN_TERM = 3,
    DONE_PERMILLE = 970,        // a duty done, in the term that runs
    DONE_LAPSED_PERMILLE = 450, // and in the last term of someone who let it lapse
    DONE_CERTAINLY = 1000,      // in a term that was renewed
    // Older history is thin: of a term before the previous one, most records keep only the practical course.
    FULL_HISTORY_PERMILLE = 250,
    DESIGNATED_PERMILLE = 380,
    CYBERREX_PERMILLE = 30,
    CYBERSTIX_PERMILLE = 25,
    SETTLING_DAYS = 30,
};

struct term {
    day_t start;
    day_t deadline;
    uint32_t done_permille;
    bool keeps_online;
    bool is_first;
};

struct walk {
    struct dice dice;
    day_t end;            // nothing is completed after this day
    int last_online_year; // fiscal
    struct sample_history *history;
};

static day_t earlier(day_t a, day_t b)
{
    return a < b ? a : b;
}

static day_t end_of_registration(const struct registrant *row, day_t today)
{
    bool ended = row->status == STATUS_REVOKED || row->status == STATUS_STRUCK_OFF;
    return earlier(earlier(row->expires_on, today), ended ? row->status_on : today);
}

static bool has_course(const struct sample_history *history, size_t template, int year)
{
    for (size_t i = 0; i < history->n; i++) {
        if (history->items[i].template == template && history->items[i].year == year) {
            return true;
        }
    }
    return false;
}

static void add(struct sample_history *history, size_t template, day_t day)
{
    if (history->n == SAMPLE_COMPLETIONS_MAX) {
        return;
    }
    size_t at = history->n++;
    while (at > 0 && history->items[at - 1].completed_on > day) {
        history->items[at] = history->items[at - 1];
        at--;
    }
    history->items[at] = (struct sample_completion){template, fiscal_year(day), day};
}

static day_t first_day_of_fiscal(int year)
{
    return day_from_ymd((struct ymd){year, 4, 1});
}

// Nobody takes one fiscal year's course twice, so the draw begins after the fiscal year of the last one.
static void take_online(struct walk *walk, const struct term *term, int year_in_term)
{
    day_t from = day_add_months(term->start, 12 * year_in_term);
    day_t to = earlier(day_add_months(from, 12) - 1, term->deadline);
    day_t next_course = first_day_of_fiscal(walk->last_online_year + 1);
    from = from > next_course ? from : next_course;
    if (from > to) {
        return;
    }
    day_t day = dice_between(&walk->dice, from, to);
    bool done = dice_chance(&walk->dice, term->done_permille);
    if (!done || day > walk->end) {
        return;
    }
    walk->last_online_year = fiscal_year(day);
    if (term->keeps_online) {
        add(walk->history, sample_courses_fixed(KIND_ONLINE), day);
    }
}

static size_t draw_practical(struct walk *walk, const struct term *term, int year)
{
    uint32_t roll = dice_below(&walk->dice, 1000);
    if (roll < DESIGNATED_PERMILLE) {
        return sample_courses_draw_designated(&walk->dice, year);
    }
    if (roll < DESIGNATED_PERMILLE + CYBERREX_PERMILLE) {
        return sample_courses_fixed(KIND_CYBERREX);
    }
    if (roll < DESIGNATED_PERMILLE + CYBERREX_PERMILLE + CYBERSTIX_PERMILLE) {
        return sample_courses_fixed(KIND_CYBERSTIX);
    }
    return sample_courses_fixed(term->is_first ? KIND_PRACTICAL_A : KIND_PRACTICAL_B);
}

static void take_practical(struct walk *walk, const struct term *term)
{
    day_t day = dice_between(&walk->dice, term->start + SETTLING_DAYS, term->deadline);
    bool done = dice_chance(&walk->dice, term->done_permille);
    if (!done || day > walk->end) {
        return;
    }
    int year = fiscal_year(day);
    size_t template = draw_practical(walk, term, year);
    while (has_course(walk->history, template, year)) {
        template = draw_practical(walk, term, year);
    }
    add(walk->history, template, day);
}

static struct term term_of(const struct registrant *row, uint32_t index, day_t today, bool full_history)
{
    bool renewed = index < row->renewal_count;
    bool lapsed = !renewed && row->expires_on < today;
    uint32_t unrenewed_permille = lapsed ? DONE_LAPSED_PERMILLE : DONE_PERMILLE;
    return (struct term){
        .start = index == 0 ? row->registered_on : term_limit(row->registered_on, index - 1) + 1,
        .deadline = term_deadline(term_limit(row->registered_on, index)),
        .done_permille = renewed ? DONE_CERTAINLY : unrenewed_permille,
        .keeps_online = full_history || index + 1 >= row->renewal_count,
        .is_first = index == 0,
    };
}

void sample_completions_make(const struct sample_plan *plan, const struct registrant *row,
                             struct sample_history *history)
{
    struct walk walk = {
        .dice = dice_of(plan->seed, row->number, DICE_COURSES),
        .end = end_of_registration(row, plan->today),
        .last_online_year = 0,
        .history = history,
    };
    bool full_history = dice_chance(&walk.dice, FULL_HISTORY_PERMILLE);
    history->n = 0;
    for (uint32_t index = 0; index <= row->renewal_count; index++) {
        struct term term = term_of(row, index, plan->today, full_history);
        for (int year = 0; year < YEARS_IN_TERM; year++) {
            take_online(&walk, &term, year);
        }
        take_practical(&walk, &term);
    }
}
