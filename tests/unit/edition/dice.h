// Random numbers that are the same in every run: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, 2014).
#ifndef MEIBO_TESTS_DICE_H
#define MEIBO_TESTS_DICE_H

#include <stdint.h>

static uint64_t dice_state = 42;

static inline uint64_t dice_bits(void)
{
    uint64_t z = (dice_state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

// 0 to below - 1.
static inline uint32_t draw(uint32_t below)
{
    return (uint32_t)(dice_bits() % below);
}

#endif
