// A growing byte buffer that is born with its maximum. Failure is sticky: after the first append that does not fit
// (or finds no memory) every later one does nothing, and the owner asks once, at the end, with buf_failed().
#ifndef MEIBO_BASE_BUF_H
#define MEIBO_BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
    char *p; // NULL until the first append; not NUL-terminated
    size_t n;
    size_t capacity;
    size_t maximum;
    bool failed;
};

// Caller's storage; holds no memory yet. `maximum` in bytes of content; the memory may be a little more.
void buf_init(struct buf *buf, size_t maximum);
// On storage of the caller's, of `size` bytes (at least one): never allocates, fails where it is full. Needs no
// buf_fini() and must not get it, nor buf_take().
void buf_init_on(struct buf *buf, char *storage, size_t size);
// Releases the memory; the buffer is empty and usable again.
void buf_fini(struct buf *buf);
// Empties it, keeps the memory, forgets a failure.
void buf_clear(struct buf *buf);
// Takes memory for so many bytes of content at once, where the size is known or guessed. Only a hint: never fails it.
void buf_reserve(struct buf *buf, size_t n);

void buf_add_u64(struct buf *buf, uint64_t value);
void buf_add_i64(struct buf *buf, int64_t value);
// In lower-case hexadecimal, with zeros in front up to so many digits (at most 16).
void buf_add_hex(struct buf *buf, uint64_t value, size_t least_digits);
void buf_add_format(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
// Room for `n` more bytes, uninitialised, already counted in buf->n; NULL after a failure, never otherwise.
char *buf_extend(struct buf *buf, size_t n);

// An answer is made of thousands of short appends to a buffer that mostly has the room: those are worth a body that the
// compiler can put in place and shorten where the length is known. One byte of the memory stays free, for a NUL.
static inline void buf_add(struct buf *buf, struct str bytes)
{
    if (!buf->failed && bytes.n < buf->capacity - buf->n) {
        if (bytes.n > 0) {
            memcpy(buf->p + buf->n, bytes.p, bytes.n);
            buf->n += bytes.n;
        }
        return;
    }
    char *room = bytes.n == 0 ? NULL : buf_extend(buf, bytes.n);
    if (room != NULL) {
        memcpy(room, bytes.p, bytes.n);
    }
}

static inline void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, str_of(text));
}

static inline void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, (struct str){&c, 1});
}

bool buf_failed(const struct buf *buf);
struct str buf_str(const struct buf *buf);
// The bytes, malloc'd, now the caller's (free()); NULL if empty. The buffer is empty afterwards.
char *buf_take(struct buf *buf);
// The content as NUL-terminated text, borrowed until the next append; "" if empty. NULL after a failure.
const char *buf_text(struct buf *buf);

// Scope-bound: BUF_AUTO struct buf b; buf_init(&b, max);
#define BUF_AUTO __attribute__((cleanup(buf_fini)))

#endif
