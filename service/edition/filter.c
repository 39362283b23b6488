// The conditions of a query that are not on text, as sets.
#include "edition/search.h"
#include "text/fold.h"

void search_add(struct search *s, struct ids set)
{
    s->sets[s->set_count++] = set;
}

static void filter_numbers(struct search *s)
{
    const struct query *q = s->query;
    uint32_t *list = room_take(s->room, 2 * QUERY_NUMBERS_MOST * sizeof *list);
    uint32_t n = 0;
    for (size_t i = 0; list != NULL && i < q->number_count; i++) {
        uint32_t row = edition_find(s->edition, q->numbers[i]);
        if (row != ROW_NONE) {
            list[n++] = row;
        }
    }
    if (list != NULL) {
        n = ids_sort(list, n, list + QUERY_NUMBERS_MOST);
        search_add(s, (struct ids){n, list, NULL});
    }
}

static void filter_places(struct search *s, const struct category *category, const uint64_t places[2])
{
    struct ids sets[PLACE_NAMES];
    size_t n = 0;
    if (places[0] == 0 && places[1] == 0) {
        return;
    }
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        int code = place_names[i].code;
        if ((places[code / 64] >> (code % 64) & 1) != 0) {
            sets[n++] = category_equal(category, code);
        }
    }
    search_add(s, ids_or(s->room, s->universe, sets, n));
    s->in_force = true;
}

// The entries that equal one of the texts in form unified.
static void filter_terms(struct search *s, enum slot slot, const struct term_condition *terms)
{
    const struct lexicon *lexicon = &s->edition->slots[slot];
    struct ids all = IDS_NONE;
    for (size_t i = 0; i < terms->n; i++) {
        BUF_AUTO struct buf folded;
        BUF_AUTO struct buf unified;
        buf_init(&folded, TEXT_LONGEST * 80);
        buf_init(&unified, TEXT_LONGEST * 80);
        if (fold_text(terms->texts[i], &folded) != ERR_OK) {
            continue; // longer than any text of the register
        }
        forms_add_unified(buf_str(&folded), &unified);
        struct ids sets[2] = {all, lexicon_equal(lexicon, buf_str(&unified), s->room)};
        all = ids_or(s->room, s->universe, sets, 2);
    }
    if (terms->n > 0) {
        search_add(s, all);
        s->in_force = true;
    }
}

static void filter_range(struct search *s, const struct category *category, int32_t from, int32_t to, bool in_force)
{
    if (from == INT32_MIN && to == INT32_MIN) {
        return;
    }
    search_add(s, category_between(category, s->room, from, to == INT32_MIN ? INT32_MAX : to));
    s->in_force = s->in_force || in_force;
}

static void filter_triple(struct search *s, enum triple triple, struct ids yes)
{
    if (triple == TRIPLE_ANY) {
        return;
    }
    search_add(s, triple == TRIPLE_YES ? yes : ids_and_not(s->room, s->universe, s->edition->in_force, yes));
    s->in_force = true;
}

// Only people in force are in most sets: a condition of that kind implies it.
static void filter_statuses(struct search *s)
{
    unsigned statuses = s->query->statuses;
    enum { ALL = (1U << STATUS_COUNT) - 1 };
    if ((s->in_force && (statuses & IN_FORCE) == IN_FORCE) || (statuses == ALL && s->set_count > 0)) {
        return;
    }
    struct ids sets[STATUS_COUNT];
    size_t n = 0;
    bool both = (statuses & IN_FORCE) == IN_FORCE;
    if (both) {
        sets[n++] = s->edition->in_force;
    }
    for (int status = 0; status < STATUS_COUNT; status++) {
        if ((statuses >> status & 1) != 0 && !(both && (IN_FORCE >> status & 1) != 0)) {
            sets[n++] = category_equal(&s->edition->status, status);
        }
    }
    search_add(s, ids_or(s->room, s->universe, sets, n));
}

void search_filter(struct search *s)
{
    const struct edition *e = s->edition;
    const struct query *q = s->query;
    if (q->number_count > 0) {
        filter_numbers(s);
    }
    filter_places(s, &e->home, q->homes);
    filter_places(s, &e->employer_place, q->employer_places);
    filter_terms(s, SLOT_SKILL, &q->skill);
    filter_terms(s, SLOT_SPECIALTY, &q->specialty);
    filter_terms(s, SLOT_QUALIFICATION, &q->qualification);
    filter_range(s, &e->registered_on, q->registered.from, q->registered.to, false);
    filter_range(s, &e->expires_on, q->expires.from, q->expires.to, false);
    filter_range(s, &e->exam_passed, q->exam.from, q->exam.to, true);
    filter_range(s, &e->renewals, q->renewals.from, q->renewals.to, true);
    filter_triple(s, q->has_email, e->has_email);
    filter_triple(s, q->name_public, e->name_public);
    if (!done_condition_is_empty(&q->done)) {
        search_add(s, done_condition_rows(e, s->room, &q->done));
        s->in_force = true;
    }
    filter_statuses(s);
}
