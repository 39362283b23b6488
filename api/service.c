// GET /v1: what is served here, as of when, on which routes.
#include "api/resources.h"
#include "base/json_out.h"

static void write_setting(struct buf *out, const char *name, const char *text)
{
    if (text[0] != '\0') {
        json_text(out, name, str_of(text));
    }
}

static void write_methods(struct buf *out, const char *path, int listeners)
{
    BUF_AUTO struct buf allow;
    buf_init(&allow, 256);
    routes_allow(path, listeners, &allow);
    json_name(out, "methods");
    buf_add_char(out, '[');
    for (struct str rest = buf_str(&allow); rest.p != NULL;) {
        json_comma(out);
        json_quote(out, str_trim(str_cut(&rest, ',')));
    }
    buf_add_char(out, ']');
}

static void write_routes(struct buf *out)
{
    size_t count;
    const struct route *routes = routes_get(&count);
    json_name(out, "routes");
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        bool public = (routes[i].listeners & (LISTENER_PUBLIC | LISTENER_OPERATOR)) != 0;
        if (!public || (routes[i].flags & ROUTE_UNLISTED) != 0) {
            continue;
        }
        json_comma(out);
        buf_add_char(out, '{');
        json_text(out, "path", str_of(routes[i].path));
        write_methods(out, routes[i].path, LISTENER_PUBLIC | LISTENER_OPERATOR);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

void handle_service(struct visit *visit, struct reply *reply)
{
    const struct settings *settings = visit->api->settings;
    struct buf *out = &reply->body;
    answer_begin(visit, reply);
    json_text(out, "name", STR("meibo"));
    json_text(out, "title", STR("情報処理安全確保支援士 登録簿"));
    json_text(out, "version", STR(MEIBO_VERSION));
    write_setting(out, "source", settings->source);
    write_setting(out, "terms", settings->terms);
    write_setting(out, "report_error", settings->report_error);
    json_number(out, "registrants", (int64_t)edition_get_counts(visit->edition).in_force);
    write_routes(out);
    buf_add(out, STR(",\"openapi\":[\"/openapi.yaml\",\"/openapi.json\"]}"));
}
