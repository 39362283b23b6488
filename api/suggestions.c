// GET /v1/suggestions: what the register holds that a word being typed may become.
#include "api/params.h"
#include "api/resources.h"

const char *const suggestions_parameters[] = {"q", "limit", NULL};

enum { SUGGESTIONS_USUAL = 10 };

static void read_query(const struct request *request, struct str *text, uint32_t *limit, struct faults *faults)
{
    bool sent = false;
    params_check(request, suggestions_parameters, faults);
    for (size_t i = 0; i < request->parameter_count; i++) {
        sent = sent || str_equal(request->parameters[i].name, STR("q"));
    }
    if (!sent) {
        faults_parameter(
            faults, STR("q"), "%s",
            SAY(faults, "is missing: the text to complete", "必須です。補完する文字列を指定してください。"));
    }
    *text = params_text(request, "q", faults);
    params_limit(request, SUGGESTIONS_USUAL, OFFERS_MOST, limit, faults);
}

void handle_suggestions(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    struct offer offers[OFFERS_MOST];
    size_t count = 0;
    struct str text;
    uint32_t limit;
    faults_init(&faults, visit->request);
    read_query(visit->request, &text, &limit, &faults);
    if (faults.count > 0) {
        problem_reply_faults(reply, visit->request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    enum err err = query_suggest(visit->edition, text, limit, offers, &count);
    if (err != ERR_OK) {
        problem_reply_error(reply, visit->request, err);
        return;
    }
    answer_begin(visit, reply);
    answer_write_offers("items", offers, count, &reply->body);
    buf_add_char(&reply->body, '}');
}
