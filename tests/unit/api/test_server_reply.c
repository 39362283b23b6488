// An answer as Ulfius's response: its map of headers is filled by hand, and must be as u_map_put() would have left it.
#include "tests/unit/api/asked.h"

#include <stdlib.h>

#include "api/server_reply.h"

struct sent {
    struct asked asked;
    struct reply reply;
    struct _u_response out;
};

static void begin(struct sent *sent)
{
    asked_well(&sent->asked, "GET", "/", "X-Request-Id", "id-1");
    reply_init(&sent->reply);
    assert_int_equal(ulfius_init_response(&sent->out), U_OK);
}

static void end(struct sent *sent)
{
    assert_int_equal(ulfius_clean_response(&sent->out), U_OK);
    reply_fini(&sent->reply);
    asked_fini(&sent->asked);
}
#define SENT_AUTO __attribute__((cleanup(end)))

static void send_it(struct sent *sent)
{
    server_send(&sent->out, &sent->asked.request, &sent->reply);
}

static void expect(const struct sent *sent, const char *name, const char *value)
{
    const char *found = u_map_get(sent->out.map_header, name);
    if (value == NULL) {
        assert_null(found);
    } else {
        assert_non_null(found);
        assert_string_equal(found, value);
        assert_int_equal(u_map_get_length(sent->out.map_header, name), (int)strlen(value) + 1);
    }
}

// Every array ends where the map says, and Ulfius can go on with it.
static void assert_sound(struct _u_map *map)
{
    int count = u_map_count(map);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        assert_non_null(map->keys[i]);
        assert_non_null(map->values[i]);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(map->keys[i], map->keys[j]);
        }
    }
    assert_null(map->keys[count]);
    assert_null(map->values[count]);
    assert_int_equal(map->lengths[count], 0);
    struct _u_map *copy = u_map_copy(map);
    assert_int_equal(u_map_count(copy), count);
    u_map_clean_full(copy);
    assert_int_equal(u_map_put(map, "X-One-More", "1"), U_OK);
    assert_string_equal(u_map_get(map, "X-One-More"), "1");
    assert_int_equal(u_map_count(map), count + 1);
}

static void an_answer_to_a_search(void **state)
{
    (void)state;
    SENT_AUTO struct sent sent;
    begin(&sent);
    sent.reply.content_type = "application/json";
    sent.reply.caching = CACHING_PUBLIC;
    sent.reply.cache_s = 3600;
    sent.reply.varies = true;
    sent.reply.cors = true;
    (void)snprintf(sent.reply.tag, sizeof sent.reply.tag, "7-ab");
    buf_add_text(&sent.reply.link, "</v1?x=1>; rel=\"next\"");
    buf_add_text(&sent.reply.body, "{}");
    const char *body = sent.reply.body.p;
    send_it(&sent);
    assert_int_equal(sent.out.status, 200);
    assert_ptr_equal(sent.out.binary_body, body); // handed over, not copied
    assert_int_equal(sent.out.binary_body_length, 2);
    assert_null(sent.reply.body.p);
    expect(&sent, "X-Request-Id", "id-1");
    expect(&sent, "X-Content-Type-Options", "nosniff");
    expect(&sent, "Content-Type", "application/json");
    expect(&sent, "Content-Security-Policy", NULL);
    expect(&sent, "Cache-Control", "public, max-age=3600, stale-while-revalidate=30, stale-if-error=86400");
    expect(&sent, "ETag", "\"7-ab\"");
    expect(&sent, "Link", "</v1?x=1>; rel=\"next\"");
    expect(&sent, "Content-Encoding", NULL);
    expect(&sent, "Connection", NULL);
    assert_sound(sent.out.map_header);
}

// More headers than any real answer has.
static void all_headers_at_once(void **state)
{
    (void)state;
    SENT_AUTO struct sent sent;
    begin(&sent);
    sent.reply.content_type = "text/html; charset=utf-8";
    sent.reply.cors = true;
    sent.reply.preflight = true;
    sent.reply.varies = true;
    sent.reply.close = true;
    sent.reply.compressed = true;
    sent.reply.retry_after_s = 5;
    sent.reply.authenticate = "Bearer";
    (void)snprintf(sent.reply.tag, sizeof sent.reply.tag, "t");
    buf_add_text(&sent.reply.allow, "GET");
    buf_add_text(&sent.reply.link, "<x>");
    send_it(&sent);
    assert_null(sent.out.binary_body);
    expect(&sent, "Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    expect(&sent, "Cache-Control", "no-store");
    expect(&sent, "ETag", "\"t-gz\"");
    expect(&sent, "Retry-After", "5");
    expect(&sent, "Connection", "close"); // the last one fitted in
    assert_sound(sent.out.map_header);
}

static void a_problem_has_no_tag(void **state)
{
    (void)state;
    SENT_AUTO struct sent sent;
    begin(&sent);
    sent.reply.status = 404;
    (void)snprintf(sent.reply.tag, sizeof sent.reply.tag, "t");
    send_it(&sent);
    assert_int_equal(sent.out.status, 404);
    expect(&sent, "ETag", NULL);
    expect(&sent, "Content-Type", NULL);
    assert_sound(sent.out.map_header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_to_a_search),
        cmocka_unit_test(all_headers_at_once),
        cmocka_unit_test(a_problem_has_no_tag),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
