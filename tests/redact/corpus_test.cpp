// Captures and logs that others made: redacted they show the same, and nothing of the originals is left.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>

#include "calls/calls.h"
#include "capture/answer_key.h"
#include "capture/packets.h"
#include "redact/redact.h"
#include "redact/told.h"
#include "redact/traces.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string listed(const std::vector<std::string>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size() && i < 12; ++i) text += lines[i] + '\n';
    if (lines.size() > 12) text += "and " + std::to_string(lines.size() - 12) + " more\n";
    return text;
}

// What differs first, a line of each.
std::string first_difference(const std::string& before, const std::string& after) {
    std::istringstream one(before), other(after);
    std::string a, b;
    for (;;) {
        const bool more = static_cast<bool>(std::getline(one, a)), as_well = static_cast<bool>(std::getline(other, b));
        if (!more && !as_well) return {};
        if (!more) a = "(nothing)";
        if (!as_well) b = "(nothing)";
        if (a != b) return "before: " + a + "\nafter:  " + b;
    }
}

std::vector<std::string> captures() {
    std::vector<std::string> names;
    for (const Row& row : rows_of(content_of(shared_folder() / "corpus/captures/CAPTURES.csv"))) {
        const std::string file = row.at("file");
        names.push_back(file.substr(file.find('/') + 1));
    }
    return names;
}

// A capture and what may be shared of it, which several tests look at.
struct Pair {
    std::string octets, shared;
};
const Pair& pair_of(const std::string& name) {
    static std::map<std::string, Pair> known;
    Pair& pair = known[name];
    if (pair.shared.empty()) {
        pair.octets = content_of(shared_folder() / "corpus/captures" / name);
        pair.shared = redacted({pair.octets});
    }
    return pair;
}

bool skipped() {
    if (!shared_folder().empty()) return false;
    std::cout << "skipped: there are no captures beside the repository\n";
    return true;
}

}  // namespace

TEST_CASE("nothing by which somebody could be told is left of a capture, however it be written") {
    if (skipped()) return;
    for (const std::string& name : captures()) {
        CAPTURE(name);
        const auto& [octets, shared] = pair_of(name);
        CHECK(listed(traces_of(originals_of(captured_of(octets)), shared)) == "");
    }
}

TEST_CASE("a redacted capture shows the same ladder, calls, outcomes, links, media and errors") {
    if (skipped()) return;
    for (const std::string& name : captures()) {
        CAPTURE(name);
        const auto& [octets, shared] = pair_of(name);
        CHECK(first_difference(ladder_of(captured_of(octets)), ladder_of(captured_of(shared))) == "");
    }
}

TEST_CASE("the findings about a capture are the findings about what is shared of it") {
    if (skipped()) return;
    std::size_t found = 0;
    for (const std::string& name : captures()) {
        CAPTURE(name);
        const auto& [octets, shared] = pair_of(name);
        const std::string before = findings_of(captured_of(octets));
        CHECK(first_difference(before, findings_of(captured_of(shared))) == "");
        found += static_cast<std::size_t>(std::ranges::count(before, '\n'));
    }
    CHECK(found > 20);
}

TEST_CASE("logs that others wrote give captures of as many messages, and name nobody") {
    if (skipped()) return;
    const evidence::Vocabulary words = corpus_vocabulary();
    std::size_t logs = 0, compared = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shared_folder() / "corpus/logs")) {
        if (!entry.is_regular_file() || entry.path().extension() == ".csv" || entry.path().extension() == ".md")
            continue;
        CAPTURE(entry.path().string());
        capture::Captured captured;
        captured.read_log(content_of(entry.path()), words);
        captured.arrange();
        if (captured.messages.empty()) continue;
        ++logs;
        const std::string shared = redacted(captured, {});
        CHECK(listed(traces_of(originals_of(captured), shared)) == "");
        const capture::Captured again = captured_of(shared);
        CHECK(again.messages.size() == captured.messages.size());
        CHECK(calls::group(again).stories.size() == calls::group(captured).stories.size());
        // What a log does not tell, times and addresses, the shared capture has made up; findings rest on them.
        const bool tells_all = std::ranges::all_of(captured.messages, [](const capture::Message& one) {
            return one.clock != capture::Clock::none && one.from.known() && one.to.known() && one.from.port != 0 &&
                   one.to.port != 0;
        });
        if (!tells_all) continue;
        ++compared;
        CHECK(first_difference(findings_of(captured), findings_of(again)) == "");
    }
    CHECK(logs > 30);
    CHECK(compared >= 8);
}

TEST_CASE("messages that torture parsers are blotted out where they cannot be read") {
    if (skipped()) return;
    for (const char* const folder : {"rfc4475", "rfc5118", "sofia-sip", "messages"}) {
        if (!std::filesystem::exists(shared_folder() / "corpus/torture" / folder)) continue;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(shared_folder() / "corpus/torture" / folder)) {
            if (!entry.is_regular_file()) continue;
            CAPTURE(entry.path().string());
            const std::string octets = content_of(entry.path());
            if (octets.size() > 60000) continue;
            const std::string file = pcap(at_intervals({udp("10.1.2.3:5060", "10.1.2.4:5060", octets, 1)}));
            CHECK(listed(traces_of(originals_of(captured_of(file)), redacted({file}))) == "");
            CHECK(first_difference(ladder_of(captured_of(file)), ladder_of(captured_of(redacted({file})))) == "");
        }
    }
}
