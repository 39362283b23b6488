// Views and small parsers: see str.h.
#include "base/str.h"

#include <string.h>

bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

int str_compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i])) {
            return false;
        }
    }
    return true;
}

bool str_starts_with(struct str text, struct str prefix)
{
    return text.n >= prefix.n && str_equal((struct str){text.p, prefix.n}, prefix);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str text)
{
    while (text.n > 0 && is_blank(text.p[0])) {
        text.p++;
        text.n--;
    }
    while (text.n > 0 && is_blank(text.p[text.n - 1])) {
        text.n--;
    }
    return text;
}

struct str str_cut(struct str *rest, char separator)
{
    struct str head = *rest;
    const char *at = rest->n == 0 ? NULL : memchr(rest->p, separator, rest->n);
    if (at == NULL) {
        *rest = (struct str){NULL, 0};
        return head;
    }
    head.n = (size_t)(at - rest->p);
    rest->p = at + 1;
    rest->n -= head.n + 1;
    return head;
}

bool str_to_u64(struct str text, uint64_t maximum, uint64_t *value)
{
    uint64_t sum = 0;
    if (text.n == 0) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(text.p[i] - '0');
        if (digit > maximum || sum > (maximum - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

// RFC 3629, section 4.
static size_t multibyte_length(const unsigned char *p, size_t n)
{
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n < length) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool surrogate = p[0] == 0xed && p[1] > 0x9f;
    bool too_large = p[0] == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || too_large ? 0 : length;
}

size_t str_utf8_length(struct str text)
{
    if (text.n == 0) {
        return 0;
    }
    const unsigned char *p = (const unsigned char *)text.p;
    return p[0] < 0x80 ? 1 : multibyte_length(p, text.n);
}

size_t str_utf8_prefix(struct str text)
{
    const unsigned char *p = (const unsigned char *)text.p;
    size_t at = 0;
    while (at < text.n) {
        size_t length = p[at] < 0x80 ? 1 : multibyte_length(p + at, text.n - at);
        if (length == 0) {
            break;
        }
        at += length;
    }
    return at;
}

bool str_is_utf8(struct str text)
{
    return str_utf8_prefix(text) == text.n;
}

bool str_has_control(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool c1 = c == 0xc2 && i + 1 < text.n && (unsigned char)text.p[i + 1] < 0xa0;
        if (c < 0x20 || c == 0x7f || c1) {
            return true;
        }
    }
    return false;
}

size_t str_count_chars(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) {
        count += ((unsigned char)text.p[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
}

uint32_t str_next_char(struct str text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.p + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xe0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    }
    if (p[0] < 0xf0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 | (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
}

size_t str_put_char(char out[4], uint32_t character)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xc0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3f));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xe0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3f));
        out[2] = (char)(0x80 | (character & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3f));
    out[2] = (char)(0x80 | (character >> 6 & 0x3f));
    out[3] = (char)(0x80 | (character & 0x3f));
    return 4;
}

enum { DISTANCE_LONGEST = 64 };

size_t str_distance(struct str a, struct str b)
{
    size_t row[DISTANCE_LONGEST + 1];
    if (a.n > DISTANCE_LONGEST || b.n > DISTANCE_LONGEST) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b.n; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t replace = diagonal + (a.p[i - 1] == b.p[j - 1] ? 0 : 1);
            size_t either = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replace < either ? replace : either;
        }
    }
    return row[b.n];
}
