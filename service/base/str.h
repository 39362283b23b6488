// A borrowed view of bytes with a length (`struct str`), and the small parsers that the whole program shares.
// `char *` always means NUL-terminated text; a view need not end in NUL and may hold any bytes.
#ifndef MEIBO_BASE_STR_H
#define MEIBO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

// View of NUL-terminated text; NULL gives the empty view.
static inline struct str str_of(const char *text)
{
    return (struct str){text, text == NULL ? 0 : strlen(text)};
}
bool str_equal(struct str a, struct str b);
// Below, at or above zero, by bytes; a beginning comes before what it begins.
int str_compare(struct str a, struct str b);
// ASCII case ignored: for header names and tokens of protocols only.
bool str_equal_nocase(struct str a, struct str b);
bool str_starts_with(struct str text, struct str prefix);
// Without ASCII blanks, tabs, CR and LF at both ends.
struct str str_trim(struct str text);
// Cuts `rest` at the first `separator`: returns what stands before it and moves `rest` behind it.
// Without a separator, returns all and leaves `rest` with p == NULL. Call while rest->p != NULL.
struct str str_cut(struct str *rest, char separator);
// Whole view as an unsigned decimal of ASCII digits, at most `maximum`. No sign, no blanks, no overflow.
bool str_to_u64(struct str text, uint64_t maximum, uint64_t *value);
// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool str_is_utf8(struct str text);
// Bytes of the well-formed character that `text` begins with; 0 if it begins with none or is empty.
size_t str_utf8_length(struct str text);
// Bytes of the longest prefix that is well-formed UTF-8: where the first broken character begins.
size_t str_utf8_prefix(struct str text);
// Holds NUL, a C0 or C1 control character or DEL. `text` is well-formed UTF-8.
bool str_has_control(struct str text);
// Characters (code points) in well-formed UTF-8.
size_t str_count_chars(struct str text);
// Reads one character of well-formed UTF-8 at *at and moves *at behind it. at < text.n.
uint32_t str_next_char(struct str text, size_t *at);
// Writes a character as UTF-8 (1 to 4 bytes) and returns how many. The character is a Unicode scalar value.
size_t str_put_char(char out[4], uint32_t character);
// Edit distance (Levenshtein, bytes) of two short names; used for "did you mean". Up to 64 bytes each, else SIZE_MAX.
size_t str_distance(struct str a, struct str b);

#endif
