// The handlers, one file a resource. Each reads its parameters, asks the service, writes its answer.
#ifndef MEIBO_API_RESOURCES_H
#define MEIBO_API_RESOURCES_H

#include "api/api.h"

// Media types that routes choose among by Accept: visit->media.
#define MEDIA_JSON "application/json"
#define MEDIA_CSV "text/csv"
#define MEDIA_NDJSON "application/x-ndjson"

extern const char *const registrants_parameters[];
extern const char *const suggestions_parameters[];
extern const char *const completions_parameters[];

void handle_service(struct visit *visit, struct reply *reply);
void handle_registrants(struct visit *visit, struct reply *reply);
void handle_registrant(struct visit *visit, struct reply *reply);
void handle_suggestions(struct visit *visit, struct reply *reply);
void handle_completions(struct visit *visit, struct reply *reply);
void handle_courses(struct visit *visit, struct reply *reply);
void handle_course(struct visit *visit, struct reply *reply);
void handle_operators(struct visit *visit, struct reply *reply);
void handle_reflection(struct visit *visit, struct reply *reply);
void handle_post_reports(struct visit *visit, struct reply *reply);
void handle_get_report(struct visit *visit, struct reply *reply);
void handle_openapi_yaml(struct visit *visit, struct reply *reply);
void handle_openapi_json(struct visit *visit, struct reply *reply);
void handle_problem_page(struct visit *visit, struct reply *reply);
void handle_web_page(struct visit *visit, struct reply *reply);
void handle_web_asset(struct visit *visit, struct reply *reply);
void handle_live(struct visit *visit, struct reply *reply);
void handle_ready(struct visit *visit, struct reply *reply);
void handle_metrics(struct visit *visit, struct reply *reply);

// The member as_of.
void answer_write_as_of(const struct visit *visit, struct buf *out);
// Begins a JSON object that speaks from an edition: {"as_of":{…}
void answer_begin(const struct visit *visit, struct reply *reply);
// The address of the page behind `last`: appended to `next`, and as Link.
struct cursor;
enum { NEXT_LONGEST = TARGET_LONGEST * 4 };
void answer_next(const struct visit *visit, const struct cursor *last, struct reply *reply, struct buf *next);
// Ends a list: the address of the next page, in the body and as Link, where `last` is not NULL; then `}`.
void answer_end_list(const struct visit *visit, const struct cursor *last, struct reply *reply);
// An array of offers as a member.
struct offer;
void answer_write_offers(const char *name, const struct offer *offers, size_t count, struct buf *out);
// Reads `cursor`; false (and a fault) if it is damaged or of another query. Not given: `*given` is false.
bool answer_read_cursor(const struct visit *visit, struct cursor *cursor, bool *given, struct faults *faults);

#endif
