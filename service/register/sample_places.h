// Where the sample register's employers are: each prefecture with its government's title and its cities. Private to the
// sample register.
#ifndef MEIBO_REGISTER_SAMPLE_PLACES_H
#define MEIBO_REGISTER_SAMPLE_PLACES_H

#include <stdint.h>

enum { PREFECTURES = 47, CITIES_MAX = 6 };

struct sample_prefecture {
    const char *name;               // as it stands before the government's title
    const char *government;         // what follows it there: 県庁, 府庁, 都庁, 庁
    uint32_t size;                  // about 2^size local employers
    const char *cities[CITIES_MAX]; // cities by law, so that each has a 市役所; the rest NULL
};

// By JIS X 0401 code less one.
extern const struct sample_prefecture sample_prefectures[PREFECTURES];

#endif
