#include "simulator/plan/pattern.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/via.h"

namespace sipdex::simulator {

namespace {

struct Range {
    int lowest = 0, highest = 0;
};

// "486", "4xx", "3xx-6xx"
std::optional<Range> read_range(const std::string& word) {
    const auto one = [](const std::string& part) -> std::optional<Range> {
        if (part.size() != 3 || part[0] < '1' || part[0] > '6') return std::nullopt;
        const int hundreds = (part[0] - '0') * 100;
        if (part.substr(1) == "xx") return Range{hundreds, hundreds + 99};
        if (part.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
        return Range{std::stoi(part), std::stoi(part)};
    };
    const auto dash = word.find('-');
    if (dash == std::string::npos) return one(word);
    const auto from = one(word.substr(0, dash)), to = one(word.substr(dash + 1));
    if (!from || !to) return std::nullopt;
    return Range{from->lowest, to->highest};
}

bool is_method(const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string branch_of(const sip::Message& message) {
    const auto via = sip::top_via(message);
    return via ? via->branch() : std::string();
}

}  // namespace

std::optional<Pattern> read_pattern(std::string_view text) {
    std::istringstream stream{std::string(text)};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    Pattern pattern;
    std::size_t at = 0;
    const auto next = [&] { return at < words.size() ? words[at++] : std::string(); };

    std::string subject = next();
    if (subject == "again") {
        pattern.again = true;
        subject = next();
    }
    if (subject == "*") pattern.anything = true;
    else if (subject == "request") pattern.method.assign(1, '*');  // GCC 12 warns falsely of an assigned literal
    else if (subject == "response") pattern.lowest = 100, pattern.highest = 699;
    else if (is_method(subject)) pattern.method = subject;
    else if (const auto range = read_range(subject)) pattern.lowest = range->lowest, pattern.highest = range->highest;
    else return std::nullopt;

    if (at < words.size() && words[at] == "to") {
        ++at;
        const std::string object = next();
        if (pattern.method == "ACK") {
            const auto range = read_range(object);
            if (!range) return std::nullopt;
            pattern.to_lowest = range->lowest, pattern.to_highest = range->highest;
        } else if (pattern.highest != 0 && is_method(object)) {
            pattern.to_method = object;
        } else {
            return std::nullopt;
        }
    }
    if (at + 1 < words.size() && words[at] == "in" && words[at + 1] == "dialog") {
        if (pattern.method.empty() && pattern.to_method != "INVITE") return std::nullopt;
        pattern.in_dialog = true;
        at += 2;
    }
    if (at < words.size()) {
        const std::string from = next(), arrow = next(), to = next();
        if (arrow != "->" || to.empty() || at != words.size()) return std::nullopt;
        if (from != "*") pattern.from = from;
        if (to != "*") pattern.to = to;
    }
    return pattern;
}

InviteBranches::InviteBranches(const Recording& recording) {
    for (const Transmission& one : recording.messages) {
        if (one.message.method != "INVITE") continue;
        branches_.emplace(one.from, branch_of(one.message));
        if (!sip::tag_in(one.message, "To").empty()) within_.emplace(one.from, branch_of(one.message));
    }
}

bool InviteBranches::acknowledges_failure(const Transmission& ack) const {
    return branches_.contains({ack.from, branch_of(ack.message)});
}

bool InviteBranches::answers_within(const Transmission& response) const {
    return within_.contains({response.to, branch_of(response.message)});
}

namespace {

// `invites`: gives those of the recording, where they are asked for.
template <class Invites>
bool fits(const Pattern& pattern, const Recording& recording, const Transmission& transmission,
          const Invites& invites) {
    if (!pattern.from.empty() && recording.actors[transmission.from].id != pattern.from) return false;
    if (!pattern.to.empty() && recording.actors[transmission.to].id != pattern.to) return false;
    if (pattern.anything) return true;
    const sip::Message& message = transmission.message;
    if (message.is_request()) {
        if (pattern.method.empty() || (pattern.method != "*" && pattern.method != message.method)) return false;
        if (pattern.in_dialog && sip::tag_in(message, "To").empty()) return false;
        if (pattern.to_highest == 0) return true;
        return (pattern.to_lowest >= 300) == invites().acknowledges_failure(transmission);
    }
    if (message.status < pattern.lowest || message.status > pattern.highest) return false;
    if (pattern.to_method.empty()) return true;
    const auto cseq = sip::cseq_of(message);
    return cseq && cseq->method == pattern.to_method && (!pattern.in_dialog || invites().answers_within(transmission));
}

}  // namespace

bool matches(const Pattern& pattern, const Recording& recording, const InviteBranches& invites,
             const Transmission& transmission) {
    return pattern.again == transmission.retransmission &&
           fits(pattern, recording, transmission, [&]() -> const InviteBranches& { return invites; });
}

bool matches_either(const Pattern& pattern, const Recording& before, const Transmission& transmission) {
    return fits(pattern, before, transmission, [&] { return InviteBranches(before); });
}

}  // namespace sipdex::simulator
