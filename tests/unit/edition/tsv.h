// Tables made by hand, for tests: a line an entry, cells parted by tabs, - for an absent one, # before a comment,
// \u{FA1B} for a character that is hard to see. What is wrong with them is complained of with its place.
#ifndef MEIBO_TESTS_TSV_H
#define MEIBO_TESTS_TSV_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

enum {
    COLUMNS_MOST = 11,
    FILE_LONGEST = 1 << 20,
};

static int complaints;

static void complain(const char *path, int line, const char *format, ...) PRINTF_LIKE(3, 4);
static inline void complain(const char *path, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fprintf(stderr, "%s:%d: ", path, line);
    (void)vfprintf(stderr, format, arguments); // NOLINT(clang-analyzer-valist.Uninitialized)
    (void)fputc('\n', stderr);
    va_end(arguments);
    complaints++;
}

struct line {
    int number;
    struct str cells[COLUMNS_MOST]; // p == NULL: "-" or beyond the line's end
    size_t n;
};

// Cells are copied, their escapes resolved, to `room`, which has space for all of the file.
struct table {
    struct str rest;
    int line;
    char *room;
};

static inline int hex_digit(char c)
{
    const char *digits = "0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

// u{FA1B}, behind a backslash. 0: not well formed.
static inline uint32_t read_escape(struct str cell, size_t *at)
{
    uint32_t value = 0;
    struct str rest = {cell.p + *at, cell.n - *at};
    size_t i = 2;
    if (!str_starts_with(rest, STR("u{"))) {
        return 0;
    }
    for (; i < rest.n && hex_digit(rest.p[i]) >= 0 && i < 8; i++) {
        value = value * 16 + (uint32_t)hex_digit(rest.p[i]);
    }
    bool closed = i < rest.n && rest.p[i] == '}';
    bool scalar = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    *at += i + 1;
    return closed && scalar ? value : 0;
}

static inline bool read_cell(struct table *table, struct str cell, struct str *out)
{
    char *start = table->room;
    for (size_t at = 0; at < cell.n;) {
        uint32_t c = str_next_char(cell, &at);
        c = c == '\\' ? read_escape(cell, &at) : c;
        if (c == 0) {
            return false;
        }
        table->room += str_put_char(table->room, c);
    }
    bool none = str_equal(cell, STR("-"));
    *out = none ? (struct str){NULL, 0} : (struct str){start, (size_t)(table->room - start)};
    return cell.n > 0;
}

// What is wrong with the line, NULL if nothing.
static inline const char *read_line(struct table *table, struct str text, struct line *line)
{
    *line = (struct line){.number = table->line};
    while (text.p != NULL) {
        struct str cell = str_cut(&text, '\t');
        if (line->n == COLUMNS_MOST) {
            return "has too many columns";
        }
        if (!read_cell(table, cell, &line->cells[line->n++])) {
            return "has an empty cell (write -) or a \\ that begins no \\u{...}";
        }
    }
    return NULL;
}

// The next line that holds something, neither blank nor a comment. False: there is none.
static inline bool next_line(struct table *table, struct str *text)
{
    while (table->rest.p != NULL) {
        *text = str_cut(&table->rest, '\n');
        text->n -= text->n > 0 && text->p[text->n - 1] == '\r'; // as some editors save it
        table->line++;
        if (str_trim(*text).n > 0 && text->p[0] != '#') {
            return true;
        }
    }
    return false;
}

static inline void read_file(const char *path, struct buf *content)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail_msg("%s: cannot be opened; run the tests from the top of the tree", path);
    }
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) {
        buf_add(content, (struct str){part, n});
    }
    assert_int_equal(fclose(file), 0);
    assert_false(buf_failed(content));
    assert_true(str_is_utf8(buf_str(content)));
}

#endif
