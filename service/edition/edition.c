// Reading an edition: look-ups by number and code, and the writing of its objects.
#include "edition/edition.h"

#include <stdlib.h>
#include <string.h>

#include "edition/private.h"

const struct edition_head *edition_get_head(const struct edition *edition)
{
    return &edition->head;
}

struct edition_counts edition_get_counts(const struct edition *edition)
{
    return edition->counts;
}

static void free_str(struct str text)
{
    free((void *)(uintptr_t)text.p);
}

static void free_course(struct course_entry *course)
{
    free_str(course->code);
    free_str(course->operator_code);
    free_str(course->json);
    free_str(course->fragment);
}

static void free_indexes(struct edition *old)
{
    struct category *const categories[] = {
        &old->status,         &old->registered_on, &old->expires_on, &old->home,
        &old->employer_place, &old->exam_passed,   &old->renewals,   &old->last_completed_on,
    };
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        category_free(categories[i]);
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        lexicon_free(&old->slots[slot]);
        free(slot < SLOT_EMPLOYER ? old->twins[slot] : NULL);
    }
    for (size_t i = 0; i < PLACE_NAMES; i++) {
        for (size_t j = 0; j < sizeof old->places[i].memory / sizeof old->places[i].memory[0]; j++) {
            buf_fini(&old->places[i].memory[j]);
        }
    }
    kana_order_free(&old->kana);
    free(old->kinds_of_row);
    free(old->bits);
    postings_free(&old->course_rows);
    postings_free(&old->course_dones);
    postings_free(&old->month_rows);
    postings_free(&old->month_dones);
    room_pool_free(&old->rooms);
}

void edition_free(struct edition **edition)
{
    struct edition *old = *edition;
    if (old == NULL) {
        return;
    }
    for (size_t i = 0; i < old->courses.n; i++) {
        free_course(&old->courses.p[i]);
    }
    for (size_t i = 0; i < old->operators.n; i++) {
        free_str(old->operators.p[i].code);
        free_str(old->operators.p[i].json);
    }
    free(old->courses.p);
    free(old->operators.p);
    free(old->people.p);
    free(old->dones.p);
    free(old->done_times.p);
    instants_free(&old->instants);
    buf_fini(&old->json);
    free(old->instant_texts);
    free(old->day_texts);
    free_indexes(old);
    free(old);
    *edition = NULL;
}

uint32_t edition_lower_bound(const struct edition *edition, number_t number)
{
    size_t low = 0;
    size_t high = edition->people.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edition->people.p[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

uint32_t edition_find(const struct edition *edition, number_t number)
{
    uint32_t row = edition_lower_bound(edition, number);
    return row < edition->people.n && edition->people.p[row].number == number ? row : ROW_NONE;
}

number_t edition_number(const struct edition *edition, uint32_t row)
{
    return edition->people.p[row].number;
}

enum status edition_status(const struct edition *edition, uint32_t row)
{
    return (enum status)edition->people.p[row].status;
}

int edition_find_course(const struct edition *edition, struct str code)
{
    size_t low = 0;
    size_t high = edition->courses.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(edition->courses.p[middle].code, code);
        if (order == 0) {
            return (int)middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return -1;
}

struct str edition_course_code(const struct edition *edition, int course)
{
    return edition->courses.p[course].code;
}

bool edition_has_operator(const struct edition *edition, struct str code)
{
    for (size_t i = 0; i < edition->operators.n; i++) {
        if (str_equal(edition->operators.p[i].code, code)) {
            return true;
        }
    }
    return false;
}

day_t done_day(const struct done *done)
{
    return (day_t)done->day + COMPLETION_DAY_FIRST;
}

static char *copy(char *to, const void *from, size_t n)
{
    memcpy(to, from, n);
    return to + n;
}

// The bytes of a completion: what its texts have, and the text between them.
static size_t done_length(const struct edition *edition, uint32_t done)
{
    size_t n = edition->courses.p[edition->dones.p[done].course].fragment.n + DAY_TEXT;
    n += edition->done_times.p[done].reported != 0 ? sizeof "\",\"reported_at\":\"" - 1 + INSTANT_TEXT : 0;
    return n + sizeof "\",\"reflected_at\":\"" - 1 + INSTANT_TEXT + sizeof "\"}" - 1;
}

// `skip`: how much of the fragment's beginning the caller has written in another way. Into as many bytes as it takes.
static char *copy_done(const struct edition *edition, uint32_t id, size_t skip, char *to)
{
    const struct done *done = &edition->dones.p[id];
    const struct done_times *times = &edition->done_times.p[id];
    struct str fragment = edition->courses.p[done->course].fragment;
    to = copy(to, fragment.p + skip, fragment.n - skip);
    to = copy(to, edition->day_texts[done->day], DAY_TEXT);
    if (times->reported != 0) {
        to = copy(to, "\",\"reported_at\":\"", sizeof "\",\"reported_at\":\"" - 1);
        to = copy(to, edition->instant_texts[times->reported], INSTANT_TEXT);
    }
    to = copy(to, "\",\"reflected_at\":\"", sizeof "\",\"reflected_at\":\"" - 1);
    to = copy(to, edition->instant_texts[times->reflected], INSTANT_TEXT);
    return copy(to, "\"}", 2);
}

void edition_write_registrant(const struct edition *edition, uint32_t row, struct buf *out)
{
    const struct person *person = &edition->people.p[row];
    struct str object = {edition->json.p + person->json_at, person->json_length};
    if (!person_in_force(person)) {
        buf_add(out, object);
        return;
    }
    size_t n = object.n + sizeof "]}" - 1 + (person->done_count > 1 ? person->done_count - 1 : 0);
    for (uint32_t i = 0; i < person->done_count; i++) {
        n += done_length(edition, person->done_at + i);
    }
    char *to = buf_extend(out, n);
    if (to == NULL) {
        return;
    }
    to = copy(to, object.p, object.n);
    for (uint32_t i = 0; i < person->done_count; i++) {
        to = i > 0 ? copy(to, ",", 1) : to;
        to = copy_done(edition, person->done_at + i, 0, to);
    }
    (void)copy(to, "]}", 2);
}

// The last person whose completions begin at or before it.
uint32_t done_owner(const struct edition *edition, uint32_t done)
{
    size_t low = 0;
    size_t high = edition->people.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (edition->people.p[middle].done_at <= done) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

void edition_write_completion(const struct edition *edition, uint32_t done, struct buf *out)
{
    char number[NUMBER_TEXT];
    size_t length = number_write(edition->people.p[done_owner(edition, done)].number, number);
    buf_add(out, STR("{\"number\":\""));
    buf_add(out, (struct str){number, length});
    buf_add(out, STR("\","));
    char *to = buf_extend(out, done_length(edition, done) - 1);
    if (to != NULL) {
        (void)copy_done(edition, done, 1, to);
    }
}

bool edition_write_course(const struct edition *edition, int course, struct buf *out)
{
    const struct course_entry *entry = &edition->courses.p[course];
    if (entry->current) {
        buf_add(out, entry->json);
    }
    return entry->current;
}

size_t edition_write_courses(const struct edition *edition, struct buf *out)
{
    size_t count = 0;
    buf_add_char(out, '[');
    for (size_t i = 0; i < edition->courses.n; i++) {
        if (edition->courses.p[i].current) {
            buf_add_text(out, count == 0 ? "" : ",");
            buf_add(out, edition->courses.p[i].json);
            count++;
        }
    }
    buf_add_char(out, ']');
    return count;
}

size_t edition_write_operators(const struct edition *edition, struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < edition->operators.n; i++) {
        buf_add_text(out, i == 0 ? "" : ",");
        buf_add(out, edition->operators.p[i].json);
    }
    buf_add_char(out, ']');
    return edition->operators.n;
}
