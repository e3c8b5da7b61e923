#pragma once

#include <stddef.h>

// Reads CSV (RFC 4180) row by row in constant memory, plain or gzip: cells in double quotes may
// hold commas, line ends and doubled quotes; lines end with LF or CRLF; empty lines and a byte
// order mark at the start are skipped.

enum {
    CSV_ROW_MAX = 64 << 10, // bytes of the cells of one row
    CSV_CELLS_MAX = 2048,   // of one row; a day has 1440 minutes
};

struct csv_cell {
    const char *text;      // ends with NUL; valid until the next row is read
    unsigned line, column; // from 1; columns count code points
};

struct csv_row {
    const struct csv_cell *cells;
    size_t count;
};

enum csv_status {
    CSV_ROW,
    CSV_END,
    CSV_BAD,    // this row is malformed, and is skipped
    CSV_BROKEN, // nothing more can be read
};

struct csv_problem { // with CSV_BAD and CSV_BROKEN
    unsigned line, column;
    const char *expected, *got; // got may be NULL
};

struct csv_reader;

struct csv_reader *csv_reader_open(const char *path); // regular files only; NULL: errno says why
void csv_reader_close(struct csv_reader *csv);        // NULL is allowed
void csv_reader_rewind(struct csv_reader *csv);
enum csv_status csv_reader_next(struct csv_reader *csv, struct csv_row *row,
                                struct csv_problem *problem);
