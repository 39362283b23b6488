// The admin listener: /live, /ready, /metrics.
#include <stdlib.h>

#include "api/gzip_cache.h"
#include "api/metrics.h"
#include "api/resources.h"
#include "base/json_out.h"

void handle_live(struct visit *visit, struct reply *reply)
{
    (void)visit;
    reply->content_type = "application/json";
    buf_add(&reply->body, STR("{\"status\":\"live\"}"));
}

static void write_edition(const struct edition *edition, struct buf *out)
{
    const struct edition_head *head = edition_get_head(edition);
    json_name(out, "edition");
    buf_add_char(out, '{');
    json_number(out, "publication", head->publication);
    json_instant(out, "published_at", head->published_at);
    json_day(out, "day", head->day);
    buf_add_char(out, '}');
}

static void write_record(const struct watcher_state *state, struct buf *out)
{
    json_name(out, "database");
    buf_add_char(out, '{');
    json_text(out, "status", state->connected ? STR("connected") : STR("away"));
    // The words of a failure are the log's; here only that there is one beyond being away.
    json_bool(out, "edition_failing", state->connected && state->fault[0] != '\0');
    json_instant(out, "seen_at", state->seen_at);
    buf_add_char(out, '}');
}

// Ready: an edition is there and the service is not draining. A database that is away does not make it unready (reads
// go on), but it is said.
void handle_ready(struct visit *visit, struct reply *reply)
{
    struct api *api = visit->api;
    struct watcher_state state = watcher_get_state(api->watcher);
    const struct edition *edition = gate_enter(api->gate);
    bool draining = atomic_load(&api->draining);
    struct buf *out = &reply->body;
    const char *status = draining || edition == NULL                 ? "unready"
                         : state.connected && state.fault[0] == '\0' ? "ready"
                                                                     : "degraded";
    reply->status = draining || edition == NULL ? 503 : 200;
    reply->retry_after_s = reply->status == 503 ? 1 : 0;
    reply->content_type = "application/json";
    buf_add_char(out, '{');
    json_text(out, "status", str_of(status));
    json_name(out, "checks");
    buf_add_char(out, '{');
    json_bool(out, "draining", draining);
    write_record(&state, out);
    if (edition != NULL) {
        write_edition(edition, out);
    }
    buf_add(out, STR("}}"));
    gate_leave(api->gate, edition);
}

static void gauge(struct buf *out, const char *name, const char *help, double value)
{
    buf_add_format(out, "# HELP %s %s\n# TYPE %s gauge\n%s %.15g\n", name, help, name, name, value);
}

static void counter(struct buf *out, const char *name, const char *help, int64_t value)
{
    buf_add_format(out, "# HELP %s %s\n# TYPE %s counter\n%s %lld\n", name, help, name, name, (long long)value);
}

static void write_edition_metrics(struct api *api, struct buf *out)
{
    const struct edition *edition = gate_enter(api->gate);
    if (edition != NULL) {
        const struct edition_head *head = edition_get_head(edition);
        struct edition_counts counts = edition_get_counts(edition);
        gauge(out, "meibo_edition_publication", "Number of the publication that is shown.", (double)head->publication);
        gauge(out, "meibo_edition_age_seconds", "Age of the publication that is shown.",
              (double)(clock_now() - head->published_at) / 1e6);
        gauge(out, "meibo_edition_people", "Numbers known, ended registrations too.", (double)counts.people);
        gauge(out, "meibo_edition_in_force", "Registrants in force.", (double)counts.in_force);
        gauge(out, "meibo_edition_completions", "Completions shown.", (double)counts.completions);
        gauge(out, "meibo_edition_bytes", "Memory that the edition holds.", (double)counts.bytes);
    }
    gate_leave(api->gate, edition);
}

static void write_service_metrics(struct api *api, struct buf *out)
{
    struct watcher_state watcher = watcher_get_state(api->watcher);
    struct publisher_state publisher = publisher_get_state(api->publisher);
    struct pool_state pool = pool_get_state(api->intake);
    gauge(out, "meibo_database_connected", "1 while the database answers.", watcher.connected ? 1 : 0);
    counter(out, "meibo_editions_total", "Editions built since start.", watcher.editions);
    counter(out, "meibo_edition_failures_total", "Looks at the database or builds that failed.", watcher.failures);
    gauge(out, "meibo_edition_build_seconds", "Duration of the last build.", (double)watcher.build_ms / 1000);
    counter(out, "meibo_publications_total", "Publications made by this process.", publisher.publications);
    counter(out, "meibo_reports_published_total", "Reports published by this process.", publisher.reports);
    counter(out, "meibo_publication_failures_total", "Attempts to publish that failed.", publisher.failures);
    gauge(out, "meibo_pool_leased", "Database connections in use by requests.", (double)pool.leased);
    gauge(out, "meibo_pool_idle", "Database connections open and idle.", (double)pool.idle);
}

static void write_cache_metrics(struct api *api, struct buf *out)
{
    struct gzip_cache_figures figures = gzip_cache_get_figures(api->gzip_cache);
    counter(out, "meibo_gzip_cache_hits_total", "Compressed answers that were there already.", (int64_t)figures.hits);
    counter(out, "meibo_gzip_cache_misses_total", "Compressed answers that were not.", (int64_t)figures.misses);
    counter(out, "meibo_gzip_cache_evictions_total", "Kept answers that made room.", (int64_t)figures.evictions);
    gauge(out, "meibo_gzip_cache_entries", "Compressed answers that are kept.", (double)figures.entries);
    gauge(out, "meibo_gzip_cache_bytes", "Memory that they take.", (double)figures.bytes);
}

static void write_promise_metrics(struct api *api, struct buf *out)
{
    struct reflection *reflection = watcher_copy_reflection(api->watcher);
    if (reflection != NULL && reflection->n > 0) {
        const struct reflection_line *all = &reflection->lines[0];
        gauge(out, "meibo_reports_received", "Reports acknowledged, ever.", (double)all->received);
        gauge(out, "meibo_reports_pending", "Reports not public yet.", (double)all->pending);
        gauge(out, "meibo_reports_late_by_operator", "Reports that came after their month.",
              (double)all->late_by_operator);
        gauge(out, "meibo_reports_breaches", "Reports in time that were not public within their month.",
              (double)all->breaches);
    }
    free(reflection);
}

void handle_metrics(struct visit *visit, struct reply *reply)
{
    reply->content_type = "text/plain; version=0.0.4; charset=utf-8";
    write_edition_metrics(visit->api, &reply->body);
    write_service_metrics(visit->api, &reply->body);
    write_cache_metrics(visit->api, &reply->body);
    write_promise_metrics(visit->api, &reply->body);
    metrics_write(visit->api->metrics, &reply->body);
}
