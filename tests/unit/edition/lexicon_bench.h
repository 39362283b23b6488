// Lexicons to search: texts out of characters that are one in some form and not in another, what is typed made ready,
// and the plain way to look for a piece in a text.
#ifndef MEIBO_TESTS_LEXICON_BENCH_H
#define MEIBO_TESTS_LEXICON_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "edition/lexicon.h"
#include "tests/unit/edition/dice.h"
#include "text/fold.h"

#define LEXICON_AUTO __attribute__((cleanup(lexicon_free)))

static struct room_pool *bench_pool;
static struct room *bench_room;

static inline int bench_open(void **state)
{
    (void)state;
    bench_pool = room_pool_new();
    bench_room = bench_pool == NULL ? NULL : room_borrow(bench_pool);
    return bench_room == NULL ? -1 : 0;
}

static inline int bench_close(void **state)
{
    (void)state;
    room_return(bench_pool, bench_room);
    room_pool_free(&bench_pool);
    return 0;
}

// Gives back what searches have taken.
static inline void bench_clear(void)
{
    assert_false(room_failed(bench_room));
    room_return(bench_pool, bench_room);
    bench_room = room_borrow(bench_pool);
    assert_non_null(bench_room);
}

// Rows 0, 1, 2, ... have one text each, in this order.
static inline void bench_make(struct lexicon *lexicon, enum text_kind kind, const char *const *texts, uint32_t n)
{
    lexicon_init(lexicon, kind, false);
    for (uint32_t row = 0; row < n; row++) {
        assert_true(lexicon_add(lexicon, row, str_of(texts[row])));
    }
    assert_true(lexicon_finish(lexicon, n));
}

// What is typed, with the memory of its forms.
struct bench_typed {
    struct buf memory;
    struct typed typed;
};

static inline void bench_type(struct bench_typed *typed, const char *text, bool open)
{
    enum { BYTES = 1 << 16 };
    buf_init(&typed->memory, BYTES);
    assert_non_null(buf_extend(&typed->memory, BYTES));
    buf_clear(&typed->memory);
    assert_int_equal(fold_exact(str_of(text), &typed->memory), ERR_OK);
    assert_true(typed->memory.n > 0);
    assert_true(typed_make(buf_str(&typed->memory), open, &typed->memory, &typed->typed));
}

static inline void bench_untype(struct bench_typed *typed)
{
    buf_fini(&typed->memory);
}

#define TYPED_AUTO __attribute__((cleanup(bench_untype)))

// --- random texts ------------------------------------------------------------

enum { BENCH_TEXT = 64 }; // bytes

static inline void bench_draw(char text[BENCH_TEXT], uint32_t units_most)
{
    static const char *const units[] = {
        "髙", "高", "橋", "斎", "斉", "齋", "辺", "邉", "邉\U000e0100", "関", "原", "ヶ", "ケ", "が", "々", "一",
        "サ", "ざ", "ク", "オ", "ー", "ウ", "ノ", "ヂ", "ジ",           "ヴ", "ァ", "バ", "ブ", "ｶ",  "a",  "B",
    };
    size_t n = 0;
    for (uint32_t i = 1 + draw(units_most); i > 0; i--) {
        n += (size_t)snprintf(text + n, BENCH_TEXT - n, "%s", units[draw(sizeof units / sizeof units[0])]);
    }
}

// Some characters out of a text, from one on: maybe all of it.
static inline void bench_draw_part(const char *text, char part[BENCH_TEXT])
{
    struct str all = str_of(text);
    uint32_t characters = (uint32_t)str_count_chars(all);
    uint32_t first = draw(2) == 0 ? 0 : draw(characters);
    uint32_t last = draw(2) == 0 ? characters : first + 1 + draw(characters - first);
    size_t n = 0;
    size_t start = 0;
    uint32_t index = 0;
    for (size_t at = 0; at < all.n; index++, start = at) {
        (void)str_next_char(all, &at);
        if (index >= first && index < last) {
            memcpy(part + n, all.p + start, at - start);
            n += at - start;
        }
    }
    part[n] = '\0';
}

// --- the plain way -----------------------------------------------------------

// Where a piece stands in a text, the best place first; EXTENT_COUNT: nowhere. `guarded`: no variation selector may
// follow it.
static inline enum extent bench_place(struct str text, struct str piece, enum side side, bool guarded)
{
    enum extent best = EXTENT_COUNT;
    for (size_t at = 0; text.p != NULL && piece.n > 0 && at + piece.n <= text.n; at++) {
        size_t next = at + piece.n;
        if (memcmp(text.p + at, piece.p, piece.n) != 0 ||
            (guarded && next < text.n && forms_is_selector(str_next_char(text, &next)))) {
            continue;
        }
        bool at_end = at + piece.n == text.n;
        if ((side == SIDE_START && at > 0) || (side == SIDE_END && !at_end)) {
            continue;
        }
        enum extent own = at == 0 && at_end ? EXTENT_WHOLE : at == 0 && side != SIDE_END ? EXTENT_BEGINS : EXTENT_HOLDS;
        best = own < best ? own : best;
    }
    return best;
}

#endif
