// What must hold of every search: typing more and asking for more never find more, and what no one is shown is never
// found. On the random registers of test_query_random.c.
#include "tests/unit/edition/random_world.h"

enum { TRIES = 20 }; // of one law in one register

// --- one more character ---

static uint64_t total_of(struct query query)
{
    query.limit = 1;
    query.facets = 0;
    assert_int_equal(query_people(world.edition, &query, world.page, NULL), ERR_OK);
    return world.page->total;
}

// Composes with the character before it, which then is another one: か and ﾞ.
static bool is_joined(uint32_t c)
{
    return c == 0xff9e || c == 0xff9f || c == 0x3099 || c == 0x309a || (c >= 0x300 && c <= 0x36f);
}

// Nothing but apostrophes and hyphens: says nothing until a letter follows.
static bool is_before_letters(struct str text)
{
    size_t before = world.typed.n;
    buf_add(&world.typed, text);
    buf_add_char(&world.typed, 'a');
    return romaji_is_latin(room_since(&world.typed, before)) && !romaji_is_latin(text);
}

static bool is_counted(struct str text)
{
    return !folds_to_nothing(text) && number_asked(text) == 0 && !is_before_letters(text);
}

// A text to type, and where it goes. p == NULL: none was drawn.
static struct str *draw_typed(const struct known *person, struct query *query)
{
    const struct registrant *r = &person->r;
    query->widest = one_in(&world.draw.dice, 2) ? EXTENT_BEGINS : EXTENT_HOLDS;
    switch (draw(&world.draw.dice, 6)) {
    case 0:
        query->name = draw_field(&world.draw, r->name);
        return &query->name;
    case 1:
        query->kana = draw_field(&world.draw, in_latin_or_not(&world.draw, r->kana));
        return &query->kana;
    case 2:
        query->employer = draw_field(&world.draw, employer_text(&world.draw, r));
        return &query->employer;
    default:
        query->words[0] = typed_text(&world.draw, source_of_word(&world.draw, person), false);
        query->words[1] = typed_text(&world.draw, source_of_word(&world.draw, person), false);
        query->word_count = query->words[0].p == NULL   ? 0
                            : query->words[1].p == NULL ? 1
                                                        : 1 + draw(&world.draw.dice, 2);
        return &query->words[query->word_count == 2 ? 1 : 0];
    }
}

static void check_not_wider(const struct query *query, struct str shorter, uint64_t before, uint64_t after)
{
    if (after > before) {
        say_first(query, "one more character finds more");
        buf_add_text(&world.spoken, "  before it: ");
        buf_add(&world.spoken, shorter);
        buf_add_format(&world.spoken, "; total %llu, then %llu\n", (unsigned long long)before,
                       (unsigned long long)after);
        give_up();
    }
}

// Types one text of the query character by character.
static void check_typing(struct query *query, struct str *text)
{
    struct str whole = *text;
    struct str shorter = ABSENT;
    uint64_t before = UINT64_MAX;
    for (size_t at = 0; at < whole.n;) {
        (void)str_next_char(whole, &at);
        size_t next = at;
        if (next < whole.n && is_joined(str_next_char(whole, &next))) {
            continue;
        }
        *text = (struct str){whole.p, at};
        if (!is_counted(*text)) {
            before = UINT64_MAX;
            continue;
        }
        uint64_t total = total_of(*query);
        check_not_wider(query, shorter, before, total);
        before = total;
        shorter = *text;
    }
}

static void check_typings(void)
{
    for (size_t i = 0; i < TRIES; i++) {
        buf_clear(&world.typed);
        struct query query = open_query();
        struct str *text = draw_typed(draw_known(), &query);
        if (text->p != NULL) {
            check_typing(&query, text);
        }
    }
}

static void one_more_character_never_finds_more(void **state)
{
    (void)state;
    for_each_register(REGISTERS / 4, check_typings);
}

// --- one more condition ---

static void check_narrowing(void)
{
    for (size_t i = 0; i < TRIES; i++) {
        buf_clear(&world.typed);
        const struct known *person = draw_known();
        struct query query = open_query();
        draw_words(&world.draw, person, &query);
        uint64_t before = total_of(query);
        for (uint64_t filter = draw(&world.draw.dice, 3); filter < FILTERS; filter += 1 + draw(&world.draw.dice, 3)) {
            query.statuses = (1U << STATUS_COUNT) - 1;
            draw_filter(&world.draw, world.known, person, &query, filter);
            uint64_t after = total_of(query);
            if (after > before) {
                say_first(&query, "one more condition finds more");
                give_up();
            }
            before = filter == 2 || filter == 3 ? before : after;
        }
    }
}

static void one_more_condition_never_finds_more(void **state)
{
    (void)state;
    for_each_register(REGISTERS / 4, check_narrowing);
}

// --- what no one is shown ---

static void expect_nobody(const struct query *query)
{
    if (total_of(*query) != 0) {
        say_first(query, "found what is not shown");
        give_up();
    }
}

static void check_hidden_words(void)
{
    static const char *const words[] = {HIDDEN, "龗", HIDDEN_KANA, "むも", "mumo", "株式会社龗", "龗inc"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct query query = open_query();
        query.words[query.word_count++] = str_of(words[i]);
        expect_nobody(&query);
        struct query field = open_query();
        field.widest = (enum extent)(i % EXTENT_COUNT);
        field.name = i % 3 == 0 ? str_of(words[i]) : ABSENT;
        field.kana = i % 3 == 1 ? str_of(words[i]) : ABSENT;
        field.employer = i % 3 == 2 ? str_of(words[i]) : ABSENT;
        expect_nobody(&field);
    }
}

static void check_hidden(void)
{
    check_hidden_words();
    struct query query = open_query();
    query.skill = (struct term_condition){.texts = {STR(HIDDEN)}, .n = 1};
    expect_nobody(&query);
    query = open_query();
    query.specialty = (struct term_condition){.texts = {STR(HIDDEN)}, .n = 1};
    expect_nobody(&query);
    query = open_query();
    query.qualification = (struct term_condition){.texts = {STR(HIDDEN)}, .n = 1};
    expect_nobody(&query);
    struct offer offers[OFFERS_MOST];
    size_t count = 1;
    assert_int_equal(query_suggest(world.edition, STR(HIDDEN), OFFERS_MOST, offers, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void what_is_not_shown_is_never_found(void **state)
{
    (void)state;
    for_each_register(REGISTERS / 4, check_hidden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_character_never_finds_more),
        cmocka_unit_test(one_more_condition_never_finds_more),
        cmocka_unit_test(what_is_not_shown_is_never_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
