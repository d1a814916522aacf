#include "page/call_list.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "calls/outline.h"
#include "language/characters.h"
#include "language/fold.h"
#include "page/explained.h"
#include "page/fact_words.h"
#include "page/moment.h"

namespace sipdex::page {

namespace {

constexpr std::size_t least_of_call_id = 4;  // characters: shorter ones stand in any by chance

std::string short_name(std::string_view address) {
    std::string_view name = calls::user_in(address);
    if (name.empty()) name = calls::uri_in(address);
    return language::shown(name);
}

// Who takes part and what was said, of the messages themselves.
void look_at_messages(const Brought& brought, const calls::Story& story, ListedCall& call) {
    std::set<std::string_view> methods;
    std::set<int> codes;
    std::string_view uri;
    for (const std::size_t index : story.messages) {
        if (brought.calls.placed[index].repeat != calls::Repeat::original) continue;
        const calls::Outline outline = calls::outline_of(brought.captured.messages[index]);
        if (!outline.is_request()) codes.insert(outline.status);
        else if (!outline.method.empty()) methods.insert(outline.method);
        if (uri.empty()) uri = outline.request_uri;
    }
    for (const std::string_view method : methods) call.methods.push_back(language::folded(method));
    call.codes.assign(codes.begin(), codes.end());
    for (const std::string_view part : {story.caller, story.callee, uri})
        call.sought += language::folded(language::shown(part)) + '\n';
}

bool has(const ListedCall& call, const std::string& word) {
    if (word == std::to_string(call.story + 1)) return true;
    if (std::ranges::any_of(call.codes, [&](int code) { return word == std::to_string(code); })) return true;
    if (std::ranges::any_of(call.methods, [&](const std::string& method) { return method.starts_with(word); }))
        return true;
    if (call.sought.find(word) != std::string::npos) return true;
    return word.size() >= least_of_call_id && call.sought_id.find(word) != std::string::npos;
}

std::vector<std::string> words_in(const std::string& typed) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : language::folded(typed) + " ") {
        if (c != ' ' && c != '\t' && c != '\n') word += c;
        else if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    return words;
}

int rank_of(const ListedCall& call) { return call.gravity ? static_cast<int>(*call.gravity) : -1; }

bool comes_before(const ListedCall& a, const ListedCall& b, CallChoice::By by) {
    using By = CallChoice::By;
    switch (by) {
        case By::time: return a.story < b.story;
        case By::caller:
        case By::called: return false;  // by their folded names
        case By::outcome: return std::pair(a.outcome, a.status) < std::pair(b.outcome, b.status);
        case By::duration: return a.lasted < b.lasted;
        case By::gravity: return rank_of(a) > rank_of(b);  // the gravest first
    }
    return false;
}

std::string time_words(const Brought& brought, const ListedCall& call) {
    if (call.clock == capture::Clock::none) return {};
    std::string words = time_of_day(call.first, call.clock);
    const calls::Story &first = brought.calls.stories.front(), &last = brought.calls.stories.back();
    if (day_of(first.first, call.clock) != day_of(last.first, call.clock))
        words = day_of(call.first, call.clock).substr(std::string_view("2026-").size()) + " " + words;
    return words;
}

// "486 Busy Here" tells more in a column than who gave it.
std::string outcome_in_short(const Reader& reader, const Brought& brought, const ListedCall& call) {
    constexpr int first_that_fails = 300;
    const auto title =
        call.status >= first_that_fails ? reader.catalog.title_of_response(std::to_string(call.status)) : std::nullopt;
    return title ? *title : document::words_of(outcome_of_story(reader, brought, call.story));
}

}  // namespace

std::string_view name_of(CallChoice::By by) {
    constexpr std::string_view names[] = {"time", "caller", "called", "outcome", "duration", "gravity"};
    return names[static_cast<std::size_t>(by)];
}

std::vector<ListedCall> call_list(const Brought& brought) {
    std::vector<ListedCall> list(brought.calls.stories.size());
    for (std::size_t story = 0; story < list.size(); ++story) {
        const calls::Story& one = brought.calls.stories[story];
        ListedCall& call = list[story];
        call.story = story;
        call.caller = short_name(one.caller);
        call.called = short_name(one.callee);
        call.sought_id = language::folded(language::shown(one.call_id));
        call.status = one.status;
        call.outcome = one.outcome;
        if (!one.messages.empty()) call.clock = brought.captured.messages[one.messages.front()].clock;
        call.first = one.first;
        if (call.clock != capture::Clock::none) call.lasted = one.last - one.first;
        look_at_messages(brought, one, call);
    }
    grade(list, brought.findings);
    return list;
}

void grade(std::vector<ListedCall>& calls, const std::vector<findings::Finding>& findings) {
    for (ListedCall& call : calls) call.gravity.reset();
    for (const findings::Finding& finding : findings)
        if (finding.story < calls.size() && finding.severity > findings::Severity::note) {
            auto& gravity = calls[finding.story].gravity;
            gravity = std::max(gravity.value_or(finding.severity), finding.severity);
        }
}

std::vector<std::size_t> chosen(const std::vector<ListedCall>& calls, const CallChoice& choice) {
    const std::vector<std::string> words = words_in(choice.words);
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < calls.size(); ++place) {
        const ListedCall& call = calls[place];
        if (choice.with_findings && !call.gravity) continue;
        if (std::ranges::all_of(words, [&](const std::string& word) { return has(call, word); }))
            places.push_back(place);
    }
    using By = CallChoice::By;
    std::vector<std::string> names;
    if (choice.by == By::caller || choice.by == By::called)
        for (const ListedCall& call : calls)
            names.push_back(language::folded(choice.by == By::caller ? call.caller : call.called));
    const auto before = [&](std::size_t a, std::size_t b) {
        return names.empty() ? comes_before(calls[a], calls[b], choice.by) : names[a] < names[b];
    };
    std::ranges::stable_sort(places,
                             [&](std::size_t a, std::size_t b) { return choice.down ? before(b, a) : before(a, b); });
    return places;
}

CallLine line_of(const Reader& reader, const Brought& brought, const ListedCall& call) {
    const calls::Story& story = brought.calls.stories[call.story];
    CallLine line;
    line.time = time_words(brought, call);
    line.kind = reader.words.story_kind(std::string(name_of(story.kind)));
    line.outcome = outcome_in_short(reader, brought, call);
    if (call.clock != capture::Clock::none)
        line.duration = reader.words.window_call_duration(std::chrono::duration<double>(call.lasted).count());
    if (!call.gravity) return line;
    for (const findings::Finding& finding : brought.findings)
        if (finding.story == call.story && finding.severity == *call.gravity) {
            line.finding = reader.words.finding_title(branch(std::string(name_of(finding.severity))),
                                                      document::words_of(told(reader, finding).title));
            break;
        }
    return line;
}

}  // namespace sipdex::page
