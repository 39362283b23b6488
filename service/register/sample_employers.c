// Draws who employs a person, and how that person spells it: see sample_employers.h.
#include "register/sample_employers.h"

#include "register/sample_business.h"
#include "register/sample_places.h"

enum {
    NATIONAL_PERMILLE = 380,
    // An employer's rank is drawn within 2^level .. 2^(level+1)-1 with every level as likely: about one in rank. The
    // largest local one of a prefecture is smaller than the large ones of the country.
    NATIONAL_LEVEL_LOWEST = 3,
    NATIONAL_LEVEL_HIGHEST = 6,
    LOCAL_SUBJECT = 1 << 20, // apart from all other prefectures' employers
    OTHER_SPELLING_PERMILLE = 45,
};

static const struct spelling usual_spelling = {"株式会社", ""};
static const struct spelling other_spellings[] = {{"㈱", ""},    {"(株)", ""},      {"（株）", ""},
                                                  {"(株)", " "}, {"株式会社", " "}, {"株式会社", "　"}};
enum { OTHER_SPELLINGS = sizeof other_spellings / sizeof other_spellings[0] };

static uint32_t draw_rank(struct dice *dice, uint32_t lowest, uint32_t highest)
{
    uint32_t level = (uint32_t)dice_between(dice, (int32_t)lowest, (int32_t)highest);
    return (1U << level) + dice_below(dice, 1U << level);
}

void sample_employers_draw(uint64_t seed, struct dice *dice, int prefecture, char out[EMPLOYER_BYTES])
{
    bool unusual = dice_chance(dice, OTHER_SPELLING_PERMILLE);
    struct spelling stock = other_spellings[dice_below(dice, OTHER_SPELLINGS)];
    if (!unusual) {
        stock = usual_spelling;
    }
    bool is_national = dice_chance(dice, NATIONAL_PERMILLE) || prefecture < 1 || prefecture > PREFECTURES;
    if (is_national) {
        uint32_t rank = draw_rank(dice, NATIONAL_LEVEL_LOWEST, NATIONAL_LEVEL_HIGHEST);
        struct dice employer = dice_of(seed, rank, DICE_EMPLOYER);
        sample_business_national(&employer, rank, &stock, out);
        return;
    }
    const struct sample_prefecture *at = &sample_prefectures[prefecture - 1];
    uint64_t subject = (uint64_t)prefecture * LOCAL_SUBJECT + draw_rank(dice, at->size / 2, at->size - 1);
    struct dice employer = dice_of(seed, subject, DICE_EMPLOYER);
    sample_business_local(&employer, at, &stock, out);
}
