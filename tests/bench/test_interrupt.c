#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <time.h>

#include "bench/experiment/interrupt.c"

static bool comes_soon(const struct interrupt *interrupt)
{
    const struct timespec moment = {.tv_nsec = 1000 * 1000};
    for (int i = 0; i < 5000 && !interrupt_came(interrupt); i++)
        nanosleep(&moment, NULL);
    return interrupt_came(interrupt);
}

static void either_signal_is_seen_and_kills_nobody(void **state)
{
    (void)state;
    const int signals[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        struct interrupt *interrupt = interrupt_watch();
        assert_non_null(interrupt);
        assert_false(interrupt_came(interrupt));
        kill(getpid(), signals[i]);
        assert_true(comes_soon(interrupt));
        interrupt_end(interrupt);
    }
}

static void without_a_signal_it_ends_quietly(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        struct interrupt *interrupt = interrupt_watch();
        assert_false(interrupt_came(interrupt));
        interrupt_end(interrupt);
    }
}

static void the_signal_mask_is_given_back(void **state)
{
    (void)state;
    sigset_t before, within, after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct interrupt *interrupt = interrupt_watch();
    pthread_sigmask(SIG_SETMASK, NULL, &within);
    interrupt_end(interrupt);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_true(sigismember(&within, SIGINT) && sigismember(&within, SIGTERM));
    assert_int_equal(sigismember(&after, SIGINT), sigismember(&before, SIGINT));
    assert_int_equal(sigismember(&after, SIGTERM), sigismember(&before, SIGTERM));
}

static void the_second_signal_ends_the_program_at_once(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct interrupt *interrupt = interrupt_watch();
        kill(getpid(), SIGINT);
        if (!comes_soon(interrupt)) _exit(1);
        kill(getpid(), SIGINT);
        for (;;)
            pause();
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(either_signal_is_seen_and_kills_nobody),
        cmocka_unit_test(without_a_signal_it_ends_quietly),
        cmocka_unit_test(the_signal_mask_is_given_back),
        cmocka_unit_test(the_second_signal_ends_the_program_at_once),
    };
    return cmocka_run_group_tests_name("interrupt", tests, NULL, NULL);
}
