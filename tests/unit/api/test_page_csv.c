// Pages of a search as CSV: what every cell holds, quotes, formulas, the header, the end mark. Cells are read back here
// by a reader of RFC 4180 of its own.
#include "tests/unit/api/routes_bench.h"

enum { CELLS_MOST = 40, ROWS_MOST = 20 };

struct sheet {
    char text[8192];
    const char *cells[ROWS_MOST][CELLS_MOST];
    size_t width[ROWS_MOST];
    size_t rows;
};

static int get_csv(struct bench *bench, const char *target)
{
    return send_with(bench, ANYWHERE, "GET", target, "Accept", "text/csv");
}

// Reads a cell at *at, which moves behind it; its text is put at *out.
static void read_cell(const struct buf *body, size_t *at, char **out)
{
    bool quoted = *at < body->n && body->p[*at] == '"';
    *at += quoted ? 1 : 0;
    for (;;) {
        char c = *at < body->n ? body->p[*at] : '\0';
        assert_true(c != '\0');
        if (!quoted && (c == ',' || c == '\r')) {
            break;
        }
        assert_true(quoted || (c != '"' && c != '\n'));
        (*at)++;
        if (quoted && c == '"') {
            if (body->p[*at] != '"') {
                break;
            }
            (*at)++;
        }
        *(*out)++ = c;
    }
    *(*out)++ = '\0';
}

static void read_sheet(const struct buf *body, struct sheet *sheet)
{
    char *out = sheet->text;
    size_t at = 3;
    *sheet = (struct sheet){.rows = 0};
    assert_true(body->n < sizeof sheet->text && body->n > 3);
    assert_memory_equal(body->p, "\xef\xbb\xbf", 3);
    while (at < body->n) {
        size_t cell = 0;
        do {
            assert_true(sheet->rows < ROWS_MOST && cell < CELLS_MOST);
            at += cell > 0 ? 1 : 0;
            sheet->cells[sheet->rows][cell++] = out;
            read_cell(body, &at, &out);
        } while (body->p[at] == ',');
        assert_true(at + 2 <= body->n);
        assert_memory_equal(body->p + at, "\r\n", 2);
        at += 2;
        sheet->width[sheet->rows++] = cell;
    }
    for (size_t i = 1; i < sheet->rows; i++) {
        assert_int_equal(sheet->width[i], sheet->width[0]);
    }
}

static const char *cell(const struct sheet *sheet, size_t row, const char *column)
{
    for (size_t i = 0; i < sheet->width[0]; i++) {
        if (strcmp(sheet->cells[0][i], column) == 0) {
            return sheet->cells[row][i];
        }
    }
    return NULL;
}

static struct edition *edition_of_texts(void)
{
    static const struct str skills[] = {{"a;b", 3}, {"=1+1", 4}, {"c, \"d\"", 6}};
    static const struct str specialties[] = {{"＝x", 4}, {"plain", 5}};
    BUILDER_AUTO struct builder *builder = builder_of("2026-06-15");
    add_operator(builder, "ipa");
    add_course(builder, "online-2025", KIND_ONLINE, "ipa", true);
    add_course(builder, "online-2024", KIND_ONLINE, "ipa", true);
    struct registrant person = named_person(1);
    person.renewed_on = day("2024-04-01");
    person.renewal_count = 2;
    person.exam_passed = 2017 * 12 + 9;
    person.birth_month = 1980 * 12 + 4;
    person.exam_certificate = STR("SC-2017-10-01234");
    person.name = STR("=HYPERLINK(\"x\") 太郎");
    person.employer = STR("@見本");
    person.email = STR("-a@sample.invalid");
    person.phone = STR("+81-3-0000-0000");
    person.url = STR("https://sample.invalid/?a=1,2");
    person.skills = (struct text_list){skills, 3};
    person.specialties = (struct text_list){specialties, 2};
    person.statement = STR("one\r\ntwo \"three\"\nfour");
    add_person(builder, &person, NULL);
    struct registrant bare = plain_person(2);
    bare.statement = STR("\nbegins with a line");
    add_person(builder, &bare, NULL);
    struct registrant revoked = named_person(3);
    revoked.status = STATUS_REVOKED;
    revoked.status_on = day("2025-10-01");
    add_person(builder, &revoked, NULL);
    add_done(builder, 1, "online-2025", "2025-07-01");
    add_done(builder, 1, "online-2024", "2024-07-31");
    return finish(&builder);
}

static void begin_texts(struct bench *bench)
{
    begin(bench);
    struct edition *edition = edition_of_texts();
    gate_replace(bench->api.gate, &edition);
}

static void every_column(void **state)
{
    (void)state;
    static const struct {
        const char *column, *first, *second, *third;
    } cells[] = {
        {"number", "000001", "000002", "000003"},
        {"status", "registered", "registered", "revoked"},
        {"status_on", "2024-04-01", "2024-04-01", "2025-10-01"},
        {"registered_on", "2024-04-01", "2024-04-01", "2024-04-01"},
        {"renewed_on", "2024-04-01", "", ""},
        {"renewal_count", "2", "0", ""},
        {"expires_on", "2027-03-31", "2027-03-31", "2027-03-31"},
        {"suspended_until", "", "", ""},
        {"exam_passed", "2017-10", "", ""},
        {"name", "'=HYPERLINK(\"x\") 太郎", "", ""},
        {"kana", "ミホン タロウ", "", ""},
        {"other_name", "Mihon TARO", "", ""},
        {"birth_month", "1980-05", "", ""},
        {"exam_certificate", "SC-2017-10-01234", "", ""},
        {"home", "13", "", ""},
        {"employer", "'@見本", "", ""},
        {"employer_place", "14", "", ""},
        {"email", "'-a@sample.invalid", "", ""},
        {"phone", "'+81-3-0000-0000", "", ""},
        {"url", "https://sample.invalid/?a=1,2", "", ""},
        {"specialties", "'＝x;plain", "", ""},
        {"skills", "a;b;'=1+1;c, \"d\"", "", ""},
        {"qualifications", "", "", ""},
        {"statement", "one\r\ntwo \"three\"\nfour", "'\nbegins with a line", ""},
        {"completions", "online-2025 2025-07-01;online-2024 2024-07-31", "", ""},
    };
    enum { COLUMNS = sizeof cells / sizeof cells[0] };
    struct sheet sheet;
    BENCH_AUTO struct bench bench;
    begin_texts(&bench);
    assert_int_equal(get_csv(&bench, "/v1/registrants?number=1,2,3"), 200);
    assert_string_equal(bench.reply.content_type, "text/csv; charset=utf-8; header=present");
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.rows, 5);
    assert_int_equal(sheet.width[0], COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_string_equal(sheet.cells[0][i], cells[i].column);
        assert_string_equal(sheet.cells[1][i], cells[i].first);
        assert_string_equal(sheet.cells[2][i], cells[i].second);
        assert_string_equal(sheet.cells[3][i], cells[i].third);
        assert_true(i == 0 || sheet.cells[4][i][0] == '\0');
    }
    assert_string_equal(sheet.cells[4][0],
                        "#end count=3 total=3 publication=7 published_at=1970-01-01T00:00:01.000Z day=2026-06-15");
}

// A cell that was made harmless is quoted, whatever else is in it.
static void formulas_are_quoted(void **state)
{
    (void)state;
    BENCH_AUTO struct bench bench;
    begin_texts(&bench);
    assert_int_equal(get_csv(&bench, "/v1/registrants?number=1&fields=employer"), 200);
    assert_string_equal(buf_text(&bench.reply.body) + 3,
                        "number,employer\r\n000001,\"'@見本\"\r\n\"#end count=1 total=1 publication=7 "
                        "published_at=1970-01-01T00:00:01.000Z day=2026-06-15\",\r\n");
}

static void columns_left_out(void **state)
{
    (void)state;
    struct sheet sheet;
    BENCH_AUTO struct bench bench;
    begin_texts(&bench);
    assert_int_equal(get_csv(&bench, "/v1/registrants?fields=number"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.width[0], 1);
    assert_int_equal(get_csv(&bench, "/v1/registrants?fields=profile"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.width[0], 8);
    assert_string_equal(cell(&sheet, 1, "phone"), "'+81-3-0000-0000");
    assert_null(cell(&sheet, 1, "name"));
}

static void matches_have_columns(void **state)
{
    (void)state;
    struct sheet sheet;
    BENCH_AUTO struct bench bench;
    begin_texts(&bench);
    assert_int_equal(get_csv(&bench, "/v1/registrants?kana=%E3%83%9F%E3%83%9B%E3%83%B3&fields=kana"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.width[0], 4);
    assert_string_equal(cell(&sheet, 1, "match_field"), "kana");
    assert_string_equal(cell(&sheet, 1, "match_tier"), "exact");
}

static void the_end(void **state)
{
    (void)state;
    static const char expected[] = "#end count=1 total=2 publication=7 published_at=1970-01-01T00:00:01.000Z "
                                   "day=2026-06-15 next=/v1/registrants?fields=name,kana&limit=1&cursor=";
    struct sheet sheet;
    char link[1000];
    BENCH_AUTO struct bench bench;
    begin_texts(&bench);
    assert_int_equal(get_csv(&bench, "/v1/registrants?fields=name,kana&limit=1"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.rows, 3);
    assert_int_equal(strncmp(sheet.cells[2][0], expected, sizeof expected - 1), 0);
    (void)snprintf(link, sizeof link, "<%s>; rel=\"next\"", strstr(sheet.cells[2][0], "/v1/"));
    assert_string_equal(buf_text(&bench.reply.link), link);
    assert_int_equal(get_csv(&bench, "/v1/registrants?number=1,77,78"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_non_null(strstr(sheet.cells[2][0], " day=2026-06-15 unknown_numbers=000077;000078"));
    assert_int_equal(get_csv(&bench, "/v1/registrants?name=zzz"), 200);
    read_sheet(&bench.reply.body, &sheet);
    assert_int_equal(sheet.rows, 2);
    assert_int_equal(strncmp(sheet.cells[1][0], "#end count=0 total=0 ", 21), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column),     cmocka_unit_test(formulas_are_quoted),
        cmocka_unit_test(columns_left_out), cmocka_unit_test(matches_have_columns),
        cmocka_unit_test(the_end),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
