// What is served as it is: the contract, the pages about problems, the search page.
#include <string.h>

#include "api/asset.h"
#include "api/resources.h"
#include "api/tag.h"

static void send_asset(struct visit *visit, struct str name, const char *type, struct reply *reply)
{
    const struct asset_form *form = asset_find(name);
    if (form == NULL) {
        problem_reply(reply, visit->request, PROBLEM_NOT_FOUND, "%s",
                      SAY(visit->request, "There is nothing here.", "ここには何もありません。"));
        return;
    }
    memcpy(reply->tag, form->tag, sizeof form->tag);
    if (tag_is_known(visit, reply)) {
        reply->status = 304;
        return;
    }
    reply->content_type = type;
    reply->compressed = form->gzip.p != NULL && request_accepts_gzip(visit->request);
    buf_add(&reply->body, reply->compressed ? form->gzip : form->plain);
}

void handle_openapi_yaml(struct visit *visit, struct reply *reply)
{
    send_asset(visit, STR("openapi.yaml"), "application/yaml", reply);
}

void handle_openapi_json(struct visit *visit, struct reply *reply)
{
    send_asset(visit, STR("openapi.json"), "application/json", reply);
}

void handle_problem_page(struct visit *visit, struct reply *reply)
{
    enum problem problem = problem_of_slug(visit->request->path_value);
    if (problem == PROBLEM_COUNT) {
        problem_reply(reply, visit->request, PROBLEM_NOT_FOUND, "%s",
                      SAY(visit->request, "There is no such kind of problem.", "そのような種類のエラーはありません。"));
        return;
    }
    reply->content_type = "text/html; charset=utf-8";
    problem_page(problem, &reply->body);
}

void handle_web_page(struct visit *visit, struct reply *reply)
{
    send_asset(visit, STR("index.html"), "text/html; charset=utf-8", reply);
}

void handle_web_asset(struct visit *visit, struct reply *reply)
{
    static const struct {
        const char *suffix;
        const char *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}};
    struct str name = visit->request->path_value;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t n = strlen(types[i].suffix);
        if (name.n > n && memcmp(name.p + name.n - n, types[i].suffix, n) == 0) {
            send_asset(visit, name, types[i].type, reply);
            return;
        }
    }
    send_asset(visit, STR(""), NULL, reply);
}
