#include "page/message_problem.h"

#include <algorithm>
#include <array>

#include "sip/text.h"
#include "sip/token.h"

namespace sipdex::page {

namespace {

using sip::Fault;

// Each octet or character on its own, as it can be shown.
std::vector<std::string> cells_of(std::string_view text) {
    std::vector<std::string> cells;
    while (!text.empty()) {
        const std::size_t length = sip::character_length(text);
        const bool white = sip::white.has(text.front());
        cells.push_back(white ? " " : length == 0 ? "\uFFFD" : std::string(text.substr(0, length)));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return cells;
}

std::string joined(const std::vector<std::string>& cells, std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = first; i < std::min(cells.size(), first + count); ++i) text += cells[i];
    return text;
}

// In a sentence: on one line, and not too long.
std::string quoted_piece(std::string_view piece) {
    constexpr std::size_t longest = 60;
    constexpr std::size_t enough = longest * 8;  // octets, of which as many characters can be made
    std::vector<std::string> cells = cells_of(piece.substr(0, enough));
    // A folded line shows as one space (RFC 3261 7.3.1).
    const auto both_white = [](const std::string& one, const std::string& other) { return one == " " && other == " "; };
    if (sip::line_ends.any_in(piece)) cells.erase(std::unique(cells.begin(), cells.end(), both_white), cells.end());
    const bool fits = cells.size() <= longest && piece.size() <= enough;
    return fits ? joined(cells, 0, longest) : joined(cells, 0, longest - 1) + "…";
}

// "0x0D"
std::string hexadecimal(char octet) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto number = static_cast<unsigned char>(octet);
    return {'0', 'x', digits[number >> 4], digits[number & 15]};
}

// Not what a part of a message always lacks, and not the lines that are no header fields: people paste logs.
bool is_worth_telling(Fault fault) {
    using enum Fault;
    constexpr std::array left_out = {start_line, start_line_space, folding,        field_line, field_name,
                                     empty_line, field_missing,    field_repeated, body_cut};
    return std::ranges::find(left_out, fault) == left_out.end();
}

bool is_unclosed(Fault fault) { return fault == Fault::quote || fault == Fault::comment || fault == Fault::bracket; }

// "<our address>", "[server-ip]", or what is left of such words within the brackets of a URI.
bool stands_for_an_address(std::string_view piece) {
    if (piece.size() < 3) return false;
    const bool in_square = piece.front() == '[' && piece.back() == ']' && piece.find(':') == std::string_view::npos;
    return in_square || (piece.front() == '<' && piece.back() == '>') || piece.front() == '>';
}

// The line that holds an offset, and its number.
struct Line {
    std::string_view text;
    std::size_t begin = 0;
    std::size_t number = 1;
};

Line line_at(std::string_view octets, std::size_t offset) {
    Line line;
    for (std::size_t i = 0; i < offset; ++i) {
        // CR before LF, or before another CR, ends no line of its own.
        const bool more = i + 1 < octets.size() && sip::line_ends.has(octets[i + 1]);
        if (octets[i] != '\n' && (octets[i] != '\r' || more)) continue;
        line.begin = i + 1;
        ++line.number;
    }
    line.text = sip::line_ends.before(octets.substr(line.begin));
    return line;
}

}  // namespace

document::Text told(const Reader& reader, const sip::Problem& problem) {
    const bool missing = problem.piece.empty();
    const language::Arguments arguments = {{"field", quoted_piece(problem.field)},
                                           {"piece", quoted_piece(problem.piece)},
                                           {"other", quoted_piece(problem.other)},
                                           {"missing", missing ? "yes" : "no"},
                                           {"octet", missing ? std::string() : hexadecimal(problem.piece.front())},
                                           {"count", static_cast<long>(sip::number_of(problem.other).value_or(0))}};
    const std::string key = "sip_fault_" + std::string(sip::name_of(problem.fault));
    return sentence(reader, key, arguments);
}

Pointed pointed_at(std::string_view octets, const sip::Problem& problem) {
    constexpr std::size_t widest = 100, context = 30;
    const Line line = line_at(octets, problem.offset);
    const std::vector<std::string> cells = cells_of(line.text);
    const std::size_t before = cells_of(octets.substr(line.begin, problem.offset - line.begin)).size();
    const std::size_t width = cells_of(sip::line_ends.before(octets.substr(problem.offset, problem.length))).size();

    const bool long_line = cells.size() > widest;
    const std::size_t first = long_line && before > widest - context ? before - context : 0;
    const std::size_t room = widest - (first > 0 ? 1 : 0), shown = std::min(cells.size() - first, room);
    const bool cut = first + shown < cells.size();
    Pointed pointed{.line = line.number, .column = before + 1, .text = first > 0 ? "…" : "", .caret = {}};
    pointed.text += joined(cells, first, shown) + (cut ? "…" : "");
    const std::size_t column = before - first + (first > 0 ? 1 : 0);
    const std::size_t marked = std::clamp<std::size_t>(std::min(width, widest - column), 1, widest);
    pointed.caret = std::string(column, ' ') + "^" + std::string(marked - 1, '~');
    return pointed;
}

std::vector<document::Text> told_of_fragment(const Reader& reader, std::string_view octets, std::string_view cut_in) {
    constexpr std::size_t most = 8;
    std::vector<sip::Problem> problems = sip::problems_of(octets);
    std::erase_if(problems, [&](const sip::Problem& problem) {
        const bool cut = is_unclosed(problem.fault) && !cut_in.empty() && problem.field == cut_in;
        return !is_worth_telling(problem.fault) || cut || stands_for_an_address(problem.piece);
    });
    std::vector<document::Text> texts;
    for (std::size_t i = 0; i < std::min(problems.size(), most); ++i) texts.push_back(told(reader, problems[i]));
    if (problems.size() > most)
        texts.push_back(sentence(reader, &language::Words::sip_faults_more, static_cast<long>(problems.size() - most)));
    return texts;
}

}  // namespace sipdex::page
