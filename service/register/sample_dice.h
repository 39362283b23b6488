// The sample register's chance: the same numbers on every machine, which the C library's generators do not promise.
// Each purpose of each person has a stream of its own, so that a person stays the same when others change. Private to
// the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_DICE_H
#define MEIBO_REGISTER_SAMPLE_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct dice {
    uint64_t state;
};

// What a stream of numbers is for; the second half of its name beside the person or thing.
enum dice_purpose {
    DICE_NAME,
    DICE_STATE,
    DICE_LIFE,
    DICE_CONSENT,
    DICE_PROFILE,
    DICE_COURSES,
    DICE_EMPLOYER,
    DICE_PURPOSES
};

struct dice dice_of(uint64_t seed, uint64_t subject, enum dice_purpose purpose);
uint64_t dice_next(struct dice *dice);
// 0 .. n-1; n > 0.
uint32_t dice_below(struct dice *dice, uint32_t n);
// low .. high, both included; low <= high.
int32_t dice_between(struct dice *dice, int32_t low, int32_t high);
// True in so many of a thousand cases.
bool dice_chance(struct dice *dice, uint32_t permille);

enum { WHEEL_SLOTS_MAX = 640 };

// A wheel of fortune: slots of unequal width. Born zeroed; filled once, spun often.
struct wheel {
    size_t n;
    uint32_t upto[WHEEL_SLOTS_MAX]; // sum of the weights up to and with this slot
};

// Adds the next slot; ignored beyond WHEEL_SLOTS_MAX. The weights' sum stays below 2^32.
void wheel_add(struct wheel *wheel, uint32_t weight);
// The slot that comes up. The wheel has at least one slot with a weight.
size_t wheel_spin(const struct wheel *wheel, struct dice *dice);

#endif
