// Folding: see fold.h. Nearly all text of the register is kanji and full-width kana, which NFKC leaves alone; that goes
// through a loop of our own, and only text with anything else in it is given to utf8proc.
#include "text/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_kanji(uint32_t c)
{
    return c >= 0x4e00 && c <= 0x9fff;
}

// Letters and marks that NFKC does not change and that no combining mark precedes or follows (those are not in here).
static bool is_plain_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) || (c >= 0x30fc && c <= 0x30fe) ||
           c == 0x309d || c == 0x309e;
}

static bool is_plain(uint32_t c)
{
    return is_kanji(c) || is_plain_kana(c) || (c >= 0x20 && c < 0x7f) || c == 0x3000 || c == 0x3005;
}

static bool is_all_plain(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        if (!is_plain(str_next_char(text, &at))) {
            return false;
        }
    }
    return true;
}

// One script for kana: hiragana letters and their iteration marks become katakana.
static uint32_t to_katakana(uint32_t c)
{
    bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309d || c == 0x309e;
    return hiragana ? c + 0x60 : c;
}

static bool is_blank(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           category == UTF8PROC_CATEGORY_CC;
}

static void add_char(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, (struct str){bytes, str_put_char(bytes, to_katakana(c))});
}

static void fold_plain(struct str text, struct buf *out)
{
    for (size_t at = 0; at < text.n;) {
        uint32_t c = str_next_char(text, &at);
        if (c == ' ' || c == 0x3000) {
            continue;
        }
        add_char(out, c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
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

// Mapped twice. What stands beside a blank (a spacing dakuten decomposes to one), or beside what was hiragana, may
// compose only once that is gone; and some characters fold further after they are composed.
static enum err fold_any(struct str text, struct buf *out)
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
            add_char(&stripped, c);
        }
    }
    return buf_failed(&stripped) ? ERR_MEMORY : map(buf_str(&stripped), out);
}

enum err fold_text(struct str text, struct buf *out)
{
    enum err err = ERR_OK;
    if (is_all_plain(text)) {
        fold_plain(text, out);
    } else {
        err = fold_any(text, out);
    }
    return err == ERR_OK && buf_failed(out) ? ERR_MEMORY : err;
}
