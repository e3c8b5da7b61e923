// gzread() fills the buffer; zlib passes a plain file through unchanged.

#include "bench/input/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static int open_regular(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    if (S_ISREG(status.st_mode)) return open(path, O_RDONLY | O_CLOEXEC);
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return -1;
}

bool bytes_open(struct bytes *bytes, const char *path)
{
    int descriptor = open_regular(path);
    if (descriptor < 0) return false;
    gzFile file = gzdopen(descriptor, "rb");
    if (!file) {
        close(descriptor);
        errno = ENOMEM;
        return false;
    }
    bytes->file = file;
    bytes->at = bytes->filled = 0;
    bytes->failed = false;
    bytes->line = bytes->column = 1;
    return true;
}

void bytes_close(struct bytes *bytes)
{
    gzclose(bytes->file);
}

void bytes_rewind(struct bytes *bytes)
{
    bytes->failed = gzrewind(bytes->file) != 0;
    bytes->at = bytes->filled = 0;
    bytes->line = bytes->column = 1;
}

void bytes_refill(struct bytes *bytes)
{
    int got = bytes->failed ? 0 : gzread(bytes->file, bytes->buffer, BYTES_BUFFER);
    int error = Z_OK;
    if (got <= 0) gzerror(bytes->file, &error);
    if (got < 0 || (error != Z_OK && error != Z_STREAM_END)) bytes->failed = true;
    bytes->at = 0;
    bytes->filled = got > 0 ? (size_t)got : 0;
}

void bytes_skip_mark(struct bytes *bytes)
{
    bool first = bytes->line == 1 && bytes->column == 1 && bytes_peek(bytes) == 0xEF;
    if (first && bytes->filled >= 3 && memcmp(bytes->buffer, "\xEF\xBB\xBF", 3) == 0) bytes->at = 3;
}
