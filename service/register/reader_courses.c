// The files beside the register: courses, the operators who give them, and completions from before this service.
#include "register/reader_tables.h"
#include "register/reader_values.h"

enum { COURSE_VALID_TO = 6, COMPLETION_COMPLETED_ON = 2 };

static const struct reader_field course_fields[] = {
    {"code", SHAPE_TEXT, true, false, reader_value_code, offsetof(struct course, code), 0},
    {"kind", SHAPE_TEXT, true, false, reader_value_kind, offsetof(struct course, kind), 0},
    {"name", SHAPE_TEXT, true, false, reader_value_text, offsetof(struct course, name), TEXT_LONGEST},
    {"name_en", SHAPE_TEXT, false, false, reader_value_text, offsetof(struct course, name_en), TEXT_LONGEST},
    {"operator", SHAPE_TEXT, true, false, reader_value_code, offsetof(struct course, operator_code), 0},
    {"valid_from", SHAPE_TEXT, true, false, reader_value_day, offsetof(struct course, valid_from), 0},
    [COURSE_VALID_TO] = {"valid_to", SHAPE_TEXT, true, false, reader_value_day, offsetof(struct course, valid_to), 0},
    {"hours", SHAPE_DECIMAL, false, false, reader_value_hours, offsetof(struct course, tenth_hours), 0},
    {"fee_yen", SHAPE_INTEGER, false, false, reader_value_fee, offsetof(struct course, fee_yen), 0},
};

static const struct reader_field operator_fields[] = {
    {"code", SHAPE_TEXT, true, false, reader_value_code, offsetof(struct operator_entry, code), 0},
    {"name", SHAPE_TEXT, true, false, reader_value_text, offsetof(struct operator_entry, name), TEXT_LONGEST},
    {"name_en", SHAPE_TEXT, false, false, reader_value_text, offsetof(struct operator_entry, name_en), TEXT_LONGEST},
    {"domain", SHAPE_TEXT, false, false, reader_value_domain, offsetof(struct operator_entry, domain), 0},
};

static const struct reader_field completion_fields[] = {
    {"number", SHAPE_TEXT, true, false, reader_value_number, offsetof(struct completion, number), 0},
    {"course", SHAPE_TEXT, true, false, reader_value_code, offsetof(struct completion, course), 0},
    [COMPLETION_COMPLETED_ON] = {"completed_on", SHAPE_TEXT, true, false, reader_value_day,
                                 offsetof(struct completion, completed_on), 0},
};

static void blank_course(union reader_row *row)
{
    row->course = (struct course){.valid_from = DAY_NONE, .valid_to = DAY_NONE, .fee_yen = -1};
}

static void blank_operator(union reader_row *row)
{
    row->operator_entry = (struct operator_entry){0};
}

static void blank_completion(union reader_row *row)
{
    row->completion = (struct completion){.completed_on = DAY_NONE};
}

static void judge_course(struct reader_record *record, const union reader_row *row)
{
    if (row->course.valid_to < row->course.valid_from) {
        reader_record_fault(record, &course_fields[COURSE_VALID_TO], "must not be before valid_from");
    }
}

// What could be committed but not shown would stop every later edition. Days that have not come are the import's to
// refuse: the reader has no clock.
static void judge_completion(struct reader_record *record, const union reader_row *row)
{
    day_t day = row->completion.completed_on;
    if (day < COMPLETION_DAY_FIRST || day > COMPLETION_DAY_LAST) {
        char first[DAY_TEXT];
        char last[DAY_TEXT];
        day_write(COMPLETION_DAY_FIRST, first);
        day_write(COMPLETION_DAY_LAST, last);
        reader_record_fault(record, &completion_fields[COMPLETION_COMPLETED_ON], "must be a day from %.*s to %.*s",
                            DAY_TEXT, first, DAY_TEXT, last);
    }
}

#define COUNT(fields) (sizeof(fields) / sizeof(fields)[0])

const struct reader_table reader_table_courses = {course_fields, COUNT(course_fields), KEY_CODE, blank_course,
                                                  judge_course};
const struct reader_table reader_table_operators = {operator_fields, COUNT(operator_fields), KEY_CODE, blank_operator,
                                                    NULL};
const struct reader_table reader_table_completions = {completion_fields, COUNT(completion_fields), KEY_NONE,
                                                      blank_completion, judge_completion};
