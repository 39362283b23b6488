// The one door to libsodium: digests, keyed digests, random bytes, comparison in constant time.
#ifndef MEIBO_BASE_DIGEST_H
#define MEIBO_BASE_DIGEST_H

#include "base/err.h"
#include "base/str.h"

enum { DIGEST_BYTES = 32, SHORT_KEY_BYTES = 16 };

struct digest {
    unsigned char bytes[DIGEST_BYTES];
};

struct short_key {
    unsigned char bytes[SHORT_KEY_BYTES];
};

// Once, before anything else here and before threads. ERR_INTERNAL: no randomness to be had.
enum err digest_setup(struct fault *fault) MUST_CHECK;
// SHA-256.
struct digest digest_sha256(struct str data);
// HMAC-SHA-256; `key` of any length. `purpose` separates uses of one secret: the key is HMAC(secret, purpose).
struct digest digest_keyed(struct str secret, const char *purpose, struct str data);
// SipHash-2-4: for cursors and entity tags, not for secrets at rest.
uint64_t digest_short(const struct short_key *key, struct str data);
// The first bytes of HMAC(secret, purpose).
struct short_key digest_short_key(struct str secret, const char *purpose);
// Compares without telling by its time where the difference is.
bool digest_equal(const struct digest *a, const struct digest *b);
void digest_random(void *out, size_t n);
// Lower-case hexadecimal, 64 characters, not terminated.
void digest_hex(const struct digest *digest, char out[2 * DIGEST_BYTES]);

#endif
