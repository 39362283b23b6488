// The route table and the way through it, short of the handlers. What needs a database (tokens that may be good,
// /ready) is tested over HTTP.
#include "tests/unit/api/routes_bench.h"

static void the_table_is_sound(void **state)
{
    (void)state;
    size_t count;
    const struct route *routes = routes_get(&count);
    for (size_t i = 0; i < count; i++) {
        const char *brace = strchr(routes[i].path, '{');
        assert_int_equal(routes[i].path[0], '/');
        assert_non_null(routes[i].handle);
        assert_non_null(routes[i].parameters);
        assert_non_null(routes[i].produces[0]);
        assert_true(routes[i].method == METHOD_GET || routes[i].method == METHOD_POST);
        assert_true(routes[i].listeners != 0);
        if (brace != NULL) { // one, and the whole last segment
            assert_int_equal(brace[-1], '/');
            assert_string_equal(strchr(brace, '}'), "}");
        }
        for (size_t j = 0; j < i; j++) {
            bool same = strcmp(routes[i].path, routes[j].path) == 0 && routes[i].method == routes[j].method;
            assert_false(same && (routes[i].listeners & routes[j].listeners) != 0);
        }
    }
}

// What each path has, said once more by hand.
static const struct {
    const char *path, *example, *allow;
    int listeners;
} paths[] = {
    {"/v1", "/v1", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/v1/registrants", "/v1/registrants?limit=1", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/v1/registrants/{number}", "/v1/registrants/10", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/v1/suggestions", "/v1/suggestions?q=a", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/v1/completions", "/v1/completions", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/v1/courses", "/v1/courses", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/v1/courses/{code}", "/v1/courses/special", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/v1/operators", "/v1/operators", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/v1/reflection", "/v1/reflection", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/v1/reports", "/v1/reports", "POST, OPTIONS", LISTENER_OPERATOR},
    {"/v1/reports/{id}", "/v1/reports/1", "GET, HEAD, OPTIONS", LISTENER_OPERATOR},
    {"/openapi.yaml", "/openapi.yaml", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/openapi.json", "/openapi.json", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/problems/{type}", "/problems/not-found", "GET, HEAD, OPTIONS", ANYWHERE},
    {"/", "/", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/web/{name}", "/web/x.css", "GET, HEAD, OPTIONS", LISTENER_PUBLIC},
    {"/live", "/live", "GET, HEAD, OPTIONS", LISTENER_ADMIN},
    {"/ready", "/ready", "GET, HEAD, OPTIONS", LISTENER_ADMIN},
    {"/metrics", "/metrics", "GET, HEAD, OPTIONS", LISTENER_ADMIN},
};
enum { PATHS = sizeof paths / sizeof paths[0] };

static void assert_allow(struct bench *bench, int listener, size_t i)
{
    assert_int_equal(send_with(bench, listener, "OPTIONS", paths[i].example, NULL, NULL), 204);
    assert_string_equal(buf_text(&bench->reply.allow), paths[i].allow);
    assert_string_equal(bench->route->path, paths[i].path);
    assert_int_equal(bench->reply.body.n, 0);
    assert_int_equal(bench->reply.preflight, bench->reply.cors);
    static const char *const wrong[] = {"PUT", "DELETE", "get", "TRACE"};
    for (size_t j = 0; j < sizeof wrong / sizeof wrong[0]; j++) {
        assert_int_equal(send_with(bench, listener, wrong[j], paths[i].example, NULL, NULL), 405);
        assert_string_equal(buf_text(&bench->reply.allow), paths[i].allow);
        assert_problem(bench, "method-not-allowed");
    }
    const char *other = strncmp(paths[i].allow, "POST", 4) == 0 ? "GET" : "POST";
    assert_int_equal(send_with(bench, listener, other, paths[i].example, NULL, NULL), 405);
}

static void every_path_on_every_listener(void **state)
{
    (void)state;
    static const int listeners[] = {LISTENER_PUBLIC, LISTENER_OPERATOR, LISTENER_ADMIN};
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < PATHS; i++) {
        for (size_t j = 0; j < 3; j++) {
            if ((paths[i].listeners & listeners[j]) != 0) {
                assert_allow(&bench, listeners[j], i);
                continue;
            }
            assert_int_equal(send_with(&bench, listeners[j], "GET", paths[i].example, NULL, NULL), 404);
            assert_int_equal(send_with(&bench, listeners[j], "OPTIONS", paths[i].example, NULL, NULL), 404);
            assert_null(bench.route);
            assert_problem(&bench, "not-found");
        }
    }
}

static void the_list_by_hand_is_whole(void **state)
{
    (void)state;
    size_t count;
    const struct route *routes = routes_get(&count);
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < PATHS; j++) {
            found += strcmp(paths[j].path, routes[i].path) == 0 ? 1 : 0;
        }
        assert_int_equal(found, 1);
    }
}

static void what_is_no_route(void **state)
{
    (void)state;
    static const char *const targets[] = {"//v1",
                                          "/v1/",
                                          "/V1",
                                          "/v1/registrants/",
                                          "/v1/registrants/10/",
                                          "/v1/registrants/10/20",
                                          "/v1//registrants",
                                          "/v1/../v1",
                                          "/v1/registrants%3Flimit=1",
                                          "/v2",
                                          "/web/",
                                          "/web/../secret",
                                          "/problems/"};
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        assert_int_equal(get(&bench, targets[i]), 404);
        assert_problem(&bench, "not-found");
        assert_null(bench.route);
    }
}

static void before_the_first_edition(void **state)
{
    (void)state;
    struct api api = {.settings = &settings};
    assert_int_equal(gate_new(&api.gate, NULL), ERR_OK);
    BENCH_AUTO struct bench bench;
    begin(&bench);
    gate_free(&bench.api.gate);
    bench.api = api;
    assert_int_equal(get(&bench, "/v1/registrants"), 503);
    assert_problem(&bench, "unavailable");
    assert_true(bench.reply.retry_after_s > 0);
    assert_int_equal(get(&bench, "/openapi.json"), 200); // needs none
    assert_int_equal(send_with(&bench, LISTENER_ADMIN, "GET", "/live", NULL, NULL), 200);
}

static void what_the_client_does_not_accept(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1", "Accept", "text/html"), 406);
    assert_problem(&bench, "not-acceptable");
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1", "Accept", "text/html, */*;q=0.1"), 200);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/openapi.yaml", "Accept", "application/json"), 406);
    assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/problems/internal", "Accept", "text/html"), 200);
    assert_int_equal(get(&bench, "/problems/none"), 404);
}

static int send_body(struct bench *bench, const char *method, const char *target, size_t n)
{
    static const char body[4096] = "";
    asked_fini(&bench->asked);
    reply_reset(&bench->reply);
    asked_well(&bench->asked, method, target);
    bench->asked.raw.body = (struct str){body, n};
    bench->route = api_answer(&bench->api, ANYWHERE, &bench->asked.request, &bench->reply);
    return bench->reply.status;
}

static void bodies(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(send_body(&bench, "GET", "/v1", 1), 400);
    assert_true(bench.reply.close);
    assert_problem(&bench, "bad-request");
    assert_int_equal(send_body(&bench, "GET", "/v1", 1025), 413);
    assert_int_equal(send_body(&bench, "POST", "/v1/reports", 1025), 413);
    assert_true(bench.reply.close);
    assert_problem(&bench, "payload-too-large");
    assert_int_equal(send_body(&bench, "POST", "/v1/reports", 1024), 401);
    assert_false(bench.reply.close);
}

static void operators_need_a_token(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool token; // one was sent, and is not good
    } cases[] = {
        {"", false},          {"Bearer", false},         {"Bearer ", false},         {"Basic eDp4", false},
        {"Bearermbo", false}, {"Bearer nonsense", true}, {"bearer mbo_x_y_z", true}, {"Bearer mbo_0123456789ab", true},
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(send_with(&bench, ANYWHERE, "POST", "/v1/reports", NULL, NULL), 401);
    assert_string_equal(bench.reply.authenticate, "Bearer realm=\"meibo\"");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", "/v1/reports/1", "Authorization", cases[i].value), 401);
        assert_problem(&bench, "unauthorized");
        assert_string_equal(bench.reply.authenticate, cases[i].token ? "Bearer realm=\"meibo\", error=\"invalid_token\""
                                                                     : "Bearer realm=\"meibo\"");
        assert_false(bench.reply.cors);
    }
}

static void who_may_read_from_other_origins(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    static const struct {
        int listener;
        const char *target;
        bool cors;
    } cases[] = {
        {LISTENER_PUBLIC, "/v1", true},
        {LISTENER_PUBLIC, "/v1/registrants/77", true},
        {LISTENER_PUBLIC, "/nowhere", true},
        {ANYWHERE, "/v1/reports", false},
        {LISTENER_OPERATOR, "/v1/reports/1", false},
        {LISTENER_PUBLIC, "/v1/reports", false},
        {LISTENER_ADMIN, "/live", false},
        {LISTENER_ADMIN, "/nowhere", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        (void)send_with(&bench, cases[i].listener, "GET", cases[i].target, NULL, NULL);
        assert_int_equal(bench.reply.cors, cases[i].cors);
        (void)send_with(&bench, cases[i].listener, "OPTIONS", cases[i].target, NULL, NULL);
        assert_int_equal(bench.reply.cors, cases[i].cors);
        assert_true(cases[i].cors || !bench.reply.preflight);
    }
}

static void refusals(void **state)
{
    (void)state;
    static const struct {
        enum request_fault fault;
        int status;
        const char *slug;
    } cases[] = {
        {REQUEST_FRAMING, 400, "bad-request"},
        {REQUEST_TOO_LONG, 414, "uri-too-long"},
        {REQUEST_TARGET, 400, "bad-request"},
        {REQUEST_HEADERS, 400, "bad-request"},
    };
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        asked_fini(&bench.asked);
        reply_reset(&bench.reply);
        asked_for(&bench.asked, "GET", "nonsense");
        api_refuse(&bench.asked.request, cases[i].fault, bench.asked.why, &bench.reply);
        assert_int_equal(bench.reply.status, cases[i].status);
        assert_problem(&bench, cases[i].slug);
        assert_true(bench.reply.close);
    }
}

static void the_service_lists_its_routes(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get(&bench, "/v1"), 200);
    const json_t *routes = json_object_get(body_of(&bench), "routes");
    size_t expected = 0;
    for (size_t i = 0; i < PATHS; i++) {
        bool unlisted = (paths[i].listeners & ANYWHERE) == 0 || strcmp(paths[i].path, "/") == 0 ||
                        strncmp(paths[i].path, "/web/", 5) == 0;
        expected += unlisted ? 0 : 1;
    }
    assert_int_equal(json_array_size(routes), expected);
    assert_string_equal(json_string_value(json_object_get(bench.json, "terms")), "https://example.jp/terms");
    assert_null(json_object_get(bench.json, "source"));
    assert_int_equal(json_integer_value(json_object_get(bench.json, "registrants")), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test(every_path_on_every_listener),
        cmocka_unit_test(the_list_by_hand_is_whole),
        cmocka_unit_test(what_is_no_route),
        cmocka_unit_test(before_the_first_edition),
        cmocka_unit_test(what_the_client_does_not_accept),
        cmocka_unit_test(bodies),
        cmocka_unit_test(operators_need_a_token),
        cmocka_unit_test(who_may_read_from_other_origins),
        cmocka_unit_test(refusals),
        cmocka_unit_test(the_service_lists_its_routes),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
