// Assets: each is there in both forms, under a tag that is its content's, and is answered 304 to who has it.
#include "tests/unit/api/routes_bench.h"

#include <zlib.h>

#include "api/asset.h"
#include "api/gzip.h"

static void assert_unpacks_to(struct str packed, struct str plain)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    BUF_AUTO struct buf out;
    buf_init(&out, plain.n + 1);
    stream.next_out = (Bytef *)buf_extend(&out, plain.n + 1);
    stream.avail_out = (uInt)plain.n + 1;
    assert_non_null(stream.next_out);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, plain.n);
    assert_memory_equal(out.p, plain.p, plain.n);
    (void)inflateEnd(&stream);
}

static void every_asset_has_its_forms(void **state)
{
    (void)state;
    size_t count;
    const struct asset *assets = assets_get(&count);
    assert_true(count > 2);
    for (size_t i = 0; i < count; i++) {
        const struct asset_form *form = asset_find(str_of(assets[i].name));
        assert_non_null(form);
        assert_ptr_equal(form->plain.p, assets[i].begin);
        assert_ptr_equal(form->plain.p + form->plain.n, assets[i].end);
        assert_int_equal(strspn(form->tag, "0123456789abcdef"), ASSET_TAG);
        assert_int_equal(form->gzip.p != NULL, form->plain.n >= GZIP_FROM_BYTES);
        if (form->gzip.p != NULL) {
            assert_true(form->gzip.n < form->plain.n);
            assert_unpacks_to(form->gzip, form->plain);
        }
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(form->tag, asset_find(str_of(assets[j].name))->tag);
        }
    }
    assert_null(asset_find(STR("")));
    assert_null(asset_find(STR("openapi")));
}

static void asked_again_it_is_not_sent_again(void **state)
{
    (void)state;
    static const char *const targets[] = {"/openapi.yaml", "/openapi.json", "/"};
    BENCH_AUTO struct bench bench;
    begin(&bench);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        char quoted[TAG_LONGEST + 8];
        assert_int_equal(get(&bench, targets[i]), 200);
        assert_false(bench.reply.compressed);
        size_t n = bench.reply.body.n;
        (void)snprintf(quoted, sizeof quoted, "\"%s\"", bench.reply.tag);
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", targets[i], "If-None-Match", quoted), 304);
        assert_int_equal(bench.reply.body.n, 0);
        assert_null(bench.reply.content_type);
        assert_int_equal(bench.reply.caching, CACHING_PUBLIC);
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", targets[i], "If-None-Match", "*"), 304);
        assert_int_equal(bench.reply.body.n, 0);
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", targets[i], "If-None-Match", "\"x\""), 200);
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", targets[i], "Accept-Encoding", "gzip"), 200);
        assert_true(bench.reply.compressed);
        assert_true(bench.reply.body.n < n);
        (void)snprintf(quoted, sizeof quoted, "\"%s-gz\"", bench.reply.tag);
        assert_int_equal(send_with(&bench, ANYWHERE, "GET", targets[i], "If-None-Match", quoted),
                         200); // plain is another
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_asset_has_its_forms),
        cmocka_unit_test(asked_again_it_is_not_sent_again),
    };
    return cmocka_run_group_tests(tests, asked_setup, NULL);
}
