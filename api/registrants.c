// GET /v1/registrants and /v1/registrants/{number}
#include <stdlib.h>

#include "api/page_out.h"
#include "api/resources.h"
#include "base/json_out.h"

static void free_facets(struct facet_counts **facets)
{
    free(*facets);
    *facets = NULL;
}

// Nothing found is not the end: what there is beside it.
static enum err find_near(struct found *found)
{
    if (found->page.total > 0 || !found->page.matched) {
        return ERR_OK;
    }
    return query_near(found->visit->edition, &found->search->query, found->near, &found->near_count);
}

static void write_found(const struct found *found, struct reply *reply)
{
    switch (found->search->format) {
    case FORMAT_JSON:
        page_write_json(found, reply);
        break;
    case FORMAT_CSV:
        page_write_csv(found, reply);
        break;
    case FORMAT_NDJSON:
        page_write_ndjson(found, reply);
        break;
    }
}

static enum err find_and_write(const struct visit *visit, const struct search *search, struct reply *reply)
{
    __attribute__((cleanup(free_facets))) struct facet_counts *facets = NULL;
    struct found found;
    if (search->query.facets != 0) {
        facets = malloc(FACET_COUNT * sizeof facets[0]);
        if (facets == NULL) {
            return ERR_MEMORY;
        }
    }
    found.visit = visit;
    found.search = search;
    found.facets = facets;
    found.near_count = 0;
    enum err err = query_people(visit->edition, &search->query, &found.page, facets);
    if (err == ERR_OK) {
        err = find_near(&found);
    }
    if (err == ERR_OK) {
        write_found(&found, reply);
    }
    return err;
}

void handle_registrants(struct visit *visit, struct reply *reply)
{
    FAULTS_AUTO struct faults faults;
    struct search search;
    faults_init(&faults, visit->request);
    params_check(visit->request, registrants_parameters, &faults);
    search_read(visit, &search, &faults);
    if (faults.count > 0) {
        problem_reply_faults(reply, visit->request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    enum err err = find_and_write(visit, &search, reply);
    if (err != ERR_OK) {
        problem_reply_error(reply, visit->request, err);
    }
}

void handle_registrant(struct visit *visit, struct reply *reply)
{
    const struct request *request = visit->request;
    number_t number;
    if (!number_parse(request->path_value, &number)) {
        FAULTS_AUTO struct faults faults;
        faults_init(&faults, request);
        faults_parameter(&faults, STR("number"), "%s",
                         SAY(request, "is not a registration number: 1 to 7 digits, at least 1",
                             "登録番号ではありません（1〜7桁の数字、1以上）。"));
        problem_reply_faults(reply, request, PROBLEM_INVALID_PARAMETER, &faults);
        return;
    }
    uint32_t row = edition_find(visit->edition, number);
    if (row == ROW_NONE) {
        problem_reply(
            reply, request, PROBLEM_NOT_FOUND,
            SAY(request, "The registration number %06u was never issued.", "登録番号 %06u は発行されていません。"),
            number);
        return;
    }
    answer_begin(visit, reply);
    json_name(&reply->body, "registrant");
    edition_write_registrant(visit->edition, row, &reply->body);
    buf_add_char(&reply->body, '}');
}
