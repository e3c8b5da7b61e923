#include "bench/output/plot.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "bench/input/json_text.h"
#include "bench/output/spawn.h"
#include "bench/output/text.h"

enum { TIMEOUT_MS = 30000, FILE_NAME = PLOT_PATH + 16 };

static void quote(FILE *script, const char *text, bool is_format)
{
    char line[PLOT_TEXT + 1];
    text_line(line, sizeof line, text);
    fputc('\'', script);
    for (const char *p = line; *p; p++) {
        if (*p == '\'')
            fputs("\xE2\x80\x99", script);
        else
            fputc(*p, script);
        if (*p == '%' && is_format) fputc('%', script);
    }
    fputc('\'', script);
}

void plot_quote(FILE *script, const char *text)
{
    quote(script, text, false);
}

void plot_tic(FILE *script, const char *text, double place)
{
    quote(script, text, true);
    fputc(' ', script);
    plot_number(script, place);
}

void plot_number(FILE *out, double value)
{
    char buffer[JSON_NUMBER_TEXT];
    fputs(isfinite(value) ? json_number_text(value, buffer) : "NaN", out);
}

char *plot_name(char buffer[PLOT_NAME], const char *text)
{
    size_t used = 0;
    for (; *text && used < 60; text++) {
        bool fine = isalnum((unsigned char)*text) || (used > 0 && strchr("._-", *text));
        buffer[used++] = fine && (unsigned char)*text < 0x80 ? *text : '_';
    }
    if (used == 0) buffer[used++] = '_';
    buffer[used] = '\0';
    return buffer;
}

static void begin_script(const struct plot *plot)
{
    FILE *out = plot->script.stream;
    fprintf(out, "# Drawn by warmpool from %s.csv.  After a change:  gnuplot %s.gp\n", plot->name,
            plot->name);
    fputs("picture = exists('ARG1') && ARG1 eq 'png' ? 'png' : 'svg'\n"
          "folder = exists('ARG2') && ARG2 ne '' ? ARG2 : '.'\n"
          "aside = exists('ARG3') ? ARG3 : ''\n"
          "set encoding utf8\n"
          "if (picture eq 'svg') set terminal svg noenhanced size 960,560 font 'DejaVu Sans,12' "
          "background rgb 'white'\n"
          "if (picture eq 'png') set terminal pngcairo noenhanced size 1440,840 "
          "font 'DejaVu Sans,12' fontscale 1.3 linewidth 1.5 background rgb 'white'\n"
          "set datafile separator comma\n"
          "set datafile columnheaders\n"
          "set datafile missing 'NaN'\n",
          out);
    fprintf(out, "data = folder.'/%s.csv'\n", plot->name);
    fprintf(out, "set output folder.'/%s.'.picture.aside\n", plot->name);
}

bool plot_open(struct plot *plot, const char *folder, const char *name,
               struct files_problem *problem)
{
    char script[FILE_NAME], data[FILE_NAME];
    snprintf(plot->name, sizeof plot->name, "%s", name);
    snprintf(script, sizeof script, "%s.gp", plot->name);
    snprintf(data, sizeof data, "%s.csv", plot->name);
    // "./" keeps a folder named "|command" or "<command" from being one.
    if (folder[0] == '/')
        snprintf(plot->folder, sizeof plot->folder, "%s", folder);
    else if (!files_path(plot->folder, ".", folder, problem))
        return false;
    if (!files_open(&plot->script, plot->folder, script, problem)) return false;
    if (!files_open(&plot->data, plot->folder, data, problem)) {
        files_abandon(&plot->script);
        return false;
    }
    begin_script(plot);
    return true;
}

// gnuplot says what is wrong last, after warnings and the line in question.
static char *last_line(char *text)
{
    size_t end = strlen(text);
    while (end > 0 && isspace((unsigned char)text[end - 1]))
        end--;
    text[end] = '\0';
    char *line = strrchr(text, '\n');
    return line ? line + 1 : text;
}

static enum plot_status explain(enum spawn_end end, const char *name, struct spawn_message *message,
                                struct files_problem *problem)
{
    if (end == SPAWN_MISSING) {
        snprintf(problem->text, sizeof problem->text,
                 "gnuplot is not installed, so there are no pictures; "
                 "try: apt-get install gnuplot-nox, or brew install gnuplot");
        return PLOT_MISSING;
    }
    char line[sizeof message->text];
    text_line(line, sizeof line, last_line(message->text));
    snprintf(problem->text, sizeof problem->text, "gnuplot %s on %s.gp: %s",
             end == SPAWN_TIMEOUT ? "took more than 30 s" : "failed", name, line);
    return PLOT_FAILED;
}

// A picture, too, is written aside and renamed.
static enum plot_status draw(const struct plot *plot, const char *picture,
                             struct files_problem *problem)
{
    char path[2][FILES_PATH], file[FILE_NAME];
    static const char aside[] = ".part";
    const char *const argv[] = {"gnuplot", "-d",         "-c",  plot->script.path,
                                picture,   plot->folder, aside, NULL};
    for (int i = 0; i < 2; i++) {
        snprintf(file, sizeof file, "%s.%s%s", plot->name, picture, i ? "" : aside);
        if (!files_path(path[i], plot->folder, file, problem)) return PLOT_FAILED;
    }
    struct spawn_message message;
    enum spawn_end end = spawn_run(argv, TIMEOUT_MS, &message);
    if (end == SPAWN_DONE && rename(path[0], path[1]) == 0) return PLOT_DONE;
    if (end == SPAWN_DONE) snprintf(message.text, sizeof message.text, "%s", strerror(errno));
    unlink(path[0]);
    return explain(end, plot->name, &message, problem);
}

enum plot_status plot_close(struct plot *plot, struct files_problem *problem)
{
    fputs("unset output\n", plot->script.stream);
    bool data = files_close(&plot->data, problem);
    if (!data) files_abandon(&plot->script);
    if (!data || !files_close(&plot->script, problem)) return PLOT_FAILED;
    enum plot_status status = draw(plot, "svg", problem);
    return status == PLOT_DONE ? draw(plot, "png", problem) : status;
}
