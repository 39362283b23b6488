// The growing buffer: what fits, what does not, and that a failure stays.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static void appends_of_every_kind(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 1000);
    buf_add(&buf, STR("a\0b"));
    buf_add(&buf, (struct str){NULL, 0});
    buf_add_text(&buf, " text ");
    buf_add_char(&buf, '#');
    buf_add_u64(&buf, UINT64_MAX);
    buf_add_char(&buf, ' ');
    buf_add_i64(&buf, INT64_MIN);
    buf_add_i64(&buf, 0);
    buf_add_format(&buf, " %d%s", 7, "x");
    assert_false(buf_failed(&buf));
    assert_true(str_equal(buf_str(&buf), STR("a\0b text #18446744073709551615 -92233720368547758080 7x")));
}

static void exactly_the_maximum_fits(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 5);
    buf_add_format(&buf, "%s", "12345");
    assert_false(buf_failed(&buf));
    assert_string_equal(buf_text(&buf), "12345");
    assert_int_equal(buf.n, 5);
    buf_add_char(&buf, '6');
    assert_true(buf_failed(&buf));
    assert_null(buf_text(&buf));
}

static void a_failure_stays_until_cleared(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 4);
    buf_add_text(&buf, "abc");
    buf_add_text(&buf, "de");
    buf_add_text(&buf, "f"); // would fit, but the content would have a hole
    assert_true(buf_failed(&buf));
    assert_true(str_equal(buf_str(&buf), STR("abc")));
    assert_null(buf_extend(&buf, 0));
    buf_add_format(&buf, "%d", 1);
    assert_true(buf_failed(&buf));
    buf_clear(&buf);
    buf_add_text(&buf, "wxyz");
    assert_false(buf_failed(&buf));
    assert_string_equal(buf_text(&buf), "wxyz");
}

static void growth_keeps_the_content(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 100000);
    for (int i = 0; i < 20000; i++) {
        buf_add_format(&buf, "%05d", i);
    }
    assert_false(buf_failed(&buf));
    assert_int_equal(buf.n, 100000);
    for (size_t i = 0; i < 20000; i++) {
        uint64_t value;
        assert_true(str_to_u64((struct str){buf.p + i * 5, 5}, 99999, &value));
        assert_int_equal(value, i);
    }
    buf_add_char(&buf, 'x');
    assert_true(buf_failed(&buf));
}

static void an_enormous_request_fails_and_does_not_wrap(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, SIZE_MAX);
    buf_add_char(&buf, 'a');
    assert_null(buf_extend(&buf, SIZE_MAX));
    assert_true(buf_failed(&buf));
}

static void taking_hands_over_the_memory(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 10);
    assert_null(buf_take(&buf));
    assert_string_equal(buf_text(&buf), "");
    assert_null(buf_take(&buf));
    buf_add_text(&buf, "abc");
    char *taken = buf_take(&buf);
    assert_memory_equal(taken, "abc", 3);
    free(taken);
    assert_int_equal(buf.n, 0);
    buf_add_text(&buf, "again");
    assert_string_equal(buf_text(&buf), "again");
}

// The room may be there before it may be used: a short buffer is allocated whole, and a reserved one is not full.
static void no_append_goes_beyond_the_maximum(void **state)
{
    (void)state;
    for (size_t maximum = 0; maximum < 300; maximum++) {
        for (size_t reserved = 0; reserved <= maximum + 50; reserved += 50) {
            BUF_AUTO struct buf buf;
            buf_init(&buf, maximum);
            buf_reserve(&buf, reserved);
            for (size_t i = 0; i < maximum; i++) {
                buf_add_char(&buf, 'x');
            }
            assert_false(buf_failed(&buf));
            assert_int_equal(strlen(buf_text(&buf)), maximum);
            buf_add(&buf, STR("y"));
            assert_true(buf_failed(&buf));
            assert_int_equal(buf.n, maximum);
        }
    }
}

static void reserved_room_is_used_and_does_not_move(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 1000);
    buf_reserve(&buf, 500);
    const char *p = buf.p;
    assert_non_null(p);
    assert_int_equal(buf.n, 0);
    for (size_t i = 0; i < 50; i++) {
        buf_add_text(&buf, "0123456789");
    }
    assert_ptr_equal(buf.p, p);
    buf_reserve(&buf, 10); // has more
    assert_ptr_equal(buf.p, p);
    buf_reserve(&buf, SIZE_MAX); // more than there may be: all there may be
    assert_false(buf_failed(&buf));
    assert_int_equal(buf.n, 500);
    assert_memory_equal(buf.p, "0123456789", 10);
    buf_add(&buf, (struct str){buf.p, 0});
    assert_int_equal(buf.n, 500);
}

static void on_the_callers_storage(void **state)
{
    (void)state;
    char storage[9];
    struct buf buf;
    buf_init_on(&buf, storage, sizeof storage);
    buf_reserve(&buf, 1000);
    buf_add_text(&buf, "1234");
    buf_add_format(&buf, "%d", 5678);
    assert_string_equal(buf_text(&buf), "12345678");
    assert_ptr_equal(buf.p, storage);
    buf_add_char(&buf, '9');
    assert_true(buf_failed(&buf));
    buf_clear(&buf);
    assert_null(buf_extend(&buf, sizeof storage));
    assert_ptr_equal(buf.p, storage);
}

static void hexadecimal(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        size_t least;
        const char *text;
    } cases[] = {{0, 0, ""},
                 {0, 1, "0"},
                 {0x1f, 1, "1f"},
                 {0x1f, 4, "001f"},
                 {0x1f, 2, "1f"},
                 {10, 1, "a"},
                 {UINT64_MAX, 16, "ffffffffffffffff"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char storage[32];
        struct buf buf;
        buf_init_on(&buf, storage, sizeof storage);
        buf_add_hex(&buf, cases[i].value, cases[i].least);
        assert_string_equal(buf_text(&buf), cases[i].text);
    }
}

static void extend_gives_room(void **state)
{
    (void)state;
    BUF_AUTO struct buf buf;
    buf_init(&buf, 10);
    assert_non_null(buf_extend(&buf, 0));
    char *room = buf_extend(&buf, 10);
    assert_non_null(room);
    memset(room, 'z', 10);
    assert_string_equal(buf_text(&buf), "zzzzzzzzzz");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_of_every_kind),
        cmocka_unit_test(exactly_the_maximum_fits),
        cmocka_unit_test(a_failure_stays_until_cleared),
        cmocka_unit_test(growth_keeps_the_content),
        cmocka_unit_test(an_enormous_request_fails_and_does_not_wrap),
        cmocka_unit_test(taking_hands_over_the_memory),
        cmocka_unit_test(extend_gives_room),
        cmocka_unit_test(on_the_callers_storage),
        cmocka_unit_test(hexadecimal),
        cmocka_unit_test(no_append_goes_beyond_the_maximum),
        cmocka_unit_test(reserved_room_is_used_and_does_not_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
