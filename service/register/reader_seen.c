// Keys of one file: numbers in a flat table, codes in an open-addressing hash table. See reader_seen.h.
#include "register/reader_seen.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CODES = 256 };

struct seen_code {
    uint64_t line; // 0 = free place
    size_t length;
    char code[CODE_LONGEST];
};

void reader_seen_fini(struct reader_seen *seen)
{
    free(seen->line_by_number);
    free(seen->codes);
    *seen = (struct reader_seen){0};
}

enum err reader_seen_number(struct reader_seen *seen, number_t number, uint64_t line, uint64_t *first)
{
    if (seen->line_by_number == NULL) {
        seen->line_by_number = calloc((size_t)NUMBER_MAX + 1, sizeof *seen->line_by_number);
    }
    if (seen->line_by_number == NULL) {
        return ERR_MEMORY;
    }
    uint32_t *place = &seen->line_by_number[number];
    *first = *place;
    if (*place == 0) {
        *place = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    }
    return ERR_OK;
}

// FNV-1a, 64 bits.
static uint64_t hash(struct str text)
{
    uint64_t value = 0xcbf29ce484222325U;
    for (size_t i = 0; i < text.n; i++) {
        value = (value ^ (unsigned char)text.p[i]) * 0x100000001b3U;
    }
    return value ^ value >> 32;
}

// The place of the code, or the free place where it belongs. The table is never full.
static struct seen_code *find(struct seen_code *codes, size_t capacity, struct str code)
{
    size_t at = (size_t)hash(code) & (capacity - 1);
    while (codes[at].line != 0 && !str_equal(code, (struct str){codes[at].code, codes[at].length})) {
        at = (at + 1) & (capacity - 1);
    }
    return &codes[at];
}

static enum err grow(struct reader_seen *seen)
{
    size_t capacity = seen->codes_capacity == 0 ? FIRST_CODES : seen->codes_capacity * 2;
    struct seen_code *codes = calloc(capacity, sizeof *codes);
    if (codes == NULL) {
        return ERR_MEMORY;
    }
    for (size_t i = 0; i < seen->codes_capacity; i++) {
        const struct seen_code *old = &seen->codes[i];
        if (old->line != 0) {
            *find(codes, capacity, (struct str){old->code, old->length}) = *old;
        }
    }
    free(seen->codes);
    seen->codes = codes;
    seen->codes_capacity = capacity;
    return ERR_OK;
}

enum err reader_seen_code(struct reader_seen *seen, struct str code, uint64_t line, uint64_t *first)
{
    if (seen->codes_n * 2 >= seen->codes_capacity && grow(seen) != ERR_OK) {
        return ERR_MEMORY;
    }
    struct seen_code *place = find(seen->codes, seen->codes_capacity, code);
    *first = place->line;
    if (place->line == 0) {
        place->line = line;
        place->length = code.n;
        memcpy(place->code, code.p, code.n);
        seen->codes_n++;
    }
    return ERR_OK;
}
