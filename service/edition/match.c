// The matcher: see match.h. It gathers what each field finds, then unites it level by level.
#include "edition/match.h"

#include <string.h>

#include "text/fold.h"

// Some two dozen texts, each at most 18 times as long (fold_text). As little as that takes, since what is near in
// memory is near in the cache.
bool texts_open(struct buf *texts, struct room *room, size_t n)
{
    enum { LONGEST = 18, TEXTS = 26, LEAST = 2048 };
    size_t bytes = LEAST + n * LONGEST * TEXTS;
    char *memory = room_take(room, bytes);
    if (memory != NULL) {
        buf_init_on(texts, memory, bytes);
    }
    return memory != NULL;
}

enum match_field slot_field(enum slot slot)
{
    static const enum match_field of_slot[SLOT_COUNT] = {
        [SLOT_NAME_FAMILY] = MATCH_NAME,
        [SLOT_NAME_GIVEN] = MATCH_NAME,
        [SLOT_KANA_FAMILY] = MATCH_KANA,
        [SLOT_KANA_GIVEN] = MATCH_KANA,
        [SLOT_OTHER_FAMILY] = MATCH_OTHER_NAME,
        [SLOT_OTHER_GIVEN] = MATCH_OTHER_NAME,
        [SLOT_EMPLOYER] = MATCH_EMPLOYER,
        [SLOT_SPECIALTY] = MATCH_SPECIALTY,
        [SLOT_SKILL] = MATCH_SKILL,
        [SLOT_QUALIFICATION] = MATCH_QUALIFICATION,
    };
    return of_slot[slot];
}

static const struct {
    const char *name;
    uint8_t group; // see the rules: which of two equal matches in different fields comes first
} fields[MATCH_FIELD_COUNT] = {
    [MATCH_NUMBER] = {"number", 0},
    [MATCH_NAME] = {"name", 0},
    [MATCH_KANA] = {"kana", 0},
    [MATCH_OTHER_NAME] = {"other_name", 0},
    [MATCH_EMPLOYER] = {"employer", 1},
    [MATCH_HOME] = {"home", 2},
    [MATCH_EMPLOYER_PLACE] = {"employer_place", 2},
    [MATCH_SPECIALTY] = {"specialty", 2},
    [MATCH_SKILL] = {"skill", 2},
    [MATCH_QUALIFICATION] = {"qualification", 2},
};

const char *match_field_name(enum match_field field)
{
    return fields[field].name;
}

const char *tier_name(enum tier tier)
{
    static const char *const names[TIER_COUNT] = {
        [TIER_EXACT] = "exact",           [TIER_SAME_CHARACTER] = "same_character",
        [TIER_LEGAL_FORM] = "legal_form", [TIER_READING] = "reading",
        [TIER_ROMAJI] = "romaji",         [TIER_READING_LOOSE] = "reading_loose",
        [TIER_CONFUSABLE] = "confusable",
    };
    return names[tier];
}

static uint16_t key_of(enum match_field field, unsigned tier, unsigned extent)
{
    unsigned rank = (tier * EXTENT_COUNT + extent) * 3 + fields[field].group;
    return (uint16_t)(rank << KEY_FIELD_BITS | (unsigned)field);
}

bool matcher_wants(const struct matcher *m, enum match_field field)
{
    return (m->wanted->fields >> field & 1) != 0;
}

// Room for one more: the old elements move to a place twice as large.
static void *grown(struct room *room, void *p, size_t n, size_t *capacity, size_t element)
{
    if (n < *capacity) {
        return p;
    }
    size_t larger = *capacity == 0 ? 64 : *capacity * 2;
    void *moved = room_take(room, larger * element);
    if (moved != NULL) {
        *capacity = larger;
        if (n > 0) {
            memcpy(moved, p, n * element);
        }
    }
    return moved;
}

void matcher_add(struct matcher *m, enum match_field field, struct found found, struct ids rows)
{
    if (found.extent > (unsigned)m->wanted->widest || rows.n == 0) {
        return;
    }
    struct source *sources = grown(m->room, m->sources, m->source_count, &m->source_capacity, sizeof *sources);
    if (sources != NULL) {
        m->sources = sources;
        m->sources[m->source_count++] = (struct source){key_of(field, found.tier, found.extent), rows};
    }
}

void matcher_add_row(struct matcher *m, enum match_field field, enum tier tier, enum extent extent, uint32_t row)
{
    if (extent > m->wanted->widest) {
        return;
    }
    uint64_t *pairs = grown(m->room, m->pairs, m->pair_count, &m->pair_capacity, sizeof *pairs);
    if (pairs != NULL) {
        m->pairs = pairs;
        m->pairs[m->pair_count++] = (uint64_t)key_of(field, tier, extent) << 32 | row;
    }
}

void matcher_add_found(struct matcher *m, enum match_field field, const struct lexicon *lexicon, struct found_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        matcher_add(m, field, list.p[i], lexicon->people.sets[list.p[i].entry]);
    }
}

struct str matcher_exact(struct matcher *m, struct str text)
{
    size_t start = m->texts.n;
    if (str_count_chars(text) > QUERY_TEXT_LONGEST || fold_exact(text, &m->texts) != ERR_OK) {
        return (struct str){NULL, 0};
    }
    return (struct str){m->texts.p + start, m->texts.n - start};
}

// --- levels ------------------------------------------------------------------

// How many sources and people each key has, and where its sources begin among the sorted ones. Only the figures of keys
// that are present are set: a query has a few of a thousand.
struct tally {
    uint64_t present[KEYS / 64 + 1]; // a bit for each key
    uint32_t sources[KEYS];
    uint32_t rows[KEYS];
    uint32_t starts[KEYS];
};

static void see(struct tally *tally, size_t key)
{
    uint64_t bit = (uint64_t)1 << (key % 64);
    if ((tally->present[key / 64] & bit) == 0) {
        tally->present[key / 64] |= bit;
        tally->sources[key] = 0;
        tally->rows[key] = 0;
    }
}

// The present key behind `key`, SIZE_MAX at first; KEYS: none is left.
static size_t next_key(const struct tally *tally, size_t key)
{
    for (key++; key < KEYS; key = (key / 64 + 1) * 64) {
        uint64_t word = tally->present[key / 64] >> (key % 64);
        if (word != 0) {
            return key + (size_t)__builtin_ctzll(word);
        }
    }
    return KEYS;
}

static size_t count_keys(const struct matcher *m, struct tally *tally)
{
    size_t keys = 0;
    uint32_t start = 0;
    memset(tally->present, 0, sizeof tally->present);
    for (size_t i = 0; i < m->source_count; i++) {
        see(tally, m->sources[i].key);
        tally->sources[m->sources[i].key]++;
    }
    for (size_t i = 0; i < m->pair_count; i++) {
        see(tally, m->pairs[i] >> 32);
        tally->rows[m->pairs[i] >> 32]++;
    }
    for (size_t key = next_key(tally, SIZE_MAX); key < KEYS; key = next_key(tally, key)) {
        keys++;
        tally->starts[key] = start;
        start += tally->sources[key] + 1; // one more, for the people found one by one
    }
    return keys;
}

// The sources' sets by key, with room behind each key's for one more. `starts` moves to their ends.
static struct ids *sort_sources(struct matcher *m, struct tally *tally, size_t keys)
{
    struct ids *sets = room_take(m->room, (m->source_count + keys) * sizeof *sets + 1);
    for (size_t i = 0; sets != NULL && i < m->source_count; i++) {
        sets[tally->starts[m->sources[i].key]++] = m->sources[i].rows;
    }
    return sets;
}

// Those found one by one with a key.
static struct ids listed(struct matcher *m, size_t key, uint32_t rows)
{
    uint32_t *list = rows == 0 ? NULL : room_take(m->room, 2 * (size_t)rows * sizeof *list);
    uint32_t n = 0;
    for (size_t i = 0; list != NULL && i < m->pair_count && n < rows; i++) {
        if (m->pairs[i] >> 32 == key) {
            list[n++] = (uint32_t)m->pairs[i];
        }
    }
    return list == NULL ? IDS_NONE : (struct ids){ids_sort(list, n, list + rows), list, NULL};
}

static bool make_levels(struct matcher *m, struct condition *condition)
{
    struct tally *tally = room_take(m->room, sizeof *tally);
    if (tally == NULL) {
        return false;
    }
    size_t keys = count_keys(m, tally);
    struct ids *sorted = sort_sources(m, tally, keys);
    struct ids *sets = room_take(m->room, keys * sizeof *sets + 1);
    condition->levels = room_take(m->room, keys * sizeof *condition->levels + 1);
    condition->n = 0;
    if (room_failed(m->room)) {
        return false;
    }
    for (size_t key = next_key(tally, SIZE_MAX); key < KEYS; key = next_key(tally, key)) {
        struct ids *own = sorted + tally->starts[key] - tally->sources[key];
        own[tally->sources[key]] = listed(m, key, tally->rows[key]);
        struct ids rows = ids_or(m->room, edition_universe(m->edition), own, tally->sources[key] + 1);
        sets[condition->n] = rows;
        condition->levels[condition->n++] = (struct level){(uint16_t)key, rows};
    }
    condition->all = ids_or(m->room, edition_universe(m->edition), sets, condition->n);
    return !room_failed(m->room);
}

// --- fields ------------------------------------------------------------------

static void match_list(struct matcher *m, enum slot slot)
{
    enum match_field field = slot_field(slot);
    if (matcher_wants(m, field)) {
        const struct lexicon *lexicon = &m->edition->slots[slot];
        matcher_add_found(m, field, lexicon, lexicon_find(lexicon, &m->typed, SIDE_ANY, m->wanted->widest, m->room));
    }
}

static void match_fields(struct matcher *m)
{
    match_number(m);
    match_names(m);
    match_list(m, SLOT_EMPLOYER);
    match_employer(m);
    match_places(m);
    match_list(m, SLOT_SPECIALTY);
    match_list(m, SLOT_SKILL);
    match_list(m, SLOT_QUALIFICATION);
}

// Takes , and 、 out of a name: "Takahashi, Taro". `exact` stands in the matcher's memory.
static struct str without_commas(struct matcher *m, struct str exact)
{
    char *to = m->texts.p + (exact.p - m->texts.p);
    size_t n = 0;
    for (size_t at = 0; at < exact.n;) {
        size_t start = at;
        uint32_t c = str_next_char(exact, &at);
        if (c != ',' && c != 0x3001) {
            memmove(to + n, exact.p + start, at - start);
            n += at - start;
        }
    }
    return (struct str){to, n};
}

bool match_text(const struct edition *edition, struct room *room, const struct wanted *wanted,
                struct condition *condition)
{
    struct matcher m = {.edition = edition, .room = room, .wanted = wanted};
    *condition = (struct condition){.all = IDS_NONE};
    size_t bytes = wanted->text.n;
    for (size_t i = 0; i < wanted->place; i++) {
        bytes += wanted->words[i].n; // see match_employer
    }
    if (!texts_open(&m.texts, room, bytes)) {
        return false;
    }
    struct str exact = matcher_exact(&m, wanted->text);
    if (wanted->fields == 1U << MATCH_NAME || wanted->fields == 1U << MATCH_KANA) {
        exact = without_commas(&m, exact);
    }
    // What is longer than any text of the register, or nothing but marks, matches nothing.
    if (exact.n == 0 || !typed_make(exact, true, &m.texts, &m.typed) || m.typed.unified.n == 0) {
        return !room_failed(room);
    }
    match_fields(&m);
    return make_levels(&m, condition);
}
