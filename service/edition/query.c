// Searching people: see query.h. Every condition becomes a set; they are intersected; the page is cut from what is
// left.
#include "edition/query.h"

#include <string.h>

#include "edition/search.h"

enum {
    ALL_FIELDS = (1U << MATCH_FIELD_COUNT) - 1,
    NAME_FIELD = 1U << MATCH_NAME,
    KANA_FIELD = 1U << MATCH_KANA,
    EMPLOYER_FIELD = 1U << MATCH_EMPLOYER,
};

static bool found_by_number(const struct condition *condition)
{
    for (size_t i = 0; i < condition->n; i++) {
        if (key_match(condition->levels[i].key).field == MATCH_NUMBER) {
            return true;
        }
    }
    return false;
}

static bool add_condition(struct search *s, const struct wanted *wanted)
{
    struct condition *condition = &s->conditions[s->condition_count++];
    if (!match_text(s->edition, s->room, wanted, condition)) {
        return false;
    }
    search_add(s, condition->all);
    // A number may be of somebody whose registration ended; everything else is of people in force.
    s->in_force = s->in_force || !found_by_number(condition);
    return true;
}

static bool match_texts(struct search *s)
{
    const struct query *q = s->query;
    for (size_t i = 0; i < q->word_count; i++) {
        struct wanted wanted = {q->words[i], ALL_FIELDS, EXTENT_HOLDS, q->words, i};
        if (!add_condition(s, &wanted)) {
            return false;
        }
    }
    const struct wanted texts[] = {
        {q->name, NAME_FIELD, q->widest, NULL, 0},
        {q->kana, KANA_FIELD, q->widest, NULL, 0},
        {q->employer, EMPLOYER_FIELD, q->widest, NULL, 0},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].text.p != NULL && !add_condition(s, &texts[i])) {
            return false;
        }
    }
    return true;
}

// The smallest set first: what is left never grows.
static void intersect(struct search *s)
{
    for (size_t i = 1; i < s->set_count; i++) {
        struct ids set = s->sets[i];
        size_t at = i;
        for (; at > 0 && s->sets[at - 1].n > set.n; at--) {
            s->sets[at] = s->sets[at - 1];
        }
        s->sets[at] = set;
    }
    s->result = s->set_count == 0 ? IDS_NONE : s->sets[0];
    for (size_t i = 1; i < s->set_count; i++) {
        s->result = ids_and(s->room, s->universe, s->result, s->sets[i]);
    }
}

static void fill_page(const struct search *s, struct page *page)
{
    bool by_rank = s->query->sort == SORT_RELEVANCE && s->condition_count > 0;
    page->total = s->result.n;
    page->count = 0;
    page->more = false;
    page->matched = s->condition_count > 0;
    if (by_rank) {
        page_by_rank(s, page);
    } else if (s->query->sort == SORT_RELEVANCE || s->query->sort == SORT_NUMBER) {
        page_by_number(s, page);
    } else {
        page_by_key(s, page);
    }
    if (page->matched) {
        page_explain(s, page);
    }
}

static enum err search(struct search *s, struct page *page, struct facet_counts *facets)
{
    if (!match_texts(s)) {
        return ERR_MEMORY;
    }
    search_filter(s);
    intersect(s);
    fill_page(s, page);
    if (s->query->facets != 0) {
        search_count_facets(s, facets);
    }
    return room_failed(s->room) ? ERR_MEMORY : ERR_OK;
}

enum err query_people(const struct edition *edition, const struct query *query, struct page *page,
                      struct facet_counts *facets)
{
    struct search s = {
        .edition = edition,
        .room = room_borrow(edition->rooms),
        .query = query,
        .universe = edition_universe(edition),
    };
    if (s.room == NULL) {
        return ERR_MEMORY;
    }
    enum err err = search(&s, page, facets);
    room_return(edition->rooms, s.room);
    return err;
}
