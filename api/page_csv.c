// A page of a search as CSV (RFC 4180) that a spreadsheet in Japan opens as it is: UTF-8 with a byte order mark, CR LF,
// a header row. A person is a row; a list is one cell, its entries joined by semicolons.
//
// The last row is "#end count=N total=N publication=N … next=…" in its first cell, the others empty. A table that was
// cut off lacks it. All of it stands in one cell, because a table may have been asked for with one column only and
// because every row is to have as many cells as the header; and it cannot be taken for a person, since the first column
// holds numbers, which are digits.
//
// What somebody entered could be a formula for a spreadsheet. As OWASP recommends ("CSV Injection"), a text that begins
// with what may begin one gets an apostrophe in front and quotes around.
#include "api/page_out.h"
#include "api/resources.h"
#include "api/scan.h"
#include "base/json_out.h"

#define TEXT(literal)                                                                                                  \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

static const struct column {
    struct str name; // of the column, and of the member
    bool in_profile;
} columns[] = {
    {TEXT("number"), false},         {TEXT("status"), false},
    {TEXT("status_on"), false},      {TEXT("registered_on"), false},
    {TEXT("renewed_on"), false},     {TEXT("renewal_count"), false},
    {TEXT("expires_on"), false},     {TEXT("suspended_until"), false},
    {TEXT("exam_passed"), false},    {TEXT("name"), false},
    {TEXT("kana"), false},           {TEXT("other_name"), false},
    {TEXT("birth_month"), false},    {TEXT("exam_certificate"), false},
    {TEXT("home"), false},           {TEXT("employer"), false},
    {TEXT("employer_place"), false}, {TEXT("email"), true},
    {TEXT("phone"), true},           {TEXT("url"), true},
    {TEXT("specialties"), true},     {TEXT("skills"), true},
    {TEXT("qualifications"), true},  {TEXT("statement"), true},
    {TEXT("completions"), false},
};

enum { COLUMNS = sizeof columns / sizeof columns[0], CELL_LONGEST = 16 * 1024 * 1024 };

// A table in the making.
struct table {
    const struct found *found;
    bool shown[COLUMNS];
    struct buf *out;
    struct buf whole; // a registrant as JSON
    struct buf cell;  // one cell, before quoting
    struct buf text;  // one text in it
    bool row_begun;
    bool failed; // the JSON was not ours, or no memory
};

static void table_init(struct table *table, const struct found *found, struct buf *out)
{
    *table = (struct table){.found = found, .out = out};
    for (size_t i = 0; i < COLUMNS; i++) {
        table->shown[i] = page_shows(found, page_field(columns[i].in_profile ? STR("profile") : columns[i].name));
    }
    buf_init(&table->whole, REPLY_LONGEST);
    buf_init(&table->cell, CELL_LONGEST);
    buf_init(&table->text, CELL_LONGEST);
}

static void table_fini(struct table *table)
{
    buf_fini(&table->whole);
    buf_fini(&table->cell);
    buf_fini(&table->text);
}

// --- cells -----------------------------------------------------------------------------------------------------------

// Also in full width: a spreadsheet may normalise before it looks.
static bool may_begin_formula(struct str text)
{
    size_t at = 0;
    switch (text.n == 0 ? 0 : str_next_char(text, &at)) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case 0xff1d: // ＝
    case 0xff0b: // ＋
    case 0xff0d: // －
    case 0xff20: // ＠
        return true;
    default:
        return false;
    }
}

static bool needs_quotes(struct str cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        if (c == '"' || c == ',' || c == ';' || c == '\'' || c == '\r' || c == '\n' || c == '\t' || c == ' ') {
            return true;
        }
    }
    return false;
}

static void add_cell(struct table *table, struct str cell)
{
    struct buf *out = table->out;
    if (table->row_begun) {
        buf_add_char(out, ',');
    }
    table->row_begun = true;
    if (!needs_quotes(cell)) {
        buf_add(out, cell);
        return;
    }
    buf_add_char(out, '"');
    for (struct str rest = cell; rest.p != NULL;) {
        buf_add(out, str_cut(&rest, '"'));
        buf_add_text(out, rest.p == NULL ? "" : "\"\"");
    }
    buf_add_char(out, '"');
}

static void end_row(struct table *table)
{
    buf_add(table->out, STR("\r\n"));
    table->row_begun = false;
}

// --- values ----------------------------------------------------------------------------------------------------------

// A JSON string, made harmless, at the cell's end.
static void add_text(struct table *table, struct str value)
{
    buf_clear(&table->text);
    table->failed = !scan_text(value, &table->text) || buf_failed(&table->text) || table->failed;
    if (may_begin_formula(buf_str(&table->text))) {
        buf_add_char(&table->cell, '\'');
    }
    buf_add(&table->cell, buf_str(&table->text));
}

static void add_completion(struct table *table, struct str value)
{
    struct scan scan = scan_object(value);
    struct str name;
    struct str course = STR("");
    struct str day = STR("");
    while (scan_member(&scan, &name, &value)) {
        course = str_equal(name, STR("course")) ? value : course;
        day = str_equal(name, STR("completed_on")) ? value : day;
    }
    table->failed = scan_failed(&scan) || table->failed;
    add_text(table, course);
    buf_add_char(&table->cell, ' ');
    add_text(table, day);
}

static void add_list(struct table *table, struct str value)
{
    struct scan scan = scan_array(value);
    struct str entry;
    while (scan_element(&scan, &entry)) {
        if (table->cell.n > 0) {
            buf_add_char(&table->cell, ';');
        }
        if (entry.p[0] == '{') {
            add_completion(table, entry);
        } else {
            add_text(table, entry);
        }
    }
    table->failed = scan_failed(&scan) || table->failed;
}

// A member's value as a cell; p == NULL: an empty one.
static void add_value(struct table *table, struct str value)
{
    buf_clear(&table->cell);
    if (value.p != NULL && value.p[0] == '"') {
        add_text(table, value);
    } else if (value.p != NULL && value.p[0] == '[') {
        add_list(table, value);
    } else if (value.p != NULL) {
        buf_add(&table->cell, value);
    }
    add_cell(table, buf_str(&table->cell));
    table->failed = buf_failed(&table->cell) || table->failed;
}

// --- rows ------------------------------------------------------------------------------------------------------------

// Puts the values of an object's members under their columns; those of the profile are members of an object in it.
static void place_values(struct table *table, struct str object, bool in_profile, struct str values[COLUMNS])
{
    struct scan scan = scan_object(object);
    struct str name;
    struct str value;
    while (scan_member(&scan, &name, &value)) {
        if (!in_profile && str_equal(name, STR("profile"))) {
            place_values(table, value, true, values);
            continue;
        }
        for (size_t i = 0; i < COLUMNS; i++) {
            if (columns[i].in_profile == in_profile && str_equal(columns[i].name, name)) {
                values[i] = value;
            }
        }
    }
    table->failed = scan_failed(&scan) || table->failed;
}

static void write_header(struct table *table)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (table->shown[i]) {
            add_cell(table, columns[i].name);
        }
    }
    if (table->found->page.matched) {
        add_cell(table, STR("match_field"));
        add_cell(table, STR("match_tier"));
    }
    end_row(table);
}

static void write_row(struct table *table, uint32_t i)
{
    const struct page *page = &table->found->page;
    struct str values[COLUMNS] = {{NULL, 0}};
    buf_clear(&table->whole);
    edition_write_registrant(table->found->visit->edition, page->ids[i], &table->whole);
    place_values(table, buf_str(&table->whole), false, values);
    for (size_t column = 0; column < COLUMNS; column++) {
        if (table->shown[column]) {
            add_value(table, values[column]);
        }
    }
    if (page->matched) {
        add_cell(table, str_of(match_field_name(page->matches[i].field)));
        add_cell(table, str_of(tier_name(page->matches[i].tier)));
    }
    end_row(table);
}

static void add_unknown(struct buf *out, struct str number, bool first)
{
    buf_add_text(out, first ? " unknown_numbers=" : ";");
    buf_add(out, number);
}

static void write_as_of(struct table *table, struct buf *cell)
{
    const struct edition_head *head = edition_get_head(table->found->visit->edition);
    buf_add_format(cell, " publication=%lld", (long long)head->publication);
    if (head->published_at != INSTANT_NONE) {
        char instant[INSTANT_TEXT];
        instant_write(head->published_at, instant);
        buf_add_format(cell, " published_at=%.*s", INSTANT_TEXT, instant);
    }
    char day[DAY_TEXT];
    day_write(head->day, day);
    buf_add_format(cell, " day=%.*s", DAY_TEXT, day);
}

static void write_end(struct table *table, struct reply *reply)
{
    const struct page *page = &table->found->page;
    struct buf *cell = &table->cell;
    BUF_AUTO struct buf next;
    buf_init(&next, NEXT_LONGEST);
    page_add_next(table->found, reply, &next);
    buf_clear(cell);
    buf_add_format(cell, "#end count=%u total=%llu", page->count, (unsigned long long)page->total);
    write_as_of(table, cell);
    page_each_unknown(table->found, add_unknown, cell);
    if (next.n > 0) {
        buf_add(cell, STR(" next="));
        buf_add(cell, buf_str(&next));
    }
    add_cell(table, buf_str(cell));
    for (size_t i = 1; i < COLUMNS; i++) {
        if (table->shown[i]) {
            add_cell(table, STR(""));
        }
    }
    buf_add_text(table->out, page->matched ? ",,\r\n" : "\r\n");
    table->failed = buf_failed(cell) || buf_failed(&next) || table->failed;
}

void page_write_csv(const struct found *found, struct reply *reply)
{
    __attribute__((cleanup(table_fini))) struct table table;
    table_init(&table, found, &reply->body);
    reply->content_type = MEDIA_CSV "; charset=utf-8; header=present";
    buf_add(&reply->body, STR("\xef\xbb\xbf"));
    write_header(&table);
    for (uint32_t i = 0; i < found->page.count; i++) {
        write_row(&table, i);
    }
    write_end(&table, reply);
    reply->body.failed = reply->body.failed || table.failed;
}
