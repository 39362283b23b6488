// Typed reading of query parameters: see params.h.
#include "api/params.h"

#include <string.h>

#include "text/fold.h"

enum { COUNT_MOST = 999, CHOICES_MOST = 40, FOLDED_LONGEST = 18 * 4 * QUERY_TEXT_LONGEST };

struct str params_beginning(struct str text, size_t most)
{
    text.n = text.n < most ? text.n : most;
    return (struct str){text.p, str_utf8_prefix(text)};
}

// Without the length of the name, which is asked for with every parameter of every request.
static bool is_name(struct str text, const char *name)
{
    return strncmp(text.p, name, text.n) == 0 && name[text.n] == '\0';
}

static bool is_known(struct str name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (is_name(name, *names)) {
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
        if (is_name(request->parameters[i].name, name) && request->parameters[i].value.n > 0) {
            return request->parameters[i].value;
        }
    }
    return (struct str){NULL, 0};
}

void params_check_count(const char *name, size_t count, size_t most, struct faults *faults)
{
    if (count > most) {
        faults_parameter(faults, str_of(name),
                         SAY(faults, "has %zu entries; at most %zu are allowed", "%zu 件あります。%zu 件までです。"),
                         count, most);
    }
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
    params_check_count(name, count, most, faults);
    return count;
}

static void list_names(const char *const *names, struct buf *out)
{
    for (const char *const *name = names; *name != NULL; name++) {
        buf_add_text(out, name == names ? "" : ", ");
        buf_add_text(out, *name);
    }
}

static void fault_choice(const char *parameter, struct str word, const char *const *names, struct faults *faults)
{
    BUF_AUTO struct buf all;
    struct str shown = params_beginning(word, 40);
    const char *near = nearest(word, names);
    buf_init(&all, 1024);
    list_names(names, &all);
    if (near != NULL) {
        faults_parameter(faults, str_of(parameter),
                         SAY(faults, "\"%.*s\" is none of %s; did you mean %s?",
                             "「%.*s」は使えません。%s のいずれかを指定してください。%s の間違いではありませんか？"),
                         (int)shown.n, shown.p, buf_text(&all), near);
    } else {
        faults_parameter(
            faults, str_of(parameter),
            SAY(faults, "\"%.*s\" is none of %s", "「%.*s」は使えません。%s のいずれかを指定してください。"),
            (int)shown.n, shown.p, buf_text(&all));
    }
}

int params_choose(const char *parameter, struct str word, const char *const *names, struct faults *faults)
{
    for (int i = 0; names[i] != NULL; i++) {
        if (str_equal(word, str_of(names[i]))) {
            return i;
        }
    }
    fault_choice(parameter, word, names, faults);
    return -1;
}

struct choices {
    const char *parameter;
    const char *const *names;
    unsigned *set;
};

static void add_choice(void *context, struct str entry, struct faults *faults)
{
    struct choices *choices = context;
    int chosen = params_choose(choices->parameter, entry, choices->names, faults);
    *choices->set |= chosen < 0 ? 0 : 1U << chosen;
}

void params_choices(const struct request *request, const char *name, const char *const *names, unsigned *set,
                    struct faults *faults)
{
    struct choices context = {name, names, set};
    *set = 0;
    (void)params_list(request, name, CHOICES_MOST, faults, add_choice, &context);
}

void params_triple(const struct request *request, const char *name, enum triple *triple, struct faults *faults)
{
    static const char *const names[] = {"true", "false", NULL};
    struct str text = params_get(request, name);
    int chosen = text.p == NULL ? -1 : params_choose(name, text, names, faults);
    *triple = chosen < 0 ? TRIPLE_ANY : chosen == 0 ? TRIPLE_YES : TRIPLE_NO;
}

void params_limit(const struct request *request, uint32_t usual, uint32_t most, uint32_t *limit, struct faults *faults)
{
    struct str text = params_get(request, "limit");
    uint64_t value = usual;
    if (text.p != NULL && (!str_to_u64(text, most, &value) || value == 0)) {
        faults_parameter(faults, STR("limit"),
                         SAY(faults, "must be a whole number from 1 to %u", "1 から %u までの整数です。"), most);
        value = usual;
    }
    *limit = (uint32_t)value;
}

// --- ranges: INT32_MIN is open, as DAY_NONE and MONTH_NONE are -----------------------------------------------------

static int32_t read_day(const struct request *request, const char *name, struct faults *faults)
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

static int32_t read_month(const struct request *request, const char *name, struct faults *faults)
{
    struct str text = params_get(request, name);
    month_t month = MONTH_NONE;
    if (text.p != NULL && !month_parse(text, &month)) {
        faults_parameter(faults, str_of(name), "%s",
                         SAY(faults, "must be a month as YYYY-MM, from 1900 to 2199",
                             "月を YYYY-MM で指定してください（1900〜2199年）。"));
        return MONTH_NONE;
    }
    return month;
}

static int32_t read_count(const struct request *request, const char *name, struct faults *faults)
{
    struct str text = params_get(request, name);
    uint64_t count = 0;
    if (text.p == NULL) {
        return INT32_MIN;
    }
    if (!str_to_u64(text, COUNT_MOST, &count)) {
        faults_parameter(faults, str_of(name),
                         SAY(faults, "must be a whole number from 0 to %d", "0 から %d までの整数です。"), COUNT_MOST);
        return INT32_MIN;
    }
    return (int32_t)count;
}

static struct int_range read_range(const struct request *request, const char *from, const char *to,
                                   int32_t (*read)(const struct request *request, const char *name,
                                                   struct faults *faults),
                                   struct faults *faults)
{
    struct int_range range = {read(request, from, faults), read(request, to, faults)};
    if (range.from != INT32_MIN && range.to != INT32_MIN && range.from > range.to) {
        faults_parameter(faults, str_of(to), SAY(faults, "is before %s", "%s より前です。"), from);
    }
    return range;
}

void params_range(const struct request *request, const char *from, const char *to, struct day_range *range,
                  struct faults *faults)
{
    struct int_range days = read_range(request, from, to, read_day, faults);
    *range = (struct day_range){days.from, days.to};
}

void params_months(const struct request *request, const char *from, const char *to, struct int_range *range,
                   struct faults *faults)
{
    *range = read_range(request, from, to, read_month, faults);
}

void params_counts(const struct request *request, const char *from, const char *to, struct int_range *range,
                   struct faults *faults)
{
    *range = read_range(request, from, to, read_count, faults);
}

// --- text ------------------------------------------------------------------------------------------------------------

bool params_folds_to_nothing(struct str text)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, FOLDED_LONGEST);
    return fold_text(text, &folded) == ERR_OK && folded.n == 0;
}

bool params_check_text(const char *name, struct str text, struct faults *faults)
{
    if (str_count_chars(text) > QUERY_TEXT_LONGEST) {
        faults_parameter(faults, str_of(name), SAY(faults, "is longer than %d characters", "%d 文字を超えています。"),
                         QUERY_TEXT_LONGEST);
        return false;
    }
    if (params_folds_to_nothing(text)) {
        faults_parameter(faults, str_of(name), "%s",
                         SAY(faults, "holds nothing to search for but blanks", "空白以外の文字がありません。"));
        return false;
    }
    return true;
}

struct str params_text(const struct request *request, const char *name, struct faults *faults)
{
    struct str text = params_get(request, name);
    return text.p != NULL && params_check_text(name, text, faults) ? text : (struct str){NULL, 0};
}

// --- the query as a whole --------------------------------------------------------------------------------------------

// The parameters in order of their names; few enough for the simplest sort.
static void sort_by_name(const struct request *request, const struct parameter *sorted[PARAMETERS_MOST])
{
    for (size_t i = 0; i < request->parameter_count; i++) {
        size_t at = i;
        for (; at > 0 && str_compare(sorted[at - 1]->name, request->parameters[i].name) > 0; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = &request->parameters[i];
    }
}

void params_canonical(const struct request *request, const char *but, const char *but_also, struct buf *out)
{
    const struct parameter *sorted[PARAMETERS_MOST];
    sort_by_name(request, sorted);
    buf_add(out, request->path);
    for (size_t i = 0; i < request->parameter_count; i++) {
        bool left_out = (but != NULL && str_equal(sorted[i]->name, str_of(but))) ||
                        (but_also != NULL && str_equal(sorted[i]->name, str_of(but_also)));
        if (!left_out) {
            buf_add_char(out, '\n'); // no decoded text holds one
            buf_add(out, sorted[i]->name);
            buf_add_char(out, '=');
            buf_add(out, sorted[i]->value);
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
