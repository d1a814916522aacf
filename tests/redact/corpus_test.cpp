// Captures and logs that others made: redacted they show the same, and nothing of the originals is left.
#include <doctest/doctest.h>

#include <iostream>

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
        const std::string octets = content_of(shared_folder() / "corpus/captures" / name);
        CHECK(listed(traces_of(originals_of(captured_of(octets)), redacted({octets}))) == "");
    }
}

TEST_CASE("a redacted capture shows the same ladder, calls, outcomes, links, media and errors") {
    if (skipped()) return;
    for (const std::string& name : captures()) {
        CAPTURE(name);
        const std::string octets = content_of(shared_folder() / "corpus/captures" / name);
        CHECK(first_difference(ladder_of(captured_of(octets)), ladder_of(captured_of(redacted({octets})))) == "");
    }
}
