// Reads text as if it were a file, for the reader's tests: the rows' count, the end, and the faults.
#ifndef MEIBO_TESTS_READING_H
#define MEIBO_TESTS_READING_H

#include "register/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
    char path[32];
    struct reader *reader;
    struct fault fault;
    enum err end; // of reading_all
    size_t rows;
    size_t faults_n;
    const struct reader_fault *faults;
};

static inline void reading_open(struct reading *reading, enum reader_kind kind, enum reader_encoding encoding,
                                struct str content)
{
    *reading = (struct reading){.path = "/tmp/meibo-reader-XXXXXX"};
    int fd = mkstemp(reading->path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content.p, content.n), content.n);
    assert_int_equal(close(fd), 0);
    assert_int_equal(reader_open(reading->path, kind, encoding, &reading->reader, &reading->fault), ERR_OK);
    assert_int_equal(unlink(reading->path), 0);
}

// Reads on to the end. Each row is written over, so that a text it borrows too short would be seen by the sanitizer.
static inline void reading_all(struct reading *reading)
{
    union reader_row row;
    uint64_t line;
    while ((reading->end = reader_next(reading->reader, &row, &line, &reading->fault)) == ERR_OK) {
        reading->rows++;
        memset(&row, 0xa5, sizeof row);
    }
    reading->faults = reader_faults(reading->reader, &reading->faults_n);
}

static inline void reading_close(struct reading *reading)
{
    reader_close(&reading->reader);
    assert_null(reading->reader);
}

// Row `rows` of a table is shown when it fails.
static inline void reading_expect_fault(const struct reading *reading, size_t index, uint64_t line, const char *field,
                                        const char *words, const char *what)
{
    bool there = index < reading->faults_n;
    const struct reader_fault *fault = there ? &reading->faults[index] : NULL;
    if (!there || fault->line != line || strcmp(fault->field, field) != 0 || strstr(fault->reason, words) == NULL) {
        fail_msg("%s: wanted %u [%s] ...%s..., got %u [%s] %s", what, (unsigned)line, field, words,
                 there ? (unsigned)fault->line : 0, there ? fault->field : "-", there ? fault->reason : "nothing");
    }
}

// Copies `text` with the first `find` replaced; `find` must be there. malloc'd, the caller's.
static inline char *reading_replace(const char *text, const char *find, const char *replace)
{
    const char *at = strstr(text, find);
    assert_non_null(at);
    size_t size = strlen(text) + strlen(replace) + 1;
    char *changed = malloc(size);
    assert_non_null(changed);
    (void)snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, replace, at + strlen(find));
    return changed;
}

#endif
