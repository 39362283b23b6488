// Random searches in small random registers: the edition against the obvious implementation of the rules in query.h,
// page by page.
#include "tests/unit/edition/random_world.h"

enum { QUERIES = 40 };

static bool is_found(const struct found *found, size_t n, number_t number)
{
    for (size_t i = 0; i < n; i++) {
        if (found[i].number == number) {
            return true;
        }
    }
    return false;
}

static struct match match_of(struct answer answer)
{
    return (struct match){answer.field, (enum tier)(answer.rank / (EXTENT_COUNT * GROUPS))};
}

// Who is missing and who is too many, in one page that holds everyone.
static void say_difference(const struct found *found, size_t n, const struct page *page)
{
    for (size_t i = 0; i < n; i++) {
        bool there = false;
        for (uint32_t k = 0; k < page->count; k++) {
            there = there || edition_number(world.edition, page->ids[k]) == found[i].number;
        }
        if (!there) {
            buf_add_text(&world.spoken, "  not found by the edition:\n");
            say_person(&world.spoken, found[i].person);
            say_match(&world.spoken, "expected", found[i].answer.rank, match_of(found[i].answer));
        }
    }
    for (uint32_t k = 0; k < page->count; k++) {
        number_t number = edition_number(world.edition, page->ids[k]);
        if (!is_found(found, n, number)) {
            buf_add_text(&world.spoken, "  found by the edition alone:\n");
            say_person(&world.spoken, known_of(number));
            say_match(&world.spoken, "edition", page->ranks[k], page->matches[k]);
        }
    }
}

static void fail_total(const struct query *query, const struct found *found, size_t n)
{
    unsigned long long total = world.page->total;
    struct query all = *query;
    all.after.given = false;
    all.limit = QUERY_LIMIT_MOST;
    all.facets = 0;
    assert_int_equal(query_people(world.edition, &all, world.page, NULL), ERR_OK);
    say_first(query, "other people");
    buf_add_format(&world.spoken, "  expected %zu, the edition says %llu\n", n, total);
    say_difference(found, n, world.page);
    give_up();
}

// --- one query ---

static void check_item(const struct query *query, const struct found *expected, const struct page *page, uint32_t index,
                       bool matched)
{
    number_t number = edition_number(world.edition, page->ids[index]);
    struct match match = match_of(expected->answer);
    const struct match *given = &page->matches[index];
    bool same_match = !matched || (page->ranks[index] == expected->answer.rank && given->field == match.field &&
                                   given->tier == match.tier);
    if (number == expected->number && same_match) {
        return;
    }
    say_first(query, number == expected->number ? "another match" : "another order");
    buf_add_format(&world.spoken, "  item %u of the page; expected %u, the edition has %u\n", index, expected->number,
                   number);
    say_person(&world.spoken, expected->person);
    if (number != expected->number) {
        say_person(&world.spoken, known_of(number));
    }
    if (matched) {
        say_match(&world.spoken, "expected", expected->answer.rank, match);
        say_match(&world.spoken, "edition", page->ranks[index], *given);
    }
    give_up();
}

static bool has_text(const struct query *query)
{
    return query->word_count > 0 || query->name.p != NULL || query->kana.p != NULL || query->employer.p != NULL;
}

// One page, which should begin with found[from].
static void check_page(const struct query *query, const struct found *found, size_t n, size_t from)
{
    const struct page *page = world.page;
    assert_int_equal(query_people(world.edition, query, world.page, world.facets), ERR_OK);
    size_t count = n - from < query->limit ? n - from : query->limit;
    if (page->total != n) {
        fail_total(query, found, n);
    }
    if (page->count != count || page->more != (from + count < n) || page->matched != has_text(query)) {
        say_first(query, "another page");
        buf_add_format(&world.spoken, "  expected %zu items from %zu of %zu; the edition has %u, more %d, matched %d\n",
                       count, from, n, page->count, page->more, page->matched);
        give_up();
    }
    for (uint32_t i = 0; i < page->count; i++) {
        check_item(query, &found[from + i], page, i, page->matched);
    }
}

// All of it in a few pages, each behind the last item of the one before.
static void walk(struct query query, const struct found *found, size_t n)
{
    BUF_AUTO struct buf room;
    buf_init(&room, 1 << 16);
    query.limit = (uint32_t)(1 + n / (1 + draw(&world.draw.dice, 4)));
    for (size_t from = 0;; from += query.limit) {
        check_page(&query, found, n, from);
        if (!world.page->more) {
            return;
        }
        buf_clear(&room);
        query.after = query_position(world.edition, &query, world.page, world.page->count - 1, &room);
        query.facets = 0;
        assert_true(query.after.given);
    }
}

// A position that no item has: the walk goes on behind where it would stand.
static void walk_from_between(struct query query, const struct found *found, size_t n)
{
    BUF_AUTO struct buf room;
    buf_init(&room, 1 << 16);
    query.facets = 0;
    check_page(&query, found, n, 0);
    uint32_t index = (uint32_t)draw(&world.draw.dice, n);
    query.after = query_position(world.edition, &query, world.page, index, &room);
    query.after.number = query.after.number - 1 + (number_t)draw(&world.draw.dice, 3);
    struct found between = found[index];
    between.number = query.after.number;
    bool has_value = query.sort == SORT_RELEVANCE ? has_text(&query) : query.sort >= SORT_REGISTERED_ON;
    if (query.sort == SORT_NUMBER) {
        between.value = (int32_t)between.number;
    } else if (has_value && between.value != KEY_NONE && one_in(&world.draw.dice, 2)) {
        between.value += between.value == 0 ? 1 : (int32_t)draw(&world.draw.dice, 3) - 1;
        query.after.value = between.value;
    }
    size_t from = 0;
    while (from < n && compare_found(&found[from], &between, query.descending) <= 0) {
        from++;
    }
    check_page(&query, found, n, from);
}

// --- facets ---

static struct str unified_text(struct str text)
{
    return text.p == NULL ? STR("") : form_unified(text, &world.typed);
}

static const struct facet_value *value_in(const struct facet_counts *counts, int32_t value, struct str text)
{
    for (size_t i = 0; i < counts->n; i++) {
        if (counts->values[i].value == value && str_equal(counts->values[i].text, text)) {
            return &counts->values[i];
        }
    }
    return NULL;
}

static bool is_text_facet(int facet)
{
    return facet == FACET_SKILL || facet == FACET_SPECIALTY;
}

// As somebody in force has it.
static bool is_in_register(enum facet facet, struct str text)
{
    for (size_t i = 0; i < world.known->n; i++) {
        const struct known *person = &world.known->people[i];
        struct text_list list = facet == FACET_SKILL ? person->r.skills : person->r.specialties;
        for (size_t k = 0; person->in_force && k < list.n; k++) {
            if (str_equal(list.items[k], text)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_value_right(int facet, const struct facet_value *given)
{
    bool is_text = is_text_facet(facet);
    struct str text = is_text ? unified_text(given->text) : STR("");
    const struct facet_value *expected = value_in(world.expected_facets, is_text ? 0 : given->value, text);
    return expected != NULL && expected->count == given->count &&
           (!is_text || is_in_register((enum facet)facet, given->text));
}

static bool is_in_order(int facet, const struct facet_value *a, const struct facet_value *b)
{
    if (a->count != b->count) {
        return a->count > b->count;
    }
    return is_text_facet(facet) ? compare_texts(a->text, b->text) < 0 : a->value < b->value;
}

static void say_counts(const char *who, const struct facet_counts *counts)
{
    buf_add_format(&world.spoken, "  %s:", who);
    for (size_t i = 0; i < counts->n; i++) {
        buf_add_format(&world.spoken, " %d ", counts->values[i].value);
        buf_add(&world.spoken, counts->values[i].text);
        buf_add_format(&world.spoken, " (%llu)", (unsigned long long)counts->values[i].count);
    }
    buf_add_char(&world.spoken, '\n');
}

static void check_facet(const struct query *query, const struct found *found, size_t n, int facet)
{
    const struct facet_counts *given = &world.facets[facet];
    count_facet(world.known, found, n, (enum facet)facet, world.expected_facets);
    bool right = given->n == world.expected_facets->n && given->omitted == 0;
    for (size_t i = 0; right && i < given->n; i++) {
        right = is_value_right(facet, &given->values[i]) &&
                (i == 0 || is_in_order(facet, &given->values[i - 1], &given->values[i]));
    }
    if (!right) {
        say_first(query, "other facets");
        buf_add_format(&world.spoken, "  %s\n", facet_name((enum facet)facet));
        say_counts("expected, in any order", world.expected_facets);
        say_counts("edition", given);
        give_up();
    }
}

static void check_query(const struct query *query)
{
    static struct found found[PEOPLE_MOST];
    size_t n = find_people(world.known, query, found, &world.typed);
    check_page(query, found, n, 0);
    for (int facet = 0; facet < FACET_COUNT; facet++) {
        if ((query->facets >> facet & 1) != 0) {
            check_facet(query, found, n, facet);
        }
    }
    if (n > 1 && one_in(&world.draw.dice, 3)) {
        walk(*query, found, n);
    }
    if (n > 0 && one_in(&world.draw.dice, 6)) {
        walk_from_between(*query, found, n);
    }
}

static void check_answers(void)
{
    for (size_t i = 0; i < QUERIES; i++) {
        buf_clear(&world.typed);
        struct query query = draw_query(&world.draw, world.known, draw_known());
        check_query(&query);
    }
}

static void every_answer_is_the_obvious_one(void **state)
{
    (void)state;
    for_each_register(REGISTERS, check_answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_is_the_obvious_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
