// The edition against SQL: thousands of random searches, each answered by both, the same items in the same order and
// the same total; walked page by page, every item once. Each day brings a new register and new searches; a failure
// prints the seed, and MEIBO_TEST_SEED sets another.
#include "tests/unit/publish/random_done.h"

#include <inttypes.h>

#include "edition/cursor.h"

enum { PEOPLE_QUERIES = 5000, DONE_QUERIES = 1200, PAGES_MOST = 30 };

static struct {
    struct database *database;
    struct world world;
    uint64_t seed;
    uint64_t hits, not_empty; // a run that finds nothing proves nothing
} t;

static void nothing(void *context)
{
    (void)context;
}

// `person` is the row of its person in world.people.
static const char dones_sql[] =
    "select d.course, d.kind, d.operator, d.completed_on - date '1970-01-01' as day, p.place as person"
    "  from done d join (select number, row_number() over (order by number) - 1 as place from person) p using (number)";

static void fill_world(struct world *world, day_t today)
{
    char text[DAY_TEXT + 1] = "";
    char sql[2048];
    day_write(today, text);
    (void)snprintf(sql, sizeof sql, "%s '%s')", person_table, text);
    world->pg = pg_open_oracle(t.database);
    define_texts(world->pg);
    pg_do(world->pg, sql);
    pg_do(world->pg, done_table);
    pg_do(world->pg, last_completed);
    pg_do(world->pg, "create index on done (number); analyze done; analyze person");
    world->people = pg_run(world->pg,
                           "select *, registered_on - date '1970-01-01' as registered_day,"
                           " expires_on - date '1970-01-01' as expires_day from person order by number",
                           0, NULL);
    world->dones = pg_run(world->pg, dones_sql, 0, NULL);
    world->courses = pg_run(world->pg, "select code from meibo.course where ended is null order by code", 0, NULL);
    world->operators = pg_run(world->pg, "select code from meibo.operator where ended is null order by code", 0, NULL);
    world->edition = load(t.database, today);
}

static void empty_world(struct world *world)
{
    PQclear(world->people);
    PQclear(world->dones);
    PQclear(world->courses);
    PQclear(world->operators);
    PQfinish(world->pg);
    edition_free(&world->edition);
}

static int set_up(void **state)
{
    if (database_setup(state) != 0) {
        return -1;
    }
    t.database = *state;
    const char *seed = getenv("MEIBO_TEST_SEED");
    uint64_t of_today = (uint64_t)clock_tokyo_day(clock_now());
    t.seed = seed != NULL ? strtoull(seed, NULL, 10) : of_today;
    if (t.database != NULL) {
        struct record record = {.database = t.database, .published = nothing};
        record_make(&record, t.seed);
    }
    return 0;
}

// --- comparing ---

static char *answer_of_sql(struct drawing *d, const char *columns, const char *from)
{
    BUF_AUTO struct buf sql;
    buf_init(&sql, 200000);
    buf_add_format(&sql, "select coalesce(string_agg(%s), '') from %s where true", columns, from);
    buf_add(&sql, buf_str(&d->sql));
    RESULT_AUTO PGresult *result = pg_run(d->world->pg, buf_text(&sql), 0, NULL);
    char *answer = strdup(PQgetvalue(result, 0, 0));
    assert_non_null(answer);
    return answer;
}

static void compare(struct drawing *d, const char *wanted, struct buf *got, uint64_t total, uint64_t walked)
{
    assert_false(buf_failed(got));
    const char *text = buf_text(got);
    if (strcmp(wanted, text) != 0 || total != walked) {
        size_t at = 0;
        while (wanted[at] != '\0' && wanted[at] == text[at]) {
            at++;
        }
        size_t from = at > 40 ? at - 40 : 0;
        // In pieces: a message of cmocka's is cut at 1,024 bytes.
        print_error("MEIBO_TEST_SEED=%" PRIu64 ": total %" PRIu64 ", walked %" PRIu64 "\n", t.seed, total, walked);
        print_error("SQL …%.200s\n", wanted + from);
        print_error("got …%.200s\n", text + from);
        for (size_t i = 0; i < d->sql.n; i += 500) {
            print_error("%.500s", buf_text(&d->sql) + i);
        }
        fail();
    }
    t.hits += walked;
    t.not_empty += walked > 0;
}

// Any limit, but not more pages than a test has time for.
static uint32_t draw_limit(struct world *world, uint64_t total)
{
    static const uint32_t limits[] = {1, 2, 3, 7, 20, 50, 200, 1000};
    uint32_t limit = limits[draw(world, sizeof limits / sizeof limits[0])];
    uint32_t least = (uint32_t)(total / PAGES_MOST) + 1;
    return limit < least ? least : limit;
}

static void expect_page(const struct page *page, uint64_t total, uint64_t walked, uint32_t limit)
{
    bool more = walked + page->count < total;
    bool full = page->count == limit;
    if (page->total != total || page->more != more || (more && !full)) {
        fail_msg("MEIBO_TEST_SEED=%" PRIu64 ": a page of %u behind %" PRIu64 " says total %" PRIu64 " of %" PRIu64
                 ", more %d",
                 t.seed, page->count, walked, page->total, total, page->more);
    }
}

static const struct short_key cursor_key = {"0123456789abcde"};

// Sends an item's key through a cursor, as a walk over HTTP does.
static void through_cursor(const struct cursor *last, struct cursor *read)
{
    BUF_AUTO struct buf text;
    buf_init(&text, CURSOR_LONGEST);
    cursor_write(&cursor_key, 1, last, &text);
    assert_int_equal(cursor_parse(&cursor_key, 1, buf_str(&text), read), ERR_OK);
}

static void go_on_behind(struct drawing *d, const struct page *page)
{
    static struct cursor last;
    static struct cursor read;
    BUF_AUTO struct buf room;
    buf_init(&room, CURSOR_LONGEST);
    struct position position = query_position(d->world->edition, &d->query, page, page->count - 1, &room);
    last.number = position.number;
    last.value = position.value;
    cursor_set_text(&last, position.text);
    through_cursor(&last, &read);
    d->query.after = (struct position){true, read.number, read.value, cursor_text(&read)};
}

static uint64_t walk_people(struct drawing *d, struct buf *got, uint64_t *total)
{
    static struct page page;
    uint64_t walked = 0;
    const struct edition *edition = d->world->edition;
    d->query.limit = 1;
    assert_int_equal(query_people(edition, &d->query, &page, NULL), ERR_OK);
    *total = page.total;
    d->query.limit = draw_limit(d->world, *total);
    do {
        assert_int_equal(query_people(edition, &d->query, &page, NULL), ERR_OK);
        expect_page(&page, *total, walked, d->query.limit);
        for (uint32_t i = 0; i < page.count; i++) {
            buf_add_format(got, "%s%u", got->n == 0 ? "" : " ", edition_number(edition, page.ids[i]));
        }
        walked += page.count;
        if (page.more) {
            go_on_behind(d, &page);
        }
    } while (page.more);
    return walked;
}

static void one_of_people(struct world *world)
{
    struct drawing d;
    BUF_AUTO struct buf got;
    uint64_t total;
    buf_init(&got, 10000000);
    drawing_begin(&d, world);
    draw_people_query(&d);
    char columns[100];
    (void)snprintf(columns, sizeof columns, "number::text, ' ' order by %s", draw_order(&d));
    assert_false(buf_failed(&d.sql));
    char *wanted = answer_of_sql(&d, columns, "person");
    uint64_t walked = walk_people(&d, &got, &total);
    compare(&d, wanted, &got, total, walked);
    free(wanted);
    drawing_end(&d);
}

static void add_done_text(const struct edition *edition, uint32_t done, struct cursor *last, struct buf *got)
{
    struct str course;
    done_identify(edition, done, &last->number, &last->value, &course);
    cursor_set_text(last, course);
    buf_add_format(got, "%s%u %d ", got->n == 0 ? "" : ",", last->number, last->value);
    buf_add(got, course);
}

static uint64_t walk_dones(struct drawing *d, struct buf *got, uint64_t *total)
{
    static struct page page;
    static struct cursor last;
    static struct cursor read;
    uint64_t walked = 0;
    const struct edition *edition = d->world->edition;
    d->dones.limit = 1;
    assert_int_equal(query_dones(edition, &d->dones, &page), ERR_OK);
    *total = page.total;
    d->dones.limit = draw_limit(d->world, *total);
    d->dones.limit = d->dones.limit > QUERY_LIMIT_MOST ? QUERY_LIMIT_MOST : d->dones.limit;
    do {
        assert_int_equal(query_dones(edition, &d->dones, &page), ERR_OK);
        expect_page(&page, *total, walked, d->dones.limit);
        for (uint32_t i = 0; i < page.count; i++) {
            add_done_text(edition, page.ids[i], &last, got);
        }
        walked += page.count;
        if (page.more) {
            through_cursor(&last, &read);
            d->dones.from = done_after(edition, read.number, read.value, cursor_text(&read));
        }
    } while (page.more);
    return walked;
}

static void one_of_dones(struct world *world)
{
    struct drawing d;
    BUF_AUTO struct buf got;
    uint64_t total;
    buf_init(&got, 10000000);
    drawing_begin(&d, world);
    draw_dones_query(&d);
    assert_false(buf_failed(&d.sql));
    char *wanted = answer_of_sql(&d,
                                 "number || ' ' || completed_on - date '1970-01-01' || ' ' || course, ','"
                                 " order by number, completed_on desc, course collate \"C\"",
                                 "done");
    uint64_t walked = walk_dones(&d, &got, &total);
    compare(&d, wanted, &got, total, walked);
    free(wanted);
    drawing_end(&d);
}

// On the day the sample is of, and on one when terms and suspensions have run out.
static void run(void **state, int queries, void (*one)(struct world *world))
{
    (void)database_of(state);
    static const day_t ahead[] = {0, 400};
    t.hits = t.not_empty = 0;
    for (size_t i = 0; i < 2; i++) {
        fill_world(&t.world, clock_tokyo_day(clock_now()) + ahead[i]);
        t.world.random = t.seed + i;
        for (int n = 0; n < queries / 2; n++) {
            one(&t.world);
        }
        empty_world(&t.world);
    }
    print_message("%d searches, %" PRIu64 " of them found something, %" PRIu64 " in all\n", queries, t.not_empty,
                  t.hits);
    assert_true(t.not_empty > (uint64_t)queries / 3);
}

static void test_people(void **state)
{
    run(state, PEOPLE_QUERIES, one_of_people);
}

static void test_dones(void **state)
{
    run(state, DONE_QUERIES, one_of_dones);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_dones),
    };
    return cmocka_run_group_tests(tests, set_up, database_teardown);
}
