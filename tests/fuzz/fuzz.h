// What the fuzzers share: how a broken law ends the run (so that libFuzzer keeps the input), and copies of texts
// without a spare byte behind them (so that the sanitizer sees one read too many).
#ifndef MEIBO_TESTS_FUZZ_H
#define MEIBO_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

// libFuzzer calls these.
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

_Noreturn static inline void fuzz_broken(const char *file, int line, const char *law)
{
    (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, law);
    abort();
}

#define must(law) ((law) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #law))

// A text, escaped, on standard error: for the reader of a finding.
static inline void fuzz_show(const char *label, struct str text)
{
    (void)fprintf(stderr, "%s (%zu bytes): \"", label, text.n);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        (void)fprintf(stderr, c < 0x20 || c == 0x7f || c == '\\' ? "\\x%02x" : "%c", c);
    }
    (void)fprintf(stderr, "\"\n");
}

// --- copies, which live until fuzz_forget() ---

enum { KEPT_MOST = 4096 };

static struct {
    void *p[KEPT_MOST];
    size_t n;
} fuzz_kept;

static inline struct str fuzz_keep(struct str text)
{
    must(fuzz_kept.n < KEPT_MOST);
    char *copy = malloc(text.n > 0 ? text.n : 1);
    must(copy != NULL);
    if (text.n > 0) {
        memcpy(copy, text.p, text.n);
    }
    fuzz_kept.p[fuzz_kept.n++] = copy;
    return (struct str){copy, text.n};
}

// Those kept since there were `mark` of them.
static inline void fuzz_forget(size_t mark)
{
    while (fuzz_kept.n > mark) {
        free(fuzz_kept.p[--fuzz_kept.n]);
    }
}

static inline struct str fuzz_first(struct str text, size_t n)
{
    return (struct str){text.p, n};
}

// The first so many characters of well-formed UTF-8.
static inline struct str fuzz_clip(struct str text, size_t chars)
{
    size_t at = 0;
    for (; chars > 0 && at < text.n; chars--) {
        (void)str_next_char(text, &at);
    }
    return fuzz_first(text, at);
}

#endif
