// Suggestions while somebody types: the texts that match best, then those that most people have.
#include <string.h>

#include "edition/match.h"
#include "text/fold.h"
#include "text/legal_form.h"

// A candidate with what orders it.
struct candidate {
    uint8_t tier, extent, field;
    uint8_t slot;
    uint32_t entry;
    uint64_t count;
    struct str text;
};

// Below zero: `a` is offered first.
static int compare(const struct candidate *a, const struct candidate *b)
{
    if (a->extent != b->extent) {
        return a->extent - b->extent;
    }
    if (a->tier != b->tier) {
        return a->tier - b->tier;
    }
    if (a->count != b->count) {
        return a->count < b->count ? 1 : -1;
    }
    int order = str_compare(a->text, b->text);
    return order != 0 ? order : a->field - b->field;
}

// The best ones so far, in order.
struct best {
    struct candidate list[OFFERS_MOST];
    size_t n, most;
};

// What is found in more than one way is one candidate: the better one. False: it is in the list as well as it can be.
static bool is_new(struct best *best, const struct candidate *c)
{
    for (size_t i = 0; i < best->n; i++) {
        if (best->list[i].slot != c->slot || best->list[i].entry != c->entry) {
            continue;
        }
        if (compare(c, &best->list[i]) >= 0) {
            return false;
        }
        memmove(&best->list[i], &best->list[i + 1], (best->n - i - 1) * sizeof best->list[0]);
        best->n--;
        return true;
    }
    return true;
}

static void offer(struct best *best, const struct candidate *c)
{
    bool full = best->n == best->most;
    if ((full && compare(c, &best->list[best->n - 1]) >= 0) || !is_new(best, c)) {
        return;
    }
    size_t at = best->n < best->most ? best->n++ : best->n - 1;
    for (; at > 0 && compare(c, &best->list[at - 1]) < 0; at--) {
        best->list[at] = best->list[at - 1];
    }
    best->list[at] = *c;
}

static void offer_all(const struct edition *e, struct best *best, enum slot slot, struct found_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        if (is_second_twin(e, slot, list.p[i].entry)) {
            continue; // offered as a family name
        }
        struct candidate c = {
            .tier = list.p[i].tier,
            .extent = list.p[i].extent,
            .field = (uint8_t)slot_field(slot),
            .slot = (uint8_t)slot,
            .entry = list.p[i].entry,
            .count = people_who_show(e, slot, list.p[i].entry),
            .text = lexicon_text(&e->slots[slot], list.p[i].entry),
        };
        offer(best, &c);
    }
}

static void suggest(const struct edition *e, const struct typed *typed, struct room *room, struct best *best)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        const struct lexicon *lexicon = &e->slots[slot];
        offer_all(e, best, (enum slot)slot, lexicon_find(lexicon, typed, SIDE_ANY, EXTENT_HOLDS, room));
        offer_all(e, best, (enum slot)slot, lexicon_find_romaji(lexicon, typed, false, room));
    }
}

// Employers also by their core, as a search finds them.
static void suggest_employers(const struct edition *e, struct str text, struct buf *texts, struct room *room,
                              struct best *best)
{
    const struct lexicon *employers = &e->slots[SLOT_EMPLOYER];
    struct legal_cut ways[LEGAL_CUTS_MOST];
    size_t start = texts->n;
    size_t n = forms_add_spaced(text, texts) != ERR_OK
                   ? 0
                   : legal_form_typed((struct str){texts->p + start, texts->n - start}, ways);
    for (size_t i = 0; i < n; i++) {
        struct core_forms core;
        if (ways[i].core.n == 0) {
            offer_all(e, best, SLOT_EMPLOYER, lexicon_find_kinds(employers, ways[i].kinds, room));
        } else if (ways[i].kinds != LEGAL_ANY && forms_add_core(ways[i].core, texts, &core) == ERR_OK) {
            offer_all(e, best, SLOT_EMPLOYER, lexicon_find_core(employers, &core, ways[i].kinds, EXTENT_HOLDS, room));
        }
    }
}

enum err query_suggest(const struct edition *edition, struct str text, uint32_t limit, struct offer offers[OFFERS_MOST],
                       size_t *count)
{
    struct buf texts;
    struct typed typed;
    struct best best = {.most = limit};
    *count = 0;
    struct room *room = room_borrow(edition->rooms);
    if (room == NULL) {
        return ERR_MEMORY;
    }
    if (str_count_chars(text) <= QUERY_TEXT_LONGEST && texts_open(&texts, room, text.n) &&
        fold_exact(text, &texts) == ERR_OK && texts.n > 0 && typed_make(buf_str(&texts), true, &texts, &typed)) {
        suggest(edition, &typed, room, &best);
        suggest_employers(edition, text, &texts, room, &best);
    }
    for (size_t i = 0; i < best.n; i++) {
        offers[i] = (struct offer){(enum match_field)best.list[i].field, best.list[i].text, best.list[i].count};
    }
    *count = best.n;
    enum err err = room_failed(room) ? ERR_MEMORY : ERR_OK;
    room_return(edition->rooms, room);
    return err;
}
