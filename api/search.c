// Reading the parameters of a search: see search.h.
#include "api/search.h"

#include <string.h>

#include "api/resources.h"

const char *const registrants_parameters[] = {"number",
                                              "q",
                                              "name",
                                              "kana",
                                              "employer",
                                              "match",
                                              "skill",
                                              "specialty",
                                              "qualification",
                                              "home",
                                              "employer_place",
                                              "status",
                                              "course",
                                              "kind",
                                              "completed_from",
                                              "completed_to",
                                              "registered_from",
                                              "registered_to",
                                              "expires_from",
                                              "expires_to",
                                              "exam_from",
                                              "exam_to",
                                              "renewal_count_from",
                                              "renewal_count_to",
                                              "has_email",
                                              "name_public",
                                              "sort",
                                              "facets",
                                              "fields",
                                              "limit",
                                              "cursor",
                                              NULL};

const char *const registrant_fields[] = {
    "number",        "status",         "status_on",       "registered_on",    "renewed_on",
    "renewal_count", "expires_on",     "suspended_until", "exam_passed",      "name",
    "kana",          "other_name",     "birth_month",     "exam_certificate", "home",
    "employer",      "employer_place", "profile",         "completions",      NULL};

_Static_assert(sizeof registrant_fields / sizeof registrant_fields[0] == REGISTRANT_FIELDS + 1,
               "REGISTRANT_FIELDS counts the names");

enum { LIMIT_USUAL = 20, LIMIT_MOST = 200, ROWS_LIMIT_MOST = QUERY_LIMIT_MOST };

// --- words -----------------------------------------------------------------------------------------------------------

// Unicode's separators (Zs, Zl, Zp), and commas.
static bool parts_words(uint32_t c)
{
    switch (c) {
    case ' ':
    case 0xa0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
    case ',':
    case 0x3001: // 、
    case 0xff0c: // ，
    case 0xff64: // ､
        return true;
    default:
        return c >= 0x2000 && c <= 0x200a;
    }
}

// The word at the beginning of *rest, which moves behind it and what parts it from the next.
static struct str cut_word(struct str *rest)
{
    size_t end = 0;
    size_t next = 0;
    while (next < rest->n) {
        size_t at = next;
        if (parts_words(str_next_char(*rest, &next))) {
            end = at;
            break;
        }
        end = next;
    }
    struct str word = {rest->p, end};
    *rest = (struct str){rest->p + next, rest->n - next};
    return word;
}

static void read_words(const struct request *request, struct query *query, struct faults *faults)
{
    struct str rest = params_text(request, "q", faults);
    if (rest.p == NULL) {
        return;
    }
    while (rest.n > 0) {
        struct str word = cut_word(&rest);
        if (word.n == 0 || params_folds_to_nothing(word)) {
            continue;
        }
        if (query->word_count == QUERY_WORDS_MOST) {
            faults_parameter(faults, STR("q"), SAY(faults, "has more than %d words", "語は %d 個までです。"),
                             QUERY_WORDS_MOST);
            return;
        }
        query->words[query->word_count++] = word;
    }
    if (query->word_count == 0) {
        faults_parameter(
            faults, STR("q"), "%s",
            SAY(faults, "holds nothing to search for but blanks and commas", "空白と読点以外の文字がありません。"));
    }
}

static bool is_given(const struct request *request, const char *name)
{
    return params_get(request, name).p != NULL;
}

static void read_match(const struct request *request, struct query *query, struct faults *faults)
{
    static const char *const names[] = {"exact", "prefix", "contains", NULL};
    static const enum extent extents[] = {EXTENT_WHOLE, EXTENT_BEGINS, EXTENT_HOLDS};
    struct str text = params_get(request, "match");
    query->widest = EXTENT_HOLDS;
    if (text.p == NULL) {
        return;
    }
    int chosen = params_choose("match", text, names, faults);
    query->widest = chosen < 0 ? EXTENT_HOLDS : extents[chosen];
    if (!is_given(request, "name") && !is_given(request, "kana") && !is_given(request, "employer")) {
        faults_parameter(faults, STR("match"), "%s",
                         SAY(faults, "says how name, kana or employer match; give at least one of them with it",
                             "name, kana, employer の照合方法です。そのいずれかと一緒に指定してください。"));
    }
}

static void read_texts(const struct request *request, struct query *query, struct faults *faults)
{
    read_words(request, query, faults);
    query->name = params_text(request, "name", faults);
    query->kana = params_text(request, "kana", faults);
    query->employer = params_text(request, "employer", faults);
    read_match(request, query, faults);
}

// --- skill, specialty, qualification: entries may hold commas, so a backslash says which do not part them -----------

// The entry at the beginning of *rest (which ends with p == NULL), copied without its backslashes; whether each of them
// stood before a comma or another one.
static bool cut_term(struct str *rest, struct search *search, struct str *term)
{
    bool sound = true;
    size_t at = 0;
    *term = (struct str){search->terms + search->terms_used, 0};
    while (at < rest->n && rest->p[at] != ',') {
        if (rest->p[at] == '\\') {
            at++;
            sound = sound && at < rest->n && (rest->p[at] == ',' || rest->p[at] == '\\');
        }
        if (at < rest->n) {
            search->terms[search->terms_used++] = rest->p[at++];
            term->n++;
        }
    }
    *rest = at < rest->n ? (struct str){rest->p + at + 1, rest->n - at - 1} : (struct str){NULL, 0};
    return sound;
}

static void read_terms(const struct request *request, const char *name, struct search *search,
                       struct term_condition *condition, struct faults *faults)
{
    size_t count = 0;
    for (struct str rest = params_get(request, name); rest.p != NULL; count++) {
        struct str term;
        bool sound = cut_term(&rest, search, &term);
        if (count >= QUERY_TERMS_MOST) {
            continue;
        }
        if (!sound) {
            faults_parameter(faults, str_of(name), "%s",
                             SAY(faults,
                                 "has a backslash that stands before neither a comma (\\,) nor a backslash (\\\\)",
                                 "バックスラッシュはカンマ（\\,）かバックスラッシュ（\\\\）の前にだけ書けます。"));
        } else if (params_check_text(name, term, faults)) {
            condition->texts[condition->n++] = term;
        }
    }
    params_check_count(name, count, QUERY_TERMS_MOST, faults);
}

// --- order, facets, fields, page -------------------------------------------------------------------------------------

static bool has_text(const struct request *request)
{
    return is_given(request, "q") || is_given(request, "name") || is_given(request, "kana") ||
           is_given(request, "employer");
}

static void read_sort(const struct request *request, struct query *query, struct faults *faults)
{
    static const char *const names[SORT_COUNT + 1] = {
        [SORT_RELEVANCE] = "relevance",
        [SORT_NUMBER] = "number",
        [SORT_KANA] = "kana",
        [SORT_REGISTERED_ON] = "registered_on",
        [SORT_EXPIRES_ON] = "expires_on",
        [SORT_LAST_COMPLETED_ON] = "last_completed_on",
    };
    struct str text = params_get(request, "sort");
    query->sort = has_text(request) ? SORT_RELEVANCE : SORT_NUMBER;
    if (text.p == NULL) {
        return;
    }
    query->descending = text.p[0] == '-';
    struct str word = query->descending ? (struct str){text.p + 1, text.n - 1} : text;
    int chosen = params_choose("sort", word, names, faults);
    query->sort = chosen < 0 ? SORT_NUMBER : (enum sort_key)chosen;
    if (chosen == SORT_RELEVANCE && query->descending) {
        faults_parameter(faults, STR("sort"), "%s",
                         SAY(faults, "relevance has no reverse order; leave the - out",
                             "relevance に逆順はありません。- を外してください。"));
    }
}

static void read_facets(const struct request *request, struct search *search, struct faults *faults)
{
    const char *names[FACET_COUNT + 1] = {NULL};
    for (int i = 0; i < FACET_COUNT; i++) {
        names[i] = facet_name((enum facet)i);
    }
    params_choices(request, "facets", names, &search->query.facets, faults);
    if (search->format == FORMAT_CSV && is_given(request, "facets")) {
        faults_parameter(faults, STR("facets"), "%s",
                         SAY(faults, "has no place in text/csv; ask for application/json or application/x-ndjson",
                             "text/csv では返せません。application/json か application/x-ndjson を使ってください。"));
    }
}

static enum page_format format_of(const struct visit *visit)
{
    return strcmp(visit->media, MEDIA_CSV) == 0      ? FORMAT_CSV
           : strcmp(visit->media, MEDIA_NDJSON) == 0 ? FORMAT_NDJSON
                                                     : FORMAT_JSON;
}

static void read_cursor(const struct visit *visit, struct search *search, struct faults *faults)
{
    bool given;
    const struct cursor *cursor = &search->cursor;
    if (answer_read_cursor(visit, &search->cursor, &given, faults) && given) {
        search->query.after = (struct position){true, cursor->number, cursor->value, cursor_text(cursor)};
    }
}

static void read_page(const struct visit *visit, struct search *search, struct faults *faults)
{
    uint32_t most = search->format == FORMAT_JSON ? LIMIT_MOST : ROWS_LIMIT_MOST;
    read_sort(visit->request, &search->query, faults);
    read_facets(visit->request, search, faults);
    params_choices(visit->request, "fields", registrant_fields, &search->fields, faults);
    params_limit(visit->request, LIMIT_USUAL, most, &search->query.limit, faults);
    read_cursor(visit, search, faults);
}

static void read_filters(const struct visit *visit, struct search *search, struct faults *faults)
{
    const struct request *request = visit->request;
    struct query *query = &search->query;
    read_terms(request, "skill", search, &query->skill, faults);
    read_terms(request, "specialty", search, &query->specialty, faults);
    read_terms(request, "qualification", search, &query->qualification, faults);
    params_places(request, "home", query->homes, faults);
    params_places(request, "employer_place", query->employer_places, faults);
    params_statuses(request, &query->statuses, faults);
    params_done(request, visit->edition, false, &search->done, faults);
    query->done = search->done.condition;
    params_range(request, "registered_from", "registered_to", &query->registered, faults);
    params_range(request, "expires_from", "expires_to", &query->expires, faults);
    params_months(request, "exam_from", "exam_to", &query->exam, faults);
    params_counts(request, "renewal_count_from", "renewal_count_to", &query->renewals, faults);
    params_triple(request, "has_email", &query->has_email, faults);
    params_triple(request, "name_public", &query->name_public, faults);
}

void search_read(const struct visit *visit, struct search *search, struct faults *faults)
{
    search->query = (struct query){0};
    search->format = format_of(visit);
    search->terms_used = 0;
    params_numbers(visit->request, search->query.numbers, &search->query.number_count, faults);
    read_texts(visit->request, &search->query, faults);
    read_filters(visit, search, faults);
    read_page(visit, search, faults);
}
