#include "page/brought.h"

#include <algorithm>
#include <charconv>

#include "page/evidence_vocabulary.h"

namespace sipdex::page {

namespace {

// What would be read of a paste to tell whether it is a log; what is longer is one.
constexpr std::size_t longest_message = 256 << 10;

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
    for (const HandedIn& source : with_folders_spread(sources)) {
        take_in(source, means.vocabulary, brought.captured,
                [&](std::uint64_t octets) { return !goes_on || goes_on(source.name, octets); });
        brought.pasted = brought.pasted || source.pasted;
    }
    brought.captured.arrange();
    brought.calls = calls::group(brought.captured);
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
