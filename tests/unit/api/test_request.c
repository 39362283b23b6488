// Strict parsing: which targets and headers are refused and how, and what the others mean.
#include "tests/unit/api/asked.h"

#include <pthread.h>
#include <stdlib.h>

static void methods(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum method method;
    } cases[] = {
        {"GET", METHOD_GET},   {"HEAD", METHOD_HEAD}, {"POST", METHOD_POST}, {"OPTIONS", METHOD_OPTIONS},
        {"get", METHOD_OTHER}, {"PUT", METHOD_OTHER}, {"", METHOD_OTHER},    {"GETX", METHOD_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, cases[i].text, "/");
        assert_int_equal(asked.request.method, cases[i].method);
    }
}

static void paths(void **state)
{
    (void)state;
    static const struct {
        const char *target, *path;
    } cases[] = {
        {"/", "/"},
        {"/v1/registrants", "/v1/registrants"},
        {"/v1/registrants?name=x", "/v1/registrants"},
        {"/v1/%72egistrants", "/v1/registrants"},
        {"/a+b", "/a+b"}, // a plus is a plus in a path
        {"/%E8%A6%8B%e6%9c%ac", "/見本"},
        {"/見本", "/見本"},
        {"/%25s%25n", "/%s%n"},
        {"/%253F", "/%3F"},
        {"//v1///", "//v1///"}, // not tidied: no route fits
        {"/v1/../v1", "/v1/../v1"},
        {"/%3F%23", "/?#"},
        {"http://example.jp/v1?x=1", "/v1"},
        {"HTTPS://example.jp:8443/v1", "/v1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", cases[i].target);
        assert_true(str_equal(asked.request.path, str_of(cases[i].path)));
    }
}

static void refused_targets(void **state)
{
    (void)state;
    static const struct str targets[] = {
        STR(""),
        STR("*"),
        STR("v1"),
        STR("?x=1"),
        STR("http://example.jp"),
        STR("http://example.jp?x=1"),
        STR("ftp://example.jp/v1"),
        STR("example.jp:443"),
        STR("/%"),
        STR("/%4"),
        STR("/%4g"),
        STR("/%g4"),
        STR("/% 41"),
        STR("/%u0041"),
        STR("/%00"),
        STR("/a\0b"),
        STR("/%0d%0aX: y"),
        STR("/%7f"),
        STR("/\x1b"),
        STR("/%C2%85"),
        STR("/%ff"),
        STR("/%c0%af"),
        STR("/%ed%a0%80"),
        STR("/%e8%a6"),
        STR("/%f4%90%80%80"),
        STR("/v1%2Fregistrants"),
        STR("/v1%2fregistrants"),
        STR("/v1?=1"),
        STR("/v1?%ff=1"),
        STR("/v1?%0a=1"),
        STR("/v1?%=1"),
    };
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_parse(&asked, "GET", targets[i], (const char *const[]){"Host", "example.jp", NULL});
        if (asked.fault != REQUEST_TARGET) {
            fail_msg("%.*s: %d", (int)targets[i].n, targets[i].p, asked.fault);
        }
        assert_true(strlen(asked.why) > 0);
        assert_true(strlen(asked.request.id) > 0);
    }
}

static void parameters(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        struct str name, value;
        enum text_fault fault;
    } cases[] = {
        {"/?name=%E5%B1%B1%E7%94%B0", STR("name"), STR("山田"), TEXT_OK},
        {"/?name=山田", STR("name"), STR("山田"), TEXT_OK},
        {"/?name=a+b%2Bc%20d", STR("name"), STR("a b+c d"), TEXT_OK},
        {"/?n%61me=1", STR("name"), STR("1"), TEXT_OK},
        {"/?name", STR("name"), STR(""), TEXT_OK},
        {"/?name=", STR("name"), STR(""), TEXT_OK},
        {"/?name=a=b", STR("name"), STR("a=b"), TEXT_OK},
        {"/?name=a%26b", STR("name"), STR("a&b"), TEXT_OK},
        {"/?name=a?b/c", STR("name"), STR("a?b/c"), TEXT_OK},
        {"/?name=a;b", STR("name"), STR("a;b"), TEXT_OK},
        {"/?name=x&", STR("name"), STR("x"), TEXT_OK},
        {"/?&&name=x", STR("name"), STR("x"), TEXT_OK},
        {"/?name=%FF", STR("name"), STR(""), TEXT_UTF8},
        {"/?name=ab%C0%AF", STR("name"), STR(""), TEXT_UTF8},
        {"/?name=ab%00", STR("name"), STR(""), TEXT_CONTROL},
        {"/?name=%C2%9B", STR("name"), STR(""), TEXT_CONTROL},
        {"/?name=%4", STR("name"), STR(""), TEXT_ESCAPE},
        {"/?name=a%zz", STR("name"), STR(""), TEXT_ESCAPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", cases[i].target);
        assert_int_equal(asked.request.parameter_count, 1);
        assert_true(str_equal(asked.request.parameters[0].name, cases[i].name));
        assert_true(str_equal(asked.request.parameters[0].value, cases[i].value));
        assert_int_equal(asked.request.parameters[0].fault, cases[i].fault);
    }
}

// A faulty value leaves its neighbours as they are.
static void parameters_side_by_side(void **state)
{
    (void)state;
    ASKED_AUTO struct asked asked;
    asked_well(&asked, "GET", "/p%61th?a=%41&b=%ff&c=%43&a=2");
    const struct request *request = &asked.request;
    assert_int_equal(request->parameter_count, 4);
    assert_true(str_equal(request->path, STR("/path")));
    assert_true(str_equal(request->parameters[0].value, STR("A")));
    assert_int_equal(request->parameters[1].fault, TEXT_UTF8);
    assert_true(str_equal(request->parameters[2].name, STR("c")));
    assert_true(str_equal(request->parameters[2].value, STR("C")));
    assert_true(str_equal(request->parameters[3].value, STR("2")));
}

static void the_longest_target(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        char target[TARGET_LONGEST + 2];
        ASKED_AUTO struct asked asked;
        memset(target, 'a', sizeof target);
        target[0] = '/';
        asked_parse(&asked, "GET", (struct str){target, TARGET_LONGEST + more},
                    (const char *const[]){"Host", "example.jp", NULL});
        assert_int_equal(asked.fault, more == 0 ? REQUEST_OK : REQUEST_TOO_LONG);
        assert_int_equal(asked.request.path.n, more == 0 ? TARGET_LONGEST : 0);
    }
}

static void the_most_parameters(void **state)
{
    (void)state;
    for (size_t count = PARAMETERS_MOST; count <= PARAMETERS_MOST + 1; count++) {
        BUF_AUTO struct buf target;
        ASKED_AUTO struct asked asked;
        buf_init(&target, TARGET_LONGEST);
        for (size_t i = 0; i < count; i++) {
            buf_add_text(&target, i == 0 ? "/?a=1" : "&a=1");
        }
        asked_for(&asked, "GET", buf_text(&target));
        assert_int_equal(asked.fault, count == PARAMETERS_MOST ? REQUEST_OK : REQUEST_TARGET);
    }
}

static void framing(void **state)
{
    (void)state;
    static const struct {
        const char *headers[5];
        enum request_fault fault;
    } cases[] = {
        {{"Content-Length", "0", NULL}, REQUEST_OK},
        {{"content-length", "12", NULL}, REQUEST_OK},
        {{"Transfer-Encoding", "chunked", NULL}, REQUEST_OK},
        {{"Transfer-Encoding", "Chunked", NULL}, REQUEST_OK},
        {{"Content-Length", "5", "Content-Length", "5", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "5", "content-length", "6", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "5, 5", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "+5", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "-5", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "0x5", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "99999999999999999999", NULL}, REQUEST_FRAMING},
        {{"Content-Length", "5", "Transfer-Encoding", "chunked", NULL}, REQUEST_FRAMING},
        {{"TRANSFER-ENCODING", "chunked", "content-length", "5", NULL}, REQUEST_FRAMING},
        {{"Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked", NULL}, REQUEST_FRAMING},
        {{"Transfer-Encoding", "gzip, chunked", NULL}, REQUEST_FRAMING},
        {{"Transfer-Encoding", "xchunked", NULL}, REQUEST_FRAMING},
        {{"Transfer-Encoding", "", NULL}, REQUEST_FRAMING},
        {{"Authorization", "a", "authorization", "b", NULL}, REQUEST_HEADERS},
        {{"Content-Type", "a", "Content-Type", "a", NULL}, REQUEST_HEADERS},
        {{"X-Request-Id", "a", "X-Request-Id", "b", NULL}, REQUEST_HEADERS},
        {{"Host", "other.example", NULL}, REQUEST_HEADERS}, // one stands there already
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const *headers = cases[i].headers;
        ASKED_AUTO struct asked asked;
        asked_for(&asked, "POST", "/v1/reports", headers[0], headers[1], headers[2],
                  headers[2] == NULL ? NULL : headers[3]);
        if (asked.fault != cases[i].fault) {
            fail_msg("%s: %s: %d", headers[0], headers[1], asked.fault);
        }
    }
}

static void host(void **state)
{
    (void)state;
    ASKED_AUTO struct asked without;
    asked_parse(&without, "GET", STR("/"), (const char *const[]){NULL});
    assert_int_equal(without.fault, REQUEST_HEADERS);
    struct raw_request old = {.method = STR("GET"), .target = STR("/"), .version = STR("HTTP/1.0")};
    struct request request;
    const char *why;
    assert_int_equal(request_parse(&request, &old, &why), REQUEST_OK);
    request_fini(&request);
}

// The server counts headers that it has no room for. They are not looked at, wherever a look is taken.
static void too_many_headers(void **state)
{
    (void)state;
    struct header *headers = calloc(HEADERS_MOST, sizeof *headers);
    assert_non_null(headers);
    for (size_t i = 0; i < HEADERS_MOST; i++) {
        headers[i] = (struct header){STR("X-Any"), STR("value")};
    }
    headers[0] = (struct header){STR("Host"), STR("example.jp")};
    for (size_t count = HEADERS_MOST; count <= HEADERS_MOST + 100; count += 50) {
        struct raw_request raw = {.method = STR("GET"), .target = STR("/"), .version = STR("HTTP/1.1")};
        struct request request;
        const char *why;
        raw.headers = headers;
        raw.header_count = count;
        assert_int_equal(request_parse(&request, &raw, &why), count == HEADERS_MOST ? REQUEST_OK : REQUEST_HEADERS);
        assert_int_equal(strlen(request.id), 16);
        assert_false(request_accepts_gzip(&request));
        assert_true(request_accepts(&request, "application/json"));
        assert_null(request_header(&request, "Authorization").p);
        request_fini(&request);
    }
    free(headers);
}

static void ids(void **state)
{
    (void)state;
    static const char *const good[] = {"a", "AZaz09._-",
                                       "0123456789012345678901234567890123456789012345678901234567890123"};
    static const char *const bad[] = {
        "",     " a", "a b", "a\"b",
        "a\nb", "山", "a,b", "01234567890123456789012345678901234567890123456789012345678901234"};
    char before[REQUEST_ID_LONGEST + 1] = "";
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "x-request-id", good[i]);
        assert_string_equal(asked.request.id, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "X-Request-Id", bad[i]);
        assert_int_equal(strspn(asked.request.id, "0123456789abcdef"), 16);
        assert_string_not_equal(asked.request.id, before);
        memcpy(before, asked.request.id, sizeof before);
    }
}

enum { THREADS = 4, IDS = 500 };

static void *make_ids(void *context)
{
    char(*ids)[REQUEST_ID_LONGEST + 1] = context;
    for (size_t i = 0; i < IDS; i++) {
        ASKED_AUTO struct asked asked;
        asked_for(&asked, "GET", "/");
        memcpy(ids[i], asked.request.id, sizeof ids[i]);
    }
    return NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ids_of_threads_are_all_different(void **state)
{
    (void)state;
    static char ids[THREADS * IDS][REQUEST_ID_LONGEST + 1];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, make_ids, ids[i * IDS]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    qsort(ids, THREADS * IDS, sizeof ids[0], by_text);
    for (size_t i = 1; i < THREADS * IDS; i++) {
        assert_string_not_equal(ids[i - 1], ids[i]);
    }
}

static void header_look_up(void **state)
{
    (void)state;
    ASKED_AUTO struct asked asked;
    asked_well(&asked, "GET", "/", "X-One", "1", "X-ONE", "2", "X-Empty", "");
    assert_true(str_equal(request_header(&asked.request, "x-one"), STR("1")));
    assert_non_null(request_header(&asked.request, "X-Empty").p);
    assert_null(request_header(&asked.request, "X-On").p);
}

// Whatever comes, the answer has an id, and what is kept is clean text.
static void random_bytes(void **state)
{
    (void)state;
    static const char letters[] = "/?&=%%%%+;#.,ab41fFcC28900 \"\\\x80\xe3\x81\x82\xff\0\n";
    uint32_t seed = 3;
    for (int round = 0; round < 50000; round++) {
        char target[48];
        size_t n = 0;
        for (seed = seed * 1664525 + 1013904223; n < 1 + (seed >> 8) % 40; n++) {
            uint32_t random = (seed ^ (uint32_t)n * 2654435761U) * 1103515245U;
            target[n] = n == 0 ? '/' : letters[(random >> 9) % (sizeof letters - 1)];
        }
        ASKED_AUTO struct asked asked;
        asked_parse(&asked, "GET", (struct str){target, n}, (const char *const[]){"Host", "x", NULL});
        assert_true(asked.fault == REQUEST_OK || asked.fault == REQUEST_TARGET);
        for (size_t i = 0; i < asked.request.parameter_count; i++) {
            const struct parameter *parameter = &asked.request.parameters[i];
            assert_true(parameter->name.n > 0);
            assert_true(str_is_utf8(parameter->name) && !str_has_control(parameter->name));
            assert_true(str_is_utf8(parameter->value) && !str_has_control(parameter->value));
        }
        assert_true(str_is_utf8(asked.request.path) && !str_has_control(asked.request.path));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(methods),
        cmocka_unit_test(paths),
        cmocka_unit_test(refused_targets),
        cmocka_unit_test(parameters),
        cmocka_unit_test(parameters_side_by_side),
        cmocka_unit_test(the_longest_target),
        cmocka_unit_test(the_most_parameters),
        cmocka_unit_test(framing),
        cmocka_unit_test(host),
        cmocka_unit_test(too_many_headers),
        cmocka_unit_test(ids),
        cmocka_unit_test(ids_of_threads_are_all_different),
        cmocka_unit_test(header_look_up),
        cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
