// GET /v1/completions
#include "api/params.h"
#include "api/resources.h"
#include "base/json_out.h"
#include "edition/cursor.h"

const char *const completions_parameters[] = {"number",       "course", "kind",   "operator", "completed_from",
                                              "completed_to", "limit",  "cursor", NULL};

enum { LIMIT_USUAL = 20, LIMIT_MOST = 200 };

static void identify_last(const struct edition *edition, uint32_t done, struct cursor *last)
{
    struct str course;
    done_identify(edition, done, &last->number, &last->value, &course);
    cursor_set_text(last, course);
}

static void write_page(const struct visit *visit, const struct page *page, struct reply *reply)
{
    struct buf *out = &reply->body;
    struct cursor last;
    answer_begin(visit, reply);
    json_number(out, "total", (int64_t)page->total);
    json_name(out, "items");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < page->count; i++) {
        if (i > 0) {
            buf_add_char(out, ',');
        }
        edition_write_completion(visit->edition, page->ids[i], out);
    }
    buf_add_char(out, ']');
    if (page->more) {
        identify_last(visit->edition, page->ids[page->count - 1], &last);
    }
    answer_end_list(visit, page->more ? &last : NULL, reply);
}

static void read_query(const struct visit *visit, struct done_query *query, struct done_params *done,
                       struct faults *faults)
{
    struct cursor cursor;
    bool has_cursor;
    params_check(visit->request, completions_parameters, faults);
    params_numbers(visit->request, query->numbers, &query->number_count, faults);
    params_done(visit->request, visit->edition, true, done, faults);
    query->done = done->condition;
    params_limit(visit->request, LIMIT_USUAL, LIMIT_MOST, &query->limit, faults);
    if (answer_read_cursor(visit, &cursor, &has_cursor, faults) && has_cursor) {
        query->from = done_after(visit->edition, cursor.number, cursor.value, cursor_text(&cursor));
    }
}

void handle_completions(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    struct done_query query = {0};
    struct done_params done;
    struct page page;
    faults_init(&faults, visit->request);
    read_query(visit, &query, &done, &faults);
    if (faults.count > 0) {
        problem_reply_faults(reply, visit->request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    enum err err = query_dones(visit->edition, &query, &page);
    if (err != ERR_OK) {
        problem_reply_error(reply, visit->request, err);
        return;
    }
    write_page(visit, &page, reply);
}
