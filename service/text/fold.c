// Folding: see fold.h. Nearly all text of the register is kanji and full-width kana, which NFKC leaves alone; that goes
// through a loop of our own, and only text with anything else in it is given to utf8proc.
#include "text/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

// What is made one beside what is always made one.
struct manner {
    bool one_kana; // hiragana becomes katakana
    bool spaced;   // runs of blanks inside become one space; else they go
};

static const struct manner as_text = {.one_kana = true};
static const struct manner as_exact = {.one_kana = false};
static const struct manner as_spaced = {.spaced = true};

// Compatibility ideographs, which NFKC would change, are none of these.
static bool is_kanji(uint32_t c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x2ebff);
}

// Letters and marks that NFKC does not change and that no combining mark precedes or follows (those are not in here).
static bool is_plain_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fe) || c == 0x309d || c == 0x309e;
}

static bool is_full_width(uint32_t c)
{
    return c >= 0xff01 && c <= 0xff5e;
}

static bool is_plain(uint32_t c)
{
    return (c >= 0x20 && c < 0x7f) || is_kanji(c) || is_plain_kana(c) || (c >= 0x3000 && c <= 0x3011) ||
           is_full_width(c);
}

// The beginning of the text that the short way can fold, if nothing else follows.
static size_t plain_bytes(struct str text)
{
    size_t end = 0;
    for (size_t at = 0; at < text.n; end = at) {
        if (!is_plain(str_next_char(text, &at))) {
            break;
        }
    }
    return end;
}

// One script for kana: hiragana letters and their iteration marks become katakana.
static uint32_t to_katakana(uint32_t c)
{
    bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309d || c == 0x309e;
    return hiragana ? c + 0x60 : c;
}

static utf8proc_category_t category_of(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

static bool is_blank(uint32_t c)
{
    if (is_plain(c)) {
        return c == ' ' || c == 0x3000;
    }
    utf8proc_category_t category = category_of(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           category == UTF8PROC_CATEGORY_CC;
}

static uint32_t fold_plain_char(uint32_t c, bool one_kana)
{
    uint32_t narrow = is_full_width(c) ? c - (0xff01 - '!') : c;
    if (narrow >= 'A' && narrow <= 'Z') {
        return narrow + ('a' - 'A');
    }
    return one_kana ? to_katakana(narrow) : narrow;
}

// No character grows, so what is in hand never outgrows the room.
static void fold_plain(struct str text, struct manner manner, struct buf *out)
{
    enum { ROOM = 192, ROOM_LOWEST = 8 };
    char room[ROOM];
    size_t n = 0;
    bool begun = false;
    bool blank = false;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = str_next_char(text, &at);
        if (c == ' ' || c == 0x3000) {
            blank = true;
            continue;
        }
        if (blank && begun && manner.spaced) {
            room[n++] = ' ';
        }
        blank = false;
        begun = true;
        n += str_put_char(room + n, fold_plain_char(c, manner.one_kana));
        if (n > ROOM - ROOM_LOWEST) {
            buf_add(out, (struct str){room, n});
            n = 0;
        }
    }
    buf_add(out, (struct str){room, n});
}

static enum err map(struct str text, struct buf *out)
{
    utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE | UTF8PROC_CASEFOLD;
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &mapped, options);
    if (length < 0) {
        return ERR_MEMORY;
    }
    buf_add(out, (struct str){(const char *)mapped, (size_t)length});
    free(mapped);
    return buf_failed(out) ? ERR_MEMORY : ERR_OK;
}

static void add_char(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, (struct str){bytes, str_put_char(bytes, c)});
}

// Mapped twice. What stands beside a blank (a spacing dakuten decomposes to one), or beside what was hiragana, may
// compose only once that is gone; and some characters fold further after they are composed.
static enum err fold_any(struct str text, bool one_kana, struct buf *out)
{
    BUF_AUTO struct buf once;
    BUF_AUTO struct buf stripped;
    buf_init(&once, out->maximum);
    buf_init(&stripped, out->maximum);
    enum err err = map(text, &once);
    if (err != ERR_OK) {
        return err;
    }
    for (size_t at = 0; at < once.n;) {
        uint32_t c = str_next_char(buf_str(&once), &at);
        if (!is_blank(c)) {
            add_char(&stripped, one_kana ? to_katakana(c) : c);
        }
    }
    return buf_failed(&stripped) ? ERR_MEMORY : map(buf_str(&stripped), out);
}

// In either manner that drops blanks.
static enum err fold_run(struct str text, struct manner manner, struct buf *out)
{
    if (plain_bytes(text) < text.n) {
        return fold_any(text, manner.one_kana, out);
    }
    fold_plain(text, manner, out);
    return buf_failed(out) ? ERR_MEMORY : ERR_OK;
}

enum err fold_text(struct str text, struct buf *out)
{
    return fold_run(text, as_text, out);
}

// --- what fold_exact keeps -----------------------------------------------------------------------------------------

static bool is_compatibility_ideograph(uint32_t c)
{
    return (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f);
}

static bool is_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

// Something is left of the character once it is folded, and it stands last.
static bool carries_selector(uint32_t c)
{
    return is_plain(c) ? c != ' ' && c != 0x3000
                       : !is_blank(c) && !utf8proc_get_property((utf8proc_int32_t)c)->ignorable;
}

// Moves *at over one character and says whether it is kept as it is. `carried`: a selector may stand here; the same for
// the next character afterwards. A selector that belongs to nothing is left to the folding, which drops it: what stands
// on both sides of it may compose.
static bool next_is_kept(struct str text, size_t *at, bool *carried)
{
    uint32_t c = str_next_char(text, at);
    bool kept = is_compatibility_ideograph(c) || (is_selector(c) && *carried);
    *carried = carries_selector(c);
    return kept;
}

static enum err fold_around_kept(struct str text, struct buf *out)
{
    enum err err = ERR_OK;
    bool carried = false;
    size_t from = 0;
    for (size_t at = 0; err == ERR_OK && at < text.n;) {
        size_t here = at;
        if (next_is_kept(text, &at, &carried)) {
            err = fold_run((struct str){text.p + from, here - from}, as_exact, out);
            buf_add(out, (struct str){text.p + here, at - here});
            from = at;
        }
    }
    return err == ERR_OK ? fold_run((struct str){text.p + from, text.n - from}, as_exact, out) : err;
}

enum err fold_exact(struct str text, struct buf *out)
{
    if (plain_bytes(text) == text.n) {
        fold_plain(text, as_exact, out);
        return buf_failed(out) ? ERR_MEMORY : ERR_OK;
    }
    return fold_around_kept(text, out);
}

// Bytes up to the first blank.
static size_t word_bytes(struct str text)
{
    size_t end = 0;
    for (size_t at = 0; at < text.n; end = at) {
        if (is_blank(str_next_char(text, &at))) {
            break;
        }
    }
    return end;
}

// The words one by one. A word of which nothing is left is none.
static enum err fold_words(struct str text, struct buf *out)
{
    size_t begin = out->n;
    for (struct str rest = text; rest.n > 0;) {
        size_t end = word_bytes(rest);
        size_t before = out->n;
        if (before > begin) {
            buf_add_char(out, ' ');
        }
        size_t word = out->n;
        enum err err = fold_exact((struct str){rest.p, end}, out);
        if (err != ERR_OK) {
            return err;
        }
        if (out->n == word) {
            out->n = before;
        }
        if (end < rest.n) {
            (void)str_next_char(rest, &end);
        }
        rest = (struct str){rest.p + end, rest.n - end};
    }
    return buf_failed(out) ? ERR_MEMORY : ERR_OK;
}

enum err fold_spaced(struct str text, struct buf *out)
{
    if (plain_bytes(text) == text.n) {
        fold_plain(text, as_spaced, out);
        return buf_failed(out) ? ERR_MEMORY : ERR_OK;
    }
    return fold_words(text, out);
}
