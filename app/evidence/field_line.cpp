#include "evidence/field_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "evidence/characters.h"
#include "sip/message.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// Words that stand before a colon in logs and are no names of header fields.
constexpr std::array<std::string_view, 16> words_of_logs = {"received", "sent", "sending", "receiving", "info", "debug",
                                                            "error",    "warn", "notice",  "verbose",   "http", "https",
                                                            "sip",      "sips", "tel",     "log"};

bool is_name_within_message(std::string_view name) {
    if (name.size() == 1) return sip::full_name(name).size() > 1;
    if (std::ranges::find(words_of_logs, sip::lowered(name)) != words_of_logs.end()) return false;
    if (name.find('_') != std::string_view::npos) return name.starts_with("X_") || name.starts_with("x_");
    if (name.find('-') != std::string_view::npos) return true;
    // "Portasip", not "NOTICE" and not "note".
    return name.size() > 2 && std::isupper(static_cast<unsigned char>(name[0])) &&
           std::any_of(name.begin() + 1, name.end(),
                       [](char c) { return std::islower(static_cast<unsigned char>(c)); });
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::string_view without_quoting(std::string_view line) {
    line = sip::trimmed(line);
    for (bool again = true; again && !line.empty();) {
        again = false;
        // "##" and "> >" may be repeated; "12:" and "12|" number lines, when a space or a letter follows.
        if (std::string_view(">|*#").find(line.front()) != std::string_view::npos) again = true, line.remove_prefix(1);
        else if (line.starts_with("•")) again = true, line.remove_prefix(std::string_view("•").size());
        else if (line.size() > 1 && line.front() == '-' && is_space(line[1])) again = true, line.remove_prefix(1);
        else if (is_digit(line.front())) {
            const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
            if (digits < 6 && digits + 1 < line.size() &&
                (line[digits] == ':' || line[digits] == '|' || line[digits] == ')' || line[digits] == '.') &&
                is_space(line[digits + 1]))
                again = true, line.remove_prefix(digits + 1);
        }
        line = sip::trimmed(line);
    }
    // Lines copied out of source code or JSON stand in quotes, each.
    if (line.size() > 1 && (line.front() == '"' || line.front() == '\'')) {
        std::string_view inside = line.substr(1);
        while (!inside.empty() && (inside.back() == ',' || inside.back() == '+' || is_space(inside.back())))
            inside.remove_suffix(1);
        if (!inside.empty() && inside.back() == line.front()) return sip::trimmed(inside.substr(0, inside.size() - 1));
        if (inside.find(line.front()) == std::string_view::npos) return sip::trimmed(inside);  // it closes elsewhere
    }
    return line;
}

std::optional<FieldLine> field_line(std::string_view line, const Vocabulary& vocabulary, bool within_message) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::string_view name = sip::trimmed(line.substr(0, colon));
    if (name.empty() || name.size() > 60 || !is_letter(name.front()) || !sip::is_token(name)) return std::nullopt;
    FieldLine found{name, sip::trimmed(line.substr(colon + 1)), vocabulary.knows_field(name)};
    if (found.known) return found;
    if (within_message && is_name_within_message(name)) {
        found.known = name.size() == 1;
        return found;
    }
    // Private fields of products have their prefix.
    const std::string lowered = sip::lowered(name.substr(0, 2));
    if (lowered == "x-" || lowered == "p-") return found;
    return std::nullopt;
}

std::optional<FieldLine> prefixed_field_line(std::string_view line, const Vocabulary& vocabulary) {
    constexpr std::size_t longest_prefix = 200;
    for (std::size_t colon = line.find(':'); colon != std::string_view::npos && colon < longest_prefix;
         colon = line.find(':', colon + 1)) {
        std::size_t end = colon;
        while (end > 0 && is_space(line[end - 1])) --end;
        std::size_t begin = end;
        while (begin > 0 && (is_letter(line[begin - 1]) || line[begin - 1] == '-' || is_digit(line[begin - 1])))
            --begin;
        if (begin == 0 || begin == end) continue;
        const std::string_view prefix = line.substr(0, begin), name = line.substr(begin, end - begin);
        if (!is_space(prefix.back()) && prefix.back() != ']' && prefix.back() != '|') continue;
        if (prefix.find_first_of("0123456789[]()|") == std::string_view::npos || !vocabulary.knows_field(name))
            continue;
        return FieldLine{name, sip::trimmed(line.substr(colon + 1)), true, true};
    }
    return std::nullopt;
}

}  // namespace sipdex::evidence
