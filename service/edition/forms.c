// Forms of a text: see forms.h.
#include "edition/forms.h"

#include "text/confusable.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/legal_form.h"
#include "text/reading.h"
#include "text/variants.h"

static void put(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, (struct str){bytes, str_put_char(bytes, c)});
}

static struct str since(const struct buf *out, size_t start)
{
    return (struct str){out->p + start, out->n - start};
}

bool forms_is_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

static bool is_compatibility_ideograph(uint32_t c)
{
    return (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f);
}

static enum err add_same(struct str exact, struct buf *out)
{
    for (size_t at = 0; at < exact.n;) {
        size_t start = at;
        uint32_t c = str_next_char(exact, &at);
        if (forms_is_selector(c)) {
            continue;
        }
        if (!is_compatibility_ideograph(c)) {
            put(out, variant_class(c));
            continue;
        }
        char bytes[16];
        struct buf one;
        buf_init_on(&one, bytes, sizeof bytes);
        if (fold_text((struct str){exact.p + start, at - start}, &one) != ERR_OK) {
            return ERR_MEMORY;
        }
        forms_add_unified(buf_str(&one), out);
    }
    return buf_failed(out) ? ERR_MEMORY : ERR_OK;
}

void forms_add_unified(struct str folded, struct buf *out)
{
    for (size_t at = 0; at < folded.n;) {
        put(out, variant_class(str_next_char(folded, &at)));
    }
}

static enum err add_unified(struct str exact, struct buf *out)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, out->maximum);
    enum err err = fold_text(exact, &folded);
    if (err == ERR_OK) {
        forms_add_unified(buf_str(&folded), out);
    }
    return err == ERR_OK && buf_failed(out) ? ERR_MEMORY : err;
}

static void add_confused(struct str unified, struct buf *out)
{
    uint32_t previous = 0;
    for (size_t at = 0; at < unified.n;) {
        uint32_t c = str_next_char(unified, &at);
        put(out, confusable_class(previous, c));
        previous = c;
    }
}

static bool is_kanji(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff);
}

// The form sound: see the rules. What stands between two ヶ behind kanji is read piece by piece.
static enum err add_sound(struct str unified, struct buf *out)
{
    BUF_AUTO struct buf piece;
    buf_init(&piece, out->maximum);
    uint32_t previous = 0;
    enum err err = ERR_OK;
    for (size_t at = 0; err == ERR_OK && at < unified.n;) {
        uint32_t c = str_next_char(unified, &at);
        if (is_kanji(previous) && (c == u'ヶ' || c == u'ヵ')) {
            err = reading_key(buf_str(&piece), out);
            buf_clear(&piece);
            put(out, c);
            previous = c;
        } else {
            previous = c == u'々' && is_kanji(previous) ? previous : c;
            put(&piece, previous);
        }
    }
    err = err == ERR_OK ? reading_key(buf_str(&piece), out) : err;
    return err == ERR_OK && (buf_failed(&piece) || buf_failed(out)) ? ERR_MEMORY : err;
}

// Nothing but sound: kana letters, long marks, iteration marks and middle dots.
static bool is_sound(struct str unified)
{
    for (size_t at = 0; at < unified.n;) {
        uint32_t c = str_next_char(unified, &at);
        bool mark = c == 0x30fb || c == 0x30fc || c == KANA_REPEAT || c == KANA_REPEAT_VOICED;
        if (!mark && !kana_is_letter(kana_widen(c))) {
            return false;
        }
    }
    return unified.n > 0;
}

enum err forms_add_spaced(struct str raw, struct buf *out)
{
    BUF_AUTO struct buf spaced;
    buf_init(&spaced, out->maximum);
    enum err err = fold_spaced(raw, &spaced);
    return err == ERR_OK ? add_same(buf_str(&spaced), out) : err;
}

enum err forms_add_core(struct str core, struct buf *out, struct core_forms *forms)
{
    size_t start = out->n;
    enum err err = fold_exact(core, out);
    struct str exact = since(out, start);
    start = out->n;
    err = err == ERR_OK ? add_same(exact, out) : err;
    forms->same = since(out, start);
    start = out->n;
    err = err == ERR_OK ? add_unified(exact, out) : err;
    forms->unified = since(out, start);
    start = out->n;
    err = err == ERR_OK ? add_sound(forms->unified, out) : err;
    forms->sound = since(out, start);
    return err;
}

static enum err make_core(struct str raw, struct buf *out, struct forms *forms)
{
    BUF_AUTO struct buf spaced;
    struct core_forms core;
    buf_init(&spaced, out->maximum);
    enum err err = forms_add_spaced(raw, &spaced);
    struct legal_cut cut = err == ERR_OK ? legal_form_cut(buf_str(&spaced)) : (struct legal_cut){0};
    if (err != ERR_OK || cut.kinds == 0) {
        return err;
    }
    err = forms_add_core(cut.core, out, &core);
    forms->of[FORM_CORE_SAME] = core.same;
    forms->of[FORM_CORE_UNIFIED] = core.unified;
    forms->of[FORM_CORE_SOUND] = core.sound;
    forms->kinds = cut.kinds;
    return err;
}

static enum err make_sounds(struct str unified, bool all, struct buf *out, struct forms *forms)
{
    size_t start = out->n;
    enum err err = add_sound(unified, out);
    forms->of[FORM_SOUND] = since(out, start);
    if (err != ERR_OK || !all) {
        return err;
    }
    start = out->n;
    err = reading_loose_key(unified, out);
    forms->of[FORM_LOOSE] = since(out, start);
    start = out->n;
    err = err == ERR_OK ? romaji_key_of_kana(unified, out) : err;
    forms->of[FORM_ROMAJI] = since(out, start);
    return err;
}

// Bytes that all forms of a text of `n` bytes may take; fold_text lengthens up to 18 times.
static size_t room_for(size_t n)
{
    return n * 160 + 64;
}

enum err forms_make(struct str raw, enum text_kind kind, struct buf *out, struct forms *forms)
{
    *forms = (struct forms){0};
    buf_clear(out);
    // Views must not move: the capacity is taken at once.
    if (buf_extend(out, room_for(raw.n)) == NULL) {
        return ERR_MEMORY;
    }
    buf_clear(out);
    enum err err = fold_exact(raw, out);
    struct str exact = since(out, 0);
    size_t start = out->n;
    err = err == ERR_OK ? add_same(exact, out) : err;
    forms->of[FORM_EXACT] = exact;
    forms->of[FORM_SAME] = since(out, start);
    start = out->n;
    err = err == ERR_OK ? add_unified(exact, out) : err;
    struct str unified = since(out, start);
    forms->of[FORM_UNIFIED] = unified;
    start = out->n;
    add_confused(unified, out);
    forms->of[FORM_CONFUSED] = since(out, start);
    err = err == ERR_OK
              ? make_sounds(unified, kind == TEXT_KANA || (kind == TEXT_NAME && is_sound(unified)), out, forms)
              : err;
    err = err == ERR_OK && kind == TEXT_EMPLOYER ? make_core(raw, out, forms) : err;
    return err == ERR_OK && buf_failed(out) ? ERR_MEMORY : err;
}

// --- what is typed -----------------------------------------------------------

// The keys of what is typed: of it with each ending that it may get.
static enum err make_endings(struct str unified, bool open, struct buf *out, struct typed *typed)
{
    static const uint16_t endings[ENDINGS_MOST] = {u'ブ', u'バ', u'ビ', u'ベ', u'ボ'};
    struct str certain = open ? reading_certain(unified) : unified;
    typed->endings = certain.n == unified.n ? 1 : ENDINGS_MOST;
    for (size_t i = 0; i < typed->endings; i++) {
        size_t start = out->n;
        buf_add(out, certain);
        if (typed->endings > 1) {
            put(out, endings[i]);
        }
        struct str text = since(out, start);
        start = out->n;
        enum err err = add_sound(text, out);
        typed->sound[i] = since(out, start);
        start = out->n;
        err = err == ERR_OK ? reading_loose_key(text, out) : err;
        typed->loose[i] = since(out, start);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err make_romaji(struct str exact, struct buf *out, struct typed *typed)
{
    typed->latin = romaji_is_latin(exact);
    for (int way = 0; typed->latin && way < ROMAJI_WAYS; way++) {
        size_t start = out->n;
        enum err err = romaji_key_typed(exact, (enum romaji_way)way, out);
        typed->begins[way] = since(out, start);
        start = out->n;
        err = err == ERR_OK ? romaji_key(exact, (enum romaji_way)way, out) : err;
        typed->whole[way] = since(out, start);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

bool typed_make(struct str exact, bool open, struct buf *out, struct typed *typed)
{
    *typed = (struct typed){.exact = exact};
    size_t start = out->n;
    enum err err = add_same(exact, out);
    typed->same = since(out, start);
    start = out->n;
    err = err == ERR_OK ? add_unified(exact, out) : err;
    typed->unified = since(out, start);
    start = out->n;
    add_confused(typed->unified, out);
    typed->confused = since(out, start);
    err = err == ERR_OK ? make_endings(typed->unified, open, out, typed) : err;
    err = err == ERR_OK ? make_romaji(exact, out, typed) : err;
    return err == ERR_OK && !buf_failed(out);
}
