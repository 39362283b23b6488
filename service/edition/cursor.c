// Cursors: see cursor.h. Bytes before base64url: digest of the query (8), form (1), number (4), value (4), text (0 to
// 1,500), check (8); integers big-endian. The check is the keyed short digest of all before it.
#include "edition/cursor.h"

#include <string.h>

// `FORM` grows when the bytes come to mean something else: what an older version made is then damaged, not misread.
enum { FORM = 2, HEAD = 8 + 1 + 4 + 4, CHECK = 8, RAW_LONGEST = HEAD + CURSOR_TEXT_LONGEST + CHECK };

_Static_assert((RAW_LONGEST * 4 + 2) / 3 <= CURSOR_LONGEST, "the longest cursor has room");

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void put(unsigned char *out, uint64_t value, size_t n)
{
    for (size_t i = n; i > 0; i--) {
        out[i - 1] = (unsigned char)(value & 0xff);
        value >>= 8;
    }
}

static uint64_t get(const unsigned char *in, size_t n)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        value = value << 8 | in[i];
    }
    return value;
}

// RFC 4648, section 5, without padding.
static void encode(const unsigned char *raw, size_t n, struct buf *out)
{
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i < 3 ? n - i : 3;
        uint32_t bits =
            (uint32_t)raw[i] << 16 | (left > 1 ? (uint32_t)raw[i + 1] << 8 : 0) | (left > 2 ? raw[i + 2] : 0);
        for (size_t j = 0; j <= left; j++) {
            buf_add_char(out, alphabet[bits >> (18 - 6 * j) & 63]);
        }
    }
}

static bool decode(struct str text, unsigned char raw[RAW_LONGEST], size_t *n)
{
    uint32_t bits = 0;
    unsigned count = 0;
    *n = 0;
    if (text.n * 3 / 4 > RAW_LONGEST || text.n % 4 == 1) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] == '\0' ? NULL : strchr(alphabet, text.p[i]);
        if (at == NULL) {
            return false;
        }
        bits = bits << 6 | (uint32_t)(at - alphabet);
        count += 6;
        if (count >= 8) {
            count -= 8;
            raw[(*n)++] = (unsigned char)(bits >> count & 0xff);
        }
    }
    return (bits & ((1U << count) - 1)) == 0; // one spelling only
}

static uint64_t check_of(const struct short_key *key, const unsigned char *raw, size_t n)
{
    return digest_short(key, (struct str){(const char *)raw, n});
}

void cursor_set_text(struct cursor *cursor, struct str text)
{
    bool cut = text.n > CURSOR_TEXT_LONGEST;
    cursor->text_length = cut ? str_utf8_prefix((struct str){text.p, CURSOR_TEXT_LONGEST - 4}) : text.n;
    if (cursor->text_length > 0) {
        memcpy(cursor->text, text.p, cursor->text_length);
    }
    if (cut) {
        cursor->text_length += str_put_char(cursor->text + cursor->text_length, 0x10ffff); // behind all others
    }
}

struct str cursor_text(const struct cursor *cursor)
{
    return (struct str){cursor->text, cursor->text_length};
}

void cursor_write(const struct short_key *key, uint64_t query_digest, const struct cursor *cursor, struct buf *out)
{
    unsigned char raw[RAW_LONGEST];
    size_t length = cursor->text_length;
    put(raw, query_digest, 8);
    raw[8] = FORM;
    put(raw + 9, cursor->number, 4);
    put(raw + 13, (uint32_t)cursor->value, 4);
    memcpy(raw + HEAD, cursor->text, length);
    put(raw + HEAD + length, check_of(key, raw, HEAD + length), CHECK);
    encode(raw, HEAD + length + CHECK, out);
}

enum err cursor_parse(const struct short_key *key, uint64_t query_digest, struct str text, struct cursor *cursor)
{
    unsigned char raw[RAW_LONGEST + 3];
    size_t n;
    if (!decode(text, raw, &n) || n < HEAD + CHECK || get(raw + n - CHECK, CHECK) != check_of(key, raw, n - CHECK) ||
        raw[8] != FORM) {
        return ERR_INVALID;
    }
    if (get(raw, 8) != query_digest) {
        return ERR_CONFLICT;
    }
    cursor->number = (number_t)get(raw + 9, 4);
    cursor->value = (int32_t)(uint32_t)get(raw + 13, 4);
    cursor_set_text(cursor, (struct str){(const char *)raw + HEAD, n - HEAD - CHECK});
    return ERR_OK;
}
