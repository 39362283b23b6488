// Draws names from the tables: see sample_names.h.
#include "register/sample_names.h"

#include <stdio.h>

enum {
    FOREIGN_PERMILLE = 7,
    SECOND_NAME_WOMEN_PERMILLE = 130, // mostly the name before marriage
    SECOND_NAME_MEN_PERMILLE = 6,
    FIRST_DECADE = 1950,
};

static uint32_t weight_in(const struct sample_given *given, size_t decade)
{
    uint32_t digit = (uint32_t)(given->decades[decade] - '0');
    return digit * digit;
}

static void fill_given(struct wheel wheels[NAME_DECADES], const struct sample_given *table, size_t count)
{
    for (size_t decade = 0; decade < NAME_DECADES; decade++) {
        for (size_t i = 0; i < count; i++) {
            wheel_add(&wheels[decade], weight_in(&table[i], decade));
        }
    }
}

void sample_names_init(struct sample_names *names)
{
    *names = (struct sample_names){0};
    for (size_t i = 0; i < sample_surname_count; i++) {
        wheel_add(&names->surnames, sample_surnames[i].thousands);
    }
    fill_given(names->men, sample_men, sample_men_count);
    fill_given(names->women, sample_women, sample_women_count);
}

static size_t decade_of(int birth_year)
{
    int decade = (birth_year - FIRST_DECADE) / 10;
    if (birth_year < FIRST_DECADE) {
        return 0;
    }
    return decade < NAME_DECADES ? (size_t)decade : NAME_DECADES - 1;
}

static const struct sample_given *draw_given(const struct sample_names *names, struct dice *dice, bool woman,
                                             int birth_year)
{
    size_t decade = decade_of(birth_year);
    if (woman) {
        return &sample_women[wheel_spin(&names->women[decade], dice)];
    }
    return &sample_men[wheel_spin(&names->men[decade], dice)];
}

static void join(char out[NAME_BYTES], const char *family, const char *given)
{
    (void)snprintf(out, NAME_BYTES, "%s %s", family, given);
}

static void draw_foreign(struct dice *dice, struct sample_full_name *drawn)
{
    const struct sample_foreign *foreign = &sample_foreigners[dice_below(dice, (uint32_t)sample_foreigner_count)];
    (void)snprintf(drawn->name, NAME_BYTES, "%s", foreign->name);
    (void)snprintf(drawn->kana, NAME_BYTES, "%s", foreign->kana);
    (void)snprintf(drawn->other_name, NAME_BYTES, "%s", foreign->other_name);
}

void sample_names_draw(const struct sample_names *names, struct dice *dice, bool woman, int birth_year,
                       struct sample_full_name *drawn)
{
    *drawn = (struct sample_full_name){0};
    if (dice_chance(dice, FOREIGN_PERMILLE)) {
        draw_foreign(dice, drawn);
        return;
    }
    const struct sample_surname *family = &sample_surnames[wheel_spin(&names->surnames, dice)];
    const struct sample_given *given = draw_given(names, dice, woman, birth_year);
    join(drawn->name, family->kanji, given->kanji);
    join(drawn->kana, family->kana, given->kana);
    if (dice_chance(dice, woman ? SECOND_NAME_WOMEN_PERMILLE : SECOND_NAME_MEN_PERMILLE)) {
        const struct sample_surname *second = &sample_surnames[wheel_spin(&names->surnames, dice)];
        join(drawn->other_name, second->kanji, given->kanji);
    }
}
