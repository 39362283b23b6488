// The JSON writer: what it writes is read back by another program's parser and must be the same text.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/json_out.h"

#include <jansson.h>
#include <string.h>

static void assert_reads_back(struct str text)
{
    BUF_AUTO struct buf out;
    buf_init(&out, 100000);
    json_quote(&out, text);
    assert_false(buf_failed(&out));
    json_t *read = json_loadb(out.p, out.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    assert_non_null(read);
    assert_true(str_equal((struct str){json_string_value(read), json_string_length(read)}, text));
    json_decref(read);
}

static void every_character_below_100(void **state)
{
    (void)state;
    for (unsigned c = 0; c < 0x100; c++) {
        char around[8] = "<";
        size_t n = 1 + str_put_char(around + 1, c);
        around[n++] = '>';
        assert_reads_back((struct str){around, n});
        assert_reads_back((struct str){around + 1, n - 2});
    }
}

static void hostile_text(void **state)
{
    (void)state;
    assert_reads_back(STR(""));
    assert_reads_back(STR("\"}],\"status\":\"registered\",[{\""));
    assert_reads_back(STR("\\"));
    assert_reads_back(STR("\\\\\"\\\""));
    assert_reads_back(STR("\\u0000"));
    assert_reads_back(STR("a\0b"));
    assert_reads_back(STR("\r\n\t\b\f\x1b[31m\x7f"));
    assert_reads_back(STR("見本 太郎𠮷\xf4\x8f\xbf\xbf\xe2\x80\xa8\xe2\x80\xa9</script>"));
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void random_text(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        char text[200];
        size_t n = 0;
        for (uint32_t length = next_random(&seed) % 40; length > 0; length--) {
            uint32_t c = next_random(&seed) % (next_random(&seed) % 2 == 0 ? 0x80 : 0x110000);
            n += str_put_char(text + n, c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
        }
        assert_reads_back((struct str){text, n});
    }
}

static void nothing_below_a_blank_stays_as_it_is(void **state)
{
    (void)state;
    BUF_AUTO struct buf out;
    buf_init(&out, 100);
    json_quote(&out, STR("a\nb\tc\x01\x7f"));
    assert_string_equal(buf_text(&out), "\"a\\nb\\u0009c\\u0001\\u007f\"");
}

static void members(void **state)
{
    (void)state;
    BUF_AUTO struct buf out;
    buf_init(&out, 1000);
    day_t day = DAY_NONE;
    assert_true(day_parse(STR("2024-02-29"), &day));
    buf_add_char(&out, '{');
    json_text(&out, "left_out", (struct str){NULL, 0});
    json_text(&out, "empty", STR(""));
    json_number(&out, "least", INT64_MIN);
    json_bool(&out, "yes", true);
    json_bool(&out, "no", false);
    json_day(&out, "day", day);
    json_day(&out, "no_day", DAY_NONE);
    json_month(&out, "month", day_month(day));
    json_month(&out, "no_month", MONTH_NONE);
    json_instant(&out, "instant", 0);
    json_instant(&out, "no_instant", INSTANT_NONE);
    json_name(&out, "list");
    buf_add_char(&out, '[');
    json_comma(&out);
    json_quote(&out, STR("["));
    json_comma(&out);
    json_quote(&out, STR("{"));
    buf_add(&out, STR("]}"));
    assert_string_equal(buf_text(&out),
                        "{\"empty\":\"\",\"least\":-9223372036854775808,\"yes\":true,\"no\":false,"
                        "\"day\":\"2024-02-29\",\"month\":\"2024-02\",\"instant\":\"1970-01-01T00:00:00.000Z\","
                        "\"list\":[\"[\",\"{\"]}");
}

static void what_does_not_fit_fails(void **state)
{
    (void)state;
    for (size_t maximum = 0; maximum < 12; maximum++) {
        BUF_AUTO struct buf out;
        buf_init(&out, maximum);
        json_quote(&out, STR("ab\n\x01"));
        assert_int_equal(buf_failed(&out), maximum < strlen("\"ab\\n\\u0001\""));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_below_100),
        cmocka_unit_test(hostile_text),
        cmocka_unit_test(random_text),
        cmocka_unit_test(nothing_below_a_blank_stays_as_it_is),
        cmocka_unit_test(members),
        cmocka_unit_test(what_does_not_fit_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
