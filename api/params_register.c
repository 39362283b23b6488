// Query parameters that speak of the register: numbers, courses, operators, places, states. See params.h.
#include "api/params.h"

struct numbers {
    number_t *p;
    size_t *n;
};

static void add_number(void *context, struct str entry, struct faults *faults)
{
    struct numbers *numbers = context;
    number_t number;
    if (!number_parse(entry, &number)) {
        struct str shown = params_beginning(entry, 40);
        faults_parameter(faults, STR("number"),
                         SAY(faults, "\"%.*s\" is not a registration number: 1 to 7 digits, at least 1",
                             "「%.*s」は登録番号ではありません（1〜7桁の数字、1以上）。"),
                         (int)shown.n, shown.p);
    } else {
        numbers->p[(*numbers->n)++] = number;
    }
}

void params_numbers(const struct request *request, number_t numbers[QUERY_NUMBERS_MOST], size_t *count,
                    struct faults *faults)
{
    *count = 0;
    struct numbers context = {numbers, count};
    (void)params_list(request, "number", QUERY_NUMBERS_MOST, faults, add_number, &context);
}

struct courses {
    const struct edition *edition;
    struct done_condition *condition;
};

static void add_course(void *context, struct str entry, struct faults *faults)
{
    struct courses *courses = context;
    int course = edition_find_course(courses->edition, entry);
    if (course < 0) {
        struct str shown = params_beginning(entry, 80);
        faults_parameter(faults, STR("course"),
                         SAY(faults, "there is no course \"%.*s\"; see /v1/courses",
                             "講習「%.*s」はありません（/v1/courses を参照）。"),
                         (int)shown.n, shown.p);
    } else {
        courses->condition->courses[courses->condition->course_count++] = (uint16_t)course;
    }
}

static void add_kind(void *context, struct str entry, struct faults *faults)
{
    unsigned *kinds = context;
    enum course_kind kind;
    if (!kind_parse(entry, &kind)) {
        faults_parameter(
            faults, STR("kind"), "%s",
            SAY(faults, "must be of online, practical_a, practical_b, cyberrex, cyberstix, designated",
                "online, practical_a, practical_b, cyberrex, cyberstix, designated のいずれかを指定してください。"));
    } else {
        *kinds |= 1U << kind;
    }
}

struct operators {
    const struct edition *edition;
    struct done_params *done;
};

static void add_operator(void *context, struct str entry, struct faults *faults)
{
    struct operators *operators = context;
    if (!edition_has_operator(operators->edition, entry)) {
        struct str shown = params_beginning(entry, 80);
        faults_parameter(faults, STR("operator"),
                         SAY(faults, "there is no operator \"%.*s\"; see /v1/operators",
                             "実施機関「%.*s」はありません（/v1/operators を参照）。"),
                         (int)shown.n, shown.p);
    } else {
        operators->done->operators[operators->done->condition.operator_count++] = entry;
    }
}

void params_done(const struct request *request, const struct edition *edition, bool with_operator,
                 struct done_params *done, struct faults *faults)
{
    enum { COURSES_MOST = 20, KINDS_MOST = 20 };
    struct done_condition *condition = &done->condition;
    *condition = (struct done_condition){.operators = done->operators};
    struct courses courses = {edition, condition};
    condition->by_course = params_list(request, "course", COURSES_MOST, faults, add_course, &courses) > 0;
    (void)params_list(request, "kind", KINDS_MOST, faults, add_kind, &condition->kinds);
    if (with_operator) {
        struct operators operators = {edition, done};
        (void)params_list(request, "operator", OPERATORS_MOST, faults, add_operator, &operators);
    }
    params_range(request, "completed_from", "completed_to", &condition->completed, faults);
}

struct places {
    const char *name;
    uint64_t *set;
};

static void add_place(void *context, struct str entry, struct faults *faults)
{
    struct places *places = context;
    int place;
    if (!place_parse(entry, &place)) {
        faults_parameter(faults, str_of(places->name), "%s",
                         SAY(faults, "must be prefecture codes 01 to 47 (JIS X 0401) or 99 for overseas",
                             "都道府県コード 01〜47（JIS X 0401）または海外 99 で指定してください。"));
    } else {
        places->set[place / 64] |= (uint64_t)1 << (place % 64);
    }
}

void params_places(const struct request *request, const char *name, uint64_t places[2], struct faults *faults)
{
    enum { PLACES_MOST = 48 };
    struct places context = {name, places};
    (void)params_list(request, name, PLACES_MOST, faults, add_place, &context);
}

static void add_status(void *context, struct str entry, struct faults *faults)
{
    unsigned *statuses = context;
    enum status status;
    if (!status_parse(entry, &status)) {
        faults_parameter(
            faults, STR("status"), "%s",
            SAY(faults, "must be of registered, name_use_suspended, lapsed, revoked, struck_off",
                "registered, name_use_suspended, lapsed, revoked, struck_off のいずれかを指定してください。"));
    } else {
        *statuses |= 1U << status;
    }
}

void params_statuses(const struct request *request, unsigned *statuses, struct faults *faults)
{
    enum { STATUSES_MOST = 20 };
    *statuses = 0;
    if (params_list(request, "status", STATUSES_MOST, faults, add_status, statuses) == 0) {
        bool by_number = params_get(request, "number").p != NULL;
        *statuses = by_number ? (1U << STATUS_COUNT) - 1 : 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED;
    }
}
