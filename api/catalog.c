// GET /v1/courses, /v1/courses/{code}, /v1/operators
#include "api/resources.h"
#include "base/json_out.h"

static void write_all(struct visit *visit, struct reply *reply,
                      size_t (*write)(const struct edition *edition, struct buf *out))
{
    BUF_AUTO struct buf items;
    buf_init(&items, REPLY_LONGEST);
    size_t count = write(visit->edition, &items);
    answer_begin(visit, reply);
    json_number(&reply->body, "total", (int64_t)count);
    json_name(&reply->body, "items");
    buf_add(&reply->body, buf_str(&items));
    buf_add_char(&reply->body, '}');
}

void handle_courses(struct visit *visit, struct reply *reply)
{
    write_all(visit, reply, edition_write_courses);
}

void handle_operators(struct visit *visit, struct reply *reply)
{
    write_all(visit, reply, edition_write_operators);
}

void handle_course(struct visit *visit, struct reply *reply)
{
    const struct request *request = visit->request;
    struct str code = request->path_value;
    if (!code_is_valid(code)) {
        FAULTS_AUTO struct faults faults;
        faults_init(&faults, request);
        faults_parameter(&faults, STR("code"),
                         SAY(request, "is not a code: 1 to %d of a-z 0-9 . _ -, beginning with a letter or digit",
                             "講習コードではありません（英小文字・数字・. _ - の 1〜%d 字、先頭は英数字）。"),
                         CODE_LONGEST);
        problem_reply_faults(reply, request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    int course = edition_find_course(visit->edition, code);
    answer_begin(visit, reply);
    json_name(&reply->body, "course");
    if (course < 0 || !edition_write_course(visit->edition, course, &reply->body)) {
        problem_reply(reply, request, PROBLEM_NOT_FOUND,
                      SAY(request, "There is no course %.*s.", "講習 %.*s はありません。"), (int)code.n, code.p);
        return;
    }
    buf_add_char(&reply->body, '}');
}
