// Phrases that products really send, as others wrote them down: who sends them, and which code they lead to.
//
// ../shared/reference/vendor-phrases.csv is read in place. Its rows name what people see, not always what stands on the
// wire; a row becomes the paste that somebody with that trace would make, or is left aside for one of three reasons.
#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <regex>
#include <sstream>

#include "page/lookup.h"
#include "support/small_catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[++i];
        else if (line[i] == '"') quoted = !quoted;
        else if (line[i] == ',' && !quoted) cells.emplace_back();
        else cells.back() += line[i];
    }
    return cells;
}

std::string letters_of(std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isalnum(c) == 0; });
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool is_code(const std::string& text) {
    return text.size() == 3 && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Why a row says nothing that a paste could show; empty for one that does.
std::string left_aside(const std::string& code, const std::string& phrase, const std::string& registered) {
    if (phrase.starts_with("(") || phrase.empty()) return "no words on the wire";
    if (letters_of(phrase) == letters_of(registered)) return "the registered phrase, which everybody sends";
    if (letters_of(phrase).starts_with(letters_of(registered)) &&
        std::regex_search(phrase, std::regex(" (on ring timeout|on INVITE though|at once|to OPTIONS)")))
        return "the registered phrase, which everybody sends";
    if (!is_code(code) && !phrase.starts_with("Reason:") && !phrase.starts_with("ms-diagnostics") && code != "any" &&
        code != "console" && code != "4xx" && code != "0x403")
        return "no words on the wire";
    return {};
}

// What somebody with this in a trace or a log would paste.
std::string pasted_of(const std::string& code, std::string phrase) {
    static const std::regex retry(R"( \(Retry-After: (\d+)\))"), log("^(?:[A-Za-z]+, )?log: (.*)$"), guid("GUID");
    std::string headers;
    std::smatch found;
    phrase = std::regex_replace(phrase, guid, "6f1c2b9e-1a2b-4c3d-8e9f-001122334455");
    if (std::regex_search(phrase, found, retry)) {
        headers = "Retry-After: " + found[1].str() + "\r\n";
        phrase = std::regex_replace(phrase, retry, "");
    }
    if (std::regex_match(phrase, found, log)) return found[1].str().substr(0, found[1].str().find(" / ")) + "\n";
    if (phrase.starts_with("Network Blocked, Reason: "))
        return "SIP/2.0 603 Network Blocked\r\nCSeq: 1 INVITE\r\n" + phrase.substr(17) + "\r\n\r\n";
    if (phrase.starts_with("Reason: ")) {
        phrase = std::regex_replace(phrase, std::regex("cause=N"), "cause=16");
        phrase = std::regex_replace(phrase, std::regex("\"NAME\""), "\"NORMAL_CLEARING\"");
        phrase = std::regex_replace(phrase, std::regex(R"( \(no text\))"), "");
        phrase = std::regex_replace(phrase, std::regex(R"(cause=\.\.\.)"), "cause=16");
        if (is_code(code)) return "SIP/2.0 " + code + "\r\nCSeq: 1 INVITE\r\n" + phrase + "\r\n\r\n";
        return (code == "CANCEL" ? "CANCEL" : "BYE") + std::string(" sip:a@192.0.2.1 SIP/2.0\r\nCSeq: 2 BYE\r\n") +
               phrase + "\r\n\r\n";
    }
    phrase = std::regex_replace(phrase.substr(0, phrase.find(" / ")), std::regex("Illegal N\\."), "Illegal 14.");
    if (std::regex_match(phrase, std::regex("\\d{4,6}")))
        return "Microsoft response code: " + phrase + ", final SIP code " + code + "\n";
    if (phrase.starts_with("Microsoft response code")) return "Microsoft response code 560486\n";
    if (code == "console") return "Error " + phrase + "\n";
    if (code == "0x403") return phrase + "\n";
    if (std::regex_search(phrase, std::regex("^[A-Za-z-]+(-[A-Za-z]+)+: ")) || phrase.starts_with("Warning: "))
        return "SIP/2.0 " + (is_code(code) ? code : std::string("403")) + "\r\nCSeq: 1 INVITE\r\n" +
               std::regex_replace(phrase, std::regex("Warning: (\\.\\.\\. )?\""), "Warning: 399 as.example \"") +
               "\r\n\r\n";
    return "SIP/2.0 " + (is_code(code) ? code : std::string("480")) + " " + phrase + "\r\nCSeq: 1 INVITE\r\n" +
           headers + "\r\n";
}

bool names(const std::string& producer, const page::Speaking& speaker) {
    const std::string wanted = letters_of(producer), name = letters_of(speaker.name), id = letters_of(speaker.id);
    if (wanted.find(name) != std::string::npos || name.find(wanted) != std::string::npos ||
        wanted.find(id) != std::string::npos)
        return true;
    std::istringstream words(speaker.name);
    for (std::string word; words >> word;)
        if (letters_of(word).size() > 4 && wanted.find(letters_of(word)) != std::string::npos) return true;
    return false;
}

struct Row {
    std::string code, phrase, producer, registered;
};

std::vector<Row> rows() {
    std::vector<Row> all;
    std::istringstream lines(test::content_of(test::shared_folder() / "reference/vendor-phrases.csv"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const auto cells = cells_of(line);
        if (cells.size() < 4) continue;
        const auto response = real().response(cells[0]);
        all.push_back({cells[0], cells[1], cells[2], response ? response->phrase : std::string()});
    }
    return all;
}

}  // namespace

TEST_CASE("who sends a phrase is recognised, of what products really send") {
    if (test::shared_folder().empty()) {
        std::cout << "skipped: there is no table of vendors' phrases beside the repository\n";
        return;
    }
    const language::Words words("en");
    const page::Reader reader{real(), words};
    std::map<std::string, int> aside;
    int tried = 0, right = 0;
    std::string missed;
    for (const Row& row : rows()) {
        if (const std::string why = left_aside(row.code, row.phrase, row.registered); !why.empty()) {
            ++aside[why];
            continue;
        }
        ++tried;
        const std::string text = pasted_of(row.code, row.phrase);
        const auto found = page::read_pasted(reader, text);
        bool known = found && found->who.speaker && names(row.producer, *found->who.speaker);
        if (found)
            for (const page::Speaking& other : found->who.others) known = known || names(row.producer, other);
        if (known) ++right;
        else
            missed += "  " + row.code + " " + row.phrase + " (" + row.producer +
                      "): " + (found && found->who.speaker ? found->who.speaker->name : "nobody") + "\n";
    }
    std::cout << "vendors' phrases: producer recognised in " << right << " of " << tried << "\n" << missed;
    for (const auto& [why, many] : aside) std::cout << "  left aside: " << many << ", " << why << "\n";
    CHECK(right * 100 >= tried * 95);
}

TEST_CASE("a phrase that products really send leads to the code that they send it with") {
    if (test::shared_folder().empty()) {
        std::cout << "skipped: there is no table of vendors' phrases beside the repository\n";
        return;
    }
    const language::Words words("en");
    const page::Reader reader{real(), words};
    int tried = 0, right = 0;
    std::string missed;
    for (const Row& row : rows()) {
        if (!is_code(row.code) || row.phrase.starts_with("(")) continue;
        ++tried;
        const page::Found found = page::look_up(reader, row.phrase);
        std::string first = found.pasted ? found.pasted->response : found.hits.empty() ? "" : found.hits.front().id;
        if (first.starts_with(row.code)) ++right;
        else missed += "  " + row.code + " " + row.phrase + ": " + first + "\n";
    }
    std::cout << "vendors' phrases: right code first in search in " << right << " of " << tried << "\n" << missed;
    CHECK(right * 100 >= tried * 95);
}

TEST_CASE("of phrases kept here, one of each producer, all are recognised and lead to their code") {
    struct Kept {
        const char *paste, *speaker, *code;
    };
    const Kept kept[] = {
        {"SIP/2.0 477 Unfortunately error on sending to next hop occurred (477/TM)", "Kamailio", "477"},
        {"SIP/2.0 477 Send failed (477/TM)", "OpenSIPS", "477"},
        {"SIP/2.0 503 Maximum Calls In Progress", "FreeSWITCH", "503"},
        {"SIP/2.0 486 User Busy D4", "Telnyx", "486"},
        {"SIP/2.0 403 No International Permission", "Twilio", "403"},
        {"SIP/2.0 404 Number Not Provisioned", "jambonz", "404"},
        {"SIP/2.0 403 Domain forbidden", "Flexisip", "403"},
        {"Microsoft response code 560403", "Microsoft Teams Direct Routing", "403"},
        {"-- SIP/trunk-1 is circuit-busy", "Asterisk", "503"},
    };
    const language::Words words("en");
    for (const Kept& one : kept) {
        CAPTURE(one.paste);
        const auto found = page::read_pasted({real(), words}, one.paste);
        REQUIRE(found);
        REQUIRE(found->who.speaker);
        CHECK(found->who.speaker->name == one.speaker);
        CHECK(found->response == one.code);
    }
}

namespace {

// A text that fits a pattern: "*" any text, "#" a digit, "@" a capital letter.
std::string fitting(std::string pattern) {
    for (char& c : pattern) c = c == '*' ? 'x' : c == '#' ? '7' : c == '@' ? 'Q' : c;
    return pattern;
}

// What somebody would paste who has seen this; empty for what stands in no message.
std::string pasted_of(const catalog::Speaker::Phrase& phrase) {
    const std::string text = fitting(phrase.text),
                      code = phrase.codes.empty() ? "480" : phrase.codes.front().substr(0, 3);
    const std::string end = "\r\nCSeq: 1 " + (phrase.method.empty() ? "INVITE" : phrase.method) + "\r\n";
    if (phrase.in == "phrase") return "SIP/2.0 " + code + " " + text + end + "\r\n";
    if (phrase.in == "field") return "SIP/2.0 " + code + " Any" + end + phrase.name + ": " + text + "\r\n\r\n";
    if (phrase.in == "reason-text")
        return "SIP/2.0 " + code + " Any" + end +
               "Reason: Q.850;cause=" + std::to_string(phrase.cause > 0 ? phrase.cause : 16) + ";text=\"" + text +
               "\"\r\n\r\n";
    if (phrase.in == "warning-text")
        return "SIP/2.0 " + code + " Any" + end + "Warning: 399 as.example \"" + text + "\"\r\n\r\n";
    if (phrase.in == "server") return "SIP/2.0 " + code + " Any" + end + "Server: " + text + "\r\n\r\n";
    return text + "\n";
}

}  // namespace

TEST_CASE("whatever a speaker of the catalog says is understood as recorded") {
    const language::Words words("en");
    std::string all;
    for (const catalog::Speaker& speaker : real().speakers())
        for (const auto& phrase : speaker.phrases) {
            const auto found = page::read_pasted({real(), words}, pasted_of(phrase));
            all += speaker.id + " " + phrase.id + ": ";
            if (!found) all += "not read\n";
            else
                all += (found->response.empty() ? "no page" : found->response) + ", " +
                       (found->who.speaker ? found->who.speaker->id + " " + found->who.speaker->certainty : "nobody") +
                       ", " + (found->who.situation.empty() ? "no situation" : found->who.situation) + "\n";
        }
    CHECK(test::difference_from_expected("page/speakers.txt", all) == "");
}
