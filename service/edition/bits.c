// Bit fields: see bits.h. Each loop is compiled twice where the processor is of the x86 family: plainly, and with AVX2
// and POPCNT, which any of them made since 2013 has and Debian's baseline does not assume.
#include "edition/bits.h"

#include <stdbool.h>

// NOLINTBEGIN(bugprone-macro-parentheses): an attribute stands without.
#define LOOPS(suffix, attribute)                                                                                       \
    attribute static uint32_t and_##suffix(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n)              \
    {                                                                                                                  \
        uint64_t count = 0;                                                                                            \
        for (size_t i = 0; i < n; i++) {                                                                               \
            out[i] = a[i] & b[i];                                                                                      \
            count += (uint64_t)__builtin_popcountll(out[i]);                                                           \
        }                                                                                                              \
        return (uint32_t)count;                                                                                        \
    }                                                                                                                  \
    attribute static uint32_t and_not_##suffix(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n)          \
    {                                                                                                                  \
        uint64_t count = 0;                                                                                            \
        for (size_t i = 0; i < n; i++) {                                                                               \
            out[i] = a[i] & ~b[i];                                                                                     \
            count += (uint64_t)__builtin_popcountll(out[i]);                                                           \
        }                                                                                                              \
        return (uint32_t)count;                                                                                        \
    }                                                                                                                  \
    attribute static uint32_t or_##suffix(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n)               \
    {                                                                                                                  \
        uint64_t count = 0;                                                                                            \
        for (size_t i = 0; i < n; i++) {                                                                               \
            out[i] = a[i] | b[i];                                                                                      \
            count += (uint64_t)__builtin_popcountll(out[i]);                                                           \
        }                                                                                                              \
        return (uint32_t)count;                                                                                        \
    }                                                                                                                  \
    attribute static uint32_t count_and_##suffix(const uint64_t *a, const uint64_t *b, size_t n)                       \
    {                                                                                                                  \
        uint64_t count = 0;                                                                                            \
        for (size_t i = 0; i < n; i++) {                                                                               \
            count += (uint64_t)__builtin_popcountll(a[i] & b[i]);                                                      \
        }                                                                                                              \
        return (uint32_t)count;                                                                                        \
    }

// NOLINTEND(bugprone-macro-parentheses)

LOOPS(plain, )
#if defined __x86_64__
LOOPS(wide, __attribute__((target("avx2,popcnt"))))

static bool is_wide(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}
#define CHOOSE(loop, ...) (is_wide() ? loop##_wide(__VA_ARGS__) : loop##_plain(__VA_ARGS__))
#else
#define CHOOSE(loop, ...) loop##_plain(__VA_ARGS__)
#endif

uint32_t bits_and(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words)
{
    return CHOOSE(and, out, a, b, words);
}

uint32_t bits_and_not(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words)
{
    return CHOOSE(and_not, out, a, b, words);
}

uint32_t bits_or(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words)
{
    return CHOOSE(or, out, a, b, words);
}

uint32_t bits_count_and(const uint64_t *a, const uint64_t *b, size_t words)
{
    return CHOOSE(count_and, a, b, words);
}

uint32_t bits_count(const uint64_t *a, size_t words)
{
    return CHOOSE(count_and, a, a, words);
}
