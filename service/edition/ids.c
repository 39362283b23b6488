// Sets of ids: see ids.h.
#include "edition/ids.h"

#include <stdlib.h>
#include <string.h>

#include "edition/bits.h"

size_t ids_words(uint32_t universe)
{
    return ((size_t)universe + 63) / 64;
}

uint32_t ids_list_most(uint32_t universe)
{
    return universe / 32;
}

// The place of the first id >= `id`, from place `at` on: steps that double, then halving. Quick where it is near.
static uint32_t seek(const uint32_t *list, uint32_t n, uint32_t at, uint32_t id)
{
    uint32_t step = 1;
    uint32_t low = at;
    while (at < n && list[at] < id) {
        low = at + 1;
        at = n - at > step ? at + step : n;
        step *= 2;
    }
    while (low < at) {
        uint32_t middle = low + (at - low) / 2;
        if (list[middle] < id) {
            low = middle + 1;
        } else {
            at = middle;
        }
    }
    return low;
}

static bool has_bit(const uint64_t *bits, uint32_t id)
{
    return (bits[id / 64] >> (id % 64) & 1) != 0;
}

bool ids_has(struct ids set, uint32_t id)
{
    if (set.bits != NULL) {
        return has_bit(set.bits, id);
    }
    uint32_t low = 0;
    uint32_t high = set.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (set.list[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < set.n && set.list[low] == id;
}

uint32_t ids_next(struct ids set, uint32_t universe, uint32_t from)
{
    if (set.n == 0 || from >= universe) {
        return UINT32_MAX;
    }
    if (set.list != NULL) {
        uint32_t at = seek(set.list, set.n, 0, from);
        return at < set.n ? set.list[at] : UINT32_MAX;
    }
    size_t at = from / 64;
    uint64_t word = set.bits[at] >> (from % 64) << (from % 64);
    while (word == 0) {
        if (++at == ids_words(universe)) {
            return UINT32_MAX;
        }
        word = set.bits[at];
    }
    return (uint32_t)at * 64 + (uint32_t)__builtin_ctzll(word);
}

uint32_t ids_previous(struct ids set, uint32_t universe, uint32_t before)
{
    before = before > universe ? universe : before;
    if (set.n == 0 || before == 0) {
        return UINT32_MAX;
    }
    if (set.list != NULL) {
        uint32_t at = seek(set.list, set.n, 0, before);
        return at > 0 ? set.list[at - 1] : UINT32_MAX;
    }
    size_t at = (before - 1) / 64;
    unsigned above = 63 - (before - 1) % 64;
    uint64_t word = set.bits[at] << above >> above;
    while (word == 0) {
        if (at-- == 0) {
            return UINT32_MAX;
        }
        word = set.bits[at];
    }
    return (uint32_t)at * 64 + 63 - (uint32_t)__builtin_clzll(word);
}

struct ids_walk ids_walk(struct ids set, uint32_t universe)
{
    struct ids_walk walk = {.set = set, .words = (uint32_t)ids_words(universe)};
    static const uint32_t nothing[1];
    if (set.n == 0) {
        walk.set = (struct ids){0, nothing, NULL};
    } else if (set.bits != NULL) {
        walk.word = set.bits[0];
    }
    return walk;
}

// --- and ---------------------------------------------------------------------

// `out` may be NULL: only counts.
static uint32_t and_list_bits(uint32_t *out, struct ids list, const uint64_t *bits, bool wanted)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < list.n; i++) {
        uint32_t id = list.list[i];
        if (out != NULL) {
            out[n] = id;
        }
        n += has_bit(bits, id) == wanted ? 1 : 0;
    }
    return n;
}

static uint32_t and_lists(uint32_t *out, struct ids few, struct ids many)
{
    uint32_t n = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < few.n && at < many.n; i++) {
        at = seek(many.list, many.n, at, few.list[i]);
        if (at < many.n && many.list[at] == few.list[i]) {
            if (out != NULL) {
                out[n] = few.list[i];
            }
            n++;
        }
    }
    return n;
}

static struct ids smaller(struct ids a, struct ids b)
{
    return a.n <= b.n ? a : b;
}

static struct ids larger(struct ids a, struct ids b)
{
    return a.n <= b.n ? b : a;
}

struct ids ids_and(struct room *room, uint32_t universe, struct ids a, struct ids b)
{
    if (a.n == 0 || b.n == 0) {
        return IDS_NONE;
    }
    if (a.bits != NULL && b.bits != NULL) {
        uint64_t *out = room_take(room, ids_words(universe) * sizeof *out);
        return out == NULL ? IDS_NONE : (struct ids){bits_and(out, a.bits, b.bits, ids_words(universe)), NULL, out};
    }
    uint32_t most = a.list == NULL ? b.n : b.list == NULL ? a.n : smaller(a, b).n;
    uint32_t *out = room_take(room, (size_t)most * sizeof *out + sizeof *out);
    if (out == NULL) {
        return IDS_NONE;
    }
    uint32_t n = a.list == NULL   ? and_list_bits(out, b, a.bits, true)
                 : b.list == NULL ? and_list_bits(out, a, b.bits, true)
                                  : and_lists(out, smaller(a, b), larger(a, b));
    return (struct ids){n, out, NULL};
}

uint32_t ids_count_and(uint32_t universe, struct ids a, struct ids b)
{
    if (a.n == 0 || b.n == 0) {
        return 0;
    }
    if (a.bits != NULL && b.bits != NULL) {
        return bits_count_and(a.bits, b.bits, ids_words(universe));
    }
    return a.list == NULL   ? and_list_bits(NULL, b, a.bits, true)
           : b.list == NULL ? and_list_bits(NULL, a, b.bits, true)
                            : and_lists(NULL, smaller(a, b), larger(a, b));
}

static uint32_t lists_and_not(uint32_t *out, struct ids a, struct ids b)
{
    uint32_t n = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < a.n; i++) {
        at = seek(b.list, b.n, at, a.list[i]);
        if (at == b.n || b.list[at] != a.list[i]) {
            out[n++] = a.list[i];
        }
    }
    return n;
}

static struct ids bits_but_list(struct room *room, uint32_t universe, struct ids a, struct ids b)
{
    uint64_t *out = room_take(room, ids_words(universe) * sizeof *out);
    if (out == NULL) {
        return IDS_NONE;
    }
    memcpy(out, a.bits, ids_words(universe) * sizeof *out);
    uint32_t n = a.n;
    for (uint32_t i = 0; i < b.n; i++) {
        n -= has_bit(out, b.list[i]) ? 1 : 0;
        out[b.list[i] / 64] &= ~((uint64_t)1 << (b.list[i] % 64));
    }
    return (struct ids){n, NULL, out};
}

struct ids ids_and_not(struct room *room, uint32_t universe, struct ids a, struct ids b)
{
    if (a.n == 0 || b.n == 0) {
        return a;
    }
    if (a.bits != NULL && b.bits == NULL) {
        return bits_but_list(room, universe, a, b);
    }
    if (a.bits != NULL) {
        uint64_t *bits = room_take(room, ids_words(universe) * sizeof *bits);
        return bits == NULL ? IDS_NONE
                            : (struct ids){bits_and_not(bits, a.bits, b.bits, ids_words(universe)), NULL, bits};
    }
    uint32_t *out = room_take(room, (size_t)a.n * sizeof *out + sizeof *out);
    if (out == NULL) {
        return IDS_NONE;
    }
    uint32_t n = b.bits != NULL ? and_list_bits(out, a, b.bits, false) : lists_and_not(out, a, b);
    return (struct ids){n, out, NULL};
}

// --- or ----------------------------------------------------------------------

static struct ids or_bits(struct room *room, uint32_t universe, const struct ids *sets, size_t n)
{
    size_t words = ids_words(universe);
    uint64_t *out = room_take(room, words * sizeof *out);
    const uint64_t *first = NULL;
    if (out == NULL) {
        return IDS_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        if (sets[i].bits == NULL) {
            continue;
        }
        if (first == NULL) {
            first = sets[i].bits;
            memcpy(out, first, words * sizeof *out);
        } else {
            (void)bits_or(out, out, sets[i].bits, words);
        }
    }
    if (first == NULL) {
        memset(out, 0, words * sizeof *out);
    }
    for (size_t i = 0; i < n; i++) {
        for (uint32_t j = 0; sets[i].list != NULL && j < sets[i].n; j++) {
            uint32_t id = sets[i].list[j];
            out[id / 64] |= (uint64_t)1 << (id % 64);
        }
    }
    return (struct ids){bits_count(out, words), NULL, out};
}

static void sort_few(uint32_t *list, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t id = list[i];
        uint32_t at = i;
        for (; at > 0 && list[at - 1] > id; at--) {
            list[at] = list[at - 1];
        }
        list[at] = id;
    }
}

// A byte a pass, least significant first; as many passes as the largest id has bytes.
static void sort_by_digits(uint32_t *list, uint32_t n, uint32_t *spare)
{
    uint32_t *from = list;
    uint32_t *to = spare;
    uint32_t all = 0;
    for (uint32_t i = 0; i < n; i++) {
        all |= list[i];
    }
    for (unsigned shift = 0; shift < 32 && all >> shift != 0; shift += 8) {
        uint32_t starts[257] = {0};
        for (uint32_t i = 0; i < n; i++) {
            starts[(from[i] >> shift & 0xff) + 1]++;
        }
        for (uint32_t digit = 0; digit < 256; digit++) {
            starts[digit + 1] += starts[digit];
        }
        for (uint32_t i = 0; i < n; i++) {
            to[starts[from[i] >> shift & 0xff]++] = from[i];
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    if (from != list) {
        memcpy(list, from, (size_t)n * sizeof *list);
    }
}

uint32_t ids_sort(uint32_t *list, uint32_t n, uint32_t *spare)
{
    enum { FEW = 48 };
    if (n < FEW) {
        sort_few(list, n);
    } else {
        sort_by_digits(list, n, spare);
    }
    uint32_t kept = n == 0 ? 0 : 1;
    for (uint32_t i = 1; i < n; i++) {
        if (list[i] != list[kept - 1]) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

// `many` with the ids of `few` put in: runs are copied, so it costs little where `few` are few.
static uint32_t merge(uint32_t *out, struct ids many, const uint32_t *few, uint32_t few_count)
{
    uint32_t n = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < few_count; i++) {
        uint32_t end = seek(many.list, many.n, at, few[i]);
        memcpy(out + n, many.list + at, (size_t)(end - at) * sizeof *out);
        n += end - at;
        at = end;
        if (at == many.n || many.list[at] != few[i]) {
            out[n++] = few[i];
        }
    }
    memcpy(out + n, many.list + at, (size_t)(many.n - at) * sizeof *out);
    return n + many.n - at;
}

static struct ids or_lists(struct room *room, const struct ids *sets, size_t n, size_t longest, uint64_t sum)
{
    size_t rest = (size_t)(sum - sets[longest].n);
    uint32_t *few = room_take(room, 2 * rest * sizeof *few);
    uint32_t *out = room_take(room, (size_t)sum * sizeof *out);
    uint32_t count = 0;
    if (few == NULL || out == NULL) {
        return IDS_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        if (i != longest && sets[i].n > 0) {
            memcpy(few + count, sets[i].list, (size_t)sets[i].n * sizeof *few);
            count += sets[i].n;
        }
    }
    count = ids_sort(few, count, few + rest);
    return (struct ids){merge(out, sets[longest], few, count), out, NULL};
}

struct ids ids_or(struct room *room, uint32_t universe, const struct ids *sets, size_t n)
{
    size_t longest = 0;
    size_t filled = 0;
    uint64_t sum = 0;
    bool any_bits = false;
    for (size_t i = 0; i < n; i++) {
        sum += sets[i].n;
        filled += sets[i].n > 0 ? 1 : 0;
        any_bits = any_bits || (sets[i].n > 0 && sets[i].bits != NULL);
        longest = sets[i].n > sets[longest].n ? i : longest;
    }
    if (filled < 2) {
        return filled == 0 ? IDS_NONE : sets[longest];
    }
    // Sorting an id costs some five times as much as setting its bit; counting the bits costs by the universe.
    bool many = sum > ids_list_most(universe) || sum - sets[longest].n > universe / 256;
    return any_bits || many ? or_bits(room, universe, sets, n) : or_lists(room, sets, n, longest, sum);
}
