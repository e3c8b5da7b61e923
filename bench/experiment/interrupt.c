#include "bench/experiment/interrupt.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/experiment/memory.h"

struct interrupt {
    sigset_t signals, before;
    pthread_t thread;
    atomic_bool came, ended;
};

static void *wait_for_signals(void *context)
{
    struct interrupt *interrupt = context;
    for (;;) {
        int signal = 0;
        if (sigwait(&interrupt->signals, &signal) != 0) continue;
        if (atomic_load(&interrupt->ended)) return NULL;
        if (atomic_exchange(&interrupt->came, true)) _exit(128 + signal);
    }
}

struct interrupt *interrupt_watch(void)
{
    struct interrupt *interrupt = memory_aligned(sizeof *interrupt);
    sigemptyset(&interrupt->signals);
    sigaddset(&interrupt->signals, SIGINT);
    sigaddset(&interrupt->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &interrupt->signals, &interrupt->before);
    int error = pthread_create(&interrupt->thread, NULL, wait_for_signals, interrupt);
    if (error == 0) return interrupt;
    pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
    free(interrupt);
    errno = error;
    return NULL;
}

bool interrupt_came(const struct interrupt *interrupt)
{
    return atomic_load(&interrupt->came);
}

// The thread is woken by one of its own signals, so that no other number has to be set aside.
void interrupt_end(struct interrupt *interrupt)
{
    atomic_store(&interrupt->ended, true);
    pthread_kill(interrupt->thread, SIGTERM);
    pthread_join(interrupt->thread, NULL);
    pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
    free(interrupt);
}
