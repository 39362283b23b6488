// The cache of compressed answers: what comes out is what went in under the same tag, never more is kept than may be,
// and what was asked for last stays.
#include "tests/unit/api/asked.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/gzip_cache.h"

// The answer number `n` of a publication: which bytes it has follows from its tag.
static void make(struct reply *reply, int publication, int n, size_t size)
{
    reply_init(reply);
    (void)snprintf(reply->tag, sizeof reply->tag, "%d-%d", publication, n);
    reply->content_type = n % 2 == 0 ? "application/json" : "text/csv";
    reply->compressed = true;
    char *p = buf_extend(&reply->body, size);
    assert_non_null(p);
    memset(p, publication * 31 + n, size);
    if (n % 3 == 0) {
        buf_add_format(&reply->link, "<%s>", reply->tag);
    }
}

static void put(struct gzip_cache *cache, int publication, int n, size_t size)
{
    struct reply reply;
    make(&reply, publication, n, size);
    gzip_cache_put(cache, &reply);
    reply_fini(&reply);
}

// Whether it is there; then it is whole.
static bool has(struct gzip_cache *cache, int publication, int n, size_t size)
{
    struct reply expected;
    struct reply reply;
    make(&expected, publication, n, size);
    reply_init(&reply);
    memcpy(reply.tag, expected.tag, sizeof reply.tag);
    bool found = gzip_cache_get(cache, &reply);
    assert_int_equal(reply.compressed, found);
    if (found) {
        assert_true(str_equal(buf_str(&reply.body), buf_str(&expected.body)));
        assert_true(str_equal(buf_str(&reply.link), buf_str(&expected.link)));
        assert_string_equal(reply.content_type, expected.content_type);
        assert_int_equal(reply.status, 200);
    } else {
        assert_int_equal(reply.body.n + reply.link.n, 0);
        assert_null(reply.content_type);
    }
    reply_fini(&reply);
    reply_fini(&expected);
    return found;
}

static struct gzip_cache *new_cache(size_t bytes)
{
    struct gzip_cache *cache = NULL;
    assert_int_equal(gzip_cache_new(bytes, &cache, NULL), ERR_OK);
    return cache;
}

static void what_went_in_comes_out(void **state)
{
    (void)state;
    struct gzip_cache *cache = new_cache(1000000);
    for (int n = 0; n < 100; n++) {
        assert_false(has(cache, 1, n, 1000));
        put(cache, 1, n, 1000);
        put(cache, 1, n, 1000); // again changes nothing
    }
    for (int n = 0; n < 100; n++) {
        assert_true(has(cache, 1, n, 1000));
        assert_false(has(cache, 2, n, 1000)); // another publication has other answers
        assert_false(has(cache, 11, n, 1000));
    }
    struct gzip_cache_figures figures = gzip_cache_get_figures(cache);
    assert_int_equal(figures.hits, 100);
    assert_int_equal(figures.misses, 300);
    assert_int_equal(figures.entries, 100);
    assert_int_equal(figures.evictions, 0);
    assert_in_range(figures.bytes, 100 * 1000, 100 * 1400);
    gzip_cache_free(&cache);
    assert_null(cache);
}

static void the_first_body_under_a_tag_stays(void **state)
{
    (void)state;
    struct gzip_cache *cache = new_cache(100000);
    put(cache, 1, 1, 1000);
    put(cache, 1, 1, 2000);
    assert_true(has(cache, 1, 1, 1000));
    gzip_cache_free(&cache);
}

static void never_more_than_may_be(void **state)
{
    (void)state;
    static const size_t bounds[] = {1, 1000, 10000, 100000, 3000000};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        struct gzip_cache *cache = new_cache(bounds[i]);
        uint32_t random = 7;
        for (int n = 0; n < 3000; n++) {
            random = random * 1664525 + 1013904223;
            put(cache, 1, n, 1 + (random >> 16) % 5000);
            assert_true(gzip_cache_get_figures(cache).bytes <= bounds[i]);
        }
        struct gzip_cache_figures figures = gzip_cache_get_figures(cache);
        assert_true(bounds[i] < 100000 || figures.bytes > bounds[i] / 2); // and it is made use of
        assert_int_equal(figures.entries == 0, bounds[i] < 10000);
        gzip_cache_free(&cache);
    }
}

static void who_is_not_asked_for_goes_first(void **state)
{
    (void)state;
    enum { SIZE = 1000, ALL = 32 };
    struct gzip_cache *cache = new_cache(20 * 1300);
    for (int n = 0; n < ALL; n++) {
        put(cache, 1, n, SIZE);
        assert_true(has(cache, 1, n, SIZE));
        assert_true(has(cache, 1, 0, SIZE)); // asked for all the time
    }
    assert_true(gzip_cache_get_figures(cache).evictions > 5);
    assert_false(has(cache, 1, 1, SIZE));
    assert_false(has(cache, 1, 2, SIZE));
    assert_true(has(cache, 1, ALL - 1, SIZE));
    assert_true(has(cache, 1, ALL - 2, SIZE));
    // A new publication pushes the old one out.
    for (int n = 0; n < ALL; n++) {
        put(cache, 2, n, SIZE);
    }
    for (int n = 0; n < ALL; n++) {
        assert_false(has(cache, 1, n, SIZE));
    }
    gzip_cache_free(&cache);
}

static void what_is_not_kept(void **state)
{
    (void)state;
    struct gzip_cache *cache = new_cache(100000);
    struct reply reply;
    for (int i = 0; i < 5; i++) {
        make(&reply, 1, 1, i == 4 ? 100000 / GZIP_CACHE_SHARE : 1000);
        if (i == 0) {
            reply.status = 404;
        } else if (i == 1) {
            reply.compressed = false;
        } else if (i == 2) {
            reply.tag[0] = '\0';
        } else if (i == 3) {
            reply.body.failed = true;
        }
        gzip_cache_put(cache, &reply);
        reply_fini(&reply);
        assert_int_equal(gzip_cache_get_figures(cache).entries, 0);
    }
    gzip_cache_free(&cache);
    make(&reply, 1, 1, 1000);
    gzip_cache_put(cache, &reply); // none
    assert_false(gzip_cache_get(cache, &reply));
    assert_int_equal(gzip_cache_get_figures(cache).misses, 0);
    reply_fini(&reply);
    gzip_cache_free(&cache);
}

enum { THREADS = 4, ROUNDS = 3000, ANSWERS = 40 };

// Asks at random, and puts what is not there; more than fits, so that others evict what this one reads.
static void *ask_and_put(void *context)
{
    struct gzip_cache *cache = context;
    uint32_t random = (uint32_t)(uintptr_t)&random;
    for (int i = 0; i < ROUNDS; i++) {
        random = random * 1664525 + 1013904223;
        int n = (int)(random >> 16) % ANSWERS;
        int publication = 1 + i * 3 / ROUNDS;
        if (!has(cache, publication, n, 500 + (size_t)n * 10)) {
            put(cache, publication, n, 500 + (size_t)n * 10);
        }
    }
    return NULL;
}

static void many_at_once(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    struct gzip_cache *cache = new_cache(20000);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_and_put, cache), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    struct gzip_cache_figures figures = gzip_cache_get_figures(cache);
    assert_int_equal(figures.hits + figures.misses, THREADS * ROUNDS);
    assert_true(figures.hits > 0 && figures.evictions > 0);
    assert_true(figures.bytes <= 20000);
    gzip_cache_free(&cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_in_comes_out), cmocka_unit_test(the_first_body_under_a_tag_stays),
        cmocka_unit_test(never_more_than_may_be), cmocka_unit_test(who_is_not_asked_for_goes_first),
        cmocka_unit_test(what_is_not_kept),       cmocka_unit_test(many_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
