// Builds an edition from the rows of the register, in this order: operators, courses, registrants by ascending number,
// completions by ascending number, then newest first, then course. What is given is copied.
#ifndef MEIBO_EDITION_BUILDER_H
#define MEIBO_EDITION_BUILDER_H

#include "base/err.h"
#include "edition/edition.h"

struct builder;

struct builder_completion {
    number_t number;
    struct str course;
    day_t completed_on;
    instant_t reported_at; // INSTANT_NONE: came by the administrator's file
    instant_t reflected_at;
};

enum err builder_new(struct edition_head head, struct builder **builder, struct fault *fault) MUST_CHECK;
// For a build that is given up.
void builder_free(struct builder **builder);

enum err builder_add_operator(struct builder *builder, const struct operator_entry *operator_entry,
                              struct fault *fault) MUST_CHECK;
// `current`: false for a course that ended and is only known by its completions.
enum err builder_add_course(struct builder *builder, const struct course *course, bool current,
                            struct fault *fault) MUST_CHECK;
// `taken_out_on`: the day on which the number was taken out of the register file (it counts as struck off from then
// on), else DAY_NONE. ERR_INTERNAL: numbers not ascending.
enum err builder_add_registrant(struct builder *builder, const struct registrant *registrant, day_t taken_out_on,
                                struct fault *fault) MUST_CHECK;
// A completion of someone whose registration ended is left out: a tombstone shows none.
// ERR_INTERNAL: unknown number or course, or out of order.
enum err builder_add_completion(struct builder *builder, const struct builder_completion *completion,
                                struct fault *fault) MUST_CHECK;
// The edition is the caller's, the builder is gone. ERR_MEMORY.
enum err builder_finish(struct builder **builder, struct edition **edition, struct fault *fault) MUST_CHECK;

#endif
