// Orders by number and by key. A key's people are known (a category's postings), so a large result is walked in the
// order of the keys until the page is full; of a small one the least are picked.
#include <string.h>

#include "edition/search.h"
#include "text/reading.h"

// --- by number ---------------------------------------------------------------

static void take_upwards(const struct search *s, uint32_t from, struct page *page)
{
    uint32_t row = ids_next(s->result, s->universe, from);
    for (; row != UINT32_MAX && page->count < s->query->limit; row = ids_next(s->result, s->universe, row + 1)) {
        page->ids[page->count++] = row;
    }
    page->more = row != UINT32_MAX;
}

static void take_downwards(const struct search *s, uint32_t before, struct page *page)
{
    uint32_t row = ids_previous(s->result, s->universe, before);
    for (; row != UINT32_MAX && page->count < s->query->limit; row = ids_previous(s->result, s->universe, row)) {
        page->ids[page->count++] = row;
    }
    page->more = row != UINT32_MAX;
}

void page_by_number(const struct search *s, struct page *page)
{
    const struct position *after = &s->query->after;
    if (s->query->descending && s->query->sort == SORT_NUMBER) {
        take_downwards(s, after->given ? edition_lower_bound(s->edition, after->number) : s->universe, page);
    } else {
        take_upwards(s, after->given ? edition_lower_bound(s->edition, after->number + 1) : 0, page);
    }
}

// --- by key ------------------------------------------------------------------

// A key of each person, as a place in the order of keys; people without one come last whatever the direction.
struct order {
    const uint32_t *of_row; // VALUE_NONE: no key
    const struct ids *sets; // the people of each key
    uint32_t n;
    bool descending;
};

// Where to begin: at the step `step` (a key in walking order; n: those without one), behind the row before `row`.
struct start {
    uint32_t step, row;
};

// The days that a sort by day goes by.
static const struct category *category_of(const struct edition *e, enum sort_key sort)
{
    return sort == SORT_REGISTERED_ON ? &e->registered_on
           : sort == SORT_EXPIRES_ON  ? &e->expires_on
                                      : &e->last_completed_on;
}

static struct order order_of(const struct edition *e, const struct query *q)
{
    const struct category *category = category_of(e, q->sort);
    if (q->sort == SORT_KANA) {
        return (struct order){e->kana.of_row, e->kana.people.sets, e->kana.n, q->descending};
    }
    return (struct order){category->of_row, category->postings.sets, category->n, q->descending};
}

static uint32_t step_of(const struct order *order, uint32_t key)
{
    return key == VALUE_NONE ? order->n : order->descending ? order->n - 1 - key : key;
}

// The place, from 1, of the first entry not before these forms; one more than there are if none.
static uint32_t part_place(const struct lexicon *l, const uint32_t *entries, const uint32_t *places, struct str sound,
                           struct str unified)
{
    uint32_t low = 0;
    uint32_t high = (uint32_t)l->entries.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(lexicon_form(l, entries[middle], FORM_SOUND), sound);
        order = order != 0 ? order : str_compare(lexicon_form(l, entries[middle], FORM_UNIFIED), unified);
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < l->entries.n ? places[entries[low]] : low + 1;
}

static bool has_part(const struct lexicon *l, const uint32_t *entries, uint32_t place, struct str unified)
{
    return place <= l->entries.n && str_equal(lexicon_form(l, entries[place - 1], FORM_UNIFIED), unified);
}

// A cursor's kana (family name, blank, given name, in form unified) as a key of this edition: the first key not before
// it.
// `*exact`: the edition has just this key.
static uint32_t kana_key(const struct edition *e, struct str text, bool *exact)
{
    const struct kana_order *o = &e->kana;
    struct str given = text;
    struct str family = str_cut(&given, ' ');
    BUF_AUTO struct buf sounds;
    buf_init(&sounds, text.n * 3 + 1);
    *exact = false;
    if (reading_key(family, &sounds) != ERR_OK) {
        return o->n;
    }
    size_t middle = sounds.n;
    if (given.p != NULL && reading_key(given, &sounds) != ERR_OK) {
        return o->n;
    }
    struct str sound = buf_str(&sounds);
    uint64_t family_place =
        part_place(&e->slots[SLOT_KANA_FAMILY], o->families, o->family_places, (struct str){sound.p, middle}, family);
    bool known = has_part(&e->slots[SLOT_KANA_FAMILY], o->families, (uint32_t)family_place, family);
    uint64_t given_place = 0;
    if (known && given.p != NULL) {
        given_place = part_place(&e->slots[SLOT_KANA_GIVEN], o->givens, o->given_places,
                                 (struct str){sound.p + middle, sound.n - middle}, given);
        known = has_part(&e->slots[SLOT_KANA_GIVEN], o->givens, (uint32_t)given_place, given);
    }
    uint64_t key = family_place << 32 | given_place;
    uint32_t low = 0;
    uint32_t high = o->n;
    while (low < high) {
        uint32_t half = low + (high - low) / 2;
        if (o->keys[half] < key) {
            low = half + 1;
        } else {
            high = half;
        }
    }
    *exact = known && low < o->n && o->keys[low] == key;
    return low;
}

static void write_kana(const struct edition *e, uint32_t row, struct buf *room)
{
    const struct lexicon *families = &e->slots[SLOT_KANA_FAMILY];
    const struct lexicon *givens = &e->slots[SLOT_KANA_GIVEN];
    if (families->of_row[row] == VALUE_NONE) {
        return;
    }
    buf_add(room, lexicon_form(families, families->of_row[row], FORM_UNIFIED));
    if (givens->of_row[row] != VALUE_NONE) {
        buf_add_char(room, ' ');
        buf_add(room, lexicon_form(givens, givens->of_row[row], FORM_UNIFIED));
    }
}

// A cursor's text may have been cut: then it ends in the last character that there is (see cursor_set_text).
static bool is_cut(struct str text)
{
    static const struct str mark = {"\U0010ffff", sizeof "\U0010ffff" - 1};
    return text.n >= mark.n && memcmp(text.p + text.n - mark.n, mark.p, mark.n) == 0;
}

// The key of a cursor's person, who may still have it; else of the cursor's text.
static uint32_t kana_after(const struct edition *e, const struct position *after, bool descending, bool *exact)
{
    enum { MARK = sizeof "\U0010ffff" - 1, KANA_BYTES = 1 << 16 };
    uint32_t row = edition_find(e, after->number);
    struct str text = after->text;
    bool cut = is_cut(text);
    text.n -= cut ? MARK : 0;
    if (row != ROW_NONE && e->kana.of_row[row] != VALUE_NONE) {
        BUF_AUTO struct buf now;
        buf_init(&now, KANA_BYTES);
        write_kana(e, row, &now);
        *exact = cut ? str_starts_with(buf_str(&now), text) : str_equal(buf_str(&now), text);
        if (*exact) {
            return e->kana.of_row[row];
        }
    }
    // Cut, and gone: upwards behind all that begin with it, downwards before them.
    return kana_key(e, cut && !descending ? after->text : text, exact);
}

static uint32_t category_key(const struct category *category, int32_t value, bool *exact)
{
    uint32_t key = category_lower_bound(category, value);
    *exact = key < category->n && category->values[key] == value;
    return key;
}

static struct start start_of(const struct search *s, const struct order *order)
{
    const struct edition *e = s->edition;
    const struct position *after = &s->query->after;
    uint32_t row = after->given ? edition_lower_bound(e, after->number + 1) : 0;
    bool none = s->query->sort == SORT_KANA ? after->text.n == 0 : after->value == DAY_NONE;
    bool exact = false;
    if (!after->given) {
        return (struct start){0, 0};
    }
    if (none) {
        return (struct start){order->n, row};
    }
    const struct category *category = category_of(e, s->query->sort);
    uint32_t key = s->query->sort == SORT_KANA ? kana_after(e, after, order->descending, &exact)
                                               : category_key(category, after->value, &exact);
    // A key that this edition has no more: upwards the next one, downwards the one before, from its first person on.
    if (order->descending) {
        return exact ? (struct start){order->n - 1 - key, row} : (struct start){order->n - key, 0};
    }
    return (struct start){key, exact ? row : 0};
}

// Adds the row; false: the page is full.
static bool take(const struct search *s, uint32_t row, struct page *page)
{
    if (page->count == s->query->limit) {
        page->more = true;
        return false;
    }
    page->ids[page->count++] = row;
    return true;
}

// Key by key, and last those without one.
static void walk(const struct search *s, const struct order *order, struct start start, struct page *page)
{
    for (uint32_t step = start.step; step < order->n; step++) {
        struct ids people = order->sets[order->descending ? order->n - 1 - step : step];
        uint32_t row = ids_next(people, s->universe, step == start.step ? start.row : 0);
        for (; row != UINT32_MAX; row = ids_next(people, s->universe, row + 1)) {
            if (ids_has(s->result, row) && !take(s, row, page)) {
                return;
            }
        }
    }
    uint32_t row = ids_next(s->result, s->universe, start.step >= order->n ? start.row : 0);
    for (; row != UINT32_MAX; row = ids_next(s->result, s->universe, row + 1)) {
        if (order->of_row[row] == VALUE_NONE && !take(s, row, page)) {
            return;
        }
    }
}

// Puts a value into a heap whose root is the largest, in place of the root.
static void sink(uint64_t *heap, size_t n, uint64_t value)
{
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n) {
            break;
        }
        child += child + 1 < n && heap[child + 1] > heap[child] ? 1 : 0;
        if (heap[child] <= value) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = value;
}

static void rise(uint64_t *heap, size_t at, uint64_t value)
{
    while (at > 0 && heap[(at - 1) / 2] < value) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = value;
}

// The least of (step, row) behind the start, by a heap of as many as the page takes and one more.
static void pick(const struct search *s, const struct order *order, struct start start, struct page *page)
{
    size_t most = (size_t)s->query->limit + 1;
    uint64_t *heap = room_take(s->room, most * sizeof *heap);
    uint64_t from = (uint64_t)start.step << 32 | start.row;
    struct ids_walk all = ids_walk(s->result, s->universe);
    size_t n = 0;
    for (uint32_t row; heap != NULL && ids_walk_next(&all, &row);) {
        uint64_t value = (uint64_t)step_of(order, order->of_row[row]) << 32 | row;
        if (value < from) {
            continue;
        }
        if (n < most) {
            rise(heap, n++, value);
        } else if (value < heap[0]) {
            sink(heap, n, value);
        }
    }
    page->more = n == most;
    n -= n == most ? 1 : 0;
    if (page->more) {
        sink(heap, n, heap[n]); // without the largest: the last one takes the root's place
    }
    page->count = (uint32_t)n;
    for (size_t left = n; left > 0; left--) {
        page->ids[left - 1] = (uint32_t)heap[0];
        sink(heap, left - 1, heap[left - 1]);
    }
}

void page_by_key(const struct search *s, struct page *page)
{
    struct order order = order_of(s->edition, s->query);
    struct start start = start_of(s, &order);
    uint64_t walked = s->result.n == 0 ? UINT64_MAX : (uint64_t)s->query->limit * s->universe / s->result.n;
    if (s->result.bits != NULL && walked < s->result.n) {
        walk(s, &order, start, page);
    } else {
        pick(s, &order, start, page);
    }
}

// --- positions ---------------------------------------------------------------

struct position query_position(const struct edition *e, const struct query *query, const struct page *page,
                               uint32_t index, struct buf *room)
{
    uint32_t row = page->ids[index];
    struct position position = {.given = true, .number = e->people.p[row].number};
    size_t start = room->n;
    if (query->sort == SORT_RELEVANCE) {
        position.value = page->matched ? page->ranks[index] : 0;
    } else if (query->sort == SORT_KANA) {
        write_kana(e, row, room);
        position.text = (struct str){room->p + start, room->n - start};
    } else if (query->sort != SORT_NUMBER) {
        const struct category *category = category_of(e, query->sort);
        position.value = category->of_row[row] == VALUE_NONE ? DAY_NONE : category->values[category->of_row[row]];
    }
    return position;
}
