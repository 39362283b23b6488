// Whole files or none: see sample_file.h.
#include "register/sample_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POUR_BYTES = 1 << 20, BUFFER_MAX = 1 << 24, FILE_MODE = 0644 };

static enum err fail(const struct sample_file *file, const char *what, struct fault *fault)
{
    return err_set(fault, ERR_IO, "cannot %s %s: %s", what, file->path, strerror(errno));
}

enum err sample_file_open(struct sample_file *file, const char *directory, const char *name, struct fault *fault)
{
    *file = (struct sample_file){.fd = -1};
    buf_init(&file->buf, BUFFER_MAX);
    if (asprintf(&file->path, "%s/%s", directory, name) < 0) {
        file->path = NULL;
        return err_set(fault, ERR_MEMORY, "no memory for a file name");
    }
    if (asprintf(&file->temporary, "%s.XXXXXX", file->path) < 0) {
        file->temporary = NULL;
        return err_set(fault, ERR_MEMORY, "no memory for a file name");
    }
    file->fd = mkostemp(file->temporary, O_CLOEXEC);
    if (file->fd < 0) {
        enum err err = fail(file, "create", fault);
        free(file->temporary);
        file->temporary = NULL;
        return err;
    }
    file->is_open = true;
    return fchmod(file->fd, FILE_MODE) == 0 ? ERR_OK : fail(file, "set the mode of", fault);
}

static enum err write_all(struct sample_file *file, struct fault *fault)
{
    if (buf_failed(&file->buf)) {
        return err_set(fault, ERR_MEMORY, "no memory to write %s", file->path);
    }
    struct str left = buf_str(&file->buf);
    while (left.n > 0) {
        ssize_t written = write(file->fd, left.p, left.n);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return fail(file, "write", fault);
        }
        left.p += written;
        left.n -= (size_t)written;
    }
    buf_clear(&file->buf);
    return ERR_OK;
}

enum err sample_file_pour(struct sample_file *file, struct fault *fault)
{
    bool enough = file->buf.n >= POUR_BYTES || buf_failed(&file->buf);
    return enough ? write_all(file, fault) : ERR_OK;
}

enum err sample_file_finish(struct sample_file *file, struct fault *fault)
{
    enum err err = write_all(file, fault);
    if (err != ERR_OK) {
        return err;
    }
    file->is_open = false;
    return close(file->fd) == 0 ? ERR_OK : fail(file, "write", fault);
}

enum err sample_file_commit(struct sample_file *file, struct fault *fault)
{
    if (rename(file->temporary, file->path) != 0) {
        return fail(file, "replace", fault);
    }
    free(file->temporary);
    file->temporary = NULL;
    return ERR_OK;
}

void sample_file_fini(struct sample_file *file)
{
    if (file->is_open) {
        (void)close(file->fd);
        file->is_open = false;
    }
    if (file->temporary != NULL) {
        (void)unlink(file->temporary);
        free(file->temporary);
        file->temporary = NULL;
    }
    free(file->path);
    file->path = NULL;
    buf_fini(&file->buf);
}
