#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bench/output/files.h"

// Pictures, drawn by gnuplot as a program of its own.  For each one four files: NAME.gp and
// NAME.csv, from which it can be drawn again in another style, NAME.svg and NAME.png.
//
// gnuplot scripts can run commands, so nothing of a user's may become part of one but through
// plot_quote(); names of files are made of letters, digits, ".", "_" and "-" only (plot_name()).
// gnuplot starts without a shell, without the user's start-up file (-d) and without GNUPLOT_... in
// its environment, and is stopped after 30 s.

enum {
    PLOT_TEXT = 120, // bytes of a text in a picture
    PLOT_NAME = 64,  // a file name made of one text of a user's
    PLOT_PATH = 200, // a file name made of several
};

struct plot {
    struct files_writer script, data;
    char folder[FILES_PATH], name[PLOT_PATH];
};

enum plot_status { PLOT_DONE, PLOT_MISSING, PLOT_FAILED }; // missing: gnuplot is not installed

// Begins the script (terminal, output file, `data` as the name of the data file) and the data.
bool plot_open(struct plot *plot, const char *folder, const char *name,
               struct files_problem *problem);
// Ends both and draws.  Without gnuplot script and data are kept.
enum plot_status plot_close(struct plot *plot, struct files_problem *problem);

// Writes a text as a gnuplot string: in single quotes, at most PLOT_TEXT bytes of it, control
// characters and wrong UTF-8 replaced.  A single quote becomes a typographic one: doubling it, as
// the manual says, fails in gnuplot 5.4 where two stand together or one is first.
void plot_quote(FILE *script, const char *text);

// Writes an item of `set xtics (...)`: such a label is a format, in which % stands for a number.
void plot_tic(FILE *script, const char *text, double place);

// Writes a number: it reads back as the same double; NaN for whatever is not finite.
void plot_number(FILE *out, double value);

// A file name from a user's text: other characters become "_".  At most 60 bytes, never empty.
char *plot_name(char buffer[PLOT_NAME], const char *text);
