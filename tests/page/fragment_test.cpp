// A text without calls, explained as far as it goes.
#include <doctest/doctest.h>

#include "page/explained.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

const page::Reader& reader() {
    static const language::Words words("en");
    static const page::Reader in_english{real(), words};
    return in_english;
}

page::Brought brought(const std::string& text) {
    return page::bring(page::means_of(reader()), {{"pasted:1", std::make_shared<const std::string>(text)}});
}

std::string title_of(const std::string& text) { return page::explained(reader(), brought(text)).title; }
std::string verdict_of(const std::string& text) { return document::words_of(page::verdict(reader(), brought(text))); }

constexpr const char* whole =
    "SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\n"
    "From: <sip:a@example.com>;tag=1\nTo: <sip:b@example.com>;tag=2\nCall-ID: 1\n"
    "CSeq: 1 INVITE\n";

}  // namespace

TEST_CASE("a status line alone, in a mail or with a few fields, is answered by its code") {
    for (const char* text : {"SIP/2.0 486 Busy Here\n", "SIP/2.0 486 Busy Here\nReason: Q.850;cause=17\nServer: x\n",
                             "Hello,\nthe trace says\n> SIP/2.0 486 Busy Here\nregards, Anna\n",
                             "INVITE sip:b@example.com SIP/2.0\nSIP/2.0 100 Trying\nSIP/2.0 486 Busy Here\n",
                             "SIP/2.0 486 Busy Here\nCall-ID: 1\nFrom: <sip:a@example.com>\n",
                             "SIP/2.0 486 Busy Here\nCSeq: 1 INVITE\nVia: SIP/2.0/UDP 192.0.2.1\n",
                             "Got SIP response 486 \"Busy Here\" back from 192.0.2.7\n"}) {
        INFO(text);
        const page::Brought read = brought(text);
        CHECK_FALSE(read.empty());
        const document::Document page = page::explained(reader(), read);
        REQUIRE(page.mastheads.size() == 1);
        CHECK(page.mastheads.front().id == "486");
        CHECK(page.sections.front().id == "pasted");
        CHECK(verdict_of(text).find("486") != std::string::npos);
        CHECK(verdict_of(text).find("No fault") == std::string::npos);
    }
    CHECK(title_of(whole) == title_of("SIP/2.0 486 Busy Here\n"));
}

TEST_CASE("a file is no paste") {
    const test::TemporaryFolder folder;
    const auto titles_of = [](const page::Brought& read) {
        const document::Document page = page::explained(reader(), read);
        return page.title + "|" + page.sections.front().title;
    };
    for (const char* text : {"SIP/2.0 486 Busy Here\n", "Retry-After: 120\nReason: Q.850;cause=17\n"}) {
        const page::Brought read = page::bring(page::means_of(reader()), {{folder.write("part.txt", text).string()}});
        CHECK(titles_of(read).ends_with("|What part.txt shows"));
        CHECK(titles_of(brought(text)).ends_with("|In what you pasted"));
    }
}

TEST_CASE("what two findings of a rule advise alike is advised once") {
    std::string text;
    for (const std::string method : {"REGISTER", "SUBSCRIBE"}) {
        const auto fields = [&](const std::string& cseq) {
            return "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK" + method + cseq +
                   "\nFrom: <sip:a@example.com>;tag=1\nTo: <sip:a@example.com>\nCall-ID: " + method +
                   "\nCSeq: " + cseq + " " + method + "\n";
        };
        const std::string digest = "Digest realm=\"x\",nonce=\"1\"", line = method + " sip:example.com SIP/2.0\n";
        text +=
            line + fields("1") + "\nSIP/2.0 401 Unauthorized\n" + fields("1") + "WWW-Authenticate: " + digest + "\n\n";
        text += line + fields("2") + "Authorization: " + digest +
                ",username=\"a\",uri=\"sip:example.com\",response=\"0123456789abcdef0123456789abcdef\"\n\nSIP/2.0 200 "
                "OK\n" +
                fields("2") + "\n";
    }
    const page::Brought read = brought(text);
    REQUIRE(read.findings.size() >= 2);
    REQUIRE(read.findings[0].rule == read.findings[1].rule);
    const page::ToldFinding words = page::told(reader(), read.findings[0]);
    const std::string advice = document::words_of(words.act.empty() ? words.why : words.act);
    REQUIRE(advice != "");
    std::string all;
    for (const document::Section& section : page::explained(reader(), read).sections)
        for (const document::Block& block : section.blocks) {
            if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
                all += document::words_of(paragraph->text) + "\n";
            if (const auto* list = std::get_if<document::List>(&block))
                for (const auto& item : list->items) all += document::words_of(item.text) + "\n";
        }
    const std::size_t first = all.find(advice);
    CHECK(first != std::string::npos);
    CHECK(all.find(advice, first + 1) == std::string::npos);
}

TEST_CASE("what holds calls is told as calls, and what cannot be placed in one is counted") {
    const std::string call = std::string(
                                 "INVITE sip:b@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\n"
                                 "From: <sip:a@example.com>;tag=1\nTo: <sip:b@example.com>\nCall-ID: 1\n"
                                 "CSeq: 1 INVITE\n\n") +
                             whole;
    CHECK_FALSE(brought(call).fragment);
    const page::Brought read = brought(call + "\nSIP/2.0 480 Temporarily Unavailable\n");
    CHECK_FALSE(read.fragment);
    CHECK(read.calls.stories.size() == 1);
    std::string told;
    for (const document::Section& section : page::explained(reader(), read).sections)
        if (section.id == "reading")
            for (const auto& item : std::get<document::List>(section.blocks.front()).items)
                told += document::words_of(item.text) + "\n";
    CHECK(told == "1 message lacks a Call-ID and could not be placed in a call, the first at line 15.\n");
}

TEST_CASE("the note for the ticket has what was found in a call, then what its code means") {
    const auto note_of = [](const std::string& text) {
        std::string ids;
        for (const document::Section& one : page::ticket_note(page::explained(reader(), brought(text))).sections)
            ids += one.id + " ";
        return ids;
    };
    const std::string invite =
        "INVITE sip:b@example.com SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\n"
        "From: <sip:a@example.com>;tag=1\nTo: <sip:b@example.com>\nCall-ID: 1\nCSeq: 1 INVITE\n\n";
    const std::string not_found =
        "SIP/2.0 404 Not Found\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\n"
        "From: <sip:a@example.com>;tag=1\nTo: <sip:b@example.com>;tag=2\nCall-ID: 1\n"
        "CSeq: 1 INVITE\n";
    const std::string note = note_of(invite + not_found);
    CHECK(note.find("at-a-glance") != std::string::npos);
    CHECK(note.find("call-1") == std::string::npos);
    CHECK(note.find("remark") == std::string::npos);
    CHECK(note_of("SIP/2.0 404 Not Found\n").starts_with("pasted at-a-glance "));
}

TEST_CASE("a response that lacks CSeq still answers the call that a log tells of") {
    const page::Brought read = brought(
        "INVITE sip:b@example.com SIP/2.0\nCall-ID: 1\nFrom: <sip:a@example.com>;tag=1\n\n"
        "SIP/2.0 180 Ringing\nCall-ID: 1\n\nSIP/2.0 486 Busy Here\nCall-ID: 1\n");
    CHECK_FALSE(read.fragment);
    REQUIRE(read.calls.stories.size() == 1);
    CHECK(read.calls.stories.front().outcome == calls::Outcome::refused);
    CHECK(read.calls.stories.front().status == 486);
}

TEST_CASE("a text that does not speak of SIP is none, whatever numbers stand in it") {
    CHECK(brought("").empty());
    CHECK(brought("Dear all, lunch is at 12:30.\n").empty());
    CHECK(brought("Warning: the variable x is unused\n").empty());
    std::string web;
    while (web.size() < 4000) web += "192.0.2.1 \"GET /a HTTP/1.1\" error 404 Not Found\n";
    CHECK(brought(web).empty());
}
