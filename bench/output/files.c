#include "bench/output/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Always false, so that a caller can return it.
static bool explain(struct files_problem *problem, const char *what, const char *path, int error)
{
    const char *remedy = error == ENOSPC || error == EDQUOT  ? "; make room or choose another --out"
                         : error == EACCES || error == EPERM ? "; choose a folder you may write to"
                         : error == EROFS ? "; choose a folder on a writable disk"
                         : error == ENOTDIR || error == EEXIST
                             ? "; a file is in the way: remove it or choose another --out"
                             : "";
    snprintf(problem->text, sizeof problem->text, "cannot %s %.*s: %.100s%s", what, FILES_PATH,
             path, strerror(error), remedy);
    return false;
}

bool files_path(char path[FILES_PATH], const char *folder, const char *name,
                struct files_problem *problem)
{
    int length = snprintf(path, FILES_PATH, "%s/%s", folder, name);
    if (length >= 0 && length < FILES_PATH) return true;
    return explain(problem, "use a path as long as", folder, ENAMETOOLONG);
}

// A name that nobody has: a crash may have left one of ours behind, even with our process id.
static int create_aside(struct files_writer *writer)
{
    for (int i = 0; i < 1000; i++) {
        int length = snprintf(writer->aside, sizeof writer->aside, "%s.%ld-%d.part", writer->path,
                              (long)getpid(), i);
        if (length < 0 || (size_t)length >= sizeof writer->aside) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(writer->aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

bool files_open(struct files_writer *writer, const char *folder, const char *name,
                struct files_problem *problem)
{
    writer->stream = NULL;
    if (!files_path(writer->path, folder, name, problem)) return false;
    int fd = create_aside(writer);
    if (fd < 0) return explain(problem, "create", writer->path, errno);
    writer->stream = fdopen(fd, "w");
    if (writer->stream) return true;
    int error = errno;
    close(fd);
    unlink(writer->aside);
    return explain(problem, "create", writer->path, error);
}

void files_abandon(struct files_writer *writer)
{
    if (!writer->stream) return;
    fclose(writer->stream);
    unlink(writer->aside);
    writer->stream = NULL;
}

// 0 when all that was written is on the disk.  The buffer's error counts first: a later call may
// succeed with bytes missing.
static int finish(FILE *stream)
{
    int error = 0;
    errno = 0;
    if (fflush(stream) != 0 || ferror(stream)) error = errno ? errno : EIO;
    if (!error && fsync(fileno(stream)) != 0 && errno != EINVAL) error = errno;
    if (fclose(stream) != 0 && !error) error = errno;
    return error;
}

// The new name is safe once the folder is on the disk, too; not every file system can do that.
static void sync_folder(const char *path)
{
    char folder[FILES_PATH];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash) return;
    slash[slash == folder] = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

bool files_close(struct files_writer *writer, struct files_problem *problem)
{
    int error = finish(writer->stream);
    writer->stream = NULL;
    if (!error && rename(writer->aside, writer->path) != 0) error = errno;
    if (error) {
        unlink(writer->aside);
        return explain(problem, "write", writer->path, error);
    }
    sync_folder(writer->path);
    return true;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

// As mkdir -p does: each prefix that ends before a slash, then the whole.
static bool make_folders(const char *folder, struct files_problem *problem)
{
    char path[FILES_PATH];
    size_t length = strlen(folder);
    if (length == 0 || length >= sizeof path)
        return explain(problem, "make the folder", folder, length ? ENAMETOOLONG : ENOENT);
    for (size_t i = 1; i <= length; i++) {
        if (folder[i] != '/' && folder[i] != '\0') continue;
        memcpy(path, folder, i);
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && !is_folder(path))
            return explain(problem, "make the folder", path, errno);
    }
    return true;
}

bool files_prepare_folder(const char *folder, struct files_problem *problem)
{
    struct files_writer probe;
    if (!make_folders(folder, problem)) return false;
    if (!files_open(&probe, folder, "warmpool-probe", problem)) return false;
    files_abandon(&probe);
    return true;
}
