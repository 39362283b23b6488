// The growing buffer: see buf.h.
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

void buf_init(struct buf *buf, size_t maximum)
{
    *buf = (struct buf){.maximum = maximum < SIZE_MAX ? maximum : SIZE_MAX - 1};
}

// With a maximum that leaves no room to grow, nothing here ever resizes it.
void buf_init_on(struct buf *buf, char *storage, size_t size)
{
    *buf = (struct buf){.p = storage, .capacity = size, .maximum = size - 1};
}

void buf_fini(struct buf *buf)
{
    free(buf->p);
    *buf = (struct buf){.maximum = buf->maximum};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    buf->failed = false;
}

static bool resize(struct buf *buf, size_t capacity)
{
    char *p = realloc(buf->p, capacity);
    if (p == NULL) {
        return false;
    }
    buf->p = p;
    buf->capacity = capacity;
    return true;
}

void buf_reserve(struct buf *buf, size_t n)
{
    size_t capacity = (n < buf->maximum ? n : buf->maximum) + 1;
    if (capacity > buf->capacity) {
        (void)resize(buf, capacity);
    }
}

// The capacity never is more than the content may have and one byte: the NUL of buf_text() and of vsnprintf stands
// there, so that a text of exactly `maximum` bytes still fits.
static bool reserve(struct buf *buf, size_t more)
{
    if (buf->failed || more > buf->maximum || buf->n > buf->maximum - more) {
        buf->failed = true;
        return false;
    }
    size_t needed = buf->n + more + 1;
    if (needed <= buf->capacity) {
        return true;
    }
    size_t capacity = buf->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buf->capacity;
    while (capacity < needed) {
        capacity = capacity > buf->maximum / 2 ? buf->maximum + 1 : capacity * 2;
    }
    buf->failed = !resize(buf, capacity <= buf->maximum ? capacity : buf->maximum + 1);
    return !buf->failed;
}

char *buf_extend(struct buf *buf, size_t n)
{
    if (!reserve(buf, n)) {
        return NULL;
    }
    char *room = buf->p + buf->n;
    buf->n += n;
    return room;
}

void buf_add_u64(struct buf *buf, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_add_i64(struct buf *buf, int64_t value)
{
    if (value < 0) {
        buf_add_char(buf, '-');
        buf_add_u64(buf, (uint64_t)0 - (uint64_t)value);
        return;
    }
    buf_add_u64(buf, (uint64_t)value);
}

void buf_add_hex(struct buf *buf, uint64_t value, size_t least_digits)
{
    static const char hex[] = "0123456789abcdef";
    char digits[16];
    size_t at = sizeof digits;
    while (value > 0 || sizeof digits - at < least_digits) {
        digits[--at] = hex[value & 15];
        value >>= 4;
    }
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_add_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *room = length < 0 ? NULL : buf_extend(buf, (size_t)length);
    if (room != NULL) {
        (void)vsnprintf(room, (size_t)length + 1, format, again);
    }
    buf->failed = room == NULL;
    va_end(again);
}

bool buf_failed(const struct buf *buf)
{
    return buf->failed;
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->p, buf->n};
}

char *buf_take(struct buf *buf)
{
    char *p = buf->n == 0 ? NULL : buf->p;
    if (p == NULL) {
        free(buf->p);
    }
    *buf = (struct buf){.maximum = buf->maximum};
    return p;
}

const char *buf_text(struct buf *buf)
{
    if (!reserve(buf, 0)) {
        return NULL;
    }
    buf->p[buf->n] = '\0';
    return buf->p;
}
