// The inbox in the record: the statements behind report_submit and report_get. `chosen` are indexes into `items`.
#ifndef MEIBO_INTAKE_REPORT_RECORD_H
#define MEIBO_INTAKE_REPORT_RECORD_H

#include "intake/report_check.h"

// facts[i] of items[i], n of them.
enum err report_record_facts(struct conn *conn, const struct report_item *items, size_t n, struct report_facts *facts,
                             struct fault *fault) MUST_CHECK;
// Stores the chosen items, which are sorted by report_item_compare and differ by it. reports[i] is what chosen[i]
// became; its id stays 0 when a report of its natural key was there. Outside a transaction: when this returns ERR_OK
// the reports are durable. ERR_UNCERTAIN: the insert was sent and failed otherwise than by its data.
enum err report_record_insert(struct conn *conn, const struct report_sender *sender, const struct report_item *items,
                              const size_t *chosen, size_t n, struct report *reports, struct fault *fault) MUST_CHECK;
// reports[i] = the stored report with the natural key of items[chosen[i]].
enum err report_record_existing(struct conn *conn, const struct report_item *items, const size_t *chosen, size_t n,
                                struct report *reports, struct fault *fault) MUST_CHECK;
// ERR_NOT_FOUND: none of this operator.
enum err report_record_get(struct conn *conn, const char *operator_code, int64_t id, struct report *report,
                           struct fault *fault) MUST_CHECK;

// Order by natural key: number, course, day.
int report_item_compare(const struct report_item *a, const struct report_item *b);

#endif
