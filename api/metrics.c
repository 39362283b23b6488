// Figures by route: see metrics.h.
#include "api/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "api/api.h"

static const int statuses[] = {200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 413, 414, 415, 422, 429, 500, 503};
// Upper bounds in nanoseconds; one more bucket has no bound.
static const uint64_t bounds[] = {100000,  250000,   500000,   1000000,   2500000,
                                  5000000, 10000000, 50000000, 250000000, 1000000000};
static const char *const bound_names[] = {"0.0001", "0.00025", "0.0005", "0.001", "0.0025",
                                          "0.005",  "0.01",    "0.05",   "0.25",  "1"};

enum {
    STATUSES = sizeof statuses / sizeof statuses[0],
    BOUNDS = sizeof bounds / sizeof bounds[0],
};

struct line {
    atomic_uint_fast64_t by_status[STATUSES + 1]; // the last one: any other
    atomic_uint_fast64_t buckets[BOUNDS + 1];
    atomic_uint_fast64_t sum_ns;
};

struct metrics {
    size_t n;
    struct line lines[];
};

enum err metrics_new(struct metrics **metrics, struct fault *fault)
{
    size_t routes;
    (void)routes_get(&routes);
    *metrics = calloc(1, sizeof **metrics + (routes + 1) * sizeof(*metrics)->lines[0]);
    if (*metrics == NULL) {
        return err_set(fault, ERR_MEMORY, "no memory for metrics");
    }
    (*metrics)->n = routes + 1;
    return ERR_OK;
}

void metrics_free(struct metrics **metrics)
{
    free(*metrics);
    *metrics = NULL;
}

static void add(atomic_uint_fast64_t *counter, uint64_t value)
{
    (void)atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

static uint64_t get(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, const struct route *route, int status, uint64_t duration_ns)
{
    size_t routes;
    const struct route *table = routes_get(&routes);
    struct line *line = &metrics->lines[route == NULL ? routes : (size_t)(route - table)];
    size_t i = 0;
    while (i < STATUSES && statuses[i] != status) {
        i++;
    }
    size_t bucket = 0;
    while (bucket < BOUNDS && duration_ns > bounds[bucket]) {
        bucket++;
    }
    add(&line->by_status[i], 1);
    add(&line->buckets[bucket], 1);
    add(&line->sum_ns, duration_ns);
}

static void write_requests(const struct line *line, const char *path, const char *method, struct buf *out)
{
    for (size_t i = 0; i <= STATUSES; i++) {
        uint64_t count = get(&line->by_status[i]);
        if (count > 0) {
            buf_add_format(out, "meibo_requests_total{route=\"%s\",method=\"%s\",status=\"%d\"} %llu\n", path, method,
                           i < STATUSES ? statuses[i] : 0, (unsigned long long)count);
        }
    }
}

static void write_durations(const struct line *line, const char *path, const char *method, struct buf *out)
{
    uint64_t sum = 0;
    for (size_t i = 0; i <= BOUNDS; i++) {
        sum += get(&line->buckets[i]);
        buf_add_format(out, "meibo_request_duration_seconds_bucket{route=\"%s\",method=\"%s\",le=\"%s\"} %llu\n", path,
                       method, i < BOUNDS ? bound_names[i] : "+Inf", (unsigned long long)sum);
    }
    buf_add_format(out, "meibo_request_duration_seconds_sum{route=\"%s\",method=\"%s\"} %.6f\n", path, method,
                   (double)get(&line->sum_ns) / 1e9);
    buf_add_format(out, "meibo_request_duration_seconds_count{route=\"%s\",method=\"%s\"} %llu\n", path, method,
                   (unsigned long long)sum);
}

static void write_family(const struct metrics *metrics, struct buf *out,
                         void (*write)(const struct line *, const char *, const char *, struct buf *))
{
    size_t routes;
    const struct route *table = routes_get(&routes);
    for (size_t i = 0; i < metrics->n; i++) {
        const char *path = i < routes ? table[i].path : "none";
        const char *method = i < routes && table[i].method == METHOD_POST ? "POST" : "GET";
        write(&metrics->lines[i], path, method, out);
    }
}

void metrics_write(const struct metrics *metrics, struct buf *out)
{
    buf_add(out,
            STR("# HELP meibo_requests_total Requests answered, by route template and status (HEAD and OPTIONS with "
                "their route).\n# TYPE meibo_requests_total counter\n"));
    write_family(metrics, out, write_requests);
    buf_add(out, STR("# HELP meibo_request_duration_seconds Time from a request's first bytes to its answer.\n"
                     "# TYPE meibo_request_duration_seconds histogram\n"));
    write_family(metrics, out, write_durations);
}
