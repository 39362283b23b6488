// One search on its way: its conditions as sets, and what they leave. Shared by the files that answer a query.
#ifndef MEIBO_EDITION_SEARCH_H
#define MEIBO_EDITION_SEARCH_H

#include "edition/match.h"

enum { CONDITIONS_MOST = QUERY_WORDS_MOST + 3, SETS_MOST = CONDITIONS_MOST + 20 };

struct search {
    const struct edition *edition;
    struct room *room;
    const struct query *query;
    uint32_t universe;
    struct condition conditions[CONDITIONS_MOST];
    size_t condition_count;
    struct ids sets[SETS_MOST]; // to be intersected
    size_t set_count;
    bool in_force; // some set holds only people in force
    struct ids result;
};

// Adds the sets of all conditions that are not on text (filter.c).
void search_filter(struct search *s);
// Adds one more set.
void search_add(struct search *s, struct ids set);

// Fills the page from the result, in the query's order (order.c, relevance.c).
void page_by_number(const struct search *s, struct page *page);
void page_by_key(const struct search *s, struct page *page);
void page_by_rank(const struct search *s, struct page *page);
// Gives the rows of a page their matches.
void page_explain(const struct search *s, struct page *page);

// Counts the facets asked for (facets.c).
void search_count_facets(const struct search *s, struct facet_counts *facets);

// Completions (done_filter.c): whether a condition says anything; the rows or dones that fulfil it.
bool done_condition_is_empty(const struct done_condition *condition);
struct ids done_condition_rows(const struct edition *edition, struct room *room,
                               const struct done_condition *condition);
struct ids done_condition_dones(const struct edition *edition, struct room *room,
                                const struct done_condition *condition);

#endif
