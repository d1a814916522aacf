#include "page/message_problem.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "page/pasted.h"
#include "sip/faulty_messages.h"
#include "support/small_catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

// As a person reads it: the sentence, and the line with the caret where there is a line.
std::string told_with_caret(const page::Reader& reader, std::string_view octets) {
    std::string text;
    for (const sip::Problem& problem : sip::problems_of(octets)) {
        const page::Pointed pointed = page::pointed_at(octets, problem);
        text += std::to_string(pointed.line) + ":" + std::to_string(pointed.column) + ": " +
                document::words_of(page::told(reader, problem)) + "\n";
        if (!pointed.text.empty()) text += "    " + pointed.text + "\n    " + pointed.caret + "\n";
    }
    return text;
}

std::string told_of(const page::Reader& reader, std::string_view octets) {
    std::string text;
    for (const document::Text& each : page::told_of_fragment(reader, octets, {}))
        text += document::words_of(each) + "\n";
    return text;
}

}  // namespace

TEST_CASE("every fault is told in a sentence, with a caret below the octets") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        std::string told;
        for (const auto& message : test::faulty_messages()) told += told_with_caret({real(), words}, message.octets);
        CHECK(test::difference_from_expected(std::string("page/message-problems.") + tag + ".txt", told) == "");
    }
}

TEST_CASE("every fault has its sentence in every language") {
    for (const std::string& tag : language::interface_languages()) {
        const language::Words words(tag);
        for (std::size_t i = 0; i < sip::fault_count; ++i) {
            const std::string key = "sip_fault_" + std::string(sip::name_of(static_cast<sip::Fault>(i)));
            CHECK_MESSAGE(words.translated(key), tag, " lacks ", key);
        }
    }
}

TEST_CASE("what stands in a message is text and never markup") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const auto text =
        page::told(reader, {sip::Fault::token, 0, 0, "Al`low", "*21*, [607] and [[dialog]] RFC 3261 §7 \uE001", ""});
    CHECK(document::words_of(text) == "Malformed word in Al`low: “*21*, [607] and [[dialog]] RFC 3261 §7 \uE001”.");
    for (const document::Span& span : text.spans) CHECK(std::holds_alternative<std::monostate>(span.target));
    REQUIRE(text.spans.size() == 3);
    CHECK(text.spans[1] == document::Span{"Al`low", document::Span::Style::wire});
    CHECK(text.spans[2] == document::Span{": “*21*, [607] and [[dialog]] RFC 3261 §7 \uE001”."});
}

TEST_CASE("long pieces are cut between characters, and what is no text shows as such") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "ü";
    const std::string told =
        document::words_of(page::told(reader, {sip::Fault::quote, 0, 0, "To", "\"" + umlauts, ""}));
    CHECK(told == "A quotation mark in To is never closed: “\"" + umlauts.substr(0, 58 * 2) + "…”.");
    CHECK(document::words_of(page::told(reader, {sip::Fault::token, 0, 0, "Allow", std::string("a\0\xFF\r\n b", 7),
                                                 ""})) == "Malformed word in Allow: “a\uFFFD\uFFFD b”.");
    CHECK(document::words_of(page::told(reader, {sip::Fault::octet, 0, 1, "Subject", std::string(1, '\0'), ""}))
              .find("0x00") != std::string::npos);
}

TEST_CASE("the caret keeps to its characters in lines that are long, folded, or not ASCII") {
    const std::string far = test::request_with("Subject: " + std::string(300, 'x') + "\xFF" + std::string(300, 'y'));
    const page::Pointed pointed = page::pointed_at(far, sip::problems_of(far).at(0));
    CHECK(pointed.line == 2);
    CHECK(pointed.column == 310);
    CHECK(pointed.text == "…" + std::string(30, 'x') + "\uFFFD" + std::string(68, 'y') + "…");
    CHECK(pointed.caret == std::string(31, ' ') + "^");
    const std::string folded = test::request_with("To: \"Zoë\"\n <sip:zoë@example.com>");
    const page::Pointed third = page::pointed_at(folded, sip::problems_of(folded).at(0));
    CHECK(third.line == 3);
    CHECK(third.text == " <sip:zoë@example.com>");
    CHECK(third.caret == "        ^");
}

TEST_CASE("of a pasted piece of a message its faults are told, not what a piece always lacks") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    CHECK(told_of(reader,
                  "SIP/2.0 603 Decline\r\nReason: Q.850;cause=21\r\nContent-Length: 200\r\nseen at 12:00\r\n\r\n") ==
          "");
    CHECK(told_of(reader, "BYE sip:a@b SIP/2.0\r\nCSeq: 2 INVITE\r\nVia: SIP/2.0/UDP h:x\r\n") ==
          "CSeq names the method INVITE, the request line BYE (RFC 3261 §8.1.1.5).\nMalformed port in Via: “x”.\n");
    std::string many = "OPTIONS sip:a@b SIP/2.0\r\n";
    for (int i = 0; i < 30; ++i) many += "Via: SIP/2.0/UDP h:x\r\n";
    const std::string told = told_of(reader, many);
    CHECK(std::count(told.begin(), told.end(), '\n') == 9);
    CHECK(told.ends_with("22 more pieces of the message are malformed.\n"));
}

TEST_CASE("a pasted message tells its faults among the remarks") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const auto remarks = [&](const std::string& text) {
        std::string all;
        const auto found = page::read_pasted(reader, text);
        for (const document::Item& item : std::get<document::List>(found->page.sections.front().blocks.front()).items)
            if (const std::string told = document::words_of(item.text);
                item.label.empty() && !told.starts_with("To say more"))
                all += told + "\n";
        return all;
    };
    CHECK(remarks("SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP\nRetry-After: soon") ==
          "There is no host in Via.\nMalformed number in Retry-After: “soon”.\n");
    CHECK(remarks("SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7") == "");
    // The end of the last field may be missing, and words stand for what nobody is to see.
    CHECK(remarks("SIP/2.0 486 Busy Here\nFrom: <sip:alice@example.com>;tag=a\nTo: \"Bob") == "");
    CHECK(remarks("SIP/2.0 486 Busy Here\nTo: \"Bob\nFrom: <sip:alice@example.com>;tag=a") != "");
    CHECK(remarks("SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP <our SBC>:5060;branch=z9hG4bK7\n"
                  "From: <sip:alice@<our PBX>>;tag=a\nContact: <sip:alice@[phone-of-alice]>") == "");
}
