// Whole bit fields against one bit at a time. The file itself is included: the loops for processors without AVX2 would
// else never run on one that has it.
#include "edition/bits.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/edition/dice.h"

enum operation { AND, AND_NOT, OR, OPERATIONS };

typedef uint32_t operator_of_fields(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words);
typedef uint32_t counter_of_fields(const uint64_t *a, const uint64_t *b, size_t words);

static bool bit_at(const uint64_t *words, size_t bit)
{
    return (words[bit / 64] >> (bit % 64) & 1) != 0;
}

static bool of_bits(enum operation operation, bool a, bool b)
{
    return operation == OR ? a || b : operation == AND ? a && b : a && !b;
}

static uint32_t expect_bits(enum operation operation, const uint64_t *out, const uint64_t *a, const uint64_t *b,
                            size_t words)
{
    uint32_t n = 0;
    for (size_t bit = 0; bit < words * 64; bit++) {
        bool expected = of_bits(operation, bit_at(a, bit), bit_at(b, bit));
        assert_int_equal(bit_at(out, bit), expected);
        n += expected ? 1 : 0;
    }
    return n;
}

static uint64_t *random_field(size_t words)
{
    uint64_t *field = malloc(words * sizeof *field);
    uint64_t shape = draw(4);
    for (size_t i = 0; i < words; i++) {
        field[i] = shape == 0   ? 0
                   : shape == 1 ? UINT64_MAX
                   : shape == 2 ? dice_bits()
                                : dice_bits() & dice_bits() & dice_bits();
    }
    return field;
}

static uint64_t *copy_of(const uint64_t *field, size_t words)
{
    uint64_t *copy = malloc(words * sizeof *copy);
    if (words > 0) {
        memcpy(copy, field, words * sizeof *copy);
    }
    return copy;
}

// Into a third field, and into either argument.
static void check(operator_of_fields *apply, enum operation operation, size_t words)
{
    uint64_t *a = random_field(words);
    uint64_t *b = random_field(words);
    uint64_t *outs[] = {random_field(words), copy_of(a, words), copy_of(b, words)};
    uint32_t counts[] = {apply(outs[0], a, b, words), apply(outs[1], outs[1], b, words),
                         apply(outs[2], a, outs[2], words)};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(counts[i], expect_bits(operation, outs[i], a, b, words));
        free(outs[i]);
    }
    free(a);
    free(b);
}

static void check_count(counter_of_fields *counts, size_t words)
{
    uint64_t *a = random_field(words);
    uint64_t *b = random_field(words);
    uint64_t *out = copy_of(a, words);
    uint32_t n = and_plain(out, a, b, words);
    assert_int_equal(n, expect_bits(AND, out, a, b, words));
    assert_int_equal(counts(a, b, words), n);
    assert_int_equal(bits_count(out, words), n);
    free(a);
    free(b);
    free(out);
}

// Every length around the vectors' width, and a longer one.
static void each_length(operator_of_fields *const operations[OPERATIONS], counter_of_fields *counts)
{
    for (size_t words = 0; words <= 41; words++) {
        size_t length = words == 41 ? 157 : words;
        for (int round = 0; round < 8; round++) {
            check(operations[AND], AND, length);
            check(operations[AND_NOT], AND_NOT, length);
            check(operations[OR], OR, length);
            check_count(counts, length);
        }
    }
}

static void test_as_this_processor_does(void **state)
{
    (void)state;
    static operator_of_fields *const operations[] = {bits_and, bits_and_not, bits_or};
    each_length(operations, bits_count_and);
}

static void test_plain(void **state)
{
    (void)state;
    static operator_of_fields *const operations[] = {and_plain, and_not_plain, or_plain};
    each_length(operations, count_and_plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_this_processor_does),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
