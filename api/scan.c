// Reading our own JSON: see scan.h.
#include "api/scan.h"

#include <string.h>

enum { DEPTH_MOST = 8 };

static int hex_value(char c)
{
    static const char hex[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(hex, c);
    return at == NULL ? -1 : (int)(at - hex);
}

// Bytes of the escape that the text begins with, 0 if it is none of ours; what it stands for.
static size_t escape_length(struct str text, char *meaning)
{
    if (text.n >= 2 && (text.p[1] == '"' || text.p[1] == '\\' || text.p[1] == 'n')) {
        *meaning = text.p[1] == 'n' ? '\n' : text.p[1];
        return 2;
    }
    if (text.n < 6 || memcmp(text.p, "\\u00", 4) != 0) {
        return 0;
    }
    int high = hex_value(text.p[4]);
    int low = hex_value(text.p[5]);
    *meaning = (char)(high * 16 + low);
    return high >= 0 && high < 8 && low >= 0 ? 6 : 0;
}

// Bytes of the string that the text begins with, quotes included; 0: none.
static size_t string_length(struct str text)
{
    size_t at = 1;
    if (text.n == 0 || text.p[0] != '"') {
        return 0;
    }
    for (;;) {
        const char *quote = memchr(text.p + at, '"', text.n - at);
        if (quote == NULL) {
            return 0;
        }
        const char *escape = memchr(text.p + at, '\\', (size_t)(quote - text.p) - at);
        if (escape == NULL) {
            return (size_t)(quote - text.p) + 1;
        }
        char meaning;
        at = (size_t)(escape - text.p);
        size_t n = escape_length((struct str){escape, text.n - at}, &meaning);
        if (n == 0) {
            return 0;
        }
        at += n;
    }
}

static size_t plain_length(struct str text)
{
    size_t n = 0;
    if (str_starts_with(text, STR("true"))) {
        return 4;
    }
    if (str_starts_with(text, STR("false"))) {
        return 5;
    }
    while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || text.p[n] == '-' || text.p[n] == '.')) {
        n++;
    }
    return n;
}

// Bytes of the object or array that the text begins with: brackets have to pair, what stands between them is looked at
// when it is scanned itself.
static size_t nested_length(struct str text)
{
    char open[DEPTH_MOST];
    size_t depth = 0;
    for (size_t at = 0; at < text.n; at++) {
        char c = text.p[at];
        if (c == '"') {
            size_t n = string_length((struct str){text.p + at, text.n - at});
            if (n == 0) {
                return 0;
            }
            at += n - 1;
        } else if (c == '{' || c == '[') {
            if (depth == DEPTH_MOST) {
                return 0;
            }
            open[depth++] = c;
        } else if (c == '}' || c == ']') {
            if (open[--depth] != (c == '}' ? '{' : '[')) {
                return 0;
            }
        }
        if (depth == 0) {
            return at + 1;
        }
    }
    return 0;
}

static size_t value_length(struct str text)
{
    char c = text.n == 0 ? '\0' : text.p[0];
    return c == '"' ? string_length(text) : c == '{' || c == '[' ? nested_length(text) : plain_length(text);
}

static struct scan scan_open(struct str json, char open, char end)
{
    struct scan scan = {json, end, true, json.n < 2 || json.p[0] != open};
    if (!scan.failed) {
        scan.rest = (struct str){json.p + 1, json.n - 1};
    }
    return scan;
}

struct scan scan_object(struct str json)
{
    return scan_open(json, '{', '}');
}

struct scan scan_array(struct str json)
{
    return scan_open(json, '[', ']');
}

static bool fail(struct scan *scan)
{
    scan->failed = true;
    return false;
}

static struct str take(struct scan *scan, size_t n)
{
    struct str taken = {scan->rest.p, n};
    scan->rest = (struct str){scan->rest.p + n, scan->rest.n - n};
    return taken;
}

// Up to the next member or element; false at the end.
static bool step(struct scan *scan)
{
    if (scan->failed || scan->rest.n == 0) {
        return false;
    }
    bool first = scan->first;
    scan->first = false;
    if (scan->rest.p[0] == scan->end) {
        (void)take(scan, 1);
        return scan->rest.n == 0 ? false : fail(scan);
    }
    if (first) {
        return true;
    }
    if (scan->rest.p[0] != ',') {
        return fail(scan);
    }
    (void)take(scan, 1);
    return true;
}

static bool take_value(struct scan *scan, struct str *value)
{
    size_t n = value_length(scan->rest);
    if (n == 0 || n == scan->rest.n) { // something closes behind it
        return fail(scan);
    }
    *value = take(scan, n);
    return true;
}

bool scan_member(struct scan *scan, struct str *name, struct str *value)
{
    if (!step(scan)) {
        return false;
    }
    size_t n = string_length(scan->rest);
    if (n == 0 || n == scan->rest.n || scan->rest.p[n] != ':') {
        return fail(scan);
    }
    *name = (struct str){scan->rest.p + 1, n - 2};
    (void)take(scan, n + 1);
    return take_value(scan, value);
}

bool scan_element(struct scan *scan, struct str *value)
{
    return step(scan) && take_value(scan, value);
}

bool scan_failed(const struct scan *scan)
{
    return scan->failed || scan->rest.n > 0 || scan->first;
}

bool scan_text(struct str value, struct buf *out)
{
    if (value.n < 2 || string_length(value) != value.n) {
        return false;
    }
    struct str inner = {value.p + 1, value.n - 2};
    while (inner.n > 0) {
        const char *escape = memchr(inner.p, '\\', inner.n);
        size_t plain = escape == NULL ? inner.n : (size_t)(escape - inner.p);
        buf_add(out, (struct str){inner.p, plain});
        inner = (struct str){inner.p + plain, inner.n - plain};
        if (inner.n > 0) {
            char meaning = '\0';
            size_t n = escape_length(inner, &meaning);
            buf_add_char(out, meaning);
            inner = (struct str){inner.p + n, inner.n - n};
        }
    }
    return true;
}
