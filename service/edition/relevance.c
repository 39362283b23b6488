// The order of relevance: by rank, which for several conditions is that of the worst. People are taken rank by rank,
// the best first, only until the page is full.
#include "edition/search.h"

// The ranks one after the other: for each condition, how far its levels have been united.
struct climb {
    const struct search *s;
    size_t next[CONDITIONS_MOST];        // the first level not yet in
    struct ids reached[CONDITIONS_MOST]; // the union of the levels before it
};

// The next rank at which some condition has a level; false: none is left.
static bool next_rank(const struct climb *climb, uint8_t *rank)
{
    bool any = false;
    for (size_t i = 0; i < climb->s->condition_count; i++) {
        const struct condition *c = &climb->s->conditions[i];
        if (climb->next[i] < c->n) {
            uint8_t own = key_rank(c->levels[climb->next[i]].key);
            *rank = any && *rank < own ? *rank : own;
            any = true;
        }
    }
    return any;
}

static void reach(struct climb *climb, uint8_t rank)
{
    const struct search *s = climb->s;
    for (size_t i = 0; i < s->condition_count; i++) {
        const struct condition *c = &s->conditions[i];
        while (climb->next[i] < c->n && key_rank(c->levels[climb->next[i]].key) <= rank) {
            struct ids sets[2] = {climb->reached[i], c->levels[climb->next[i]++].rows};
            climb->reached[i] = ids_or(s->room, s->universe, sets, 2);
        }
    }
}

// Those of the result whose rank is not worse than what was reached.
static struct ids reached(const struct climb *climb)
{
    const struct search *s = climb->s;
    // With one condition and no filter besides, all that matches is in the result.
    bool alone = s->condition_count == 1 && s->set_count == 1;
    struct ids people = alone ? climb->reached[0] : s->result;
    for (size_t i = 0; !alone && i < s->condition_count; i++) {
        people = ids_and(s->room, s->universe, people, climb->reached[i]);
    }
    return people;
}

// Adds the people of one rank who are not in `before`. False: the page is full, and something follows.
static bool take(const struct search *s, struct ids people, struct ids before, uint32_t from, uint8_t rank,
                 struct page *page)
{
    uint32_t row = ids_next(people, s->universe, from);
    for (; row != UINT32_MAX; row = ids_next(people, s->universe, row + 1)) {
        if (before.n > 0 && ids_has(before, row)) {
            continue;
        }
        if (page->count == s->query->limit) {
            page->more = true;
            return false;
        }
        page->ranks[page->count] = rank;
        page->ids[page->count++] = row;
    }
    return true;
}

void page_by_rank(const struct search *s, struct page *page)
{
    struct climb climb = {.s = s};
    struct ids before = IDS_NONE;
    const struct position *after = &s->query->after;
    uint8_t rank = 0;
    while (before.n < s->result.n && next_rank(&climb, &rank)) {
        reach(&climb, rank);
        struct ids people = reached(&climb);
        bool resumed = after->given && rank == after->value;
        uint32_t from = resumed ? edition_lower_bound(s->edition, after->number + 1) : 0;
        if (!(after->given && rank < after->value) && !take(s, people, before, from, rank, page)) {
            return;
        }
        before = people;
    }
}

// The first level of a condition that holds a row: the best match.
static uint16_t key_of_row(const struct condition *condition, uint32_t row)
{
    for (size_t i = 0; i < condition->n; i++) {
        if (ids_has(condition->levels[i].rows, row)) {
            return condition->levels[i].key;
        }
    }
    return KEYS - 1; // not reached: the row is in the condition's union
}

void page_explain(const struct search *s, struct page *page)
{
    for (uint32_t i = 0; i < page->count; i++) {
        uint16_t worst = 0;
        for (size_t j = 0; j < s->condition_count; j++) {
            uint16_t key = key_of_row(&s->conditions[j], page->ids[i]);
            worst = j == 0 || key_rank(key) > key_rank(worst) ? key : worst;
        }
        page->ranks[i] = key_rank(worst);
        page->matches[i] = key_match(worst);
    }
}
