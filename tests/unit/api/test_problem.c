// Problems: every kind as RFC 9457 wants it, faults listed whole and bounded, text of clients escaped.
#include "tests/unit/api/asked.h"

#include <jansson.h>

#include "api/problem.h"

// A request in a language, and a reply to it.
struct bench {
    struct asked asked;
    struct reply reply;
    struct faults faults;
    json_t *json;
};

static void begin(struct bench *bench, const char *language)
{
    asked_well(&bench->asked, "GET", "/", "Accept-Language", language, "X-Request-Id", "the-id");
    reply_init(&bench->reply);
    faults_init(&bench->faults, &bench->asked.request);
    bench->json = NULL;
}

static void end(struct bench *bench)
{
    json_decref(bench->json);
    faults_fini(&bench->faults);
    reply_fini(&bench->reply);
    asked_fini(&bench->asked);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

static const json_t *read_body(struct bench *bench)
{
    json_error_t error;
    json_decref(bench->json);
    assert_false(buf_failed(&bench->reply.body));
    bench->json = json_loadb(bench->reply.body.p, bench->reply.body.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (bench->json == NULL) {
        fail_msg("%s", error.text);
    }
    return bench->json;
}

static const char *text_of(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    assert_non_null(text);
    return text;
}

static void every_kind(void **state)
{
    (void)state;
    for (int problem = 0; problem < PROBLEM_COUNT; problem++) {
        char type[80];
        BENCH_AUTO struct bench bench;
        begin(&bench, "en");
        problem_reply(&bench.reply, &bench.asked.request, (enum problem)problem, "Detail %d.", 7);
        const json_t *body = read_body(&bench);
        (void)snprintf(type, sizeof type, "/problems/%s", problem_slug((enum problem)problem));
        assert_string_equal(text_of(body, "type"), type);
        assert_string_equal(text_of(body, "detail"), "Detail 7.");
        assert_string_equal(text_of(body, "instance"), "the-id");
        assert_true(strlen(text_of(body, "title")) > 0);
        assert_int_equal(json_integer_value(json_object_get(body, "status")), bench.reply.status);
        assert_null(json_object_get(body, "errors"));
        assert_true(bench.reply.status >= 400 && bench.reply.status <= 599);
        assert_string_equal(bench.reply.content_type, "application/problem+json");
        assert_int_equal(bench.reply.retry_after_s > 0, bench.reply.status == 503);
        assert_int_equal(bench.reply.caching, CACHING_NO_STORE);
    }
}

static void slugs_lead_back(void **state)
{
    (void)state;
    for (int problem = 0; problem < PROBLEM_COUNT; problem++) {
        assert_int_equal(problem_of_slug(str_of(problem_slug((enum problem)problem))), problem);
    }
    assert_int_equal(problem_of_slug(STR("")), PROBLEM_COUNT);
    assert_int_equal(problem_of_slug(STR("not-foun")), PROBLEM_COUNT);
    assert_int_equal(problem_of_slug(STR("not-found ")), PROBLEM_COUNT);
}

static void pages_speak_both_languages(void **state)
{
    (void)state;
    for (int problem = 0; problem < PROBLEM_COUNT; problem++) {
        BUF_AUTO struct buf html;
        buf_init(&html, 10000);
        problem_page((enum problem)problem, &html);
        const char *text = buf_text(&html);
        assert_non_null(text);
        assert_non_null(strstr(text, problem_slug((enum problem)problem)));
        assert_non_null(strstr(text, "lang=\"en\""));
        assert_true(str_is_utf8(buf_str(&html)) && html.n > str_count_chars(buf_str(&html)));
    }
}

static void japanese(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "ja");
    problem_reply_error(&bench.reply, &bench.asked.request, ERR_INTERNAL);
    assert_string_equal(text_of(read_body(&bench), "title"), "内部エラー");
    faults_parameter(&bench.faults, STR("a"), "%s", SAY(&bench.faults, "wrong", "誤り"));
    problem_reply_faults(&bench.reply, &bench.asked.request, PROBLEM_INVALID_PARAMETER, &bench.faults);
    assert_string_equal(text_of(read_body(&bench), "detail"), "誤りが 1 件あります。");
    assert_string_equal(text_of(json_array_get(json_object_get(bench.json, "errors"), 0), "detail"), "誤り");
}

static void errors_of_the_service(void **state)
{
    (void)state;
    for (int err = ERR_INVALID; err <= ERR_INTERNAL; err++) {
        BENCH_AUTO struct bench bench;
        begin(&bench, "en");
        problem_reply_error(&bench.reply, &bench.asked.request, (enum err)err);
        const char *expected = err == ERR_UNAVAILABLE ? "/problems/unavailable"
                               : err == ERR_UNCERTAIN ? "/problems/uncertain"
                                                      : "/problems/internal";
        assert_string_equal(text_of(read_body(&bench), "type"), expected);
        assert_int_equal(bench.reply.status, err == ERR_UNAVAILABLE || err == ERR_UNCERTAIN ? 503 : 500);
    }
}

static void faults_of_both_kinds(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "en");
    faults_parameter(&bench.faults, STR("a\"b\n\0c"), "must be %d", 1);
    faults_pointer(&bench.faults, "/reports/0/na~1me", "malformed", "is \"%s\"", "\\");
    faults_pointer(&bench.faults, "", NULL, "%s", "the whole");
    problem_reply_faults(&bench.reply, &bench.asked.request, PROBLEM_UNPROCESSABLE, &bench.faults);
    const json_t *errors = json_object_get(read_body(&bench), "errors");
    assert_string_equal(text_of(bench.json, "detail"), "3 faults were found.");
    assert_int_equal(json_array_size(errors), 3);
    const json_t *first = json_array_get(errors, 0);
    assert_int_equal(json_string_length(json_object_get(first, "parameter")), 6);
    assert_string_equal(text_of(first, "detail"), "must be 1");
    assert_null(json_object_get(first, "code"));
    const json_t *second = json_array_get(errors, 1);
    assert_string_equal(text_of(second, "pointer"), "/reports/0/na~1me");
    assert_string_equal(text_of(second, "code"), "malformed");
    assert_string_equal(text_of(second, "detail"), "is \"\\\"");
    assert_string_equal(text_of(json_array_get(errors, 2), "pointer"), "");
}

static void all_are_counted_and_the_first_thousand_kept(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "en");
    for (int i = 0; i < 1500; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "p%d", i);
        faults_parameter(&bench.faults, str_of(name), "wrong");
    }
    assert_int_equal(bench.faults.count, 1500);
    problem_reply_faults(&bench.reply, &bench.asked.request, PROBLEM_INVALID_PARAMETER, &bench.faults);
    const json_t *errors = json_object_get(read_body(&bench), "errors");
    assert_string_equal(text_of(bench.json, "detail"), "1500 faults were found.");
    assert_int_equal(json_array_size(errors), FAULTS_MOST);
    assert_string_equal(text_of(json_array_get(errors, 999), "parameter"), "p999");
}

// A thousand faults with names of 8 KiB are more than is kept: the answer is whole all the same.
static void what_does_not_fit_is_left_out_whole(void **state)
{
    (void)state;
    static char name[8000];
    BENCH_AUTO struct bench bench;
    begin(&bench, "en");
    memset(name, 'n', sizeof name);
    for (int i = 0; i < 1000; i++) {
        faults_parameter(&bench.faults, (struct str){name, sizeof name}, "wrong");
    }
    problem_reply_faults(&bench.reply, &bench.asked.request, PROBLEM_INVALID_PARAMETER, &bench.faults);
    size_t kept = json_array_size(json_object_get(read_body(&bench), "errors"));
    assert_true(kept > 100 && kept < 1000);
    assert_int_equal(bench.faults.count, 1000);
}

// The detail is cut to its room, never inside a character.
static void a_long_detail_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t before = 0; before < 4; before++) {
        char text[1000] = "";
        BENCH_AUTO struct bench bench;
        begin(&bench, "en");
        memset(text, 'a', before);
        for (size_t n = before; n + 4 < sizeof text; n += 3) {
            memcpy(text + n, "字", 3);
        }
        faults_parameter(&bench.faults, STR("a"), "%s", text);
        problem_reply_faults(&bench.reply, &bench.asked.request, PROBLEM_INVALID_PARAMETER, &bench.faults);
        const char *detail = text_of(json_array_get(json_object_get(read_body(&bench), "errors"), 0), "detail");
        assert_true(strlen(detail) > 500 && strncmp(detail, text, strlen(detail)) == 0);
        problem_reply(&bench.reply, &bench.asked.request, PROBLEM_NOT_FOUND, "%s", text);
        assert_true(strlen(text_of(read_body(&bench), "detail")) > 500);
    }
}

static void what_the_reply_held_before_is_gone(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench, "en");
    struct reply *reply = &bench.reply;
    buf_add_text(&reply->body, "half an answer");
    buf_add_text(&reply->link, "<x>");
    (void)snprintf(reply->tag, sizeof reply->tag, "tag");
    reply->caching = CACHING_PUBLIC;
    reply->cors = true;
    problem_reply(reply, &bench.asked.request, PROBLEM_NOT_FOUND, "Gone.");
    assert_string_equal(text_of(read_body(&bench), "detail"), "Gone.");
    assert_int_equal(reply->link.n, 0);
    assert_string_equal(reply->tag, "");
    assert_int_equal(reply->caching, CACHING_NO_STORE);
    assert_true(reply->cors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind),
        cmocka_unit_test(slugs_lead_back),
        cmocka_unit_test(pages_speak_both_languages),
        cmocka_unit_test(japanese),
        cmocka_unit_test(errors_of_the_service),
        cmocka_unit_test(faults_of_both_kinds),
        cmocka_unit_test(all_are_counted_and_the_first_thousand_kept),
        cmocka_unit_test(what_does_not_fit_is_left_out_whole),
        cmocka_unit_test(a_long_detail_is_cut_between_characters),
        cmocka_unit_test(what_the_reply_held_before_is_gone),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
