// Makers of texts, as text/ has them, and the laws that all of them keep.
#ifndef MEIBO_TESTS_FUZZ_MAKING_H
#define MEIBO_TESTS_FUZZ_MAKING_H

#include "tests/fuzz/fuzz.h"

// Laws about beginnings take a step for each beginning: of longer texts they see only so much, at so many places.
enum { CLIP_CHARS = 200, BEGINNINGS_MOST = 24 };

typedef enum err (*text_maker)(struct str text, struct buf *out);

// What is appended, which is well-formed and no longer than promised.
static inline struct str make(text_maker maker, struct str text, size_t most)
{
    BUF_AUTO struct buf out;
    buf_init(&out, text.n * 64 + 64);
    buf_add_char(&out, '!');
    must(maker(text, &out) == ERR_OK);
    must(out.n >= 1 && out.p[0] == '!');
    must(out.n - 1 <= most);
    struct str made = {out.p + 1, out.n - 1};
    must(str_is_utf8(made));
    return fuzz_keep(made);
}

// The same, and that a buffer that is a byte too small is told of.
static inline struct str make_well(text_maker maker, struct str text, size_t most)
{
    struct str made = make(maker, text, most);
    if (made.n > 0) {
        BUF_AUTO struct buf small;
        buf_init(&small, made.n - 1);
        must(maker(text, &small) == ERR_MEMORY);
    }
    return made;
}

static inline void check_again(text_maker maker, struct str made)
{
    struct str again = make(maker, made, SIZE_MAX);
    if (!str_equal(again, made)) {
        fuzz_show("once", made);
        fuzz_show("twice", again);
    }
    must(str_equal(again, made));
}

static inline void check_equal(struct str a, struct str b)
{
    if (!str_equal(a, b)) {
        fuzz_show("one", a);
        fuzz_show("other", b);
    }
    must(str_equal(a, b));
}

static inline size_t step_of(struct str text)
{
    return str_count_chars(text) / BEGINNINGS_MOST + 1;
}

static inline void skip_chars(struct str text, size_t *at, size_t chars)
{
    for (; chars > 0 && *at < text.n; chars--) {
        (void)str_next_char(text, at);
    }
}

// What is certain of a beginning begins what is certain of a longer one, and all of it.
static inline void check_growing(text_maker certain, text_maker whole, struct str text)
{
    text = fuzz_clip(text, CLIP_CHARS);
    struct str all = make(whole, text, SIZE_MAX);
    struct str before = {"", 0};
    size_t step = step_of(text);
    for (size_t at = 0; at < text.n;) {
        skip_chars(text, &at, step);
        struct str now = make(certain, fuzz_first(text, at), SIZE_MAX);
        bool grows = str_starts_with(now, before) && str_starts_with(all, now);
        if (!grows) {
            fuzz_show("text", fuzz_first(text, at));
            fuzz_show("before", before);
            fuzz_show("now", now);
            fuzz_show("all", all);
        }
        must(grows);
        before = now;
    }
}

#endif
