// The rules a completion report must keep, apart from where the facts come from: no database, no clock.
#ifndef MEIBO_INTAKE_REPORT_CHECK_H
#define MEIBO_INTAKE_REPORT_CHECK_H

#include "intake/report.h"

enum { REPORT_FAULTS_AN_ITEM = 6 };

// What the record knows about one item.
struct report_facts {
    bool issued; // the number was; the next five say something only then
    enum status status;
    day_t status_on, registered_on, expires_on;
    day_t taken_out_on; // the number left the register file on this day; DAY_NONE: it is there
    bool has_name;
    struct digest name;
    char course_operator[CODE_LONGEST + 1]; // "": no such course
    day_t valid_from, valid_to;             // of the course
    struct report report;                   // there already; id 0: none
};

// Fills `faults` by member and returns how many. `name`: digest of the name given; NULL: none.
// A repeat of what the same operator reported before keeps its acknowledgement, whatever changed since: then only the
// name is checked.
size_t report_check(const struct report_item *item, const struct digest *name, const struct report_facts *facts,
                    const struct report_sender *sender, day_t today, struct report_fault faults[REPORT_FAULTS_AN_ITEM]);

#endif
