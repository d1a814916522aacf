// Logs that others wrote and pasted, read in place beside the repository: every SIP message in them is found.
#include <doctest/doctest.h>

#include <iostream>
#include <map>
#include <sstream>

#include "evidence/evidence.h"
#include "support/text.h"

using namespace sipdex;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        else if (line[i] == ',' && !quoted) cells.emplace_back();
        else cells.back() += line[i];
    }
    return cells;
}

evidence::Vocabulary vocabulary() {
    evidence::Vocabulary words;
    std::istringstream fields(test::content_of(test::shared_folder() / "reference/headers.csv")),
        codes(test::content_of(test::shared_folder() / "reference/response-codes.csv"));
    std::string line;
    for (std::getline(fields, line); std::getline(fields, line);) words.add_field(cells_of(line)[0]);
    for (std::getline(codes, line); std::getline(codes, line);)
        words.add_phrase(std::stoi(cells_of(line)[0]), cells_of(line)[1]);
    return words;
}

std::string counted(const std::map<std::string, int>& counts) {
    std::string told;
    for (const auto& [what, many] : counts) told += (told.empty() ? "" : " ") + what + ":" + std::to_string(many);
    return told;
}

}  // namespace

TEST_CASE("every message in others' logs is found, by method and status") {
    if (test::shared_folder().empty()) {
        std::cout << "skipped: there are no logs beside the repository\n";
        return;
    }
    const evidence::Vocabulary words = vocabulary();
    // One line of a packet list for each message holds no message; such lines are mentions.
    const std::string not_messages = "logs/tools/tshark-summary.txt";
    const fs::path corpus = test::shared_folder() / "corpus";
    std::istringstream keys(test::content_of(corpus / "logs/LOGS.csv"));
    std::string line;
    std::getline(keys, line);
    int files = 0;
    while (std::getline(keys, line)) {
        const auto cells = cells_of(line);
        if (cells.size() < 6 || cells[3].find_first_not_of("0123456789") != std::string::npos ||
            cells[0] == not_messages)
            continue;
        std::map<std::string, int> methods, codes;
        for (const evidence::FoundMessage& one : evidence::read(test::content_of(corpus / cells[0]), words).messages) {
            if (!one.has_start_line) continue;
            if (one.message.is_request()) ++methods[one.message.method];
            else ++codes[std::to_string(one.message.status)];
        }
        ++files;
        CHECK_MESSAGE(counted(methods) == cells[4], cells[0]);
        CHECK_MESSAGE(counted(codes) == cells[5], cells[0]);
    }
    std::cout << "logs: " << files << " read\n";
    CHECK(files > 90);
}
