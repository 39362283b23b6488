// Compression: another inflater gets back what went in, and what does not fit leaves no trace.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "api/gzip.h"

#include <stdlib.h>
#include <zlib.h>

static void assert_inflates_to(struct str packed, struct str expected)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    char *out = malloc(expected.n + 1);
    assert_non_null(out);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)expected.n + 1;
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK); // gzip and nothing else
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, expected.n);
    assert_memory_equal(out, expected.p, expected.n);
    (void)inflateEnd(&stream);
    free(out);
}

static void fill(struct buf *bytes, size_t n, bool random)
{
    uint32_t seed = 5;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_add_char(bytes, random ? (char)(seed >> 24) : "{\"name\":\"見本\"},"[i % 16]);
    }
}

static void there_and_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 1024, 65535, 65536, 1000003};
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof sizes[0]; i++) {
        BUF_AUTO struct buf plain;
        BUF_AUTO struct buf packed;
        buf_init(&plain, 2000000);
        buf_init(&packed, 2000000);
        fill(&plain, sizes[i / 2], i % 2 == 1);
        buf_add_text(&packed, "before");
        assert_true(gzip_pack((struct str){plain.p == NULL ? "" : plain.p, plain.n}, 1 + (int)i % 9, &packed));
        assert_memory_equal(packed.p, "before", 6);
        assert_inflates_to((struct str){packed.p + 6, packed.n - 6},
                           (struct str){plain.p == NULL ? "" : plain.p, plain.n});
    }
}

static void what_does_not_fit(void **state)
{
    (void)state;
    BUF_AUTO struct buf plain;
    BUF_AUTO struct buf packed;
    buf_init(&plain, 100000);
    buf_init(&packed, 1000);
    fill(&plain, 100000, true);
    buf_add_text(&packed, "before");
    assert_false(gzip_pack(buf_str(&plain), 5, &packed));
    assert_true(str_equal(buf_str(&packed), STR("before")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
