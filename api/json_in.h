// Reading a body of reports: the one place of jansson. Two kinds of fault: what is no JSON at all (one message), and
// what is JSON but not a list of reports (faults with pointers).
#ifndef MEIBO_API_JSON_IN_H
#define MEIBO_API_JSON_IN_H

#include "api/problem.h"
#include "intake/report.h"

struct reports_body; // owns the text that the items borrow

// Once, before threads: jansson's hash seed.
void json_in_setup(void);

// Reads {"reports":[…]}. `*items` has one element for each good item; where faults were found it must not be used.
// ERR_INVALID: not JSON; the fault says where. ERR_OK otherwise, also with faults. reports_body_free() in any case.
enum err reports_body_read(struct str body, struct reports_body **parsed, struct report_item **items, size_t *n,
                           struct faults *faults, struct fault *fault) MUST_CHECK;
void reports_body_free(struct reports_body **parsed);

#endif
