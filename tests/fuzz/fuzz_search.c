// Fuzzes the way of a request: the input is the head of one, "[METHOD ]TARGET", then "Name: value" lines. It is parsed
// strictly, answered from a small edition, and the answer must be what it says it is. What was asked for, if it was
// well asked, is then held against the obvious implementation of the rules in edition/query.h, page by page.
#include "tests/fuzz/replies.h"
#include "tests/fuzz/searches.h"

#include "api/resources.h"
#include "api/search.h"

static const struct settings settings = {
    .max_body_bytes = 1024, .cache_s = 5, .source = "", .terms = "https://example.jp/terms", .report_error = ""};
static struct api api = {.settings = &settings, .cursor_key = {"0123456789abcde"}, .tag_key = {"edcba9876543210"}};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(digest_setup(NULL) == ERR_OK);
    must(gate_new(&api.gate, NULL) == ERR_OK);
    struct edition *built = build_fuzz_edition();
    edition = built;
    gate_replace(api.gate, &built);
    room_open(&obvious_room, OBVIOUS_BYTES);
    return 0;
}

static bool needs_a_watcher(const struct request *request)
{
    return str_starts_with(request->path, STR("/v1/reflection"));
}

static void answer(struct request *request, struct reply *reply)
{
    reply_init(reply);
    (void)api_answer(&api, LISTENER_PUBLIC, request, reply);
    check_reply(reply);
}

// --- the next page, as the answer names it ---------------------------------------------------------------------------

static void check_next_page(const json_t *before, const json_t *after)
{
    must(json_equal(json_object_get(before, "total"), json_object_get(after, "total")));
    const json_t *items = json_object_get(before, "items");
    const json_t *more = json_object_get(after, "items");
    must(json_array_size(more) > 0 || !json_is_array(more));
    for (size_t i = 0; i < json_array_size(items); i++) {
        for (size_t k = 0; k < json_array_size(more); k++) {
            must(!json_equal(json_array_get(items, i), json_array_get(more, k)));
        }
    }
}

static bool is_plain_json(const struct reply *reply)
{
    return reply->status == 200 && !reply->compressed && str_equal(str_of(reply->content_type), STR(MEDIA_JSON));
}

static void follow(const struct raw_request *raw, const json_t *page)
{
    const json_t *next = json_object_get(page, "next");
    struct str target = {json_string_value(next), json_string_length(next)};
    struct raw_request again = *raw;
    struct request request;
    struct reply reply;
    const char *why;
    if (next == NULL || target.n > TARGET_LONGEST) {
        return;
    }
    check_header(target);
    again.target = target;
    must(request_parse(&request, &again, &why) == REQUEST_OK);
    answer(&request, &reply);
    if (is_plain_json(&reply)) {
        json_t *json = json_of(buf_str(&reply.body));
        check_next_page(page, json);
        json_decref(json);
    }
    must(reply.status == 200 || reply.status == 304);
    reply_fini(&reply);
    request_fini(&request);
}

// Whether this request asks for people by text.
static bool asks_by_text(const struct request *request)
{
    static const char *const names[] = {"q", "name", "kana", "employer"};
    bool asks = false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        asks = asks || params_get(request, names[i]).p != NULL;
    }
    return asks && str_equal(request->path, STR("/v1/registrants"));
}

// Every person found by text says by which.
static void check_matches(const json_t *page, bool by_text)
{
    const json_t *items = json_object_get(page, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *match = json_object_get(json_array_get(items, i), "match");
        must((match != NULL) == by_text);
        must(!by_text || json_is_string(json_object_get(match, "field")));
        must(!by_text || json_is_string(json_object_get(match, "tier")));
    }
}

static void check_answer(struct request *request)
{
    struct reply reply;
    answer(request, &reply);
    if (is_plain_json(&reply)) {
        json_t *json = json_of(buf_str(&reply.body));
        check_matches(json, asks_by_text(request));
        follow(request->raw, json);
        json_decref(json);
    }
    reply_fini(&reply);
}

// --- the search itself ----------------------------------------------------------------------------------------------

static void check_search(const struct request *request)
{
    static struct search search;
    FAULTS_AUTO struct faults faults;
    struct visit visit = {.api = &api, .request = request, .media = MEDIA_JSON, .edition = edition, .query_digest = 5};
    faults_init(&faults, request);
    params_check(request, registrants_parameters, &faults);
    search_read(&visit, &search, &faults);
    must(!buf_failed(&faults.json) && str_is_utf8(buf_str(&faults.json)));
    if (faults.count == 0) {
        check_query(&search.query);
    }
}

// --- the request -----------------------------------------------------------------------------------------------------

// Views into the input; HEADERS_MOST and more of them.
struct head {
    struct raw_request raw;
    struct header headers[HEADERS_MOST + 8];
};

static struct str cut_line(struct str *rest)
{
    struct str line = rest->p == NULL ? STR("") : str_cut(rest, '\n');
    return line;
}

static void read_head(struct str input, struct head *head)
{
    struct str rest = input;
    struct str target = cut_line(&rest);
    struct str method = STR("GET");
    if (target.n > 0 && target.p[0] >= 'A' && target.p[0] <= 'Z') {
        method = str_cut(&target, ' ');
        target = target.p == NULL ? STR("") : target;
    }
    head->raw = (struct raw_request){.method = method, .target = target, .version = STR("HTTP/1.1")};
    head->headers[head->raw.header_count++] = (struct header){STR("Host"), STR("example.jp")};
    while (rest.p != NULL && head->raw.header_count < HEADERS_MOST + 8) {
        struct str value = cut_line(&rest);
        struct str name = str_cut(&value, ':');
        head->headers[head->raw.header_count++] = (struct header){name, value.p == NULL ? STR("") : str_trim(value)};
    }
    head->raw.headers = head->headers;
}

static void check_parsed(const struct request *request)
{
    must(str_is_utf8(request->path) && !str_has_control(request->path) && request->path.p[0] == '/');
    must(request->parameter_count <= PARAMETERS_MOST);
    for (size_t i = 0; i < request->parameter_count; i++) {
        const struct parameter *one = &request->parameters[i];
        must(one->name.n > 0 && str_is_utf8(one->name) && !str_has_control(one->name));
        must(str_is_utf8(one->value) && !str_has_control(one->value));
        must(one->fault == TEXT_OK || one->value.n == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct head head;
    struct request request;
    const char *why = NULL;
    read_head((struct str){(const char *)data, size}, &head);
    enum request_fault fault = request_parse(&request, &head.raw, &why);
    if (fault != REQUEST_OK) {
        struct reply reply;
        reply_init(&reply);
        must(why != NULL || fault == REQUEST_TOO_LONG);
        api_refuse(&request, fault, why, &reply);
        check_reply(&reply);
        reply_fini(&reply);
    } else {
        check_parsed(&request);
        if (!needs_a_watcher(&request)) {
            check_answer(&request);
        }
        if (str_equal(request.path, STR("/v1/registrants"))) {
            check_search(&request);
        }
    }
    request_fini(&request);
    return 0;
}
