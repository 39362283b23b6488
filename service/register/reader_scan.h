// JSON (RFC 8259) read in one pass from one line, without memory of its own per value: a register of a million lines
// passes here at each import, and building a tree per line cost four times the rest of the reader. The tests hold it to
// jansson's verdict on damaged input.
//
// The caller walks: look at what comes (reader_scan_peek), then take or skip it. After the first mistake in the grammar
// `wrong` says what it is, every call returns false, and `at` stays on the byte.
#ifndef MEIBO_REGISTER_READER_SCAN_H
#define MEIBO_REGISTER_READER_SCAN_H

#include "base/str.h"

enum { READER_SCAN_DEPTH = 32 }; // lists and objects in each other, in what is skipped

struct reader_scan {
    struct str line; // well-formed UTF-8
    size_t at;
    const char *wrong; // static text, or NULL
    char *scratch;     // the caller's, at least as long as the line: texts that had escapes
    size_t scratch_n;
};

void reader_scan_begin(struct reader_scan *scan, struct str line, char *scratch);
// First character of the next value or sign: '{' '[' '"' 't' 'f' 'n', '0' for any number; else itself; 0 at the end.
char reader_scan_peek(struct reader_scan *scan);
// Takes text. Borrowed from the line or from scratch.
bool reader_scan_text(struct reader_scan *scan, struct str *text);
// Takes a number as it is written.
bool reader_scan_number(struct reader_scan *scan, struct str *text);
// Takes any value and forgets it.
bool reader_scan_skip(struct reader_scan *scan);
// Walks an object or a list: `*n` starts at 0 and counts. True: there is one more, and for a member its key is taken;
// its value is to be taken next. False: the closing bracket is taken, or something is wrong.
bool reader_scan_member(struct reader_scan *scan, size_t *n, struct str *key);
bool reader_scan_item(struct reader_scan *scan, size_t *n);
// Nothing but blanks is left.
bool reader_scan_end(struct reader_scan *scan);

#endif
