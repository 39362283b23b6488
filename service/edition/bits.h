// Whole bit fields at once, with the widest instructions that the processor has.
#ifndef MEIBO_EDITION_BITS_H
#define MEIBO_EDITION_BITS_H

#include <stddef.h>
#include <stdint.h>

// out = a & b, a & ~b, a | b; return how many bits are set. `out` may be `a` or `b`.
uint32_t bits_and(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words);
uint32_t bits_and_not(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words);
uint32_t bits_or(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t words);
uint32_t bits_count_and(const uint64_t *a, const uint64_t *b, size_t words);
uint32_t bits_count(const uint64_t *a, size_t words);

#endif
