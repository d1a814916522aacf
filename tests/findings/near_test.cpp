// Each rule at its edge: a capture of which it speaks, and one that differs in what makes it innocent. They stand in
// near/<family>.txt, so that whoever writes a rule writes both.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "calls/media_script.h"
#include "findings/judged.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

const std::string folder = SIPDEX_SOURCE_DIR "/tests/findings/";

struct Pair {
    std::string family, speaks, silent, difference;
    // "tests.cpp: title" of the case that holds both, for what no flow can say: several files, cut packets.
    std::string elsewhere;
};

std::string unindented(const std::string& line) {
    const std::size_t at = line.find_first_not_of(' ');
    return at == std::string::npos ? "" : line.substr(at);
}

void read_family(const std::filesystem::path& file, std::map<std::string, Pair>& pairs) {
    std::istringstream lines(content_of(file));
    Pair* pair = nullptr;
    std::string* block = nullptr;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line[0] == ' ') {
            REQUIRE(block);
            *block += unindented(line) + '\n';
        } else if (line == "speaks") {
            REQUIRE(pair);
            block = &pair->speaks;
        } else if (line.starts_with("silent ")) {
            REQUIRE(pair);
            block = &pair->silent;
            pair->difference = line.substr(7);
        } else if (line.starts_with("elsewhere ")) {
            REQUIRE(pair);
            pair->elsewhere = line.substr(10);
        } else {
            INFO(line);
            REQUIRE(!pairs.contains(line));
            pair = &pairs[line];
            pair->family = file.stem().string();
        }
    }
}

std::map<std::string, Pair> all_pairs() {
    std::map<std::string, Pair> pairs;
    for (const auto& entry : std::filesystem::directory_iterator(folder + "near")) read_family(entry.path(), pairs);
    return pairs;
}

// A script has its times before who sends.
std::string judged_lines(const std::string& lines) {
    std::istringstream words(lines);
    std::string first, second;
    words >> first >> second;
    if (first == "exchange") return judged_exchange(exchange_named(second));
    if (second == ">") return judged_flow(lines);
    const capture::Captured captured = scripted(lines);
    return judged(captured, calls::group(captured));
}

bool tells(const std::string& judged, const std::string& rule) {
    std::istringstream lines(judged);
    for (std::string severity, id, rest; lines >> severity >> id; std::getline(lines, rest))
        if (id == rule) return true;
    return false;
}

long lines_only_in(const std::string& text, const std::string& other) {
    std::istringstream lines(text);
    long count = 0;
    for (std::string line; std::getline(lines, line);)
        if (("\n" + other).find("\n" + line + "\n") == std::string::npos) ++count;
    return count;
}

}  // namespace

TEST_CASE("each rule speaks of its fault, and is silent where one thing is otherwise") {
    const std::map<std::string, Pair> pairs = all_pairs();
    for (const auto& entry : pairs) {
        const std::string& rule = entry.first;
        const Pair& pair = entry.second;
        INFO(rule);
        if (!pair.elsewhere.empty()) {
            const std::size_t colon = pair.elsewhere.find(": ");
            REQUIRE(colon != std::string::npos);
            const std::string test = content_of(folder + pair.elsewhere.substr(0, colon));
            CHECK(test.find("TEST_CASE(\"" + pair.elsewhere.substr(colon + 2) + "\")") != std::string::npos);
            CHECK(test.find(' ' + rule) != std::string::npos);
            continue;
        }
        const std::string spoken = judged_lines(pair.speaks), silent = judged_lines(pair.silent);
        INFO(spoken);
        INFO(silent);
        CHECK(tells(spoken, rule));
        CHECK(!tells(silent, rule));
        CHECK(pair.difference != "");
        // Else it would be silent for any reason.
        CHECK(lines_only_in(pair.silent, pair.speaks) <= 3);
    }
}

TEST_CASE("no rule is without its near miss") {
    const std::map<std::string, Pair> pairs = all_pairs();
    std::string lacking;
    for (const catalog::FindingRule& rule : rules())
        if (const auto pair = pairs.find(rule.id); pair == pairs.end() || pair->second.family != rule.family)
            lacking += rule.family + ": " + rule.id + '\n';
    CHECK(lacking == "");
    CHECK(pairs.size() == rules().size());
}
