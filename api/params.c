// Typed reading of query parameters: see params.h.
#include "api/params.h"

#include <string.h>

#include "text/fold.h"

enum { SEARCH_TEXT_LONGEST = 200, LIMIT_MOST = 200, LIMIT_USUAL = 20 };

// The beginning of what the client sent, for a message: at most so many bytes, in whole characters.
static struct str beginning(struct str text, size_t most)
{
    text.n = text.n < most ? text.n : most;
    return (struct str){text.p, str_utf8_prefix(text)};
}

static bool is_known(struct str name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (str_equal(name, str_of(*names))) {
            return true;
        }
    }
    return false;
}

static const char *nearest(struct str name, const char *const *names)
{
    enum { NEAR = 3 };
    const char *best = NULL;
    size_t best_distance = NEAR;
    for (; *names != NULL; names++) {
        size_t distance = str_distance(name, str_of(*names));
        if (distance < best_distance) {
            best = *names;
            best_distance = distance;
        }
    }
    return best;
}

static void fault_unknown(struct faults *faults, struct str name, const char *const *names)
{
    const char *near = nearest(name, names);
    if (near != NULL) {
        faults_parameter(
            faults, name,
            SAY(faults, "unknown parameter; did you mean %s?", "未知のパラメーターです。%s の間違いではありませんか？"),
            near);
    } else if (*names == NULL) {
        faults_parameter(
            faults, name, "%s",
            SAY(faults, "unknown parameter; this route takes none", "このパスにパラメーターは指定できません。"));
    } else {
        faults_parameter(faults, name, "%s", SAY(faults, "unknown parameter", "未知のパラメーターです。"));
    }
}

static bool stands_before(const struct request *request, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (str_equal(request->parameters[i].name, request->parameters[index].name)) {
            return true;
        }
    }
    return false;
}

void params_check(const struct request *request, const char *const *names, struct faults *faults)
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        struct str name = request->parameters[i].name;
        if (!is_known(name, names)) {
            fault_unknown(faults, name, names);
        } else if (stands_before(request, i)) {
            faults_parameter(
                faults, name, "%s",
                SAY(faults, "given more than once; separate several values by commas where the parameter takes a list",
                    "重複しています。複数の値を取るものはカンマで区切ってください。"));
        } else if (request->parameters[i].fault != TEXT_OK) {
            faults_parameter(faults, name, "%s", text_fault_words(request->parameters[i].fault, request->japanese));
        } else if (request->parameters[i].value.n == 0) {
            faults_parameter(faults, name, "%s",
                             SAY(faults, "empty; leave it out instead", "空です。不要なら省いてください。"));
        }
    }
}

struct str params_get(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (str_equal(request->parameters[i].name, str_of(name)) && request->parameters[i].value.n > 0) {
            return request->parameters[i].value;
        }
    }
    return (struct str){NULL, 0};
}

size_t params_list(const struct request *request, const char *name, size_t most, struct faults *faults,
                   void (*each)(void *context, struct str entry, struct faults *faults), void *context)
{
    size_t count = 0;
    for (struct str rest = params_get(request, name); rest.p != NULL; count++) {
        struct str entry = str_cut(&rest, ',');
        if (count < most) {
            each(context, entry, faults);
        }
    }
    if (count > most) {
        faults_parameter(faults, str_of(name),
                         SAY(faults, "has %zu entries; at most %zu are allowed", "%zu 件あります。%zu 件までです。"),
                         count, most);
    }
    return count;
}

struct numbers {
    number_t *p;
    size_t *n;
};

static void add_number(void *context, struct str entry, struct faults *faults)
{
    struct numbers *numbers = context;
    number_t number;
    if (!number_parse(entry, &number)) {
        struct str shown = beginning(entry, 40);
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

void params_limit(const struct request *request, uint32_t *limit, struct faults *faults)
{
    struct str text = params_get(request, "limit");
    uint64_t value = LIMIT_USUAL;
    if (text.p != NULL && (!str_to_u64(text, LIMIT_MOST, &value) || value == 0)) {
        faults_parameter(faults, STR("limit"),
                         SAY(faults, "must be a whole number from 1 to %d", "1 から %d までの整数です。"), LIMIT_MOST);
        value = LIMIT_USUAL;
    }
    *limit = (uint32_t)value;
}

static day_t read_day(const struct request *request, const char *name, struct faults *faults)
{
    struct str text = params_get(request, name);
    day_t day = DAY_NONE;
    if (text.p != NULL && !day_parse(text, &day)) {
        faults_parameter(faults, str_of(name), "%s",
                         SAY(faults, "must be a day that exists, as YYYY-MM-DD, from 1900 to 2199",
                             "実在する日を YYYY-MM-DD で指定してください（1900〜2199年）。"));
        return DAY_NONE;
    }
    return day;
}

void params_range(const struct request *request, const char *from, const char *to, struct day_range *range,
                  struct faults *faults)
{
    *range = (struct day_range){read_day(request, from, faults), read_day(request, to, faults)};
    if (range->from != DAY_NONE && range->to != DAY_NONE && range->from > range->to) {
        faults_parameter(faults, str_of(to), SAY(faults, "is before %s", "%s より前の日です。"), from);
    }
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
        struct str shown = beginning(entry, 80);
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
        struct str shown = beginning(entry, 80);
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

struct str params_text(const struct request *request, const char *name, struct buf *room, struct faults *faults)
{
    struct str text = params_get(request, name);
    size_t before = room->n;
    if (text.p == NULL) {
        return text;
    }
    if (str_count_chars(text) > SEARCH_TEXT_LONGEST) {
        faults_parameter(faults, str_of(name), SAY(faults, "is longer than %d characters", "%d 文字を超えています。"),
                         SEARCH_TEXT_LONGEST);
        return (struct str){NULL, 0};
    }
    if (fold_text(text, room) != ERR_OK || room->n == before) {
        faults_parameter(faults, str_of(name), "%s",
                         SAY(faults, "holds nothing to search for but blanks", "空白以外の文字がありません。"));
        return (struct str){NULL, 0};
    }
    return (struct str){room->p + before, room->n - before};
}

void params_canonical(const struct request *request, const char *const *names, const char *but, const char *but_also,
                      struct buf *out)
{
    buf_add(out, request->path);
    for (; *names != NULL; names++) {
        bool left_out =
            (but != NULL && strcmp(*names, but) == 0) || (but_also != NULL && strcmp(*names, but_also) == 0);
        struct str value = params_get(request, *names);
        if (!left_out && value.p != NULL) {
            buf_add_char(out, '\n'); // no decoded text holds one
            buf_add_text(out, *names);
            buf_add_char(out, '=');
            buf_add(out, value);
        }
    }
}

static void add_escaped(struct buf *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                     c == '.' || c == '_' || c == '~' || c == ',';
        if (plain) {
            buf_add_char(out, (char)c);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[c >> 4]);
            buf_add_char(out, hex[c & 15]);
        }
    }
}

void params_next(const struct request *request, struct str cursor, struct buf *out)
{
    buf_add(out, request->path);
    buf_add_char(out, '?');
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (str_equal(request->parameters[i].name, STR("cursor"))) {
            continue;
        }
        add_escaped(out, request->parameters[i].name);
        buf_add_char(out, '=');
        add_escaped(out, request->parameters[i].value);
        buf_add_char(out, '&');
    }
    buf_add(out, STR("cursor="));
    buf_add(out, cursor);
}
