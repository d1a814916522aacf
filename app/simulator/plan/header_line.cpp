#include "simulator/plan/header_line.h"

#include "sip/token.h"

namespace sipdex::simulator {

void add_field(sip::Message& message, const std::string& line) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) return;
    const std::string name(sip::trimmed(std::string_view(line).substr(0, colon)));
    const std::string value(sip::trimmed(std::string_view(line).substr(colon + 1)));
    // There is one Max-Forwards in any request (RFC 3261 20.22), and one is there already.
    if (sip::same_field(name, "Max-Forwards")) message.set(name, value);
    else message.add(name, value);
}

std::string usual_phrase(int status) {
    // Only what parties say of their own accord; whatever an exchange file answers brings its phrase along.
    switch (status) {
        case 100: return "Trying";
        case 180: return "Ringing";
        case 182: return "Queued";
        case 199: return "Early Dialog Terminated";
        case 200: return "OK";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 402: return "Payment Required";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 407: return "Proxy Authentication Required";
        case 408: return "Request Timeout";
        case 410: return "Gone";
        case 413: return "Request Entity Too Large";
        case 414: return "Request-URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Unsupported URI Scheme";
        case 417: return "Unknown Resource-Priority";
        case 420: return "Bad Extension";
        case 421: return "Extension Required";
        case 422: return "Session Interval Too Small";
        case 423: return "Interval Too Brief";
        case 424: return "Bad Location Information";
        case 425: return "Bad Alert Message";
        case 429: return "Provide Referrer Identity";
        case 433: return "Anonymity Disallowed";
        case 440: return "Max-Breadth Exceeded";
        case 469: return "Bad Info Package";
        case 470: return "Consent Needed";
        case 480: return "Temporarily Unavailable";
        case 481: return "Call/Transaction Does Not Exist";
        case 482: return "Loop Detected";
        case 483: return "Too Many Hops";
        case 484: return "Address Incomplete";
        case 485: return "Ambiguous";
        case 486: return "Busy Here";
        case 487: return "Request Terminated";
        case 488: return "Not Acceptable Here";
        case 491: return "Request Pending";
        case 493: return "Undecipherable";
        case 500: return "Server Internal Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Server Time-out";
        case 505: return "Version Not Supported";
        case 513: return "Message Too Large";
        case 580: return "Precondition Failure";
        case 600: return "Busy Everywhere";
        case 604: return "Does Not Exist Anywhere";
        case 606: return "Not Acceptable";
    }
    return "";
}

}  // namespace sipdex::simulator
