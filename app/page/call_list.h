// The calls of what somebody brought, as a list to look through: by words, by findings, in one order or another.
//
//     3   14:02:11.480   +33123456789   alice   Refused with 486 by 192.0.2.3.   4.1 s   Warning: …
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "page/brought.h"

namespace sipdex::page {

// What does not depend on the reader's language.
struct ListedCall {
    std::size_t story = 0;             // by its place, which is its number less one
    std::string caller, called;        // user, or host where there is none
    std::vector<std::string> methods;  // of its requests, each once
    std::vector<int> codes;            // of its responses, each once
    int status = 0;                    // of the outcome
    calls::Outcome outcome = calls::Outcome::unanswered;
    capture::Clock clock = capture::Clock::none;
    capture::Time first{}, lasted{};            // lasted: 0 where no time is known
    std::optional<findings::Severity> gravity;  // of the gravest finding above a note
    std::string sought, sought_id;  // From, To and Request-URI, and the Call-ID: folded, to look for words in
};
std::vector<ListedCall> call_list(const Brought& brought);

// The same calls with the gravity that other findings give them.
void grade(std::vector<ListedCall>& calls, const std::vector<findings::Finding>& findings);

struct CallChoice {
    enum class By : std::uint8_t { time, caller, called, outcome, duration, gravity };
    std::string words;
    bool with_findings = false;
    By by = By::time;
    bool down = false;
    bool operator==(const CallChoice&) const = default;
};
std::string_view name_of(CallChoice::By by);  // "duration"

// The places in the list of those that are wanted, in the order wanted; equal ones by time. Every word must be found: as
// the number of a call, as a code or the beginning of a method of its messages, within a name or number of From, To or
// Request-URI, or as a part of the Call-ID of four characters or more.
std::vector<std::size_t> chosen(const std::vector<ListedCall>& calls, const CallChoice& choice);

// A line of it in words.
struct CallLine {
    std::string time;  // "14:02:11.480" by the clock of this place; with the day where the capture lasts over midnight
    std::string outcome, finding, duration;
    std::string kind;  // "Registration"
};
CallLine line_of(const Reader& reader, const Brought& brought, const ListedCall& call);

}  // namespace sipdex::page
