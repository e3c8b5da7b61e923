#include "bench/input/codes.h"

#include <stddef.h>

const struct code codes[] = {
    {CODE_FILE_MISSING, "the file does not exist"},
    {CODE_FILE_KIND, "what the path names is not a file: a directory or a device"},
    {CODE_FILE_READ, "the file cannot be read"},
    {CODE_FILE_EMPTY, "the file is empty"},
    {CODE_FILE_SIZE, "the file is larger than a scenario may be"},

    {CODE_JSON_TOKEN, "JSON wants something else here"},
    {CODE_JSON_END, "the text ends in the middle of a value"},
    {CODE_JSON_ENCODING, "the text is not UTF-8, or begins with a byte order mark"},
    {CODE_JSON_DUPLICATE, "an object has the same key twice"},
    {CODE_JSON_NUMBER, "not a JSON number, or too large for a double"},
    {CODE_JSON_STRING, "a string holds a raw control character or a wrong escape"},
    {CODE_JSON_LIMIT, "too deep, too long or too many values"},
    {CODE_JSON_EXTRA, "a comment, or a comma before a closing bracket: JSON has neither"},
    {CODE_JSON_TRAILING, "text after the end of the value"},

    {CODE_KEY_UNKNOWN, "no such key at this place"},
    {CODE_KEY_MISSING, "a key that must be given is absent"},
    {CODE_TYPE, "a value of the wrong type"},
    {CODE_RANGE, "a value out of its range"},
    {CODE_CHOICE, "not one of the words allowed here"},
    {CODE_DURATION, "not a duration such as \"90s\""},
    {CODE_DIST, "not a distribution, or its arguments make no sense together"},
    {CODE_KEY_TWICE, "two keys for one quantity, or none of several of which one is needed"},
    {CODE_PATH, "a path of --set or of an alternative that leads nowhere"},

    {CODE_NAME, "a name that the scenario or the program does not know"},
    {CODE_PRICE, "a machine type whose price nobody publishes and the scenario does not give"},
    {CODE_CONTRADICTION, "two values that cannot both hold"},
    {CODE_TIME, "a time outside the run"},
    {CODE_CAPACITY, "an app that can never get a machine"},
    {CODE_PLACE, "a key that cannot be changed from here"},
    {CODE_PROBABILITY, "probabilities that add up to more than 1"},
    {CODE_TOO_MANY, "more of something than a scenario may have"},

    {CODE_TRACE_FILE, "a trace that cannot be read"},
    {CODE_TRACE_EMPTY, "a trace without rows"},
    {CODE_TRACE_COLUMN, "a trace has no such column"},
    {CODE_TRACE_MISSING, "a row of a trace lacks a cell"},
    {CODE_TRACE_CELL, "a cell of a trace is not a number or not a time stamp"},
    {CODE_TRACE_ORDER, "rows of a trace are not in order of arrival"},
    {CODE_TRACE_FORM, "a trace is not well-formed CSV or JSON"},

    {CODE_CONDITION, "a condition that is not well-formed, or compares what cannot be compared"},

    {CODE_WARN_SCALING,
     "a setting that survives deploys is changed by a deploy and takes no effect"},
    {CODE_WARN_TIME, "a time that makes the result say less than it seems to"},
    {CODE_WARN_CAPACITY, "runners that cannot all get a machine"},
    {CODE_WARN_UNUSED, "a setting without effect"},
    {CODE_WARN_STRATEGY, "a key of a rollout has no effect with this strategy"},
    {CODE_WARN_CUT, "a time that its own limit cuts more often than not"},
    {CODE_WARN_REFUSED, "a caller whom the app never admits"},
    {CODE_WARN_TRACE, "a trace that ends long before the run does"},
    {CODE_WARN_DROPPED, "rows of a trace that were left out"},
    {NULL, NULL},
};
