// POST /v1/reports and GET /v1/reports/{id}: for course operators.
#include <stdio.h>

#include "api/json_in.h"
#include "api/resources.h"
#include "base/json_out.h"
#include "base/log.h"

#define ANSWER_AUTO __attribute__((cleanup(report_answer_fini)))
#define BODY_AUTO __attribute__((cleanup(reports_body_free)))

// The publication that this process shows; 0: none yet.
static int64_t shown_publication(struct api *api)
{
    const struct edition *edition = gate_enter(api->gate);
    int64_t publication = edition == NULL ? 0 : edition_get_head(edition)->publication;
    gate_leave(api->gate, edition);
    return publication;
}

// A report is public once its publication is shown: between the commit and that, the edition is built.
static struct report as_shown(struct report report, int64_t shown)
{
    if (report.publication > shown) {
        report.publication = 0;
        report.reflected_at = INSTANT_NONE;
    }
    return report;
}

static void write_report(struct buf *out, const struct report *report)
{
    char number[NUMBER_TEXT];
    char id[24];
    (void)snprintf(id, sizeof id, "%lld", (long long)report->id);
    json_text(out, "id", str_of(id));
    json_text(out, "number", (struct str){number, number_write(report->number, number)});
    json_text(out, "course", str_of(report->course));
    json_day(out, "completed_on", report->completed_on);
    json_text(out, "operator", str_of(report->operator_code));
    json_text(out, "state", report->publication == 0 ? STR("pending") : STR("reflected"));
    json_instant(out, "received_at", report->received_at);
    json_day(out, "reflect_by", report->reflect_by);
    json_instant(out, "reflected_at", report->reflected_at);
    if (report->publication != 0) {
        json_number(out, "publication", report->publication);
    }
}

static void write_result(struct buf *out, int64_t shown, size_t index, const struct report_result *result)
{
    struct report report = as_shown(result->report, shown);
    buf_add_char(out, '{');
    json_number(out, "index", (int64_t)index);
    json_text(out, "outcome", result->outcome == REPORT_ACCEPTED ? STR("accepted") : STR("duplicate"));
    json_name(out, "report");
    buf_add_char(out, '{');
    write_report(out, &report);
    buf_add_char(out, '}');
    buf_add_char(out, '}');
}

static void write_accepted(const struct visit *visit, const struct report_answer *answer, size_t n, struct reply *reply)
{
    struct buf *out = &reply->body;
    int64_t shown = shown_publication(visit->api);
    reply->status = 201;
    reply->content_type = "application/json";
    buf_add_char(out, '{');
    json_number(out, "accepted", (int64_t)answer->accepted);
    json_number(out, "duplicates", (int64_t)answer->duplicates);
    json_name(out, "results");
    buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        json_comma(out);
        write_result(out, shown, i, &answer->results[i]);
    }
    buf_add(out, STR("]}"));
}

// What would be right, for each code; the bounds where the code has any.
static void add_fault(struct faults *faults, const struct report_fault *fault)
{
    static const char *const members[] = {
        [REPORT_MEMBER_ITEM] = "",          [REPORT_MEMBER_NUMBER] = "/number",
        [REPORT_MEMBER_COURSE] = "/course", [REPORT_MEMBER_COMPLETED_ON] = "/completed_on",
        [REPORT_MEMBER_NAME] = "/name",
    };
    static const struct {
        const char *english;
        const char *japanese;
    } texts[REPORT_FAULT_CODES] = {
        [REPORT_UNKNOWN_REGISTRANT] = {"this registration number was never issued",
                                       "この登録番号は発行されていません。"},
        [REPORT_ENDED_REGISTRATION] = {"the registration had ended by that day", "その日には登録が終了しています。"},
        [REPORT_BEFORE_REGISTRATION] = {"that day is before the registration", "登録日より前の日です。"},
        [REPORT_UNKNOWN_COURSE] = {"there is no such course; see /v1/courses",
                                   "その講習はありません（/v1/courses を参照）。"},
        [REPORT_COURSE_NOT_YOURS] = {"another operator gives this course", "他の実施機関の講習です。"},
        [REPORT_COURSE_NOT_OFFERED_THEN] = {"the course was not offered on that day",
                                            "その日には実施されていない講習です。"},
        [REPORT_DATE_IN_FUTURE] = {"that day has not come yet in Tokyo", "まだ来ていない日です（日本時間）。"},
        [REPORT_NAME_MISMATCH] = {"the number belongs to somebody of another name",
                                  "この番号の人の氏名と一致しません。"},
        [REPORT_MALFORMED] = {"malformed", "形式の誤りです。"},
    };
    char pointer[64];
    char from[DAY_TEXT + 1] = {0};
    char to[DAY_TEXT + 1] = {0};
    const char *text = SAY(faults, texts[fault->code].english, texts[fault->code].japanese);
    (void)snprintf(pointer, sizeof pointer, "/reports/%zu%s", fault->index, members[fault->member]);
    if (fault->day_from != DAY_NONE) {
        day_write(fault->day_from, from);
    }
    if (fault->day_to != DAY_NONE) {
        day_write(fault->day_to, to);
    }
    bool bounded = fault->day_from != DAY_NONE || fault->day_to != DAY_NONE;
    faults_pointer(faults, pointer, report_fault_name(fault->code), "%s%s%s%s%s%s", text, bounded ? " (" : "", from,
                   bounded ? ".." : "", to, bounded ? ")" : "");
}

static bool is_json(const struct request *request)
{
    struct str rest = request_header(request, "Content-Type");
    struct str type = str_trim(str_cut(&rest, ';'));
    if (!str_equal_nocase(type, STR("application/json"))) {
        return false;
    }
    while (rest.p != NULL) {
        struct str parameter = str_trim(str_cut(&rest, ';'));
        if (parameter.n > 0 && !str_equal_nocase(parameter, STR("charset=utf-8")) &&
            !str_equal_nocase(parameter, STR("charset=\"utf-8\""))) {
            return false;
        }
    }
    return true;
}

// All faults in the order of the items: those of form, and those that the record knows of (by place among the items of
// the right form).
static void refuse(const struct visit *visit, const struct reports_body *body, const struct report_answer *answer,
                   struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    const size_t *places;
    size_t n;
    size_t next = 0;
    faults_init(&faults, visit->request);
    (void)reports_body_items(body, &places, &n);
    for (size_t place = 0; place < reports_body_count(body); place++) {
        reports_body_fault_item(body, place, &faults);
        for (; next < answer->fault_count && places[answer->faults[next].index] == place; next++) {
            struct report_fault fault = answer->faults[next];
            fault.index = place;
            add_fault(&faults, &fault);
        }
    }
    problem_reply_faults(reply, visit->request, PROBLEM_UNPROCESSABLE, &faults);
}

static void answer_error(const struct visit *visit, enum err err, const struct fault *fault, struct reply *reply)
{
    log_event(LOG_WARN, "report_failed", LOG_TEXT("request", visit->request->id), LOG_TEXT("error", err_name(err)),
              LOG_TEXT("detail", fault->text));
    problem_reply_error(reply, visit->request, err);
}

static void submit(struct visit *visit, const struct reports_body *body, struct reply *reply)
{
    ANSWER_AUTO struct report_answer answer = {0};
    struct fault fault = {{0}};
    struct api *api = visit->api;
    const size_t *places;
    size_t n;
    const struct report_item *items = reports_body_items(body, &places, &n);
    struct str secret = str_of(api->settings->secret);
    day_t today = clock_tokyo_day(clock_now());
    bool sound = n == reports_body_count(body);
    enum err err = ERR_OK;
    if (sound) {
        err = report_submit(api->intake, secret, &visit->sender, items, n, today, &answer, &fault);
    } else if (n > 0) {
        err = report_examine(api->intake, secret, &visit->sender, items, n, today, &answer, &fault);
    }
    if (err != ERR_OK && err != ERR_INVALID) {
        answer_error(visit, err, &fault, reply);
    } else if (err == ERR_INVALID || !sound) {
        refuse(visit, body, &answer, reply);
    } else {
        publisher_wake(api->publisher);
        write_accepted(visit, &answer, n, reply);
    }
}

void handle_post_reports(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    BODY_AUTO struct reports_body *body = NULL;
    struct fault fault = {{0}};
    const struct request *request = visit->request;
    faults_init(&faults, request);
    if (request_header(request, "Content-Encoding").p != NULL) {
        problem_reply(
            reply, request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "%s",
            SAY(request, "Send the body without Content-Encoding.", "Content-Encoding なしで送ってください。"));
        return;
    }
    if (!is_json(request)) {
        problem_reply(reply, request, PROBLEM_UNSUPPORTED_MEDIA_TYPE, "%s",
                      SAY(request, "Send the reports as application/json in UTF-8.",
                          "application/json（UTF-8）で送ってください。"));
        return;
    }
    enum err err = reports_body_read(request->raw->body, &body, &faults, &fault);
    if (err == ERR_INVALID) {
        problem_reply(reply, request, PROBLEM_BAD_REQUEST,
                      SAY(request, "The body is not JSON: %s.", "本文が JSON ではありません：%s。"), fault.text);
    } else if (err != ERR_OK) {
        answer_error(visit, err, &fault, reply);
    } else if (faults.count > 0) {
        problem_reply_faults(reply, request, PROBLEM_UNPROCESSABLE, &faults);
    } else {
        submit(visit, body, reply);
    }
}

void handle_get_report(struct visit *visit, struct reply *reply)
{
    struct report report;
    uint64_t id;
    struct fault fault = {{0}};
    const struct request *request = visit->request;
    enum err err = ERR_NOT_FOUND;
    if (request->path_value.p[0] != '0' && str_to_u64(request->path_value, INT64_MAX, &id)) {
        err = report_get(visit->api->intake, visit->sender.operator_code, (int64_t)id, &report, &fault);
    }
    if (err == ERR_NOT_FOUND) {
        problem_reply(reply, request, PROBLEM_NOT_FOUND, "%s",
                      SAY(request, "You have no report of this id.", "この ID の報告はありません。"));
    } else if (err != ERR_OK) {
        problem_reply_error(reply, request, err);
    } else {
        reply->content_type = "application/json";
        buf_add(&reply->body, STR("{\"report\":{"));
        report = as_shown(report, shown_publication(visit->api));
        write_report(&reply->body, &report);
        buf_add(&reply->body, STR("}}"));
    }
}
