// Completion reports: what an operator says, what is wrong with it, and the inbox that acknowledges it.
//
// report_submit checks every item against the record (not against an edition: a person imported a second ago is known),
// then stores all of them or none in one transaction. What it says is accepted is durable. What is public already
// because the administrator's file brought it is stored like any other: from then on no later file ends it.
#ifndef MEIBO_INTAKE_REPORT_H
#define MEIBO_INTAKE_REPORT_H

#include "base/digest.h"
#include "register/types.h"
#include "store/pool.h"

enum { REPORT_ITEMS_MAX = 1000 };

struct report_item {
    number_t number;
    struct str course;
    day_t completed_on;
    struct str name; // p == NULL: not given
};

enum report_fault_code {
    REPORT_UNKNOWN_REGISTRANT,
    REPORT_ENDED_REGISTRATION,  // ended before the completion
    REPORT_BEFORE_REGISTRATION, // completed before registered_on
    REPORT_UNKNOWN_COURSE,
    REPORT_COURSE_NOT_YOURS,
    REPORT_COURSE_NOT_OFFERED_THEN,
    REPORT_DATE_IN_FUTURE,
    REPORT_NAME_MISMATCH,
    REPORT_MALFORMED, // the HTTP side finds these
    REPORT_FAULT_CODES,
};

enum report_member {
    REPORT_MEMBER_ITEM,
    REPORT_MEMBER_NUMBER,
    REPORT_MEMBER_COURSE,
    REPORT_MEMBER_COMPLETED_ON,
    REPORT_MEMBER_NAME
};

struct report_fault {
    size_t index;
    enum report_member member;
    enum report_fault_code code;
    day_t day_from; // the bounds that would be right, where the code has any; DAY_NONE otherwise
    day_t day_to;
};

struct report {
    int64_t id;
    number_t number;
    char course[CODE_LONGEST + 1];
    char operator_code[CODE_LONGEST + 1];
    day_t completed_on;
    instant_t received_at;
    day_t reflect_by;
    int64_t publication;    // 0: pending
    instant_t reflected_at; // INSTANT_NONE: pending
};

enum report_outcome { REPORT_ACCEPTED, REPORT_DUPLICATE };

struct report_result {
    enum report_outcome outcome;
    struct report report; // a duplicate's: the one that was there first
};

struct report_sender {
    char operator_code[CODE_LONGEST + 1];
    char key_id[13];
};

struct report_answer {
    struct report_result *results; // one an item, in order; NULL when there are faults
    size_t accepted, duplicates;
    struct report_fault *faults; // every fault of every item, by index then member; NULL when there are none
    size_t fault_count;
};

void report_answer_fini(struct report_answer *answer);

// `items`: 1..REPORT_ITEMS_MAX. `today`: the Japanese day. ERR_INVALID: faults, nothing stored. ERR_UNCERTAIN: they
// may be stored or not; sending the same again is safe. With any other error nothing is stored.
enum err report_submit(struct pool *pool, struct str secret, const struct report_sender *sender,
                       const struct report_item *items, size_t n, day_t today, struct report_answer *answer,
                       struct fault *fault) MUST_CHECK;
// Only the check, for a submission that other faults have doomed already: ERR_OK, or ERR_INVALID with the faults.
enum err report_examine(struct pool *pool, struct str secret, const struct report_sender *sender,
                        const struct report_item *items, size_t n, day_t today, struct report_answer *answer,
                        struct fault *fault) MUST_CHECK;
// One report of this operator. ERR_NOT_FOUND also when it is another operator's.
enum err report_get(struct pool *pool, const char *operator_code, int64_t id, struct report *report,
                    struct fault *fault) MUST_CHECK;

// "unknown_registrant", ...
const char *report_fault_name(enum report_fault_code code);

#endif
