// The list of broken places: see reader_faults.h.
#include "register/reader_faults.h"

#include <stdio.h>
#include <string.h>

enum { CLIP_BYTES = 48 };

bool reader_faults_full(const struct reader_faults *faults)
{
    return faults->n >= READER_FAULTS_MAX;
}

// Copies what fits in whole characters; a control character or a byte that is no UTF-8 becomes '?'.
static void copy_printable(char *out, size_t size, struct str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        struct str rest = {text.p + at, text.n - at};
        size_t length = str_utf8_length(rest);
        struct str one = {rest.p, length == 0 ? 1 : length};
        bool printable = length > 0 && !str_has_control(one);
        if (n + one.n + 1 > size) {
            break;
        }
        memcpy(out + n, printable ? one.p : "?", printable ? one.n : 1);
        n += printable ? one.n : 1;
        at += one.n;
    }
    out[n] = '\0';
}

// Keeps the order of lines; among equal lines, the order of adding.
static struct reader_fault *insert_by_line(struct reader_faults *faults, uint64_t line)
{
    size_t at = faults->n;
    while (at > 0 && faults->items[at - 1].line > line) {
        at--;
    }
    memmove(&faults->items[at + 1], &faults->items[at], (faults->n - at) * sizeof faults->items[0]);
    faults->n++;
    return &faults->items[at];
}

void reader_faults_add_list(struct reader_faults *faults, uint64_t line, const char *field, const char *format,
                            va_list arguments)
{
    if (reader_faults_full(faults)) {
        return;
    }
    char reason[512];
    (void)vsnprintf(reason, sizeof reason, format, arguments);
    struct reader_fault *fault = insert_by_line(faults, line);
    fault->line = line;
    copy_printable(fault->field, sizeof fault->field, str_of(field));
    copy_printable(fault->reason, sizeof fault->reason, str_of(reason));
}

void reader_faults_add(struct reader_faults *faults, uint64_t line, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    reader_faults_add_list(faults, line, field, format, arguments);
    va_end(arguments);
}

void reader_faults_add_too_long(struct reader_faults *faults, uint64_t line)
{
    reader_faults_add(faults, line, "", "line longer than %d bytes", READER_LINE_MAX);
}

void reader_faults_name(char out[READER_FAULT_FIELD], const char *before, struct str name)
{
    struct str head = str_of(before);
    size_t n = head.n < READER_FAULT_FIELD ? head.n : READER_FAULT_FIELD - 1;
    memcpy(out, head.p, n);
    copy_printable(out + n, READER_FAULT_FIELD - n, name);
}

int reader_clip(struct str text)
{
    size_t n = 0;
    while (n < text.n) {
        size_t length = str_utf8_length((struct str){text.p + n, text.n - n});
        size_t step = length == 0 ? 1 : length;
        if (n + step > CLIP_BYTES) {
            break;
        }
        n += step;
    }
    return (int)n;
}
