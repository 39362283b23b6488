// Digests to text and back.
#include "intake/stored_digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_round_trip(void **state)
{
    (void)state;
    struct digest digest;
    struct digest read;
    char text[STORED_DIGEST_TEXT + 1];
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        digest.bytes[i] = (unsigned char)(i * 37 + 5);
    }
    stored_digest_write(&digest, text);
    assert_int_equal(strlen(text), STORED_DIGEST_TEXT);
    assert_memory_equal(text, "\\x052a", 6);
    assert_true(stored_digest_parse(str_of(text + 2), &read));
    assert_memory_equal(&digest, &read, sizeof digest);
}

static void test_refuses(void **state)
{
    (void)state;
    struct digest digest;
    char text[STORED_DIGEST_TEXT + 1];
    memset(text, 'a', sizeof text);
    assert_true(stored_digest_parse((struct str){text, 64}, &digest));
    assert_false(stored_digest_parse((struct str){text, 63}, &digest));
    assert_false(stored_digest_parse((struct str){text, 65}, &digest));
    assert_false(stored_digest_parse((struct str){NULL, 0}, &digest));
    text[63] = 'g';
    assert_false(stored_digest_parse((struct str){text, 64}, &digest));
    text[63] = 'A';
    assert_false(stored_digest_parse((struct str){text, 64}, &digest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round_trip), cmocka_unit_test(test_refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
