// Reads the table of searches made by hand, tests/data/search: the people, as a real edition, and the pairs. Whatever
// is wrong with a line is complained of with its place, and fails the test.
#ifndef MEIBO_TESTS_PAIRS_TABLE_H
#define MEIBO_TESTS_PAIRS_TABLE_H

#include "tests/unit/edition/tsv.h"

#include "edition/builder.h"
#include "edition/query.h"

#define PEOPLE_PATH "tests/data/search/people.tsv"
#define PAIRS_PATH "tests/data/search/pairs.tsv"
#define TODAY "2026-06-15"

enum {
    PEOPLE_MOST = QUERY_LIMIT_MOST, // so that one page shows everybody
    PAIRS_MOST = 5000,
    PAIRS_LEAST = 300, // a table cut short fails
    LIST_MOST = 10,
};

enum parameter { PARAMETER_Q, PARAMETER_NAME, PARAMETER_KANA, PARAMETER_EMPLOYER, PARAMETER_COUNT };
static const char *const parameter_names[PARAMETER_COUNT] = {"q", "name", "kana", "employer"};
static const char *const extent_names[EXTENT_COUNT] = {"match=exact", "match=prefix", ""};

struct person {
    number_t number;
    int line;
    struct str label; // the name shown, else kana, else other name; empty if nothing is public
    bool asked;       // a pair is about this person
};

struct pair {
    int line;
    enum parameter parameter;
    enum extent widest;
    struct str text;
    number_t number;
    bool found;
    struct match match; // if found
};

struct people {
    struct person all[PEOPLE_MOST];
    size_t n;
};

struct pairs {
    struct pair all[PAIRS_MOST];
    size_t n;
};

// --- people ------------------------------------------------------------------

enum person_column {
    COLUMN_NUMBER,
    COLUMN_NAME,
    COLUMN_KANA,
    COLUMN_OTHER_NAME,
    COLUMN_EMPLOYER,
    COLUMN_HOME,
    COLUMN_EMPLOYER_PLACE,
    COLUMN_SPECIALTIES,
    COLUMN_SKILLS,
    COLUMN_QUALIFICATIONS,
    COLUMN_STATUS,
};

static inline day_t day(const char *text)
{
    day_t day = DAY_NONE;
    assert_true(day_parse(str_of(text), &day));
    return day;
}

static inline struct registrant plain_person(void)
{
    return (struct registrant){
        .registered_on = day("2024-04-01"),
        .renewed_on = DAY_NONE,
        .expires_on = day("2027-03-31"),
        .exam_passed = MONTH_NONE,
        .status_on = day("2024-04-01"),
        .suspended_until = DAY_NONE,
        .birth_month = MONTH_NONE,
    };
}

// The entry at the beginning of *rest, which moves behind it and its separator.
static inline struct str cut_entry(struct str *rest)
{
    static const struct str separator = {"；", sizeof "；" - 1};
    const char *at = memmem(rest->p, rest->n, separator.p, separator.n);
    struct str entry = {rest->p, at == NULL ? rest->n : (size_t)(at - rest->p)};
    size_t used = entry.n + separator.n;
    *rest = at == NULL ? (struct str){NULL, 0} : (struct str){rest->p + used, rest->n - used};
    return entry;
}

static inline const char *read_list(struct str cell, struct str items[LIST_MOST], struct text_list *list)
{
    *list = (struct text_list){items, 0};
    while (cell.p != NULL) {
        if (list->n == LIST_MOST) {
            return "has too many entries in one cell";
        }
        items[list->n] = cut_entry(&cell);
        if (items[list->n++].n == 0) {
            return "has an empty entry in a cell";
        }
    }
    return NULL;
}

static inline bool read_status(struct str cell, struct registrant *r)
{
    if (cell.p == NULL) {
        return true;
    }
    if (!status_parse(cell, &r->status)) {
        return false;
    }
    if (r->status == STATUS_LAPSED) { // never stored: follows from the limit
        r->status = STATUS_REGISTERED;
        r->expires_on = day("2026-03-31");
    }
    return true;
}

static inline bool read_place(struct str cell, int *place)
{
    return cell.p == NULL || place_parse(cell, place);
}

struct lists {
    struct str specialties[LIST_MOST], skills[LIST_MOST], qualifications[LIST_MOST];
};

static inline const char *read_lists(const struct line *line, struct lists *lists, struct registrant *r)
{
    const char *specialties = read_list(line->cells[COLUMN_SPECIALTIES], lists->specialties, &r->specialties);
    const char *skills = read_list(line->cells[COLUMN_SKILLS], lists->skills, &r->skills);
    const char *others = read_list(line->cells[COLUMN_QUALIFICATIONS], lists->qualifications, &r->qualifications);
    const char *first = skills == NULL ? others : skills;
    return specialties == NULL ? first : specialties;
}

// `lists` must outlive `r`. What is wrong, NULL if nothing.
static inline const char *read_person(const struct line *line, struct lists *lists, struct registrant *r)
{
    *r = plain_person();
    if (line->cells[COLUMN_NUMBER].p == NULL || !number_parse(line->cells[COLUMN_NUMBER], &r->number)) {
        return "does not begin with a registration number";
    }
    r->name = line->cells[COLUMN_NAME];
    r->kana = line->cells[COLUMN_KANA];
    r->other_name = line->cells[COLUMN_OTHER_NAME];
    r->employer = line->cells[COLUMN_EMPLOYER];
    if (!read_place(line->cells[COLUMN_HOME], &r->home) ||
        !read_place(line->cells[COLUMN_EMPLOYER_PLACE], &r->employer_place)) {
        return "names a place that is neither 01 to 47 nor 99";
    }
    if (!read_status(line->cells[COLUMN_STATUS], r)) {
        return "names an unknown status";
    }
    return read_lists(line, lists, r);
}

static inline struct str label_of(const struct registrant *r)
{
    struct str kana_or_other = r->kana.p != NULL ? r->kana : r->other_name;
    return r->name.p != NULL ? r->name : kana_or_other;
}

static inline void add_person(struct builder *builder, struct people *people, const struct registrant *r, int line)
{
    struct fault fault = {""};
    if (people->n == PEOPLE_MOST || builder_add_registrant(builder, r, DAY_NONE, &fault) != ERR_OK) {
        fail_msg("%s:%d: %u cannot be added: numbers ascend, and there are at most %d people: %s", PEOPLE_PATH, line,
                 r->number, PEOPLE_MOST, fault.text);
    }
    people->all[people->n++] = (struct person){r->number, line, label_of(r), false};
}

static inline struct edition *build_people(struct table table, struct people *people)
{
    struct fault fault = {""};
    struct builder *builder = NULL;
    struct edition *edition = NULL;
    assert_int_equal(builder_new((struct edition_head){7, 1000000, day(TODAY)}, &builder, &fault), ERR_OK);
    for (struct str text; next_line(&table, &text);) {
        struct line line;
        struct registrant r;
        struct lists lists;
        const char *wrong = read_line(&table, text, &line);
        wrong = wrong == NULL ? read_person(&line, &lists, &r) : wrong;
        if (wrong == NULL) {
            add_person(builder, people, &r, line.number);
        } else {
            complain(PEOPLE_PATH, line.number, "%s", wrong);
        }
    }
    assert_int_equal(builder_finish(&builder, &edition, &fault), ERR_OK);
    return edition;
}

// --- pairs -------------------------------------------------------------------

enum pair_column { COLUMN_PARAMETER, COLUMN_TEXT, COLUMN_REGISTRANT, COLUMN_EXPECTED, COLUMN_MATCH, PAIR_COLUMNS };

// The index of the name, -1 if it is none of them.
static inline int find_name(struct str text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(text, str_of(names[i]))) {
            return i;
        }
    }
    return -1;
}

static inline bool read_expected(struct str cell, struct pair *pair)
{
    pair->found = !str_equal(cell, STR("no"));
    if (!pair->found) {
        return true;
    }
    struct str tier = cell;
    struct str field = cell.p == NULL ? cell : str_cut(&tier, ' ');
    int f = 0;
    int t = 0;
    for (; f < MATCH_FIELD_COUNT && !str_equal(field, str_of(match_field_name((enum match_field)f))); f++) {
    }
    for (; t < TIER_COUNT && !str_equal(tier, str_of(tier_name((enum tier)t))); t++) {
    }
    pair->match = (struct match){(enum match_field)f, (enum tier)t};
    return f < MATCH_FIELD_COUNT && t < TIER_COUNT;
}

static inline struct person *find_person(struct people *people, number_t number)
{
    for (size_t i = 0; i < people->n; i++) {
        if (people->all[i].number == number) {
            return &people->all[i];
        }
    }
    return NULL;
}

// "101 髙橋 太郎": the label is there for the reader, so it must be right; "101" alone will do.
static inline const char *read_registrant(struct str cell, struct people *people, struct pair *pair)
{
    struct str label = cell;
    if (cell.p == NULL || !number_parse(str_cut(&label, ' '), &pair->number)) {
        return "does not name a registrant by number";
    }
    struct person *person = find_person(people, pair->number);
    if (person == NULL) {
        return "names a registrant who is not in " PEOPLE_PATH;
    }
    person->asked = true;
    return label.p == NULL || str_equal(label, person->label) ? NULL : "calls the registrant by another name";
}

static inline bool read_match(struct str cell, struct pair *pair)
{
    int extent = cell.p == NULL ? EXTENT_HOLDS : find_name(cell, extent_names, EXTENT_HOLDS);
    pair->widest = (enum extent)extent;
    return extent >= 0 && (extent == EXTENT_HOLDS || pair->parameter != PARAMETER_Q);
}

// What is wrong, NULL if nothing.
static inline const char *read_pair(const struct line *line, struct people *people, struct pair *pair)
{
    if (line->n < COLUMN_MATCH || line->n > PAIR_COLUMNS) {
        return "does not have four or five columns";
    }
    int parameter = find_name(line->cells[COLUMN_PARAMETER], parameter_names, PARAMETER_COUNT);
    if (parameter < 0) {
        return "does not begin with q, name, kana or employer";
    }
    *pair = (struct pair){.line = line->number, .parameter = (enum parameter)parameter};
    pair->text = line->cells[COLUMN_TEXT];
    if (pair->text.p == NULL) {
        return "has no text";
    }
    if (!read_expected(line->cells[COLUMN_EXPECTED], pair)) {
        return "expects neither no nor a field and a tier";
    }
    if (!read_match(line->cells[COLUMN_MATCH], pair)) {
        return "ends in neither match=exact nor match=prefix (which q does not take)";
    }
    return read_registrant(line->cells[COLUMN_REGISTRANT], people, pair);
}

static inline bool is_same_search(const struct pair *a, const struct pair *b)
{
    return a->parameter == b->parameter && a->widest == b->widest && a->number == b->number &&
           str_equal(a->text, b->text);
}

static inline const char *keep_pair(struct pairs *pairs, struct pair pair)
{
    for (size_t i = 0; i < pairs->n; i++) {
        if (is_same_search(&pairs->all[i], &pair)) {
            return "asks what a line before it asks";
        }
    }
    if (pairs->n == PAIRS_MOST) {
        return "is one too many";
    }
    pairs->all[pairs->n++] = pair;
    return NULL;
}

static inline void read_pairs(struct table table, struct people *people, struct pairs *pairs)
{
    for (struct str text; next_line(&table, &text);) {
        struct line line;
        struct pair pair;
        const char *wrong = read_line(&table, text, &line);
        wrong = wrong == NULL ? read_pair(&line, people, &pair) : wrong;
        wrong = wrong == NULL ? keep_pair(pairs, pair) : wrong;
        if (wrong != NULL) {
            complain(PAIRS_PATH, line.number, "%s", wrong);
        }
    }
}

#endif
