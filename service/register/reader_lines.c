// Physical lines in constant memory: see reader_lines.h.
#include "register/reader_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err reader_lines_open(struct reader_lines *lines, const char *path, bool drop_bom, struct fault *fault)
{
    bool standard_input = str_equal(str_of(path), STR("-"));
    lines->fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    lines->drop_bom = drop_bom;
    lines->file_ended = lines->again = false;
    lines->last = (struct reader_line){0};
    lines->at = lines->scanned = lines->end = 0;
    if (lines->fd < 0) {
        return err_set(fault, ERR_IO, "%s: %s", path, strerror(errno));
    }
    struct stat about;
    if (fstat(lines->fd, &about) == 0 && S_ISDIR(about.st_mode)) {
        reader_lines_close(lines);
        return err_set(fault, ERR_IO, "%s: is a directory", path);
    }
    return ERR_OK;
}

void reader_lines_close(struct reader_lines *lines)
{
    if (lines->fd > STDIN_FILENO) {
        (void)close(lines->fd);
    }
    lines->fd = -1;
}

// Moves what is left to the front and reads behind it.
static enum err refill(struct reader_lines *lines, struct fault *fault)
{
    size_t left = lines->end - lines->at;
    memmove(lines->chunk, lines->chunk + lines->at, left);
    lines->at = 0;
    lines->end = left;
    ssize_t got;
    do {
        got = read(lines->fd, lines->chunk + left, sizeof lines->chunk - left);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return err_set(fault, ERR_IO, "reading line %llu: %s", (unsigned long long)lines->last.number + 1,
                       strerror(errno));
    }
    lines->file_ended = got == 0;
    lines->end += (size_t)got;
    return ERR_OK;
}

static struct str without_bom(struct str line)
{
    struct str bom = STR("\xef\xbb\xbf");
    return str_starts_with(line, bom) ? (struct str){line.p + bom.n, line.n - bom.n} : line;
}

// The next `length` bytes become the last line; `behind` is where the one after it begins.
static void hand_out(struct reader_lines *lines, size_t length, bool skipped, size_t behind)
{
    struct str bytes = {lines->chunk + lines->at, length};
    size_t counted = length > 0 && bytes.p[length - 1] == '\r' ? length - 1 : length;
    bool too_long = skipped || counted > READER_LINE_MAX;
    bool bom = lines->drop_bom && lines->last.number == 0;
    lines->last.number++;
    lines->last.too_long = too_long;
    lines->last.bytes = too_long ? (struct str){lines->chunk, 0} : bom ? without_bom(bytes) : bytes;
    lines->at = behind;
    lines->scanned = 0;
}

// Hands out a line if one is complete in the chunk, or the file ends with it.
static bool take_line(struct reader_lines *lines, bool skipped)
{
    const char *from = lines->chunk + lines->at + lines->scanned;
    const char *feed = memchr(from, '\n', lines->end - lines->at - lines->scanned);
    if (feed != NULL) {
        size_t feed_at = (size_t)(feed - lines->chunk);
        hand_out(lines, feed_at - lines->at, skipped, feed_at + 1);
        return true;
    }
    size_t left = lines->end - lines->at;
    lines->scanned = left;
    if (lines->file_ended && (left > 0 || skipped)) {
        hand_out(lines, left, skipped, lines->end);
        return true;
    }
    return false;
}

// One line into lines->last.
static enum err find_line(struct reader_lines *lines, struct fault *fault)
{
    bool skipped = false;
    while (!take_line(lines, skipped)) {
        if (lines->file_ended) {
            return ERR_NOT_FOUND;
        }
        if (lines->end - lines->at > READER_LINE_MAX + 1) {
            skipped = true;
            lines->at = lines->end;
            lines->scanned = 0;
        }
        enum err err = refill(lines, fault);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

enum err reader_lines_next(struct reader_lines *lines, struct reader_line *line, struct fault *fault)
{
    enum err err = lines->again ? ERR_OK : find_line(lines, fault);
    lines->again = false;
    if (err == ERR_OK) {
        *line = lines->last;
    }
    return err;
}

void reader_lines_unread(struct reader_lines *lines)
{
    lines->again = true;
}
