#include "document/markup.h"

#include <doctest/doctest.h>

using namespace sipdex::document;

namespace {

std::optional<std::string> names(const Target& target) {
    if (const auto* response = std::get_if<ToResponse>(&target)) {
        if (response->id == "607") return "607";
        if (response->id == "603-network-blocked") return "603 Network Blocked";
    }
    if (const auto* term = std::get_if<ToTerm>(&target); term && term->id == "dialog") return "dialog";
    return std::nullopt;
}

// Each span as words, with its style or link behind it.
std::string drawn(const std::string& markup) {
    std::string out;
    for (const Text& paragraph : parse_markup(markup, names).paragraphs) {
        for (const Span& span : paragraph.spans) {
            out += "[" + span.text;
            if (span.style == Span::Style::wire) out += "|wire";
            if (span.style == Span::Style::strong) out += "|strong";
            if (const auto* to = std::get_if<ToResponse>(&span.target)) out += "|>" + to->id;
            if (const auto* to = std::get_if<ToTerm>(&span.target)) out += "|>" + to->id;
            if (const auto* to = std::get_if<ToRfc>(&span.target)) out += "|>" + url_of(*to).substr(26);
            out += "]";
        }
        out += "\n";
    }
    return out;
}

std::string problems(const std::string& markup) {
    std::string out;
    for (const auto& problem : parse_markup(markup, names).problems)
        out += std::to_string(problem.offset) + " " + problem.sentence + "\n";
    return out;
}

}  // namespace

TEST_CASE("markup becomes wire words, stress and links") {
    CHECK(drawn("Read `Retry-After` in [607], it *must* stay.") ==
          "[Read ][Retry-After|wire][ in ][607|>607][, it ][must|strong][ stay.]\n");
    CHECK(drawn("[[dialog]] and [[dialog|dialogues]], [603-network-blocked]") ==
          "[dialog|>dialog][ and ][dialogues|>dialog][, ][603 Network Blocked|>603-network-blocked]\n");
}

TEST_CASE("a section of an RFC becomes a link, in whichever space the language uses") {
    CHECK(drawn("See RFC 3261 §21.6.2.") == "[See ][RFC 3261 §21.6.2|>/rfc/rfc3261#section-21.6.2][.]\n");
    CHECK(drawn("RFC\u00a08197 §4, RFC 5057") ==
          "[RFC\u00a08197 §4|>/rfc/rfc8197#section-4][, ][RFC 5057|>/rfc/rfc5057]\n");
    CHECK(drawn("the RFC says") == "[the RFC says]\n");
}

TEST_CASE("a line break is a space and a blank line a paragraph") {
    CHECK(drawn("One.\nTwo.\n\nThree.\n") == "[One. Two.]\n[Three.]\n");
}

TEST_CASE("arithmetic and brackets that mean nothing stay as written") {
    CHECK(drawn("64*T1 is 32 s [sic]") == "[64*T1 is 32 s [sic]]\n");
}

TEST_CASE("what cannot be understood is shown as written and reported with its place") {
    CHECK(drawn("a ` b") == "[a ` b]\n");
    CHECK(problems("a ` b") == "2 a '`' opens and none closes it\n");
    CHECK(problems("see [499] and [[erly]]") == "4 no response is called '499'\n14 no term is called 'erly'\n");
    CHECK(problems("it *must stay") == "13 a '*' opens and none closes it\n");
}

TEST_CASE("what people typed stands in a text as they typed it") {
    CHECK(drawn("It says “" + literal("dial *21# or *67*, see [607], [[x]] and RFC 3261") + "”.") ==
          "[It says “dial *21# or *67*, see [607], [[x]] and RFC 3261”.]\n");
    CHECK(drawn("The phrase `" + literal("Busy `Here` now") + "` is *" + literal("*very*") + "* odd.") ==
          "[The phrase ][Busy `Here` now|wire][ is ][*very*|strong][ odd.]\n");
    CHECK(literal("486") == "486");
    CHECK(drawn(literal("a\x02`b`\x03*c*")) == "[a`b`*c*]\n");
    CHECK(problems("“" + literal("[499] ` [[erly]] *") + "”") == "");
}
