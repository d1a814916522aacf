// Messages that others wrote to break parsers, read in place beside the repository.
#include <doctest/doctest.h>

#include <filesystem>
#include <iostream>
#include <iterator>
#include <sstream>

#include "sip/faulty_messages.h"
#include "sip/message.h"
#include "sip/name_addr.h"
#include "sip/via.h"
#include "support/text.h"

using namespace sipdex::sip;
namespace fs = std::filesystem;

namespace {

// Files whose verdict is not ours, and why. What we find in them is said to be so.
struct Exception {
    const char* file;
    const char* found;
    const char* reason;
};
constexpr Exception exceptions[] = {
    {"torture/rfc5118/ipv6-correct-abnf-2-colons.lf.dat", "270: empty_line",
     "the archive's octets end without the empty line that RFC 3261 7 demands; the form with CRLF has it and is "
     "accepted"},
    {"torture/rfc5118/ipv6-in-sdp.lf.dat", R"(323: body_cut, Content-Length, "268", 242)",
     "a datagram that ends before its Content-Length is an error, which a request is answered 400 for (RFC 3261 18.3)"},
    {"torture/rfc5118/ipv6-in-sdp.wire.sip", R"(332: body_cut, Content-Length, "268", 251)", "the same"},
    {"torture/sofia-sip/test1.txt",
     "52: folding, \"  \"\n"
     "207: folding, \"\\x0D\\x0A \"\n"
     "626: parameter_value, m, \"0.33\\x0D\\x0A  (((nested comments) and (more)))\", q\n"
     "686: empty_line",
     "the first header field begins with white space, a name is folded, Contact has a comment as in RFC 2543 6.13: "
     "RFC 3261 25.1 knows none of it; the empty line is missing too"},
    {"torture/sofia-sip/test9.txt", "241: empty_line", "the empty line is missing (RFC 3261 7)"},
    {"torture/sofia-sip/test23.txt", R"(27: start_line_space, "  ")",
     "RFC 3261 7.1 allows single spaces only; RFC 4475 3.1.2.9 lets an element reject others or read on, and we do "
     "both"},
    {"torture/sofia-sip/test26.txt", "",
     "an unknown URI scheme is well-formed; RFC 4475 3.3.2 has it parsed and answered 416"},
    {"torture/sofia-sip/test41.txt", R"(29: version, "SIP/7.0")",
     "no version but 2.0 is in use; RFC 4475 3.1.2.16 wants the like rejected with 505"},
    {"torture/sofia-sip/test42.txt", R"(29: version, "SIP/7.0")", "the same"},
};

const Exception* exception_for(const std::string& file) {
    for (const Exception& each : exceptions)
        if (file == each.file) return &each;
    return nullptr;
}

// What is found in the messages of a stream, one after the other; a datagram holds only one (RFC 3261 18.3).
std::string found_in_stream(std::string_view octets) {
    std::string found;
    while (octets.find_first_not_of("\r\n") != std::string_view::npos) {
        found += sipdex::test::found_in(octets);
        octets.remove_prefix(parse(octets).consumed);
    }
    return found;
}

// One line of comma-separated values; quotes may enclose commas.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool in_quotes = false;
    for (const char c : line) {
        if (c == '"') in_quotes = !in_quotes;
        else if (c == ',' && !in_quotes) cells.emplace_back();
        else cells.back() += c;
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

TEST_CASE("torture messages get the verdict of those who wrote them, or there is a reason") {
    const fs::path corpus = sipdex::test::shared_folder() / "corpus";
    if (!fs::exists(corpus / "torture/VERDICTS.csv")) {
        std::cout << "skipped: there is no corpus of torture messages beside the repository\n";
        return;
    }
    int decided = 0, right = 0;
    std::istringstream verdicts(sipdex::test::content_of(corpus / "torture/VERDICTS.csv"));
    std::string line;
    std::getline(verdicts, line);
    while (std::getline(verdicts, line)) {
        const auto cells = cells_of(line);
        REQUIRE(cells.size() >= 8);
        const std::string &file = cells[0], &verdict = cells[5], &note = cells[7];
        const std::string octets = sipdex::test::content_of(corpus / file);
        const bool stream = note.find("read as a stream") != std::string::npos;
        const std::string found = stream ? found_in_stream(octets) : sipdex::test::found_in(octets);
        if (const Parsed parsed = parse(octets); parsed.message) CHECK_MESSAGE(lost_in(*parsed.message) == "", file);
        if (verdict != "accept" && verdict != "reject") continue;
        ++decided;
        const bool ours = found.empty() == (verdict == "accept");
        if (ours) ++right;
        const Exception* const exception = exception_for(file);
        if (exception) CHECK_MESSAGE(found == exception->found, file);
        else CHECK_MESSAGE(ours, file, " is to ", verdict, " (", note, "), found:\n", found);
        CHECK_MESSAGE(!(ours && exception), file, " needs no exception any more");
    }
    CHECK(decided - right == static_cast<int>(std::size(exceptions)));
    std::cout << "torture: " << right << " of " << decided << " right, " << decided - right
              << " not ours for a reason\n";
}

TEST_CASE("torture messages that must be accepted keep their mandatory header fields") {
    const fs::path corpus = sipdex::test::shared_folder() / "corpus";
    if (!fs::exists(corpus / "torture/VERDICTS.csv")) {
        std::cout << "skipped: there is no corpus of torture messages beside the repository\n";
        return;
    }
    std::istringstream verdicts(sipdex::test::content_of(corpus / "torture/VERDICTS.csv"));
    for (std::string line; std::getline(verdicts, line);) {
        const auto cells = cells_of(line);
        const std::string& file = cells[0];
        if (cells[5] != "accept") continue;
        const Parsed parsed = parse(sipdex::test::content_of(corpus / file));
        REQUIRE_MESSAGE(parsed.message, file);
        for (const char* name : mandatory)
            CHECK_MESSAGE(parsed.message->header(name), file << " lacks " << std::string(name));
        CHECK_MESSAGE(top_via(*parsed.message), file);
        CHECK_MESSAGE(address_in(*parsed.message, "From"), file);
        CHECK_MESSAGE(address_in(*parsed.message, "To"), file);
    }
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
        const std::string found = sipdex::test::found_in(octets);
        if (found.empty()) ++clean;
        if (!parsed.message) {
            CHECK_MESSAGE(!found.empty(), entry.path().string());
            continue;
        }
        ++messages;
        CHECK_MESSAGE(lost_in(*parsed.message) == "", entry.path().string());
    }
    std::cout << "torture: " << messages << " of " << files << " files hold a message, " << clean
              << " without problems\n";
}
