#include "redact/phrases.h"

#include <algorithm>

#include "evidence/pattern.h"
#include "facts/facts.h"
#include "redact/masked.h"
#include "redact/secrets.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

constexpr int first_status = 100, behind_last_status = 700;
constexpr std::size_t least_fixed = 6;  // a pattern that says less fits by chance

// Short ones stand anywhere by chance: "TM", "17".
std::string in_gap(std::string_view text) { return text.size() < Secrets::shortest ? std::string(text) : masked(text); }

// Whether `visit` takes every word, and nothing but words and spaces is there.
template <class Visit>
bool for_each_word(std::string_view text, Visit visit) {
    constexpr std::string_view between = " -/,'";
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(between), text.size());
        const std::string_view word = text.substr(0, end);
        if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) return false;
        if (!word.empty() && !visit(word)) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

// The text with its gaps blotted out; it must fit.
std::string without_gaps(std::string_view pattern, std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t gap = pattern.find('*');
        if (gap == std::string_view::npos) return out + std::string(text);
        out += text.substr(0, gap);
        text.remove_prefix(gap);
        pattern.remove_prefix(gap + 1);
        std::size_t end = 0;  // of what fills it: as little as lets the rest fit
        while (end < text.size() && !evidence::fits(pattern, text.substr(end))) ++end;
        out += in_gap(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

}  // namespace

Phrases::Phrases() {
    for (int status = first_status; status < behind_last_status; ++status) {
        const std::string phrase = sip::lowered(facts::reason_phrase(status));
        add(phrase);
        for_each_word(phrase, [&](std::string_view word) { return words_.emplace(word), true; });
    }
}

// No name stands among the words of reason phrases; a phrase of nothing else names nobody.
bool Phrases::is_of_known_words(std::string_view text) const {
    constexpr std::size_t longest = 60;
    if (text.size() > longest) return false;
    static constexpr std::string_view endings[] = {"", "d", "ed", "s", "ing"};
    bool any = false;
    const bool all = for_each_word(sip::lowered(text), [&](std::string_view word) {
        any = true;
        return std::ranges::any_of(endings, [&](std::string_view ending) {
            return word.ends_with(ending) && words_.contains(std::string(word.substr(0, word.size() - ending.size())));
        });
    });
    return any && all;
}

void Phrases::add(std::string_view text) {
    if (text.empty()) return;
    if (text.find_first_of("*#@") == std::string_view::npos) texts_.insert(sip::lowered(text));
    else if (evidence::fixed_in(text) >= least_fixed) patterns_.emplace_back(text);
}

std::optional<std::string> Phrases::known_whole(std::string_view text) const {
    if (texts_.contains(sip::lowered(text))) return std::string(text);
    std::optional<std::string> best;
    std::size_t fixed = 0;
    for (const std::string& pattern : patterns_)
        if (evidence::fixed_in(pattern) > fixed && evidence::fits(pattern, text)) {
            fixed = evidence::fixed_in(pattern);
            best = without_gaps(pattern, text);
        }
    if (!best && is_of_known_words(text)) return std::string(text);
    return best;
}

std::optional<std::string> Phrases::known(std::string_view text) const {
    if (auto whole = known_whole(text)) return whole;
    const std::size_t bracket = text.rfind(" (");
    if (bracket == std::string_view::npos || bracket == 0 || !text.ends_with(')')) return std::nullopt;
    auto before = known_whole(text.substr(0, bracket));
    if (!before) return std::nullopt;
    return *before + " (" + in_gap(text.substr(bracket + 2, text.size() - bracket - 3)) + ')';
}

}  // namespace sipdex::redact
