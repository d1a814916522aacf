#include "evidence/plain_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "evidence/characters.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

constexpr std::uint32_t byte_order_mark = 0xfeff;

// Whether the text is UTF-16, and whether the low octet comes first: by its mark or, as English has it, by every other octet
// that is zero.
std::optional<bool> low_first(std::string_view text) {
    if (text.starts_with("\xff\xfe")) return true;
    if (text.starts_with("\xfe\xff")) return false;
    constexpr std::size_t looked_at = 200;
    const std::string_view head = text.substr(0, looked_at);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    const std::size_t half = head.size() / 2;
    if (half < 4) return {};
    if (zeros[1] * 10 >= half * 9 && zeros[0] == 0) return true;
    if (zeros[0] * 10 >= half * 9 && zeros[1] == 0) return false;
    return {};
}

// Behind a sequence that colours text or moves the cursor (ECMA-48), also as "^[" or syslog's "#033"; `at` where none is.
std::size_t behind_escape(std::string_view text, std::size_t at) {
    std::size_t end = at;
    for (const std::string_view escape : {"\x1b", "^[", "#033", "\\x1b", "\\u001b", "\\033", "\\e"})
        if (text.substr(at).starts_with(escape)) end = at + escape.size();
    if (end == at) return at;
    if (end >= text.size() || text[end] != '[') return text[at] == '\x1b' ? end : at;
    for (++end; end < text.size() && !is_letter(text[end]);)
        if (std::string_view("0123456789;?").find(text[end++]) == std::string_view::npos) return at;
    return std::min(end + 1, text.size());
}

// The character that "&lt;" or "&#60;" stands for, and how long its name is.
std::optional<std::pair<std::uint32_t, std::size_t>> reference_at(std::string_view text) {
    constexpr std::size_t longest = 10;
    const std::size_t end = text.substr(0, longest).find(';');
    if (end == std::string_view::npos || end < 3) return {};
    std::string_view name = text.substr(1, end - 1);
    static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> named = {
        {{"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"amp", '&'}, {"apos", '\''}, {"nbsp", ' '}}};
    for (const auto& [known, c] : named)
        if (name == known) return std::pair{c, end + 1};
    if (name.front() != '#') return {};
    name.remove_prefix(1);
    const bool hexadecimal = name.front() == 'x' || name.front() == 'X';
    if (hexadecimal) name.remove_prefix(1);
    std::uint32_t c = 0;
    const auto [last, error] = std::from_chars(name.data(), name.data() + name.size(), c, hexadecimal ? 16 : 10);
    if (error != std::errc() || last != name.data() + name.size() || name.empty()) return {};
    return std::pair{c == 160 ? ' ' : c, end + 1};
}

bool has_reference(std::string_view line) {
    for (std::size_t at = line.find('&'); at != std::string_view::npos; at = line.find('&', at + 1))
        if (reference_at(line.substr(at))) return true;
    return false;
}

// How long a tag of a web page is that begins here, 0 where none does; what stands in angle brackets in SIP is none.
std::size_t tag_at(std::string_view text) {
    static constexpr std::array<std::string_view, 17> tags = {"br", "p",    "pre",    "div",  "span", "td",
                                                              "tr", "li",   "ul",     "b",    "tt",   "code",
                                                              "em", "font", "strong", "html", "body"};
    const std::size_t begin = text.substr(0, 2) == "</" ? 2 : 1;
    std::size_t end = begin;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end >= text.size() || std::ranges::find(tags, sip::lowered(text.substr(begin, end - begin))) == tags.end())
        return 0;
    if (std::string_view("> /").find(text[end]) == std::string_view::npos) return 0;
    const std::size_t close = text.find('>', end);
    return close == std::string_view::npos ? 0 : close + 1;
}

// Whether a line begins or ends with a tag: "<div class="line">Via: …</div>".
bool is_tagged(std::string_view line) {
    line = sip::trimmed(line);
    if (line.starts_with('<') && tag_at(line) > 0) return true;
    const std::size_t last = line.rfind('<');
    return line.ends_with('>') && last != std::string_view::npos && tag_at(line.substr(last)) > 0;
}

std::string without_tags(std::string_view line) {
    std::string left;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t length = line[at] == '<' ? tag_at(line.substr(at)) : 0;
        if (length == 0) {
            left += line[at++];
            continue;
        }
        const std::string tag = sip::lowered(line.substr(at, 4));
        if (tag.starts_with("<br")) left += '\n';
        if (tag == "</td") left += '\t';
        at += length;
    }
    while (left.ends_with('\n')) left.pop_back();  // the line ends there anyway
    return left;
}

std::string without_references(std::string_view line) {
    std::string left;
    for (std::size_t at = 0; at < line.size();) {
        const auto reference = line[at] == '&' ? reference_at(line.substr(at)) : std::nullopt;
        if (reference) append_utf8(left, reference->first);
        else left += line[at];
        at += reference ? reference->second : 1;
    }
    return left;
}

// Characters that look like a space or a quote, or like nothing at all.
struct Lookalike {
    std::string_view written, meant;
};
constexpr std::array<Lookalike, 5> lookalikes = {
    {{"\u00a0", " "}, {"\u202f", " "}, {"\u200b", ""}, {"\ufeff", ""}, {"\u2060", ""}}};
constexpr std::array<std::string_view, 3> bent_quotes = {"\u201c", "\u201d", "\u201e"};

bool replace(std::string& text, std::string_view written, std::string_view meant) {
    bool replaced = false;
    for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written, at + meant.size())) {
        text.replace(at, written.size(), meant);
        replaced = true;
    }
    return replaced;
}

// A field whose quotes a word processor has bent: text=“User busy”.
bool has_bent_quotes(std::string_view line) {
    return line.find('"') == std::string_view::npos && std::ranges::any_of(bent_quotes, [&](std::string_view quote) {
               const std::size_t at = line.find(quote);
               return at != std::string_view::npos &&
                      (line.substr(0, at).ends_with('=') || line.substr(0, at).ends_with(": "));
           });
}

// Costs little, to be asked of every line: most hold nothing of all this.
bool may_be_altered(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at], next = at + 1 < line.size() ? line[at + 1] : ' ';
        if (c == '\x1b' || c == '&' || static_cast<unsigned char>(c) >= 0x80) return true;
        if ((c == '^' && next == '[') || (c == '#' && next == '0') ||
            (c == '<' && (next == '/' || next == 'b' || next == 'B')) ||
            (c == '\\' && (next == 'x' || next == 'u' || next == '0' || next == 'e')))
            return true;
    }
    return false;
}

}  // namespace

std::optional<std::string> utf8_of(std::string_view text) {
    const auto low = low_first(text);
    if (!low) return {};
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(text[at]), second = static_cast<unsigned char>(text[at + 1]);
        return static_cast<std::uint32_t>(*low ? first | second << 8 : first << 8 | second);
    };
    std::string written;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        std::uint32_t c = unit(at);
        if (c == byte_order_mark) continue;
        if (is_high_surrogate(c) && at + 3 < text.size() && is_low_surrogate(unit(at + 2))) {
            c = joined(c, unit(at + 2));
            at += 2;
        }
        append_utf8(written, c);
    }
    return written;
}

std::optional<std::string> plain(std::string_view line) {
    if (!may_be_altered(line)) return {};
    std::string left;
    left.reserve(line.size());
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end =
            line[at] == '\x1b' || line[at] == '^' || line[at] == '#' || line[at] == '\\' ? behind_escape(line, at) : at;
        if (end == at) left += line[at++];
        else at = end;
    }
    bool changed = left.size() != line.size();
    for (const Lookalike& one : lookalikes) changed = replace(left, one.written, one.meant) || changed;
    if (has_reference(left) || is_tagged(left) || sip::lowered(left).find("<br") != std::string::npos) {
        left = without_tags(left);
        for (int nested = 0; nested < 2 && has_reference(left); ++nested) left = without_references(left);
        changed = true;
    }
    if (has_bent_quotes(left))
        for (const std::string_view quote : bent_quotes) changed = replace(left, quote, "\"") || changed;
    return changed ? std::optional(std::move(left)) : std::nullopt;
}

}  // namespace sipdex::evidence
