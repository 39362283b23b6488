// Postings by hand and against a plain table of who has what.
#include "edition/postings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/edition/dice.h"

#define POSTINGS_AUTO __attribute__((cleanup(postings_free)))

enum { VALUES_MOST = 40, UNIVERSE_MOST = 3000 };

static bool has[VALUES_MOST][UNIVERSE_MOST];

// That each value has the ids of `has`, as a list where there are few of them and else as bits.
static void expect_has(const struct postings *postings, uint32_t values, uint32_t universe)
{
    uint64_t bytes = 0;
    assert_int_equal(postings->values, values);
    assert_int_equal(postings->universe, universe);
    for (uint32_t value = 0; value < values; value++) {
        struct ids set = postings->sets[value];
        uint32_t n = 0;
        for (uint32_t id = 0; id < universe; id++) {
            assert_int_equal(ids_has(set, id), has[value][id]);
            n += has[value][id] ? 1 : 0;
        }
        assert_int_equal(set.n, n);
        assert_int_equal(set.bits != NULL, n > ids_list_most(universe));
        assert_int_equal(set.list != NULL, n <= ids_list_most(universe));
        bytes += sizeof set + (set.bits != NULL ? ids_words(universe) * 8 : n * 4U);
    }
    assert_int_equal(postings_bytes(postings), bytes);
}

static void test_by_hand(void **state)
{
    (void)state;
    static const struct pair pairs[] = {{1, 0}, {0, 3}, {VALUE_NONE, 4}, {1, 63}, {1, 64}, {0, 64}};
    POSTINGS_AUTO struct postings postings;
    assert_true(postings_build(&postings, 3, 65, pairs, 6));
    memset(has, 0, sizeof has);
    has[1][0] = has[0][3] = has[1][63] = has[1][64] = has[0][64] = true;
    expect_has(&postings, 3, 65);
    assert_int_equal(postings.sets[0].list[0], 3);
    assert_int_equal(postings.sets[0].list[1], 64);
    assert_int_equal(postings.sets[2].n, 0);
}

// A pair counts once, with or without others of its id in between.
static void test_repeats(void **state)
{
    (void)state;
    static const struct pair pairs[] = {{0, 5}, {0, 5}, {0, 7}, {1, 7}, {0, 7}, {1, 7}, {0, 9}, {1, 9}};
    const uint32_t universes[] = {10, 1000};
    for (size_t i = 0; i < 2; i++) {
        POSTINGS_AUTO struct postings postings;
        assert_true(postings_build(&postings, 2, universes[i], pairs, sizeof pairs / sizeof pairs[0]));
        memset(has, 0, sizeof has);
        has[0][5] = has[0][7] = has[1][7] = has[0][9] = has[1][9] = true;
        expect_has(&postings, 2, universes[i]);
    }
}

static void test_nothing(void **state)
{
    (void)state;
    struct postings postings;
    assert_true(postings_build(&postings, 0, 0, NULL, 0));
    assert_int_equal(postings_bytes(&postings), 0);
    postings_free(&postings);
    assert_true(postings_of_column(&postings, 0, 0, NULL));
    postings_free(&postings);
    memset(has, 0, sizeof has);
    assert_true(postings_build(&postings, 2, 100, NULL, 0));
    expect_has(&postings, 2, 100);
    postings_free(&postings);
    assert_null(postings.sets);
    postings_free(&postings);
}

// How often a value is drawn differs, so that some become lists and some bits; some stay without anybody.
static uint32_t draw_value(uint32_t values)
{
    uint32_t value = draw(values);
    return draw(3) == 0 ? draw(value + 1) / 2 : value;
}

static void check_pairs(uint32_t values, uint32_t universe)
{
    enum { OF_ONE = 6 };
    struct pair *pairs = malloc(((size_t)universe * OF_ONE + 1) * sizeof *pairs);
    size_t n = 0;
    memset(has, 0, sizeof has);
    for (uint32_t id = 0; id < universe; id++) {
        for (uint32_t k = draw(OF_ONE + 1); k > 0; k--) {
            uint32_t value = draw(5) == 0 ? VALUE_NONE : draw_value(values);
            pairs[n++] = (struct pair){value, id};
            if (value != VALUE_NONE) {
                has[value][id] = true;
            }
        }
    }
    POSTINGS_AUTO struct postings postings;
    assert_true(postings_build(&postings, values, universe, pairs, n));
    expect_has(&postings, values, universe);
    free(pairs);
}

static void check_column(uint32_t values, uint32_t universe)
{
    uint32_t *column = malloc(universe * sizeof *column);
    memset(has, 0, sizeof has);
    for (uint32_t id = 0; id < universe; id++) {
        column[id] = draw(5) == 0 ? VALUE_NONE : draw_value(values);
        if (column[id] != VALUE_NONE) {
            has[column[id]][id] = true;
        }
    }
    POSTINGS_AUTO struct postings postings;
    assert_true(postings_of_column(&postings, values, universe, column));
    expect_has(&postings, values, universe);
    free(column);
}

static void test_random(void **state)
{
    (void)state;
    static const uint32_t universes[] = {0, 1, 31, 32, 63, 64, 65, 1000, UNIVERSE_MOST};
    for (size_t i = 0; i < sizeof universes / sizeof universes[0]; i++) {
        for (int round = 0; round < 10; round++) {
            check_pairs(1 + draw(VALUES_MOST), universes[i]);
            check_column(1 + draw(VALUES_MOST), universes[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
