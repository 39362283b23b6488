// The register's own types: what a registrant, a course, an operator and a completion are, as one row of the
// register file and one current row of the database. Text is borrowed; absent text has p == NULL.
#ifndef MEIBO_REGISTER_TYPES_H
#define MEIBO_REGISTER_TYPES_H

#include "base/clock.h"

// Registration number (登録番号): six digits with zeros in front, serial, never reused. A seventh digit is allowed so
// that the register may outgrow six; then no zero stands in front. Kept as the number it is.
typedef uint32_t number_t;
enum { NUMBER_MAX = 9999999, NUMBER_TEXT = 7 };

enum status {
    STATUS_REGISTERED,
    STATUS_NAME_USE_SUSPENDED, // 名称使用停止
    STATUS_LAPSED,             // 失効: never stored, follows from expires_on and the day
    STATUS_REVOKED,            // 取消
    STATUS_STRUCK_OFF,         // 消除
    STATUS_COUNT,
};

enum course_kind {
    KIND_ONLINE,
    KIND_PRACTICAL_A,
    KIND_PRACTICAL_B,
    KIND_CYBERREX,
    KIND_CYBERSTIX,
    KIND_DESIGNATED,
    KIND_COUNT,
};

// Optional items (任意公開) that the registrant may make public one by one: the names in "public".
enum optional_field {
    OPTIONAL_NAME,
    OPTIONAL_KANA,
    OPTIONAL_OTHER_NAME,
    OPTIONAL_BIRTH_MONTH,
    OPTIONAL_EXAM_CERTIFICATE,
    OPTIONAL_HOME,
    OPTIONAL_EMPLOYER,
    OPTIONAL_EMPLOYER_PLACE,
    OPTIONAL_COUNT,
};

// JIS X 0401 prefecture 1..47, or overseas; PLACE_NONE = not public or not known.
enum { PLACE_NONE = 0, PLACE_OVERSEAS = 99 };

enum {
    TEXT_LONGEST = 200,       // characters in a name, kana, employer, course name, ...
    STATEMENT_LONGEST = 2000, // characters in the free text, the only one that may hold line breaks (LF or CR LF)
    LIST_LONGEST = 50,        // entries in specialties, skills, qualifications
    CODE_LONGEST = 64,        // bytes in a course or operator code: [a-z0-9][a-z0-9._-]*
};

struct text_list {
    const struct str *items;
    size_t n;
};

struct registrant {
    number_t number;
    enum status status; // never STATUS_LAPSED here
    day_t registered_on;
    day_t renewed_on; // DAY_NONE before the first renewal
    uint32_t renewal_count;
    day_t expires_on;
    month_t exam_passed; // MONTH_NONE where no exam was needed
    day_t status_on;
    day_t suspended_until;  // DAY_NONE unless suspended
    unsigned public_fields; // bit 1 << enum optional_field
    struct str name;
    struct str kana;
    struct str other_name;
    month_t birth_month;
    struct str exam_certificate;
    int home;
    struct str employer;
    int employer_place;
    struct str email;
    struct str phone;
    struct str url;
    struct text_list specialties;
    struct text_list skills;
    struct text_list qualifications;
    struct str statement;
};

struct course {
    struct str code;
    enum course_kind kind;
    struct str name;
    struct str name_en;       // may be absent
    struct str operator_code; // "operator" in the file
    day_t valid_from;
    day_t valid_to;
    uint32_t tenth_hours; // hours * 10; 0 = not given
    int64_t fee_yen;      // -1 = not given
};

struct operator_entry {
    struct str code;
    struct str name;
    struct str name_en; // may be absent
    struct str domain;  // may be absent
};

// Days on which anything can have been completed: what an edition's 16 bits can count.
enum {
    COMPLETION_DAY_FIRST = 10957, // 2000-01-01
    COMPLETION_DAY_LAST = 76492,  // 2179-06-06
};

struct completion {
    number_t number;
    struct str course;
    day_t completed_on;
};

// Names of the enumerations in files, database and answers ("name_use_suspended", "practical_a", "birth_month").
const char *status_name(enum status status);
bool status_parse(struct str text, enum status *status);
const char *kind_name(enum course_kind kind);
bool kind_parse(struct str text, enum course_kind *kind);
const char *optional_name(enum optional_field field);
bool optional_parse(struct str text, enum optional_field *field);

// Canonical form: 1 to 7 digits, the value above zero and at most NUMBER_MAX; leading zeros do not matter.
bool number_parse(struct str text, number_t *number);
// Six digits, or seven from 1,000,000. Returns the length.
size_t number_write(number_t number, char out[NUMBER_TEXT]);

// Two digits, 01..47 or 99.
bool place_parse(struct str text, int *place);
void place_write(int place, char out[2]);

// [a-z0-9][a-z0-9._-]{0,63}
bool code_is_valid(struct str text);

#endif
