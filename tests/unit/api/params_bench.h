// What the tests of parameters share: a request, its faults, and what they say.
#ifndef MEIBO_TESTS_PARAMS_BENCH_H
#define MEIBO_TESTS_PARAMS_BENCH_H

#include "tests/unit/api/asked.h"

#include <jansson.h>

#include "api/params.h"

struct bench {
    struct asked asked;
    struct faults faults;
    json_t *list;
};

static inline void begin(struct bench *bench, const char *target)
{
    asked_well(&bench->asked, "GET", target);
    faults_init(&bench->faults, &bench->asked.request);
    bench->list = NULL;
}

static inline void end(struct bench *bench)
{
    json_decref(bench->list);
    faults_fini(&bench->faults);
    asked_fini(&bench->asked);
}
#define BENCH_AUTO __attribute__((cleanup(end)))

// The fault at a place is about this parameter and says this.
static inline void assert_fault(struct bench *bench, size_t index, const char *parameter, const char *says)
{
    if (bench->list == NULL) {
        BUF_AUTO struct buf all;
        buf_init(&all, 2000000);
        buf_add_char(&all, '[');
        buf_add(&all, buf_str(&bench->faults.json));
        buf_add_char(&all, ']');
        bench->list = json_loadb(all.p, all.n, JSON_ALLOW_NUL, NULL);
        assert_non_null(bench->list);
    }
    const json_t *fault = json_array_get(bench->list, index);
    assert_non_null(fault);
    assert_string_equal(json_string_value(json_object_get(fault, "parameter")), parameter);
    const char *detail = json_string_value(json_object_get(fault, "detail"));
    if (strstr(detail, says) == NULL) {
        fail_msg("%s: \"%s\" does not say \"%s\"", parameter, detail, says);
    }
}

#endif
