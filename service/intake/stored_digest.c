// Digests in statements: see stored_digest.h.
#include "intake/stored_digest.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool stored_digest_parse(struct str hex, struct digest *digest)
{
    if (hex.n != 2 * DIGEST_BYTES) {
        return false;
    }
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        int high = hex_value(hex.p[2 * i]);
        int low = hex_value(hex.p[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        digest->bytes[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

void stored_digest_write(const struct digest *digest, char out[STORED_DIGEST_TEXT + 1])
{
    out[0] = '\\';
    out[1] = 'x';
    digest_hex(digest, out + 2);
    out[STORED_DIGEST_TEXT] = '\0';
}
