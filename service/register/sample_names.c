// Draws names from the tables: see sample_names.h.
#include "register/sample_names.h"

#include <stdio.h>
#include <string.h>

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

// Returns how many rare surnames there are with this band's.
static uint32_t index_band(struct sample_names *names, const struct sample_band *band, uint32_t n)
{
    for (const char *at = band->surnames; *at != '\0' && n < RARE_SURNAMES_MAX; at += *at == ' ') {
        names->rare[n++] = at;
        at += strcspn(at, " ");
    }
    return n;
}

static void fill_bands(struct sample_names *names)
{
    uint32_t n = 0;
    for (size_t i = 0; i < sample_band_count && i < BANDS_MAX; i++) {
        uint32_t before = n;
        n = index_band(names, &sample_bands[i], n);
        names->band_ends[i] = n;
        wheel_add(&names->surnames, sample_bands[i].thousands * (n - before));
    }
}

void sample_names_init(struct sample_names *names)
{
    *names = (struct sample_names){0};
    for (size_t i = 0; i < sample_surname_count; i++) {
        wheel_add(&names->surnames, sample_surnames[i].thousands);
    }
    fill_bands(names);
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

struct surname {
    struct str kanji;
    struct str kana;
};

static struct surname split_rare(const char *text)
{
    size_t kanji = strcspn(text, "/");
    const char *kana = text + kanji + 1;
    return (struct surname){{text, kanji}, {kana, strcspn(kana, " ")}};
}

static struct surname draw_surname(const struct sample_names *names, struct dice *dice)
{
    size_t slot = wheel_spin(&names->surnames, dice);
    if (slot < sample_surname_count) {
        return (struct surname){str_of(sample_surnames[slot].kanji), str_of(sample_surnames[slot].kana)};
    }
    size_t band = slot - sample_surname_count;
    uint32_t first = band == 0 ? 0 : names->band_ends[band - 1];
    return split_rare(names->rare[first + dice_below(dice, names->band_ends[band] - first)]);
}

static void join(char out[NAME_BYTES], struct str family, const char *given)
{
    (void)snprintf(out, NAME_BYTES, "%.*s %s", (int)family.n, family.p, given);
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
    struct surname family = draw_surname(names, dice);
    const struct sample_given *given = draw_given(names, dice, woman, birth_year);
    join(drawn->name, family.kanji, given->kanji);
    join(drawn->kana, family.kana, given->kana);
    if (dice_chance(dice, woman ? SECOND_NAME_WOMEN_PERMILLE : SECOND_NAME_MEN_PERMILLE)) {
        struct surname second = draw_surname(names, dice);
        join(drawn->other_name, second.kanji, given->kanji);
    }
}
