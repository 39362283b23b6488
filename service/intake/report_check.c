// The rules of reports: see report_check.h.
#include "intake/report_check.h"

#include <string.h>

struct findings {
    struct report_fault *faults;
    size_t n;
};

static void add(struct findings *findings, enum report_member member, enum report_fault_code code, day_t from, day_t to)
{
    findings->faults[findings->n++] = (struct report_fault){0, member, code, from, to};
}

// First day on which the registration no longer holds: whatever ended it first.
static day_t end_of(const struct report_facts *facts)
{
    day_t end = facts->expires_on + 1;
    bool ended = facts->status == STATUS_REVOKED || facts->status == STATUS_STRUCK_OFF;
    if (ended && facts->status_on < end) {
        end = facts->status_on;
    }
    if (facts->taken_out_on != DAY_NONE && facts->taken_out_on < end) {
        end = facts->taken_out_on;
    }
    return end;
}

static void check_number(const struct report_item *item, const struct report_facts *facts, day_t today,
                         struct findings *findings)
{
    if (!facts->issued) {
        add(findings, REPORT_MEMBER_NUMBER, REPORT_UNKNOWN_REGISTRANT, DAY_NONE, DAY_NONE);
        return;
    }
    // An end that has not come yet says nothing: a day after it is in the future, and that is its fault.
    day_t end = end_of(facts);
    if (end <= today && item->completed_on >= end) {
        add(findings, REPORT_MEMBER_NUMBER, REPORT_ENDED_REGISTRATION, facts->registered_on, end - 1);
    }
}

static void check_course(const struct report_facts *facts, const struct report_sender *sender,
                         struct findings *findings)
{
    if (facts->course_operator[0] == '\0') {
        add(findings, REPORT_MEMBER_COURSE, REPORT_UNKNOWN_COURSE, DAY_NONE, DAY_NONE);
    } else if (strcmp(facts->course_operator, sender->operator_code) != 0) {
        add(findings, REPORT_MEMBER_COURSE, REPORT_COURSE_NOT_YOURS, DAY_NONE, DAY_NONE);
    }
}

static void check_day(day_t day, const struct report_facts *facts, day_t today, struct findings *findings)
{
    if (facts->issued && day < facts->registered_on) {
        add(findings, REPORT_MEMBER_COMPLETED_ON, REPORT_BEFORE_REGISTRATION, facts->registered_on, DAY_NONE);
    }
    if (facts->course_operator[0] != '\0' && (day < facts->valid_from || day > facts->valid_to)) {
        add(findings, REPORT_MEMBER_COMPLETED_ON, REPORT_COURSE_NOT_OFFERED_THEN, facts->valid_from, facts->valid_to);
    }
    if (day > today) {
        add(findings, REPORT_MEMBER_COMPLETED_ON, REPORT_DATE_IN_FUTURE, DAY_NONE, today);
    }
}

size_t report_check(const struct report_item *item, const struct digest *name, const struct report_facts *facts,
                    const struct report_sender *sender, day_t today, struct report_fault faults[REPORT_FAULTS_AN_ITEM])
{
    struct findings findings = {faults, 0};
    bool repeat = facts->report.id != 0 && strcmp(facts->report.operator_code, sender->operator_code) == 0;
    if (!repeat) {
        check_number(item, facts, today, &findings);
        check_course(facts, sender, &findings);
        check_day(item->completed_on, facts, today, &findings);
    }
    if (name != NULL && facts->has_name && !digest_equal(name, &facts->name)) {
        add(&findings, REPORT_MEMBER_NAME, REPORT_NAME_MISMATCH, DAY_NONE, DAY_NONE);
    }
    return findings.n;
}

const char *report_fault_name(enum report_fault_code code)
{
    static const char *const names[REPORT_FAULT_CODES] = {
        [REPORT_UNKNOWN_REGISTRANT] = "unknown_registrant",
        [REPORT_ENDED_REGISTRATION] = "ended_registration",
        [REPORT_BEFORE_REGISTRATION] = "before_registration",
        [REPORT_UNKNOWN_COURSE] = "unknown_course",
        [REPORT_COURSE_NOT_YOURS] = "course_not_yours",
        [REPORT_COURSE_NOT_OFFERED_THEN] = "course_not_offered_then",
        [REPORT_DATE_IN_FUTURE] = "date_in_future",
        [REPORT_NAME_MISMATCH] = "name_mismatch",
        [REPORT_MALFORMED] = "malformed",
    };
    return (unsigned)code < REPORT_FAULT_CODES ? names[code] : "unknown";
}
