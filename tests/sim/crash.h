#pragma once

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// Runs a function in a child process and says how it ended and what it wrote to stderr.

struct crash {
    int signal; // that ended the child; 0: it exited
    int status; // exit status then
    char text[1024];
};

static inline void crash_child(int out, void (*run)(void *), void *argument)
{
    const struct rlimit no_core = {0};
    (void)setrlimit(RLIMIT_CORE, &no_core);
    (void)signal(SIGABRT, SIG_DFL);
    (void)dup2(out, STDERR_FILENO);
    run(argument);
    _exit(0);
}

static inline struct crash crash_of(void (*run)(void *), void *argument)
{
    struct crash crash = {0};
    int ends[2], status = 0;
    if (pipe(ends) != 0) abort();
    pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) crash_child(ends[1], run, argument);
    (void)close(ends[1]);
    size_t length = 0;
    ssize_t got;
    while (length < sizeof crash.text - 1 &&
           (got = read(ends[0], crash.text + length, sizeof crash.text - 1 - length)) > 0)
        length += (size_t)got;
    (void)close(ends[0]);
    if (waitpid(child, &status, 0) != child) abort();
    if (WIFSIGNALED(status)) crash.signal = WTERMSIG(status);
    if (WIFEXITED(status)) crash.status = WEXITSTATUS(status);
    return crash;
}

// Did it fail a SIM_CHECK whose condition is this text?
static inline int crash_is_bug(const struct crash *crash, const char *condition)
{
    return crash->signal == SIGABRT && strstr(crash->text, "warmpool: BUG") == crash->text &&
           strstr(crash->text, condition) != NULL;
}
