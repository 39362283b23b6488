// The register file: its fields, and what a registrant's dates and states must mean together. expires_on is taken as
// given: the administrator's word stands above our own calendar, which only explains it.
#include "register/reader_tables.h"
#include "register/reader_values.h"
#include "register/terms.h"

#define AT(member) offsetof(struct registrant, member)

static const struct reader_field fields[] = {
    {"number", SHAPE_TEXT, true, false, reader_value_number, AT(number), 0},
    {"registered_on", SHAPE_TEXT, true, false, reader_value_day, AT(registered_on), 0},
    {"renewed_on", SHAPE_TEXT, false, false, reader_value_day, AT(renewed_on), 0},
    {"renewal_count", SHAPE_INTEGER, true, false, reader_value_renewals, AT(renewal_count), 0},
    {"expires_on", SHAPE_TEXT, true, false, reader_value_day, AT(expires_on), 0},
    {"exam_passed", SHAPE_TEXT, false, false, reader_value_month, AT(exam_passed), 0},
    {"status", SHAPE_TEXT, true, false, reader_value_status, AT(status), 0},
    {"status_on", SHAPE_TEXT, true, false, reader_value_day, AT(status_on), 0},
    {"suspended_until", SHAPE_TEXT, false, false, reader_value_day, AT(suspended_until), 0},
    {"public", SHAPE_LIST, false, false, reader_value_public, AT(public_fields), 0},
    {"name", SHAPE_TEXT, true, false, reader_value_text, AT(name), TEXT_LONGEST},
    {"kana", SHAPE_TEXT, false, false, reader_value_text, AT(kana), TEXT_LONGEST},
    {"other_name", SHAPE_TEXT, false, false, reader_value_text, AT(other_name), TEXT_LONGEST},
    {"birth_month", SHAPE_TEXT, false, false, reader_value_month, AT(birth_month), 0},
    {"exam_certificate", SHAPE_TEXT, false, false, reader_value_text, AT(exam_certificate), TEXT_LONGEST},
    {"home", SHAPE_TEXT, false, false, reader_value_place, AT(home), 0},
    {"employer", SHAPE_TEXT, false, false, reader_value_text, AT(employer), TEXT_LONGEST},
    {"employer_place", SHAPE_TEXT, false, false, reader_value_place, AT(employer_place), 0},
    {"email", SHAPE_TEXT, false, true, reader_value_text, AT(email), TEXT_LONGEST},
    {"phone", SHAPE_TEXT, false, true, reader_value_text, AT(phone), TEXT_LONGEST},
    {"url", SHAPE_TEXT, false, true, reader_value_text, AT(url), TEXT_LONGEST},
    {"specialties", SHAPE_LIST, false, true, reader_value_texts, AT(specialties), TEXT_LONGEST},
    {"skills", SHAPE_LIST, false, true, reader_value_texts, AT(skills), TEXT_LONGEST},
    {"qualifications", SHAPE_LIST, false, true, reader_value_texts, AT(qualifications), TEXT_LONGEST},
    {"statement", SHAPE_TEXT, false, true, reader_value_statement, AT(statement), STATEMENT_LONGEST},
};

#define FIELDS_N (sizeof fields / sizeof fields[0])
_Static_assert(FIELDS_N <= (size_t)READER_FIELDS_MAX, "cells for every field");

static void blank(union reader_row *row)
{
    row->registrant = (struct registrant){
        .registered_on = DAY_NONE,
        .renewed_on = DAY_NONE,
        .expires_on = DAY_NONE,
        .exam_passed = MONTH_NONE,
        .status_on = DAY_NONE,
        .suspended_until = DAY_NONE,
        .birth_month = MONTH_NONE,
        .home = PLACE_NONE,
        .employer_place = PLACE_NONE,
    };
}

static const struct reader_field *field_at(size_t offset)
{
    size_t i = 0;
    while (fields[i].offset != offset) {
        i++;
    }
    return &fields[i];
}

#define FAULT(member, ...) reader_record_fault(record, field_at(AT(member)), __VA_ARGS__)

static void judge_terms(struct reader_record *record, const struct registrant *one)
{
    bool renewed = one->renewed_on != DAY_NONE;
    if (term_first_limit(one->registered_on) == DAY_NONE) {
        FAULT(registered_on, "registration is on 1 April or 1 October, from 2017-04-01 on");
    }
    if (renewed && one->renewal_count == 0) {
        FAULT(renewed_on, "given although renewal_count is 0; leave it out");
    }
    if (!renewed && one->renewal_count > 0) {
        FAULT(renewed_on, "missing although renewal_count is %u", (unsigned)one->renewal_count);
    }
    if (renewed && one->renewed_on <= one->registered_on) {
        FAULT(renewed_on, "must be after registered_on");
    }
    if (one->expires_on <= one->registered_on) {
        FAULT(expires_on, "must be after registered_on");
    }
}

static void judge_status(struct reader_record *record, const struct registrant *one)
{
    bool suspended = one->status == STATUS_NAME_USE_SUSPENDED;
    bool has_end = one->suspended_until != DAY_NONE;
    if (one->status_on < one->registered_on) {
        FAULT(status_on, "must not be before registered_on");
    }
    if (suspended && !has_end) {
        FAULT(suspended_until, "missing: status \"%s\" needs it", status_name(one->status));
    }
    if (!suspended && has_end) {
        FAULT(suspended_until, "given although status is \"%s\"; it belongs to \"%s\" only", status_name(one->status),
              status_name(STATUS_NAME_USE_SUSPENDED));
    }
    if (suspended && has_end && one->suspended_until < one->status_on) {
        FAULT(suspended_until, "must not be before status_on");
    }
}

static void judge(struct reader_record *record, const union reader_row *row)
{
    judge_terms(record, &row->registrant);
    judge_status(record, &row->registrant);
}

const struct reader_table reader_table_register = {fields, FIELDS_N, KEY_NUMBER, blank, judge};

static bool is_public(const struct registrant *registrant, enum optional_field field)
{
    return (registrant->public_fields & (1U << field)) != 0;
}

static void drop_text(const struct registrant *registrant, enum optional_field field, struct str *text)
{
    if (!is_public(registrant, field)) {
        *text = (struct str){NULL, 0};
    }
}

static void drop_number(const struct registrant *registrant, enum optional_field field, int *value, int absent)
{
    if (!is_public(registrant, field)) {
        *value = absent;
    }
}

void registrant_drop_withheld(struct registrant *registrant)
{
    drop_text(registrant, OPTIONAL_NAME, &registrant->name);
    drop_text(registrant, OPTIONAL_KANA, &registrant->kana);
    drop_text(registrant, OPTIONAL_OTHER_NAME, &registrant->other_name);
    drop_number(registrant, OPTIONAL_BIRTH_MONTH, &registrant->birth_month, MONTH_NONE);
    drop_text(registrant, OPTIONAL_EXAM_CERTIFICATE, &registrant->exam_certificate);
    drop_number(registrant, OPTIONAL_HOME, &registrant->home, PLACE_NONE);
    drop_text(registrant, OPTIONAL_EMPLOYER, &registrant->employer);
    drop_number(registrant, OPTIONAL_EMPLOYER_PLACE, &registrant->employer_place, PLACE_NONE);
}
