// Typed reading of query parameters. Every fault is added to the list, none stops the reading, nothing is clamped.
#ifndef MEIBO_API_PARAMS_H
#define MEIBO_API_PARAMS_H

#include "api/problem.h"
#include "edition/query.h"

// Checks the names: unknown (with the nearest known), repeated and empty ones are faults.
// `names`: NULL-terminated.
void params_check(const struct request *request, const char *const *names, struct faults *faults);

// Value of a parameter; p == NULL: not given (or given empty, which params_check has faulted).
struct str params_get(const struct request *request, const char *name);

// A list at commas of at most `most` entries, each given to `each` (which adds its own faults). Returns how many.
size_t params_list(const struct request *request, const char *name, size_t most, struct faults *faults,
                   void (*each)(void *context, struct str entry, struct faults *faults), void *context);

void params_numbers(const struct request *request, number_t numbers[QUERY_NUMBERS_MOST], size_t *count,
                    struct faults *faults);
void params_limit(const struct request *request, uint32_t *limit, struct faults *faults);
// `NAME_from` and `NAME_to`.
void params_range(const struct request *request, const char *from, const char *to, struct day_range *range,
                  struct faults *faults);
// course, kind, completed_from, completed_to; and operator where the route has it. `operators` holds the codes.
enum { OPERATORS_MOST = 20 };
struct done_params {
    struct done_condition condition;
    struct str operators[OPERATORS_MOST];
};
void params_done(const struct request *request, const struct edition *edition, bool with_operator,
                 struct done_params *done, struct faults *faults);
void params_places(const struct request *request, const char *name, uint64_t places[2], struct faults *faults);
void params_statuses(const struct request *request, unsigned *statuses, struct faults *faults);
// Folded text of 1 to 200 characters, appended to `room`; p == NULL: not given. `room` must not move: reserve first.
struct str params_text(const struct request *request, const char *name, struct buf *room, struct faults *faults);

// Path and parameters in one text, in the order of `names`, for entity tags and cursors. `but` names two to leave out,
// or NULLs.
void params_canonical(const struct request *request, const char *const *names, const char *but, const char *but_also,
                      struct buf *out);
// The same request with another cursor, as a reference: "/v1/registrants?name=…&cursor=…".
void params_next(const struct request *request, struct str cursor, struct buf *out);

#endif
