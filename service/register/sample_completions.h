// The courses one made-up registrant completed: an online course in each year counted from the registration or renewal,
// and one practical or designated course in each term, before the deadline. Private to the sample register.
#ifndef MEIBO_REGISTER_SAMPLE_COMPLETIONS_H
#define MEIBO_REGISTER_SAMPLE_COMPLETIONS_H

#include "register/sample.h"
#include "register/types.h"

enum { SAMPLE_COMPLETIONS_MAX = 256 }; // four a term, and terms enough for 190 years

struct sample_completion {
    size_t template; // of sample_courses.h
    int year;        // the fiscal year
    day_t completed_on;
};

struct sample_history {
    size_t n;
    struct sample_completion items[SAMPLE_COMPLETIONS_MAX]; // in order of day
};

void sample_completions_make(const struct sample_plan *plan, const struct registrant *row,
                             struct sample_history *history);

#endif
