#include "bench/experiment/progress.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

static const double shortest_gap_s = 0.1;

double progress_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool progress_wanted(FILE *stream)
{
    return isatty(fileno(stream));
}

void progress_start(struct progress *progress, FILE *stream, const char *title, double now_s)
{
    *progress = (struct progress){
        .stream = stream,
        .title = title,
        .started_s = now_s,
        .shown_s = now_s,
    };
}

// "4 s left" or "1 h 05 min left"; empty while nothing is done yet.
static void format_left(char *text, size_t size, const struct progress_state *state, double past_s)
{
    text[0] = '\0';
    if (state->done == 0) return;
    double left_s = past_s / (double)state->done * (double)(state->needed - state->done);
    if (!(left_s < 1e7)) return;
    int seconds = (int)(left_s + 0.5);
    if (seconds < 60)
        snprintf(text, size, ", %d s left", seconds);
    else if (seconds < 3600)
        snprintf(text, size, ", %d min %02d s left", seconds / 60, seconds % 60);
    else
        snprintf(text, size, ", %d h %02d min left", seconds / 3600, seconds / 60 % 60);
}

void progress_show(struct progress *progress, const struct progress_state *state, double now_s)
{
    if (!progress->stream || now_s - progress->shown_s < shortest_gap_s) return;
    progress->shown_s = now_s;
    char left[64], line[256];
    format_left(left, sizeof left, state, now_s - progress->started_s);
    snprintf(line, sizeof line, "%.80s: %" PRIu64 " of %s%" PRIu64 " replications%s",
             progress->title, state->done, state->guessed ? "about " : "", state->needed, left);
    int width = fprintf(progress->stream, "\r%-*s", progress->width, line) - 1;
    fflush(progress->stream);
    progress->width = width;
}

void progress_clear(struct progress *progress)
{
    if (!progress->stream || progress->width == 0) return;
    fprintf(progress->stream, "\r%*s\r", progress->width, "");
    fflush(progress->stream);
    progress->width = 0;
}
