#include "evidence/lines.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "evidence/start_line.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// Line ends as programs write them out. The longer ones come first.
constexpr std::array<std::string_view, 8> written_ends = {"\\\\r\\\\n", "#015#012", "\\r\\n", "\\x0d\\x0a",
                                                          "<CR><LF>",   "#012",     "\\n",    "^M"};

bool has_written_end(std::string_view line) {
    return line.find('\\') != std::string_view::npos || line.find("#01") != std::string_view::npos ||
           line.find("^M") != std::string_view::npos || line.find("<CR>") != std::string_view::npos;
}

// With real line ends for those written out, and quotes without the backslash that JSON puts before them.
std::string with_real_ends(std::string_view line) {
    std::string unfolded;
    for (std::size_t at = 0; at < line.size();) {
        const auto end =
            std::ranges::find_if(written_ends, [&](std::string_view one) { return line.substr(at).starts_with(one); });
        if (end != written_ends.end()) {
            unfolded += '\n';
            at += end->size();
        } else if (line.substr(at).starts_with("\\\"")) {
            unfolded += '"';
            at += 2;
        } else {
            unfolded += line[at++];
        }
    }
    return unfolded;
}

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

// Where known header fields begin behind the start of a line that holds several.
std::vector<std::size_t> fields_within(std::string_view line, const Vocabulary& vocabulary) {
    std::vector<std::size_t> begins;
    bool in_quotes = false, in_brackets = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"') in_quotes = !in_quotes;
        else if (!in_quotes && c == '<') in_brackets = true;
        else if (!in_quotes && c == '>') in_brackets = false;
        if (c != ':' || in_quotes || in_brackets) continue;
        std::size_t begin = at;
        while (begin > 0 && is_name_character(line[begin - 1])) --begin;
        // "sip:" and "12:30" are no fields; a field stands behind a space or what ngrep shows for a line end.
        if (begin == at || begin == 0 || (line[begin - 1] != ' ' && line[begin - 1] != '.' && line[begin - 1] != '\t'))
            continue;
        if (vocabulary.knows_field(line.substr(begin, at - begin))) begins.push_back(begin);
    }
    return begins;
}

}  // namespace

Lines::Lines(std::string_view text, const Vocabulary& vocabulary) {
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        // CR LF, LF, CR, and CR CR LF as careless conversions leave it, end one line.
        std::size_t after = std::min(text.find_first_not_of('\r', end), text.size());
        if (after < text.size() && text[after] == '\n') ++after;
        else after = std::min(end + 1, text.size());
        text.remove_prefix(after);
        add(line, ++number, vocabulary);
    }
}

void Lines::add(std::string_view text, std::size_t number, const Vocabulary& vocabulary) {
    if (has_written_end(text) && (may_hold_start_line(text) || text.find(": ") != std::string_view::npos)) {
        std::string unfolded = with_real_ends(text);
        if (unfolded.find('\n') != std::string::npos) {
            std::string_view rest = written_out_.emplace_back(std::move(unfolded));
            for (bool more = true; more;) {
                const std::size_t end = rest.find('\n');
                more = end != std::string_view::npos;
                lines_.push_back({rest.substr(0, end), number});
                if (more) rest.remove_prefix(end + 1);
            }
            return;
        }
    }
    // Shorter than a start line and two fields: nothing was folded.
    constexpr std::size_t shortest_folded = 40;
    std::optional<StartLine> start;
    if (text.size() >= shortest_folded && may_hold_start_line(text)) start = start_line_in(text);
    if (!start) {
        lines_.push_back({text, number});
        return;
    }
    const std::vector<std::size_t> begins = fields_within(text.substr(start->begin), vocabulary);
    if (begins.size() < 2) {
        lines_.push_back({text, number});
        return;
    }
    std::size_t from = 0;
    for (const std::size_t begin : begins) {
        std::string_view piece = text.substr(from, start->begin + begin - from);
        while (!piece.empty() && (piece.back() == '.' || piece.back() == ' ')) piece.remove_suffix(1);
        lines_.push_back({piece, number});
        from = start->begin + begin;
    }
    // What a body there was stands behind the last field.
    std::string_view last = text.substr(from);
    const std::size_t body = std::min(last.find(" v=0"), last.find("..v=0"));
    lines_.push_back({last.substr(0, std::min(body, last.size())), number});
    if (body < last.size()) {
        lines_.push_back({{}, number});
        lines_.push_back({sip::trimmed(last.substr(body + (last[body] == '.' ? 2 : 1))), number});
    }
}

}  // namespace sipdex::evidence
