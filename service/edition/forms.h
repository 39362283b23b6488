// The forms of a text that a search compares: see the rules in query.h. Made alike for the register's texts and for
// what is typed.
#ifndef MEIBO_EDITION_FORMS_H
#define MEIBO_EDITION_FORMS_H

#include "base/buf.h"
#include "text/romaji.h"

enum form {
    FORM_EXACT,
    FORM_SAME,
    FORM_UNIFIED,
    FORM_SOUND,
    FORM_CONFUSED,
    FORM_LOOSE,
    FORM_ROMAJI,
    FORM_CORE_SAME,
    FORM_CORE_UNIFIED,
    FORM_CORE_SOUND,
    FORM_COUNT
};

// p == NULL: the text has no such form.
struct forms {
    struct str of[FORM_COUNT];
    uint32_t kinds; // of the core: the kinds of legal form
};

enum text_kind { TEXT_TERM, TEXT_NAME, TEXT_KANA, TEXT_EMPLOYER };

// All forms of one text of the register, views into `out`, which is emptied first. TEXT_KANA has loose and romaji
// whatever it holds; TEXT_EMPLOYER a core. ERR_MEMORY also when `out` is full.
enum err forms_make(struct str raw, enum text_kind kind, struct buf *out, struct forms *forms) MUST_CHECK;

// The number of endings that an unfinished ヴ may get.
enum { ENDINGS_MOST = 5 };

// What is typed, or a piece of it.
struct typed {
    struct str exact, same, unified, confused;
    struct str sound[ENDINGS_MOST], loose[ENDINGS_MOST];
    size_t endings;
    bool latin;                     // the rest counts
    struct str begins[ROMAJI_WAYS]; // what its romaji begins with
    struct str whole[ROMAJI_WAYS];
};

// `open`: more may follow, so that a ヴ at its end may get another vowel. `exact` is in form exact, not empty; views
// into `out`, appended, which must not move: give it its capacity before. False: no room.
bool typed_make(struct str exact, bool open, struct buf *out, struct typed *typed) MUST_CHECK;

// Whether a character is a variation selector: belongs to the one before it.
bool forms_is_selector(uint32_t c);
// Appends text that went through fold_text, class by class of variants.
void forms_add_unified(struct str folded, struct buf *out);
// Appends the text as the rules of legal_form.h want it. ERR_MEMORY.
enum err forms_add_spaced(struct str raw, struct buf *out) MUST_CHECK;
// A core of legal_form.h, or a name without a legal form, in the forms that cores are compared in. Views into `out`,
// which must not move. ERR_MEMORY.
struct core_forms {
    struct str same, unified, sound;
};
enum err forms_add_core(struct str core, struct buf *out, struct core_forms *forms) MUST_CHECK;

#endif
