// The forms of a text, of a word being typed and of an employer's name, as the rules in edition/query.h have them, each
// made from the text itself. Part of the obvious implementation: see obvious.h.
#ifndef MEIBO_TESTS_OBVIOUS_TEXT_H
#define MEIBO_TESTS_OBVIOUS_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "edition/query.h"
#include "text/confusable.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/legal_form.h"
#include "text/reading.h"
#include "text/romaji.h"
#include "text/variants.h"

enum form { FORM_EXACT, FORM_SAME, FORM_UNIFIED, FORM_SOUND, FORM_CONFUSED, FORM_LOOSE, FORM_ROMAJI, FORM_COUNT };

static const enum tier tier_of_form[FORM_COUNT] = {
    [FORM_EXACT] = TIER_EXACT,   [FORM_SAME] = TIER_SAME_CHARACTER, [FORM_UNIFIED] = TIER_READING,
    [FORM_SOUND] = TIER_READING, [FORM_CONFUSED] = TIER_CONFUSABLE, [FORM_LOOSE] = TIER_READING_LOOSE,
    [FORM_ROMAJI] = TIER_ROMAJI,
};

// A text of the register. p == NULL: it has no such form.
struct forms {
    struct str of[FORM_COUNT];
};

// --- memory: a buffer that does not move, so that views into it last until it is emptied ---

static inline void room_open(struct buf *room, size_t bytes)
{
    buf_init(room, bytes);
    assert_non_null(buf_extend(room, bytes));
    buf_clear(room);
}

static inline struct str room_since(const struct buf *room, size_t before)
{
    assert_false(buf_failed(room));
    return (struct str){room->p + before, room->n - before};
}

static inline void put_char(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, (struct str){bytes, str_put_char(bytes, c)});
}

// --- characters ---

static inline bool is_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

static inline bool is_compatibility_ideograph(uint32_t c)
{
    return (c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f);
}

static inline bool starts_with_selector(struct str text)
{
    size_t at = 0;
    return text.n > 0 && is_selector(str_next_char(text, &at));
}

// --- forms ---

static inline void add_variants(struct str text, struct buf *out)
{
    for (size_t at = 0; at < text.n;) {
        put_char(out, variant_class(str_next_char(text, &at)));
    }
}

static inline struct str form_exact(struct str text, struct buf *room)
{
    size_t before = room->n;
    assert_int_equal(fold_exact(text, room), ERR_OK);
    return room_since(room, before);
}

static inline struct str form_unified(struct str text, struct buf *room)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, 65536);
    assert_int_equal(fold_text(text, &folded), ERR_OK);
    size_t before = room->n;
    add_variants(buf_str(&folded), room);
    return room_since(room, before);
}

static inline struct str form_same(struct str exact, struct buf *room)
{
    size_t before = room->n;
    for (size_t at = 0; at < exact.n;) {
        size_t start = at;
        uint32_t c = str_next_char(exact, &at);
        if (is_compatibility_ideograph(c)) {
            (void)form_unified((struct str){exact.p + start, at - start}, room);
        } else if (!is_selector(c)) {
            put_char(room, variant_class(c));
        }
    }
    return room_since(room, before);
}

static inline struct str form_confused(struct str unified, struct buf *room)
{
    size_t before = room->n;
    uint32_t previous = 0;
    for (size_t at = 0; at < unified.n;) {
        uint32_t c = str_next_char(unified, &at);
        put_char(room, confusable_class(previous, c));
        previous = c;
    }
    return room_since(room, before);
}

typedef enum err (*key_function)(struct str folded_kana, struct buf *out);

static inline struct str form_key(key_function key, struct str unified, struct buf *room)
{
    size_t before = room->n;
    assert_int_equal(key(unified, room), ERR_OK);
    return room_since(room, before);
}

static inline bool is_only_kana(struct str folded)
{
    for (size_t at = 0; at < folded.n;) {
        uint32_t c = kana_widen(str_next_char(folded, &at));
        if (!kana_is_letter(c) && c != u'ー' && c != u'ヽ' && c != u'ヾ' && c != u'・') {
            return false;
        }
    }
    return folded.n > 0;
}

static inline bool is_kanji(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff);
}

// 々 behind a kanji is that kanji; ヶ and ヵ behind a kanji are no kana, and part what is read before and behind them.
static inline struct str form_sound(struct str unified, struct buf *room)
{
    BUF_AUTO struct buf unread;
    buf_init(&unread, 65536);
    size_t before = room->n;
    uint32_t previous = 0;
    for (size_t at = 0; at < unified.n;) {
        uint32_t c = str_next_char(unified, &at);
        if ((c == u'ヶ' || c == u'ヵ') && is_kanji(previous)) {
            assert_int_equal(reading_key(buf_str(&unread), room), ERR_OK);
            buf_clear(&unread);
            put_char(room, c);
            previous = c;
        } else {
            previous = c == u'々' && is_kanji(previous) ? previous : c;
            put_char(&unread, previous);
        }
    }
    assert_int_equal(reading_key(buf_str(&unread), room), ERR_OK);
    return room_since(room, before);
}

// The forms that every text has.
static inline struct forms forms_of(struct str text, struct buf *room)
{
    struct forms forms = {0};
    forms.of[FORM_EXACT] = form_exact(text, room);
    forms.of[FORM_SAME] = form_same(forms.of[FORM_EXACT], room);
    forms.of[FORM_UNIFIED] = form_unified(text, room);
    forms.of[FORM_SOUND] = form_sound(forms.of[FORM_UNIFIED], room);
    forms.of[FORM_CONFUSED] = form_confused(forms.of[FORM_UNIFIED], room);
    return forms;
}

// And those of a part of a name, kana or other name.
static inline struct forms part_forms(struct str part, bool is_field_kana, struct buf *room)
{
    struct forms forms = forms_of(part, room);
    struct str unified = forms.of[FORM_UNIFIED];
    if (is_field_kana || is_only_kana(unified)) {
        forms.of[FORM_LOOSE] = form_key(reading_loose_key, unified, room);
        forms.of[FORM_ROMAJI] = form_key(romaji_key_of_kana, unified, room);
    }
    return forms;
}

// --- what is typed ---

enum { VU_WAYS = 5, SPELLINGS_MOST = VU_WAYS };

// A word, or a piece of one. A form has no spelling (the word has no such form), one, or several, any of which may
// match.
struct typed {
    struct str of[FORM_COUNT][SPELLINGS_MOST]; // none in FORM_ROMAJI
    size_t n[FORM_COUNT];
    size_t ways;                   // of the romaji: 0 or ROMAJI_WAYS
    struct str begun[ROMAJI_WAYS]; // romaji_key_typed
    struct str whole[ROMAJI_WAYS]; // romaji_key
};

static inline void type_form(struct typed *typed, enum form form, struct str text)
{
    typed->of[form][typed->n[form]++] = text;
}

// Whatever is typed has a loose form: it is held against texts that have one.
static inline void type_sounds(struct typed *typed, struct str unified, struct buf *room)
{
    type_form(typed, FORM_SOUND, form_sound(unified, room));
    type_form(typed, FORM_LOOSE, form_key(reading_loose_key, unified, room));
}

// ヴ at the end may become each of these with the next letter.
static inline void type_open_vu(struct typed *typed, struct str before_vu, struct buf *room)
{
    static const uint16_t letters[VU_WAYS] = {u'ブ', u'バ', u'ビ', u'ベ', u'ボ'};
    for (size_t i = 0; i < VU_WAYS; i++) {
        size_t before = room->n;
        buf_add(room, before_vu);
        put_char(room, letters[i]);
        type_sounds(typed, room_since(room, before), room);
    }
}

static inline void type_romaji(struct typed *typed, struct str exact, struct buf *room)
{
    typed->ways = romaji_is_latin(exact) ? ROMAJI_WAYS : 0;
    for (size_t way = 0; way < typed->ways; way++) {
        size_t before = room->n;
        assert_int_equal(romaji_key_typed(exact, (enum romaji_way)way, room), ERR_OK);
        typed->begun[way] = room_since(room, before);
        before = room->n;
        assert_int_equal(romaji_key(exact, (enum romaji_way)way, room), ERR_OK);
        typed->whole[way] = room_since(room, before);
    }
}

// `is_open`: a word or second piece, which may go on.
static inline struct typed typed_of(struct str text, bool is_open, struct buf *room)
{
    struct typed typed = {0};
    struct forms forms = forms_of(text, room);
    type_form(&typed, FORM_EXACT, forms.of[FORM_EXACT]);
    type_form(&typed, FORM_SAME, forms.of[FORM_SAME]);
    type_form(&typed, FORM_UNIFIED, forms.of[FORM_UNIFIED]);
    type_form(&typed, FORM_CONFUSED, forms.of[FORM_CONFUSED]);
    struct str unified = forms.of[FORM_UNIFIED];
    struct str certain = reading_certain(unified);
    if (is_open && certain.n < unified.n) {
        type_open_vu(&typed, certain, room);
    } else {
        type_sounds(&typed, unified, room);
    }
    type_romaji(&typed, forms.of[FORM_EXACT], room);
    return typed;
}

// --- employers ---

// As the rules of legal_form.h want it.
static inline struct str legal_text(struct str text, struct buf *room)
{
    BUF_AUTO struct buf spaced;
    buf_init(&spaced, 65536);
    assert_int_equal(fold_spaced(text, &spaced), ERR_OK);
    return form_same(buf_str(&spaced), room);
}

// A name without its form. All zeros: there is none.
struct core {
    struct forms forms;
    uint32_t kinds;
};

static inline struct core core_of(struct legal_cut cut, struct buf *room)
{
    struct core core = {.kinds = cut.kinds};
    if (cut.core.n > 0) {
        core.forms = forms_of(cut.core, room);
    }
    return core;
}

#endif
