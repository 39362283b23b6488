// Names and canonical forms of the register's values: see types.h.
#include "register/types.h"

#include <string.h>

static const char *const status_names[STATUS_COUNT] = {
    [STATUS_REGISTERED] = "registered", [STATUS_NAME_USE_SUSPENDED] = "name_use_suspended",
    [STATUS_LAPSED] = "lapsed",         [STATUS_REVOKED] = "revoked",
    [STATUS_STRUCK_OFF] = "struck_off",
};

static const char *const kind_names[KIND_COUNT] = {
    [KIND_ONLINE] = "online",     [KIND_PRACTICAL_A] = "practical_a", [KIND_PRACTICAL_B] = "practical_b",
    [KIND_CYBERREX] = "cyberrex", [KIND_CYBERSTIX] = "cyberstix",     [KIND_DESIGNATED] = "designated",
};

static const char *const optional_names[OPTIONAL_COUNT] = {
    [OPTIONAL_NAME] = "name",
    [OPTIONAL_KANA] = "kana",
    [OPTIONAL_OTHER_NAME] = "other_name",
    [OPTIONAL_BIRTH_MONTH] = "birth_month",
    [OPTIONAL_EXAM_CERTIFICATE] = "exam_certificate",
    [OPTIONAL_HOME] = "home",
    [OPTIONAL_EMPLOYER] = "employer",
    [OPTIONAL_EMPLOYER_PLACE] = "employer_place",
};

static bool find_name(const char *const *names, int count, struct str text, int *found)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(text, str_of(names[i]))) {
            *found = i;
            return true;
        }
    }
    return false;
}

const char *status_name(enum status status)
{
    return status_names[status];
}

bool status_parse(struct str text, enum status *status)
{
    int found;
    if (!find_name(status_names, STATUS_COUNT, text, &found)) {
        return false;
    }
    *status = (enum status)found;
    return true;
}

const char *kind_name(enum course_kind kind)
{
    return kind_names[kind];
}

bool kind_parse(struct str text, enum course_kind *kind)
{
    int found;
    if (!find_name(kind_names, KIND_COUNT, text, &found)) {
        return false;
    }
    *kind = (enum course_kind)found;
    return true;
}

const char *optional_name(enum optional_field field)
{
    return optional_names[field];
}

bool optional_parse(struct str text, enum optional_field *field)
{
    int found;
    if (!find_name(optional_names, OPTIONAL_COUNT, text, &found)) {
        return false;
    }
    *field = (enum optional_field)found;
    return true;
}

bool number_parse(struct str text, number_t *number)
{
    uint64_t value;
    if (text.n > NUMBER_TEXT || !str_to_u64(text, NUMBER_MAX, &value) || value == 0) {
        return false;
    }
    *number = (number_t)value;
    return true;
}

size_t number_write(number_t number, char out[NUMBER_TEXT])
{
    size_t length = number > 999999 ? 7 : 6;
    for (size_t i = length; i > 0; i--) {
        out[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    return length;
}

bool place_parse(struct str text, int *place)
{
    uint64_t value;
    if (text.n != 2 || !str_to_u64(text, 99, &value) || value == 0 || (value > 47 && value != PLACE_OVERSEAS)) {
        return false;
    }
    *place = (int)value;
    return true;
}

void place_write(int place, char out[2])
{
    out[0] = (char)('0' + place / 10 % 10);
    out[1] = (char)('0' + place % 10);
}

static bool is_code_char(char c, bool first)
{
    bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return word || (!first && (c == '.' || c == '_' || c == '-'));
}

bool code_is_valid(struct str text)
{
    if (text.n == 0 || text.n > CODE_LONGEST) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (!is_code_char(text.p[i], i == 0)) {
            return false;
        }
    }
    return true;
}
