// Made-up names of people: surname and given name with their readings, as frequent as they are in Japan for a person of
// that sex and birth decade, the variant kanji of a surname in about their real share. Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_NAMES_H
#define MEIBO_REGISTER_SAMPLE_NAMES_H

#include "base/str.h"
#include "register/sample_dice.h"

enum {
    NAME_DECADES = 6, // births in the 1950s and before, 1960s, ..., 2000s and after
    NAME_BYTES = 128, // the longest name or reading with its NUL
};

// A surname as it is written, and how many thousand people bear it so written and so read (rounded, from general
// knowledge; two rows of the same kanji are two readings).
struct sample_surname {
    const char *kanji;
    const char *kana;
    uint32_t thousands;
};

// Rare surnames with about as many bearers each: "KANJI/KANA KANJI/KANA ...".
struct sample_band {
    uint32_t thousands;
    const char *surnames;
};

// A given name. `decades` has a digit per birth decade: 0 not given then, 9 among the most frequent; the weight is the
// digit's square.
struct sample_given {
    const char *kanji;
    const char *kana;
    const char *decades;
};

// A whole foreign name, its reading, and a name of daily use in Japan ("" where there is none).
struct sample_foreign {
    const char *name;
    const char *kana;
    const char *other_name;
};

extern const struct sample_surname sample_surnames[];
extern const size_t sample_surname_count;
extern const struct sample_band sample_bands[];
extern const size_t sample_band_count;
extern const struct sample_given sample_men[];
extern const size_t sample_men_count;
extern const struct sample_given sample_women[];
extern const size_t sample_women_count;
extern const struct sample_foreign sample_foreigners[];
extern const size_t sample_foreigner_count;

enum { BANDS_MAX = 8, RARE_SURNAMES_MAX = 6000 };

struct sample_names {
    struct wheel surnames; // first the frequent ones, then a slot per band
    const char *rare[RARE_SURNAMES_MAX];
    uint32_t band_ends[BANDS_MAX]; // in `rare`
    struct wheel men[NAME_DECADES];
    struct wheel women[NAME_DECADES];
};

struct sample_full_name {
    char name[NAME_BYTES];
    char kana[NAME_BYTES];
    char other_name[NAME_BYTES]; // "" if none
};

void sample_names_init(struct sample_names *names);
// Draws one person's name. `birth_year` is the calendar year.
void sample_names_draw(const struct sample_names *names, struct dice *dice, bool woman, int birth_year,
                       struct sample_full_name *drawn);

#endif
