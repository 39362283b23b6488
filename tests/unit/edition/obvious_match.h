// How well one condition on text matches one person: every field, every part, every cut of the word, every form. Part
// of the obvious implementation: see obvious.h.
#ifndef MEIBO_TESTS_OBVIOUS_MATCH_H
#define MEIBO_TESTS_OBVIOUS_MATCH_H

#include "tests/unit/edition/obvious_asked.h"

// --- how it is answered: rank is tier * 9 + extent * 3 + field group ---

enum { RANK_NONE = 255, GROUPS = 3 };

struct answer {
    unsigned rank; // RANK_NONE: no match
    enum match_field field;
};

static inline unsigned group_of(enum match_field field)
{
    return field <= MATCH_OTHER_NAME ? 0 : field == MATCH_EMPLOYER ? 1 : 2;
}

// Fields are tried in their order, so that the first of equal ones stays.
static inline void consider(struct answer *best, const struct asked *asked, enum match_field field, enum tier tier,
                            enum extent extent)
{
    unsigned rank = tier * (EXTENT_COUNT * GROUPS) + extent * GROUPS + group_of(field);
    if (extent <= asked->widest && rank < best->rank) {
        *best = (struct answer){rank, field};
    }
}

// --- one text in another ---

static inline bool begins(struct str text, struct str piece)
{
    return text.p != NULL && piece.n <= text.n && memcmp(text.p, piece.p, piece.n) == 0;
}

static inline bool ends(struct str text, struct str piece)
{
    return text.p != NULL && piece.n <= text.n && memcmp(text.p + text.n - piece.n, piece.p, piece.n) == 0;
}

static inline struct str behind(struct str text, size_t at)
{
    return (struct str){text.p + at, text.n - at};
}

// Every place where `piece` stands in `text`, both in this form.
static inline void consider_places(struct answer *best, const struct asked *asked, enum match_field field,
                                   enum tier tier, enum form form, struct str text, struct str piece)
{
    for (size_t at = 0; at + piece.n <= text.n; at++) {
        const char *found = memmem(text.p + at, text.n - at, piece.p, piece.n);
        if (found == NULL) {
            return;
        }
        at = (size_t)(found - text.p);
        if (form == FORM_EXACT && starts_with_selector(behind(text, at + piece.n))) {
            continue;
        }
        enum extent extent = at > 0 ? EXTENT_HOLDS : piece.n < text.n ? EXTENT_BEGINS : EXTENT_WHOLE;
        consider(best, asked, field, tier, extent);
    }
}

static inline void consider_inside(struct answer *best, const struct asked *asked, enum match_field field,
                                   const struct forms *text)
{
    for (int form = 0; form < FORM_COUNT; form++) {
        for (size_t i = 0; text->of[form].p != NULL && i < asked->whole.n[form]; i++) {
            consider_places(best, asked, field, tier_of_form[form], (enum form)form, text->of[form],
                            asked->whole.of[form][i]);
        }
    }
}

// --- names ---

// The narrowest tier in which a piece ends (begins) a part; of which it is the whole, or not. TIER_COUNT: in none.
struct joint {
    enum tier whole, some;
};

static inline enum tier narrower(enum tier a, enum tier b)
{
    return a < b ? a : b;
}

static inline enum tier wider(enum tier a, enum tier b)
{
    return a > b ? a : b;
}

// By its sound nothing is an end: オ would be that of every ジロウ.
static inline bool is_end(struct str text, struct str piece, enum form form)
{
    return form != FORM_SOUND && form != FORM_LOOSE && ends(text, piece);
}

static inline bool is_beginning(struct str text, struct str piece, enum form form)
{
    return begins(text, piece) && !(form == FORM_EXACT && starts_with_selector(behind(text, piece.n)));
}

static inline struct joint joint_of(const struct forms *part, const struct typed *piece, bool at_end)
{
    struct joint joint = {TIER_COUNT, TIER_COUNT};
    for (int form = 0; form < FORM_COUNT; form++) {
        struct str text = part->of[form];
        for (size_t i = 0; text.p != NULL && i < piece->n[form]; i++) {
            struct str found = piece->of[form][i];
            bool is_whole = str_equal(text, found);
            bool stands = is_whole ||
                          (at_end ? is_end(text, found, (enum form)form) : is_beginning(text, found, (enum form)form));
            joint.some = stands ? narrower(joint.some, tier_of_form[form]) : joint.some;
            joint.whole = is_whole ? narrower(joint.whole, tier_of_form[form]) : joint.whole;
        }
    }
    return joint;
}

static inline void consider_joints(struct answer *best, const struct asked *asked, enum match_field field,
                                   struct joint first, struct joint second)
{
    const enum tier tiers[EXTENT_COUNT] = {
        [EXTENT_WHOLE] = wider(first.whole, second.whole),
        [EXTENT_BEGINS] = wider(first.whole, second.some),
        [EXTENT_HOLDS] = wider(first.some, second.some),
    };
    for (int extent = 0; extent < EXTENT_COUNT; extent++) {
        if (tiers[extent] < TIER_COUNT) {
            consider(best, asked, field, tiers[extent], (enum extent)extent);
        }
    }
}

// `given_first`: then only the whole of the given name is a first piece.
static inline void consider_across(struct answer *best, const struct asked *asked, enum match_field field,
                                   const struct forms *one, const struct forms *other, bool given_first)
{
    for (size_t i = 0; i < asked->cut_count; i++) {
        struct joint first = joint_of(one, &asked->cuts[i].first, true);
        first.some = given_first ? first.whole : first.some;
        if (first.some < TIER_COUNT) {
            consider_joints(best, asked, field, first, joint_of(other, &asked->cuts[i].second, false));
        }
    }
}

static inline bool is_romaji_whole(const struct typed *word, struct str romaji)
{
    for (size_t way = 0; way < word->ways; way++) {
        if (word->whole[way].n > 0 && str_equal(word->whole[way], romaji)) {
            return true;
        }
    }
    return false;
}

static inline bool is_romaji_begun(const struct typed *word, struct str romaji)
{
    for (size_t way = 0; way < word->ways; way++) {
        if (word->begun[way].n > 0 && begins(romaji, word->begun[way])) {
            return true;
        }
    }
    return false;
}

static inline void consider_romaji(struct answer *best, const struct asked *asked, enum match_field field,
                                   const struct typed *word, struct str romaji)
{
    if (is_romaji_begun(word, romaji)) {
        consider(best, asked, field, TIER_ROMAJI, is_romaji_whole(word, romaji) ? EXTENT_WHOLE : EXTENT_BEGINS);
    }
}

static inline void consider_romaji_across(struct answer *best, const struct asked *asked, enum match_field field,
                                          const struct forms *one, const struct forms *other)
{
    for (size_t i = 0; asked->whole.ways > 0 && i < asked->cut_count; i++) {
        if (one->of[FORM_ROMAJI].p != NULL && is_romaji_whole(&asked->cuts[i].first, one->of[FORM_ROMAJI])) {
            consider_romaji(best, asked, field, &asked->cuts[i].second, other->of[FORM_ROMAJI]);
        }
    }
}

static inline void consider_parted(struct answer *best, const struct asked *asked, enum match_field field,
                                   const struct parted *text)
{
    for (size_t i = 0; i < text->n; i++) {
        consider_inside(best, asked, field, &text->parts[i]);
        consider_romaji(best, asked, field, &asked->whole, text->parts[i].of[FORM_ROMAJI]);
        if (text->n == PARTS_MOST) {
            const struct forms *other = &text->parts[PARTS_MOST - 1 - i];
            consider_across(best, asked, field, &text->parts[i], other, i == 1);
            consider_romaji_across(best, asked, field, &text->parts[i], other);
        }
    }
}

// --- the other fields ---

static inline void consider_entries(struct answer *best, const struct asked *asked, enum match_field field,
                                    const struct entries *entries)
{
    for (size_t i = 0; i < entries->n; i++) {
        consider_inside(best, asked, field, &entries->items[i]);
    }
}

// `is_behind`: read together with the words before it.
static inline void consider_core(struct answer *best, const struct asked *asked, const struct core *own,
                                 const struct core *way, bool is_behind)
{
    static const struct {
        enum form form;
        enum tier tier;
    } held[] = {
        {FORM_SAME, TIER_LEGAL_FORM},
        {FORM_UNIFIED, TIER_READING},
        {FORM_SOUND, TIER_READING},
    };
    if ((own->kinds & way->kinds) == 0 || (way->kinds == LEGAL_ANY && asked->widest == EXTENT_HOLDS)) {
        return;
    }
    if (way->forms.of[FORM_SAME].p == NULL) {
        consider(best, asked, MATCH_EMPLOYER, TIER_LEGAL_FORM, EXTENT_BEGINS);
        return;
    }
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++) {
        struct answer core = {RANK_NONE, MATCH_EMPLOYER};
        consider_places(&core, asked, MATCH_EMPLOYER, held[i].tier, held[i].form, own->forms.of[held[i].form],
                        way->forms.of[held[i].form]);
        if (core.rank != RANK_NONE && is_behind) {
            consider(best, asked, MATCH_EMPLOYER, held[i].tier, EXTENT_WHOLE);
        } else if (core.rank < best->rank) {
            *best = core;
        }
    }
}

static inline void consider_employer(struct answer *best, const struct asked *asked, const struct shown *shown)
{
    if (shown->employer.n == 0) {
        return;
    }
    consider_entries(best, asked, MATCH_EMPLOYER, &shown->employer);
    for (size_t i = 0; i < asked->way_count; i++) {
        consider_core(best, asked, &shown->core, &asked->ways[i], false);
    }
    for (size_t i = 0; i < asked->way_behind_count; i++) {
        consider_core(best, asked, &shown->core, &asked->ways_behind[i], true);
    }
}

#endif
