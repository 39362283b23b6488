// Repeatable chance: see sample_dice.h.
#include "register/sample_dice.h"

static const uint64_t GOLDEN_GAMMA = 0x9e3779b97f4a7c15U;

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t subject, enum dice_purpose purpose)
{
    uint64_t stream = subject * DICE_PURPOSES + (uint64_t)purpose;
    return (struct dice){mix(mix(seed + GOLDEN_GAMMA) + mix(stream + GOLDEN_GAMMA))};
}

uint64_t dice_next(struct dice *dice)
{
    dice->state += GOLDEN_GAMMA;
    return mix(dice->state);
}

uint32_t dice_below(struct dice *dice, uint32_t n)
{
    return (uint32_t)(((dice_next(dice) >> 32) * n) >> 32);
}

int32_t dice_between(struct dice *dice, int32_t low, int32_t high)
{
    return low + (int32_t)dice_below(dice, (uint32_t)(high - low) + 1);
}

bool dice_chance(struct dice *dice, uint32_t permille)
{
    return dice_below(dice, 1000) < permille;
}

void wheel_add(struct wheel *wheel, uint32_t weight)
{
    if (wheel->n == WHEEL_SLOTS_MAX) {
        return;
    }
    uint32_t before = wheel->n == 0 ? 0 : wheel->upto[wheel->n - 1];
    wheel->upto[wheel->n++] = before + weight;
}

size_t wheel_spin(const struct wheel *wheel, struct dice *dice)
{
    uint32_t ball = dice_below(dice, wheel->upto[wheel->n - 1]);
    size_t low = 0;
    size_t high = wheel->n - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ball < wheel->upto[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
