// One registrant, one completion a line: see sample_rows.h.
#include "register/sample_rows.h"

#include "register/sample_courses.h"

static void put_number(struct buf *out, number_t number)
{
    char text[NUMBER_TEXT];
    size_t n = number_write(number, text);
    buf_add(out, STR("{\"number\":\""));
    buf_add(out, (struct str){text, n});
    buf_add(out, STR("\""));
}

static void put_key(struct buf *out, const char *key)
{
    buf_add(out, STR(",\""));
    buf_add_text(out, key);
    buf_add(out, STR("\":"));
}

static void put_text(struct buf *out, const char *key, struct str text)
{
    if (text.p == NULL) {
        return;
    }
    put_key(out, key);
    buf_add(out, STR("\""));
    buf_add(out, text);
    buf_add(out, STR("\""));
}

static void put_day(struct buf *out, const char *key, day_t day)
{
    if (day == DAY_NONE) {
        return;
    }
    char text[DAY_TEXT];
    day_write(day, text);
    put_text(out, key, (struct str){text, sizeof text});
}

static void put_month(struct buf *out, const char *key, month_t month)
{
    if (month == MONTH_NONE) {
        return;
    }
    char text[MONTH_TEXT];
    month_write(month, text);
    put_text(out, key, (struct str){text, sizeof text});
}

static void put_place(struct buf *out, const char *key, int place)
{
    if (place == PLACE_NONE) {
        return;
    }
    char text[2];
    place_write(place, text);
    put_text(out, key, (struct str){text, sizeof text});
}

static void put_items(struct buf *out, const struct str *items, size_t n)
{
    buf_add(out, STR("["));
    for (size_t i = 0; i < n; i++) {
        buf_add(out, i == 0 ? STR("\"") : STR(",\""));
        buf_add(out, items[i]);
        buf_add(out, STR("\""));
    }
    buf_add(out, STR("]"));
}

static void put_list(struct buf *out, const char *key, struct text_list list)
{
    if (list.n > 0) {
        put_key(out, key);
        put_items(out, list.items, list.n);
    }
}

static void put_public(struct buf *out, unsigned public_fields)
{
    struct str names[OPTIONAL_COUNT];
    size_t n = 0;
    for (int field = 0; field < OPTIONAL_COUNT; field++) {
        if ((public_fields & (1U << field)) != 0) {
            names[n++] = str_of(optional_name((enum optional_field)field));
        }
    }
    put_key(out, "public");
    put_items(out, names, n);
}

static void put_profile(struct buf *out, const struct registrant *row)
{
    size_t key_from = out->n;
    put_key(out, "profile");
    size_t from = out->n;
    put_text(out, "email", row->email);
    put_text(out, "phone", row->phone);
    put_text(out, "url", row->url);
    put_list(out, "specialties", row->specialties);
    put_list(out, "skills", row->skills);
    put_list(out, "qualifications", row->qualifications);
    put_text(out, "statement", row->statement);
    if (out->failed || out->n == from) {
        out->n = key_from; // nothing written about oneself
        return;
    }
    out->p[from] = '{'; // in place of the first comma
    buf_add(out, STR("}"));
}

void sample_rows_write_registrant(struct buf *out, const struct registrant *row)
{
    put_number(out, row->number);
    put_day(out, "registered_on", row->registered_on);
    put_day(out, "renewed_on", row->renewed_on);
    put_key(out, "renewal_count");
    buf_add_u64(out, row->renewal_count);
    put_day(out, "expires_on", row->expires_on);
    put_month(out, "exam_passed", row->exam_passed);
    put_text(out, "status", str_of(status_name(row->status)));
    put_day(out, "status_on", row->status_on);
    put_day(out, "suspended_until", row->suspended_until);
    put_public(out, row->public_fields);
    put_text(out, "name", row->name);
    put_text(out, "kana", row->kana);
    put_text(out, "other_name", row->other_name);
    put_month(out, "birth_month", row->birth_month);
    put_text(out, "exam_certificate", row->exam_certificate);
    put_place(out, "home", row->home);
    put_text(out, "employer", row->employer);
    put_place(out, "employer_place", row->employer_place);
    put_profile(out, row);
    buf_add(out, STR("}\n"));
}

void sample_rows_write_completions(struct buf *out, number_t number, const struct sample_history *history)
{
    for (size_t i = 0; i < history->n; i++) {
        const struct sample_completion *item = &history->items[i];
        put_number(out, number);
        buf_add(out, STR(",\"course\":\""));
        buf_add(out, sample_courses_stem(item->template));
        buf_add(out, STR("-"));
        buf_add_u64(out, (uint64_t)item->year);
        buf_add(out, STR("\""));
        put_day(out, "completed_on", item->completed_on);
        buf_add(out, STR("}\n"));
    }
}
