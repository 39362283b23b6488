// A file that appears whole or not at all: written under a name of its own, renamed at the end. Private to the sample
// register.
#ifndef MEIBO_REGISTER_SAMPLE_FILE_H
#define MEIBO_REGISTER_SAMPLE_FILE_H

#include "base/buf.h"
#include "base/err.h"

// Born zeroed; open, append to `buf` and pour now and then, finish, commit. fini in every case: it removes what was not
// committed.
struct sample_file {
    struct buf buf;
    int fd; // meaningful while `temporary` is set and the file is not finished
    bool is_open;
    char *path;
    char *temporary;
};

enum err sample_file_open(struct sample_file *file, const char *directory, const char *name,
                          struct fault *fault) MUST_CHECK;
// Hands the buffer to the system once there is enough of it.
enum err sample_file_pour(struct sample_file *file, struct fault *fault) MUST_CHECK;
// Writes what is left and closes.
enum err sample_file_finish(struct sample_file *file, struct fault *fault) MUST_CHECK;
// Gives the finished file its name, replacing what bore it.
enum err sample_file_commit(struct sample_file *file, struct fault *fault) MUST_CHECK;
void sample_file_fini(struct sample_file *file);

#endif
