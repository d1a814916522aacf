#include "sip/faulty_messages.h"

#include "sip/problem.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

const char* const request_line = "OPTIONS sip:bob@example.com SIP/2.0";

std::string with_usual_lines(std::string octets) {
    for (const std::string line : {"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7", "From: <sip:alice@example.com>;tag=1",
                                   "To: <sip:bob@example.com>", "Call-ID: 7@192.0.2.1", "CSeq: 1 OPTIONS"})
        if (octets.find("\r\n" + line.substr(0, line.find(':') + 1)) == std::string::npos) octets += line + "\r\n";
    return octets + "\r\n";
}

// The same with another first line.
std::string message_begun(const std::string& first_line) { return with_usual_lines(first_line + "\r\n"); }

// What is no printable ASCII as "\x0D".
std::string visible(std::string_view octets) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (c >= ' ' && c <= '~') text += c;
        else text.append("\\x").append(1, digits[octet >> 4]).append(1, digits[octet & 15]);
    }
    return text;
}

}  // namespace

std::string request_with(std::string_view lines) {
    return with_usual_lines(request_line + ("\r\n" + on_the_wire(lines)));
}

std::string found_in(std::string_view octets) {
    std::string lines;
    for (const sip::Problem& problem : sip::problems_of(octets)) {
        if (!lines.empty()) lines += "\n";
        lines += std::to_string(problem.offset) + ": " + std::string(sip::name_of(problem.fault));
        if (!problem.field.empty()) lines += ", " + problem.field;
        if (!problem.piece.empty()) lines += ", \"" + visible(problem.piece) + '"';
        if (!problem.other.empty()) lines += ", " + problem.other;
    }
    return lines;
}

const std::vector<FaultyMessage>& faulty_messages() {
    static const std::vector<FaultyMessage> all = {
        {"", "0: start_line"},
        {message_begun("OPTIONS SIP/2.0"), R"(0: start_line, "OPTIONS SIP/2.0")"},
        {message_begun("OPTIONS  sip:bob@example.com SIP/2.0"), R"(7: start_line_space, "  ")"},
        {message_begun("SIP/2.0 200"), "11: start_line_space"},
        {message_begun("OPTIONS sip:bob@example.com SIP/3.0"), R"(28: version, "SIP/3.0")"},
        {message_begun("SIP/2.0 700 Far"), R"(8: status_code, "700")"},
        {message_begun("SIP/2.0"), "7: status_code"},
        {message_begun("OPTIONS sip:bob@example.com SIP/2.0\r\n Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7"),
         R"(37: folding, " ")"},
        {request_with("Subject\n : lunch"), R"(44: folding, "\x0D\x0A ")"},
        {request_with("Subject lunch"), R"(37: field_line, "Subject lunch")"},
        {request_with("Sub ject: lunch"), R"(37: field_name, "Sub ject")"},
        {request_with(": lunch"), "37: field_name"},
        {request_with("").substr(0, request_with("").size() - 2), "184: empty_line"},
        {"OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7\r\n"
         "From: <sip:alice@example.com>;tag=1\r\nCall-ID: 7@192.0.2.1\r\nCSeq: 1 OPTIONS\r\n\r\n",
         "157: field_missing, To"},
        {message_begun("REFER sip:bob@example.com SIP/2.0\r\nCSeq: 1 REFER"), "180: field_missing, Refer-To"},
        {request_with("") + "no type", "184: field_missing, Content-Type"},
        {request_with("t: <sip:carol@example.com>\nTo: <sip:bob@example.com>"), R"(65: field_repeated, To, "To")"},
        {request_with("Content-Type: text/plain\nContent-Length: 10") + "too short",
         R"(79: body_cut, Content-Length, "10", 9)"},
        {request_with("CSeq: 1 INVITE"), R"(45: method_mismatch, CSeq, "INVITE", OPTIONS)"},
        {request_with("Call-ID:"), "45: value, Call-ID"},
        {request_with("Require: 100rel,, timer"), R"(52: separator, Require, ",,")"},
        {request_with("Allow: INVITE, ACK,"), R"(55: separator, Allow, ",")"},
        {request_with("Contact: <sip:alice@192.0.2.1>;;;;"), R"(67: separator, Contact, ";;;;")"},
        {request_with("Route: <sip:proxy.example.com;lr> away"), R"(71: foreign, Route, "away")"},
        {request_with(std::string("Subject: a\0b", 12)), R"(47: octet, Subject, "\x00")"},
        {request_with("Subject: M\xFCller"), R"(47: octet, Subject, "\xFC")"},
        {request_with(R"(To: "Bob <sip:bob@example.com>)"), R"(41: quote, To, ""Bob <sip:bob@example.com>")"},
        {request_with(R"(Reason: Q.850;cause=17;text="busy)"), R"(65: quote, Reason, ""busy")"},
        {request_with("User-Agent: SoftPhone/1.0 (Debian"), R"(63: comment, User-Agent, "(Debian")"},
        {request_with("Supported: 100rel, time r"), R"(56: token, Supported, "time r")"},
        {request_with("Event: ;id=1"), "44: token, Event"},
        {request_with("Max-Forwards: seventy"), R"(51: number, Max-Forwards, "seventy")"},
        {request_with("Session-Expires: ;refresher=uac"), "54: number, Session-Expires"},
        {request_with("Max-Forwards: 256"), R"(51: number_limit, Max-Forwards, "256", 255)"},
        {request_with("CSeq: 2147483648 OPTIONS"), R"(43: number_limit, CSeq, "2147483648", 2147483647)"},
        {request_with("Contact: <sip:alice@192.0.2.1>;ex pires=60"), R"(68: parameter, Contact, "ex pires")"},
        {request_with("Contact: <sip:alice@192.0.2.1>;=60"), "68: parameter, Contact"},
        {request_with("Contact: <sip:alice@192.0.2.1>;q=1.5"), R"(70: parameter_value, Contact, "1.5", q)"},
        {request_with("From: <sip:alice@example.com>;tag="), "71: parameter_value, From, tag"},
        {request_with("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7;received"), "88: parameter_value, Via, received"},
        {request_with("Subscription-State: terminated;reason=reason=noresource"),
         R"(75: parameter_value, Subscription-State, "reason=noresource", reason)"},
        {request_with("Replaces: 98732@sip.example.com;from-tag=r33th4x0r"), "87: parameter_missing, Replaces, to-tag"},
        {request_with(R"(WWW-Authenticate: Digest realm="example.com")"),
         "81: parameter_missing, WWW-Authenticate, nonce"},
        {request_with("From: <sip:alice@example.com>;tag=1;TAG=2"), R"(73: parameter_repeated, From, "TAG")"},
        {request_with(
             R"(Authorization: Digest username="alice", realm="example.com", nonce=84a4, uri="sip:example.com", response="7")"),
         R"(104: quotes, Authorization, "84a4", nonce)"},
        {request_with("Contact: <sip:alice@192.0.2.1"), R"(46: bracket, Contact, "<sip:alice@192.0.2.1")"},
        {request_with("Contact: sip:alice@192.0.2.1?Subject=lunch"),
         R"(46: brackets, Contact, "sip:alice@192.0.2.1?Subject=lunch")"},
        {request_with("Route: sip:proxy.example.com;lr"), R"(44: brackets, Route, "sip:proxy.example.com;lr")"},
        {request_with("Alert-Info: Bellcore-dr1"), R"(49: brackets, Alert-Info, "Bellcore-dr1")"},
        {request_with("To: Bob [work] <sip:bob@example.com>"), R"(41: display_name, To, "Bob [work]")"},
        {request_with("To: bob"), R"(41: uri, To, "bob")"},
        {request_with("To: <>"), "42: uri, To"},
        {request_with("To: <tel:>"), R"(42: uri, To, "tel:")"},
        {message_begun("OPTIONS <sip:bob@example.com> SIP/2.0"),
         R"(8: uri_brackets, Request-URI, "<sip:bob@example.com>")"},
        {message_begun("OPTIONS sip:bob@example.com; lr SIP/2.0"), R"(28: uri_space, Request-URI, " ")"},
        {request_with("To: < sip:bob@example.com>"), R"(42: uri_space, To, " ")"},
        {request_with("To: <sip:*21#@example.com>"), R"(49: uri_character, To, "#")"},
        {request_with("To: <sip:b%6gb@example.com>"), R"(47: uri_escape, To, "%6g")"},
        {request_with("Contact: <sip:alice@192.0.2.1?Subject>"), R"(67: uri_headers, Contact, "Subject")"},
        {request_with("Contact: <sip:alice@192.0.2.1?>"), "67: uri_headers, Contact"},
        {request_with("Via: SIP/2.0/UDP;branch=z9hG4bK7"), "53: host, Via"},
        {request_with("To: <sip:bob@gateway_1.example.com>"), R"(50: host, To, "gateway_1.example.com")"},
        {request_with("Via: SIP/2.0/UDP [2001:db8:::1];branch=z9hG4bK7"), R"(54: host, Via, "[2001:db8:::1]")"},
        {request_with("To: <sip:bob@2001:db8::10>"), R"(50: ipv6_brackets, To, "2001:db8::10")"},
        {request_with("To: <sip:bob@[2001:db8::10>"), R"(50: ipv6_brackets, To, "[2001:db8::10")"},
        {request_with("Via: SIP/2.0/UDP 192.0.2.1:x;branch=z9hG4bK7"), R"(64: port, Via, "x")"},
        {request_with("Via: SIP/2.0/UDP 192.0.2.1:;branch=z9hG4bK7"), "64: port, Via"},
        {request_with("To: <sip:bob@example.com:99999>"), R"(62: port, To, "99999")"},
        {request_with("CSeq: 1"), "44: method, CSeq"},
        {request_with("RAck: 1 1 IN VITE"), R"(47: method, RAck, "IN VITE")"},
        {request_with("Via: UDP 192.0.2.1;branch=z9hG4bK7"), R"(42: protocol, Via, "UDP")"},
        {request_with("Via: SIP//UDP 192.0.2.1;branch=z9hG4bK7"), R"(42: protocol, Via, "SIP/")"},
        {request_with("Via: SIP/2.0 192.0.2.1;branch=z9hG4bK7"), "49: transport, Via"},
        {request_with("Via: SIP/2.0/UDP/ 192.0.2.1;branch=z9hG4bK7"), R"(50: transport, Via, "UDP/")"},
        {request_with("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"), R"(71: branch, Via, "z9hG4bK", branch)"},
        {request_with("Contact: *, <sip:alice@192.0.2.1>"), R"(46: star, Contact, "*")"},
        {request_with("Call-ID: 7 192.0.2.1"), R"(46: call_id, Call-ID, "7 192.0.2.1")"},
        {request_with("Join: ;to-tag=1;from-tag=2"), "43: call_id, Join"},
        {request_with("Date: Sat, 13 Nov 2010 23:29 GMT"), R"(43: date, Date, "Sat, 13 Nov 2010 23:29 GMT")"},
        {request_with("Date: Sat, 13 Nov 2010 23:29:00 EST"), R"(69: time_zone, Date, "EST")"},
        {request_with("Accept: application"), R"(45: media_type, Accept, "application")"},
        {request_with("Content-Type: ;charset=utf-8"), "51: media_type, Content-Type"},
        {request_with("Accept-Language: english_gb"), R"(54: language, Accept-Language, "english_gb")"},
        {request_with("User-Agent: Soft:Phone"), R"(49: product, User-Agent, "Soft:Phone")"},
        {request_with(R"(Warning: 1812 overture "In Progress")"), R"(46: warning_code, Warning, "1812")"},
        {request_with(R"(Warning: 399 "Line is barred")"), "50: warning_agent, Warning"},
        {request_with("Warning: 399 proxy.example.com Line is barred"),
         R"(68: warning_text, Warning, "Line is barred")"},
        {request_with("Warning: 399 proxy.example.com"), "67: warning_text, Warning"},
        {request_with(R"(WWW-Authenticate: realm="example.com")"),
         R"(55: scheme, WWW-Authenticate, "realm="example.com"")"},
    };
    return all;
}

}  // namespace sipdex::test
