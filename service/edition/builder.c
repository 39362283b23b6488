// Building an edition row by row: see builder.h.
#include "edition/builder.h"

#include <stdlib.h>
#include <string.h>

#include "edition/private.h"
#include "register/terms.h"
#include "text/fold.h"

enum {
    ITEM_LONGEST = 1 << 20,   // bytes of one course's or operator's JSON
    FIELD_LONGEST = 65535,    // bytes of one folded field (folded_length)
    COURSES_MOST = 65535,     // struct done, `course`
    PERSON_DONES_MOST = 65535 // struct person, `done_count`
};
static const size_t ARENA_LONGEST = (size_t)1 << 40;

struct builder {
    struct edition *edition;
    struct buf scratch;
    uint32_t row;          // of the completions being added
    struct done last_done; // of that row, to hold them to their order
    bool courses_sorted;
};

static enum err no_memory(struct fault *fault)
{
    return err_set(fault, ERR_MEMORY, "no memory for the edition");
}

enum err builder_new(struct edition_head head, struct builder **builder, struct fault *fault)
{
    struct builder *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return no_memory(fault);
    }
    buf_init(&made->scratch, ITEM_LONGEST);
    made->edition = calloc(1, sizeof *made->edition);
    if (made->edition == NULL) {
        builder_free(&made);
        return no_memory(fault);
    }
    made->edition->head = head;
    buf_init(&made->edition->json, ARENA_LONGEST);
    buf_init(&made->edition->folded, ARENA_LONGEST);
    made->edition->grams = grams_new();
    bool reserved = ARRAY_GROW(&made->edition->instants); // index 0 means "none"
    if (made->edition->grams == NULL || !reserved) {
        builder_free(&made);
        return no_memory(fault);
    }
    made->edition->instants.p[0] = INSTANT_NONE;
    *builder = made;
    return ERR_OK;
}

void builder_free(struct builder **builder)
{
    if (*builder != NULL) {
        edition_free(&(*builder)->edition);
        buf_fini(&(*builder)->scratch);
        free(*builder);
        *builder = NULL;
    }
}

// A malloc'd copy; p == NULL: no memory.
static struct str keep(struct str text)
{
    char *copy = malloc(text.n + 1);
    if (copy == NULL) {
        return (struct str){NULL, 0};
    }
    if (text.n > 0) {
        memcpy(copy, text.p, text.n);
    }
    copy[text.n] = '\0';
    return (struct str){copy, text.n};
}

enum err builder_add_operator(struct builder *builder, const struct operator_entry *operator_entry, struct fault *fault)
{
    struct edition *e = builder->edition;
    buf_clear(&builder->scratch);
    render_operator(&builder->scratch, operator_entry);
    if (buf_failed(&builder->scratch) || !ARRAY_GROW(&e->operators)) {
        return no_memory(fault);
    }
    struct operator_text *line = &e->operators.p[e->operators.n - 1];
    *line = (struct operator_text){keep(operator_entry->code), keep(buf_str(&builder->scratch))};
    return line->code.p == NULL || line->json.p == NULL ? no_memory(fault) : ERR_OK;
}

static struct str keep_rendered(struct builder *builder, const struct course *course,
                                void (*render)(struct buf *, const struct course *))
{
    buf_clear(&builder->scratch);
    render(&builder->scratch, course);
    return buf_failed(&builder->scratch) ? (struct str){NULL, 0} : keep(buf_str(&builder->scratch));
}

enum err builder_add_course(struct builder *builder, const struct course *course, bool current, struct fault *fault)
{
    struct edition *e = builder->edition;
    if (e->courses.n == COURSES_MOST) {
        return err_set(fault, ERR_LIMIT, "more than %d courses", COURSES_MOST);
    }
    if (!ARRAY_GROW(&e->courses)) {
        return no_memory(fault);
    }
    struct course_entry *entry = &e->courses.p[e->courses.n - 1];
    *entry = (struct course_entry){
        .code = keep(course->code),
        .operator_code = keep(course->operator_code),
        .kind = course->kind,
        .current = current,
        .json = keep_rendered(builder, course, render_course),
        .fragment = keep_rendered(builder, course, render_fragment),
        .rows = roaring_bitmap_create(),
        .dones = roaring_bitmap_create(),
    };
    bool whole = entry->code.p != NULL && entry->operator_code.p != NULL && entry->json.p != NULL &&
                 entry->fragment.p != NULL && entry->rows != NULL && entry->dones != NULL;
    return whole ? ERR_OK : no_memory(fault);
}

static int by_code(const void *a, const void *b)
{
    const struct course_entry *left = a;
    const struct course_entry *right = b;
    return strcmp(left->code.p, right->code.p);
}

static int by_operator_code(const void *a, const void *b)
{
    const struct operator_text *left = a;
    const struct operator_text *right = b;
    return strcmp(left->code.p, right->code.p);
}

// Completions refer to courses by their place in the sorted array, so it is sorted before the first of them.
static void sort_courses(struct builder *builder)
{
    struct edition *e = builder->edition;
    if (!builder->courses_sorted && e->courses.n > 0) {
        qsort(e->courses.p, e->courses.n, sizeof e->courses.p[0], by_code);
    }
    builder->courses_sorted = true;
}

// Since when a person has the status that the day gives them.
static day_t status_since(const struct registrant *r, enum status status)
{
    if (status == STATUS_LAPSED) {
        return r->expires_on + 1;
    }
    bool suspension_over = status == STATUS_REGISTERED && r->status == STATUS_NAME_USE_SUSPENDED;
    return suspension_over ? r->suspended_until + 1 : r->status_on;
}

static bool add_bitmap(roaring_bitmap_t **bitmap, uint32_t id)
{
    if (*bitmap == NULL) {
        *bitmap = roaring_bitmap_create();
    }
    if (*bitmap == NULL) {
        return false;
    }
    roaring_bitmap_add(*bitmap, id);
    return true;
}

static bool index_text(struct edition *e, struct person *person, uint32_t row, const struct registrant *r)
{
    const struct str fields[FIELD_COUNT] = {
        [FIELD_NAME] = r->name,
        [FIELD_KANA] = r->kana,
        [FIELD_OTHER_NAME] = r->other_name,
        [FIELD_EMPLOYER] = r->employer,
    };
    for (int i = 0; i < FIELD_COUNT; i++) {
        size_t before = e->folded.n;
        if (fields[i].p == NULL) {
            continue;
        }
        if (fold_text(fields[i], &e->folded) != ERR_OK || e->folded.n - before > FIELD_LONGEST) {
            return false;
        }
        person->folded_length[i] = (uint16_t)(e->folded.n - before);
        struct str folded = {e->folded.p + before, person->folded_length[i]};
        if (!grams_add(e->grams, (enum field)i, row, folded)) {
            return false;
        }
    }
    return true;
}

// Someone in force is found by everything that is public; an ended one by number, status and dates only.
static bool index_person(struct edition *e, struct person *person, uint32_t row, const struct registrant *r)
{
    bool ok = add_bitmap(&e->by_status[person->status], row) && dated_add(&e->registered_on, r->registered_on, row) &&
              dated_add(&e->expires_on, r->expires_on, row);
    if (person->status != STATUS_REGISTERED && person->status != STATUS_NAME_USE_SUSPENDED) {
        return ok;
    }
    e->in_force++;
    return ok && (r->home == PLACE_NONE || add_bitmap(&e->by_home[r->home], row)) &&
           (r->employer_place == PLACE_NONE || add_bitmap(&e->by_employer_place[r->employer_place], row)) &&
           index_text(e, person, row, r);
}

static void render_person(struct edition *e, struct person *person, const struct registrant *r, day_t taken_out_on)
{
    enum status status = (enum status)person->status;
    day_t since = taken_out_on != DAY_NONE ? taken_out_on : status_since(r, status);
    bool in_force = status == STATUS_REGISTERED || status == STATUS_NAME_USE_SUSPENDED;
    size_t before = e->json.n;
    (in_force ? render_registrant : render_tombstone)(&e->json, r, status, since);
    person->json_length = (uint32_t)(e->json.n - before);
}

// Someone whose registration had ended before the number was taken out of the file keeps the end they had.
static enum status status_of(const struct registrant *r, day_t *taken_out_on, day_t today)
{
    enum status status = status_on_day(r->status, r->expires_on, r->suspended_until, today);
    if (*taken_out_on == DAY_NONE) {
        return status;
    }
    enum status then = status_on_day(r->status, r->expires_on, r->suspended_until, *taken_out_on);
    if (then != STATUS_REGISTERED && then != STATUS_NAME_USE_SUSPENDED) {
        *taken_out_on = DAY_NONE;
        return then;
    }
    return STATUS_STRUCK_OFF;
}

enum err builder_add_registrant(struct builder *builder, const struct registrant *r, day_t taken_out_on,
                                struct fault *fault)
{
    struct edition *e = builder->edition;
    if (r->number <= e->last_number) {
        return err_set(fault, ERR_INTERNAL, "registrant %u after %u", r->number, e->last_number);
    }
    if (!ARRAY_GROW(&e->people)) {
        return no_memory(fault);
    }
    uint32_t row = (uint32_t)(e->people.n - 1);
    struct person *person = &e->people.p[row];
    *person = (struct person){.number = r->number, .json_at = e->json.n, .folded_at = e->folded.n};
    person->status = (uint8_t)status_of(r, &taken_out_on, e->head.day);
    e->last_number = r->number;
    render_person(e, person, r, taken_out_on);
    return index_person(e, person, row, r) && !buf_failed(&e->json) ? ERR_OK : no_memory(fault);
}

// Instants repeat (one publication brings many completions), and come in runs: the last few are looked at first.
static bool keep_instant(struct edition *e, instant_t instant, uint32_t *index)
{
    enum { LOOK_BACK = 16 };
    size_t n = e->instants.n;
    for (size_t i = n; i > 1 && i + LOOK_BACK > n; i--) {
        if (e->instants.p[i - 1] == instant) {
            *index = (uint32_t)(i - 1);
            return true;
        }
    }
    if (!ARRAY_GROW(&e->instants)) {
        return false;
    }
    e->instants.p[n] = instant;
    *index = (uint32_t)n;
    return true;
}

// Moves to the completion's person. People passed by get their (empty) place among the dones.
static bool move_to(struct builder *builder, number_t number)
{
    struct edition *e = builder->edition;
    while (builder->row < e->people.n && e->people.p[builder->row].number < number) {
        builder->row++;
        if (builder->row < e->people.n) {
            e->people.p[builder->row].done_at = (uint32_t)e->dones.n;
        }
    }
    return builder->row < e->people.n && e->people.p[builder->row].number == number;
}

static bool in_order(const struct person *person, const struct done *before, const struct done *done)
{
    return person->done_count == 0 || done->day < before->day ||
           (done->day == before->day && done->course > before->course);
}

static bool index_done(struct edition *e, uint32_t row, uint32_t id, const struct done *done)
{
    struct course_entry *course = &e->courses.p[done->course];
    month_t month = day_month(done_day(done));
    roaring_bitmap_add(course->rows, row);
    roaring_bitmap_add(course->dones, id);
    return dated_add(&e->row_months, month, row) && dated_add(&e->done_months, month, id);
}

static enum err add_done(struct builder *builder, struct done done, struct fault *fault)
{
    struct edition *e = builder->edition;
    struct person *person = &e->people.p[builder->row];
    if (!in_order(person, &builder->last_done, &done) || person->done_count == PERSON_DONES_MOST) {
        return err_set(fault, ERR_INTERNAL, "completions of %u out of order or too many", person->number);
    }
    if (!ARRAY_GROW(&e->dones)) {
        return no_memory(fault);
    }
    uint32_t id = (uint32_t)(e->dones.n - 1);
    e->dones.p[id] = done;
    builder->last_done = done;
    person->done_count++;
    return index_done(e, builder->row, id, &done) ? ERR_OK : no_memory(fault);
}

enum err builder_add_completion(struct builder *builder, const struct builder_completion *completion,
                                struct fault *fault)
{
    struct edition *e = builder->edition;
    sort_courses(builder);
    int course = edition_find_course(e, completion->course);
    if (!move_to(builder, completion->number) || course < 0 || completion->completed_on < COMPLETION_DAY_FIRST ||
        completion->completed_on > COMPLETION_DAY_LAST) {
        return err_set(fault, ERR_INTERNAL, "completion of %u in %.*s: out of order, unknown or its day out of range",
                       completion->number, (int)completion->course.n, completion->course.p);
    }
    enum status status = (enum status)e->people.p[builder->row].status;
    if (status != STATUS_REGISTERED && status != STATUS_NAME_USE_SUSPENDED) {
        return ERR_OK;
    }
    struct done done = {.course = (uint16_t)course, .day = (uint16_t)(completion->completed_on - COMPLETION_DAY_FIRST)};
    bool kept = keep_instant(e, completion->reflected_at, &done.reflected) &&
                (completion->reported_at == INSTANT_NONE || keep_instant(e, completion->reported_at, &done.reported));
    return kept ? add_done(builder, done, fault) : no_memory(fault);
}

// Gives spare memory back. What cannot be made smaller stays as it is.
static void *shrunk(void *p, size_t n, size_t *capacity, size_t element)
{
    void *smaller = n == 0 ? NULL : realloc(p, n * element);
    *capacity = smaller == NULL ? *capacity : n;
    return smaller == NULL ? p : smaller;
}

#define SHRINK(array) ((array)->p = shrunk((array)->p, (array)->n, &(array)->capacity, sizeof(array)->p[0]))

static void settle(struct edition *e)
{
    SHRINK(&e->people);
    SHRINK(&e->dones);
    SHRINK(&e->instants);
    SHRINK(&e->json);
    SHRINK(&e->folded);
    grams_settle(e->grams);
}

enum err builder_finish(struct builder **builder, struct edition **edition, struct fault *fault)
{
    struct edition *e = (*builder)->edition;
    sort_courses(*builder);
    if (e->operators.n > 0) {
        qsort(e->operators.p, e->operators.n, sizeof e->operators.p[0], by_operator_code);
    }
    (void)move_to(*builder, NUMBER_MAX + 1); // gives the people behind the last completion their place
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (e->by_status[i] == NULL && (e->by_status[i] = roaring_bitmap_create()) == NULL) {
            return no_memory(fault);
        }
    }
    settle(e);
    e->counts = edition_count(e);
    *edition = e;
    (*builder)->edition = NULL;
    builder_free(builder);
    return ERR_OK;
}
