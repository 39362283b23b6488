// Categories by hand and against a plain column: values, ranges, and the ends of what an integer holds.
#include "edition/category.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/edition/dice.h"

#define CATEGORY_AUTO __attribute__((cleanup(category_free)))

enum { ROWS_MOST = 4000 };

static int32_t column[ROWS_MOST];
static uint32_t rows;

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

static void expect_between(const struct category *category, int32_t from, int32_t to)
{
    struct ids set = category_between(category, room, from, to);
    uint32_t n = 0;
    for (uint32_t row = 0; row < rows; row++) {
        bool inside = column[row] != CATEGORY_NONE && column[row] >= from && column[row] <= to;
        assert_int_equal(ids_has(set, row), inside);
        n += inside ? 1 : 0;
    }
    assert_int_equal(set.n, n);
}

static void expect_equal(const struct category *category, int32_t value)
{
    struct ids set = category_equal(category, value);
    uint32_t n = 0;
    for (uint32_t row = 0; row < rows; row++) {
        assert_int_equal(ids_has(set, row), column[row] == value);
        n += column[row] == value ? 1 : 0;
    }
    assert_int_equal(set.n, n);
}

static void expect_column(const struct category *category)
{
    assert_int_equal(category->rows, rows);
    for (uint32_t i = 1; i < category->n; i++) {
        assert_true(category->values[i - 1] < category->values[i]);
    }
    for (uint32_t row = 0; row < rows; row++) {
        if (column[row] == CATEGORY_NONE) {
            assert_int_equal(category->of_row[row], VALUE_NONE);
        } else {
            assert_true(category->of_row[row] < category->n);
            assert_int_equal(category->values[category->of_row[row]], column[row]);
        }
    }
}

static void make(struct category *category, const int32_t *values, uint32_t n)
{
    *category = (struct category){0};
    rows = n;
    for (uint32_t row = 0; row < n; row++) {
        column[row] = values[row];
        assert_true(category_add(category, values[row]));
    }
    assert_true(category_finish(category));
    expect_column(category);
}

static void test_by_hand(void **state)
{
    (void)state;
    static const int32_t values[] = {20, 10, CATEGORY_NONE, 20, 30, -5};
    CATEGORY_AUTO struct category category;
    make(&category, values, 6);
    assert_int_equal(category.n, 4);
    assert_int_equal(category_lower_bound(&category, -6), 0);
    assert_int_equal(category_lower_bound(&category, -5), 0);
    assert_int_equal(category_lower_bound(&category, 11), 2);
    assert_int_equal(category_lower_bound(&category, 30), 3);
    assert_int_equal(category_lower_bound(&category, 31), 4);
    assert_int_equal(category_between(&category, room, 10, 20).n, 3);
    assert_int_equal(category_between(&category, room, 11, 19).n, 0);
    assert_int_equal(category_between(&category, room, 20, 10).n, 0);
    assert_int_equal(category_between(&category, room, 31, INT32_MAX).n, 0);
    assert_int_equal(category_between(&category, room, INT32_MIN, INT32_MAX).n, 5);
    assert_int_equal(category_equal(&category, 20).n, 2);
    assert_int_equal(category_equal(&category, 21).n, 0);
    assert_int_equal(category_equal(&category, CATEGORY_NONE).n, 0);
    assert_true(category_bytes(&category) > 0);
}

static void test_the_ends(void **state)
{
    (void)state;
    static const int32_t values[] = {INT32_MAX, INT32_MIN + 1, 0, CATEGORY_NONE, INT32_MAX - 1};
    static const int32_t limits[] = {INT32_MIN, INT32_MIN + 1, INT32_MIN + 2, -1,       0,
                                     1,         INT32_MAX - 2, INT32_MAX - 1, INT32_MAX};
    CATEGORY_AUTO struct category category;
    make(&category, values, 5);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
            expect_between(&category, limits[i], limits[k]);
        }
    }
}

static void test_nobody(void **state)
{
    (void)state;
    static const int32_t none[] = {CATEGORY_NONE, CATEGORY_NONE};
    CATEGORY_AUTO struct category category;
    make(&category, none, 2);
    expect_between(&category, INT32_MIN, INT32_MAX);
    expect_equal(&category, 0);
    category_free(&category);
    make(&category, none, 0);
    expect_between(&category, INT32_MIN, INT32_MAX);
    expect_equal(&category, 0);
    assert_int_equal(category_lower_bound(&category, 0), 0);
}

// Some rows get their value later; a value that nobody has any more finds nobody.
static void test_set(void **state)
{
    (void)state;
    CATEGORY_AUTO struct category category = {0};
    rows = 100;
    for (uint32_t row = 0; row < rows; row++) {
        column[row] = row % 3 == 0 ? CATEGORY_NONE : 7;
        assert_true(category_add(&category, row == 50 ? 1000 : column[row]));
    }
    for (uint32_t row = 0; row < rows; row += 2) {
        column[row] = row == 40 ? CATEGORY_NONE : (int32_t)row;
        assert_true(category_set(&category, row, column[row]));
    }
    assert_true(category_finish(&category));
    expect_column(&category);
    expect_equal(&category, 1000);
    for (int32_t value = -1; value < 102; value++) {
        expect_equal(&category, value);
        expect_between(&category, value, value + 10);
    }
    expect_between(&category, 900, 1100);
}

static void test_random(void **state)
{
    (void)state;
    static const uint32_t spreads[] = {1, 2, 30, 1000, UINT32_MAX};
    for (int round = 0; round < 40; round++) {
        uint32_t spread = spreads[draw(5)];
        int32_t least = spread == UINT32_MAX ? INT32_MIN : (int32_t)draw(100) - 50;
        CATEGORY_AUTO struct category category = {0};
        rows = draw(4) == 0 ? draw(70) : draw(ROWS_MOST);
        for (uint32_t row = 0; row < rows; row++) {
            column[row] = draw(9) == 0 ? CATEGORY_NONE : (int32_t)((int64_t)least + draw(spread));
            assert_true(category_add(&category, column[row]));
        }
        assert_true(category_finish(&category));
        expect_column(&category);
        for (int i = 0; i < 20; i++) {
            int32_t from = (int32_t)((int64_t)least + draw(spread));
            expect_between(&category, from, (int32_t)((int64_t)least + draw(spread)));
            expect_equal(&category, from);
        }
        assert_false(room_failed(room));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_the_ends), cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_set),     cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
