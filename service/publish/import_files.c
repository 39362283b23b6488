// The four files of an import: see import_files.h.
#include "publish/import_files.h"

#include "intake/name_check.h"
#include "store/statements.h"

static void put_null(struct conn *conn)
{
    copy_in_text(conn, (struct str){NULL, 0});
}

static void put_unless(struct conn *conn, int64_t value, int64_t absent)
{
    if (value == absent) {
        put_null(conn);
    } else {
        copy_in_i64(conn, value);
    }
}

static void put_list(struct conn *conn, struct text_list list)
{
    copy_in_list(conn, list.items, list.n);
}

static void put_facts(struct conn *conn, const struct registrant *one)
{
    copy_in_i64(conn, one->number);
    copy_in_text(conn, str_of(status_name(one->status)));
    copy_in_day(conn, one->status_on);
    copy_in_day(conn, one->suspended_until);
    copy_in_day(conn, one->registered_on);
    copy_in_day(conn, one->renewed_on);
    copy_in_i64(conn, one->renewal_count);
    copy_in_day(conn, one->expires_on);
    put_unless(conn, one->exam_passed, MONTH_NONE);
}

static void put_optional(struct conn *conn, const struct registrant *one)
{
    copy_in_text(conn, one->name);
    copy_in_text(conn, one->kana);
    copy_in_text(conn, one->other_name);
    put_unless(conn, one->birth_month, MONTH_NONE);
    copy_in_text(conn, one->exam_certificate);
    put_unless(conn, one->home, PLACE_NONE);
    copy_in_text(conn, one->employer);
    put_unless(conn, one->employer_place, PLACE_NONE);
}

static void put_profile(struct conn *conn, const struct registrant *one)
{
    copy_in_text(conn, one->email);
    copy_in_text(conn, one->phone);
    copy_in_text(conn, one->url);
    put_list(conn, one->specialties);
    put_list(conn, one->skills);
    put_list(conn, one->qualifications);
    copy_in_text(conn, one->statement);
}

static enum err put_registrant(struct conn *conn, struct str secret, uint64_t line, union reader_row *row)
{
    struct registrant *one = &row->registrant;
    struct digest digest;
    bool named = one->name.p != NULL;
    enum err err = named ? name_digest(secret, one->name, &digest) : ERR_OK;
    if (err != ERR_OK) {
        return err;
    }
    registrant_drop_withheld(one);
    copy_in_i64(conn, (int64_t)line);
    put_facts(conn, one);
    put_optional(conn, one);
    put_profile(conn, one);
    if (named) {
        copy_in_bytes(conn, (struct str){(const char *)digest.bytes, sizeof digest.bytes});
    } else {
        put_null(conn);
    }
    return ERR_OK;
}

static enum err put_course(struct conn *conn, struct str secret, uint64_t line, union reader_row *row)
{
    const struct course *one = &row->course;
    (void)secret;
    copy_in_i64(conn, (int64_t)line);
    copy_in_text(conn, one->code);
    copy_in_text(conn, str_of(kind_name(one->kind)));
    copy_in_text(conn, one->name);
    copy_in_text(conn, one->name_en);
    copy_in_text(conn, one->operator_code);
    copy_in_day(conn, one->valid_from);
    copy_in_day(conn, one->valid_to);
    put_unless(conn, one->tenth_hours, 0);
    put_unless(conn, one->fee_yen, -1);
    return ERR_OK;
}

static enum err put_operator(struct conn *conn, struct str secret, uint64_t line, union reader_row *row)
{
    const struct operator_entry *one = &row->operator_entry;
    (void)secret;
    copy_in_i64(conn, (int64_t)line);
    copy_in_text(conn, one->code);
    copy_in_text(conn, one->name);
    copy_in_text(conn, one->name_en);
    copy_in_text(conn, one->domain);
    return ERR_OK;
}

static enum err put_completion(struct conn *conn, struct str secret, uint64_t line, union reader_row *row)
{
    const struct completion *one = &row->completion;
    (void)secret;
    copy_in_i64(conn, (int64_t)line);
    copy_in_i64(conn, one->number);
    copy_in_text(conn, one->course);
    copy_in_day(conn, one->completed_on);
    return ERR_OK;
}

const struct import_file *import_file_get(enum reader_kind kind)
{
    static const struct import_file files[] = {
        [READER_REGISTER] =
            {
                .cause = "register",
                .stage = &statement_import_register_stage,
                .copy = &statement_import_register_copy,
                .difference = &statement_import_register_difference,
                .current = &statement_import_register_current,
                .end = &statement_import_register_end,
                .add = &statement_import_register_add,
                .put = put_registrant,
            },
        [READER_COURSES] =
            {
                .cause = "courses",
                .stage = &statement_import_courses_stage,
                .copy = &statement_import_courses_copy,
                .checks = {&statement_import_courses_faults},
                .missing = &statement_import_courses_missing,
                .difference = &statement_import_courses_difference,
                .current = &statement_import_courses_current,
                .end = &statement_import_courses_end,
                .add = &statement_import_courses_add,
                .put = put_course,
            },
        [READER_OPERATORS] =
            {
                .cause = "operators",
                .stage = &statement_import_operators_stage,
                .copy = &statement_import_operators_copy,
                .missing = &statement_import_operators_missing,
                .difference = &statement_import_operators_difference,
                .current = &statement_import_operators_current,
                .end = &statement_import_operators_end,
                .add = &statement_import_operators_add,
                .put = put_operator,
            },
        [READER_COMPLETIONS] =
            {
                .cause = "completions",
                .stage = &statement_import_completions_stage,
                .copy = &statement_import_completions_copy,
                .checks = {&statement_import_completions_faults, &statement_import_completions_repeats},
                .difference = &statement_import_completions_difference,
                .current = &statement_import_completions_current,
                .end = &statement_import_completions_end,
                .add = &statement_import_completions_add,
                .put = put_completion,
            },
    };
    return &files[kind];
}
