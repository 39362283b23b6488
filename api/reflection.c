// GET /v1/reflection: is the promise of one month kept, and who used it up.
#include <stdlib.h>

#include "api/resources.h"
#include "base/json_out.h"

static void write_seconds(struct buf *out, const char *name, int64_t ms)
{
    ms = ms < 0 ? 0 : ms; // the clocks of the database's rows are one clock; below zero would be rounding
    json_number(out, name, ms / 1000);
    buf_add_format(out, ".%03d", (int)(ms % 1000));
}

static void write_line(struct buf *out, const struct reflection_line *line)
{
    json_number(out, "received", line->received);
    json_number(out, "reflected", line->reflected);
    json_number(out, "pending", line->pending);
    json_instant(out, "oldest_pending_received_at", line->oldest_pending_at);
    json_day(out, "next_reflect_by", line->next_reflect_by);
    if (line->reflected > 0) {
        json_name(out, "delay_seconds");
        buf_add_char(out, '{');
        write_seconds(out, "median", line->median_delay_ms);
        write_seconds(out, "worst", line->worst_delay_ms);
        buf_add_char(out, '}');
    }
    json_number(out, "late_by_operator", line->late_by_operator);
    json_number(out, "breaches", line->breaches);
}

static void write_reflection(const struct reflection *reflection, struct buf *out)
{
    json_instant(out, "measured_at", reflection->measured_at);
    json_text(out, "promise", STR("P1M"));
    json_name(out, "total");
    buf_add_char(out, '{');
    write_line(out, &reflection->lines[0]);
    buf_add(out, STR("},\"operators\":["));
    for (size_t i = 1; i < reflection->n; i++) {
        json_comma(out);
        buf_add_char(out, '{');
        json_text(out, "operator", str_of(reflection->lines[i].operator_code));
        write_line(out, &reflection->lines[i]);
        buf_add_char(out, '}');
    }
    buf_add(out, STR("]}"));
}

void handle_reflection(struct visit *visit, struct reply *reply)
{
    struct reflection *reflection = watcher_copy_reflection(visit->api->watcher);
    if (reflection == NULL || reflection->n == 0) {
        problem_reply_error(reply, visit->request, ERR_UNAVAILABLE);
    } else {
        answer_begin(visit, reply);
        write_reflection(reflection, &reply->body);
    }
    free(reflection);
}
