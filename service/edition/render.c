// How the register's rows look as JSON. Done once at build: an answer is then a matter of copying bytes.
#include "base/json_out.h"
#include "edition/private.h"

static void write_number(struct buf *out, number_t number)
{
    char text[NUMBER_TEXT];
    json_text(out, "number", (struct str){text, number_write(number, text)});
}

static void write_place(struct buf *out, const char *name, int place)
{
    char text[2];
    if (place != PLACE_NONE) {
        place_write(place, text);
        json_text(out, name, (struct str){text, sizeof text});
    }
}

static void write_list(struct buf *out, const char *name, const struct text_list *list)
{
    if (list->n == 0) {
        return;
    }
    json_name(out, name);
    buf_add_char(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        json_comma(out);
        json_quote(out, list->items[i]);
    }
    buf_add_char(out, ']');
}

static bool has_profile(const struct registrant *r)
{
    return r->email.p != NULL || r->phone.p != NULL || r->url.p != NULL || r->statement.p != NULL ||
           r->specialties.n > 0 || r->skills.n > 0 || r->qualifications.n > 0;
}

static void write_profile(struct buf *out, const struct registrant *r)
{
    json_name(out, "profile");
    buf_add_char(out, '{');
    json_text(out, "email", r->email);
    json_text(out, "phone", r->phone);
    json_text(out, "url", r->url);
    write_list(out, "specialties", &r->specialties);
    write_list(out, "skills", &r->skills);
    write_list(out, "qualifications", &r->qualifications);
    json_text(out, "statement", r->statement);
    buf_add_char(out, '}');
}

// Without its end: completions follow.
void render_registrant(struct buf *out, const struct registrant *r, enum status status, day_t status_on)
{
    buf_add_char(out, '{');
    write_number(out, r->number);
    json_text(out, "status", str_of(status_name(status)));
    json_day(out, "status_on", status_on);
    json_day(out, "registered_on", r->registered_on);
    json_day(out, "renewed_on", r->renewed_on);
    json_number(out, "renewal_count", r->renewal_count);
    json_day(out, "expires_on", r->expires_on);
    json_day(out, "suspended_until", status == STATUS_NAME_USE_SUSPENDED ? r->suspended_until : DAY_NONE);
    json_month(out, "exam_passed", r->exam_passed);
    json_text(out, "name", r->name);
    json_text(out, "kana", r->kana);
    json_text(out, "other_name", r->other_name);
    json_month(out, "birth_month", r->birth_month);
    json_text(out, "exam_certificate", r->exam_certificate);
    write_place(out, "home", r->home);
    json_text(out, "employer", r->employer);
    write_place(out, "employer_place", r->employer_place);
    if (has_profile(r)) {
        write_profile(out, r);
    }
    buf_add(out, STR(",\"completions\":["));
}

void render_tombstone(struct buf *out, const struct registrant *r, enum status status, day_t status_on)
{
    buf_add_char(out, '{');
    write_number(out, r->number);
    json_text(out, "status", str_of(status_name(status)));
    json_day(out, "status_on", status_on);
    json_day(out, "registered_on", r->registered_on);
    json_day(out, "expires_on", r->expires_on);
    buf_add_char(out, '}');
}

static void write_hours(struct buf *out, uint32_t tenth_hours)
{
    if (tenth_hours == 0) {
        return;
    }
    json_number(out, "hours", tenth_hours / 10);
    if (tenth_hours % 10 != 0) {
        buf_add_char(out, '.');
        buf_add_u64(out, tenth_hours % 10);
    }
}

void render_course(struct buf *out, const struct course *course)
{
    buf_add_char(out, '{');
    json_text(out, "code", course->code);
    json_text(out, "kind", str_of(kind_name(course->kind)));
    json_text(out, "name", course->name);
    json_text(out, "name_en", course->name_en);
    json_text(out, "operator", course->operator_code);
    json_day(out, "valid_from", course->valid_from);
    json_day(out, "valid_to", course->valid_to);
    write_hours(out, course->tenth_hours);
    if (course->fee_yen >= 0) {
        json_number(out, "fee_yen", course->fee_yen);
    }
    buf_add_char(out, '}');
}

// A completion's members up to the opening quote of its day; the day, the instants and the end differ.
void render_fragment(struct buf *out, const struct course *course)
{
    buf_add_char(out, '{');
    json_text(out, "course", course->code);
    json_text(out, "kind", str_of(kind_name(course->kind)));
    json_text(out, "course_name", course->name);
    json_text(out, "operator", course->operator_code);
    buf_add(out, STR(",\"completed_on\":\""));
}

void render_operator(struct buf *out, const struct operator_entry *operator_entry)
{
    buf_add_char(out, '{');
    json_text(out, "code", operator_entry->code);
    json_text(out, "name", operator_entry->name);
    json_text(out, "name_en", operator_entry->name_en);
    json_text(out, "domain", operator_entry->domain);
    buf_add_char(out, '}');
}
