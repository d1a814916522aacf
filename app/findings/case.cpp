#include "findings/case.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>

#include "calls/outline.h"

namespace sipdex::findings {

namespace {

Severity severity_of(const catalog::FindingRule& rule) {
    if (rule.severity == "fault") return Severity::fault;
    return rule.severity == "warning" ? Severity::warning : Severity::note;
}

// Every argument has its value, and every value is one that the words may name.
void expect_values(const catalog::FindingRule& rule, const std::vector<std::pair<std::string, Value>>& values) {
    if (!std::ranges::is_permutation(values, rule.arguments, {}, &std::pair<std::string, Value>::first))
        throw std::logic_error("the rule '" + rule.id + "' was given other values than it names");
}

}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::fault: return "fault";
        case Severity::warning: return "warning";
        case Severity::note: break;
    }
    return "note";
}

Report::Report(const std::vector<catalog::FindingRule>& rules, const Thresholds& thresholds) : thresholds_(thresholds) {
    for (const catalog::FindingRule& one : rules) rules_[one.id] = &one;
}

const catalog::FindingRule& Report::rule(std::string_view id) const {
    const auto found = rules_.find(id);
    if (found == rules_.end()) throw std::logic_error("there is no rule '" + std::string(id) + "'");
    return *found->second;
}

long Report::threshold(std::string_view id, std::string_view name) const {
    if (!thresholds_.empty())
        if (const auto set = thresholds_.find(std::string(id) + '.' + std::string(name)); set != thresholds_.end())
            return set->second;
    for (const catalog::FindingRule::Threshold& one : rule(id).thresholds)
        if (one.name == name) return one.value;
    throw std::logic_error("the rule '" + std::string(id) + "' has no threshold '" + std::string(name) + "'");
}

void Report::add(std::string_view id, std::size_t story, std::vector<std::size_t> evidence,
                 std::vector<std::pair<std::string, Value>> values, std::vector<std::string> fields) {
    const catalog::FindingRule& of = rule(id);
    expect_values(of, values);
    std::erase(evidence, calls::none);
    std::ranges::sort(evidence);
    evidence.erase(std::unique(evidence.begin(), evidence.end()), evidence.end());
    std::vector<std::size_t>& told = of_story_[story];
    const bool known = std::ranges::any_of(told, [&](std::size_t place) {
        const Finding& one = found_[place];
        return one.rule == &of && one.evidence == evidence && one.values == values;
    });
    if (known) return;
    told.push_back(found_.size());
    found_.push_back({&of, severity_of(of), story, std::move(evidence), std::move(values), std::move(fields)});
}

bool Report::explains(std::size_t story) const {
    if (aside_.contains(story)) return true;
    const auto known = of_story_.find(story);
    return known != of_story_.end() && std::ranges::any_of(known->second, [&](std::size_t place) {
               return found_[place].severity > Severity::note || found_[place].rule->family == "timeouts";
           });
}

void Report::take_over(Report other) {
    for (const auto& [story, places] : other.of_story_)
        for (const std::size_t place : places) of_story_[story].push_back(found_.size() + place);
    std::ranges::move(other.found_, std::back_inserter(found_));
}

std::vector<Finding> Report::take() {
    // What the network says is about the messages that it names, where it names any, wherever it is told; the same call may
    // have another trouble besides.
    std::unordered_map<std::size_t, std::set<std::string_view>> told;
    std::map<std::string_view, std::set<std::size_t>> about;
    for (const Finding& one : found_) {
        told[one.story].insert(one.rule->id);
        if (one.rule->family == "network") about[one.rule->id].insert(one.evidence.begin(), one.evidence.end());
    }
    const auto is_withdrawn = [&](const Finding& one) {
        if (one.severity > Severity::note && aside_.contains(one.story)) return true;
        const std::set<std::string_view>& beside = told[one.story];
        return std::ranges::any_of(one.rule->withdrawn_by, [&](const std::string& better) {
            const auto named = about.find(better);
            if (named == about.end() || named->second.empty() || one.evidence.empty()) return beside.contains(better);
            return std::ranges::any_of(one.evidence, [&](std::size_t index) { return named->second.contains(index); });
        });
    };
    std::vector<bool> withdrawn;
    for (const Finding& one : found_) withdrawn.push_back(is_withdrawn(one));
    std::vector<Finding> left;
    for (std::size_t place = 0; place < found_.size(); ++place)
        if (!withdrawn[place]) left.push_back(std::move(found_[place]));
    std::ranges::stable_sort(left, [](const Finding& a, const Finding& b) {
        if (a.severity != b.severity) return a.severity > b.severity;
        return a.evidence < b.evidence;
    });
    found_.clear();
    of_story_.clear();
    return left;
}

void Case::turn_to(std::size_t story) {
    story_ = story;
    read_.clear();
    media_.reset();
    order_.reset();
}

void Case::Following::finish() { std::ranges::stable_sort(pairs_, {}, &std::pair<std::size_t, std::size_t>::first); }

std::vector<std::size_t> Case::Following::of(std::size_t first) const {
    std::vector<std::size_t> all;
    auto at = std::ranges::lower_bound(pairs_, first, {}, &std::pair<std::size_t, std::size_t>::first);
    for (; at != pairs_.end() && at->first == first; ++at) all.push_back(at->second);
    return all;
}

const Case::Order& Case::order() const {
    if (order_) return *order_;
    Order& made = order_.emplace();
    for (const std::size_t index : story().transactions) {
        const calls::Transaction& one = transaction(index);
        if (one.parent != calls::none) made.carried_on.add(one.parent, index);
        if (one.after_challenge != calls::none) made.asked_again.add(one.after_challenge, index);
    }
    for (const std::size_t index : story().messages)
        if (placed(index).repeat == calls::Repeat::retransmission) made.sent_again.add(placed(index).repeats, index);
    made.carried_on.finish();
    made.asked_again.finish();
    made.sent_again.finish();
    return made;
}

std::vector<std::size_t> Case::carried_on(std::size_t index) const { return order().carried_on.of(index); }

std::size_t Case::asked_again(std::size_t index) const {
    const std::vector<std::size_t> all = order().asked_again.of(index);
    return all.empty() ? calls::none : all.front();
}

const calls::FlowIndex& Case::flows() const {
    std::call_once(whole_->flows_made, [&] { whole_->flows.emplace(captured); });
    return *whole_->flows;
}

const std::vector<std::size_t>& Case::registrations_of(std::size_t party) const {
    static const std::vector<std::size_t> nothing;
    std::call_once(whole_->registrations_made, [&] {
        for (std::size_t place = 0; place < calls.transactions.size(); ++place) {
            const calls::Transaction& one = calls.transactions[place];
            if (one.method == "REGISTER" && one.request != calls::none && one.has_final() && one.status < 300)
                whole_->registrations[one.client].push_back(place);
        }
    });
    const auto found = whole_->registrations.find(party);
    return found == whole_->registrations.end() ? nothing : found->second;
}

const std::vector<std::size_t>& Case::legs_of(std::size_t story) const {
    static const std::vector<std::size_t> nothing;
    std::call_once(whole_->legs_made, [&] {
        for (std::size_t place = 0; place < calls.links.size(); ++place) {
            const calls::Link& link = calls.links[place];
            if (link.why == calls::Link::Why::leg && link.certainty != calls::Certainty::possible)
                whole_->legs[link.first].push_back(place);
        }
    });
    const auto found = whole_->legs.find(story);
    return found == whole_->legs.end() ? nothing : found->second;
}

const calls::Media& Case::media() const {
    if (!media_) media_ = media_of(captured, calls, story_, flows());
    return *media_;
}

const sip::Message& Case::message(std::size_t index) const {
    const auto [place, fresh] = read_.try_emplace(index);
    if (fresh) {
        const capture::Message& captured_one = captured.messages[index];
        auto parsed =
            sip::parse(captured_one.missing > 0 ? calls::whole_lines(captured_one.octets) : captured_one.octets);
        if (parsed.message) place->second = std::move(*parsed.message);
    }
    return place->second;
}

double Case::seconds_between(std::size_t first, std::size_t second) const {
    return std::chrono::duration<double>(time(second) - time(first)).count();
}

std::string Case::party(std::size_t index) const {
    return index == calls::none ? std::string() : calls::to_text(calls.parties[index]);
}

std::vector<std::size_t> Case::originals() const {
    std::vector<std::size_t> all = story().messages;
    std::erase_if(all, [&](std::size_t index) { return placed(index).repeat == calls::Repeat::copy; });
    return all;
}

std::vector<std::size_t> Case::sendings_of(std::size_t index) const {
    std::vector<std::size_t> all = order().sent_again.of(index);
    all.push_back(index);
    std::ranges::sort(all);
    return all;
}

bool Case::passed_on(std::size_t index) const {
    return std::ranges::any_of(carried_on(index), [&](std::size_t other) {
        return transaction(other).has_final() && transaction(other).status == transaction(index).status;
    });
}

bool Case::watched_for(std::size_t index, std::chrono::milliseconds wanted) const {
    capture::Time last{};
    for (const capture::Captured::File& file : captured.files) last = std::max(last, file.summary.last);
    if (captured.messages[index].clock == capture::Clock::none) return false;
    // What came when there was no room for more is not known.
    const bool all_kept = std::ranges::none_of(captured.files, [](const capture::Captured::File& file) {
        return std::ranges::any_of(file.summary.problems, [](const capture::Problem& one) {
            return one.kind == capture::Problem::Kind::limit_kept_octets;
        });
    });
    if (last == capture::Time{} || !all_kept) last = captured.messages.back().time;
    return last - time(index) >= wanted;
}

}  // namespace sipdex::findings
