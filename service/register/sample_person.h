// One made-up registrant: who it is, how the registration went, and what of it is public. Private to the sample
// register.
#ifndef MEIBO_REGISTER_SAMPLE_PERSON_H
#define MEIBO_REGISTER_SAMPLE_PERSON_H

#include "register/sample.h"
#include "register/sample_employers.h"
#include "register/sample_names.h"
#include "register/sample_profile.h"
#include "register/types.h"

enum {
    CERTIFICATE_BYTES = 24,
    EXAMS_FIRST_YEAR = 2009, // since then the certificates' numbers begin with SC
    EXAMS_MAX = 400,         // twice a year
};

// What all persons of one register share.
struct sample_world {
    struct sample_plan plan;
    struct sample_names names;
    struct wheel homes;
    struct wheel distant_offices; // where people work who cross prefectures
    struct wheel ages;
    uint32_t certificates[EXAMS_MAX]; // issued so far by exam
};

// The row borrows its texts from the buffers behind it; the struct must not be copied.
struct sample_person {
    struct registrant row;
    struct sample_full_name full_name;
    char certificate[CERTIFICATE_BYTES];
    char employer[EMPLOYER_BYTES];
    struct sample_profile profile;
};

void sample_world_init(struct sample_world *world, struct sample_plan plan);
// Makes up the registrant of this number, registered on this day. Call in order of number: certificates count up.
void sample_person_make(struct sample_world *world, number_t number, day_t registered_on, struct sample_person *person);

#endif
