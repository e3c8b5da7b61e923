#include "bench/input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/input/codes.h"

static bool refuse(struct diag *diag, const char *name, const char *code, const char *expected,
                   const char *got)
{
    return diag_error(diag, (struct diag_place){.file = name}, code, NULL, expected, got, NULL);
}

static bool refuse_errno(struct diag *diag, const char *name, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return refuse(diag, name, CODE_FILE_MISSING, "a file", "none of that name");
    return refuse(diag, name, CODE_FILE_READ, "a readable file", strerror(error));
}

// Looked at before it is opened: to open a device may already do something.
static bool check_kind(const char *path, const char *name, struct diag *diag)
{
    struct stat status;
    int failed = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(path, &status);
    if (failed) return refuse_errno(diag, name, errno);
    if (S_ISDIR(status.st_mode)) return refuse(diag, name, CODE_FILE_KIND, "a file", "a directory");
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && strcmp(path, "-") != 0)
        return refuse(diag, name, CODE_FILE_KIND, "a file or a pipe", "a device or a socket");
    return true;
}

// Everything, or one byte more than the limit; -1: errno says why not.
static ssize_t read_all(int descriptor, char *buffer)
{
    size_t length = 0;
    while (length <= FILE_SIZE_MAX) {
        ssize_t got = read(descriptor, buffer + length, FILE_SIZE_MAX + 1 - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

static bool read_open(struct file_text *file, struct arena *arena, int descriptor, char *buffer,
                      struct diag *diag)
{
    ssize_t length = read_all(descriptor, buffer);
    if (length < 0) return refuse_errno(diag, file->name, errno);
    if (length == 0)
        return refuse(diag, file->name, CODE_FILE_EMPTY, "a scenario", "an empty file");
    if (length > FILE_SIZE_MAX)
        return refuse(diag, file->name, CODE_FILE_SIZE, "at most 16 MiB", "more");
    char *text = arena_new(arena, char, (size_t)length + 1);
    memcpy(text, buffer, (size_t)length);
    file->text = text;
    file->length = (size_t)length;
    return true;
}

bool file_read(struct file_text *file, struct arena *arena, const char *path, struct diag *diag)
{
    bool standard = strcmp(path, "-") == 0;
    *file = (struct file_text){.name = standard ? "<stdin>" : arena_copy_text(arena, path)};
    if (!check_kind(path, file->name, diag)) return false;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return refuse_errno(diag, file->name, errno);
    char *buffer = malloc(FILE_SIZE_MAX + 1);
    bool good = buffer ? read_open(file, arena, descriptor, buffer, diag)
                       : refuse_errno(diag, file->name, ENOMEM);
    free(buffer);
    if (!standard) close(descriptor);
    return good;
}
