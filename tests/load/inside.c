// How long the service's own work takes, without HTTP: loads the edition that the record shows, several times, then
// asks it every query of the mix, and prints the times as JSON. usage: inside FILE [REPEATS], with MEIBO_DATABASE and
// MEIBO_SECRET. A line of FILE: class, pages to walk first, then name=value of each parameter, all parted by tabs, not
// percent-encoded.
//
// A sample is query_people() and the writing of the page's registrants, as api/registrants.c does both. It is measured
// in time of the processor: the work waits for nothing, and on a machine with other work a clock on the wall tells
// mostly how often the scheduler took the processor away (some ms each time). The wall's p99 stands beside it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json_out.h"
#include "base/settings.h"
#include "edition/query.h"
#include "publish/loader.h"

enum {
    LOADS = 3,
    CASES_MOST = 200,
    FIELDS_MOST = 16,
    REPEATS_USUAL = 200,
    PAGE_BYTES = 8 << 20,
    LIMIT = 20,
};
// Rounds over the mix end when this has passed, whatever REPEATS says.
static const uint64_t MEASURE_MOST_NS = 20000000000;

struct times {
    double *us;
    size_t n;
};

struct question {
    struct str class;
    struct str parameters; // for the report
    struct query query;
    struct times whole, writing, wall;
};

static struct page page;
static struct facet_counts facets[FACET_COUNT];
static struct question cases[CASES_MOST];
static size_t case_count;

static void fail(const char *what, const char *detail)
{
    (void)fprintf(stderr, "inside: %s: %s\n", what, detail);
    exit(1);
}

// --- reading the mix ---------------------------------------------------------

static void add_places(uint64_t set[2], struct str list)
{
    while (list.p != NULL) {
        int place = 0;
        if (!place_parse(str_cut(&list, ','), &place)) {
            fail("bad place", list.p == NULL ? "" : list.p);
        }
        set[place / 64] |= UINT64_C(1) << (place % 64);
    }
}

static unsigned read_statuses(struct str list)
{
    unsigned set = 0;
    while (list.p != NULL) {
        enum status status = STATUS_COUNT;
        if (!status_parse(str_cut(&list, ','), &status)) {
            fail("bad status", "");
        }
        set |= 1U << status;
    }
    return set;
}

static void add_numbers(struct query *query, struct str list)
{
    while (list.p != NULL && query->number_count < QUERY_NUMBERS_MOST) {
        if (!number_parse(str_cut(&list, ','), &query->numbers[query->number_count++])) {
            fail("bad number", "");
        }
    }
}

static void add_words(struct query *query, struct str text)
{
    while (text.p != NULL && query->word_count < QUERY_WORDS_MOST) {
        struct str word = str_cut(&text, ' ');
        if (word.n > 0) {
            query->words[query->word_count++] = word;
        }
    }
}

static void add_terms(struct term_condition *condition, struct str list)
{
    while (list.p != NULL && condition->n < QUERY_TERMS_MOST) {
        condition->texts[condition->n++] = str_cut(&list, ',');
    }
}

static void add_kinds(struct done_condition *done, struct str list)
{
    while (list.p != NULL) {
        enum course_kind kind = KIND_COUNT;
        if (!kind_parse(str_cut(&list, ','), &kind)) {
            fail("bad kind", "");
        }
        done->kinds |= 1U << kind;
    }
}

static void add_courses(struct done_condition *done, const struct edition *edition, struct str list)
{
    done->by_course = true;
    while (list.p != NULL && done->course_count < QUERY_COURSES_MOST) {
        int course = edition_find_course(edition, str_cut(&list, ','));
        if (course >= 0) {
            done->courses[done->course_count++] = (uint16_t)course;
        }
    }
}

static unsigned read_facets(struct str list)
{
    unsigned set = 0;
    while (list.p != NULL) {
        struct str name = str_cut(&list, ',');
        for (int facet = 0; facet < FACET_COUNT; facet++) {
            set |= str_equal(name, str_of(facet_name((enum facet)facet))) ? 1U << facet : 0;
        }
    }
    return set;
}

static void read_sort(struct query *query, struct str text)
{
    static const char *const names[SORT_COUNT] = {
        [SORT_RELEVANCE] = "relevance",
        [SORT_NUMBER] = "number",
        [SORT_KANA] = "kana",
        [SORT_REGISTERED_ON] = "registered_on",
        [SORT_EXPIRES_ON] = "expires_on",
        [SORT_LAST_COMPLETED_ON] = "last_completed_on",
    };
    query->descending = str_starts_with(text, STR("-"));
    text = query->descending ? (struct str){text.p + 1, text.n - 1} : text;
    for (int key = 0; key < SORT_COUNT; key++) {
        query->sort = str_equal(text, str_of(names[key])) ? (enum sort_key)key : query->sort;
    }
}

static bool read_text(struct query *query, struct str name, struct str value)
{
    const struct {
        const char *name;
        struct str *text;
    } texts[] = {{"name", &query->name}, {"kana", &query->kana}, {"employer", &query->employer}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_equal(name, str_of(texts[i].name))) {
            *texts[i].text = value;
            return true;
        }
    }
    return false;
}

static bool read_day(struct query *query, struct str name, struct str value)
{
    const struct {
        const char *name;
        day_t *day;
    } days[] = {
        {"registered_from", &query->registered.from},    {"registered_to", &query->registered.to},
        {"expires_from", &query->expires.from},          {"expires_to", &query->expires.to},
        {"completed_from", &query->done.completed.from}, {"completed_to", &query->done.completed.to},
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (str_equal(name, str_of(days[i].name))) {
            return day_parse(value, days[i].day);
        }
    }
    return false;
}

static bool read_list(struct query *query, const struct edition *edition, struct str name, struct str value)
{
    if (str_equal(name, STR("home"))) {
        add_places(query->homes, value);
    } else if (str_equal(name, STR("employer_place"))) {
        add_places(query->employer_places, value);
    } else if (str_equal(name, STR("status"))) {
        query->statuses = read_statuses(value);
    } else if (str_equal(name, STR("skill"))) {
        add_terms(&query->skill, value);
    } else if (str_equal(name, STR("kind"))) {
        add_kinds(&query->done, value);
    } else if (str_equal(name, STR("course"))) {
        add_courses(&query->done, edition, value);
    } else if (str_equal(name, STR("facets"))) {
        query->facets = read_facets(value);
    } else {
        return false;
    }
    return true;
}

static void read_parameter(struct query *query, const struct edition *edition, struct str parameter)
{
    struct str value = parameter;
    struct str name = str_cut(&value, '=');
    if (str_equal(name, STR("q"))) {
        add_words(query, value);
    } else if (str_equal(name, STR("number"))) {
        add_numbers(query, value);
        query->statuses = (1U << STATUS_COUNT) - 1;
    } else if (str_equal(name, STR("sort"))) {
        read_sort(query, value);
    } else if (!read_text(query, name, value) && !read_day(query, name, value) &&
               !read_list(query, edition, name, value)) {
        fail("unknown parameter", name.p);
    }
}

static void ask(const struct edition *edition, const struct query *query)
{
    if (query_people(edition, query, &page, facets) != ERR_OK) {
        fail("query_people", "failed");
    }
}

// The position's text lives as long as the program does: a case is walked once.
static void walk(const struct edition *edition, struct query *query, uint64_t pages)
{
    for (uint64_t i = 0; i < pages; i++) {
        ask(edition, query);
        if (!page.more) {
            return;
        }
        struct buf *room = calloc(1, sizeof *room);
        if (room == NULL) {
            fail("walk", "no memory");
        }
        buf_init(room, 4096);
        query->after = query_position(edition, query, &page, page.count - 1, room);
    }
}

static void read_case(const struct edition *edition, struct str line)
{
    const struct day_range open = {DAY_NONE, DAY_NONE};
    struct question *added = &cases[case_count++];
    uint64_t pages = 0;
    added->class = str_cut(&line, '\t');
    if (!str_to_u64(str_cut(&line, '\t'), 1000, &pages)) {
        fail("bad line", added->class.p);
    }
    added->parameters = line.p == NULL ? STR("(everything)") : line;
    added->query = (struct query){
        .statuses = 1U << STATUS_REGISTERED | 1U << STATUS_NAME_USE_SUSPENDED,
        .done.completed = open,
        .registered = open,
        .expires = open,
        .exam = {INT32_MIN, INT32_MIN},
        .renewals = {INT32_MIN, INT32_MIN},
        .widest = EXTENT_HOLDS,
        .limit = LIMIT,
    };
    while (line.p != NULL) {
        read_parameter(&added->query, edition, str_cut(&line, '\t'));
    }
    walk(edition, &added->query, pages);
}

static void read_mix(const struct edition *edition, const char *path)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail(path, "cannot be read");
    }
    size_t n = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    struct str rest = {text, n};
    while (rest.p != NULL && case_count < CASES_MOST) {
        struct str line = str_cut(&rest, '\n');
        if (line.n > 0) {
            read_case(edition, line);
        }
    }
}

// --- measuring ---------------------------------------------------------------

static double microseconds_since(uint64_t began_ns)
{
    return (double)(clock_monotonic_ns() - began_ns) / 1000;
}

static double processor_us(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1000;
}

static void add_time(struct times *times, double us)
{
    times->us[times->n++] = us;
}

static void new_times(struct times *times, size_t most)
{
    times->us = calloc(most, sizeof(double));
    if (times->us == NULL) {
        fail("measure", "no memory");
    }
}

static void measure_once(const struct edition *edition, struct question *one, struct buf *out)
{
    buf_clear(out);
    uint64_t began_ns = clock_monotonic_ns();
    double began = processor_us();
    ask(edition, &one->query);
    double found = processor_us();
    for (uint32_t i = 0; i < page.count; i++) {
        edition_write_registrant(edition, page.ids[i], out);
    }
    double written = processor_us();
    add_time(&one->wall, microseconds_since(began_ns));
    add_time(&one->whole, written - began);
    add_time(&one->writing, written - found);
}

static void measure(const struct edition *edition, size_t repeats)
{
    BUF_AUTO struct buf out;
    buf_init(&out, PAGE_BYTES);
    for (size_t i = 0; i < case_count; i++) {
        new_times(&cases[i].whole, repeats);
        new_times(&cases[i].writing, repeats);
        new_times(&cases[i].wall, repeats);
    }
    // Query after query, not each by itself many times: so each finds the processor's caches as it would in the
    // service.
    uint64_t began = clock_monotonic_ns();
    for (size_t round = 0; round < repeats && clock_monotonic_ns() - began < MEASURE_MOST_NS; round++) {
        for (size_t i = 0; i < case_count; i++) {
            measure_once(edition, &cases[i], &out);
        }
    }
}

// --- reporting ---------------------------------------------------------------

static int compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

static double percentile(struct times *times, double share)
{
    qsort(times->us, times->n, sizeof(double), compare);
    size_t at = (size_t)((double)times->n * share);
    return times->n == 0 ? 0 : times->us[at < times->n ? at : times->n - 1];
}

static void print_text(const char *name, struct str text)
{
    BUF_AUTO struct buf out;
    buf_init(&out, 65536);
    json_quote(&out, text);
    (void)printf("\"%s\":%.*s,", name, (int)out.n, out.p);
}

static void print_times(const char *prefix, struct times *times)
{
    (void)printf("\"%sp50_us\":%.1f,\"%sp99_us\":%.1f,", prefix, percentile(times, 0.5), prefix,
                 percentile(times, 0.99));
}

static void print_cases(void)
{
    for (size_t i = 0; i < case_count; i++) {
        struct question *one = &cases[i];
        (void)printf("%s{", i == 0 ? "" : ",");
        print_text("class", one->class);
        print_text("query", one->parameters);
        (void)printf("\"samples\":%zu,", one->whole.n);
        print_times("", &one->whole);
        print_times("write_", &one->writing);
        (void)printf("\"wall_p99_us\":%.1f}", percentile(&one->wall, 0.99));
    }
}

static void gather(struct times *all, const struct times *own)
{
    memcpy(all->us + all->n, own->us, own->n * sizeof(double));
    all->n += own->n;
}

// Over all samples of the queries with facets, or of those without.
static void print_together(const char *name, bool with_facets)
{
    struct times whole = {0};
    struct times wall = {0};
    size_t most = case_count == 0 ? 1 : case_count * (cases[0].whole.n + 1);
    new_times(&whole, most);
    new_times(&wall, most);
    for (size_t i = 0; i < case_count; i++) {
        if ((cases[i].query.facets != 0) == with_facets) {
            gather(&whole, &cases[i].whole);
            gather(&wall, &cases[i].wall);
        }
    }
    (void)printf("\"%s\":{", name);
    print_times("", &whole);
    (void)printf("\"wall_p99_us\":%.1f},", percentile(&wall, 0.99));
    free(whole.us);
    free(wall.us);
}

// --- main --------------------------------------------------------------------

static struct edition *load(const struct settings *settings)
{
    CONN_AUTO struct conn *conn = NULL;
    struct edition *edition = NULL;
    struct fault fault = {0};
    if (conn_open(settings, STORE_READER, &conn, &fault) != ERR_OK) {
        fail("connection", fault.text);
    }
    (void)printf("{\"loads_s\":[");
    for (int i = 0; i < LOADS; i++) {
        edition_free(&edition);
        uint64_t began = clock_monotonic_ns();
        if (load_edition(conn, clock_tokyo_day(clock_now()), &edition, &fault) != ERR_OK) {
            fail("load", fault.text);
        }
        (void)printf("%s%.3f", i == 0 ? "" : ",", microseconds_since(began) / 1e6);
    }
    (void)printf("],");
    return edition;
}

int main(int count, char **arguments)
{
    BUF_AUTO struct buf mistakes;
    struct settings settings;
    int none = 1;
    uint64_t repeats = REPEATS_USUAL;
    buf_init(&mistakes, 65536);
    settings_read(&settings, &none, arguments, &mistakes);
    if (count < 2 || mistakes.n > 0 || (count > 2 && !str_to_u64(str_of(arguments[2]), 100000, &repeats))) {
        fail("usage", "inside FILE [REPEATS]; settings by environment");
    }
    struct edition *edition = load(&settings);
    read_mix(edition, arguments[1]);
    measure(edition, repeats);
    print_together("mix", false);
    print_together("facets", true);
    (void)printf("\"queries\":[");
    print_cases();
    (void)printf("]}\n");
    edition_free(&edition);
    return 0;
}
