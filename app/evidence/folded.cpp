#include "evidence/folded.h"

#include <algorithm>
#include <array>

#include "evidence/characters.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// Line ends as programs write them out. The longer ones come first.
constexpr std::array<std::string_view, 16> written_ends = {
    "\\\\r\\\\n", "<013><010>", "\\x0d\\x0a", "\\x0D\\x0A", "#015#012", "<CR><LF>", "\u240d\u240a", "\\r\\n",
    "<010>",      "#012",       "\u240d",     "\u240a",     "\u2424",   "\u21b5",   "\\n",          "^M"};
// These end a line only where nothing follows: "\r" begins the name of many a folder.
constexpr std::array<std::string_view, 5> only_at_the_end = {"\\r", "<013>", "#015", "^M$", "^M>"};

bool may_have_written_end(std::string_view line) {
    return line.find('\\') != std::string_view::npos || line.find("#01") != std::string_view::npos ||
           line.find("^M") != std::string_view::npos || line.find("<CR>") != std::string_view::npos ||
           line.find("<01") != std::string_view::npos || line.find("\xe2\x90") != std::string_view::npos ||
           line.find("\u21b5") != std::string_view::npos;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

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
        while (begin > 0 && (is_word(line[begin - 1]) || line[begin - 1] == '-')) --begin;
        // "sip:" and "12:30" are no fields; a field stands behind a space or what ngrep shows for a line end.
        if (begin == at || begin == 0 || (!is_blank(line[begin - 1]) && line[begin - 1] != '.')) continue;
        if (vocabulary.knows_field(line.substr(begin, at - begin))) begins.push_back(begin);
    }
    return begins;
}

// "|" where that stands between all of them, as somebody put it there; a space where nothing does.
char sign_between(std::string_view line, const std::vector<std::size_t>& begins) {
    const auto before = [&](std::size_t begin) {
        while (begin > 0 && is_blank(line[begin - 1])) --begin;
        return begin > 0 ? line[begin - 1] : ' ';
    };
    const char sign = before(begins.front());
    if (std::string_view("|;,/").find(sign) == std::string_view::npos) return ' ';
    return std::ranges::all_of(begins, [&](std::size_t begin) { return before(begin) == sign; }) ? sign : ' ';
}

std::string_view without_sign(std::string_view piece, char sign) {
    while (!piece.empty() && (is_blank(piece.back()) || piece.back() == '.')) piece.remove_suffix(1);
    if (sign != ' ' && piece.ends_with(sign)) piece.remove_suffix(1);
    while (!piece.empty() && is_blank(piece.back())) piece.remove_suffix(1);
    return piece;
}

// "v=0 o=- 1 1 IN IP4 192.0.2.1 s=-": RFC 8866 5 knows these letters before a "=".
void take_apart_sdp(std::string_view body, char sign, std::vector<std::string_view>& lines) {
    std::size_t from = 0;
    for (std::size_t at = 1; at + 1 < body.size(); ++at) {
        if (body[at + 1] != '=' || std::string_view("vosiuepcbtrzkam").find(body[at]) == std::string_view::npos)
            continue;
        const bool parted = is_blank(body[at - 1]) || (sign != ' ' && body[at - 1] == sign) ||
                            (at > 1 && body[at - 1] == '.' && body[at - 2] == '.');
        if (!parted) continue;
        lines.push_back(without_sign(body.substr(from, at - from), sign));
        from = at;
    }
    lines.push_back(without_sign(body.substr(from), sign));
}

}  // namespace

std::size_t written_ends_behind(std::string_view line) {
    const std::size_t size = line.size();
    bool any = false;
    for (bool again = true; again;) {
        while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
        again = false;
        const auto strip = [&](std::string_view end) {
            if (again || !line.ends_with(end)) return;
            line.remove_suffix(end.size());
            again = any = true;
        };
        std::ranges::for_each(written_ends, strip);
        std::ranges::for_each(only_at_the_end, strip);
    }
    return any ? size - line.size() : 0;
}

std::optional<std::string> with_real_ends(std::string_view line) {
    if (!may_have_written_end(line)) return {};
    std::string unfolded;
    bool any = false;
    for (std::size_t at = 0; at < line.size();) {
        const auto end =
            std::ranges::find_if(written_ends, [&](std::string_view one) { return line.substr(at).starts_with(one); });
        if (end != written_ends.end()) {
            unfolded += '\n';
            at += end->size();
            any = true;
        } else if (line.substr(at).starts_with("\\\"") || line.substr(at).starts_with("\\/")) {
            unfolded += line[at + 1];
            at += 2;
        } else {
            unfolded += line[at++];
        }
    }
    return any ? std::optional(std::move(unfolded)) : std::nullopt;
}

std::vector<std::string_view> session_taken_apart(std::string_view line) {
    std::vector<std::string_view> lines;
    take_apart_sdp(line, ' ', lines);
    return lines;
}

std::vector<std::string_view> taken_apart(std::string_view line, const StartLine& start, const Vocabulary& vocabulary) {
    const std::vector<std::size_t> begins = fields_within(line.substr(start.begin), vocabulary);
    if (begins.size() < 2) return {line};
    std::vector<std::string_view> lines;
    const char sign = sign_between(line.substr(start.begin), begins);
    std::size_t from = 0;
    for (const std::size_t begin : begins) {
        lines.push_back(without_sign(line.substr(from, start.begin + begin - from), sign));
        from = start.begin + begin;
    }
    // What a body there was stands behind the last field.
    const std::string_view last = line.substr(from);
    std::size_t body = std::min(last.find(" v=0"), last.find("..v=0"));
    if (sign != ' ') body = std::min(body, last.find(std::string(1, sign) + "v=0"));
    lines.push_back(without_sign(last.substr(0, std::min(body, last.size())), sign));
    if (body < last.size()) {
        lines.emplace_back();
        take_apart_sdp(last.substr(last.find("v=0", body)), sign, lines);
    }
    return lines;
}

}  // namespace sipdex::evidence
