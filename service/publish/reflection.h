// How the promise of one month is kept: figures over all reports, by operator and in all.
#ifndef MEIBO_PUBLISH_REFLECTION_H
#define MEIBO_PUBLISH_REFLECTION_H

#include "register/types.h"
#include "store/conn.h"

struct reflection_line {
    char operator_code[CODE_LONGEST + 1]; // "" for all operators
    int64_t received, reflected, pending;
    instant_t oldest_pending_at; // INSTANT_NONE: none pending
    day_t next_reflect_by;       // of those pending; DAY_NONE: none
    int64_t median_delay_ms;     // from receipt to publication; -1: none reflected
    int64_t worst_delay_ms;
    int64_t late_by_operator; // received after reflect_by
    int64_t breaches;         // ours: received in time, not public by reflect_by
};

struct reflection {
    instant_t measured_at;
    size_t n; // lines; the first one is for all operators, then by code
    struct reflection_line lines[];
};

// New, the caller's (free()).
enum err reflection_measure(struct conn *conn, day_t today, struct reflection **reflection,
                            struct fault *fault) MUST_CHECK;

#endif
