// Replies: what is compressed, and that it comes out of another inflater as it went in; how much room a body gets.
#include "tests/unit/api/asked.h"

#include <stdlib.h>
#include <zlib.h>

#include "api/reply.h"

static void fill(struct reply *reply, size_t n, bool random)
{
    uint32_t seed = 5;
    char *p = buf_extend(&reply->body, n);
    assert_non_null(p);
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        p[i] = random ? (char)(seed >> 24) : "{\"name\":\"見本\"},"[i % 16];
    }
}

static void assert_inflates_to(const struct buf *gzip, const char *expected, size_t n)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)gzip->p, .avail_in = (uInt)gzip->n};
    char *out = malloc(n + 1);
    assert_non_null(out);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)n + 1;
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK); // gzip and nothing else
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, n);
    assert_memory_equal(out, expected, n);
    (void)inflateEnd(&stream);
    free(out);
}

static void compressed_and_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {1024, 1025, 65535, 65536, 1000003};
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof sizes[0]; i++) {
        size_t n = sizes[i / 2];
        struct reply reply;
        struct reply plain;
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "Accept-Encoding", "gzip");
        reply_init(&reply);
        reply_init(&plain);
        fill(&reply, n, i % 2 == 1);
        fill(&plain, n, i % 2 == 1);
        reply_compress(&reply, &asked.request);
        assert_true(reply.compressed);
        assert_false(buf_failed(&reply.body));
        assert_true(i % 2 == 1 || reply.body.n < n / 10);
        assert_inflates_to(&reply.body, plain.body.p, n);
        reply_fini(&reply);
        reply_fini(&plain);
    }
}

static void what_is_not_compressed(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        const char *encoding;
    } cases[] = {{0, "gzip"}, {1023, "gzip"}, {5000, ""}, {5000, "br"}, {5000, "gzip;q=0"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reply reply;
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "Accept-Encoding", cases[i].encoding);
        reply_init(&reply);
        fill(&reply, cases[i].n, false);
        reply_compress(&reply, &asked.request);
        assert_false(reply.compressed);
        assert_int_equal(reply.body.n, cases[i].n);
        reply_fini(&reply);
    }
}

static void the_beginning_and_a_reset(void **state)
{
    (void)state;
    struct reply reply;
    reply_init(&reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.caching, CACHING_NO_STORE);
    assert_false(reply.cors || reply.preflight || reply.close || reply.compressed || reply.varies);
    for (int cors = 0; cors < 2; cors++) {
        reply.cors = cors == 1;
        reply.status = 500;
        reply.close = true;
        reply.retry_after_s = 3;
        reply.authenticate = "Bearer";
        buf_add_text(&reply.body, "x");
        buf_add_text(&reply.allow, "GET");
        reply_reset(&reply);
        assert_int_equal(reply.status, 200);
        assert_int_equal(reply.cors, cors);
        assert_int_equal(reply.body.n + reply.allow.n + reply.link.n, 0);
        assert_int_equal(reply.retry_after_s, 0);
        assert_null(reply.authenticate);
        assert_false(reply.close);
    }
    reply_fini(&reply);
}

// How much room the next body of this thread has.
static size_t room_now(void)
{
    struct reply reply;
    reply_init(&reply);
    reply_reserve(&reply);
    size_t capacity = reply.body.capacity;
    assert_int_equal(reply.body.n, 0);
    reply_fini(&reply);
    return capacity;
}

static void learn(size_t n)
{
    struct reply reply;
    reply_init(&reply);
    fill(&reply, n, false);
    reply_learn(&reply);
    reply_fini(&reply);
}

static void a_body_gets_the_room_that_the_last_ones_needed(void **state)
{
    (void)state;
    learn(40000);
    assert_in_range(room_now(), 40001, 41000);
    learn(10);
    assert_in_range(room_now(), 30000, 40000); // one short answer between long ones changes little
    for (int i = 0; i < 100; i++) {
        learn(10);
    }
    assert_in_range(room_now(), 10, 1000);
    learn(10000000);
    assert_in_range(room_now(), 10000, 100000);
}

static void a_body_has_an_end(void **state)
{
    (void)state;
    struct reply reply;
    reply_init(&reply);
    assert_null(buf_extend(&reply.body, (size_t)REPLY_LONGEST + 1));
    assert_true(buf_failed(&reply.body));
    reply_reset(&reply);
    assert_false(buf_failed(&reply.body));
    reply_fini(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compressed_and_back),       cmocka_unit_test(what_is_not_compressed),
        cmocka_unit_test(the_beginning_and_a_reset), cmocka_unit_test(a_body_gets_the_room_that_the_last_ones_needed),
        cmocka_unit_test(a_body_has_an_end),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
