// The route table, and what follows from it: which route a request asks for, 405 with Allow, OPTIONS, HEAD, the media
// type of an answer and the list in /v1. What happens on a route: visit.c.
#include <string.h>

#include "api/api.h"
#include "api/resources.h"

static const char *const no_parameters[] = {NULL};

#define BOTH (LISTENER_PUBLIC | LISTENER_OPERATOR)
#define JSON                                                                                                           \
    {                                                                                                                  \
        MEDIA_JSON, NULL                                                                                               \
    }

static const struct route table[] = {
    {"/v1", METHOD_GET, BOTH, ROUTE_EDITION | ROUTE_TAGGED, handle_service, no_parameters, JSON},
    {"/v1/registrants",
     METHOD_GET,
     LISTENER_PUBLIC,
     ROUTE_EDITION | ROUTE_TAGGED,
     handle_registrants,
     registrants_parameters,
     {MEDIA_JSON, MEDIA_CSV, MEDIA_NDJSON, NULL}},
    {"/v1/registrants/{number}", METHOD_GET, LISTENER_PUBLIC, ROUTE_EDITION | ROUTE_TAGGED, handle_registrant,
     no_parameters, JSON},
    {"/v1/suggestions", METHOD_GET, LISTENER_PUBLIC, ROUTE_EDITION | ROUTE_TAGGED, handle_suggestions,
     suggestions_parameters, JSON},
    {"/v1/completions", METHOD_GET, LISTENER_PUBLIC, ROUTE_EDITION | ROUTE_TAGGED, handle_completions,
     completions_parameters, JSON},
    {"/v1/courses", METHOD_GET, BOTH, ROUTE_EDITION | ROUTE_TAGGED, handle_courses, no_parameters, JSON},
    {"/v1/courses/{code}", METHOD_GET, BOTH, ROUTE_EDITION | ROUTE_TAGGED, handle_course, no_parameters, JSON},
    {"/v1/operators", METHOD_GET, BOTH, ROUTE_EDITION | ROUTE_TAGGED, handle_operators, no_parameters, JSON},
    {"/v1/reflection", METHOD_GET, BOTH, ROUTE_EDITION, handle_reflection, no_parameters, JSON},
    {"/v1/reports", METHOD_POST, LISTENER_OPERATOR, ROUTE_OPERATOR | ROUTE_BODY, handle_post_reports, no_parameters,
     JSON},
    {"/v1/reports/{id}", METHOD_GET, LISTENER_OPERATOR, ROUTE_OPERATOR, handle_get_report, no_parameters, JSON},
    {"/openapi.yaml", METHOD_GET, BOTH, 0, handle_openapi_yaml, no_parameters, {"application/yaml", NULL}},
    {"/openapi.json", METHOD_GET, BOTH, 0, handle_openapi_json, no_parameters, JSON},
    {"/problems/{type}", METHOD_GET, BOTH, 0, handle_problem_page, no_parameters, {"text/html", NULL}},
    {"/", METHOD_GET, LISTENER_PUBLIC, ROUTE_UNLISTED, handle_web_page, no_parameters, {"text/html", NULL}},
    {"/web/{name}", METHOD_GET, LISTENER_PUBLIC, ROUTE_UNLISTED, handle_web_asset, no_parameters, {"*/*", NULL}},
    {"/live", METHOD_GET, LISTENER_ADMIN, ROUTE_UNLISTED, handle_live, no_parameters, JSON},
    {"/ready", METHOD_GET, LISTENER_ADMIN, ROUTE_UNLISTED, handle_ready, no_parameters, JSON},
    {"/metrics", METHOD_GET, LISTENER_ADMIN, ROUTE_UNLISTED, handle_metrics, no_parameters, {"text/plain", NULL}},
};

enum { ROUTES = sizeof table / sizeof table[0] };

const struct route *routes_get(size_t *count)
{
    *count = ROUTES;
    return table;
}

void routes_allow(const char *path, int listeners, struct buf *out)
{
    for (size_t i = 0; i < ROUTES; i++) {
        if ((table[i].listeners & listeners) != 0 && strcmp(table[i].path, path) == 0) {
            buf_add_text(out, table[i].method == METHOD_POST ? "POST, " : "GET, HEAD, ");
        }
    }
    buf_add(out, STR("OPTIONS"));
}

// Whether a path is this route's; `value` gets the segment that stands for {…}.
static bool path_fits(const struct route *route, struct str path, struct str *value)
{
    size_t i = 0;
    while (i < path.n && route->path[i] != '{' && route->path[i] == path.p[i]) {
        i++;
    }
    if (route->path[i] != '{') {
        *value = (struct str){NULL, 0};
        return i == path.n && route->path[i] == '\0';
    }
    *value = (struct str){path.p + i, path.n - i};
    return value->n > 0 && memchr(value->p, '/', value->n) == NULL;
}

static bool method_fits(const struct route *route, enum method method)
{
    return route->method == method || (route->method == METHOD_GET && method == METHOD_HEAD);
}

struct route_found routes_find(int listener, const struct request *request)
{
    struct route_found found = {.route = NULL};
    for (size_t i = 0; i < ROUTES; i++) {
        struct str value;
        if (!path_fits(&table[i], request->path, &value)) {
            continue;
        }
        found.is_operators = found.is_operators || (table[i].flags & ROUTE_OPERATOR) != 0;
        if ((table[i].listeners & listener) != 0 && !found.method_ok) {
            found.route = &table[i];
            found.value = value;
            found.method_ok = method_fits(found.route, request->method);
        }
    }
    return found;
}

const char *routes_choose_media(const struct route *route, const struct request *request)
{
    const char *best = NULL;
    unsigned best_weight = 0;
    for (const char *const *media = route->produces; *media != NULL; media++) {
        unsigned weight = strcmp(*media, "*/*") == 0 ? 1000 : request_accept_weight(request, *media);
        if (weight > best_weight) {
            best = *media;
            best_weight = weight;
        }
    }
    return best;
}
