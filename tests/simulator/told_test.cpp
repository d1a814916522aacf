// What every exchange says beside its ladder: the header fields that are not routine, the step and the rule of each
// message, what was decided by which rule, and the timers that are not those of the transactions.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>

#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += " " + word;
    return all;
}

std::string seconds(recording::Time at) {
    char text[32];
    std::snprintf(text, sizeof text, "%8.3f", static_cast<double>(at.count()) / 1e6);
    return text;
}

// source::Table whose content is drawn by lot, or that other tests compare with the request.
bool is_routine(const std::string& name) {
    static constexpr std::array routine = {"Via",
                                           "From",
                                           "To",
                                           "Call-ID",
                                           "CSeq",
                                           "Content-Length",
                                           "Identity",
                                           "Authorization",
                                           "Proxy-Authorization",
                                           "WWW-Authenticate",
                                           "Proxy-Authenticate",
                                           "Authentication-Info",
                                           "Date",
                                           "SIP-ETag",
                                           "SIP-If-Match"};
    return std::ranges::find(routine, name) != routine.end();
}

// "alice -> bob  INVITE  by RFC 3261 §8.1.1 as calls, look at To", its fields below it.
std::string told(const recording::Recording& recording, const recording::Transmission& sent) {
    std::string text = seconds(sent.sent) + " " + recording.actors[sent.from].id + " -> " +
                       recording.actors[sent.to].id + "  " + sip::label_of(sent.message) + " by " + sent.transport +
                       ", " + sent.rule + " as " + sent.step +
                       (sent.marked.empty() ? "" : ", look at" + joined(sent.marked)) + "\n";
    if (sent.message.is_request()) text += "             " + sent.message.request_uri + "\n";
    for (const auto& field : sent.message.fields)
        if (!is_routine(field.name())) text += "             " + field.name() + ": " + field.value() + "\n";
    return text;
}

std::string told(const recording::Recording& recording, const recording::Decision& decision) {
    return seconds(decision.at) + " " + recording.actors[decision.actor].id + " decides " + decision.id +
           joined(decision.details) + " by " + decision.rule + "\n";
}

// The timers of transactions set and stop with every message; their tables are tested in tests/sip.
std::string told(const recording::Recording& recording, const recording::TimerEvent& timer) {
    const bool of_transaction = timer.timer.size() == 1 && timer.timer != "C";
    if (of_transaction && timer.what != recording::TimerEvent::What::fired) return {};
    static constexpr std::array what = {"sets", "sees fired", "stops"};
    return seconds(timer.at) + " " + recording.actors[timer.actor].id + " " +
           what.at(static_cast<std::size_t>(timer.what)) + " timer " + std::string(timer.timer) +
           (timer.lasts.count() > 0 ? " for" + seconds(timer.lasts) : "") + " by " + std::string(timer.section) + "\n";
}

// Everything by its time; at the same time messages, decisions, timers.
std::string told(const recording::Recording& recording) {
    std::vector<std::pair<recording::Time, std::string>> all;
    for (const auto& one : recording.messages) all.emplace_back(one.sent, told(recording, one));
    for (const auto& one : recording.decisions) all.emplace_back(one.at, told(recording, one));
    for (const auto& one : recording.timers) all.emplace_back(one.at, told(recording, one));
    std::ranges::stable_sort(all, {}, &std::pair<recording::Time, std::string>::first);
    std::string text;
    for (const auto& [at, one] : all) text += one;
    return text;
}

}  // namespace

TEST_CASE("every exchange is told with its header fields, steps, rules, decisions and timers") {
    for (const std::string& id : exchange_ids()) {
        simulator::Options options;
        options.common = common_steps();
        CHECK(difference_from_expected("simulator/told/" + id + ".txt",
                                       told(simulator::run(exchange_named(id), options))) == "");
    }
}
