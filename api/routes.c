// The route table, and the way of a request through it: path, method, Accept, who may, then the handler. 405 with
// Allow, OPTIONS, HEAD and the list in /v1 all follow from the table.
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "api/params.h"
#include "api/resources.h"
#include "base/log.h"

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
    struct str template = str_of(route->path);
    const char *brace = strchr(route->path, '{');
    *value = (struct str){NULL, 0};
    if (brace == NULL) {
        return str_equal(path, template);
    }
    struct str head = {route->path, (size_t)(brace - route->path)};
    if (!str_starts_with(path, head) || path.n == head.n) {
        return false;
    }
    *value = (struct str){path.p + head.n, path.n - head.n};
    return memchr(value->p, '/', value->n) == NULL;
}

static bool method_fits(const struct route *route, enum method method)
{
    return route->method == method || (route->method == METHOD_GET && method == METHOD_HEAD);
}

// The route for a path and method; or, where only the method is wrong, any route of that path (`*method_ok` false).
static const struct route *find(int listener, const struct request *request, struct str *value, bool *method_ok)
{
    const struct route *of_path = NULL;
    for (size_t i = 0; i < ROUTES; i++) {
        struct str found;
        if ((table[i].listeners & listener) == 0 || !path_fits(&table[i], request->path, &found)) {
            continue;
        }
        of_path = &table[i];
        *value = found;
        *method_ok = method_fits(of_path, request->method);
        if (*method_ok) {
            return of_path;
        }
    }
    return of_path;
}

// The media type that the client likes best, the first of several; NULL: it accepts none.
static const char *choose_media(const struct route *route, const struct request *request)
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

static void answer_not_acceptable(const struct route *route, const struct request *request, struct reply *reply)
{
    BUF_AUTO struct buf all;
    buf_init(&all, 256);
    for (const char *const *media = route->produces; *media != NULL; media++) {
        buf_add_text(&all, media == route->produces ? "" : ", ");
        buf_add_text(&all, *media);
    }
    problem_reply(reply, request, PROBLEM_NOT_ACCEPTABLE,
                  SAY(request, "This route answers %s.", "このパスの応答形式は %s です。"), buf_text(&all));
}

static void answer_options(const struct route *route, int listener, struct reply *reply)
{
    reply->status = 204;
    reply->preflight = reply->cors;
    routes_allow(route->path, listener, &reply->allow);
}

static void answer_wrong_method(const struct route *route, int listener, const struct request *request,
                                struct reply *reply)
{
    BUF_AUTO struct buf allow;
    buf_init(&allow, 256);
    routes_allow(route->path, listener, &allow);
    problem_reply(reply, request, PROBLEM_METHOD_NOT_ALLOWED,
                  SAY(request, "This route has %.*s.", "このパスで使えるのは %.*s です。"), (int)allow.n, allow.p);
    buf_add(&reply->allow, buf_str(&allow));
}

// --- operators ---------------------------------------------------------------

// `sent`: a bearer token came with the request. RFC 6750, section 3.1: without one the challenge names no error.
static void answer_unauthorized(const struct request *request, bool sent, struct reply *reply)
{
    problem_reply(reply, request, PROBLEM_UNAUTHORIZED, "%s",
                  sent ? SAY(request, "The token is not, or no longer, good.", "トークンが有効ではありません。")
                       : SAY(request, "Send an operator's token as Authorization: Bearer.",
                             "実施機関のトークンを Authorization: Bearer で送ってください。"));
    reply->authenticate = sent ? "Bearer realm=\"meibo\", error=\"invalid_token\"" : "Bearer realm=\"meibo\"";
}

// RFC 6750, section 2.1: the scheme in any case, one blank or more, the token.
static bool read_bearer(const struct request *request, struct str *token)
{
    struct str rest = request_header(request, "Authorization");
    if (rest.p == NULL) {
        return false;
    }
    struct str scheme = str_cut(&rest, ' ');
    *token = rest.p == NULL ? rest : str_trim(rest);
    return str_equal_nocase(scheme, STR("Bearer")) && token->n > 0;
}

static bool authorize(struct visit *visit, struct reply *reply)
{
    struct str token;
    struct fault fault = {{0}};
    if (!read_bearer(visit->request, &token)) {
        answer_unauthorized(visit->request, false, reply);
        return false;
    }
    enum err err = token_check(visit->api->intake, token, clock_tokyo_day(clock_now()), &visit->sender, &fault);
    if (err == ERR_DENIED) {
        answer_unauthorized(visit->request, true, reply);
    } else if (err != ERR_OK) {
        log_event(LOG_WARN, "token_check_failed", LOG_TEXT("request", visit->request->id),
                  LOG_TEXT("error", err_name(err)), LOG_TEXT("detail", fault.text));
        problem_reply_error(reply, visit->request, err);
    }
    return err == ERR_OK;
}

// --- entity tags -------------------------------------------------------------

static uint64_t digest_query(const struct visit *visit, const struct short_key *key, const char *but,
                             const char *but_also)
{
    BUF_AUTO struct buf canonical;
    buf_init(&canonical, TARGET_LONGEST * 2);
    params_canonical(visit->request, visit->route->parameters, but, but_also, &canonical);
    return digest_short(key, buf_str(&canonical));
}

static void set_tag(const struct visit *visit, struct reply *reply)
{
    const struct edition_head *head = edition_get_head(visit->edition);
    // Another media type is another representation.
    bool usual = visit->media == visit->route->produces[0];
    // With the instant: after a failover to a server that lagged, a number may come again with another content.
    (void)snprintf(reply->tag, sizeof reply->tag, "%lld-%llx-%d-%016llx%s%s", (long long)head->publication,
                   (unsigned long long)head->published_at, head->day,
                   (unsigned long long)digest_query(visit, &visit->api->tag_key, NULL, NULL), usual ? "" : "-",
                   usual ? "" : strchr(visit->media, '/') + 1);
}

// Whether the client has this very answer, plain or compressed. A faulty query must still get its problem.
static bool is_known(const struct visit *visit, struct reply *reply)
{
    char tag[TAG_LONGEST + 8];
    (void)snprintf(tag, sizeof tag, "\"%s-gz\"", reply->tag);
    reply->known_compressed = request_accepts_gzip(visit->request) && request_has_tag(visit->request, str_of(tag));
    (void)snprintf(tag, sizeof tag, "\"%s\"", reply->tag);
    return reply->known_compressed || request_has_tag(visit->request, str_of(tag));
}

// --- the way through ---------------------------------------------------------

static void run(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    faults_init(&faults, visit->request);
    // Pages are visited with whatever somebody put behind the ?, and take nothing from there.
    if ((visit->route->flags & ROUTE_UNLISTED) == 0) {
        params_check(visit->request, visit->route->parameters, &faults);
    }
    // A route with parameters checks their names together with their values, to report all faults at once.
    if (faults.count > 0 && visit->route->parameters[0] == NULL) {
        problem_reply_faults(reply, visit->request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    if ((visit->route->flags & ROUTE_TAGGED) != 0) {
        set_tag(visit, reply);
        if (faults.count == 0 && is_known(visit, reply)) {
            reply->status = 304;
            return;
        }
    }
    visit->query_digest = digest_query(visit, &visit->api->cursor_key, "limit", "cursor");
    visit->route->handle(visit, reply);
    // If-None-Match: * is about any answer there is, so it takes one to know; a problem is none.
    if (reply->tag[0] != '\0' && reply->status == 200 && request_has_any_tag(visit->request)) {
        buf_clear(&reply->body);
        reply->status = 304;
        reply->content_type = NULL;
    }
}

static void run_with_edition(struct visit *visit, struct reply *reply)
{
    visit->edition = gate_enter(visit->api->gate);
    if (visit->edition == NULL) {
        problem_reply_error(reply, visit->request, ERR_UNAVAILABLE);
        return;
    }
    run(visit, reply);
    gate_leave(visit->api->gate, visit->edition);
}

static void check_body(const struct visit *visit, struct reply *reply, bool *ok)
{
    *ok = true;
    if (visit->request->raw->body.n > (size_t)visit->api->settings->max_body_bytes) {
        problem_reply(reply, visit->request, PROBLEM_PAYLOAD_TOO_LARGE,
                      SAY(visit->request, "The body may have %lld bytes.", "本文は %lld バイトまでです。"),
                      (long long)visit->api->settings->max_body_bytes);
        *ok = false;
    } else if (visit->request->raw->body.n > 0 && (visit->route->flags & ROUTE_BODY) == 0) {
        problem_reply(reply, visit->request, PROBLEM_BAD_REQUEST, "%s",
                      SAY(visit->request, "This route takes no body.", "このパスではリクエスト本文を受け付けません。"));
        *ok = false;
    }
    reply->close = !*ok;
}

static void answer_route(struct visit *visit, struct reply *reply)
{
    bool ok;
    bool operator_only = (visit->route->flags & ROUTE_OPERATOR) != 0;
    check_body(visit, reply, &ok);
    if (!ok) {
        return;
    }
    visit->media = choose_media(visit->route, visit->request);
    if (visit->media == NULL) {
        answer_not_acceptable(visit->route, visit->request, reply);
        return;
    }
    if (operator_only && !authorize(visit, reply)) {
        return;
    }
    if ((visit->route->flags & ROUTE_EDITION) != 0) {
        run_with_edition(visit, reply);
    } else {
        run(visit, reply);
    }
    bool cachable = !operator_only && (visit->route->listeners & LISTENER_ADMIN) == 0 && reply->status < 400;
    reply->caching = cachable ? CACHING_PUBLIC : CACHING_NO_STORE;
    reply->cache_s = visit->api->settings->cache_s;
    reply->varies = cachable;
}

// A body that could not be built (no memory, or longer than a reply may be) is not sent in part.
static void check_whole(const struct visit *visit, struct reply *reply)
{
    if (buf_failed(&reply->body) || buf_failed(&reply->link)) {
        log_event(LOG_ERROR, "reply_failed", LOG_TEXT("request", visit->request->id),
                  LOG_TEXT("route", visit->route->path));
        // What was stored is stored: only the answer is lost.
        problem_reply_error(reply, visit->request, reply->status == 201 ? ERR_UNCERTAIN : ERR_INTERNAL);
    }
}

// Operators' routes are never readable by pages of other origins, also where the listener does not have them.
static bool is_operators(const struct request *request)
{
    bool method_ok;
    struct str value;
    const struct route *route = find(LISTENER_OPERATOR, request, &value, &method_ok);
    return route != NULL && (route->flags & ROUTE_OPERATOR) != 0;
}

void api_answer(struct api *api, int listener, const struct request *request, struct reply *reply,
                const char **route_path)
{
    bool method_ok = false;
    struct str value = {NULL, 0};
    const struct route *route = find(listener, request, &value, &method_ok);
    *route_path = route == NULL ? "" : route->path;
    reply->cors = (listener & LISTENER_ADMIN) == 0 && !is_operators(request);
    if (route == NULL) {
        problem_reply(reply, request, PROBLEM_NOT_FOUND, "%s",
                      SAY(request, "There is no such route; /v1 lists them.",
                          "そのようなパスはありません（/v1 に一覧があります）。"));
        return;
    }
    if (request->method == METHOD_OPTIONS) {
        answer_options(route, listener, reply);
        return;
    }
    if (!method_ok) {
        answer_wrong_method(route, listener, request, reply);
        return;
    }
    struct request with_value = *request;
    with_value.path_value = value;
    struct visit visit = {.api = api, .request = &with_value, .route = route};
    answer_route(&visit, reply);
    check_whole(&visit, reply);
}

void api_refuse(const struct request *request, enum request_fault fault, const char *why, struct reply *reply)
{
    reply->cors = true;
    if (fault == REQUEST_TOO_LONG) {
        problem_reply(reply, request, PROBLEM_URI_TOO_LONG,
                      SAY(request, "The request target may have %d bytes.", "リクエスト URI は %d バイトまでです。"),
                      TARGET_LONGEST);
    } else {
        problem_reply(reply, request, PROBLEM_BAD_REQUEST,
                      SAY(request, "The request is malformed: %s.", "リクエストの形式が正しくありません：%s。"), why);
    }
    reply->close = true;
}
