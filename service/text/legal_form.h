// Legal forms in the names of organisations: 株式会社 before or behind, ㈱, (株), Inc., K.K., Co., Ltd. A name is found
// with its form written in another way, elsewhere or not at all; how it stands in the register then ranks behind.
//
// All text here has been through fold_spaced and then, character by character, variant_class; variation selectors are
// left out (so ㈱ is "(株)", 會 is 会). The forms, and which spellings are of one kind, are the table in legal_form.c.
// Companies Act (2005), article 6, names 株式会社, 合名会社, 合資会社, 合同会社; English spellings are those in common
// use.
#ifndef MEIBO_TEXT_LEGAL_FORM_H
#define MEIBO_TEXT_LEGAL_FORM_H

#include "base/str.h"

// The kinds of a way in which no form was typed: any form will do.
#define LEGAL_ANY UINT32_MAX

struct legal_cut {
    struct str core; // the name without the form and without blanks at its ends: a view into the text; may hold blanks
    uint32_t kinds; // set of kinds of form that the spelling stands for (ltd: 株式会社 or 有限会社); 0: no form
    bool latin;     // the form is spelled in Latin letters: those stand behind the name only
};

// A registered name: cut once, at the longest complete form before it, else behind it. Without a form: core = text,
// kinds 0. A name that is nothing but a form has no form.
struct legal_cut legal_form_cut(struct str text);

enum { LEGAL_CUTS_MOST = 8 };

// A name being typed, which may end in an unfinished form: every way to read it as a core and a form.
// - the whole of it is the core, its form left out: first of all, with LEGAL_ANY;
// - a complete form before the core;
// - a form behind the core, complete or unfinished. With an empty core (never Latin) all of the text is a form or the
//   beginning of one, which may as well come to stand before any name of these kinds.
// A Latin form begins at the beginning of a word, or with the comma before it: "zinc" holds no "inc". No two ways have
// one core. Empty text has no way.
//
// Finding names whose core contains (or begins with) the core of a way and whose kinds meet its kinds, more letters
// never find more: for every way of the longer text there is one of the shorter text whose core is the beginning of its
// core, blanks apart, and whose kinds hold its kinds. Returns how many ways.
size_t legal_form_typed(struct str text, struct legal_cut cuts[LEGAL_CUTS_MOST]);

#endif
