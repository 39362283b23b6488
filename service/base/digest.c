// Digests through libsodium: see digest.h.
#include "base/digest.h"

#include <sodium.h>
#include <string.h>

_Static_assert(DIGEST_BYTES == crypto_hash_sha256_BYTES, "SHA-256");
_Static_assert(DIGEST_BYTES == crypto_auth_hmacsha256_BYTES, "HMAC-SHA-256");
_Static_assert(SHORT_KEY_BYTES == crypto_shorthash_KEYBYTES, "SipHash key");

enum err digest_setup(struct fault *fault)
{
    return sodium_init() < 0 ? err_set(fault, ERR_INTERNAL, "libsodium found no source of randomness") : ERR_OK;
}

struct digest digest_sha256(struct str data)
{
    struct digest digest;
    (void)crypto_hash_sha256(digest.bytes, (const unsigned char *)data.p, data.n);
    return digest;
}

static struct digest hmac(struct str key, struct str data)
{
    struct digest digest;
    crypto_auth_hmacsha256_state state;
    (void)crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.p, key.n);
    (void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)data.p, data.n);
    (void)crypto_auth_hmacsha256_final(&state, digest.bytes);
    return digest;
}

struct digest digest_keyed(struct str secret, const char *purpose, struct str data)
{
    struct digest key = hmac(secret, str_of(purpose));
    struct digest digest = hmac((struct str){(const char *)key.bytes, sizeof key.bytes}, data);
    sodium_memzero(&key, sizeof key);
    return digest;
}

uint64_t digest_short(const struct short_key *key, struct str data)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t value = 0;
    (void)crypto_shorthash(hash, (const unsigned char *)data.p, data.n, key->bytes);
    for (size_t i = 0; i < sizeof hash; i++) {
        value = value << 8 | hash[i];
    }
    return value;
}

struct short_key digest_short_key(struct str secret, const char *purpose)
{
    struct short_key key;
    struct digest digest = hmac(secret, str_of(purpose));
    memcpy(key.bytes, digest.bytes, sizeof key.bytes);
    return key;
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void digest_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

void digest_hex(const struct digest *digest, char out[2 * DIGEST_BYTES])
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        out[2 * i] = hex[digest->bytes[i] >> 4];
        out[2 * i + 1] = hex[digest->bytes[i] & 15];
    }
}
