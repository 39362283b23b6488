// Fuzzes api/json_in.h: any bytes as the body of a report. What comes out is items of the right form, or faults that
// are JSON and point into the body.
#include "tests/fuzz/fuzz.h"

#include <jansson.h>

#include "api/json_in.h"

enum { NAME_LONGEST = 200 };

static struct request english, japanese = {.japanese = true};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    json_object_seed(1); // the same order of members in each run
    return 0;
}

static void check_item(const struct report_item *item)
{
    must(item->number > 0 && item->number <= NUMBER_MAX);
    must(code_is_valid(item->course));
    must(item->completed_on != DAY_NONE);
    if (item->name.p != NULL) {
        must(str_is_utf8(item->name) && !str_has_control(item->name));
        size_t chars = str_count_chars(item->name);
        must(chars >= 1 && chars <= NAME_LONGEST);
    }
}

// RFC 6901: "" or /…, where ~ stands before 0 or 1 only.
static void check_pointer(const char *pointer)
{
    must(pointer != NULL && (pointer[0] == '\0' || pointer[0] == '/'));
    for (const char *at = strchr(pointer, '~'); at != NULL; at = strchr(at + 1, '~')) {
        must(at[1] == '0' || at[1] == '1');
    }
}

static void check_faults(const struct faults *faults)
{
    BUF_AUTO struct buf all;
    must(!buf_failed(&faults->json));
    buf_init(&all, faults->json.n + 2);
    buf_add_char(&all, '[');
    buf_add(&all, buf_str(&faults->json));
    buf_add_char(&all, ']');
    json_t *list = json_loadb(all.p, all.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    must(json_is_array(list));
    must(json_array_size(list) == (faults->count < FAULTS_MOST ? faults->count : FAULTS_MOST));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *fault = json_array_get(list, i);
        check_pointer(json_string_value(json_object_get(fault, "pointer")));
        must(json_string_length(json_object_get(fault, "detail")) > 0);
    }
    json_decref(list);
}

// An item of the list is one of the right form, or one with faults.
static void check_places(const struct reports_body *parsed, struct faults *faults)
{
    const size_t *places;
    size_t n;
    size_t good = 0;
    const struct report_item *items = reports_body_items(parsed, &places, &n);
    size_t count = reports_body_count(parsed);
    must(n <= count && count <= REPORT_ITEMS_MAX);
    for (size_t place = 0; place < count; place++) {
        size_t before = faults->count;
        reports_body_fault_item(parsed, place, faults);
        bool is_good = good < n && places[good] == place;
        must(is_good == (faults->count == before));
        if (is_good) {
            check_item(&items[good++]);
        }
    }
    must(good == n);
}

// How many of the right form.
static size_t check_read(struct str body, const struct request *request)
{
    struct reports_body *parsed = NULL;
    struct fault fault = {""};
    FAULTS_AUTO struct faults faults;
    faults_init(&faults, request);
    size_t n = 0;
    enum err err = reports_body_read(body, &parsed, &faults, &fault);
    must(err == ERR_OK || err == ERR_INVALID);
    if (err == ERR_INVALID) {
        must(faults.count == 0);
        must(fault.text[0] != '\0' && str_is_utf8(str_of(fault.text)));
    } else {
        const size_t *places;
        must(faults.count > 0 || reports_body_count(parsed) > 0);
        check_places(parsed, &faults);
        (void)reports_body_items(parsed, &places, &n);
        check_faults(&faults);
    }
    reports_body_free(&parsed);
    must(parsed == NULL);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str body = {(const char *)data, size};
    must(check_read(body, &english) == check_read(body, &japanese));
    return 0;
}
