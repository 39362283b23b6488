// Composes an employer's name so that its parts agree: the legal form with the business, the business with the place.
// Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_BUSINESS_H
#define MEIBO_REGISTER_SAMPLE_BUSINESS_H

#include "register/sample_employers.h"
#include "register/sample_places.h"

// How people write 株式会社, and what they leave between it and the name.
struct spelling {
    const char *text;
    const char *gap;
};

// A large one, without a place in its name. `rank` keeps the names of different ones apart.
void sample_business_national(struct dice *employer, uint32_t rank, const struct spelling *stock,
                              char out[EMPLOYER_BYTES]);
// One of a prefecture: if its name has a place, then one of this prefecture.
void sample_business_local(struct dice *employer, const struct sample_prefecture *at, const struct spelling *stock,
                           char out[EMPLOYER_BYTES]);

#endif
