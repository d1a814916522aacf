// What the reader's own desk says, on pages, in what was pasted and in search.
#include "page/desk.h"

#include <doctest/doctest.h>

#include "page/lookup.h"
#include "page/pages.h"
#include "paint/text.h"
#include "user/desk.h"

using namespace sipdex;
using user::Note;
using user::Profile;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

// A desk on 7 July 2026 at noon, UTC.
struct Desk : user::Desk {
    Desk() : user::Desk([] { return std::int64_t(1783425600000); }) {}
};

const document::Section* section_of(const document::Document& page, const std::string& id) {
    for (const document::Section& section : page.sections)
        if (section.id == id) return &section;
    return nullptr;
}

// The section "desk-notes", one line for each block or item.
std::string notes_of(const document::Document& page) {
    const document::Section* section = section_of(page, "desk-notes");
    if (!section) return "none";
    std::string told = section->title + "\n";
    for (const document::Block& block : section->blocks)
        if (const auto* list = std::get_if<document::List>(&block)) {
            for (const document::Item& item : list->items)
                told += document::words_of(item.label) + ": " + document::words_of(item.text) + "\n";
        } else told += document::words_of(std::get<document::Paragraph>(block).text) + "\n";
    return told;
}

std::string glance_of(const document::Document& page) {
    std::string told;
    for (const auto& row : std::get<document::FactTable>(section_of(page, "at-a-glance")->blocks.front()).rows)
        told += document::words_of(row.label) + ": " + document::words_of(row.cells.front()) + "\n";
    return told;
}

std::string pasted_of(const document::Document& page) {
    std::string told;
    for (const document::Item& item : std::get<document::List>(section_of(page, "pasted")->blocks.front()).items)
        told += document::words_of(item.text) + "\n";
    return told;
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

Profile carrier() {
    return {"Carrier X",
            "telnyx",
            std::vector<int>{480, 503},
            {{"Account Suspended*", "the bill is unpaid", 403}},
            {{21, 403}}};
}

}  // namespace

TEST_CASE(
    "notes stand on a response's page behind the glance, with author and date, and say that they have no source") {
    Desk desk;
    desk.add(Note{"403", "", "our 403 means unpaid"}, "Ana");
    desk.add(Note{"486", "", "not for 403"});
    const language::Words english("en"), french("fr");
    const document::Document page = page::response({real(), english, &desk.kept()}, "403");
    CHECK(notes_of(page) ==
          "Notes of your desk\nWritten at your desk; no source of Sipdex stands behind it.\nAna, 7 July 2026: our 403 "
          "means unpaid\n");
    REQUIRE(page.sections.size() > 2);
    CHECK(page.sections[0].id == "at-a-glance");
    CHECK(page.sections[1].id == "desk-notes");
    CHECK(says(notes_of(page::response({real(), french, &desk.kept()}, "403")),
               "Notes de votre service\nRédigé par votre service, sans source citée par Sipdex.\nAna, 7 juillet 2026"));
    CHECK(notes_of(page::response({real(), english, &desk.kept()}, "404")) == "none");
    CHECK(notes_of(page::response({real(), english}, "403")) == "none");
}

TEST_CASE("what stands in a note is text, never markup, and a deleted note is gone") {
    Desk desk;
    const std::string id = desk.add(Note{"403", "", "see [607] and `Via`\nand {this}"});
    const language::Words words("en");
    const page::Reader reader{real(), words, &desk.kept()};
    CHECK(says(notes_of(page::response(reader, "403")), "7 July 2026: see [607] and `Via` and {this}\n"));
    desk.remove(id);
    CHECK(notes_of(page::response(reader, "403")) == "none");
}

TEST_CASE("a comparison shows the notes on the pair and on each code") {
    Desk desk;
    desk.add(Note{"300 607", "", "both are ours"});
    desk.add(Note{"607", "", "spam filter"}, "Bob");
    const language::Words words("en");
    const std::string told = notes_of(page::comparison({real(), words, &desk.kept()}, {"607", "300"}));
    CHECK(says(told, "300 and 607 · 7 July 2026: both are ours\n607 · Bob, 7 July 2026: spam filter\n"));
}

TEST_CASE("a pasted message shows notes on its code and on its phrase, Reason or Warning") {
    Desk desk;
    desk.add(Note{"403", "", "ask accounting"});
    desk.add(Note{"", "account susp*", "unpaid"}, "Ana");
    desk.add(Note{"", "Other Phrase", "not here"});
    const language::Words words("en");
    const page::Reader reader{real(), words, &desk.kept()};
    const std::string notes = "7 July 2026: ask accounting\n“account susp*” · Ana, 7 July 2026: unpaid\n";
    CHECK(says(notes_of(page::read_pasted(reader, "SIP/2.0 403 Account Suspended\nCSeq: 1 INVITE\n")->page), notes));
    CHECK(says(notes_of(page::read_pasted(reader,
                                          "SIP/2.0 403 Forbidden\nCSeq: 1 INVITE\nReason: "
                                          "Q.850;cause=21;text=\"Account suspended\"\n")
                            ->page),
               notes));
    CHECK_FALSE(says(notes_of(page::read_pasted(reader, "SIP/2.0 403 Forbidden\n")->page), "unpaid"));
}

TEST_CASE("a profile that fits changes the verdict, and says so") {
    Desk desk;
    desk.add(carrier());
    const language::Words english("en"), french("fr");
    const page::Reader reader{real(), english, &desk.kept()};
    SUBCASE("by a private phrase") {
        const auto found = page::read_pasted(reader, "SIP/2.0 403 Account Suspended (17)\nCSeq: 1 INVITE\n");
        REQUIRE(found);
        CHECK(says(glance_of(found->page), "What is behind it: the bill is unpaid (by your profile “Carrier X”)\n"));
        CHECK(says(glance_of(found->page), "Next route?: No, by your profile “Carrier X”\n"));
        CHECK(says(pasted_of(found->page),
                   "By your profile “Carrier X”, “Account Suspended (17)” means: the bill is unpaid\n"));
        REQUIRE(found->who.speaker);
        CHECK(found->who.speaker->id == "telnyx");
        const auto told = page::read_pasted({real(), french, &desk.kept()}, "SIP/2.0 403 Account Suspended (17)\n");
        CHECK(says(glance_of(told->page), "Route suivante\u202f?: Non, selon votre profil «\u00a0Carrier X\u00a0»"));
    }
    SUBCASE("by its speaker") {
        const auto found = page::read_pasted(reader, "SIP/2.0 480 Temporarily Unavailable D17\nCSeq: 1 INVITE\n");
        REQUIRE(found);
        REQUIRE(found->who.speaker);
        REQUIRE(found->who.speaker->id == "telnyx");
        CHECK(says(glance_of(found->page), "Next route?: Yes, by your profile “Carrier X”\n"));
        CHECK_FALSE(says(glance_of(found->page), "unpaid"));
    }
    SUBCASE("by a phrase of its own, whatever product says it; by a registered one only where nobody else speaks") {
        const std::string server = "CSeq: 1 INVITE\nServer: kamailio (5.7.4 (x86_64/linux))\n";
        const auto own = page::read_pasted(reader, "SIP/2.0 403 Account Suspended (17)\n" + server);
        CHECK(says(glance_of(own->page), "What is behind it: the bill is unpaid (by your profile “Carrier X”)\n"));
        CHECK(own->who.speaker->id == "kamailio");
        Desk other;
        Profile usual = carrier();
        usual.phrases = {{"Forbidden", "no credit", 403}};
        other.add(usual);
        const page::Reader another{real(), english, &other.kept()};
        CHECK_FALSE(says(glance_of(page::read_pasted(another, "SIP/2.0 403 Forbidden\n" + server)->page), "credit"));
        CHECK(says(glance_of(page::read_pasted(another, "SIP/2.0 403 Forbidden\nCSeq: 1 INVITE\n")->page), "credit"));
    }
    SUBCASE("not where another one speaks, or nobody is known") {
        for (const char* text : {"SIP/2.0 503 Service Unavailable\nCSeq: 1 INVITE\nRetry-After: 30\n",
                                 "SIP/2.0 403 Account Blocked\nCSeq: 1 INVITE\n"}) {
            CAPTURE(text);
            CHECK_FALSE(says(glance_of(page::read_pasted(reader, text)->page), "profile"));
        }
    }
    SUBCASE("its cause map decides where there is no status line") {
        Desk other;
        Profile own = carrier();
        own.from_q850 = {{21, 480}};
        own.phrases = {{"CARRIERX*", "its text", 0}};
        other.add(own);
        const auto found = page::read_pasted({real(), english, &other.kept()},
                                             "Reason: Q.850;cause=21;text=\"CARRIERX_REFUSED\"\nCSeq: 1 INVITE\n");
        REQUIRE(found);
        CHECK(found->response == "480");
        CHECK(says(pasted_of(found->page), "By your profile “Carrier X”, cause 21 becomes 480.\n"));
    }
}

TEST_CASE("a profile has a page, and stands on the page of the speaker that it is built on") {
    Desk desk;
    const std::string id = desk.add(carrier(), "Ana");
    const language::Words words("en");
    const page::Reader reader{real(), words, &desk.kept()};
    const document::Document page = page::term(reader, "profile/" + id);
    CHECK(page.title == "Carrier X");
    CHECK(glance_of(page) == "Kind: Your profile\nBuilt on: Telnyx\nLast changed: Ana, 7 July 2026\n");
    for (const char* section : {"phrases", "mapping", "failover"}) CHECK_MESSAGE(section_of(page, section), section);
    CHECK(section_of(page::term(reader, "speaker/telnyx"), "desk-profiles"));
    CHECK_FALSE(section_of(page::term(reader, "speaker/asterisk"), "desk-profiles"));
    CHECK(page::term(reader, "profile/none").kind == document::Document::Kind::notice);
}

TEST_CASE("search finds notes and profiles by their words, behind what is meant exactly and before all else") {
    Desk desk;
    desk.add(Note{"403", "", "our 403 means unpaid: Buchhaltung fragen"}, "Ana");
    desk.add(Note{"", "Account Suspended", "the same"});
    desk.add(carrier());
    const language::Words words("en");
    const page::Reader reader{real(), words, &desk.kept()};
    const auto found = [&](const char* typed) {
        std::string told;
        for (const page::OwnHit& hit : page::look_up(reader, typed).own)
            told += hit.kind + " " + hit.title + ": " + hit.words + "\n";
        return told;
    };
    CHECK(found("buchhalt") == "note 403 Forbidden: Note of your desk: our 403 means unpaid: Buchhaltung fragen\n");
    CHECK(says(found("unpaid"), "profile Carrier X: Profile of your desk: the bill is unpaid\n"));
    CHECK(says(found("Account Suspended"), "note “Account Suspended”: Note of your desk: the same\n"));
    CHECK(found("nobody wrote this") == "");
    CHECK(page::look_up(reader, "buchhalt").hits.empty());  // weak ones stand alone or not at all
    CHECK(page::page_for(reader, "account suspended").title == "Note on “Account Suspended”");
    CHECK(page::page_for(reader, "403").title == "403 Forbidden");
}
