#include "page/brought.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>

#include "page/evidence_vocabulary.h"

namespace sipdex::page {

namespace {

constexpr std::size_t telling = 4096;  // octets at the beginning of a file that tell whether it is a capture

// So much as the reader of logs takes, and one more that tells that there is more.
std::string all_of(std::FILE* file) {
    const std::size_t most = capture::Limits{}.log_octets + 1;
    std::string text;
    constexpr std::size_t piece = 1 << 20;
    for (std::size_t got = piece; got == piece && text.size() < most;) {
        const std::size_t before = text.size();
        text.resize(before + piece);
        got = std::fread(text.data() + before, 1, piece, file);
        text.resize(before + got);
    }
    return text;
}

void read_content(const Means& means, capture::Captured& captured, std::string_view content) {
    if (capture::looks_like_capture(content)) captured.read_octets(content);
    else captured.read_log(content, means.vocabulary);
}

void read_one(const Means& means, capture::Captured& captured, const std::string& name, const GoesOn& goes_on) {
    if (name == "-") {
        read_content(means, captured, all_of(stdin));
        return;
    }
    std::ifstream in(name, std::ios::binary);
    std::string beginning(telling, '\0');
    in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(in.gcount()));
    const auto asked = [&](std::uint64_t octets) { return !goes_on || goes_on(name, octets); };
    if (beginning.empty() || capture::looks_like_capture(beginning)) {
        captured.read_file(name, asked);
        return;
    }
    if (std::FILE* file = std::fopen(name.c_str(), "rb")) {
        captured.read_log(all_of(file), means.vocabulary);
        std::fclose(file);
        captured.files.back().name = name;
    }
}

}  // namespace

Means means_of(const Reader& reader) {
    return {vocabulary_of(reader),
            std::make_shared<const std::vector<catalog::FindingRule>>(reader.catalog.finding_rules())};
}

Brought bring(const Means& means, const std::vector<std::string>& files, const findings::Thresholds& thresholds,
              const GoesOn& goes_on) {
    Brought brought;
    for (const std::string& name : files) read_one(means, brought.captured, name, goes_on);
    brought.captured.arrange();
    brought.calls = calls::group(brought.captured);
    brought.rules = means.rules;
    brought.findings = findings::judge(brought.captured, brought.calls, *brought.rules, thresholds);
    return brought;
}

bool set_threshold(const Reader& reader, std::string_view written, findings::Thresholds* thresholds) {
    const std::size_t equals = written.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string_view name = written.substr(0, equals), digits = written.substr(equals + 1);
    long value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0) return false;
    for (const catalog::FindingRule& rule : reader.catalog.finding_rules())
        for (const catalog::FindingRule::Threshold& one : rule.thresholds)
            if (name == rule.id + "." + one.name) {
                (*thresholds)[std::string(name)] = value;
                return true;
            }
    return false;
}

}  // namespace sipdex::page
