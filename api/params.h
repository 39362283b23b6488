// Typed reading of query parameters. Every fault is added to the list, none stops the reading, nothing is clamped.
// params.c knows parameters in general, params_register.c what the register has of its own.
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
// The fault of a list that has too many entries; nothing if it has not.
void params_check_count(const char *name, size_t count, size_t most, struct faults *faults);

// The place of a word among `names` (NULL-terminated); -1, and a fault that lists them, if it is none of them.
int params_choose(const char *parameter, struct str word, const char *const *names, struct faults *faults);
// A list of such words, as a bit set of their places; 0: not given.
void params_choices(const struct request *request, const char *name, const char *const *names, unsigned *set,
                    struct faults *faults);
void params_triple(const struct request *request, const char *name, enum triple *triple, struct faults *faults);

// The beginning of what the client sent, for a message: at most so many bytes, in whole characters.
struct str params_beginning(struct str text, size_t most);

// `limit`: 1 to `most`; `usual` where it is not given.
void params_limit(const struct request *request, uint32_t usual, uint32_t most, uint32_t *limit, struct faults *faults);
// `NAME_from` and `NAME_to`: days, months, counts.
void params_range(const struct request *request, const char *from, const char *to, struct day_range *range,
                  struct faults *faults);
void params_months(const struct request *request, const char *from, const char *to, struct int_range *range,
                   struct faults *faults);
void params_counts(const struct request *request, const char *from, const char *to, struct int_range *range,
                   struct faults *faults);

// Text to search for, as it came: 1 to 200 characters, of which folding leaves some. p == NULL: not given, or a fault.
struct str params_text(const struct request *request, const char *name, struct faults *faults);
// Whether a text can be searched for so; a fault if not.
bool params_check_text(const char *name, struct str text, struct faults *faults);
bool params_folds_to_nothing(struct str text);

// --- the register's own ---

void params_numbers(const struct request *request, number_t numbers[QUERY_NUMBERS_MOST], size_t *count,
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

// --- the query as a whole ---

// Path and parameters in one text, in the order of their names, for entity tags and cursors. `but` names two to leave
// out, or NULLs.
void params_canonical(const struct request *request, const char *but, const char *but_also, struct buf *out);
// The same request with another cursor, as a reference: "/v1/registrants?name=…&cursor=…".
void params_next(const struct request *request, struct str cursor, struct buf *out);

#endif
