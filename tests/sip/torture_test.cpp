// Messages that others wrote to break parsers, read in place beside the repository.
#include <doctest/doctest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>

#include "sip/message.h"
#include "sip/name_addr.h"
#include "sip/via.h"
#include "support/text.h"

using namespace sipdex::sip;
namespace fs = std::filesystem;

namespace {

// One line of comma-separated values; quotes may enclose commas.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool in_quotes = false;
    for (const char c : line) {
        if (c == '"')
            in_quotes = !in_quotes;
        else if (c == ',' && !in_quotes)
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return cells;
}

const char* const mandatory[] = {"Via", "From", "To", "Call-ID", "CSeq"};

// What of the start line and the mandatory fields a second reading of the written message does not find again.
std::string lost_in(const Message& message) {
    const Parsed again = parse(octets_of(message));
    if (!again.message) return "start line";
    if (label_of(*again.message) != label_of(message) || again.message->request_uri != message.request_uri)
        return "start line";
    if (again.message->body != message.body) return "body";
    for (const char* name : mandatory)
        if (again.message->headers(name) != message.headers(name)) return name;
    return {};
}

}  // namespace

TEST_CASE("torture messages that must be accepted keep their start line and mandatory header fields") {
    const fs::path corpus = sipdex::test::shared_folder() / "corpus";
    if (!fs::exists(corpus / "torture/VERDICTS.csv")) {
        std::cout << "skipped: there is no corpus of torture messages beside the repository\n";
        return;
    }
    std::map<std::string, int> count, without_problems;
    std::istringstream verdicts(sipdex::test::content_of(corpus / "torture/VERDICTS.csv"));
    std::string line, silent;
    std::getline(verdicts, line);
    while (std::getline(verdicts, line)) {
        const auto cells = cells_of(line);
        REQUIRE(cells.size() >= 6);
        const std::string &file = cells[0], &verdict = cells[5];
        const Parsed parsed = parse(sipdex::test::content_of(corpus / file));
        ++count[verdict];
        if (parsed.problems.empty()) ++without_problems[verdict];
        if (verdict == "reject" && parsed.problems.empty()) silent += " " + file;
        if (parsed.message) CHECK_MESSAGE(lost_in(*parsed.message) == "", file);
        if (verdict != "accept") continue;
        REQUIRE_MESSAGE(parsed.message, file);
        for (const char* name : mandatory)
            CHECK_MESSAGE(parsed.message->header(name), file << " lacks " << std::string(name));
        CHECK_MESSAGE(top_via(*parsed.message), file);
        CHECK_MESSAGE(address_in(*parsed.message, "From"), file);
        CHECK_MESSAGE(address_in(*parsed.message, "To"), file);
        if (!parsed.problems.empty())
            std::cout << "torture: " << file << ": " << parsed.problems.front().sentence << "\n";
    }
    for (const auto& [verdict, files] : count)
        std::cout << "torture: " << files << " messages to " << verdict << ", " << without_problems[verdict]
                  << " read without problems\n";
    if (!silent.empty()) std::cout << "torture: to reject, but nothing found:" << silent << "\n";
}

TEST_CASE("single messages and fuzz seeds of others are read without harm") {
    const fs::path torture = sipdex::test::shared_folder() / "corpus/torture";
    if (!fs::exists(torture)) {
        std::cout << "skipped: there is no corpus of torture messages beside the repository\n";
        return;
    }
    int files = 0, messages = 0, clean = 0;
    for (const auto& entry : fs::recursive_directory_iterator(torture)) {
        if (!entry.is_regular_file() || entry.path().extension() == ".csv") continue;
        const std::string octets = sipdex::test::content_of(entry.path());
        const Parsed parsed = parse(octets);
        ++files;
        CHECK(parsed.consumed <= octets.size());
        if (!parsed.message) {
            CHECK_MESSAGE(!parsed.problems.empty(), entry.path().string());
            continue;
        }
        ++messages;
        if (parsed.problems.empty()) ++clean;
        CHECK_MESSAGE(lost_in(*parsed.message) == "", entry.path().string());
    }
    std::cout << "torture: " << messages << " of " << files << " files hold a message, " << clean
              << " without problems\n";
}
