#pragma once

#include <stdbool.h>
#include <stdio.h>

// Result files, all or nothing: a file is written aside, in the folder where it will be, flushed to
// the disk and then renamed over its name.  A reader sees the old file or the new one, never half
// of one, and a failure (a full disk, a vanished folder) leaves the old one and no rubbish.
//
//   struct files_writer writer;
//   if (!files_open(&writer, folder, "result.json", &problem)) return false;
//   write_it(writer.stream);
//   return files_close(&writer, &problem);
//
// Writers need not check each fprintf: a stream remembers its errors, and files_close() asks.

enum { FILES_PATH = 4096 };

struct files_problem { // what to tell the user: the path, the system's reason, and a remedy
    char text[FILES_PATH + 256];
};

struct files_writer {
    FILE *stream; // fully buffered
    char path[FILES_PATH], aside[FILES_PATH];
};

bool files_open(struct files_writer *writer, const char *folder, const char *name,
                struct files_problem *problem);
// False: nothing was changed.
bool files_close(struct files_writer *writer, struct files_problem *problem);
void files_abandon(struct files_writer *writer); // instead of files_close()

// folder/name; false when that is too long.
bool files_path(char path[FILES_PATH], const char *folder, const char *name,
                struct files_problem *problem);

// Makes the folder, and those above it, unless it is there, and tries that a file can be made in
// it: to be called before hours of simulation, not after them.
bool files_prepare_folder(const char *folder, struct files_problem *problem);
