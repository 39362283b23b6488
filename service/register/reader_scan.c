// The JSON grammar: see reader_scan.h.
#include "register/reader_scan.h"

#include <string.h>

void reader_scan_begin(struct reader_scan *scan, struct str line, char *scratch)
{
    *scan = (struct reader_scan){.line = line, .scratch = scratch};
}

static bool refuse(struct reader_scan *scan, const char *wrong)
{
    if (scan->wrong == NULL) {
        scan->wrong = wrong;
    }
    return false;
}

// The byte at `at`, or 0 at the end. A NUL in the line is 0 too, and fits nowhere in the grammar.
static char current(const struct reader_scan *scan)
{
    return scan->at < scan->line.n ? scan->line.p[scan->at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

char reader_scan_peek(struct reader_scan *scan)
{
    char c = current(scan);
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        scan->at++;
        c = current(scan);
    }
    return is_digit(c) || c == '-' ? '0' : c;
}

static bool take(struct reader_scan *scan, char sign, const char *wrong)
{
    if (scan->wrong != NULL || reader_scan_peek(scan) != sign) {
        return refuse(scan, wrong);
    }
    scan->at++;
    return true;
}

static bool hex4(struct reader_scan *scan, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        char c = current(scan);
        char letter = (char)(c | 0x20);
        bool is_letter = letter >= 'a' && letter <= 'f';
        if (!is_digit(c) && !is_letter) {
            return refuse(scan, "four hexadecimal digits expected after \\u");
        }
        *unit = *unit << 4 | (uint32_t)(is_letter ? letter - 'a' + 10 : c - '0');
        scan->at++;
    }
    return true;
}

// Behind "\u". A character beyond U+FFFF is written as two surrogates; one alone is no character.
static bool unicode_escape(struct reader_scan *scan)
{
    uint32_t unit;
    uint32_t low = 0;
    if (!hex4(scan, &unit)) {
        return false;
    }
    if (unit >= 0xd800 && unit < 0xdc00 && current(scan) == '\\') {
        scan->at++;
        if (current(scan) != 'u') {
            return refuse(scan, "a surrogate without its other half");
        }
        scan->at++;
        if (!hex4(scan, &low)) {
            return false;
        }
        unit = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit;
    }
    if (unit >= 0xd800 && unit < 0xe000) {
        return refuse(scan, "a surrogate without its other half");
    }
    scan->scratch_n += str_put_char(scan->scratch + scan->scratch_n, unit);
    return true;
}

// Behind the backslash.
static bool escape(struct reader_scan *scan)
{
    static const char written[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char c = current(scan);
    if (c == 'u') {
        scan->at++;
        return unicode_escape(scan);
    }
    const char *found = c == '\0' ? NULL : strchr(written, c);
    if (found == NULL) {
        return refuse(scan, "unknown escape behind the backslash");
    }
    scan->scratch[scan->scratch_n++] = meant[found - written];
    scan->at++;
    return true;
}

// Bytes from `at` to the next quote, backslash or control character.
static struct str plain_run(const struct reader_scan *scan)
{
    size_t end = scan->at;
    while (end < scan->line.n) {
        unsigned char c = (unsigned char)scan->line.p[end];
        if (c == '"' || c == '\\' || c < 0x20) {
            break;
        }
        end++;
    }
    return (struct str){scan->line.p + scan->at, end - scan->at};
}

// The rest of a text in which an escape was met; `head` is what came before it.
static bool text_with_escapes(struct reader_scan *scan, struct str head, struct str *text)
{
    size_t start = scan->scratch_n;
    struct str run = head;
    for (;;) {
        memcpy(scan->scratch + scan->scratch_n, run.p, run.n);
        scan->scratch_n += run.n;
        if (current(scan) != '\\') {
            break;
        }
        scan->at++;
        if (!escape(scan)) {
            return false;
        }
        run = plain_run(scan);
        scan->at += run.n;
    }
    *text = (struct str){scan->scratch + start, scan->scratch_n - start};
    return true;
}

bool reader_scan_text(struct reader_scan *scan, struct str *text)
{
    if (!take(scan, '"', "text in quotes expected")) {
        return false;
    }
    struct str run = plain_run(scan);
    scan->at += run.n;
    *text = run;
    if (current(scan) == '\\' && !text_with_escapes(scan, run, text)) {
        return false;
    }
    if (current(scan) != '"') {
        return refuse(scan, scan->at < scan->line.n ? "control character in text" : "text without closing quote");
    }
    scan->at++;
    return true;
}

static bool digits(struct reader_scan *scan)
{
    size_t start = scan->at;
    while (is_digit(current(scan))) {
        scan->at++;
    }
    return scan->at > start || refuse(scan, "digit expected");
}

static bool exponent(struct reader_scan *scan)
{
    char c = current(scan);
    if (c != 'e' && c != 'E') {
        return true;
    }
    scan->at++;
    c = current(scan);
    scan->at += c == '+' || c == '-' ? 1 : 0;
    return digits(scan);
}

bool reader_scan_number(struct reader_scan *scan, struct str *text)
{
    if (scan->wrong != NULL || reader_scan_peek(scan) != '0') {
        return refuse(scan, "number expected");
    }
    size_t start = scan->at;
    scan->at += current(scan) == '-' ? 1 : 0;
    bool zero = current(scan) == '0';
    scan->at += zero ? 1 : 0;
    if (!zero && !digits(scan)) {
        return false;
    }
    if (zero && is_digit(current(scan))) {
        return refuse(scan, "a number has no zeros in front");
    }
    if (current(scan) == '.') {
        scan->at++;
        if (!digits(scan)) {
            return false;
        }
    }
    *text = (struct str){scan->line.p + start, scan->at - start};
    bool good = exponent(scan);
    text->n = scan->at - start;
    return good;
}

static bool skip_word(struct reader_scan *scan, struct str word)
{
    struct str rest = {scan->line.p + scan->at, scan->line.n - scan->at};
    if (!str_starts_with(rest, word)) {
        return refuse(scan, "value expected: text, number, list, object, true, false or null");
    }
    scan->at += word.n;
    return true;
}

static bool skip_value(struct reader_scan *scan, int depth);

static bool skip_inside(struct reader_scan *scan, int depth, bool object)
{
    struct str key;
    if (depth >= READER_SCAN_DEPTH) {
        return refuse(scan, "nested too deeply");
    }
    for (size_t n = 0; object ? reader_scan_member(scan, &n, &key) : reader_scan_item(scan, &n);) {
        if (!skip_value(scan, depth + 1)) {
            return false;
        }
    }
    return scan->wrong == NULL;
}

static bool skip_value(struct reader_scan *scan, int depth)
{
    struct str ignored;
    switch (reader_scan_peek(scan)) {
    case '"':
        return reader_scan_text(scan, &ignored);
    case '0':
        return reader_scan_number(scan, &ignored);
    case '{':
        return skip_inside(scan, depth, true);
    case '[':
        return skip_inside(scan, depth, false);
    case 't':
        return skip_word(scan, STR("true"));
    case 'f':
        return skip_word(scan, STR("false"));
    default:
        return skip_word(scan, STR("null"));
    }
}

bool reader_scan_skip(struct reader_scan *scan)
{
    return scan->wrong == NULL && skip_value(scan, 0);
}

// The bracket or comma before element number *n, or the closing bracket.
static bool next_element(struct reader_scan *scan, size_t *n, char open, char close, const char *wrong)
{
    if (*n == 0 && !take(scan, open, wrong)) {
        return false;
    }
    if (scan->wrong == NULL && reader_scan_peek(scan) == close) {
        scan->at++;
        return false;
    }
    return (*n)++ == 0 || take(scan, ',', wrong);
}

bool reader_scan_member(struct reader_scan *scan, size_t *n, struct str *key)
{
    return next_element(scan, n, '{', '}', "'{', ',' or '}' expected") && reader_scan_text(scan, key) &&
           take(scan, ':', "':' expected behind the name of a field");
}

bool reader_scan_item(struct reader_scan *scan, size_t *n)
{
    return next_element(scan, n, '[', ']', "'[', ',' or ']' expected");
}

bool reader_scan_end(struct reader_scan *scan)
{
    return scan->wrong == NULL &&
           (reader_scan_peek(scan) == '\0' && scan->at == scan->line.n ? true : refuse(scan, "end of line expected"));
}
