// The digest that catches a mistyped number: same for what is the same name, different for all else.
#include "intake/name_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct digest digest_of(const char *secret, const char *name)
{
    struct digest digest;
    assert_int_equal(ERR_OK, name_digest(str_of(secret), str_of(name), &digest));
    return digest;
}

static bool is_same(const char *a, const char *b)
{
    struct digest first = digest_of("secret", a);
    struct digest second = digest_of("secret", b);
    return digest_equal(&first, &second);
}

static void test_spellings_of_one_name(void **state)
{
    (void)state;
    assert_true(is_same("山田 太郎", "山田　太郎"));
    assert_true(is_same("山田 太郎", "山田太郎"));
    assert_true(is_same("ＴＡＲＯ Yamada", "taro yamada"));
    assert_true(is_same("ﾔﾏﾀﾞ", "やまだ"));
}

static void test_other_names_differ(void **state)
{
    (void)state;
    assert_false(is_same("山田 太郎", "山田 次郎"));
    assert_false(is_same("山田 太郎", "山田 太郎太郎"));
    assert_false(is_same("山田 太郎", ""));
}

static void test_key_matters(void **state)
{
    (void)state;
    struct digest one = digest_of("secret", "山田太郎");
    struct digest other = digest_of("Secret", "山田太郎");
    struct digest plain = digest_sha256(STR("山田太郎"));
    assert_false(digest_equal(&one, &other));
    assert_false(digest_equal(&one, &plain));
}

// The widest growth that folding knows: one character becomes eighteen.
static void test_name_that_grows(void **state)
{
    (void)state;
    char name[200 * 3 + 1] = "";
    for (size_t i = 0; i < 200; i++) {
        memcpy(name + 3 * i, "\xef\xb7\xba", 4);
    }
    assert_true(is_same(name, name));
}

static int setup(void **state)
{
    (void)state;
    return digest_setup(NULL) == ERR_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings_of_one_name),
        cmocka_unit_test(test_other_names_differ),
        cmocka_unit_test(test_key_matters),
        cmocka_unit_test(test_name_that_grows),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
