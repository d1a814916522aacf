#include <doctest/doctest.h>

#include "document/markup.h"
#include "paint/documents.h"
#include "paint/html.h"

using namespace sipdex;
using namespace sipdex::paint;

namespace {

std::string address(const document::Target& target) {
    const auto* response = std::get_if<document::ToResponse>(&target);
    return response ? "../" + response->id + "/" : std::string();
}

}  // namespace

TEST_CASE("inside a page of others, links lead where they are told to, and RFCs where they are") {
    const document::Document page;
    const Options options;
    const HtmlInside inside{page, options, address};
    CHECK(html_text(test::marked_up("see [603] and RFC 3261 §21.6.2"), inside) ==
          "see <a href=\"../603/\"><bdi>603</bdi></a> and "
          "<a href=\"https://www.rfc-editor.org/rfc/rfc3261#section-21.6.2\"><bdi>RFC\u00a03261 §21.6.2</bdi></a>");
    CHECK(html_text(document::link("dialog", document::ToTerm{"dialog"}), inside) == "<bdi>dialog</bdi>");
}

TEST_CASE("an address is text, too") {
    const document::Document page;
    const Options options;
    const HtmlInside inside{page, options, [](const auto&) { return std::string("\"><script>"); }};
    CHECK(html_text(document::link("607", document::ToResponse{"607"}), inside) ==
          "<a href=\"&quot;&gt;&lt;script&gt;\"><bdi>607</bdi></a>");
}

TEST_CASE("each rung of a ladder that can be stepped through leads to its message and says what it is") {
    document::Ladder ladder;
    ladder.parties = {{"Alice", "caller", ""}, {"Bob", "phone", ""}};
    ladder.rungs.resize(2);
    ladder.rungs[0].to = ladder.rungs[1].from = 1;
    ladder.rungs[0].label = "INVITE";
    ladder.rungs[1].label = "486 Busy Here";
    ladder.rungs[1].status = 486;
    const document::Document page;
    const Options options;
    const std::string stepped = html_blocks({ladder}, {page, options, address, "step-", "Ladder"});
    CHECK(stepped.find("href=\"#step-1\" data-step=\"1\" aria-label=\"1. Alice → Bob: INVITE\"") != std::string::npos);
    CHECK(stepped.find("href=\"#step-2\" data-step=\"2\" aria-label=\"2. Bob → Alice: 486 Busy Here\"") !=
          std::string::npos);
    CHECK(stepped.find("aria-label=\"Ladder\"") != std::string::npos);
    CHECK(stepped.find(">caller</text>") != std::string::npos);
    CHECK(html_blocks({ladder}, {page, options, address}).find("<a ") == std::string::npos);
}

TEST_CASE("what a verdict says in words has its sign beside it") {
    document::FactTable table;
    table.rows.push_back(
        {document::plain("Try again?"), {document::plain("No")}, false, {document::FactTable::Verdict::no}});
    const document::Document page;
    const Options options;
    CHECK(html_blocks({table}, {page, options, address}).find("aria-hidden=\"true\">✕</span> No</td>") !=
          std::string::npos);
}
