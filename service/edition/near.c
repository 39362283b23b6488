// Near spellings: names and readings of the register at edit distance one from what was typed, for a search that found
// nobody. Bounded in time: by the texts that begin or end alike, and by ENTRIES_MOST.
#include <string.h>

#include "edition/grams.h"
#include "edition/search.h"
#include "text/fold.h"

enum { CHARS_MOST = 40, ENTRIES_MOST = 400000 };

struct letters {
    uint32_t c[CHARS_MOST];
    size_t n; // 0: too long, or none
};

static struct letters letters_of(struct str text)
{
    struct letters letters = {.n = 0};
    for (size_t at = 0; at < text.n;) {
        if (letters.n == CHARS_MOST) {
            return (struct letters){.n = 0};
        }
        letters.c[letters.n++] = str_next_char(text, &at);
    }
    return letters;
}

static bool equal_from(const struct letters *a, size_t i, const struct letters *b, size_t j)
{
    return a->n - i == b->n - j && memcmp(a->c + i, b->c + j, (a->n - i) * sizeof a->c[0]) == 0;
}

// Whether one becomes the other by one character left out, added or replaced, or by two neighbours changing places.
static bool is_near(const struct letters *a, const struct letters *b)
{
    size_t i = 0;
    if (a->n > b->n + 1 || b->n > a->n + 1) {
        return false;
    }
    while (i < a->n && i < b->n && a->c[i] == b->c[i]) {
        i++;
    }
    if (a->n > b->n) {
        return equal_from(a, i + 1, b, i);
    }
    if (a->n < b->n) {
        return equal_from(a, i, b, i + 1);
    }
    bool swapped = i + 1 < a->n && a->c[i] == b->c[i + 1] && a->c[i + 1] == b->c[i] && equal_from(a, i + 2, b, i + 2);
    return i < a->n && (equal_from(a, i + 1, b, i + 1) || swapped);
}

struct near {
    struct offer *offers; // the most frequent first
    size_t n;
    size_t looked_at; // texts; bounded
};

static void offer(struct near *near, enum match_field field, struct str text, uint64_t count)
{
    size_t at = near->n;
    for (size_t i = 0; i < near->n; i++) {
        if (near->offers[i].field == field && str_equal(near->offers[i].text, text)) {
            return;
        }
    }
    if (at == OFFERS_MOST && near->offers[at - 1].count >= count) {
        return;
    }
    at = at < OFFERS_MOST ? near->n++ : at - 1;
    for (; at > 0 && near->offers[at - 1].count < count; at--) {
        near->offers[at] = near->offers[at - 1];
    }
    near->offers[at] = (struct offer){field, text, count};
}

// One edit leaves a text its first or its last character, but for two characters that change places. So only texts that
// begin or end like what was typed are looked at.
static struct ids candidates(const struct lexicon *l, enum gram_form form, const struct letters *typed,
                             struct room *room)
{
    char first[4];
    char last[4];
    char swapped[8];
    size_t first_n = str_put_char(first, typed->c[0]);
    size_t last_n = str_put_char(last, typed->c[typed->n - 1]);
    size_t swapped_n = str_put_char(swapped, typed->c[1]);
    swapped_n += str_put_char(swapped + swapped_n, typed->c[0]);
    struct ids sets[3] = {
        grams_find(l, form, (struct str){first, first_n}, SIDE_START),
        grams_find(l, form, (struct str){last, last_n}, SIDE_END),
        typed->n == 2 ? grams_find(l, form, (struct str){swapped, swapped_n}, SIDE_ANY) : IDS_NONE,
    };
    return ids_or(room, (uint32_t)l->entries.n, sets, 3);
}

// A single character is at distance one from everything short: only texts of two and more are compared.
static void look(const struct edition *e, enum slot slot, const struct letters *typed, enum form form,
                 struct room *room, struct near *near)
{
    const struct lexicon *l = &e->slots[slot];
    if (typed->n < 2 || l->entries.n == 0) {
        return;
    }
    struct ids ids = candidates(l, form == FORM_SOUND ? GRAM_SOUND : GRAM_UNIFIED, typed, room);
    struct ids_walk walk = ids_walk(ids, (uint32_t)l->entries.n);
    for (uint32_t entry; near->looked_at < ENTRIES_MOST && ids_walk_next(&walk, &entry);) {
        struct str text = lexicon_form(l, entry, form);
        near->looked_at++;
        if (text.n > (typed->n + 1) * 4) {
            continue;
        }
        struct letters letters = letters_of(text);
        if (letters.n >= 2 && is_near(typed, &letters)) {
            offer(near, slot_field(slot), lexicon_text(l, entry), people_who_show(e, slot, entry));
        }
    }
}

static void look_everywhere(const struct edition *e, struct str word, unsigned fields, struct room *room,
                            struct near *near)
{
    struct buf texts;
    struct typed typed;
    if (str_count_chars(word) > CHARS_MOST || !texts_open(&texts, room, word.n)) {
        return; // without memory the room has failed
    }
    if (fold_exact(word, &texts) != ERR_OK || texts.n == 0 || !typed_make(buf_str(&texts), true, &texts, &typed)) {
        return;
    }
    struct letters unified = letters_of(typed.unified);
    struct letters sound = letters_of(typed.sound[0]);
    for (int slot = 0; slot < SLOT_EMPLOYER; slot++) {
        if ((fields >> slot_field((enum slot)slot) & 1) != 0) {
            look(e, (enum slot)slot, &unified, FORM_UNIFIED, room, near);
            look(e, (enum slot)slot, &sound, FORM_SOUND, room, near);
        }
    }
}

// Whether a word finds anybody by itself.
static bool finds(const struct edition *edition, const struct query *query, size_t word, struct room *room)
{
    struct wanted wanted = {query->words[word], (1U << MATCH_FIELD_COUNT) - 1, EXTENT_HOLDS, query->words, word};
    struct condition condition = {.all = IDS_NONE};
    return match_text(edition, room, &wanted, &condition) && condition.all.n > 0;
}

// The words that find nobody are to blame, if there are such; else all of them.
static void look_for_words(const struct edition *edition, const struct query *query, struct room *room,
                           struct near *near)
{
    const unsigned names = 1U << MATCH_NAME | 1U << MATCH_KANA | 1U << MATCH_OTHER_NAME;
    bool barren[QUERY_WORDS_MOST];
    bool any = false;
    for (size_t i = 0; i < query->word_count; i++) {
        barren[i] = !finds(edition, query, i, room);
        any = any || barren[i];
    }
    for (size_t i = 0; i < query->word_count; i++) {
        if (barren[i] || !any) {
            look_everywhere(edition, query->words[i], names, room, near);
        }
    }
}

enum err query_near(const struct edition *edition, const struct query *query, struct offer offers[OFFERS_MOST],
                    size_t *count)
{
    struct near near = {.offers = offers};
    struct room *room = room_borrow(edition->rooms);
    *count = 0;
    if (room == NULL) {
        return ERR_MEMORY;
    }
    look_for_words(edition, query, room, &near);
    if (query->name.p != NULL) {
        look_everywhere(edition, query->name, 1U << MATCH_NAME, room, &near);
    }
    if (query->kana.p != NULL) {
        look_everywhere(edition, query->kana, 1U << MATCH_KANA, room, &near);
    }
    *count = near.n;
    enum err err = room_failed(room) ? ERR_MEMORY : ERR_OK;
    room_return(edition->rooms, room);
    return err;
}
