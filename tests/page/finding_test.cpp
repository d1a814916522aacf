// The page of one finding, over everything that the exchanges of the real catalog give to find.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "page/articles.h"
#include "page/explained.h"
#include "page/finding_list.h"
#include "page/forms.h"
#include "paint/sheet.h"
#include "paint/text.h"
#include "recording/pcap.h"
#include "support/text.h"

using namespace sipdex;
using document::Document;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

// The exchanges, each a capture, read as one file after the other.
page::Brought brought_of(const page::Reader& reader, const test::TemporaryFolder& folder,
                         const std::vector<std::string>& exchanges) {
    std::vector<page::HandedIn> files;
    for (const std::string& id : exchanges)
        files.emplace_back(
            folder.write(id + ".pcap", recording::pcap_of(page::replay(reader, id)->recording)).string());
    return page::bring(page::means_of(reader), files);
}

const document::Ladder* ladder_in(const Document& page) {
    for (const document::Section& section : page.sections)
        for (const document::Block& block : section.blocks)
            if (const auto* ladder = std::get_if<document::Ladder>(&block)) return ladder;
    return nullptr;
}

std::string text_of(const Document& page) {
    paint::Options options;
    options.columns = 100;
    return paint::text(page, options);
}

int pages_on(const Document& page, paint::Paper paper) {
    paint::Options options;
    options.paper = paper;
    options.most_pages = page::most_pages(page, page::Form::full);
    return paint::Sheet(page, options, paint::Sheet::Flow::pages).pages();
}

bool tells_a_finding(const document::Section& section) {
    return section.id.starts_with("finding-") || section.id.starts_with("remark-");
}

}  // namespace

TEST_CASE("every finding of every exchange is one page, on which its ladder marks what proves it and nothing else") {
    std::size_t pages = 0;
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const catalog::Exchange& exchange : real().exchanges()) {
            const std::string& id = exchange.id;
            if (id == "common") continue;
            const test::TemporaryFolder folder;
            const page::Brought brought = brought_of(reader, folder, {id});
            const auto groups = page::grouped(brought);
            REQUIRE(groups.size() == page::findings_in(brought));
            for (std::size_t number = 1; number <= groups.size(); ++number) {
                const findings::Finding& finding = *groups[number - 1].proofs.front();
                INFO(std::string(tag) << " " << id << " " << finding.rule->id);
                const auto page = page::finding_page(reader, brought, number);
                REQUIRE(page);
                CHECK(pages_on(*page, paint::Paper::a4) == 1);
                const document::Ladder* ladder = ladder_in(*page);
                REQUIRE(ladder);
                std::set<std::size_t> proving;
                for (const document::Rung& rung : ladder->rungs)
                    if (rung.proves) proving.insert(rung.number - 1);
                if (finding.evidence.size() <= 8)
                    CHECK(std::vector(proving.begin(), proving.end()) == finding.evidence);
                CHECK(!proving.empty());
                CHECK(ladder->rungs.size() <= 14);
                ++pages;
            }
        }
    }
    MESSAGE(pages << " findings");
    CHECK(pages > 100);
}

TEST_CASE("the page of a finding names the file, the call, how grave it is, whose turn it is and the rule") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const test::TemporaryFolder folder;
    const page::Brought brought = brought_of(reader, folder, {"486-busy", "200-ack-lost"});
    const std::string text = text_of(*page::finding_page(reader, brought, 1));
    INFO(text);
    for (const char* part :
         {"The ACK does not arrive", "200-ack-lost.pcap", "2. Call: ", "Fault", "Engineer", "RFC 3261 §13.3.1.4",
          "Compare the Contact and Record-Route", "threshold: repeats 2", "Gives way to", "proves the finding", "◆ ✓"})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part);
    CHECK(text.find("486-busy.pcap") == std::string::npos);
    CHECK_FALSE(page::finding_page(reader, brought, 0));
    CHECK_FALSE(page::finding_page(reader, brought, page::findings_in(brought) + 1));
}

TEST_CASE(
    "a finding keeps its number where only one call is looked at, and every number of the page opens its own page") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const test::TemporaryFolder folder;
    const page::Brought brought = brought_of(reader, folder, {"200-ack-lost", "401-register", "503-next-server"});
    std::set<std::string> titles;
    for (const document::Section& section : page::explained(reader, brought).sections)
        if (tells_a_finding(section)) titles.insert(section.title);
    REQUIRE(titles.size() == page::findings_in(brought));
    for (std::size_t story = 0; story < brought.calls.stories.size(); ++story)
        for (const document::Section& section : page::explained(reader, brought, {{story}}).sections) {
            if (!tells_a_finding(section)) continue;
            CHECK_MESSAGE(titles.contains(section.title), section.title);
            const std::size_t number = std::stoul(section.title);
            CHECK(section.title.ends_with(": " + page::finding_page(reader, brought, number)->title));
        }
}

TEST_CASE("of a finding with very many messages the first and the last ones are drawn, and the gaps are told") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const test::TemporaryFolder folder;
    std::string log;
    for (int i = 0; i < 40; ++i) {
        const std::string second = (i < 10 ? "0" : "") + std::to_string(i),
                          fields = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + second +
                                   "\nFrom: <sip:a@example.com>;tag=a\nTo: <sip:a@example.com>\nCall-ID: one\nCSeq: " +
                                   std::to_string(i + 1) + " REGISTER\nContent-Length: 0\n";
        log += "U 2026/03/02 10:00:" + second + ".000000 192.0.2.1:5060 -> 192.0.2.2:5060\nREGISTER sip:example.com " +
               "SIP/2.0\n" + fields + "\n";
        log += "U 2026/03/02 10:00:" + second + ".010000 192.0.2.2:5060 -> 192.0.2.1:5060\nSIP/2.0 401 Unauthorized\n" +
               fields + "WWW-Authenticate: Digest realm=\"example.com\",nonce=\"n" + second + "\"\n\n";
    }
    const page::Brought brought = page::bring(page::means_of(reader), {folder.write("storm.txt", log).string()});
    std::size_t checked = 0;
    for (std::size_t number = 1; number <= page::findings_in(brought); ++number) {
        const findings::Finding& finding = *page::grouped(brought)[number - 1].proofs.front();
        if (finding.evidence.size() <= 8) continue;
        const auto page = page::finding_page(reader, brought, number);
        const document::Ladder* ladder = ladder_in(*page);
        REQUIRE(ladder);
        CHECK(ladder->rungs.size() <= 14);
        const auto numbered = [&](std::size_t place) {
            return std::ranges::any_of(ladder->rungs,
                                       [&](const document::Rung& rung) { return rung.number == place + 1; });
        };
        CHECK(numbered(finding.evidence.front()));
        CHECK(numbered(finding.evidence.back()));
        CHECK(text_of(*page).find("messages left out") != std::string::npos);
        CHECK(pages_on(*page, paint::Paper::a4) == 1);
        ++checked;
    }
    CHECK(checked > 0);
}
