// Reading a body of reports: the one place of jansson. Two kinds of fault: what is no JSON at all (one message), and
// what is JSON but not a list of reports (faults with pointers).
#ifndef MEIBO_API_JSON_IN_H
#define MEIBO_API_JSON_IN_H

#include "api/problem.h"
#include "intake/report.h"

struct reports_body; // owns the text that the items borrow

// Once, before threads: jansson's hash seed.
void json_in_setup(void);

// Reads {"reports":[…]}. ERR_INVALID: not JSON; the fault says where. ERR_OK otherwise; `faults` gets what is wrong
// with the whole (then there are no items). reports_body_free() in any case.
enum err reports_body_read(struct str body, struct reports_body **parsed, struct faults *faults,
                           struct fault *fault) MUST_CHECK;
// The items that are of the right form, in order, and the place of each in the list; both borrowed. `*n` of them.
const struct report_item *reports_body_items(const struct reports_body *parsed, const size_t **places, size_t *n);
// How many items the list has, whatever their form.
size_t reports_body_count(const struct reports_body *parsed);
// Adds the faults of form of the item at a place; none if it is of the right form.
void reports_body_fault_item(const struct reports_body *parsed, size_t place, struct faults *faults);
void reports_body_free(struct reports_body **parsed);

#endif
