// How one field's text becomes its value: strict, and each refusal says what would be right. All have the signature of
// `parse` in reader_field; the type named is that of the target.
#ifndef MEIBO_REGISTER_READER_VALUES_H
#define MEIBO_REGISTER_READER_VALUES_H

#include "register/reader_record.h"

enum {
    READER_RENEWALS_MAX = 60,
    READER_TENTH_HOURS_MAX = 9999,
    READER_FEE_YEN_MAX = 100000000,
    READER_DOMAIN_LONGEST = 253, // RFC 1035, section 2.3.4, as text
    READER_LABEL_LONGEST = 63,
};

typedef bool reader_value(struct reader_record *record, const struct reader_field *field, void *target);

reader_value reader_value_text;      // struct str: 1 to field->longest characters, no control characters
reader_value reader_value_statement; // struct str: the same, but line breaks (LF or CR LF) may stand in it
reader_value reader_value_texts;     // struct text_list of such texts
reader_value reader_value_number;    // number_t
reader_value reader_value_day;       // day_t
reader_value reader_value_month;     // month_t
reader_value reader_value_renewals;  // uint32_t
reader_value reader_value_place;     // int
reader_value reader_value_status;    // enum status, never STATUS_LAPSED
reader_value reader_value_public;    // unsigned: bit 1 << enum optional_field
reader_value reader_value_code;      // struct str
reader_value reader_value_kind;      // enum course_kind
reader_value reader_value_hours;     // uint32_t, tenths
reader_value reader_value_fee;       // int64_t, yen
reader_value reader_value_domain;    // struct str: a DNS name in lower case with at least one dot

#endif
