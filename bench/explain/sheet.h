#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bench/input/reader.h"
#include "sim/arena.h"

// What `explain` has to say about one topic: rows of texts, filled by a topic, printed in three
// ways.
//
//   list     all rows, as a table whose last column is wrapped, or as blocks where a row is a line
//            and a text below it
//   details  the marked rows, each with all of its columns below each other
//   JSON     the marked rows, or all
//
// Columns: the first one that is no group is the row's name.  A group is a heading over the rows
// that have the same text there.

enum { SHEET_WIDTH = 96, SHEET_COLUMNS = 12 };

enum sheet_column_kind {
    SHEET_SHOWN,
    SHEET_DETAIL, // not in the list
    SHEET_ALIAS,  // a detail, and another name of the row
    SHEET_DATA,   // in JSON only
    SHEET_GROUP,
};

struct sheet; // opaque

struct sheet *sheet_create(struct arena *arena, const char *topic, const char *about, bool blocks);
void sheet_column(struct sheet *sheet, const char *name, enum sheet_column_kind kind);
void sheet_row(struct sheet *sheet);
void sheet_put(struct sheet *sheet, const char *text); // NULL: nothing to say

// Texts that live as long as the sheet.
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
sheet_format(struct sheet *sheet, const char *format, ...);
const char *sheet_number(struct sheet *sheet, double number); // NULL for NaN
const struct reader *sheet_reader(struct sheet *sheet);       // for the words of reader.h

// Marks the rows of that name, in any case of letters.  With groups also by the path of a row, or
// of a group: "/apps/MyApp/keep_alive" is the row keep_alive of the group "/apps/NAME", since a
// part of a group's name in capitals stands for any name or number.  Returns how many.
size_t sheet_mark(struct sheet *sheet, const char *word);
// Calls back with every name that a row has.
void sheet_names(const struct sheet *sheet, void (*name)(void *context, const char *text),
                 void *context);

void sheet_print_list(const struct sheet *sheet, FILE *out);
void sheet_print_details(const struct sheet *sheet, FILE *out);
void sheet_print_json(const struct sheet *sheet, FILE *out);
