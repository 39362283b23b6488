// Physical lines of a file in constant memory: bytes up to the line feed, whatever they are. A line longer than
// READER_LINE_MAX is passed over and marked, never held.
#ifndef MEIBO_REGISTER_READER_LINES_H
#define MEIBO_REGISTER_READER_LINES_H

#include "register/reader.h"

enum { READER_CHUNK = 4 * READER_LINE_MAX };

struct reader_line {
    uint64_t number;  // from 1
    struct str bytes; // without the line feed, a CR before it still there; borrowed until the next call
    bool too_long;    // then `bytes` is empty
};

struct reader_lines {
    int fd;
    bool drop_bom; // a UTF-8 byte order mark before the first line
    bool file_ended;
    bool again; // hand `last` out once more
    struct reader_line last;
    size_t at;      // first byte not handed out
    size_t scanned; // bytes from `at` known to hold no line feed
    size_t end;
    char chunk[READER_CHUNK];
};

// Caller's storage. "-" is standard input. ERR_IO.
enum err reader_lines_open(struct reader_lines *lines, const char *path, bool drop_bom, struct fault *fault) MUST_CHECK;
void reader_lines_close(struct reader_lines *lines);
// ERR_NOT_FOUND at the end of the file; ERR_IO.
enum err reader_lines_next(struct reader_lines *lines, struct reader_line *line, struct fault *fault) MUST_CHECK;
// The line just handed out comes again at the next call.
void reader_lines_unread(struct reader_lines *lines);

#endif
