// Searching a lexicon: candidates by their rarest gram, then the judgement on each text.
#include <string.h>

#include "edition/grams.h"
#include "text/legal_form.h"

static bool is_selector_at(struct str text, size_t at)
{
    return at < text.n && (unsigned char)text.p[at] >= 0xe0 && forms_is_selector(str_next_char(text, &at));
}

// A piece made ready to be sought: its first bytes, at most four, as one number.
struct needle {
    struct str piece;
    uint32_t head, mask;
    size_t first; // bytes of the first character, whose last byte is sought: the others are those of half the script
};

static uint32_t load(const char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static size_t char_length(char first)
{
    unsigned char c = (unsigned char)first;
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static struct needle needle_of(struct str piece)
{
    struct needle needle = {.piece = piece, .first = piece.n == 0 ? 0 : char_length(piece.p[0])};
    size_t n = piece.n < sizeof needle.head ? piece.n : sizeof needle.head;
    if (n > 0) {
        memcpy(&needle.head, piece.p, n);
        memset(&needle.mask, 0xff, n);
    }
    return needle;
}

// Whether the needle stands in the text at a place. Behind a lexicon's last text there is room to load from.
static bool stands_at(struct str text, size_t at, const struct needle *needle)
{
    return ((load(text.p + at) ^ needle->head) & needle->mask) == 0 &&
           (needle->piece.n <= sizeof needle->head ||
            memcmp(text.p + at + sizeof needle->head, needle->piece.p + sizeof needle->head,
                   needle->piece.n - sizeof needle->head) == 0);
}

// Whether the needle, shorter than the text, stands behind its beginning.
static bool is_inside(struct str text, const struct needle *needle, bool guarded)
{
    size_t before = needle->first - 1;
    const char *end = text.p + text.n - needle->piece.n + before + 1;
    const char *from = text.p + before + 1;
    for (const char *at; from < end; from = at + 1) {
        at = memchr(from, needle->piece.p[before], (size_t)(end - from));
        if (at == NULL) {
            return false;
        }
        size_t start = (size_t)(at - text.p) - before;
        if (stands_at(text, start, needle) && !(guarded && is_selector_at(text, start + needle->piece.n))) {
            return true;
        }
    }
    return false;
}

// The best place of a piece in a text of the lexicon; EXTENT_COUNT: none. `guarded`: no variation selector may follow
// it.
static enum extent place_of(struct str text, const struct needle *needle, enum side side, bool guarded)
{
    size_t n = needle->piece.n;
    if (text.p == NULL || n == 0 || n > text.n) {
        return EXTENT_COUNT;
    }
    if (n == text.n) {
        return stands_at(text, 0, needle) ? EXTENT_WHOLE : EXTENT_COUNT;
    }
    if (side == SIDE_END) {
        return stands_at(text, text.n - n, needle) ? EXTENT_HOLDS : EXTENT_COUNT;
    }
    if (stands_at(text, 0, needle) && !(guarded && is_selector_at(text, n))) {
        return EXTENT_BEGINS;
    }
    return side == SIDE_ANY && is_inside(text, needle, guarded) ? EXTENT_HOLDS : EXTENT_COUNT;
}

static enum extent best(enum extent a, enum extent b)
{
    return a < b ? a : b;
}

// What is typed, made ready to be sought.
struct needles {
    struct needle exact, same, unified, confused;
    struct needle sound[ENDINGS_MOST], loose[ENDINGS_MOST];
    size_t endings;
    enum side side;
    enum extent widest;
    // Whether a form of what is typed repeats the one before it; where the text's does too, the answer is the same.
    bool same_repeats, unified_repeats, sound_repeats, confused_repeats;
};

static struct needles needles_of(const struct typed *t, enum side side, enum extent widest)
{
    struct needles needles = {
        .exact = needle_of(t->exact),
        .same = needle_of(t->same),
        .unified = needle_of(t->unified),
        .confused = needle_of(t->confused),
        .endings = t->endings,
        .side = side,
        .widest = widest,
        .same_repeats = str_equal(t->same, t->exact),
        .unified_repeats = str_equal(t->unified, t->same),
        .sound_repeats = t->endings == 1 && str_equal(t->sound[0], t->unified),
        .confused_repeats = str_equal(t->confused, t->unified),
    };
    for (size_t i = 0; i < t->endings; i++) {
        needles.sound[i] = needle_of(t->sound[i]);
        needles.loose[i] = needle_of(t->loose[i]);
    }
    return needles;
}

// At the end of a text only the whole of it counts: オ would be the end of every ジロウ.
static enum extent place_of_sound(struct str text, const struct needle *needles, size_t n, enum side side)
{
    enum extent extent = EXTENT_COUNT;
    for (size_t i = 0; i < n; i++) {
        enum extent own = place_of(text, &needles[i], side, false);
        extent = side == SIDE_END && own != EXTENT_WHOLE ? extent : best(extent, own);
    }
    return extent;
}

// Equal forms of an entry are kept once.
static bool repeats(const struct entry *entry, enum form form, enum form earlier)
{
    return entry->forms[form].at == entry->forms[earlier].at && entry->forms[form].n == entry->forms[earlier].n;
}

static enum extent place_in_reading(const struct lexicon *l, uint32_t entry, const struct needles *t)
{
    const struct entry *e = &l->entries.p[entry];
    enum extent extent = EXTENT_COUNT;
    if (!t->unified_repeats || !repeats(e, FORM_UNIFIED, FORM_SAME)) {
        extent = place_of(lexicon_form(l, entry, FORM_UNIFIED), &t->unified, t->side, false);
    }
    if (!t->sound_repeats || !repeats(e, FORM_SOUND, FORM_UNIFIED)) {
        extent = best(extent, place_of_sound(lexicon_form(l, entry, FORM_SOUND), t->sound, t->endings, t->side));
    }
    return extent;
}

// Whether a place was found that is not too wide.
static bool settled(const struct needles *t, enum extent extent)
{
    return extent <= t->widest;
}

// The narrowest tier in which an entry matches, and the best place in that tier. False: it does not.
static bool judge(const struct lexicon *l, uint32_t entry, const struct needles *t, struct found *found)
{
    const struct entry *e = &l->entries.p[entry];
    enum extent extent = place_of(lexicon_form(l, entry, FORM_EXACT), &t->exact, t->side, true);
    enum tier tier = TIER_EXACT;
    if (!settled(t, extent) && !(t->same_repeats && repeats(e, FORM_SAME, FORM_EXACT))) {
        tier = TIER_SAME_CHARACTER;
        extent = place_of(lexicon_form(l, entry, FORM_SAME), &t->same, t->side, false);
    }
    if (!settled(t, extent)) {
        tier = TIER_READING;
        extent = place_in_reading(l, entry, t);
    }
    if (!settled(t, extent) && e->has[FORM_LOOSE]) {
        tier = TIER_READING_LOOSE;
        extent = place_of_sound(lexicon_form(l, entry, FORM_LOOSE), t->loose, t->endings, t->side);
    }
    if (!settled(t, extent) && !(t->confused_repeats && repeats(e, FORM_CONFUSED, FORM_UNIFIED))) {
        tier = TIER_CONFUSABLE;
        extent = place_of(lexicon_form(l, entry, FORM_CONFUSED), &t->confused, t->side, false);
    }
    *found = (struct found){entry, (uint8_t)tier, (uint8_t)extent};
    return settled(t, extent);
}

// Everything that may match, by each form of what is typed.
static struct ids candidates(const struct lexicon *l, const struct typed *t, enum side side, struct room *room)
{
    struct ids sets[4 + 2 * ENDINGS_MOST];
    size_t n = 0;
    sets[n++] = grams_find(l, GRAM_UNIFIED, t->unified, side);
    sets[n++] = grams_find(l, GRAM_CONFUSED, t->confused, side);
    if (!str_equal(t->unified, t->confused)) {
        sets[n++] = grams_find(l, GRAM_UNIFIED, t->confused, side);
    }
    if (!str_equal(t->unified, t->sound[0])) {
        sets[n++] = grams_find(l, GRAM_UNIFIED, t->sound[0], side);
    }
    for (size_t i = 0; i < t->endings; i++) {
        sets[n++] = grams_find(l, GRAM_SOUND, t->sound[i], side);
        sets[n++] = grams_find(l, GRAM_LOOSE, t->loose[i], side);
    }
    return ids_or(room, (uint32_t)l->entries.n, sets, n);
}

struct found_list lexicon_find(const struct lexicon *l, const struct typed *typed, enum side side, enum extent widest,
                               struct room *room)
{
    struct found_list list = {NULL, 0};
    if (l->entries.n == 0 || typed->unified.n == 0) {
        return list;
    }
    struct ids ids = candidates(l, typed, side, room);
    list.p = ids.n == 0 ? NULL : room_take(room, ids.n * sizeof *list.p);
    if (list.p == NULL) {
        return list;
    }
    struct needles needles = needles_of(typed, side, widest);
    struct ids_walk walk = ids_walk(ids, (uint32_t)l->entries.n);
    for (uint32_t entry; ids_walk_next(&walk, &entry);) {
        list.n += judge(l, entry, &needles, &list.p[list.n]) ? 1 : 0;
    }
    return list;
}

// --- romaji ------------------------------------------------------------------

static bool begins(struct str text, struct str beginning)
{
    return text.n >= beginning.n && memcmp(text.p, beginning.p, beginning.n) == 0;
}

// The first place in the order of romaji whose key is not before `key`.
static uint32_t first_romaji(const struct lexicon *l, struct str key)
{
    uint32_t low = 0;
    uint32_t high = l->romaji_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(lexicon_form(l, l->by_romaji[middle], FORM_ROMAJI), key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_whole(struct str text, const struct typed *t)
{
    return str_equal(text, t->whole[ROMAJI_FIRST_WAY]) || str_equal(text, t->whole[ROMAJI_SECOND_WAY]);
}

// Entries from the place of `key` on that begin with it. What the first way has found is passed over in the second.
static void take_romaji(const struct lexicon *l, const struct typed *t, struct str key, struct str before, bool whole,
                        struct found_list *list)
{
    for (uint32_t at = first_romaji(l, key); key.n > 0 && at < l->romaji_count; at++) {
        struct str text = lexicon_form(l, l->by_romaji[at], FORM_ROMAJI);
        if (!begins(text, key) || (whole && text.n != key.n)) {
            break;
        }
        if (before.n > 0 && begins(text, before) && (!whole || text.n == before.n)) {
            continue;
        }
        list->p[list->n++] =
            (struct found){l->by_romaji[at], TIER_ROMAJI, (uint8_t)(is_whole(text, t) ? EXTENT_WHOLE : EXTENT_BEGINS)};
    }
}

static uint32_t count_romaji(const struct lexicon *l, struct str key)
{
    uint32_t first = first_romaji(l, key);
    uint32_t at = first;
    while (at < l->romaji_count && begins(lexicon_form(l, l->by_romaji[at], FORM_ROMAJI), key)) {
        at++;
    }
    return at - first;
}

struct found_list lexicon_find_romaji(const struct lexicon *l, const struct typed *t, bool whole, struct room *room)
{
    struct found_list list = {NULL, 0};
    const struct str *keys = whole ? t->whole : t->begins;
    size_t most = 0;
    for (int way = 0; t->latin && way < ROMAJI_WAYS; way++) {
        most += keys[way].n == 0 ? 0 : count_romaji(l, keys[way]);
    }
    list.p = most == 0 ? NULL : room_take(room, most * sizeof *list.p);
    if (list.p != NULL) {
        take_romaji(l, t, keys[0], (struct str){NULL, 0}, whole, &list);
        take_romaji(l, t, keys[1], keys[0], whole, &list);
    }
    return list;
}

// --- legal forms -------------------------------------------------------------

static bool judge_core(const struct lexicon *l, uint32_t entry, const struct needle core[3], enum extent widest,
                       struct found *found)
{
    enum tier tier = TIER_LEGAL_FORM;
    enum extent extent = place_of(lexicon_form(l, entry, FORM_CORE_SAME), &core[0], SIDE_ANY, false);
    if (extent > widest) {
        tier = TIER_READING;
        extent = best(place_of(lexicon_form(l, entry, FORM_CORE_UNIFIED), &core[1], SIDE_ANY, false),
                      place_of(lexicon_form(l, entry, FORM_CORE_SOUND), &core[2], SIDE_ANY, false));
    }
    *found = (struct found){entry, (uint8_t)tier, (uint8_t)extent};
    return extent <= widest;
}

struct found_list lexicon_find_core(const struct lexicon *l, const struct core_forms *core, uint32_t kinds,
                                    enum extent widest, struct room *room)
{
    struct found_list list = {NULL, 0};
    if (core->unified.n == 0) {
        return list;
    }
    struct ids sets[2] = {grams_find(l, GRAM_UNIFIED, core->unified, SIDE_ANY),
                          grams_find(l, GRAM_SOUND, core->sound, SIDE_ANY)};
    struct ids ids = ids_or(room, (uint32_t)l->entries.n, sets, 2);
    list.p = ids.n == 0 ? NULL : room_take(room, ids.n * sizeof *list.p);
    if (list.p == NULL) {
        return list;
    }
    const struct needle needles[3] = {needle_of(core->same), needle_of(core->unified), needle_of(core->sound)};
    struct ids_walk walk = ids_walk(ids, (uint32_t)l->entries.n);
    for (uint32_t entry; ids_walk_next(&walk, &entry);) {
        bool meets = kinds == LEGAL_ANY || (l->entries.p[entry].kinds & kinds) != 0;
        list.n += meets && judge_core(l, entry, needles, widest, &list.p[list.n]) ? 1 : 0;
    }
    return list;
}

struct found_list lexicon_find_kinds(const struct lexicon *l, uint32_t kinds, struct room *room)
{
    struct found_list list = {room_take(room, (l->entries.n + 1) * sizeof *list.p), 0};
    for (uint32_t entry = 0; list.p != NULL && entry < l->entries.n; entry++) {
        if ((l->entries.p[entry].kinds & kinds) != 0) {
            list.p[list.n++] = (struct found){entry, TIER_LEGAL_FORM, EXTENT_BEGINS};
        }
    }
    return list;
}

// --- equality ----------------------------------------------------------------

struct ids lexicon_equal(const struct lexicon *l, struct str unified, struct room *room)
{
    if (unified.n == 0 || l->entries.n == 0) {
        return IDS_NONE;
    }
    struct ids ids = grams_find(l, GRAM_UNIFIED, unified, SIDE_START);
    struct ids *sets = room_take(room, ((size_t)ids.n + 1) * sizeof *sets);
    struct ids_walk walk = ids_walk(ids, (uint32_t)l->entries.n);
    size_t n = 0;
    for (uint32_t entry; sets != NULL && ids_walk_next(&walk, &entry);) {
        if (str_equal(lexicon_form(l, entry, FORM_UNIFIED), unified)) {
            sets[n++] = l->people.sets[entry];
        }
    }
    return sets == NULL ? IDS_NONE : ids_or(room, l->people.universe, sets, n);
}
