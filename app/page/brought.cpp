#include "page/brought.h"

#include <algorithm>
#include <charconv>

#include "calls/outline.h"
#include "evidence/evidence.h"
#include "page/evidence_vocabulary.h"
#include "sip/reason.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::page {

namespace {

// What would be read of a paste to tell whether it is a log; what is longer is one.
constexpr std::size_t longest_message = 256 << 10;

// A text of which nothing is known but that it mentions a number is about SIP where it says so or is short.
constexpr std::size_t longest_note = 2000;

bool tells_of_sip(const evidence::FoundMessage& found) {
    if (found.has_start_line || found.message.fields.size() > 1) return true;
    const auto reasons = sip::reasons_of(found.message);
    return std::ranges::any_of(reasons, [](const sip::Reason& one) { return one.cause.has_value(); }) ||
           !sip::warnings_of(found.message).empty() || found.message.header("Retry-After");
}

bool tells_of_sip(std::string_view text, const evidence::Vocabulary& vocabulary) {
    const evidence::Found found = evidence::read(text, vocabulary);
    if (std::ranges::any_of(found.messages, [](const auto& one) { return tells_of_sip(one); })) return true;
    return std::ranges::any_of(found.mentions, [](const auto& one) { return one.sure; }) &&
           (text.size() <= longest_note || sip::lowered(text).find("sip") != std::string::npos);
}

// Whether there is nothing to be told of calls: no message was placed, or one response alone, or responses that do not say
// what they answer.
bool is_without_calls(const capture::Captured& captured, const calls::Calls& calls) {
    for (const capture::Captured::File& file : captured.files)
        if (file.summary.format != capture::Summary::Format::log) return false;
    if (captured.messages.size() == 1 && !calls::outline_of(captured.messages.front()).is_request()) return true;
    return std::ranges::all_of(calls.transactions, [](const calls::Transaction& one) { return one.method.empty(); });
}

}  // namespace

Means means_of(const Reader& reader) {
    return {vocabulary_of(reader),
            std::make_shared<const std::vector<catalog::FindingRule>>(reader.catalog.finding_rules()),
            {}};
}

Means means_to_share(const Reader& reader) {
    Means means = means_of(reader);
    means.published = published_texts(reader.catalog);
    return means;
}

Brought bring(const Means& means, const std::vector<HandedIn>& sources, const findings::Thresholds& thresholds,
              const GoesOn& goes_on) {
    Brought brought;
    std::vector<std::string> texts;
    for (const HandedIn& source : with_folders_spread(sources)) {
        TakenIn taken = take_in(source, means.vocabulary, brought.captured,
                                [&](std::uint64_t octets) { return !goes_on || goes_on(source.name, octets); });
        brought.pasted = brought.pasted || source.pasted;
        if (!taken.text.empty()) texts.push_back(std::move(taken.text));
    }
    brought.captured.arrange();
    brought.calls = calls::group(brought.captured);
    if (is_without_calls(brought.captured, brought.calls))
        if (const auto text = std::ranges::find_if(
                texts, [&](const std::string& one) { return tells_of_sip(one, means.vocabulary); });
            text != texts.end())
            brought.fragment = std::move(*text);
    brought.rules = means.rules;
    brought.thresholds = thresholds;
    brought.findings = findings::judge(brought.captured, brought.calls, *brought.rules, thresholds);
    return brought;
}

bool is_log_of_calls(const Means& means, std::string_view text) {
    if (text.size() > longest_message) return true;
    capture::Captured captured;
    captured.read_log(text, means.vocabulary);
    captured.arrange();
    return calls::group(captured).stories.size() > 1;
}

long threshold_of(const Brought& brought, const catalog::FindingRule& rule,
                  const catalog::FindingRule::Threshold& threshold) {
    const auto set = brought.thresholds.find(rule.id + "." + threshold.name);
    return set == brought.thresholds.end() ? threshold.value : set->second;
}

bool set_threshold(const std::vector<catalog::FindingRule>& rules, std::string_view written,
                   findings::Thresholds* thresholds) {
    const std::size_t equals = written.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string_view name = written.substr(0, equals), digits = written.substr(equals + 1);
    long value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0) return false;
    for (const catalog::FindingRule& rule : rules)
        for (const catalog::FindingRule::Threshold& one : rule.thresholds)
            if (name == rule.id + "." + one.name) {
                (*thresholds)[std::string(name)] = value;
                return true;
            }
    return false;
}

}  // namespace sipdex::page
