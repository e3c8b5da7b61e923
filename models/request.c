#include "models/request.h"

#include "sim/check.h"

const struct ending_row endings[] = {
    // status, runner, retried, charged, outcome when it is the last attempt, whose budget
    [ENDING_OK] = {200, FATE_STAYS, false, true, OUTCOME_OK, RETRY_CONDITIONS},
    [ENDING_REQUEST_TIMEOUT] = {504, FATE_KILLED, true, false, OUTCOME_TIMEOUT, RETRY_TIMEOUT},
    [ENDING_CUT] = {503, FATE_STAYS, true, false, OUTCOME_CUT, RETRY_CONNECTION_ERROR},
    [ENDING_CANCELLED] = {499, FATE_STAYS, false, true, OUTCOME_CANCELLED, RETRY_CONDITIONS},
    [ENDING_CLIENT_ERROR] = {400, FATE_STAYS, false, true, OUTCOME_CLIENT_ERROR, RETRY_CONDITIONS},
    [ENDING_NOT_FOUND] = {404, FATE_STAYS, false, false, OUTCOME_CLIENT_ERROR, RETRY_CONDITIONS},
    [ENDING_INVALID] = {422, FATE_STAYS, false, false, OUTCOME_CLIENT_ERROR, RETRY_CONDITIONS},
    [ENDING_RESPONSES] = {0, FATE_KILLED, true, false, OUTCOME_SERVER_ERROR,
                          RETRY_CONNECTION_ERROR}, // crash
    {500, FATE_CHECKED, false, false, OUTCOME_SERVER_ERROR, RETRY_SERVER_ERROR},
    {502, FATE_CHECKED, false, false, OUTCOME_SERVER_ERROR, RETRY_SERVER_ERROR},
    {503, FATE_KILLED, true, false, OUTCOME_SERVER_ERROR, RETRY_SERVER_ERROR},
    {504, FATE_CHECKED, true, false, OUTCOME_SERVER_ERROR, RETRY_TIMEOUT},
    {999, FATE_STAYS, false, false, OUTCOME_SERVER_ERROR, RETRY_SERVER_ERROR}, // any other 5xx
};

const struct outcome_row outcomes[OUTCOMES] = {
    [OUTCOME_OK] = {"ok", true, false, "succeeded"},
    [OUTCOME_CLIENT_ERROR] = {"client_error", false, false, "the app answered 4xx (Q3)"},
    [OUTCOME_SERVER_ERROR] = {"server_error", true, false,
                              "the app answered 5xx, or its runner crashed (Q3)"},
    [OUTCOME_TIMEOUT] = {"timeout", true, false, "an attempt passed request_timeout: 504 (Q4)"},
    [OUTCOME_START_TIMEOUT] = {"start_timeout", true, true,
                               "did not start within start_timeout: 504 (Q4)"},
    [OUTCOME_CUT] = {"cut", true, false, "its runner was stopped under it: 503 (P6)"},
    [OUTCOME_REJECTED] = {"rejected", true, true,
                          "the queue was full, or a limit was reached: 429 (Q9)"},
    [OUTCOME_UNAUTHORIZED] = {"unauthorized", false, false,
                              "the auth mode does not allow this caller: 401 or 403 (C1)"},
    [OUTCOME_GONE] = {"gone", false, false, "the ephemeral app was killed: 404 (D1)"},
    [OUTCOME_UNFINISHED] = {"unfinished", false, false, "still in the system at the horizon"},
    [OUTCOME_CANCELLED] = {"cancelled", false, false, "the caller gave up: 499 (Q6)"},
    [OUTCOME_FLUSHED] = {"flushed", true, false, "dropped from the queue by a flush event (Q9)"},
};

uint32_t ending_of_status(uint32_t status)
{
    SIM_CHECK(status == 0 || (status >= 400 && status <= 599));
    if (status == 404) return ENDING_NOT_FOUND;
    if (status == 422) return ENDING_INVALID;
    if (status >= 400 && status <= 499) return ENDING_CLIENT_ERROR;
    uint32_t row = ENDING_RESPONSES;
    while (endings[row].status != status && endings[row].status != 999)
        row++;
    return row;
}
