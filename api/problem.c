// Problems: see problem.h.
#include "api/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/json_out.h"

enum { DETAIL_LONGEST = 512, FAULTS_BYTES = 1024 * 1024, RETRY_AFTER_S = 5 };

static const struct {
    const char *slug;
    int status;
    const char *title;
    const char *japanese;
    const char *text;
    const char *japanese_text;
} problems[PROBLEM_COUNT] = {
    [PROBLEM_BAD_REQUEST] = {"bad-request", 400, "Bad request", "不正なリクエスト",
                             "The request is not well-formed: its framing, its target or its body's syntax.",
                             "リクエストの形式（枠組み、リクエスト URI、本文の構文）が正しくありません。"},
    [PROBLEM_INVALID_PARAMETER] =
        {"invalid-parameter", 400, "Invalid parameter", "パラメーターの誤り",
         "A parameter is unknown, repeated, empty, out of range or of the wrong form; errors lists every fault with "
         "what is allowed.",
         "未知・重複・空・範囲外・形式違いのパラメーターがあります。errors に全件と許される値を示します。"},
    [PROBLEM_NOT_FOUND] =
        {"not-found", 404, "Not found", "見つかりません",
         "There is no such route, or no such thing. A registration that ended is not this: it answers 200.",
         "該当するパスまたは対象がありません。終了した登録は 200 で答えます。"},
    [PROBLEM_METHOD_NOT_ALLOWED] = {"method-not-allowed", 405, "Method not allowed", "使えないメソッド",
                                    "The route does not have this method; Allow lists those it has.",
                                    "このパスでは使えないメソッドです。Allow に使えるものを示します。"},
    [PROBLEM_NOT_ACCEPTABLE] = {"not-acceptable", 406, "Not acceptable", "応答形式の不一致",
                                "Accept allows none of the media types that the route can answer.",
                                "Accept が、このパスの返せる形式をどれも許していません。"},
    [PROBLEM_PAYLOAD_TOO_LARGE] = {"payload-too-large", 413, "Payload too large", "本文が大きすぎます",
                                   "The body is longer than the service takes; send it in parts.",
                                   "本文が上限を超えています。分けて送ってください。"},
    [PROBLEM_URI_TOO_LONG] = {"uri-too-long", 414, "URI too long", "URI が長すぎます",
                              "The request target is longer than 8,192 bytes.",
                              "リクエスト URI が 8,192 バイトを超えています。"},
    [PROBLEM_UNSUPPORTED_MEDIA_TYPE] = {"unsupported-media-type", 415, "Unsupported media type",
                                        "対応していない本文の形式",
                                        "The route does not take a body of this Content-Type.",
                                        "この Content-Type の本文は受け付けていません。"},
    [PROBLEM_UNPROCESSABLE] = {"unprocessable", 422, "Unprocessable content", "内容に誤りがあります",
                               "The body parses but breaks rules; errors lists every fault. Nothing was stored.",
                               "本文は読めますが規則に反しています。errors に全件を示します。何も保存していません。"},
    [PROBLEM_UNAUTHORIZED] = {"unauthorized", 401, "Unauthorized", "認証が必要です",
                              "The route needs an operator's bearer token that is good.",
                              "有効な実施機関トークン（Bearer）が必要です。"},
    [PROBLEM_FORBIDDEN] = {"forbidden", 403, "Forbidden", "許可されていません", "The token does not allow this.",
                           "このトークンでは許可されていません。"},
    [PROBLEM_TOO_MANY_REQUESTS] = {"too-many-requests", 429, "Too many requests", "リクエストが多すぎます",
                                   "Wait as long as Retry-After says.", "Retry-After の時間だけ待ってください。"},
    [PROBLEM_UNAVAILABLE] = {"unavailable", 503, "Unavailable", "一時的に利用できません",
                             "The service cannot answer this now; try again after Retry-After.",
                             "現在このリクエストに応じられません。Retry-After の後にもう一度お試しください。"},
    [PROBLEM_UNCERTAIN] = {"uncertain", 503, "Outcome uncertain", "結果が確認できません",
                           "The request may or may not have been carried out. Sending the same again is safe.",
                           "処理されたかどうか確認できません。同じ内容をもう一度送っても安全です。"},
    [PROBLEM_INTERNAL] = {"internal", 500, "Internal error", "内部エラー",
                          "A mistake of the service; it is in the log under the request's id.",
                          "サービス側の誤りです。リクエスト ID とともに記録されています。"},
};

void faults_init(struct faults *faults, const struct request *request)
{
    *faults = (struct faults){.japanese = request->japanese};
    buf_init(&faults->json, FAULTS_BYTES);
}

void faults_fini(struct faults *faults)
{
    buf_fini(&faults->json);
}

// Text from the client may have been cut in the middle of a character by the buffer's end.
static struct str whole_characters(char *text, size_t room, int length)
{
    struct str said = {text, (size_t)length < room ? (size_t)length : room - 1};
    while (said.n > 0 && !str_is_utf8(said)) {
        said.n--;
    }
    return said;
}

PRINTF_LIKE(5, 0)
static void add(struct faults *faults, const char *where, struct str place, const char *code, const char *format,
                va_list arguments)
{
    char detail[DETAIL_LONGEST];
    faults->count++;
    if (faults->count > FAULTS_MOST || buf_failed(&faults->json)) {
        return;
    }
    int length = vsnprintf(detail, sizeof detail, format, arguments);
    size_t before = faults->json.n;
    buf_add_text(&faults->json, before == 0 ? "{" : ",{");
    json_text(&faults->json, where, place);
    json_text(&faults->json, "code", str_of(code));
    json_text(&faults->json, "detail", whole_characters(detail, sizeof detail, length < 0 ? 0 : length));
    buf_add_char(&faults->json, '}');
    if (buf_failed(&faults->json)) {
        faults->json.n = before;
    }
}

void faults_parameter(struct faults *faults, struct str name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(faults, "parameter", name, NULL, format, arguments);
    va_end(arguments);
}

void faults_pointer(struct faults *faults, const char *pointer, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(faults, "pointer", str_of(pointer), code, format, arguments);
    va_end(arguments);
}

static void write_problem(struct reply *reply, const struct request *request, enum problem problem, struct str detail,
                          struct str errors)
{
    reply_reset(reply);
    reply->status = problems[problem].status;
    reply->content_type = "application/problem+json";
    reply->retry_after_s = reply->status == 503 ? RETRY_AFTER_S : 0;
    struct buf *out = &reply->body;
    buf_add(out, STR("{\"type\":\"/problems/"));
    buf_add_text(out, problems[problem].slug);
    buf_add_char(out, '"');
    json_text(out, "title", str_of(request->japanese ? problems[problem].japanese : problems[problem].title));
    json_number(out, "status", reply->status);
    json_text(out, "detail", detail);
    json_text(out, "instance", str_of(request->id));
    if (errors.n > 0) {
        json_name(out, "errors");
        buf_add_char(out, '[');
        buf_add(out, errors);
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
}

void problem_reply(struct reply *reply, const struct request *request, enum problem problem, const char *format, ...)
{
    char detail[DETAIL_LONGEST];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    write_problem(reply, request, problem, whole_characters(detail, sizeof detail, length < 0 ? 0 : length),
                  (struct str){NULL, 0});
}

void problem_reply_faults(struct reply *reply, const struct request *request, enum problem problem,
                          const struct faults *faults)
{
    char detail[DETAIL_LONGEST];
    const char *plural = faults->count == 1 ? " was" : "s were";
    int length = faults->japanese ? snprintf(detail, sizeof detail, "誤りが %zu 件あります。", faults->count)
                                  : snprintf(detail, sizeof detail, "%zu fault%s found.", faults->count, plural);
    write_problem(reply, request, problem, whole_characters(detail, sizeof detail, length < 0 ? 0 : length),
                  buf_str(&faults->json));
}

void problem_reply_error(struct reply *reply, const struct request *request, enum err err)
{
    enum problem problem = err == ERR_UNAVAILABLE ? PROBLEM_UNAVAILABLE
                           : err == ERR_UNCERTAIN ? PROBLEM_UNCERTAIN
                                                  : PROBLEM_INTERNAL;
    problem_reply(reply, request, problem, "%s", SAY(request, problems[problem].text, problems[problem].japanese_text));
}

const char *problem_slug(enum problem problem)
{
    return problems[problem].slug;
}

enum problem problem_of_slug(struct str slug)
{
    int i = 0;
    while (i < PROBLEM_COUNT && !str_equal(slug, str_of(problems[i].slug))) {
        i++;
    }
    return (enum problem)i;
}

void problem_page(enum problem problem, struct buf *html)
{
    buf_add_format(html,
                   "<!doctype html>\n<html lang=\"ja\"><meta charset=\"utf-8\"><title>%s</title>\n"
                   "<h1>%d %s</h1>\n<p lang=\"en\">%s: %s</p>\n<p>%s</p>\n</html>\n",
                   problems[problem].slug, problems[problem].status, problems[problem].japanese,
                   problems[problem].title, problems[problem].text, problems[problem].japanese_text);
}
