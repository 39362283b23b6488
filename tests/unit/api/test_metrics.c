// The figures of requests: each is counted under its route, status and duration, and nowhere else.
#include "tests/unit/api/asked.h"

#include "api/api.h"
#include "api/metrics.h"

static const struct route *route_of(const char *path)
{
    size_t count;
    const struct route *routes = routes_get(&count);
    size_t i = 0;
    while (i < count && strcmp(routes[i].path, path) != 0) {
        i++;
    }
    assert_true(i < count);
    return &routes[i];
}

static void assert_line(struct buf *text, const char *line)
{
    if (strstr(buf_text(text), line) == NULL) {
        fail_msg("not there: %s", line);
    }
}

static void counted_where_they_belong(void **state)
{
    (void)state;
    struct metrics *metrics = NULL;
    BUF_AUTO struct buf text;
    buf_init(&text, 1000000);
    assert_int_equal(metrics_new(&metrics, NULL), ERR_OK);
    metrics_count(metrics, route_of("/v1"), 200, 100000); // a bound belongs to its bucket
    metrics_count(metrics, route_of("/v1"), 200, 100001);
    metrics_count(metrics, route_of("/v1"), 418, 2000000000); // a status that is not listed
    metrics_count(metrics, route_of("/v1/reports"), 201, 1);
    metrics_count(metrics, NULL, 404, 1);
    metrics_write(metrics, &text);
    assert_line(&text, "meibo_requests_total{route=\"/v1\",method=\"GET\",status=\"200\"} 2\n");
    assert_line(&text, "meibo_requests_total{route=\"/v1\",method=\"GET\",status=\"0\"} 1\n");
    assert_line(&text, "meibo_requests_total{route=\"/v1/reports\",method=\"POST\",status=\"201\"} 1\n");
    assert_line(&text, "meibo_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1\n");
    assert_line(&text, "meibo_request_duration_seconds_bucket{route=\"/v1\",method=\"GET\",le=\"0.0001\"} 1\n");
    assert_line(&text, "meibo_request_duration_seconds_bucket{route=\"/v1\",method=\"GET\",le=\"0.00025\"} 2\n");
    assert_line(&text, "meibo_request_duration_seconds_bucket{route=\"/v1\",method=\"GET\",le=\"1\"} 2\n");
    assert_line(&text, "meibo_request_duration_seconds_bucket{route=\"/v1\",method=\"GET\",le=\"+Inf\"} 3\n");
    assert_line(&text, "meibo_request_duration_seconds_count{route=\"/v1\",method=\"GET\"} 3\n");
    assert_line(&text, "meibo_request_duration_seconds_sum{route=\"/v1\",method=\"GET\"} 2.000200\n");
    assert_line(&text, "meibo_request_duration_seconds_count{route=\"/live\",method=\"GET\"} 0\n");
    metrics_free(&metrics);
    assert_null(metrics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counted_where_they_belong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
