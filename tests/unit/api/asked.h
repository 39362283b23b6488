// What the tests of the HTTP side share: a request made from a few words, parsed.
#ifndef MEIBO_TESTS_ASKED_H
#define MEIBO_TESTS_ASKED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "api/request.h"
#include "base/digest.h"

enum { ASKED_HEADERS = HEADERS_MOST + 8 };

// Stays where it is: the request borrows.
struct asked {
    struct raw_request raw;
    struct header headers[ASKED_HEADERS];
    struct request request;
    enum request_fault fault;
    const char *why;
};

// `headers`: names and values by turns, up to NULL. Text is borrowed.
static inline void asked_parse(struct asked *asked, const char *method, struct str target, const char *const *headers)
{
    *asked = (struct asked){.raw = {.method = str_of(method), .target = target, .version = STR("HTTP/1.1")}};
    for (; headers[0] != NULL; headers += 2) {
        asked->headers[asked->raw.header_count++] = (struct header){str_of(headers[0]), str_of(headers[1])};
    }
    asked->raw.headers = asked->headers;
    asked->fault = request_parse(&asked->request, &asked->raw, &asked->why);
}

static inline void asked_fini(struct asked *asked)
{
    request_fini(&asked->request);
}
#define ASKED_AUTO __attribute__((cleanup(asked_fini)))

// asked_for(&asked, "GET", "/v1", "Accept", "text/html"); Host is there already.
#define asked_for(asked, method, target, ...)                                                                          \
    asked_parse((asked), (method), str_of(target),                                                                     \
                (const char *const[]){"Host", "example.jp", __VA_ARGS__ __VA_OPT__(, ) NULL})

// The same, and it must be well-formed.
#define asked_well(asked, ...)                                                                                         \
    do {                                                                                                               \
        asked_for((asked), __VA_ARGS__);                                                                               \
        assert_int_equal((asked)->fault, REQUEST_OK);                                                                  \
    } while (0)

static inline int asked_setup(void **state)
{
    (void)state;
    return digest_setup(NULL) == ERR_OK ? 0 : -1;
}

#endif
