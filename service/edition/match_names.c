// Names: a word inside a part of the name, or across its two parts in either order, in characters or in romaji.
#include <string.h>

#include "edition/match.h"

// One way to read the word across the parts of a name.
struct cut {
    enum match_field field;
    const struct lexicon *first;  // whose end the left piece is
    const struct lexicon *second; // whose beginning the right piece is
    enum extent widest;           // of the left piece: EXTENT_WHOLE where the given name comes first
};

// How the entries of one side match: `some` in the narrowest tier, `whole` in the narrowest in which the piece is all
// of the part. Who is in `whole` is in `some` too.
struct side_found {
    struct found_list some, whole;
};

// Both tiers of an entry; TIER_COUNT: in none.
struct mark {
    uint8_t some, whole;
};

static struct mark *marks_of(struct room *room, const struct lexicon *lexicon, const struct side_found *found)
{
    struct mark *marks = room_take(room, lexicon->entries.n * sizeof *marks);
    if (marks != NULL) {
        memset(marks, TIER_COUNT, lexicon->entries.n * sizeof *marks);
        for (size_t i = 0; i < found->some.n; i++) {
            marks[found->some.p[i].entry].some = found->some.p[i].tier;
        }
        for (size_t i = 0; i < found->whole.n; i++) {
            if (found->whole.p[i].extent == EXTENT_WHOLE) {
                marks[found->whole.p[i].entry].whole = found->whole.p[i].tier;
            }
        }
    }
    return marks;
}

static uint8_t worse(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

// The worse tier of both; the whole name only if both pieces are whole, its beginning if the left one is. Of these the
// best rank that is wanted.
static void add_both(struct matcher *m, enum match_field field, struct mark left, struct mark right, uint32_t row)
{
    const uint8_t tiers[EXTENT_COUNT] = {
        [EXTENT_WHOLE] = worse(left.whole, right.whole),
        [EXTENT_BEGINS] = worse(left.whole, right.some),
        [EXTENT_HOLDS] = worse(left.some, right.some),
    };
    enum extent best = EXTENT_WHOLE;
    for (int extent = EXTENT_BEGINS; extent < EXTENT_COUNT && extent <= (int)m->wanted->widest; extent++) {
        best = tiers[extent] < tiers[best] ? (enum extent)extent : best;
    }
    if (tiers[best] < TIER_COUNT) {
        matcher_add_row(m, field, (enum tier)tiers[best], best, row);
    }
}

static uint64_t people_of(const struct lexicon *lexicon, struct found_list list)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < list.n; i++) {
        sum += lexicon->people.sets[list.p[i].entry].n;
    }
    return sum;
}

// Goes through the people of the side that has fewer, and looks at their other part.
static void join(struct matcher *m, const struct cut *cut, const struct side_found *left,
                 const struct side_found *right)
{
    if (left->some.n == 0 || right->some.n == 0) {
        return;
    }
    bool by_left = people_of(cut->first, left->some) <= people_of(cut->second, right->some);
    const struct lexicon *driver = by_left ? cut->first : cut->second;
    const struct lexicon *other = by_left ? cut->second : cut->first;
    const struct side_found *driving = by_left ? left : right;
    const struct mark *own = marks_of(m->room, driver, driving);
    const struct mark *others = marks_of(m->room, other, by_left ? right : left);
    for (size_t i = 0; own != NULL && others != NULL && i < driving->some.n; i++) {
        uint32_t entry = driving->some.p[i].entry;
        struct ids_walk walk = ids_walk(driver->people.sets[entry], edition_universe(m->edition));
        for (uint32_t row; ids_walk_next(&walk, &row);) {
            uint32_t its_other = other->of_row[row];
            if (its_other != VALUE_NONE && others[its_other].some != TIER_COUNT) {
                add_both(m, cut->field, by_left ? own[entry] : others[its_other],
                         by_left ? others[its_other] : own[entry], row);
            }
        }
    }
}

// The longer piece is the rarer one: if nobody has it the other is not even sought.
static void join_characters(struct matcher *m, const struct cut *cut, const struct typed *left,
                            const struct typed *right)
{
    struct side_found first = {{NULL, 0}, {NULL, 0}};
    struct side_found second = {{NULL, 0}, {NULL, 0}};
    bool left_first = left->exact.n >= right->exact.n;
    if (left_first) {
        first.some = lexicon_find(cut->first, left, SIDE_END, cut->widest, m->room);
    }
    if (!left_first || first.some.n > 0) {
        second.some = lexicon_find(cut->second, right, SIDE_START, EXTENT_HOLDS, m->room);
    }
    if (!left_first && second.some.n > 0) {
        first.some = lexicon_find(cut->first, left, SIDE_END, cut->widest, m->room);
    }
    if (first.some.n > 0 && second.some.n > 0) {
        first.whole = lexicon_find(cut->first, left, SIDE_END, EXTENT_WHOLE, m->room);
        second.whole = lexicon_find(cut->second, right, SIDE_START, EXTENT_WHOLE, m->room);
        join(m, cut, &first, &second);
    }
}

static void join_romaji(struct matcher *m, const struct cut *cut, const struct typed *left, const struct typed *right)
{
    struct found_list first = lexicon_find_romaji(cut->first, left, true, m->room);
    if (first.n > 0) {
        struct found_list second = lexicon_find_romaji(cut->second, right, false, m->room);
        join(m, cut, &(struct side_found){first, first}, &(struct side_found){second, second});
    }
}

struct name_slots {
    enum match_field field;
    const struct lexicon *family, *given;
};

enum { NAME_FIELDS = 3 };

static void join_pieces(struct matcher *m, const struct name_slots *slots, const struct typed *left,
                        const struct typed *right)
{
    const struct cut cuts[] = {{slots->field, slots->family, slots->given, EXTENT_HOLDS},
                               {slots->field, slots->given, slots->family, EXTENT_WHOLE}};
    for (size_t i = 0; i < 2; i++) {
        join_characters(m, &cuts[i], left, right);
        if (m->typed.latin) {
            join_romaji(m, &cuts[i], left, right);
        }
    }
}

// The longest part of a name in these fields, in characters; 0: nobody's name has two parts.
static uint32_t longest_part(const struct name_slots *slots, size_t n)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < n; i++) {
        if (slots[i].given->entries.n > 0) {
            longest = slots[i].family->longest > longest ? slots[i].family->longest : longest;
            longest = slots[i].given->longest > longest ? slots[i].given->longest : longest;
        }
    }
    return longest;
}

static void match_cut(struct matcher *m, const struct name_slots *slots, size_t n, size_t at)
{
    struct str word = m->typed.exact;
    struct typed left;
    struct typed right;
    if (!typed_make((struct str){word.p, at}, false, &m->texts, &left) ||
        !typed_make((struct str){word.p + at, word.n - at}, true, &m->texts, &right)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (slots[i].given->entries.n > 0) {
            join_pieces(m, &slots[i], &left, &right);
        }
    }
}

// No piece that is so much longer than all parts can match one: ー and small letters lengthen what is typed to twice
// the letters of a part, romaji to four times.
static void match_cuts(struct matcher *m, const struct name_slots *slots, size_t n)
{
    struct str word = m->typed.exact;
    size_t most = (size_t)longest_part(slots, n) * (m->typed.latin ? 4 : 2);
    size_t length = str_count_chars(word);
    size_t mark = m->texts.n;
    size_t count = 0;
    for (size_t at = 0; most > 0 && at < word.n; count++) {
        size_t next = at;
        bool inside = at > 0 && !forms_is_selector(str_next_char(word, &next));
        if (inside && count <= most && length - count <= most) {
            match_cut(m, slots, n, at);
        }
        m->texts.n = mark; // the pieces of this cut are not needed any more
        m->texts.failed = false;
        (void)str_next_char(word, &at);
    }
}

void match_names(struct matcher *m)
{
    const struct lexicon *all = m->edition->slots;
    const struct name_slots fields[NAME_FIELDS] = {
        {MATCH_NAME, &all[SLOT_NAME_FAMILY], &all[SLOT_NAME_GIVEN]},
        {MATCH_KANA, &all[SLOT_KANA_FAMILY], &all[SLOT_KANA_GIVEN]},
        {MATCH_OTHER_NAME, &all[SLOT_OTHER_FAMILY], &all[SLOT_OTHER_GIVEN]},
    };
    struct name_slots slots[NAME_FIELDS];
    size_t n = 0;
    for (size_t i = 0; i < NAME_FIELDS; i++) {
        if (!matcher_wants(m, fields[i].field)) {
            continue;
        }
        slots[n++] = fields[i];
        const struct lexicon *const parts[] = {fields[i].family, fields[i].given};
        for (size_t j = 0; j < 2; j++) {
            matcher_add_found(m, fields[i].field, parts[j],
                              lexicon_find(parts[j], &m->typed, SIDE_ANY, m->wanted->widest, m->room));
            matcher_add_found(m, fields[i].field, parts[j], lexicon_find_romaji(parts[j], &m->typed, false, m->room));
        }
    }
    match_cuts(m, slots, n);
}
