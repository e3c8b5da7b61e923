#pragma once

#include <stdbool.h>

// SIGINT and SIGTERM while an experiment runs: the first one asks it to stop and to keep what is
// finished, the second one ends the program at once (exit code 128 + signal).
//
// Between interrupt_watch() and interrupt_end() both signals are blocked in the calling thread and
// in the threads that it starts, and a thread of this module waits for them: no signal handler
// runs, and nothing global is needed.

struct interrupt;

struct interrupt *interrupt_watch(void); // NULL: errno says why
bool interrupt_came(const struct interrupt *interrupt);
void interrupt_end(struct interrupt *interrupt);
