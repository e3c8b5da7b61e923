#include "bench/output/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STEP_MS = 10, ENVIRONMENT = 8 };

static void choose_environment(const char *chosen[ENVIRONMENT])
{
    extern char **environ;
    static const char *const names[] = {
        "PATH=", "HOME=", "TMPDIR=", "XDG_CACHE_HOME=", "FONTCONFIG_FILE=", "FONTCONFIG_PATH="};
    size_t used = 0;
    for (char **e = environ; *e; e++)
        for (size_t i = 0; i < sizeof names / sizeof *names && used + 2 < ENVIRONMENT; i++)
            if (strncmp(*e, names[i], strlen(names[i])) == 0) chosen[used++] = *e;
    chosen[used++] = "LC_ALL=C";
    chosen[used] = NULL;
}

// 0 or an error number.  Signals that we ignore or block must not stay so in the program.
static int start(const char *const argv[], int errors, pid_t *pid)
{
    const char *environment[ENVIRONMENT];
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    choose_environment(environment);
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, errors, 2);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(pid, argv[0], &files, &attributes, (char *const *)argv,
                             (char *const *)environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// Takes what is in the pipe; keeps the end.
static void drain(int fd, struct spawn_message *message)
{
    char buffer[sizeof message->text / 2];
    size_t used = strlen(message->text), room = sizeof message->text - 1;
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0;) {
        size_t more = (size_t)got, excess = used + more > room ? used + more - room : 0;
        memmove(message->text, message->text + excess, used - excess);
        memcpy(message->text + used - excess, buffer, more);
        used += more - excess;
    }
    message->text[used] = '\0';
}

// Exit status as of waitpid(), -1 when it had to be killed.
static int wait_for(pid_t pid, int errors, int timeout_ms, struct spawn_message *message)
{
    long end = now_ms() + timeout_ms;
    int status = 0;
    for (;;) {
        struct pollfd poll_for = {.fd = errors, .events = POLLIN};
        poll(&poll_for, 1, STEP_MS);
        // A closed pipe is always ready: then only the clock may set the pace.
        if (poll_for.revents & POLLHUP) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        drain(errors, message);
        pid_t done = waitpid(pid, &status, WNOHANG);
        if (done == pid) break;
        if (now_ms() < end && (done == 0 || errno == EINTR)) continue;
        kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
        return -1;
    }
    drain(errors, message);
    return status;
}

static enum spawn_end run(const char *const argv[], const int pipe_ends[2], int timeout_ms,
                          struct spawn_message *message)
{
    pid_t pid;
    int error = start(argv, pipe_ends[1], &pid);
    close(pipe_ends[1]);
    if (error) {
        snprintf(message->text, sizeof message->text, "%s: %s", argv[0], strerror(error));
        return error == ENOENT ? SPAWN_MISSING : SPAWN_FAILED;
    }
    int status = wait_for(pid, pipe_ends[0], timeout_ms, message);
    if (status < 0) return SPAWN_TIMEOUT;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127 && !*message->text) return SPAWN_MISSING;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? SPAWN_DONE : SPAWN_FAILED;
}

enum spawn_end spawn_run(const char *const argv[], int timeout_ms, struct spawn_message *message)
{
    int pipe_ends[2];
    message->text[0] = '\0';
    if (pipe(pipe_ends) != 0) {
        snprintf(message->text, sizeof message->text, "%s: %s", argv[0], strerror(errno));
        return SPAWN_FAILED;
    }
    for (int i = 0; i < 2; i++)
        fcntl(pipe_ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
    enum spawn_end end = run(argv, pipe_ends, timeout_ms, message);
    close(pipe_ends[0]);
    return end;
}
