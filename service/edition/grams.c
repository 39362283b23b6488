// Grams: see grams.h. A hash table from (form, first, second character) to the gram's number, and postings by that.
#include "edition/grams.h"

#include <stdlib.h>

#include "text/kana.h"

// Stand for the beginning and the end of a text, and for no second character. Above all characters, below 2^21.
enum { START = 0x1ffffd, END = 0x1ffffe, SINGLE = 0x1fffff };
enum { FIRST_SIZE = 4096 };

static uint64_t key_of(enum gram_form form, uint32_t first, uint32_t second)
{
    return (uint64_t)form << 42 | (uint64_t)first << 21 | second;
}

// Multiplication by the golden ratio spreads neighbouring characters over the table (Knuth, TAOCP 3, 6.4).
static size_t place_of(uint64_t key, size_t size)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15U;
    return (size_t)(hash ^ hash >> 32) & (size - 1);
}

static struct gram_slot *find(struct gram_slot *slots, size_t size, uint64_t key)
{
    size_t at = place_of(key, size);
    while (slots[at].key != key && slots[at].key != 0) {
        at = (at + 1) & (size - 1);
    }
    return &slots[at];
}

static bool grow(struct lexicon *lexicon)
{
    size_t size = lexicon->grams_size == 0 ? FIRST_SIZE : lexicon->grams_size * 2;
    struct gram_slot *slots = calloc(size, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < lexicon->grams_size; i++) {
        if (lexicon->grams[i].key != 0) {
            *find(slots, size, lexicon->grams[i].key) = lexicon->grams[i];
        }
    }
    free(lexicon->grams);
    lexicon->grams = slots;
    lexicon->grams_size = size;
    return true;
}

static bool add(struct lexicon *lexicon, uint32_t entry, uint64_t key)
{
    if ((size_t)lexicon->gram_count * 2 >= lexicon->grams_size && !grow(lexicon)) {
        return false;
    }
    struct gram_slot *slot = find(lexicon->grams, lexicon->grams_size, key);
    if (slot->key == 0) {
        *slot = (struct gram_slot){key, lexicon->gram_count++};
    }
    if (!ARRAY_GROW(&lexicon->gram_pairs)) {
        return false;
    }
    lexicon->gram_pairs.p[lexicon->gram_pairs.n - 1] = (struct pair){slot->gram, entry};
    return true;
}

static bool add_text(struct lexicon *lexicon, uint32_t entry, enum gram_form form, struct str text)
{
    uint32_t before = START;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = str_next_char(text, &at);
        if (!add(lexicon, entry, key_of(form, before, c)) || !add(lexicon, entry, key_of(form, c, SINGLE))) {
            return false;
        }
        before = c;
    }
    return add(lexicon, entry, key_of(form, before, END));
}

static bool has_kana(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        if (kana_is_letter(kana_widen(str_next_char(text, &at)))) {
            return true;
        }
    }
    return false;
}

// A form that is the unified one needs no grams of its own where a piece sought in it is sought there too: always for
// the confused form, and for sound where there is no kana (with kana, a piece's sound may be another than its unified
// form).
static bool add_entry(struct lexicon *lexicon, uint32_t entry)
{
    struct str unified = lexicon_form(lexicon, entry, FORM_UNIFIED);
    struct str confused = lexicon_form(lexicon, entry, FORM_CONFUSED);
    struct str sound = lexicon_form(lexicon, entry, FORM_SOUND);
    struct str loose = lexicon_form(lexicon, entry, FORM_LOOSE);
    return add_text(lexicon, entry, GRAM_UNIFIED, unified) &&
           (str_equal(confused, unified) || add_text(lexicon, entry, GRAM_CONFUSED, confused)) &&
           ((!has_kana(unified) && str_equal(sound, unified)) || add_text(lexicon, entry, GRAM_SOUND, sound)) &&
           (loose.p == NULL || add_text(lexicon, entry, GRAM_LOOSE, loose));
}

bool grams_build(struct lexicon *lexicon)
{
    for (uint32_t entry = 0; entry < lexicon->entries.n; entry++) {
        if (!add_entry(lexicon, entry)) {
            return false;
        }
    }
    bool ok = postings_build(&lexicon->gram_entries, lexicon->gram_count, (uint32_t)lexicon->entries.n,
                             lexicon->gram_pairs.p, lexicon->gram_pairs.n);
    free(lexicon->gram_pairs.p);
    lexicon->gram_pairs.p = NULL;
    lexicon->gram_pairs.n = lexicon->gram_pairs.capacity = 0;
    return ok;
}

static struct ids lookup(const struct lexicon *lexicon, enum gram_form form, uint32_t first, uint32_t second)
{
    if (lexicon->grams_size == 0) {
        return IDS_NONE;
    }
    const struct gram_slot *slot = find(lexicon->grams, lexicon->grams_size, key_of(form, first, second));
    return slot->key == 0 ? IDS_NONE : lexicon->gram_entries.sets[slot->gram];
}

static void narrow(struct ids *rarest, bool *any, struct ids set)
{
    if (!*any || set.n < rarest->n) {
        *rarest = set;
    }
    *any = true;
}

struct ids grams_find(const struct lexicon *lexicon, enum gram_form form, struct str text, enum side side)
{
    struct ids rarest = IDS_NONE;
    bool any = false;
    uint32_t before = side == SIDE_START ? START : SINGLE;
    for (size_t at = 0; at < text.n && !(any && rarest.n == 0);) {
        uint32_t c = str_next_char(text, &at);
        if (before != SINGLE) {
            narrow(&rarest, &any, lookup(lexicon, form, before, c));
        }
        before = c;
    }
    if (side == SIDE_END) {
        narrow(&rarest, &any, lookup(lexicon, form, before, END));
    }
    return any ? rarest : lookup(lexicon, form, before, SINGLE);
}
