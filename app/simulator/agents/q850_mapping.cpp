#include "simulator/agents/q850_mapping.h"

#include <algorithm>

namespace sipdex::simulator {

namespace {

// Cause 16 ends calls that stand, and 44 stays within the gateway: neither becomes a response.
const FromCause from_isup[] = {
    {1, 404, "Not Found", "Unallocated (unassigned) number"},
    {2, 404, "Not Found", "No route to specified transit network"},
    {3, 404, "Not Found", "No route to destination"},
    {17, 486, "Busy Here", "User busy"},
    {18, 408, "Request Timeout", "No user responding"},
    {19, 480, "Temporarily Unavailable", "No answer from user (user alerted)"},
    {20, 480, "Temporarily Unavailable", "Subscriber absent"},
    {21, 403, "Forbidden", "Call rejected"},
    {22, 410, "Gone", "Number changed"},
    {23, 410, "Gone", "Redirection to new destination"},
    {26, 404, "Not Found", "Non-selected user clearing"},
    {27, 502, "Bad Gateway", "Destination out of order"},
    {28, 484, "Address Incomplete", "Invalid number format (address incomplete)"},
    {29, 501, "Not Implemented", "Facility rejected"},
    {31, 480, "Temporarily Unavailable", "Normal, unspecified"},
    {34, 503, "Service Unavailable", "No circuit/channel available", true},
    {38, 503, "Service Unavailable", "Network out of order", true},
    {41, 503, "Service Unavailable", "Temporary failure", true},
    {42, 503, "Service Unavailable", "Switching equipment congestion", true},
    {47, 503, "Service Unavailable", "Resource unavailable, unspecified", true},
    {55, 403, "Forbidden", "Incoming calls barred within CUG"},
    {57, 403, "Forbidden", "Bearer capability not authorized"},
    {58, 503, "Service Unavailable", "Bearer capability not presently available"},
    {65, 488, "Not Acceptable Here", "Bearer capability not implemented"},
    {70, 488, "Not Acceptable Here", "Only restricted digital information bearer capability is available"},
    {79, 501, "Not Implemented", "Service or option not implemented, unspecified"},
    {87, 403, "Forbidden", "User not member of CUG"},
    {88, 503, "Service Unavailable", "Incompatible destination"},
    {102, 504, "Server Time-out", "Recovery on timer expiry"},
    {111, 500, "Server Internal Error", "Protocol error, unspecified"},
    {127, 500, "Server Internal Error", "Interworking, unspecified"},
};

// 488 and 606 go by their Warning; 31 is the default for most warnings. 487 has no cause, for a CANCEL went before it.
const ToCause to_isup[] = {
    {400, 41}, {401, 21},  {402, 21},  {403, 21},  {404, 1},   {405, 63},  {406, 79},  {407, 21},  {408, 102},
    {410, 22}, {413, 127}, {414, 127}, {415, 79},  {416, 127}, {420, 127}, {421, 127}, {423, 127}, {480, 18},
    {481, 41}, {482, 25},  {483, 25},  {484, 28},  {485, 1},   {486, 17},  {488, 31},  {500, 41},  {501, 79},
    {502, 38}, {503, 41},  {504, 102}, {505, 127}, {513, 127}, {600, 17},  {603, 21},  {604, 1},   {606, 31},
};

}  // namespace

std::span<const FromCause> causes() { return from_isup; }
std::span<const ToCause> statuses() { return to_isup; }

FromCause status_for(int cause, bool by_user, bool new_number) {
    const auto row =
        std::find_if(std::begin(from_isup), std::end(from_isup), [&](const FromCause& r) { return r.cause == cause; });
    if (row == std::end(from_isup)) return {cause, 500, "Server Internal Error", "", false};
    FromCause result = *row;
    if (cause == 21 && by_user) result.status = 603, result.phrase = "Decline";
    if (cause == 22 && new_number) result.status = 301, result.phrase = "Moved Permanently";
    return result;
}

int cause_for(int status) {
    for (const ToCause& row : to_isup)
        if (row.status == status) return row.cause;
    return 31;
}

}  // namespace sipdex::simulator
