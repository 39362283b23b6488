// Which numbers and codes a file has had already, and on which line: a key may stand in a file once.
#ifndef MEIBO_REGISTER_READER_SEEN_H
#define MEIBO_REGISTER_READER_SEEN_H

#include "base/err.h"
#include "register/types.h"

struct seen_code;

struct reader_seen {
    uint32_t *line_by_number; // NUMBER_MAX + 1 entries, made at the first number; untouched pages cost nothing
    struct seen_code *codes;
    size_t codes_n;
    size_t codes_capacity; // power of two
};

// Caller's storage, zeroed.
void reader_seen_fini(struct reader_seen *seen);
// `*first` gets the line that had it before, or 0 if none had; then this line is remembered. ERR_MEMORY.
enum err reader_seen_number(struct reader_seen *seen, number_t number, uint64_t line, uint64_t *first) MUST_CHECK;
// The code is valid (code_is_valid).
enum err reader_seen_code(struct reader_seen *seen, struct str code, uint64_t line, uint64_t *first) MUST_CHECK;

#endif
