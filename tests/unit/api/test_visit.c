// What is kept of a visit for the next one: compressed answers, each for its own question and publication only.
#include "tests/unit/api/routes_bench.h"

#include "api/gzip_cache.h"

static const char *const SEARCH = "/v1/registrants?limit=5";

static void begin_keeping(struct bench *bench)
{
    begin(bench);
    assert_int_equal(gzip_cache_new(100000, &bench->api.gzip_cache, NULL), ERR_OK);
}

static void end_keeping(struct bench *bench)
{
    gzip_cache_free(&bench->api.gzip_cache);
    end(bench);
}
#define KEEPING_AUTO __attribute__((cleanup(end_keeping)))

static int get_packed(struct bench *bench, const char *target)
{
    return send_with(bench, ANYWHERE, "GET", target, "Accept-Encoding", "gzip");
}

static struct gzip_cache_figures figures_of(const struct bench *bench)
{
    return gzip_cache_get_figures(bench->api.gzip_cache);
}

// Asks, and takes the body.
static struct str packed_body(struct bench *bench, const char *target)
{
    assert_int_equal(get_packed(bench, target), 200);
    assert_true(bench->reply.compressed);
    size_t n = bench->reply.body.n;
    return (struct str){buf_take(&bench->reply.body), n};
}

static void the_second_gets_what_the_first_got(void **state)
{
    (void)state;
    static const char *const targets[] = {"/v1/registrants?limit=4", "/v1/registrants", "/v1"};
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        char link[400];
        char tag[TAG_LONGEST];
        struct str first = packed_body(&bench, targets[i]);
        const char *type = bench.reply.content_type;
        (void)snprintf(link, sizeof link, "%s", buf_text(&bench.reply.link));
        (void)snprintf(tag, sizeof tag, "%s", bench.reply.tag);
        assert_int_equal(strlen(link) > 0, i == 0);
        uint64_t hits = figures_of(&bench).hits;
        struct str second = packed_body(&bench, targets[i]);
        assert_int_equal(figures_of(&bench).hits, hits + 1);
        assert_true(str_equal(first, second));
        assert_string_equal(buf_text(&bench.reply.link), link);
        assert_string_equal(bench.reply.tag, tag);
        assert_string_equal(bench.reply.content_type, type);
        assert_int_equal(bench.reply.caching, CACHING_PUBLIC);
        assert_int_equal(send_with(&bench, ANYWHERE, "HEAD", targets[i], "Accept-Encoding", "gzip"), 200);
        assert_int_equal(bench.reply.body.n, first.n);
        free((void *)(uintptr_t)first.p);
        free((void *)(uintptr_t)second.p);
    }
}

static void who_takes_no_gzip_gets_none(void **state)
{
    (void)state;
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    assert_int_equal(get_packed(&bench, SEARCH), 200);
    struct gzip_cache_figures before = figures_of(&bench);
    assert_int_equal(get(&bench, SEARCH), 200);
    assert_false(bench.reply.compressed);
    assert_int_equal(json_array_size(json_object_get(body_of(&bench), "items")), 5);
    struct gzip_cache_figures after = figures_of(&bench);
    assert_int_equal(after.hits + after.misses, before.hits + before.misses);
}

// A faulty query is not answered by the kept answer to a good one that differs from it only in the fault.
static void faults_are_still_told(void **state)
{
    (void)state;
    static const char *const faulty[] = {"/v1/registrants?limit=5&x=1", "/v1/registrants?limit=5&limit=5",
                                         "/v1/registrants?limit=5&name=", "/v1/registrants?limit=5&name=%ff"};
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    assert_int_equal(get_packed(&bench, SEARCH), 200);
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        assert_int_equal(get_packed(&bench, faulty[i]), 400);
        assert_int_equal(get_packed(&bench, faulty[i]), 400);
    }
    assert_int_equal(figures_of(&bench).hits, 0);
    assert_int_equal(figures_of(&bench).entries, 1);
}

static void a_kept_answer_can_be_known(void **state)
{
    (void)state;
    char quoted[TAG_LONGEST + 8];
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    assert_int_equal(get_packed(&bench, SEARCH), 200);
    (void)snprintf(quoted, sizeof quoted, "\"%s-gz\"", bench.reply.tag);
    asked_fini(&bench.asked);
    reply_reset(&bench.reply);
    asked_well(&bench.asked, "GET", SEARCH, "Accept-Encoding", "gzip", "If-None-Match", quoted);
    bench.route = api_answer(&bench.api, ANYWHERE, &bench.asked.request, &bench.reply);
    assert_int_equal(bench.reply.status, 304);
    assert_true(bench.reply.known_compressed);
    asked_fini(&bench.asked);
    reply_reset(&bench.reply);
    asked_well(&bench.asked, "GET", SEARCH, "Accept-Encoding", "gzip", "If-None-Match", "*");
    bench.route = api_answer(&bench.api, ANYWHERE, &bench.asked.request, &bench.reply);
    assert_int_equal(bench.reply.status, 304);
    assert_int_equal(bench.reply.body.n, 0);
}

static struct edition *next_publication(void)
{
    struct builder *builder = NULL;
    assert_int_equal(builder_new((struct edition_head){8, 1000000, day("2026-06-15")}, &builder, NULL), ERR_OK);
    for (number_t number = 1; number <= 20; number++) {
        struct registrant registrant = named_person(number);
        add_person(builder, &registrant, NULL);
    }
    return finish(&builder);
}

static void a_publication_begins_anew(void **state)
{
    (void)state;
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    struct str old = packed_body(&bench, "/v1/registrants");
    struct edition *edition = next_publication();
    gate_replace(bench.api.gate, &edition);
    struct str new = packed_body(&bench, "/v1/registrants");
    assert_int_equal(figures_of(&bench).hits, 0);
    assert_int_equal(figures_of(&bench).entries, 2);
    assert_false(str_equal(old, new));
    assert_int_equal(get(&bench, "/v1/registrants"), 200);
    assert_int_equal(json_integer_value(json_object_get(body_of(&bench), "total")), 20);
    free((void *)(uintptr_t)old.p);
    free((void *)(uintptr_t) new.p);
}

static void what_is_not_the_registers_is_not_kept(void **state)
{
    (void)state;
    static const char *const targets[] = {"/openapi.yaml", "/", "/v1/registrants?limit=0", "/v1/registrants/77"};
    KEEPING_AUTO struct bench bench;
    begin_keeping(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        (void)get_packed(&bench, targets[i]);
        (void)get_packed(&bench, targets[i]);
    }
    assert_int_equal(figures_of(&bench).entries, 0);
}

static void without_a_cache_all_is_compressed_anew(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin(&bench);
    assert_int_equal(get_packed(&bench, SEARCH), 200);
    assert_true(bench.reply.compressed);
    assert_int_equal(get_packed(&bench, SEARCH), 200);
    assert_true(bench.reply.compressed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_gets_what_the_first_got),
        cmocka_unit_test(who_takes_no_gzip_gets_none),
        cmocka_unit_test(faults_are_still_told),
        cmocka_unit_test(a_kept_answer_can_be_known),
        cmocka_unit_test(a_publication_begins_anew),
        cmocka_unit_test(what_is_not_the_registers_is_not_kept),
        cmocka_unit_test(without_a_cache_all_is_compressed_anew),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
