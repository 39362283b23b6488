// A table of searches made by hand (tests/data/search/README.md): who of a made-up register is found by what, in which
// field and tier, and who is not. Unlike the random tests it says what people mean, in words they type.
#include "tests/unit/edition/pairs_table.h"

// --- asking ------------------------------------------------------------------

static bool parts_words(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == 0x3000 || c == ',' || c == 0x3001 || c == 0xff0c;
}

// Words are parted at blanks and commas, as GET /v1/registrants parts q.
static void add_words(struct query *query, struct str text)
{
    size_t from = 0;
    for (size_t at = 0; from < text.n;) {
        size_t end = at;
        bool over = at == text.n || parts_words(str_next_char(text, &at));
        if (over && end > from) {
            assert_true(query->word_count < QUERY_WORDS_MOST);
            query->words[query->word_count++] = (struct str){text.p + from, end - from};
        }
        from = over ? at : from;
    }
}

static struct query query_of(const struct pair *pair)
{
    struct query query = {
        .statuses = (1U << STATUS_COUNT) - 1,
        .done.completed = {DAY_NONE, DAY_NONE},
        .registered = {DAY_NONE, DAY_NONE},
        .expires = {DAY_NONE, DAY_NONE},
        .exam = {INT32_MIN, INT32_MIN},
        .renewals = {INT32_MIN, INT32_MIN},
        .widest = pair->widest,
        .limit = PEOPLE_MOST,
    };
    if (pair->parameter == PARAMETER_Q) {
        add_words(&query, pair->text);
    } else if (pair->parameter == PARAMETER_NAME) {
        query.name = pair->text;
    } else if (pair->parameter == PARAMETER_KANA) {
        query.kana = pair->text;
    } else {
        query.employer = pair->text;
    }
    return query;
}

// NULL: not found.
static const struct match *match_of(const struct edition *edition, const struct page *page, number_t number)
{
    for (uint32_t i = 0; i < page->count; i++) {
        if (edition_number(edition, page->ids[i]) == number) {
            return &page->matches[i];
        }
    }
    return NULL;
}

struct verdict {
    char text[64];
};

static struct verdict say(const struct match *match)
{
    struct verdict verdict = {"no"};
    if (match != NULL) {
        (void)snprintf(verdict.text, sizeof verdict.text, "%s %s", match_field_name(match->field),
                       tier_name(match->tier));
    }
    return verdict;
}

static void try_pair(const struct edition *edition, struct people *people, const struct pair *pair)
{
    static struct page page;
    struct query query = query_of(pair);
    assert_int_equal(query_people(edition, &query, &page, NULL), ERR_OK);
    assert_true(!page.more && page.total == page.count);
    if (!page.matched) {
        complain(PAIRS_PATH, pair->line, "asks for nothing");
        return;
    }
    struct verdict expected = say(pair->found ? &pair->match : NULL);
    struct verdict got = say(match_of(edition, &page, pair->number));
    if (strcmp(expected.text, got.text) != 0) {
        struct str label = find_person(people, pair->number)->label;
        complain(PAIRS_PATH, pair->line, "%s=%.*s %s on %u %.*s: expected %s, got %s", parameter_names[pair->parameter],
                 (int)pair->text.n, pair->text.p, extent_names[pair->widest], pair->number, (int)label.n, label.p,
                 expected.text, got.text);
    }
}

static struct table table_of(struct str content, char **room)
{
    *room = malloc(content.n + 1);
    assert_non_null(*room);
    return (struct table){.rest = content, .room = *room};
}

static void free_text(char **text)
{
    free(*text);
}

#define TEXT_AUTO __attribute__((cleanup(free_text)))
#define EDITION_AUTO __attribute__((cleanup(edition_free)))

static void try_pairs(const struct edition *edition, struct people *people, const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        try_pair(edition, people, &pairs->all[i]);
    }
    for (size_t i = 0; i < people->n; i++) {
        if (!people->all[i].asked) {
            complain(PEOPLE_PATH, people->all[i].line, "nobody asks for %u", people->all[i].number);
        }
    }
}

// Returns how many pairs there are.
static size_t try_tables(void)
{
    static struct people people;
    static struct pairs pairs;
    TEXT_AUTO char *people_room = NULL;
    TEXT_AUTO char *pairs_room = NULL;
    BUF_AUTO struct buf people_file;
    BUF_AUTO struct buf pairs_file;
    buf_init(&people_file, FILE_LONGEST);
    buf_init(&pairs_file, FILE_LONGEST);
    read_file(PEOPLE_PATH, &people_file);
    read_file(PAIRS_PATH, &pairs_file);
    EDITION_AUTO struct edition *edition = build_people(table_of(buf_str(&people_file), &people_room), &people);
    read_pairs(table_of(buf_str(&pairs_file), &pairs_room), &people, &pairs);
    try_pairs(edition, &people, &pairs);
    return pairs.n;
}

static void test_every_pair(void **state)
{
    (void)state;
    size_t n = try_tables();
    assert_in_range(n, PAIRS_LEAST, PAIRS_MOST);
    assert_int_equal(complaints, 0);
}

// --- the tables' own faults are not passed over ---------------------------------

// Whether a pair on its own is refused; person 5, 見本 太郎, exists.
static bool is_refused(const char *text)
{
    static struct people people;
    static struct pairs pairs;
    struct line line;
    struct pair pair;
    TEXT_AUTO char *room = NULL;
    people = (struct people){.all = {{5, 1, STR("見本 太郎"), false}}, .n = 1};
    pairs.n = 0;
    struct table table = table_of(str_of(text), &room);
    return read_line(&table, str_of(text), &line) != NULL || read_pair(&line, &people, &pair) != NULL ||
           keep_pair(&pairs, pair) != NULL || keep_pair(&pairs, pair) == NULL;
}

static void test_malformed_pairs(void **state)
{
    (void)state;
    static const char *const malformed[] = {
        "q",
        "q\t見本\t5",
        "q\t見本\t5\t",
        "q\t見本\t5\t-",
        "q\t見本\t-\tno",
        "q\t\t5\tno",
        "q\t-\t5\tno",
        "-\t見本\t5\tno",
        "skill\t見本\t5\tno",
        "q\t見本\t6\tno",
        "q\t見本\t0\tno",
        "q\t見本\t太郎\tno",
        "q\t見本\t5 本見 太郎\tno",
        "q\t見本\t5\tyes",
        "q\t見本\t5\tname",
        "q\t見本\t5\texact",
        "q\t見本\t5\tname exactly",
        "q\t見本\t5\tname exact\tmatch=exact",
        "name\t見本\t5\tname exact\tmatch=contains",
        "name\t見本\t5\tname exact\tmatch=exact\tmore",
        "q\t見\\本\t5\tno",
        "q\t見\\u{}\t5\tno",
        "q\t見\\u{D800}\t5\tno",
        "q\t見\\u{110000}\t5\tno",
        "q\t見\\u{FA1B\t5\tno",
    };
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        if (!is_refused(malformed[i])) {
            fail_msg("accepted: %s", malformed[i]);
        }
    }
    assert_false(is_refused("q\t見\\u{FA1B}\\u{E0100}本\t5\tno"));
    assert_false(is_refused("name\t見本\t5 見本 太郎\tname same_character\tmatch=prefix"));
    assert_false(is_refused("employer\t見本\t5\temployer legal_form\t-"));
}

static bool is_person_refused(const char *text)
{
    struct line line;
    struct lists lists;
    struct registrant r;
    TEXT_AUTO char *room = NULL;
    struct table table = table_of(str_of(text), &room);
    return read_line(&table, str_of(text), &line) != NULL || read_person(&line, &lists, &r) != NULL;
}

static void test_malformed_people(void **state)
{
    (void)state;
    static const char *const malformed[] = {
        "見本 太郎",
        "-\t見本 太郎",
        "0\t見本 太郎",
        "5\t見本 太郎\t\tMihon",
        "5\t-\t-\t-\t-\t48",
        "5\t-\t-\t-\t-\t-\t東京",
        "5\t-\t-\t-\t-\t-\t-\t監査；",
        "5\t-\t-\t-\t-\t-\t-\t-\t；監査",
        "5\t-\t-\t-\t-\t-\t-\t-\t-\t甲；；乙",
        "5\t-\t-\t-\t-\t-\t-\t-\t-\t-\t退会",
        "5\t-\t-\t-\t-\t-\t-\t-\t-\t-\trevoked\tmore",
    };
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        if (!is_person_refused(malformed[i])) {
            fail_msg("accepted: %s", malformed[i]);
        }
    }
    assert_false(is_person_refused("5"));
    assert_false(is_person_refused("5\t見本 太郎\t-\t-\t-\t13\t99\t監査；診断\tC；C++\t-\tlapsed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_pair),
        cmocka_unit_test(test_malformed_pairs),
        cmocka_unit_test(test_malformed_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
