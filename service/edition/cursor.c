// Cursors: see cursor.h. Bytes before base64url: digest of the query (8), number (4), day (4), course (0 to 64), check
// (8); integers big-endian. The check is the keyed short digest of all before it.
#include "edition/cursor.h"

#include <string.h>

enum { HEAD = 8 + 4 + 4, CHECK = 8, RAW_LONGEST = HEAD + CODE_LONGEST + CHECK };

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

void cursor_write(const struct short_key *key, uint64_t query_digest, const struct cursor *cursor, struct buf *out)
{
    unsigned char raw[RAW_LONGEST];
    size_t course = strlen(cursor->course);
    put(raw, query_digest, 8);
    put(raw + 8, cursor->number, 4);
    put(raw + 12, (uint32_t)cursor->completed_on, 4);
    memcpy(raw + HEAD, cursor->course, course);
    put(raw + HEAD + course, check_of(key, raw, HEAD + course), CHECK);
    encode(raw, HEAD + course + CHECK, out);
}

enum err cursor_parse(const struct short_key *key, uint64_t query_digest, struct str text, struct cursor *cursor)
{
    unsigned char raw[RAW_LONGEST + 3];
    size_t n;
    if (!decode(text, raw, &n) || n < HEAD + CHECK || get(raw + n - CHECK, CHECK) != check_of(key, raw, n - CHECK)) {
        return ERR_INVALID;
    }
    if (get(raw, 8) != query_digest) {
        return ERR_CONFLICT;
    }
    size_t course = n - HEAD - CHECK;
    *cursor = (struct cursor){.number = (number_t)get(raw + 8, 4), .completed_on = (day_t)(uint32_t)get(raw + 12, 4)};
    memcpy(cursor->course, raw + HEAD, course);
    return ERR_OK;
}
