// What a rule sees of one story, and where it says what it found.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "calls/media.h"
#include "calls/outline.h"
#include "findings/findings.h"
#include "sip/message.h"

namespace sipdex::findings {

// Finds the rules by their names, and holds what was found so far.
class Report {
public:
    Report(const std::vector<catalog::FindingRule>& rules, const Thresholds& thresholds);

    // How many, how much: as set by whoever reads, otherwise by the rule.
    long threshold(std::string_view rule, std::string_view name) const;

    // Evidence is put in order; what is told twice stays once. Throws std::logic_error for a rule that is not there, or
    // where the values are not those that it says it gives.
    void add(std::string_view rule, std::size_t story, std::vector<std::size_t> evidence,
             std::vector<std::pair<std::string, Value>> values = {}, std::vector<std::string> fields = {});

    // Whether something was said of a story by which its failure is explained: more than a note, or who did not answer.
    bool explains(std::size_t story) const;

    // Its failure is what was wanted: whoever guesses is refused. Of what was or will be found in it, notes alone are left.
    void set_aside(std::size_t story) { aside_.insert(story); }

    void take_over(Report other);  // behind what was found before, of stories that nothing was said of yet

    std::vector<Finding> take();  // sorted, without those that better ones withdraw

private:
    const catalog::FindingRule& rule(std::string_view id) const;

    std::map<std::string, const catalog::FindingRule*, std::less<>> rules_;
    const Thresholds& thresholds_;
    std::vector<Finding> found_;
    std::unordered_map<std::size_t, std::vector<std::size_t>> of_story_;  // places in found_
    std::unordered_set<std::size_t> aside_;                               // stories
};

class Case {
public:
    Case(const capture::Captured& all_captured, const calls::Calls& all_calls, Report& report)
        : captured(all_captured), calls(all_calls), report_(report), whole_(std::make_shared<Whole>()) {}
    // The same capture for another report, at no story; both may be used at a time.
    Case(const Case& other, Report& report)
        : captured(other.captured), calls(other.calls), report_(report), whole_(other.whole_) {}

    const capture::Captured& captured;
    const calls::Calls& calls;

    // Turns to another story; messages read before are forgotten.
    void turn_to(std::size_t story);
    std::size_t number() const { return story_; }
    const calls::Story& story() const { return calls.stories[story_]; }

    // As it was captured; an empty one where it cannot be read. Lasts until the next story.
    const sip::Message& message(std::size_t index) const;
    // False where it certainly lacks a header field, so that it need not be read.
    bool may_have(std::size_t index, std::string_view field) const { return calls::may_have(placed(index), field); }
    int status(std::size_t index) const { return placed(index).status; }  // 0 for a request
    void forget() const { read_.clear(); }  // messages read so far, for those who read the whole capture
    const calls::Transaction& transaction(std::size_t index) const { return calls.transactions[index]; }
    const calls::Placed& placed(std::size_t index) const { return calls.placed[index]; }
    capture::Time time(std::size_t index) const { return captured.messages[index].time; }
    double seconds_between(std::size_t first, std::size_t second) const;  // negative where the second came before
    std::string party(std::size_t index) const;                           // "192.0.2.1:5060"; "" for none

    // What was offered and agreed on, and the media of it, worked out when it is first asked for. Lasts until the next
    // story.
    const calls::Media& media() const;
    const calls::FlowIndex& flows() const;  // of the whole capture, made once

    // The transactions that carried its request on to the next hop, in order.
    std::vector<std::size_t> carried_on(std::size_t transaction) const;
    // The first that asked again after it had been challenged; none where nobody did.
    std::size_t asked_again(std::size_t transaction) const;
    // REGISTERs of the whole capture that were accepted, by who sent them, in order; worked out once.
    const std::vector<std::size_t>& registrations_of(std::size_t party) const;

    // Calls that a server in between made of a story (a back-to-back user agent), where that is likely at least; places in
    // calls.links, worked out once for the whole capture.
    const std::vector<std::size_t>& legs_of(std::size_t story) const;

    // All messages of a story but copies of packets, in order.
    std::vector<std::size_t> originals() const;
    // A request of its transaction and everything sent again of it, copies of packets left out.
    std::vector<std::size_t> sendings_of(std::size_t message) const;
    // Whether a final response only came from the next hop, where it is told of.
    bool passed_on(std::size_t transaction) const;
    // Whether the story goes on in the capture for so long after a message that what lacks would have been captured.
    bool watched_for(std::size_t message, std::chrono::milliseconds time) const;

    // Whether the families that have looked so far explain the failure of this story.
    bool explained() const { return report_.explains(story_); }

    long threshold(std::string_view rule, std::string_view name) const { return report_.threshold(rule, name); }
    void find(std::string_view rule, std::vector<std::size_t> evidence,
              std::vector<std::pair<std::string, Value>> values = {}, std::vector<std::string> fields = {}) const {
        report_.add(rule, story_, std::move(evidence), std::move(values), std::move(fields));
    }
    // Of another story: for families that look at the whole capture.
    void find_in(std::size_t story, std::string_view rule, std::vector<std::size_t> evidence,
                 std::vector<std::pair<std::string, Value>> values = {}, std::vector<std::string> fields = {}) const {
        report_.add(rule, story, std::move(evidence), std::move(values), std::move(fields));
    }
    // A story that shows somebody kept out, and no fault.
    void set_aside(std::size_t story) const { report_.set_aside(story); }
    // Of the whole capture.
    void find_in_all(std::string_view rule, std::vector<std::size_t> evidence,
                     std::vector<std::pair<std::string, Value>> values = {},
                     std::vector<std::string> fields = {}) const {
        report_.add(rule, calls::none, std::move(evidence), std::move(values), std::move(fields));
    }

private:
    // What is made once, of the whole capture.
    struct Whole {
        std::once_flag flows_made, registrations_made, legs_made;
        std::optional<calls::FlowIndex> flows;
        std::unordered_map<std::size_t, std::vector<std::size_t>> registrations, legs;
    };

    // What came of what, in this story: pairs in the order of the first, so that a story of many is not searched for each.
    class Following {
    public:
        void add(std::size_t first, std::size_t second) { pairs_.emplace_back(first, second); }
        void finish();  // when all are in
        std::vector<std::size_t> of(std::size_t first) const;

    private:
        std::vector<std::pair<std::size_t, std::size_t>> pairs_;
    };
    struct Order {
        Following carried_on, asked_again, sent_again;
    };
    const Order& order() const;

    Report& report_;
    std::size_t story_ = calls::none;
    mutable std::optional<Order> order_;
    mutable std::map<std::size_t, sip::Message> read_;
    mutable std::optional<calls::Media> media_;
    std::shared_ptr<Whole> whole_;
};

// A value as the words of a rule choose by it: what is not there is called "none".
inline std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

}  // namespace sipdex::findings
