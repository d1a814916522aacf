#include "findings/judged.h"

#include <cstdio>
#include <sstream>

#include "calls/flow.h"
#include "capture/packets.h"
#include "catalog/catalog.h"
#include "recording/pcap.h"
#include "simulator/run.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

std::string text_of(const findings::Value& value) {
    if (const long* number = std::get_if<long>(&value)) return std::to_string(*number);
    if (const double* real = std::get_if<double>(&value)) {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f", *real);
        return text;
    }
    return std::get<std::string>(value);
}

}  // namespace

const std::vector<catalog::FindingRule>& rules() {
    static const catalog::Catalog catalog(SIPDEX_BINARY_DIR "/catalog.db");
    return catalog.finding_rules();
}

std::string judged(const capture::Captured& captured, const calls::Calls& calls, const findings::Thresholds& set) {
    std::string text;
    for (const findings::Finding& one : findings::judge(captured, calls, rules(), set)) {
        text += std::string(name_of(one.severity)) + ' ' + one.rule->id;
        for (const std::size_t index : one.evidence) text += ' ' + std::to_string(index + 1);
        std::string values;
        for (const auto& [name, value] : one.values)
            values += (values.empty() ? "" : ", ") + name + ": " + text_of(value);
        text += (values.empty() ? "" : " {" + values + "}") + "\n";
    }
    return text;
}

std::string judged_flow(std::string_view lines, const findings::Thresholds& set) {
    const Flow all = flow(lines);
    return judged(all.captured, all.calls, set);
}

std::string judged_exchange(const simulator::Exchange& exchange, const findings::Thresholds& set) {
    const capture::Captured captured = captured_of(recording::pcap_of(simulator::run(exchange)));
    return judged(captured, calls::group(captured), set);
}

std::string judged_file(const std::filesystem::path& file, const findings::Thresholds& set) {
    capture::Captured captured;
    const std::string content = content_of(file);
    if (capture::looks_like_capture(content)) captured.read_file(file.string());
    else captured.read_log(content, {});
    captured.arrange();
    return judged(captured, calls::group(captured), set);
}

std::string worse_than_notes(const std::string& judged) {
    std::istringstream lines(judged);
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("note ")) continue;
        const std::size_t rule = line.find(' ') + 1;
        text += line.substr(0, line.find(' ', rule)) + "\n";
    }
    return text;
}

}  // namespace sipdex::test
