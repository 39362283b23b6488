// What the tests of routes share: an edition made by hand stands in the gate, and requests are handed to api_answer()
// as bytes, without a network.
#ifndef MEIBO_TESTS_ROUTES_BENCH_H
#define MEIBO_TESTS_ROUTES_BENCH_H

#include "tests/unit/api/asked.h"

#include <jansson.h>

#include "api/api.h"
#include "tests/unit/edition/by_hand.h"

enum { ANYWHERE = LISTENER_PUBLIC | LISTENER_OPERATOR };

static const struct settings settings = {
    .max_body_bytes = 1024, .cache_s = 5, .source = "", .terms = "https://example.jp/terms", .report_error = ""};

struct bench {
    struct api api;
    struct asked asked;
    struct reply reply;
    const struct route *route;
    json_t *json;
};

static inline void begin(struct bench *bench)
{
    *bench = (struct bench){.api = {.settings = &settings}};
    struct edition *edition = edition_by_hand();
    memset(&bench->api.cursor_key, 1, sizeof bench->api.cursor_key);
    memset(&bench->api.tag_key, 2, sizeof bench->api.tag_key);
    assert_int_equal(gate_new(&bench->api.gate, NULL), ERR_OK);
    gate_replace(bench->api.gate, &edition);
    reply_init(&bench->reply);
}

static inline void end(struct bench *bench)
{
    json_decref(bench->json);
    reply_fini(&bench->reply);
    asked_fini(&bench->asked);
    gate_free(&bench->api.gate);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

// Sends and keeps the reply; a header or none (NULL).
static inline int send_with(struct bench *bench, int listener, const char *method, const char *target, const char *name,
                            const char *value)
{
    asked_fini(&bench->asked);
    reply_reset(&bench->reply);
    bench->reply.cors = false;
    asked_well(&bench->asked, method, target, name, value);
    bench->route = api_answer(&bench->api, listener, &bench->asked.request, &bench->reply);
    assert_false(buf_failed(&bench->reply.body));
    return bench->reply.status;
}

static inline int get(struct bench *bench, const char *target)
{
    return send_with(bench, ANYWHERE, "GET", target, NULL, NULL);
}

static inline const json_t *body_of(struct bench *bench)
{
    json_decref(bench->json);
    bench->json = json_loadb(bench->reply.body.p, bench->reply.body.n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(bench->json);
    return bench->json;
}

static inline void assert_problem(struct bench *bench, const char *slug)
{
    char type[80];
    (void)snprintf(type, sizeof type, "/problems/%s", slug);
    assert_string_equal(bench->reply.content_type, "application/problem+json");
    assert_string_equal(json_string_value(json_object_get(body_of(bench), "type")), type);
    assert_int_equal(bench->reply.caching, CACHING_NO_STORE);
    assert_string_equal(bench->reply.tag, "");
}

#endif
