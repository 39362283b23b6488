// A query, a person and an answer in words, for the reader of a failed test.
#ifndef MEIBO_TESTS_DESCRIBE_H
#define MEIBO_TESTS_DESCRIBE_H

#include "tests/unit/edition/obvious_query.h"

static inline void say_text(struct buf *out, const char *label, struct str text)
{
    if (text.p != NULL) {
        buf_add_format(out, " %s=", label);
        buf_add(out, text);
    }
}

static inline void say_day(struct buf *out, const char *label, day_t day)
{
    char text[DAY_TEXT];
    if (day != DAY_NONE) {
        day_write(day, text);
        say_text(out, label, (struct str){text, DAY_TEXT});
    }
}

static inline void say_int(struct buf *out, const char *label, int32_t value)
{
    if (value != INT32_MIN) {
        buf_add_format(out, " %s=%d", label, value);
    }
}

static inline void say_list(struct buf *out, const char *label, const struct str *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        say_text(out, label, items[i]);
    }
}

static inline void say_done_condition(struct buf *out, const struct done_condition *done)
{
    for (size_t i = 0; done->by_course && i < done->course_count; i++) {
        buf_add_format(out, " course=%u", done->courses[i]);
    }
    buf_add_text(out, done->by_course && done->course_count == 0 ? " course=none" : "");
    if (done->kinds != 0) {
        buf_add_format(out, " kinds=%#x", done->kinds);
    }
    say_day(out, "completed_from", done->completed.from);
    say_day(out, "completed_to", done->completed.to);
    say_list(out, "operator", done->operators, done->operator_count);
}

static inline void say_places(struct buf *out, const char *label, const uint64_t places[2])
{
    for (int place = 0; place <= PLACE_OVERSEAS; place++) {
        if ((places[place / 64] >> (place % 64) & 1) != 0) {
            buf_add_format(out, " %s=%02d", label, place);
        }
    }
}

static inline void say_ranges(struct buf *out, const struct query *query)
{
    say_day(out, "registered_from", query->registered.from);
    say_day(out, "registered_to", query->registered.to);
    say_day(out, "expires_from", query->expires.from);
    say_day(out, "expires_to", query->expires.to);
    say_int(out, "exam_from", query->exam.from);
    say_int(out, "exam_to", query->exam.to);
    say_int(out, "renewals_from", query->renewals.from);
    say_int(out, "renewals_to", query->renewals.to);
}

static inline void say_query(struct buf *out, const struct query *query)
{
    static const char *const widest[] = {"whole", "begins", "holds"};
    static const char *const triples[] = {"any", "yes", "no"};
    static const char *const sorts[] = {"relevance",     "number",     "kana",
                                        "registered_on", "expires_on", "last_completed_on"};
    buf_add_text(out, "query:");
    say_list(out, "word", query->words, query->word_count);
    say_text(out, "name", query->name);
    say_text(out, "kana", query->kana);
    say_text(out, "employer", query->employer);
    buf_add_format(out, " widest=%s statuses=%#x", widest[query->widest], query->statuses);
    for (size_t i = 0; i < query->number_count; i++) {
        buf_add_format(out, " number=%u", query->numbers[i]);
    }
    say_list(out, "skill", query->skill.texts, query->skill.n);
    say_list(out, "specialty", query->specialty.texts, query->specialty.n);
    say_list(out, "qualification", query->qualification.texts, query->qualification.n);
    say_places(out, "home", query->homes);
    say_places(out, "employer_place", query->employer_places);
    say_done_condition(out, &query->done);
    say_ranges(out, query);
    buf_add_format(out, " has_email=%s name_public=%s sort=%s%s facets=%#x limit=%u", triples[query->has_email],
                   triples[query->name_public], query->descending ? "-" : "", sorts[query->sort], query->facets,
                   query->limit);
    if (query->after.given) {
        buf_add_format(out, " after=(%d, ", query->after.value);
        buf_add(out, query->after.text);
        buf_add_format(out, ", %u)", query->after.number);
    }
    buf_add_char(out, '\n');
}

static inline void say_person(struct buf *out, const struct known *person)
{
    const struct registrant *r = &person->r;
    buf_add_format(out, "  %u: %s", r->number, status_name(person->status));
    say_text(out, "name", r->name);
    say_text(out, "kana", r->kana);
    say_text(out, "other_name", r->other_name);
    say_text(out, "employer", r->employer);
    say_list(out, "specialty", r->specialties.items, r->specialties.n);
    say_list(out, "skill", r->skills.items, r->skills.n);
    say_list(out, "qualification", r->qualifications.items, r->qualifications.n);
    buf_add_format(out, " home=%02d employer_place=%02d renewals=%u", r->home, r->employer_place, r->renewal_count);
    say_text(out, "email", r->email);
    say_day(out, "registered", r->registered_on);
    say_day(out, "expires", r->expires_on);
    say_int(out, "exam", r->exam_passed);
    say_day(out, "taken_out", person->taken_out_on);
    for (size_t i = 0; i < person->done_count; i++) {
        say_text(out, "done", person->dones[i].course);
        say_day(out, "on", person->dones[i].completed_on);
    }
    buf_add_char(out, '\n');
}

static inline void say_match(struct buf *out, const char *who, unsigned rank, struct match match)
{
    static const char *const extents[] = {"whole", "begins", "holds"};
    buf_add_format(out, "    %s: rank %u, %s %s %s\n", who, rank, match_field_name(match.field), tier_name(match.tier),
                   extents[rank / GROUPS % EXTENT_COUNT]);
}

#endif
