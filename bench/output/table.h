#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// A table on a terminal: the first column is aligned left, the others right, all as wide as their
// widest cell.  The whole keeps within TABLE_WIDTH characters by shortening texts of the first
// column ("...").

enum { TABLE_WIDTH = 100 };

enum table_style {
    TABLE_HEAD, // bold where there is colour, after an empty line
    TABLE_ROW,
    TABLE_TEXT, // one cell, wrapped over the whole width, aligned with the cell's own indent
};

struct table;

struct table *table_create(size_t columns);
void table_row(struct table *table, enum table_style style); // the cells to come are in a new row
void table_put(struct table *table, const char *text);       // may hold anything: see text_line()
void table_print(const struct table *table, FILE *out, bool colour);
void table_free(struct table *table);

// Words of a text on lines of at most TABLE_WIDTH characters, each after so many spaces.
void table_wrap(FILE *out, int indent, const char *text);
