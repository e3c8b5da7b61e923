#include "models/auth.h"

const struct auth_row auth_modes[AUTH_MODES] = {
    //                     owner team  user   anonymous
    [AUTH_PRIVATE] = {"private", {true, true, false, false}, false},
    [AUTH_SHARED] = {"shared", {true, true, true, false}, true},
    [AUTH_PUBLIC] = {"public", {true, true, true, true}, false},
};
