// Fuzzes edition/cursor.h: the input as a cursor, as the bytes under a sound seal (or no mutation would ever come past
// it), and as the key of an item, which must come back from its cursor.
#include "tests/fuzz/fuzz.h"

#include "edition/cursor.h"

static const struct short_key key = {"0123456789abcde"};
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const uint64_t query = 0x0102030405060708;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    must(digest_setup(NULL) == ERR_OK);
    return 0;
}

// What is taken for a cursor is the one way to write what it says.
static enum err check_parse(struct str text)
{
    struct cursor cursor;
    enum err err = cursor_parse(&key, query, text, &cursor);
    must(err == ERR_OK || err == ERR_INVALID || err == ERR_CONFLICT);
    if (err == ERR_OK) {
        BUF_AUTO struct buf again;
        must(cursor.text_length <= CURSOR_TEXT_LONGEST);
        buf_init(&again, CURSOR_LONGEST);
        cursor_write(&key, query, &cursor, &again);
        must(!buf_failed(&again) && str_equal(buf_str(&again), text));
    }
    return err;
}

// RFC 4648, section 5, bit by bit.
static struct str encode(struct str raw)
{
    BUF_AUTO struct buf out;
    buf_init(&out, raw.n * 2 + 4);
    for (size_t bit = 0; bit < raw.n * 8; bit += 6) {
        unsigned value = 0;
        for (size_t i = bit; i < bit + 6; i++) {
            unsigned one = i / 8 < raw.n ? (unsigned char)raw.p[i / 8] >> (7 - i % 8) & 1U : 0;
            value = value << 1 | one;
        }
        buf_add_char(&out, alphabet[value]);
    }
    return fuzz_keep(buf_str(&out));
}

static void put_seal(struct buf *raw)
{
    uint64_t seal = digest_short(&key, buf_str(raw));
    for (int shift = 56; shift >= 0; shift -= 8) {
        buf_add_char(raw, (char)(seal >> shift & 0xff));
    }
}

// Behind the digest of the query or of another.
static void check_sealed(struct str bytes, bool of_this_query)
{
    BUF_AUTO struct buf raw;
    buf_init(&raw, bytes.n + 64);
    buf_add(&raw, of_this_query ? STR("\1\2\3\4\5\6\7\10") : STR(""));
    buf_add(&raw, bytes);
    put_seal(&raw);
    enum err err = check_parse(encode(buf_str(&raw)));
    must(!of_this_query || err != ERR_CONFLICT);
}

static void check_damaged(struct str text, size_t at, char c)
{
    struct str damaged = fuzz_keep(text);
    char *p = fuzz_kept.p[fuzz_kept.n - 1];
    at %= text.n;
    if (p[at] != c) {
        p[at] = c;
        must(check_parse(damaged) == ERR_INVALID);
    }
    must(check_parse(fuzz_keep(fuzz_first(text, at))) == ERR_INVALID);
}

static void check_comes_back(struct str bytes)
{
    struct cursor given = {0};
    struct cursor got;
    BUF_AUTO struct buf text;
    memcpy(&given.number, bytes.p, 4);
    memcpy(&given.value, bytes.p + 4, 4);
    cursor_set_text(&given, (struct str){bytes.p + 8, bytes.n - 8});
    buf_init(&text, CURSOR_LONGEST);
    cursor_write(&key, query, &given, &text);
    must(!buf_failed(&text));
    struct str written = fuzz_keep(buf_str(&text));
    must(check_parse(written) == ERR_OK);
    must(cursor_parse(&key, query, written, &got) == ERR_OK);
    must(got.number == given.number && got.value == given.value);
    must(str_equal(cursor_text(&got), cursor_text(&given)));
    must(cursor_parse(&key, query + 1, written, &got) == ERR_CONFLICT);
    check_damaged(written, given.number, bytes.p[7]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    (void)check_parse(bytes);
    check_sealed(bytes, false);
    check_sealed(bytes, true);
    if (bytes.n >= 8) {
        check_comes_back(bytes);
    }
    fuzz_forget(0);
    return 0;
}
