// One search, asked of the edition in several ways that must agree with each other, and of the obvious implementation
// of the rules in edition/query.h.
#ifndef MEIBO_TESTS_FUZZ_SEARCHES_H
#define MEIBO_TESTS_FUZZ_SEARCHES_H

#include "tests/fuzz/people.h"

#include "edition/cursor.h"

// What is longer than this is asked of the edition alone: the obvious implementation takes every word in two at every
// character.
enum { OBVIOUS_CHARS_MOST = 48, OBVIOUS_BYTES = 32 << 20, WALK_LIMIT = 11 };

static const struct edition *edition;
static struct buf obvious_room; // room_open(&obvious_room, OBVIOUS_BYTES)
static const struct short_key walk_key = {"123456789abcdef"};

static inline bool has_text(const struct query *query)
{
    return query->word_count > 0 || query->name.p != NULL || query->kana.p != NULL || query->employer.p != NULL;
}

static inline size_t chars_of(const struct query *query)
{
    size_t chars = str_count_chars(query->name) + str_count_chars(query->kana) + str_count_chars(query->employer);
    for (size_t i = 0; i < query->word_count; i++) {
        chars += str_count_chars(query->words[i]);
    }
    return chars;
}

static inline void ask_edition(const struct query *query, struct page *page, struct facet_counts *facets)
{
    must(query_people(edition, query, page, facets) == ERR_OK);
    must(page->count <= query->limit && page->count <= page->total && page->total <= PERSON_ROWS);
    must(page->matched == has_text(query));
    for (uint32_t i = 0; page->matched && i < page->count; i++) {
        must(page->matches[i].field < MATCH_FIELD_COUNT && page->matches[i].tier < TIER_COUNT);
    }
}

static inline void show_query(const struct query *query)
{
    for (size_t i = 0; i < query->word_count; i++) {
        fuzz_show("word", query->words[i]);
    }
    fuzz_show("name", query->name);
    fuzz_show("kana", query->kana);
    fuzz_show("employer", query->employer);
    (void)fprintf(stderr, "widest %d, sort %d%s, statuses %#x\n", (int)query->widest, (int)query->sort,
                  query->descending ? " descending" : "", query->statuses);
}

// The people found, all pages one behind the other.
struct walked {
    number_t numbers[PERSON_ROWS];
    struct match matches[PERSON_ROWS];
    uint8_t ranks[PERSON_ROWS];
    size_t n;
};

static inline void take_page(const struct query *query, const struct page *page, struct walked *walked)
{
    for (uint32_t i = 0; i < page->count; i++) {
        must(walked->n < PERSON_ROWS);
        walked->numbers[walked->n] = edition_number(edition, page->ids[i]);
        walked->ranks[walked->n] = query->sort == SORT_RELEVANCE && page->matched ? page->ranks[i] : 0;
        walked->matches[walked->n++] = page->matched ? page->matches[i] : (struct match){0};
    }
}

// As a cursor brings it back.
static inline struct position through_cursor(struct position position, struct cursor *cursor)
{
    BUF_AUTO struct buf text;
    struct cursor given = {.number = position.number, .value = position.value};
    cursor_set_text(&given, position.text);
    buf_init(&text, CURSOR_LONGEST);
    cursor_write(&walk_key, 1, &given, &text);
    must(cursor_parse(&walk_key, 1, buf_str(&text), cursor) == ERR_OK);
    return (struct position){true, cursor->number, cursor->value, cursor_text(cursor)};
}

static inline void walk(struct query query, uint32_t limit, struct walked *walked)
{
    static struct page page;
    static struct cursor cursor;
    walked->n = 0;
    query.limit = limit;
    query.facets = 0;
    query.after.given = false;
    do {
        BUF_AUTO struct buf room;
        buf_init(&room, 1 << 16);
        ask_edition(&query, &page, NULL);
        take_page(&query, &page, walked);
        must(!page.more || page.count == limit);
        if (page.count > 0) {
            query.after = through_cursor(query_position(edition, &query, &page, page.count - 1, &room), &cursor);
        }
    } while (page.more);
    if (walked->n != page.total) {
        show_query(&query);
    }
    must(walked->n == page.total);
}

// Whether everybody of the one is in the other.
static inline bool is_within(const struct walked *few, const struct walked *many)
{
    for (size_t i = 0; i < few->n; i++) {
        size_t k = 0;
        while (k < many->n && many->numbers[k] != few->numbers[i]) {
            k++;
        }
        if (k == many->n) {
            return false;
        }
    }
    return true;
}

// Each once, whatever the order; and one condition less finds no fewer.
static inline void check_sets(const struct query *query, const struct walked *walked)
{
    static struct walked other;
    struct query changed = *query;
    changed.sort = SORT_NUMBER;
    changed.descending = false;
    walk(changed, QUERY_LIMIT_MOST, &other);
    must(other.n == walked->n && is_within(walked, &other));
    for (size_t i = 1; i < other.n; i++) {
        must(other.numbers[i - 1] < other.numbers[i]);
    }
    if (query->word_count > 0) {
        changed.word_count--;
        walk(changed, QUERY_LIMIT_MOST, &other);
        must(is_within(walked, &other));
    }
}

static inline void check_facets(const struct query *query, uint64_t total)
{
    static struct facet_counts facets[FACET_COUNT];
    static struct page page;
    struct query all = *query;
    uint64_t statuses = 0;
    all.facets = (1U << FACET_COUNT) - 1;
    all.after.given = false;
    ask_edition(&all, &page, facets);
    must(page.total == total);
    for (int i = 0; i < FACET_COUNT; i++) {
        for (size_t k = 0; k < facets[i].n; k++) {
            const struct facet_value *value = &facets[i].values[k];
            must(value->count > 0 && value->count <= total);
            must(k == 0 || facets[i].values[k - 1].count >= value->count);
            must(str_is_utf8(value->text));
            statuses += i == FACET_STATUS ? value->count : 0;
        }
    }
    must(statuses == total);
}

static inline void check_offers(const struct offer *offers, size_t n, size_t most)
{
    must(n <= most);
    for (size_t i = 0; i < n; i++) {
        must(offers[i].text.n > 0 && str_is_utf8(offers[i].text));
        must(offers[i].count > 0 && offers[i].count <= PERSON_ROWS && offers[i].field < MATCH_FIELD_COUNT);
        for (size_t k = 0; k < i; k++) {
            must(offers[i].field != offers[k].field || !str_equal(offers[i].text, offers[k].text));
        }
    }
}

// Fewer offers are the first of more.
static inline void check_suggestions(struct str text)
{
    struct offer many[OFFERS_MOST];
    struct offer few[OFFERS_MOST];
    size_t n;
    size_t m;
    must(query_suggest(edition, text, OFFERS_MOST, many, &n) == ERR_OK);
    check_offers(many, n, OFFERS_MOST);
    must(query_suggest(edition, text, 1 + (uint32_t)(text.n % OFFERS_MOST), few, &m) == ERR_OK);
    check_offers(few, m, 1 + text.n % OFFERS_MOST);
    must(m <= n);
    for (size_t i = 0; i < m; i++) {
        must(few[i].field == many[i].field && str_equal(few[i].text, many[i].text) && few[i].count == many[i].count);
    }
}

static inline void check_hints(const struct query *query, uint64_t total)
{
    struct offer offers[OFFERS_MOST];
    size_t n;
    for (size_t i = 0; i < query->word_count; i++) {
        check_suggestions(query->words[i]);
    }
    if (query->name.p != NULL) {
        check_suggestions(query->name);
    }
    if (total == 0 && has_text(query)) {
        must(query_near(edition, query, offers, &n) == ERR_OK);
        check_offers(offers, n, OFFERS_MOST);
    }
}

// --- against the obvious implementation ------------------------------------------------------------------------------

static inline void check_obvious(const struct query *query, const struct walked *walked)
{
    static struct found found[PEOPLE_MOST];
    buf_clear(&obvious_room);
    size_t n = find_people(&fuzz_known, query, found, &obvious_room);
    bool ranked = query->sort == SORT_RELEVANCE;
    for (size_t i = 0; i < n || i < walked->n; i++) {
        struct answer expected = i < n ? found[i].answer : (struct answer){0, MATCH_NUMBER};
        bool same = i < n && i < walked->n && found[i].number == walked->numbers[i];
        bool same_match = !has_text(query) || (same && expected.field == walked->matches[i].field &&
                                               expected.rank / (EXTENT_COUNT * GROUPS) == walked->matches[i].tier &&
                                               (!ranked || expected.rank == walked->ranks[i]));
        if (!same || !same_match) {
            show_query(query);
            (void)fprintf(stderr,
                          "item %zu: obvious %u rank %u field %d (of %zu), edition %u rank %u field %d (of %zu)\n", i,
                          i < n ? found[i].number : 0, (unsigned)expected.rank, (int)expected.field, n,
                          i < walked->n ? walked->numbers[i] : 0, i < walked->n ? walked->ranks[i] : 0,
                          i < walked->n ? (int)walked->matches[i].field : -1, walked->n);
        }
        must(same && same_match);
    }
}

static inline void check_query(const struct query *query)
{
    static struct walked walked;
    walk(*query, WALK_LIMIT, &walked);
    check_sets(query, &walked);
    check_facets(query, walked.n);
    check_hints(query, walked.n);
    if (chars_of(query) <= OBVIOUS_CHARS_MOST) {
        check_obvious(query, &walked);
    }
}

#endif
