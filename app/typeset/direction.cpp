#include "typeset/direction.h"

#include <glib.h>

#include <algorithm>
#include <array>

#include "typeset/typeset.h"

namespace sipdex::typeset {

namespace {

constexpr std::string_view left_to_right_isolate = "\u2066", first_strong_isolate = "\u2068", pop_isolate = "\u2069";

// Pango stops at NUL and refuses broken UTF-8, and a trace may hold either.
std::string shapeable(const std::string& octets) {
    char* valid = g_utf8_make_valid(octets.data(), static_cast<gssize>(octets.size()));
    std::string words = valid;
    g_free(valid);
    std::erase(words, '\r');
    return words;
}

// A flood of letters and signs without a space is no word. To break it takes Pango time with the square of its
// length, and no reader gets to its end.
constexpr std::size_t longest_word = 600;  // octets of ASCII

// Words without what goes beyond the longest; the cut is shown.
std::string without_floods(std::string words) {
    std::string kept;
    std::size_t length = 0;
    for (const char c : words) {
        length = c > ' ' ? length + 1 : 0;
        if (length <= longest_word) kept += c;
        else if (length == longest_word + 1) kept += "…";
    }
    return kept;
}

// What surrounds a span in a right-to-left paragraph; nothing for the paragraph's own words.
std::string_view isolate_for(const document::Span& span) {
    using namespace document;
    if (span.style == Span::Style::wire || std::holds_alternative<ToResponse>(span.target) ||
        std::holds_alternative<ToComparison>(span.target) || std::holds_alternative<ToRfc>(span.target))
        return left_to_right_isolate;
    return std::holds_alternative<std::monostate>(span.target) ? std::string_view{} : first_strong_isolate;
}

}  // namespace

std::size_t Marked::span_at(std::size_t byte) const {
    const auto after = std::upper_bound(begins.begin(), begins.end(), byte);
    return after == begins.begin() ? 0 : static_cast<std::size_t>(after - begins.begin()) - 1;
}

Marked marked(const document::Text& text, bool right_to_left) {
    Marked result;
    for (const document::Span& span : text.spans) {
        result.begins.push_back(result.text.size());
        const std::string_view isolate = right_to_left ? isolate_for(span) : std::string_view{};
        result.text.append(isolate);
        result.text.append(without_floods(shapeable(span.text)));
        if (!isolate.empty()) result.text.append(pop_isolate);
    }
    return result;
}

std::string without_isolates(std::string_view words) {
    std::string plain;
    while (!words.empty()) {
        if (words.starts_with(left_to_right_isolate) || words.starts_with(first_strong_isolate) ||
            words.starts_with(pop_isolate)) {
            words.remove_prefix(pop_isolate.size());
        } else {
            plain += words.front();
            words.remove_prefix(1);
        }
    }
    return plain;
}

bool is_right_to_left(std::string_view language) {
    // A script subtag decides where there is one: "uz-Arab", "ku-Latn".
    for (std::size_t at = language.find('-'); at != std::string_view::npos; at = language.find('-', at + 1)) {
        const std::string_view subtag = language.substr(at + 1, language.find('-', at + 1) - at - 1);
        if (subtag.size() == 1) break;  // extensions follow: "ar-u-nu-latn"
        if (subtag.size() == 4) return subtag == "Arab" || subtag == "Hebr" || subtag == "Syrc" || subtag == "Thaa";
    }
    static constexpr std::string_view from_the_right[] = {"ar", "he", "fa", "ur",  "ps", "sd",
                                                          "ug", "yi", "dv", "ckb", "syr"};
    const std::string_view primary = language.substr(0, language.find_first_of("-_"));
    return std::ranges::find(from_the_right, primary) != std::end(from_the_right);
}

}  // namespace sipdex::typeset
