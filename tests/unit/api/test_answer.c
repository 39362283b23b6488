// Answers from an edition: status, as_of, totals, walks along next, cursors, entity tags, HEAD.
#include "tests/unit/api/routes_bench.h"

static void answers_from_the_edition(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        int status, total; // -1: no total
    } cases[] = {
        {"/v1", 200, -1},
        {"/v1/registrants", 200, 5},
        {"/v1/registrants?name=%E8%A6%8B%E6%9C%AC", 200, 2},
        {"/v1/registrants?status=lapsed", 200, 2},
        {"/v1/registrants?number=10,50,77", 200, 2},
        {"/v1/registrants/10", 200, -1},
        {"/v1/registrants/000010", 200, -1},
        {"/v1/registrants/50", 200, -1},
        {"/v1/registrants/77", 404, -1},
        {"/v1/registrants/x", 400, -1},
        {"/v1/registrants/0", 400, -1},
        {"/v1/registrants?status=lapsed&sort=-number&fields=status&facets=home", 200, 2},
        {"/v1/registrants?match=exact", 400, -1},
        {"/v1/suggestions?q=a", 200, -1},
        {"/v1/suggestions", 400, -1},
        {"/v1/completions?kind=designated", 200, 2},
        {"/v1/completions?course=none", 400, -1},
        {"/v1/courses", 200, 3},
        {"/v1/courses/special", 200, -1},
        {"/v1/courses/old-2019", 404, -1},
        {"/v1/courses/none", 404, -1},
        {"/v1/courses/UPPER", 400, -1},
        {"/v1/operators", 200, 2},
        {"/v1/operators?limit=1", 400, -1},
        {"/v1?x=1", 400, -1},
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int status = get(&bench, cases[i].target);
        if (status != cases[i].status) {
            fail_msg("%s: %d", cases[i].target, status);
        }
        const json_t *body = body_of(&bench);
        if (status == 200) {
            const json_t *as_of = json_object_get(body, "as_of");
            assert_int_equal(json_integer_value(json_object_get(as_of, "publication")), 7);
            assert_string_equal(json_string_value(json_object_get(as_of, "day")), "2026-06-15");
            assert_int_equal(bench.reply.caching, CACHING_PUBLIC);
            assert_int_equal(bench.reply.cache_s, 5);
        }
        if (cases[i].total >= 0) {
            assert_int_equal(json_integer_value(json_object_get(body, "total")), cases[i].total);
        }
    }
}

// Every page of one, by following next: everything once, and the total on each.
static size_t walk(struct bench *bench, const char *target)
{
    char next[600];
    size_t steps = 0;
    (void)snprintf(next, sizeof next, "%s", target);
    for (;;) {
        assert_int_equal(get(bench, next), 200);
        const json_t *body = body_of(bench);
        const char *found = json_string_value(json_object_get(body, "next"));
        steps += json_array_size(json_object_get(body, "items"));
        if (found == NULL) {
            assert_int_equal(bench->reply.link.n, 0);
            assert_int_equal(json_integer_value(json_object_get(body, "total")), steps);
            return steps;
        }
        (void)snprintf(next, sizeof next, "<%s>; rel=\"next\"", found);
        assert_string_equal(buf_text(&bench->reply.link), next);
        (void)snprintf(next, sizeof next, "%s", found);
        assert_true(steps < 100);
    }
}

static void walks(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(walk(&bench, "/v1/registrants?limit=1"), 5);
    assert_int_equal(walk(&bench, "/v1/registrants?name=%E8%A6%8B+%E6%9C%AC&limit=1"), 2);
    assert_int_equal(walk(&bench, "/v1/registrants?limit=2&status=registered,name_use_suspended,lapsed"), 7);
    assert_int_equal(walk(&bench, "/v1/completions?limit=1"), 7);
}

static void cursors_belong_to_their_query(void **state)
{
    (void)state;
    char target[600];
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/registrants?limit=1"), 200);
    (void)snprintf(target, sizeof target, "%s&name=x", json_string_value(json_object_get(body_of(&bench), "next")));
    assert_int_equal(get(&bench, target), 400);
    assert_problem(&bench, "invalid-parameter");
    assert_int_equal(get(&bench, "/v1/registrants?cursor=AAAA"), 400);
    assert_int_equal(get(&bench, "/v1/registrants?cursor=%21"), 400);
}

static void entity_tags(void **state)
{
    (void)state;
    char quoted[TAG_LONGEST + 8];
    char of_other[TAG_LONGEST];
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1/registrants?name=x&limit=5"), 200);
    (void)snprintf(of_other, sizeof of_other, "%s", bench.reply.tag);
    assert_int_equal(get(&bench, "/v1/registrants?limit=5&name=%78"), 200);
    assert_string_equal(bench.reply.tag, of_other); // the same query
    assert_int_equal(get(&bench, "/v1/registrants?limit=5"), 200);
    assert_string_not_equal(bench.reply.tag, of_other);
    static const char *const forms[] = {"\"%s\"", "W/\"%s\"", "\"x\", \"%s\""};
    char tag[TAG_LONGEST];
    (void)snprintf(tag, sizeof tag, "%s", bench.reply.tag);
    for (size_t i = 0; i < 3; i++) {
        BUF_AUTO struct buf value;
        buf_init(&value, sizeof quoted + 8);
        const char *mark = strstr(forms[i], "%s");
        buf_add(&value, (struct str){forms[i], (size_t)(mark - forms[i])});
        buf_add_text(&value, tag);
        buf_add_text(&value, mark + 2);
        assert_int_equal(
            send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=5", "If-None-Match", buf_text(&value)), 304);
        assert_int_equal(bench.reply.body.n, 0);
        assert_string_equal(bench.reply.tag, tag);
    }
    // The gzip form is another representation: who does not accept it does not have this one.
    (void)snprintf(quoted, sizeof quoted, "\"%s-gz\"", tag);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=5", "If-None-Match", quoted), 200);
    (void)snprintf(quoted, sizeof quoted, "\"%s\"", of_other);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=5", "If-None-Match", quoted), 200);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=5", "If-None-Match", "*"), 304);
    // Only an answer can be known; a fault cannot.
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=x", "If-None-Match", "*"), 400);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants/77", "If-None-Match", "*"), 404);
}

// What Accept chooses, and that it is another representation with another tag.
static void media_types(void **state)
{
    (void)state;
    static const struct {
        const char *accept, *type;
    } cases[] = {
        {"*/*", "application/json"},
        {"application/*", "application/json"},
        {"text/csv", "text/csv; charset=utf-8; header=present"},
        {"TEXT/*", "text/csv; charset=utf-8; header=present"},
        {"application/x-ndjson", "application/x-ndjson"},
        {"application/x-ndjson, text/csv, application/json", "application/json"},
        {"text/csv, application/x-ndjson", "text/csv; charset=utf-8; header=present"},
        {"text/csv;q=0.5, application/x-ndjson;q=0.6, application/json;q=0.4", "application/x-ndjson"},
        {"text/csv, */*;q=0.1", "text/csv; charset=utf-8; header=present"},
        {"application/json;q=0, */*", "text/csv; charset=utf-8; header=present"},
    };
    char tag[TAG_LONGEST + 2];
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=5", "Accept", cases[i].accept), 200);
        assert_string_equal(bench.reply.content_type, cases[i].type);
        assert_true(bench.reply.varies);
    }
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants", "Accept", "text/html"), 406);
    assert_non_null(strstr(buf_text(&bench.reply.body), "application/json, text/csv, application/x-ndjson"));
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/completions", "Accept", "text/csv"), 406);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=x", "Accept", "text/csv"), 400);
    assert_problem(&bench, "invalid-parameter");
    static const char *const medias[] = {"application/json", "text/csv", "application/x-ndjson"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants", "Accept", medias[i]), 200);
        (void)snprintf(tag, sizeof tag, "\"%s\"", bench.reply.tag);
        for (size_t j = 0; j < 3; j++) {
            reply_reset(&bench.reply);
            asked_fini(&bench.asked);
            asked_well(&bench.asked, "GET", "/v1/registrants", "Accept", medias[j], "If-None-Match", tag);
            bench.route = api_answer(&bench.api, ANYWHERE, &bench.asked.request, &bench.reply);
            assert_int_equal(bench.reply.status, i == j ? 304 : 200);
        }
    }
}

// A walk may change its form from page to page.
static void a_cursor_of_any_form(void **state)
{
    (void)state;
    char target[600];
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/registrants?limit=1", "Accept", "text/csv"), 200);
    const char *link = buf_text(&bench.reply.link);
    (void)snprintf(target, sizeof target, "%.*s", (int)strcspn(link + 1, ">"), link + 1);
    assert_int_equal(get(&bench, target), 200);
    const json_t *items = json_object_get(body_of(&bench), "items");
    assert_string_equal(json_string_value(json_object_get(json_array_get(items, 0), "number")), "000020");
}

static void head_is_get(void **state)
{
    (void)state;
    static const char *const targets[] = {"/v1", "/v1/registrants?limit=1", "/v1/registrants/77", "/openapi.yaml",
                                          "/v1/courses?x=1"};
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        char tag[TAG_LONGEST];
        int status = get(&bench, targets[i]);
        size_t length = bench.reply.body.n;
        const char *type = bench.reply.content_type;
        (void)snprintf(tag, sizeof tag, "%s", bench.reply.tag);
        assert_int_equal(send_with(&bench, ANYWHERE, "HEAD", targets[i], NULL, NULL), status);
        assert_int_equal(bench.reply.body.n, length); // the server leaves it out and tells its length
        assert_string_equal(bench.reply.content_type, type);
        assert_string_equal(bench.reply.tag, tag);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_from_the_edition),
        cmocka_unit_test(walks),
        cmocka_unit_test(cursors_belong_to_their_query),
        cmocka_unit_test(entity_tags),
        cmocka_unit_test(media_types),
        cmocka_unit_test(a_cursor_of_any_form),
        cmocka_unit_test(head_is_get),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
