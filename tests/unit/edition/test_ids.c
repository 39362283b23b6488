// Sets of ids against plain arrays of truth values: every operation, lists and bits mixed, universes around the words'
// edges.
#include "edition/ids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/edition/dice.h"

enum { UNIVERSE_MOST = 5000, ROUNDS = 200, SETS_MOST = 6 };

static const uint32_t universes[] = {0, 1, 63, 64, 65, 1000, UNIVERSE_MOST};

static struct room_pool *pool;
static struct room *room;
static int set_up(void **state)
{
    (void)state;
    pool = room_pool_new();
    room = pool == NULL ? NULL : room_borrow(pool);
    return room == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    room_return(pool, room);
    room_pool_free(&pool);
    return 0;
}

// The same ids twice: as truth values, and as a set in memory of just its size, so that a sanitizer sees every step
// beyond it.
struct both {
    bool has[UNIVERSE_MOST];
    uint32_t universe;
    struct ids set;
    void *memory;
};

static uint32_t count(const struct both *both)
{
    uint32_t n = 0;
    for (uint32_t id = 0; id < both->universe; id++) {
        n += both->has[id] ? 1 : 0;
    }
    return n;
}

static void make_list(struct both *both)
{
    uint32_t *list = both->memory = malloc((size_t)count(both) * sizeof *list);
    uint32_t n = 0;
    for (uint32_t id = 0; id < both->universe; id++) {
        if (both->has[id]) {
            list[n++] = id;
        }
    }
    both->set = (struct ids){n, list, NULL};
}

static void make_bits(struct both *both)
{
    uint64_t *bits = both->memory = calloc(ids_words(both->universe), sizeof *bits);
    for (uint32_t id = 0; id < both->universe; id++) {
        bits[id / 64] |= (uint64_t)both->has[id] << (id % 64);
    }
    both->set = (struct ids){count(both), NULL, bits};
}

// Nothing, a few, some, half, nearly all, all; as a list, as bits, or not there at all where there is nothing.
static void draw_both(struct both *both, uint32_t universe)
{
    static const uint32_t of_thousand[] = {0, 2, 30, 500, 995, 1000};
    uint32_t part = of_thousand[draw(6)];
    both->universe = universe;
    both->memory = NULL;
    for (uint32_t id = 0; id < universe; id++) {
        both->has[id] = draw(1000) < part;
    }
    if (count(both) == 0 && draw(3) == 0) {
        both->set = IDS_NONE;
    } else if (draw(2) == 0) {
        make_list(both);
    } else {
        make_bits(both);
    }
}

static void drop(struct both *both)
{
    free(both->memory);
}

// That the set holds the ids of `has`, and is what ids.h says a set is.
static void expect_set(struct ids set, uint32_t universe, const bool *has)
{
    struct ids_walk walk = ids_walk(set, universe);
    uint32_t n = 0;
    uint32_t walked = 0;
    for (uint32_t id = 0; id < universe; id++) {
        assert_int_equal(ids_has(set, id), has[id]);
        if (has[id]) {
            n++;
            assert_true(ids_walk_next(&walk, &walked));
            assert_int_equal(walked, id);
        }
    }
    assert_false(ids_walk_next(&walk, &walked));
    assert_false(ids_walk_next(&walk, &walked));
    assert_int_equal(set.n, n);
    assert_true(set.list == NULL || set.bits == NULL);
    assert_true(n == 0 || set.list != NULL || set.bits != NULL);
    for (uint32_t bit = universe; set.bits != NULL && bit % 64 != 0; bit++) {
        assert_int_equal(set.bits[bit / 64] >> (bit % 64) & 1, 0);
    }
}

// Gives back the room after each round: what it made is not needed any more.
static void each_universe(void (*check)(uint32_t universe))
{
    for (size_t i = 0; i < sizeof universes / sizeof universes[0]; i++) {
        for (int round = 0; round < ROUNDS; round++) {
            check(universes[i]);
            assert_false(room_failed(room));
            room_return(pool, room);
            room = room_borrow(pool);
        }
    }
}

static void test_sizes(void **state)
{
    (void)state;
    assert_int_equal(ids_words(0), 0);
    assert_int_equal(ids_words(1), 1);
    assert_int_equal(ids_words(64), 1);
    assert_int_equal(ids_words(65), 2);
    assert_int_equal(ids_words(UINT32_MAX), 1U << 26);
    assert_int_equal(ids_list_most(31), 0);
    assert_int_equal(ids_list_most(64), 2);
    assert_int_equal(ids_list_most(1000000), 31250);
}

static void check_steps(uint32_t universe)
{
    static struct both a;
    draw_both(&a, universe);
    expect_set(a.set, universe, a.has);
    uint32_t before = UINT32_MAX;
    for (uint32_t id = 0; id <= universe; id++) {
        uint32_t next = id;
        while (next < universe && !a.has[next]) {
            next++;
        }
        assert_int_equal(ids_next(a.set, universe, id), next < universe ? next : UINT32_MAX);
        assert_int_equal(ids_previous(a.set, universe, id), before);
        before = id < universe && a.has[id] ? id : before;
    }
    assert_int_equal(ids_previous(a.set, universe, UINT32_MAX), before);
    assert_int_equal(ids_next(a.set, universe, UINT32_MAX), UINT32_MAX);
    drop(&a);
}

static void test_next_previous_walk(void **state)
{
    (void)state;
    each_universe(check_steps);
}

static void check_pair(uint32_t universe)
{
    static struct both a, b;
    static bool both[UNIVERSE_MOST], only[UNIVERSE_MOST];
    uint32_t n = 0;
    draw_both(&a, universe);
    draw_both(&b, universe);
    for (uint32_t id = 0; id < universe; id++) {
        both[id] = a.has[id] && b.has[id];
        only[id] = a.has[id] && !b.has[id];
        n += both[id] ? 1 : 0;
    }
    expect_set(ids_and(room, universe, a.set, b.set), universe, both);
    expect_set(ids_and_not(room, universe, a.set, b.set), universe, only);
    assert_int_equal(ids_count_and(universe, a.set, b.set), n);
    expect_set(ids_and(room, universe, a.set, a.set), universe, a.has);
    // The arguments are as they were.
    expect_set(a.set, universe, a.has);
    expect_set(b.set, universe, b.has);
    drop(&a);
    drop(&b);
}

static void test_and_and_not(void **state)
{
    (void)state;
    each_universe(check_pair);
}

static void check_union(uint32_t universe)
{
    static struct both all[SETS_MOST];
    static bool any[UNIVERSE_MOST];
    struct ids sets[SETS_MOST] = {IDS_NONE};
    size_t n = draw(SETS_MOST + 1);
    memset(any, 0, sizeof any);
    for (size_t i = 0; i < n; i++) {
        draw_both(&all[i], universe);
        sets[i] = all[i].set;
        for (uint32_t id = 0; id < universe; id++) {
            any[id] = any[id] || all[i].has[id];
        }
    }
    struct ids all_of_them = ids_or(room, universe, sets, n);
    expect_set(all_of_them, universe, any);
    for (size_t i = 0; i < n; i++) {
        expect_set(sets[i], universe, all[i].has);
        drop(&all[i]);
    }
}

static void test_or(void **state)
{
    (void)state;
    each_universe(check_union);
}

// Lists whose union stays a list, since the universe is so much larger: of neighbours, of equal ones, of one inside the
// other, none at all.
static void check_short_lists(uint32_t universe)
{
    enum { LISTS = 5, LONGEST = 20, LARGE = 1 << 20 };
    static struct both all[LISTS];
    static bool any[UNIVERSE_MOST];
    struct ids sets[LISTS] = {IDS_NONE};
    size_t n = 1 + draw(LISTS);
    memset(any, 0, sizeof any);
    for (size_t i = 0; i < n; i++) {
        memset(&all[i], 0, sizeof all[i]);
        all[i].universe = universe;
        for (uint32_t k = universe == 0 ? 0 : draw(LONGEST); k > 0; k--) {
            uint32_t id = draw(universe < 30 ? universe : draw(3) == 0 ? 30 : universe);
            all[i].has[id] = any[id] = true;
        }
        make_list(&all[i]);
        sets[i] = all[i].set;
    }
    struct ids set = ids_or(room, LARGE, sets, n);
    expect_set(set, universe, any);
    assert_null(set.bits);
    for (size_t i = 0; i < n; i++) {
        drop(&all[i]);
    }
}

static void test_or_of_short_lists(void **state)
{
    (void)state;
    each_universe(check_short_lists);
}

// A long list and a single id: the steps that double, to the very end.
static void test_far_apart(void **state)
{
    (void)state;
    static uint32_t list[UNIVERSE_MOST];
    for (uint32_t i = 0; i < UNIVERSE_MOST; i++) {
        list[i] = 2 * i;
    }
    const struct ids even = {UNIVERSE_MOST, list, NULL};
    for (uint32_t id = 0; id < 2 * UNIVERSE_MOST + 2; id++) {
        const struct ids one = {1, &id, NULL};
        bool inside = id % 2 == 0 && id < 2 * UNIVERSE_MOST;
        assert_int_equal(ids_count_and(UINT32_MAX, even, one), inside ? 1 : 0);
        assert_int_equal(ids_count_and(UINT32_MAX, one, even), inside ? 1 : 0);
        uint32_t next = id <= list[UNIVERSE_MOST - 1] ? (id + 1) / 2 * 2 : UINT32_MAX;
        assert_int_equal(ids_next(even, UINT32_MAX, id), next);
    }
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

// Below and above the length from which on digits are sorted; the whole range of ids, and few that repeat.
static void test_sort(void **state)
{
    (void)state;
    static const uint32_t lengths[] = {0, 1, 2, 3, 100, 999, 1000, 1001, 3000};
    static const uint32_t ranges[] = {1, 5, 1000, 5000, 1U << 22, UINT32_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (size_t range = 0; range < sizeof ranges / sizeof ranges[0]; range++) {
            uint32_t n = lengths[i];
            uint32_t *list = malloc(n * sizeof *list);
            uint32_t *spare = malloc(n * sizeof *spare);
            uint32_t *expected = malloc(n * sizeof *expected);
            uint32_t kept = 0;
            for (uint32_t k = 0; k < n; k++) {
                list[k] = expected[k] = draw(ranges[range]);
            }
            qsort(expected, n, sizeof *expected, compare);
            for (uint32_t k = 0; k < n; k++) {
                if (k == 0 || expected[k] != expected[k - 1]) {
                    expected[kept++] = expected[k];
                }
            }
            assert_int_equal(ids_sort(list, n, spare), kept);
            assert_memory_equal(list, expected, kept * sizeof *list);
            free(list);
            free(spare);
            free(expected);
        }
    }
}

// Where nothing could change, nothing is copied.
static void test_views(void **state)
{
    (void)state;
    static const uint32_t list[] = {1, 5};
    static const uint64_t bits[] = {0x22, 0};
    const struct ids a = {2, list, NULL};
    const struct ids b = {2, NULL, bits};
    const struct ids none[] = {IDS_NONE, {0, list, NULL}, {0, NULL, bits + 1}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(ids_and(room, 64, a, none[i]).n, 0);
        assert_int_equal(ids_and(room, 64, none[i], b).n, 0);
        assert_ptr_equal(ids_and_not(room, 64, a, none[i]).list, list);
        assert_ptr_equal(ids_and_not(room, 64, b, none[i]).bits, bits);
        const struct ids sets[] = {none[i], b, none[i]};
        assert_ptr_equal(ids_or(room, 64, sets, 3).bits, bits);
    }
    assert_int_equal(ids_or(room, 64, none, 3).n, 0);
    assert_int_equal(ids_or(room, 64, NULL, 0).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),       cmocka_unit_test(test_next_previous_walk),
        cmocka_unit_test(test_and_and_not), cmocka_unit_test(test_or),
        cmocka_unit_test(test_far_apart),   cmocka_unit_test(test_or_of_short_lists),
        cmocka_unit_test(test_sort),        cmocka_unit_test(test_views),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
