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

static void free_bitmaps(roaring_bitmap_t **bitmaps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bitmaps[i] != NULL) {
            roaring_bitmap_free(bitmaps[i]);
        }
    }
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
    free_bitmaps(&course->rows, 1);
    free_bitmaps(&course->dones, 1);
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
    free(old->instants.p);
    buf_fini(&old->json);
    buf_fini(&old->folded);
    grams_free(&old->grams);
    free_bitmaps(old->by_status, STATUS_COUNT);
    free_bitmaps(old->by_home, PLACES);
    free_bitmaps(old->by_employer_place, PLACES);
    dated_free(&old->registered_on);
    dated_free(&old->expires_on);
    dated_free(&old->row_months);
    dated_free(&old->done_months);
    free(old);
    *edition = NULL;
}

uint32_t edition_find(const struct edition *edition, number_t number)
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
    return low < edition->people.n && edition->people.p[low].number == number ? (uint32_t)low : ROW_NONE;
}

number_t edition_number(const struct edition *edition, uint32_t row)
{
    return edition->people.p[row].number;
}

enum status edition_status(const struct edition *edition, uint32_t row)
{
    return (enum status)edition->people.p[row].status;
}

static int compare_str(struct str a, struct str b)
{
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

int edition_find_course(const struct edition *edition, struct str code)
{
    size_t low = 0;
    size_t high = edition->courses.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_str(edition->courses.p[middle].code, code);
        if (order == 0) {
            return (int)middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return -1;
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

struct str person_field(const struct edition *edition, const struct person *person, enum field field)
{
    uint64_t at = person->folded_at;
    for (int i = 0; i < (int)field; i++) {
        at += person->folded_length[i];
    }
    return (struct str){edition->folded.p + at, person->folded_length[field]};
}

static void write_instant(const struct edition *edition, uint32_t index, struct str before, struct buf *out)
{
    char text[INSTANT_TEXT];
    instant_write(edition->instants.p[index], text);
    buf_add(out, before);
    buf_add(out, (struct str){text, INSTANT_TEXT});
}

// `skip`: how much of the fragment's beginning the caller has written in another way.
static void write_done(const struct edition *edition, const struct done *done, size_t skip, struct buf *out)
{
    struct str fragment = edition->courses.p[done->course].fragment;
    char day[DAY_TEXT];
    day_write(done_day(done), day);
    buf_add(out, (struct str){fragment.p + skip, fragment.n - skip});
    buf_add(out, (struct str){day, DAY_TEXT});
    if (done->reported != 0) {
        write_instant(edition, done->reported, STR("\",\"reported_at\":\""), out);
    }
    write_instant(edition, done->reflected, STR("\",\"reflected_at\":\""), out);
    buf_add(out, STR("\"}"));
}

void edition_write_registrant(const struct edition *edition, uint32_t row, struct buf *out)
{
    const struct person *person = &edition->people.p[row];
    buf_add(out, (struct str){edition->json.p + person->json_at, person->json_length});
    enum status status = (enum status)person->status;
    if (status != STATUS_REGISTERED && status != STATUS_NAME_USE_SUSPENDED) {
        return;
    }
    for (uint32_t i = 0; i < person->done_count; i++) {
        if (i > 0) {
            buf_add_char(out, ',');
        }
        write_done(edition, &edition->dones.p[person->done_at + i], 0, out);
    }
    buf_add(out, STR("]}"));
}

// The person who holds a done: the last one whose completions begin at or before it.
const struct person *done_owner(const struct edition *edition, uint32_t done)
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
    return &edition->people.p[low];
}

void edition_write_completion(const struct edition *edition, uint32_t done, struct buf *out)
{
    char number[NUMBER_TEXT];
    size_t length = number_write(done_owner(edition, done)->number, number);
    buf_add(out, STR("{\"number\":\""));
    buf_add(out, (struct str){number, length});
    buf_add(out, STR("\","));
    write_done(edition, &edition->dones.p[done], 1, out);
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
