// The way of a request: route, method, body, Accept, who may, then the handler; and what holds for every answer.
#include "api/gzip_cache.h"
#include "api/params.h"
#include "api/tag.h"
#include "base/log.h"

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

// --- the way through ---------------------------------------------------------

static void handle(struct visit *visit, struct reply *reply)
{
    visit->query_digest = tag_of_walk(visit);
    reply_reserve(reply);
    visit->route->handle(visit, reply);
    reply_learn(reply);
}

static void run(struct visit *visit, struct reply *reply)
{
    bool is_kept = false;
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
        tag_set(visit, reply);
        // A faulty query must get its problem.
        if (faults.count == 0 && tag_is_known(visit, reply)) {
            reply->status = 304;
            return;
        }
        is_kept =
            faults.count == 0 && request_accepts_gzip(visit->request) && gzip_cache_get(visit->api->gzip_cache, reply);
    }
    if (!is_kept) {
        handle(visit, reply);
    }
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

// Compresses what the next one may ask for too, outside of the gate, and keeps it.
static void keep(const struct visit *visit, struct reply *reply)
{
    if ((visit->route->flags & ROUTE_TAGGED) != 0 && reply->status == 200 && !reply->compressed) {
        reply_compress(reply, visit->request);
        gzip_cache_put(visit->api->gzip_cache, reply);
    }
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
    visit->media = routes_choose_media(visit->route, visit->request);
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
    keep(visit, reply);
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

const struct route *api_answer(struct api *api, int listener, struct request *request, struct reply *reply)
{
    struct route_found found = routes_find(listener, request);
    reply->cors = (listener & LISTENER_ADMIN) == 0 && !found.is_operators;
    request->path_value = found.value;
    if (found.route == NULL) {
        problem_reply(reply, request, PROBLEM_NOT_FOUND, "%s",
                      SAY(request, "There is no such route; /v1 lists them.",
                          "そのようなパスはありません（/v1 に一覧があります）。"));
    } else if (request->method == METHOD_OPTIONS) {
        answer_options(found.route, listener, reply);
    } else if (!found.method_ok) {
        answer_wrong_method(found.route, listener, request, reply);
    } else {
        struct visit visit = {.api = api, .request = request, .route = found.route};
        answer_route(&visit, reply);
        check_whole(&visit, reply);
    }
    return found.route;
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
