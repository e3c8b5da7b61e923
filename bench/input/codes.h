#pragma once

// The codes of problems in input files.  A code never changes its meaning and is never used again
// for another; codes[] says what each means and is what `explain` prints.

#define CODE_FILE_MISSING "E0101"
#define CODE_FILE_KIND "E0102"
#define CODE_FILE_READ "E0103"
#define CODE_FILE_EMPTY "E0104"
#define CODE_FILE_SIZE "E0105"

#define CODE_JSON_TOKEN "E0201"
#define CODE_JSON_END "E0202"
#define CODE_JSON_ENCODING "E0203"
#define CODE_JSON_DUPLICATE "E0204"
#define CODE_JSON_NUMBER "E0205"
#define CODE_JSON_STRING "E0206"
#define CODE_JSON_LIMIT "E0207"
#define CODE_JSON_EXTRA "E0208"
#define CODE_JSON_TRAILING "E0209"

#define CODE_KEY_UNKNOWN "E0301"
#define CODE_KEY_MISSING "E0302"
#define CODE_TYPE "E0303"
#define CODE_RANGE "E0304"
#define CODE_CHOICE "E0305"
#define CODE_DURATION "E0306"
#define CODE_DIST "E0307"
#define CODE_KEY_TWICE "E0308"
#define CODE_PATH "E0309"

#define CODE_NAME "E0401"
#define CODE_PRICE "E0402"
#define CODE_CONTRADICTION "E0403"
#define CODE_TIME "E0404"
#define CODE_CAPACITY "E0405"
#define CODE_PLACE "E0406"
#define CODE_PROBABILITY "E0407"
#define CODE_TOO_MANY "E0408"

#define CODE_TRACE_FILE "E0501"
#define CODE_TRACE_EMPTY "E0502"
#define CODE_TRACE_COLUMN "E0503"
#define CODE_TRACE_MISSING "E0504"
#define CODE_TRACE_CELL "E0505"
#define CODE_TRACE_ORDER "E0506"
#define CODE_TRACE_FORM "E0507"

#define CODE_CONDITION "E0601"

#define CODE_WARN_SCALING "W0401"
#define CODE_WARN_TIME "W0402"
#define CODE_WARN_CAPACITY "W0403"
#define CODE_WARN_UNUSED "W0404"
#define CODE_WARN_STRATEGY "W0405"
#define CODE_WARN_CUT "W0406"
#define CODE_WARN_REFUSED "W0407"
#define CODE_WARN_TRACE "W0501"
#define CODE_WARN_DROPPED "W0502"

struct code {
    const char *code, *meaning; // code NULL ends the table
};

extern const struct code codes[];
