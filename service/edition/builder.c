// Building an edition row by row: see builder.h.
#include "edition/builder.h"

#include <stdlib.h>
#include <string.h>

#include "edition/name_parts.h"
#include "edition/private.h"
#include "register/terms.h"

enum {
    ITEM_LONGEST = 1 << 20,   // bytes of one course's or operator's JSON
    COURSES_MOST = 65535,     // struct done, `course`
    PERSON_DONES_MOST = 65535 // far more than anybody has
};
static const size_t ARENA_LONGEST = (size_t)1 << 40;

enum { KNOWN_COURSES = 1024 };

struct known_course {
    struct str code; // p == NULL: none yet
    int course;
};

struct builder {
    struct edition *edition;
    struct buf scratch;
    uint32_t row;          // of the completions being added
    struct done last_done; // of that row, to hold them to their order
    bool courses_sorted;
    struct known_course known[KNOWN_COURSES];
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
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bool is_kana = slot == SLOT_KANA_FAMILY || slot == SLOT_KANA_GIVEN;
        enum text_kind kind = is_kana                 ? TEXT_KANA
                              : slot < SLOT_EMPLOYER  ? TEXT_NAME
                              : slot == SLOT_EMPLOYER ? TEXT_EMPLOYER
                                                      : TEXT_TERM;
        lexicon_init(&made->edition->slots[slot], kind, slot >= SLOT_SPECIALTY);
    }
    uint32_t none; // number 0: not reported
    if (!instants_number(&made->edition->instants, INSTANT_NONE, &none)) {
        builder_free(&made);
        return no_memory(fault);
    }
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
    };
    bool whole =
        entry->code.p != NULL && entry->operator_code.p != NULL && entry->json.p != NULL && entry->fragment.p != NULL;
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

static bool index_name(struct edition *e, uint32_t row, struct str name, enum slot family_slot, enum slot given_slot)
{
    struct str family;
    struct str given;
    if (name.p == NULL) {
        return true;
    }
    split_name(name, &family, &given);
    return lexicon_add(&e->slots[family_slot], row, family) &&
           (given.n == 0 || lexicon_add(&e->slots[given_slot], row, given));
}

static bool index_list(struct edition *e, uint32_t row, const struct text_list *list, enum slot slot)
{
    for (size_t i = 0; i < list->n; i++) {
        if (!lexicon_add(&e->slots[slot], row, list->items[i])) {
            return false;
        }
    }
    return true;
}

static bool index_texts(struct edition *e, uint32_t row, const struct registrant *r)
{
    return index_name(e, row, r->name, SLOT_NAME_FAMILY, SLOT_NAME_GIVEN) &&
           index_name(e, row, r->kana, SLOT_KANA_FAMILY, SLOT_KANA_GIVEN) &&
           index_name(e, row, r->other_name, SLOT_OTHER_FAMILY, SLOT_OTHER_GIVEN) &&
           (r->employer.p == NULL || lexicon_add(&e->slots[SLOT_EMPLOYER], row, r->employer)) &&
           index_list(e, row, &r->specialties, SLOT_SPECIALTY) && index_list(e, row, &r->skills, SLOT_SKILL) &&
           index_list(e, row, &r->qualifications, SLOT_QUALIFICATION);
}

static int32_t place_value(int place)
{
    return place == PLACE_NONE ? CATEGORY_NONE : place;
}

// Someone in force is found by everything that is public; an ended one by number, status and dates only.
static bool index_person(struct edition *e, struct person *person, uint32_t row, const struct registrant *r)
{
    bool in_force = person_in_force(person);
    person->has_email = in_force && r->email.p != NULL;
    person->name_public = in_force && r->name.p != NULL;
    return category_add(&e->status, person->status) && category_add(&e->registered_on, r->registered_on) &&
           category_add(&e->expires_on, r->expires_on) &&
           category_add(&e->home, in_force ? place_value(r->home) : CATEGORY_NONE) &&
           category_add(&e->employer_place, in_force ? place_value(r->employer_place) : CATEGORY_NONE) &&
           category_add(&e->exam_passed, in_force ? r->exam_passed : CATEGORY_NONE) &&
           category_add(&e->renewals, in_force ? (int32_t)r->renewal_count : CATEGORY_NONE) &&
           category_add(&e->last_completed_on, CATEGORY_NONE) && (!in_force || index_texts(e, row, r));
}

static void render_person(struct edition *e, struct person *person, const struct registrant *r, day_t taken_out_on)
{
    enum status status = (enum status)person->status;
    day_t since = taken_out_on != DAY_NONE ? taken_out_on : status_since(r, status);
    bool in_force = person_in_force(person);
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
    *person = (struct person){.number = r->number, .json_at = e->json.n};
    person->status = (uint8_t)status_of(r, &taken_out_on, e->head.day);
    e->last_number = r->number;
    render_person(e, person, r, taken_out_on);
    return index_person(e, person, row, r) && !buf_failed(&e->json) ? ERR_OK : no_memory(fault);
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

static enum err add_done(struct builder *builder, struct done done, struct done_times times, struct fault *fault)
{
    struct edition *e = builder->edition;
    struct person *person = &e->people.p[builder->row];
    if (!in_order(person, &builder->last_done, &done) || person->done_count == PERSON_DONES_MOST) {
        return err_set(fault, ERR_INTERNAL, "completions of %u out of order or too many", person->number);
    }
    if (!ARRAY_GROW(&e->dones) || !ARRAY_GROW(&e->done_times)) {
        return no_memory(fault);
    }
    uint32_t id = (uint32_t)(e->dones.n - 1);
    e->dones.p[id] = done;
    e->done_times.p[id] = times;
    builder->last_done = done;
    person->done_count++;
    // The first one is the newest.
    bool kept = person->done_count > 1 || category_set(&e->last_completed_on, builder->row, done_day(&done));
    return kept ? ERR_OK : no_memory(fault);
}

// The same few hundred codes come millions of times.
static int find_course(struct builder *builder, struct str code)
{
    uint32_t hash = 0;
    for (size_t i = 0; i < code.n; i++) {
        hash = hash * 31 + (unsigned char)code.p[i];
    }
    struct known_course *known = &builder->known[hash % KNOWN_COURSES];
    if (known->code.p == NULL || !str_equal(known->code, code)) {
        int course = edition_find_course(builder->edition, code);
        if (course < 0) {
            return course;
        }
        *known = (struct known_course){builder->edition->courses.p[course].code, course};
    }
    return known->course;
}

enum err builder_add_completion(struct builder *builder, const struct builder_completion *completion,
                                struct fault *fault)
{
    struct edition *e = builder->edition;
    sort_courses(builder);
    int course = find_course(builder, completion->course);
    if (!move_to(builder, completion->number) || course < 0 || completion->completed_on < COMPLETION_DAY_FIRST ||
        completion->completed_on > COMPLETION_DAY_LAST) {
        return err_set(fault, ERR_INTERNAL, "completion of %u in %.*s: out of order, unknown or its day out of range",
                       completion->number, (int)completion->course.n, completion->course.p);
    }
    if (!person_in_force(&e->people.p[builder->row])) {
        return ERR_OK;
    }
    struct done done = {.course = (uint16_t)course, .day = (uint16_t)(completion->completed_on - COMPLETION_DAY_FIRST)};
    struct done_times times = {0, 0};
    bool kept = instants_number(&e->instants, completion->reflected_at, &times.reflected) &&
                (completion->reported_at == INSTANT_NONE ||
                 instants_number(&e->instants, completion->reported_at, &times.reported));
    return kept ? add_done(builder, done, times, fault) : no_memory(fault);
}

static void settle(struct edition *e)
{
    ARRAY_SHRINK(&e->people);
    ARRAY_SHRINK(&e->dones);
    ARRAY_SHRINK(&e->done_times);
    instants_settle(&e->instants);
    ARRAY_SHRINK(&e->json);
}

enum err builder_finish(struct builder **builder, struct edition **edition, struct fault *fault)
{
    struct edition *e = (*builder)->edition;
    sort_courses(*builder);
    if (e->operators.n > 0) {
        qsort(e->operators.p, e->operators.n, sizeof e->operators.p[0], by_operator_code);
    }
    (void)move_to(*builder, NUMBER_MAX + 1); // gives the people behind the last completion their place
    settle(e);
    if (!index_build(e)) {
        return no_memory(fault);
    }
    e->counts = edition_count(e);
    *edition = e;
    (*builder)->edition = NULL;
    builder_free(builder);
    return ERR_OK;
}
