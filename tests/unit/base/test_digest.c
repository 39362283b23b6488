// Digests against the vectors that their definitions publish.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_hex(const unsigned char *bytes, size_t n, const char *expected)
{
    char hex[2 * DIGEST_BYTES + 1] = "";
    for (size_t i = 0; i < n; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
    assert_string_equal(hex, expected);
}

static void assert_sha256(struct str data, const char *expected)
{
    struct digest digest = digest_sha256(data);
    char hex[2 * DIGEST_BYTES];
    digest_hex(&digest, hex);
    assert_int_equal(strlen(expected), sizeof hex);
    assert_memory_equal(hex, expected, sizeof hex);
}

// FIPS 180-4; messages and digests as NIST's examples give them.
static void sha256(void **state)
{
    (void)state;
    assert_sha256((struct str){NULL, 0}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha256(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha256(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_sha256(STR("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                      "mnopqrstnopqrstu"),
                  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    assert_sha256((struct str){million, 1000000}, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

// RFC 4231, section 4. A short key is the first 16 bytes of HMAC-SHA-256(secret, purpose), so its data stand in the
// purpose's place.
static void hmac(void **state)
{
    (void)state;
    static const struct {
        unsigned char key_byte; // repeated key_length times; 0: see key
        size_t key_length;
        const char *key;
        unsigned char data_byte;
        size_t data_length;
        const char *data;
        const char *expected;
    } cases[] = {
        {0x0b, 20, NULL, 0, 0, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b"},
        {0, 4, "Jefe", 0, 0, "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c7"},
        {0xaa, 20, NULL, 0xdd, 50, NULL, "773ea91e36800e46854db8ebd09181a7"},
        {0, 25, "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
         0xcd, 50, NULL, "82558a389a443c0ea4cc819899f2083a"},
        {0x0c, 20, NULL, 0, 0, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
        {0xaa, 131, NULL, 0, 0, "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f"},
        {0xaa, 131, NULL, 0, 0,
         "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
         "hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char key[200] = "";
        char data[200] = "";
        memset(key, cases[i].key_byte, cases[i].key_length);
        memset(data, cases[i].data_byte, cases[i].data_length);
        struct str secret = {cases[i].key == NULL ? key : cases[i].key, cases[i].key_length};
        struct short_key short_key = digest_short_key(secret, cases[i].data == NULL ? data : cases[i].data);
        assert_hex(short_key.bytes, sizeof short_key.bytes, cases[i].expected);
    }
}

// HMAC(HMAC(secret, purpose), data), computed once with another implementation (Python's hmac).
static void keyed(void **state)
{
    (void)state;
    struct str secret = STR("secret of 32 characters or more..");
    struct digest digest = digest_keyed(secret, "purpose", STR("data"));
    assert_hex(digest.bytes, sizeof digest.bytes, "e41e673560e37ef0f92937b59b9a38d2add481abfbf5b7cd6901efb0be66ee02");
    struct digest other_secret = digest_keyed(STR("secret of 32 characters or more.,"), "purpose", STR("data"));
    struct digest other_purpose = digest_keyed(secret, "purposes", STR("data"));
    struct digest moved_border = digest_keyed(secret, "purposed", STR("ata"));
    assert_false(digest_equal(&digest, &other_secret));
    assert_false(digest_equal(&digest, &other_purpose));
    assert_false(digest_equal(&digest, &moved_border));
}

// The reference implementation's vectors: key 00 01 … 0f, message of n bytes 00 01 …; the bytes as it prints them.
static void siphash(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        uint64_t expected;
    } cases[] = {
        {0, 0x310e0edd47db6f72}, {1, 0xfd67dc93c539f874}, {2, 0x5a4fa9d909806c0d},  {3, 0x2d7efbd796666785},
        {7, 0x37d1018bf50002ab}, {8, 0x6224939a79f5f593}, {15, 0xe545be4961ca29a1},
    };
    struct short_key key;
    char message[64];
    for (size_t i = 0; i < sizeof message; i++) {
        message[i] = (char)i;
    }
    memcpy(key.bytes, message, sizeof key.bytes);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(digest_short(&key, (struct str){message, cases[i].n}) == cases[i].expected);
    }
}

static void equality_sees_every_bit(void **state)
{
    (void)state;
    struct digest a = digest_sha256(STR("a"));
    struct digest b = a;
    assert_true(digest_equal(&a, &b));
    for (size_t bit = 0; bit < 8 * (size_t)DIGEST_BYTES; bit++) {
        b = a;
        b.bytes[bit / 8] ^= (unsigned char)(1U << (bit % 8));
        assert_false(digest_equal(&a, &b));
    }
}

static void random_bytes_differ(void **state)
{
    (void)state;
    unsigned char bytes[3][32] = {{0}};
    digest_random(bytes[1], sizeof bytes[1]);
    digest_random(bytes[2], sizeof bytes[2]);
    assert_memory_not_equal(bytes[0], bytes[1], sizeof bytes[0]);
    assert_memory_not_equal(bytes[1], bytes[2], sizeof bytes[0]);
}

static int setup(void **state)
{
    (void)state;
    return digest_setup(NULL) == ERR_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256),
        cmocka_unit_test(hmac),
        cmocka_unit_test(keyed),
        cmocka_unit_test(siphash),
        cmocka_unit_test(equality_sees_every_bit),
        cmocka_unit_test(random_bytes_differ),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
