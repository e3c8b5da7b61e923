#pragma once

#include "bench/input/csv_reader.h"

// Reads the items of a JSON log one by one in constant memory, plain or gzip (T2).
//
// The text is any number of values one after the other, with white space between them: pages as the
// platform's API gives them, {"items": [{...}, {...}], ...}; lists of items; items by themselves,
// one a line or not.  So a file may hold one page, many pages joined with cat, or a line for each
// item.
//
// Of an item, the values under the names that were asked for are kept: texts with their escapes
// resolved, numbers as they are written, true and false; null counts as an empty text.  All else is
// passed over, but read as strictly as the rest: RFC 8259, UTF-8, 64 levels deep.

struct item_reader;

// The texts of the names, 64 at most, all different, stay with the caller.  NULL: errno says why.
struct item_reader *item_reader_open(const char *path, const char *const *names, size_t count);
void item_reader_close(struct item_reader *items); // NULL is allowed
void item_reader_rewind(struct item_reader *items);

// A row has a cell for each name; text NULL: the item has no such key.  After CSV_BAD the next item
// follows; what is not JSON is CSV_BROKEN.
enum csv_status item_reader_next(struct item_reader *items, struct csv_row *row,
                                 struct csv_problem *problem);
