// Numbered instants: each has one number, in order of appearance, however many there are.
#include "edition/instants.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/edition/dice.h"

static uint32_t number_of(struct instants *instants, instant_t instant)
{
    uint32_t number = UINT32_MAX;
    assert_true(instants_number(instants, instant, &number));
    return number;
}

static void test_by_hand(void **state)
{
    (void)state;
    struct instants instants = {0};
    assert_int_equal(number_of(&instants, INSTANT_NONE), 0);
    assert_int_equal(number_of(&instants, 5), 1);
    assert_int_equal(number_of(&instants, 0), 2);
    assert_int_equal(number_of(&instants, 5), 1);
    assert_int_equal(number_of(&instants, 5), 1);
    assert_int_equal(number_of(&instants, INSTANT_NONE), 0);
    assert_int_equal(number_of(&instants, INT64_MAX), 3);
    assert_int_equal(number_of(&instants, -1), 4);
    instants_settle(&instants);
    static const instant_t expected[] = {INSTANT_NONE, 5, 0, INT64_MAX, -1};
    assert_int_equal(instants.list.n, 5);
    assert_memory_equal(instants.list.p, expected, sizeof expected);
    instants_free(&instants);
    assert_int_equal(instants.list.n, 0);
    instants_free(&instants);
}

// Runs of neighbours and jumps back, enough for the table to grow several times.
static void test_many(void **state)
{
    (void)state;
    enum { DISTINCT = 3000, ASKED = 40000 };
    static uint32_t numbers[DISTINCT];
    struct instants instants = {0};
    uint32_t n = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < DISTINCT; i++) {
        numbers[i] = UINT32_MAX;
    }
    for (int i = 0; i < ASKED; i++) {
        at = draw(3) == 0 ? draw(DISTINCT) : draw(2) == 0 ? at : (at + 1) % DISTINCT;
        uint32_t number = number_of(&instants, (instant_t)at * 1000000);
        numbers[at] = numbers[at] == UINT32_MAX ? n++ : numbers[at];
        assert_int_equal(number, numbers[at]);
        assert_int_equal(instants.list.p[number], (instant_t)at * 1000000);
    }
    assert_int_equal(instants.list.n, n);
    instants_free(&instants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
