// Negotiation and entity tags. Examples marked RFC 9110 are that document's own.
#include "tests/unit/api/asked.h"

static void accept(void **state)
{
    (void)state;
    static const char rfc[] = "text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c"; // RFC 9110
    static const char rfc_weights[] =                                                      // RFC 9110
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
    static const struct {
        const char *accept, *type;
        bool accepted;
    } cases[] = {
        {"", "application/json", true},
        {" , ,", "application/json", true}, // an empty list
        {"*/*", "application/json", true},
        {"application/json", "application/json", true},
        {"Application/JSON", "application/json", true},
        {"application/*", "application/json", true},
        {"application/json; charset=utf-8", "application/json", true},
        {"application/problem+json", "application/json", false},
        {"app/*", "application/json", false},
        {"application", "application/json", false},
        {"application/", "application/json", false},
        {"application/jsonx", "application/json", false},
        {"*", "application/json", false},
        {"text/html", "application/json", false},
        {"application/json;q=0", "application/json", false},
        {"application/json;q=0.000", "application/json", false},
        {"application/json;q=0.001", "application/json", true},
        {"application/json ; Q=0", "application/json", false},
        {"*/*, application/json;q=0", "application/json", false},
        {"application/json;q=0, */*", "application/json", false},
        {"application/*;q=0, application/json;q=0.1", "application/json", true},
        {"application/*;q=0, */*", "application/json", false},
        {"*/*;q=0", "application/json", false},
        {"application/json;version=2;q=0, application/json", "application/json", true},
        {"text/html,,application/json", "application/json", true},
        {rfc, "text/plain", true},
        {rfc, "text/html", true},
        {rfc, "text/x-c", true},
        {rfc, "image/jpeg", false},
        {rfc_weights, "text/plain", true},
        {rfc_weights, "text/html", true},
        {rfc_weights, "image/jpeg", true},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json", true}, // a browser
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "accept", cases[i].accept);
        if (request_accepts(&asked.request, cases[i].type) != cases[i].accepted) {
            fail_msg("%s: %s", cases[i].accept, cases[i].type);
        }
    }
    ASKED_AUTO struct asked none;
    asked_well(&none, "GET", "/");
    assert_true(request_accepts(&none.request, "application/json"));
}

static void lists_on_several_lines(void **state)
{
    (void)state;
    ASKED_AUTO struct asked asked;
    asked_well(&asked, "GET", "/", "Accept", "text/html", "Accept", "application/json", "Accept-Encoding", "br",
               "Accept-Encoding", "gzip", "Accept-Language", "fr", "Accept-Language", "ja");
    assert_true(request_accepts(&asked.request, "text/html"));
    assert_true(request_accepts(&asked.request, "application/json"));
    assert_false(request_accepts(&asked.request, "text/plain"));
    assert_true(request_accepts_gzip(&asked.request));
    assert_true(asked.request.japanese);
}

static void accept_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *encoding;
        bool gzip;
    } cases[] = {
        {"compress, gzip", true},                     // RFC 9110
        {"", false},                                  // RFC 9110
        {"*", true},                                  // RFC 9110
        {"compress;q=0.5, gzip;q=1.0", true},         // RFC 9110
        {"gzip;q=1.0, identity; q=0.5, *;q=0", true}, // RFC 9110
        {"gzip", true},
        {"GZIP", true},
        {"x-gzip", true}, // RFC 9110, section 8.4.1.3
        {"gzip, deflate, br, zstd", true},
        {"gzip;q=0", false},
        {"gzip;q=0, *", false},
        {"*, gzip;q=0", false},
        {"*;q=0", false},
        {"*;q=0, gzip", true},
        {"identity", false},
        {"br", false},
        {"gzipx", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "Accept-Encoding", cases[i].encoding);
        if (request_accepts_gzip(&asked.request) != cases[i].gzip) {
            fail_msg("%s", cases[i].encoding);
        }
    }
    ASKED_AUTO struct asked none;
    asked_well(&none, "GET", "/");
    assert_false(request_accepts_gzip(&none.request));
}

static void accept_language(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        bool japanese;
    } cases[] = {
        {"ja", true},
        {"ja-JP", true},
        {"JA", true},
        {"ja,en-US;q=0.9,en;q=0.8", true},
        {"ja, en", true},
        {"en, ja", false},
        {"en;q=0.5, ja", true},
        {"en, ja;q=0.9", false},
        {"fr, ja;q=0.1", true}, // there is no French
        {"*, ja;q=0.5", false},
        {"ja, *;q=0.5", true},
        {"ja;q=0", false},
        {"jav", false},
        {"", false},
        {"da, en-gb;q=0.8, en;q=0.7", false}, // RFC 9110
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "Accept-Language", cases[i].language);
        if (asked.request.japanese != cases[i].japanese) {
            fail_msg("%s", cases[i].language);
        }
    }
}

static void if_none_match(void **state)
{
    (void)state;
    static const struct {
        const char *header, *tag;
        bool has, any;
    } cases[] = {
        {"\"xyzzy\"", "\"xyzzy\"", true, false},                                        // RFC 9110
        {"W/\"xyzzy\"", "\"xyzzy\"", true, false},                                      // RFC 9110
        {"\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"", "\"r2d2xxxx\"", true, false},        // RFC 9110
        {"W/\"xyzzy\", W/\"r2d2xxxx\", W/\"c3piozzzz\"", "\"c3piozzzz\"", true, false}, // RFC 9110
        {"*", "\"xyzzy\"", false, true},                                                // RFC 9110
        {" * ", "\"xyzzy\"", false, true},
        {"\"*\"", "\"xyzzy\"", false, false},
        {"xyzzy", "\"xyzzy\"", false, false},
        {"w/\"xyzzy\"", "\"xyzzy\"", false, false}, // the prefix is case-sensitive
        {"\"xyzz\"", "\"xyzzy\"", false, false},
        {"\"XYZZY\"", "\"xyzzy\"", false, false},
        {"", "\"xyzzy\"", false, false},
        {"\"\"", "\"xyzzy\"", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ASKED_AUTO struct asked asked;
        asked_well(&asked, "GET", "/", "If-None-Match", cases[i].header);
        assert_int_equal(request_has_tag(&asked.request, str_of(cases[i].tag)), cases[i].has);
        assert_int_equal(request_has_any_tag(&asked.request), cases[i].any);
    }
    ASKED_AUTO struct asked none;
    asked_well(&none, "GET", "/");
    assert_false(request_has_tag(&none.request, STR("\"xyzzy\"")) || request_has_any_tag(&none.request));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accept),          cmocka_unit_test(lists_on_several_lines), cmocka_unit_test(accept_encoding),
        cmocka_unit_test(accept_language), cmocka_unit_test(if_none_match),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
