// The broken places of one file while it is read, in order of line, as words that are safe to print anywhere: whatever
// bytes the file holds, a reason is well-formed UTF-8 without control characters.
#ifndef MEIBO_REGISTER_READER_FAULTS_H
#define MEIBO_REGISTER_READER_FAULTS_H

#include "register/reader.h"

#include <stdarg.h>

enum { READER_FAULT_FIELD = sizeof((struct reader_fault *)0)->field };

struct reader_faults {
    struct reader_fault items[READER_FAULTS_MAX];
    size_t n;
};

bool reader_faults_full(const struct reader_faults *faults);
// Ignored when full.
void reader_faults_add(struct reader_faults *faults, uint64_t line, const char *field, const char *format, ...)
    PRINTF_LIKE(4, 5);
void reader_faults_add_list(struct reader_faults *faults, uint64_t line, const char *field, const char *format,
                            va_list arguments) PRINTF_LIKE(4, 0);

// "line longer than ..."
void reader_faults_add_too_long(struct reader_faults *faults, uint64_t line);

// Writes "<before><name>" as the name of a field, cut to what a fault keeps.
void reader_faults_name(char out[READER_FAULT_FIELD], const char *before, struct str name);

// Bytes of `text` to quote in a reason: all of it, or so many whole characters as fit in 48 bytes.
// Usage: "\"%.*s\" is not a day", reader_clip(text), text.p
int reader_clip(struct str text);

#endif
