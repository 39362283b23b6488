// Reading a body of reports: see json_in.h.
#include "api/json_in.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTER_LONGEST = 256, DEPTH_MOST = 8, NAME_LONGEST = 200 };

struct reports_body {
    json_t *root;
    json_t *list; // borrowed from root; NULL: the body has another shape
    struct report_item *items;
    size_t *places;
    size_t n;
};

void json_in_setup(void)
{
    json_object_seed(0);
}

void reports_body_free(struct reports_body **parsed)
{
    if (*parsed != NULL) {
        json_decref((*parsed)->root);
        free((*parsed)->items);
        free((*parsed)->places);
        free(*parsed);
        *parsed = NULL;
    }
}

// jansson recurses: text nested deeper than any report is refused before it gets there.
static bool is_too_deep(struct str body)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < body.n; i++) {
        char c = body.p[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            depth++;
        } else if (c == ']' || c == '}') {
            depth--;
        }
        if (depth > DEPTH_MOST) {
            return true;
        }
    }
    return false;
}

// RFC 6901: ~ and / in a name are written ~0 and ~1.
static void add_token(struct buf *pointer, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == '~' || *name == '/') {
            buf_add_text(pointer, *name == '~' ? "~0" : "~1");
        } else {
            buf_add_char(pointer, *name);
        }
    }
}

// Fault at /reports/INDEX/MEMBER; `member` NULL: at the item.
static void fault_at(struct faults *faults, size_t index, const char *member, const char *detail)
{
    BUF_AUTO struct buf pointer;
    buf_init(&pointer, POINTER_LONGEST * 2);
    buf_add_format(&pointer, "/reports/%zu", index);
    if (member != NULL) {
        buf_add_char(&pointer, '/');
        add_token(&pointer, member);
    }
    // An unknown member's name may be longer than any pointer needs to be: then the item is named.
    if (buf_failed(&pointer)) {
        buf_clear(&pointer);
        buf_add_format(&pointer, "/reports/%zu", index);
    }
    const char *text = buf_text(&pointer);
    faults_pointer(faults, text == NULL ? "/reports" : text, "malformed", "%s", detail);
}

// A member's text; p == NULL where it is missing or not text (a fault is noted then).
static struct str read_text(const json_t *item, size_t index, const char *name, struct faults *faults)
{
    const json_t *value = json_object_get(item, name);
    if (value == NULL) {
        fault_at(faults, index, name, SAY(faults, "is missing", "必須の項目です。指定してください。"));
        return (struct str){NULL, 0};
    }
    if (!json_is_string(value)) {
        fault_at(faults, index, name, SAY(faults, "must be a string", "文字列で指定してください。"));
        return (struct str){NULL, 0};
    }
    return (struct str){json_string_value(value), json_string_length(value)};
}

static void read_number(const json_t *json, size_t index, struct report_item *item, struct faults *faults)
{
    struct str text = read_text(json, index, "number", faults);
    if (text.p != NULL && !number_parse(text, &item->number)) {
        fault_at(faults, index, "number",
                 SAY(faults, "is not a registration number: 1 to 7 digits, at least 1",
                     "登録番号ではありません（1〜7桁の数字、1以上）。"));
    }
}

static void read_course(const json_t *json, size_t index, struct report_item *item, struct faults *faults)
{
    item->course = read_text(json, index, "course", faults);
    if (item->course.p != NULL && !code_is_valid(item->course)) {
        fault_at(faults, index, "course",
                 SAY(faults, "is not a course code: 1 to 64 of a-z 0-9 . _ -, beginning with a letter or digit",
                     "講習コードではありません（英小文字・数字・. _ - の 1〜64 字、先頭は英数字）。"));
    }
}

static void read_day(const json_t *json, size_t index, struct report_item *item, struct faults *faults)
{
    struct str text = read_text(json, index, "completed_on", faults);
    if (text.p != NULL && !day_parse(text, &item->completed_on)) {
        fault_at(
            faults, index, "completed_on",
            SAY(faults, "must be a day that exists, as YYYY-MM-DD", "実在する日を YYYY-MM-DD で指定してください。"));
    }
}

static void read_name(const json_t *json, size_t index, struct report_item *item, struct faults *faults)
{
    if (json_object_get(json, "name") == NULL) {
        return;
    }
    item->name = read_text(json, index, "name", faults);
    if (item->name.p == NULL) {
        return;
    }
    size_t length = str_count_chars(item->name);
    if (length == 0 || length > NAME_LONGEST || str_has_control(item->name)) {
        fault_at(faults, index, "name",
                 SAY(faults, "must be 1 to 200 characters without control characters",
                     "制御文字を含まない 1〜200 文字で指定してください。"));
    }
}

static bool is_member(const char *name)
{
    static const char *const members[] = {"number", "course", "completed_on", "name"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (strcmp(name, members[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void read_item(json_t *json, size_t index, struct report_item *item, struct faults *faults)
{
    const char *name;
    json_t *value;
    if (!json_is_object(json)) {
        fault_at(faults, index, NULL, SAY(faults, "must be an object", "オブジェクトで指定してください。"));
        return;
    }
    read_number(json, index, item, faults);
    read_course(json, index, item, faults);
    read_day(json, index, item, faults);
    read_name(json, index, item, faults);
    json_object_foreach(json, name, value)
    {
        if (!is_member(name)) {
            fault_at(faults, index, name,
                     SAY(faults, "unknown member; there are number, course, completed_on and name",
                         "未知の項目です。number, course, completed_on, name があります。"));
        }
    }
}

// The list in {"reports":[…]}; NULL (and faults) if the body has another shape.
static json_t *find_list(json_t *root, struct faults *faults)
{
    const char *name;
    json_t *value;
    if (!json_is_object(root)) {
        faults_pointer(
            faults, "", "malformed", "%s",
            SAY(faults, "must be an object with the member reports", "reports を持つオブジェクトで指定してください。"));
        return NULL;
    }
    json_object_foreach(root, name, value)
    {
        if (strcmp(name, "reports") != 0) {
            BUF_AUTO struct buf pointer;
            buf_init(&pointer, POINTER_LONGEST * 2);
            buf_add_char(&pointer, '/');
            add_token(&pointer, name);
            const char *text = buf_text(&pointer);
            faults_pointer(
                faults, text == NULL ? "" : text, "malformed", "%s",
                SAY(faults, "unknown member; there is only reports", "未知の項目です。reports だけがあります。"));
        }
    }
    json_t *list = json_object_get(root, "reports");
    size_t n = json_array_size(list);
    if (!json_is_array(list) || n == 0 || n > REPORT_ITEMS_MAX) {
        faults_pointer(faults, "/reports", "malformed",
                       SAY(faults, "must be a list of 1 to %d reports", "1〜%d 件の報告の配列で指定してください。"),
                       REPORT_ITEMS_MAX);
        return NULL;
    }
    return list;
}

static enum err parse(struct str body, json_t **root, struct faults *faults, struct fault *fault)
{
    json_error_t error;
    if (is_too_deep(body)) {
        return err_set(fault, ERR_INVALID, SAY(faults, "nested deeper than %d", "%d 段より深い入れ子です"), DEPTH_MOST);
    }
    *root = json_loadb(body.p == NULL ? "" : body.p, body.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (*root == NULL) {
        return err_set(fault, ERR_INVALID, SAY(faults, "line %d, column %d", "%d 行 %d 列"), error.line, error.column);
    }
    return ERR_OK;
}

// Keeps the items of the right form. Their faults are not written here but by reports_body_fault_item(), so that the
// caller can put them in order with faults of another kind.
static enum err read_items(struct reports_body *parsed, struct faults *faults, struct fault *fault)
{
    size_t count = json_array_size(parsed->list);
    parsed->items = calloc(count + 1, sizeof parsed->items[0]);
    parsed->places = calloc(count + 1, sizeof parsed->places[0]);
    if (parsed->items == NULL || parsed->places == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for reports");
    }
    for (size_t i = 0; i < count; i++) {
        // Without room for words: only counted here.
        FAULTS_AUTO struct faults of_item = {.japanese = faults->japanese};
        struct report_item item = {0};
        read_item(json_array_get(parsed->list, i), i, &item, &of_item);
        if (of_item.count == 0) {
            parsed->places[parsed->n] = i;
            parsed->items[parsed->n++] = item;
        }
    }
    return ERR_OK;
}

enum err reports_body_read(struct str body, struct reports_body **parsed, struct faults *faults, struct fault *fault)
{
    *parsed = calloc(1, sizeof **parsed);
    if (*parsed == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for a body");
    }
    enum err err = parse(body, &(*parsed)->root, faults, fault);
    if (err != ERR_OK) {
        return err;
    }
    (*parsed)->list = find_list((*parsed)->root, faults);
    return read_items(*parsed, faults, fault);
}

const struct report_item *reports_body_items(const struct reports_body *parsed, const size_t **places, size_t *n)
{
    *places = parsed->places;
    *n = parsed->n;
    return parsed->items;
}

size_t reports_body_count(const struct reports_body *parsed)
{
    return json_array_size(parsed->list);
}

void reports_body_fault_item(const struct reports_body *parsed, size_t place, struct faults *faults)
{
    struct report_item item = {0};
    read_item(json_array_get(parsed->list, place), place, &item, faults);
}
