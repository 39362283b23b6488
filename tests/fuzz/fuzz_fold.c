// Fuzzes folding and the classes of characters (text/fold.h, variants.h, confusable.h, kana.h) and the UTF-8 of
// base/str.h: any bytes, of which the well-formed beginning is folded.
#include "tests/fuzz/making.h"

#include "text/confusable.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/variants.h"

// --- UTF-8 -----------------------------------------------------------------------------------------------------------

// RFC 3629, section 4, read off its grammar: bytes of the character at the beginning, 0 if there is none.
static size_t length_by_grammar(struct str text)
{
    const unsigned char *p = (const unsigned char *)text.p;
    unsigned char lead = text.n > 0 ? p[0] : 0xff;
    size_t n = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (n < 2 || n > text.n) {
        return n > text.n ? 0 : n;
    }
    unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    bool good = p[1] >= least && p[1] <= most;
    for (size_t i = 2; i < n; i++) {
        good = good && p[i] >= 0x80 && p[i] <= 0xbf;
    }
    return good ? n : 0;
}

static void check_char(struct str text, size_t *at)
{
    char bytes[4];
    size_t before = *at;
    uint32_t c = str_next_char(text, at);
    must(*at > before && *at <= text.n);
    must(str_put_char(bytes, c) == *at - before);
    must(memcmp(bytes, text.p + before, *at - before) == 0);
}

static struct str check_utf8(struct str raw)
{
    size_t prefix = 0;
    size_t chars = 0;
    for (size_t n; (n = length_by_grammar((struct str){raw.p + prefix, raw.n - prefix})) > 0; prefix += n) {
        must(str_utf8_length((struct str){raw.p + prefix, raw.n - prefix}) == n);
        chars++;
    }
    must(str_utf8_prefix(raw) == prefix);
    must(str_is_utf8(raw) == (prefix == raw.n));
    must(str_utf8_length((struct str){raw.p + prefix, raw.n - prefix}) == 0);
    struct str text = fuzz_keep(fuzz_first(raw, prefix));
    must(str_is_utf8(text));
    must(str_count_chars(text) == chars);
    for (size_t at = 0; at < text.n;) {
        check_char(text, &at);
    }
    (void)str_has_control(text);
    return text;
}

// --- folding ---------------------------------------------------------------------------------------------------------

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void check_no_blank(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        must(!is_blank(text.p[i]));
    }
}

static void check_no_hiragana(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = str_next_char(text, &at);
        must(!(c >= 0x3041 && c <= 0x3096));
    }
}

static void check_single_blanks(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool inside = i > 0 && i + 1 < text.n && text.p[i - 1] != ' ';
        must(!is_blank(text.p[i]) || (text.p[i] == ' ' && inside));
    }
}

static struct str check_folding(struct str text)
{
    enum { LONGER_MOST = 18 };
    struct str folded = make_well(fold_text, text, text.n * LONGER_MOST);
    struct str exact = make_well(fold_exact, text, text.n * LONGER_MOST);
    struct str spaced = make_well(fold_spaced, text, text.n * LONGER_MOST);
    check_again(fold_text, folded);
    check_again(fold_exact, exact);
    check_again(fold_spaced, spaced);
    check_equal(make(fold_text, exact, SIZE_MAX), folded);
    check_equal(make(fold_exact, spaced, SIZE_MAX), exact);
    check_no_blank(folded);
    check_no_hiragana(folded);
    check_no_blank(exact);
    check_single_blanks(spaced);
    return folded;
}

// --- characters ------------------------------------------------------------------------------------------------------

static void check_variant(uint32_t c)
{
    uint32_t class = variant_class(c);
    must(variant_class(class) == class);
    bool never = c < 0x80 || (c >= 0x3040 && c <= 0x30ff) || c > 0x10ffff;
    must(!never || class == c);
    must(class <= 0x10ffff || class == c);
}

static void check_confusable(uint32_t previous, uint32_t c)
{
    uint32_t class = confusable_class(previous, c);
    must(confusable_class(previous, class) == class);
}

static void check_kana(uint32_t c)
{
    must(kana_widen(kana_widen(c)) == kana_widen(c));
    must(kana_voiced(kana_voiced(c)) == kana_voiced(c));
    must(!kana_is_letter(c) || (!kana_is_long_mark(c) && !kana_is_silent(c)));
}

static void check_chars(struct str text)
{
    uint32_t previous = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = str_next_char(text, &at);
        check_variant(c);
        check_kana(c);
        c = variant_class(c);
        check_confusable(previous, c);
        previous = c;
    }
}

// Any value may be asked for.
static void check_values(struct str raw)
{
    for (size_t i = 0; i + 8 <= raw.n && i < 64; i += 4) {
        uint32_t c[2];
        memcpy(c, raw.p + i, sizeof c);
        check_variant(c[0]);
        check_variant(c[0] % 0x110000);
        check_confusable(c[1] % 0x110000, variant_class(c[0] % 0x110000));
    }
}

// --- all -------------------------------------------------------------------------------------------------------------

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str raw = {(const char *)data, size};
    struct str text = check_utf8(raw);
    check_values(raw);
    check_chars(text);
    struct str folded = check_folding(text);
    check_chars(folded);
    fuzz_forget(0);
    return 0;
}
