// GET /v1/registrants and /v1/registrants/{number}
#include "api/params.h"
#include "api/resources.h"
#include "base/json_out.h"
#include "edition/cursor.h"
#include "text/fold.h"

const char *const registrants_parameters[] = {"number",
                                              "q",
                                              "name",
                                              "kana",
                                              "employer",
                                              "home",
                                              "employer_place",
                                              "status",
                                              "course",
                                              "kind",
                                              "completed_from",
                                              "completed_to",
                                              "registered_from",
                                              "registered_to",
                                              "expires_from",
                                              "expires_to",
                                              "limit",
                                              "cursor",
                                              NULL};

enum { TEXTS_BYTES = 64 * 1024, Q_LONGEST = 200 };

// A registration number as people write it: digits (folded, so of any width), or 第000123号.
static number_t number_of(struct str folded)
{
    static const struct str before = {"第", sizeof "第" - 1};
    static const struct str behind = {"号", sizeof "号" - 1};
    number_t number = 0;
    if (folded.n > before.n + behind.n && str_starts_with(folded, before) &&
        str_equal((struct str){folded.p + folded.n - behind.n, behind.n}, behind)) {
        folded = (struct str){folded.p + before.n, folded.n - before.n - behind.n};
    }
    return number_parse(folded, &number) ? number : 0;
}

static void add_word(struct query *query, struct str word, struct buf *room)
{
    size_t before = room->n;
    // What cannot be folded for want of room fails the whole request (buf_failed); what folds to nothing asks nothing.
    if (fold_text(word, room) != ERR_OK || room->n == before) {
        return;
    }
    struct query_word *added = &query->words[query->word_count++];
    added->folded = (struct str){room->p + before, room->n - before};
    added->number = number_of(added->folded);
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == 0xa0;
}

// The word at the beginning of *rest, which moves behind it and its blanks.
static struct str cut_word(struct str *rest)
{
    size_t end = 0;
    size_t next = 0;
    while (next < rest->n) {
        size_t at = next;
        if (is_blank(str_next_char(*rest, &next))) {
            end = at;
            break;
        }
        end = next;
    }
    struct str word = {rest->p, end};
    *rest = (struct str){rest->p + next, rest->n - next};
    return word;
}

static void read_words(const struct request *request, struct query *query, struct buf *room, struct faults *faults)
{
    struct str rest = params_get(request, "q");
    if (rest.p == NULL) {
        return;
    }
    if (str_count_chars(rest) > Q_LONGEST) {
        faults_parameter(faults, STR("q"), SAY(faults, "is longer than %d characters", "%d 文字を超えています。"),
                         Q_LONGEST);
        return;
    }
    while (rest.n > 0 && query->word_count < QUERY_WORDS_MOST) {
        add_word(query, cut_word(&rest), room);
    }
    while (rest.n > 0) {
        if (cut_word(&rest).n > 0) {
            faults_parameter(faults, STR("q"), SAY(faults, "has more than %d words", "語は %d 個までです。"),
                             QUERY_WORDS_MOST);
            return;
        }
    }
    if (query->word_count == 0) {
        faults_parameter(faults, STR("q"), "%s",
                         SAY(faults, "holds nothing to search for but blanks", "空白以外の文字がありません。"));
    }
}

static void read_query(const struct visit *visit, struct query *query, struct done_params *done, struct buf *room,
                       struct faults *faults)
{
    const struct request *request = visit->request;
    struct cursor cursor;
    bool has_cursor;
    params_numbers(request, query->numbers, &query->number_count, faults);
    read_words(request, query, room, faults);
    query->name = params_text(request, "name", room, faults);
    query->kana = params_text(request, "kana", room, faults);
    query->employer = params_text(request, "employer", room, faults);
    params_places(request, "home", query->homes, faults);
    params_places(request, "employer_place", query->employer_places, faults);
    params_statuses(request, &query->statuses, faults);
    params_done(request, visit->edition, false, done, faults);
    query->done = done->condition;
    params_range(request, "registered_from", "registered_to", &query->registered, faults);
    params_range(request, "expires_from", "expires_to", &query->expires, faults);
    params_limit(request, &query->limit, faults);
    if (answer_read_cursor(visit, &cursor, &has_cursor, faults) && has_cursor) {
        query->after = cursor.number;
    }
}

static void write_unknown(const struct visit *visit, const struct query *query, struct buf *out)
{
    bool any = false;
    for (size_t i = 0; i < query->number_count; i++) {
        if (edition_find(visit->edition, query->numbers[i]) != ROW_NONE) {
            continue;
        }
        char text[NUMBER_TEXT];
        size_t length = number_write(query->numbers[i], text);
        buf_add_text(out, any ? "," : ",\"unknown_numbers\":[");
        json_quote(out, (struct str){text, length});
        any = true;
    }
    buf_add_text(out, any ? "]" : "");
}

static void write_page(const struct visit *visit, const struct query *query, const struct page *page,
                       struct reply *reply)
{
    struct buf *out = &reply->body;
    answer_begin(visit, reply);
    json_number(out, "total", (int64_t)page->total);
    json_name(out, "items");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < page->count; i++) {
        if (i > 0) {
            buf_add_char(out, ',');
        }
        edition_write_registrant(visit->edition, page->ids[i], out);
    }
    buf_add_char(out, ']');
    write_unknown(visit, query, out);
    struct cursor last = {.completed_on = DAY_NONE};
    if (page->more) {
        last.number = edition_number(visit->edition, page->ids[page->count - 1]);
    }
    answer_end_list(visit, page->more ? &last : NULL, reply);
}

void handle_registrants(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    BUF_AUTO struct buf room;
    struct query query = {0};
    struct done_params done;
    struct page page;
    faults_init(&faults, visit->request);
    buf_init(&room, TEXTS_BYTES);
    // Folded texts are views into the room, so it must not move: its whole size is taken at once.
    if (buf_extend(&room, TEXTS_BYTES) == NULL) {
        problem_reply_error(reply, visit->request, ERR_MEMORY);
        return;
    }
    buf_clear(&room);
    params_check(visit->request, registrants_parameters, &faults);
    read_query(visit, &query, &done, &room, &faults);
    if (faults.count > 0) {
        problem_reply_faults(reply, visit->request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    if (buf_failed(&room)) {
        problem_reply_error(reply, visit->request, ERR_MEMORY);
        return;
    }
    enum err err = query_people(visit->edition, &query, &page);
    if (err != ERR_OK) {
        problem_reply_error(reply, visit->request, err);
        return;
    }
    write_page(visit, &query, &page, reply);
}

void handle_registrant(struct visit *visit, struct reply *reply)
{
    const struct request *request = visit->request;
    number_t number;
    if (!number_parse(request->path_value, &number)) {
        FAULTS_AUTO struct faults faults;
        faults_init(&faults, request);
        faults_parameter(&faults, STR("number"), "%s",
                         SAY(request, "is not a registration number: 1 to 7 digits, at least 1",
                             "登録番号ではありません（1〜7桁の数字、1以上）。"));
        problem_reply_faults(reply, request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    uint32_t row = edition_find(visit->edition, number);
    if (row == ROW_NONE) {
        problem_reply(
            reply, request, PROBLEM_NOT_FOUND,
            SAY(request, "The registration number %06u was never issued.", "登録番号 %06u は発行されていません。"),
            number);
        return;
    }
    answer_begin(visit, reply);
    json_name(&reply->body, "registrant");
    edition_write_registrant(visit->edition, row, &reply->body);
    buf_add_char(&reply->body, '}');
}
