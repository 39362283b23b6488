// Writes a made-up register that looks like a real one in everything that matters to search and to load: frequencies of
// names with their readings, variant kanji in their real share, a third of the names withheld, cohorts and terms by the
// rules, all states, employers with their legal forms, courses for every fiscal year. Visibly sample data: employers,
// operators, domains and certificate numbers all say so.
#ifndef MEIBO_REGISTER_SAMPLE_H
#define MEIBO_REGISTER_SAMPLE_H

#include "base/clock.h"
#include "base/err.h"

enum { SAMPLE_REGISTRANTS_MAX = 5000000 };

struct sample_plan {
    uint32_t registrants; // rows in the register file, all states; 1..SAMPLE_REGISTRANTS_MAX
    uint64_t seed;        // the same plan gives the same bytes
    day_t today;          // the Japanese day that states and course years are computed for
};

// Writes operators.ndjson, courses.ndjson, register.ndjson and completions.ndjson into `directory`, which is made if
// missing. Files are replaced. ERR_INVALID: a plan out of range; ERR_IO: the fault names the file.
enum err sample_write(const char *directory, struct sample_plan plan, struct fault *fault) MUST_CHECK;

#endif
