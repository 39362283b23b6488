// What some registrants wrote about themselves. Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_PROFILE_H
#define MEIBO_REGISTER_SAMPLE_PROFILE_H

#include "register/sample_dice.h"
#include "register/types.h"

enum { PROFILE_LIST_MAX = 5, PROFILE_SENTENCES_MAX = 3, PROFILE_STATEMENT_BYTES = 1024 };

struct sample_profile {
    char email[64];
    char phone[32];
    char url[64];
    char statement[PROFILE_STATEMENT_BYTES];
    struct str specialties[PROFILE_LIST_MAX];
    struct str skills[PROFILE_LIST_MAX];
    struct str qualifications[PROFILE_LIST_MAX];
};

// Fills the row's profile fields, or leaves all of them absent; the texts live in `profile`.
void sample_profile_make(uint64_t seed, struct registrant *row, struct sample_profile *profile);

#endif
