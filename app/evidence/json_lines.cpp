#include "evidence/json_lines.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "evidence/characters.h"
#include "evidence/start_line.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

constexpr std::size_t deepest = 64, most_facts = 64;

// "1795947133120" and the like, of a key that speaks of time, as the seconds that they are: "1795947133.120".
std::string as_seconds(const std::string& key, const std::string& value) {
    constexpr std::size_t seconds = 10;
    const std::string lowered = sip::lowered(key);
    const bool of_time = lowered.find("time") != std::string::npos || lowered.find("date") != std::string::npos ||
                         lowered.ends_with("ts");
    const bool digits = value.find_first_not_of("0123456789") == std::string::npos;
    if (!of_time || !digits || value.size() < seconds || (value.size() - seconds) % 3 != 0) return value;
    return value.substr(0, seconds) + "." + (value.size() == seconds ? "000" : value.substr(seconds));
}

struct Fact {
    std::string key, value;
    bool quoted = false;

    std::string line() const {
        const std::string told = as_seconds(key, value);
        return '"' + key + "\": " + (quoted && told == value ? '"' + value + '"' : told);
    }
    bool is_time() const {
        const std::string lowered = sip::lowered(key);
        return lowered == "time" || lowered == "ts" || lowered.ends_with("timestamp") || lowered.ends_with("date");
    }
};

struct Text {
    std::string value;
    std::size_t number = 0;
};

struct Level {
    bool object = false;
    std::string key;  // of the value that comes next
    bool expects_key = false;
    std::vector<Fact> facts;
    std::vector<Text> texts;
    std::string octets;  // of an array that holds nothing else
    std::size_t number = 0;
};

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::optional<std::vector<JsonLine>> scan() {
        skip_space();
        if (at_ >= text_.size() || (text_[at_] != '{' && text_[at_] != '[')) return {};
        while (at_ < text_.size() && step()) skip_space();
        if (broken_) return {};
        while (!levels_.empty()) close();  // it was cut
        if (!holds_start_line_) return {};
        return std::move(lines_);
    }

private:
    void skip_space() {
        for (; at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos; ++at_)
            number_ += text_[at_] == '\n' ? 1 : 0;
    }

    bool fail() { return broken_ = true, false; }

    bool step() {
        const char c = text_[at_];
        if (c == '{' || c == '[') {
            if (levels_.size() == deepest) return fail();
            levels_.push_back({c == '{', {}, c == '{', {}, {}, {}, number_});
            return ++at_, true;
        }
        if (levels_.empty()) return fail();  // between objects only objects begin
        Level& level = levels_.back();
        if (c == '}' || c == ']') {
            if (level.object != (c == '}')) return fail();
            close();
            return ++at_, true;
        }
        if (c == ',') {
            level.expects_key = level.object;
            return ++at_, true;
        }
        if (c == '"') return string();
        return word();
    }

    bool string() {
        const std::size_t number = number_;
        std::string value = decoded();
        Level& level = levels_.back();
        if (level.expects_key) {
            skip_space();
            if (at_ == text_.size()) return false;
            if (text_[at_] != ':') return fail();
            ++at_;
            level.key = std::move(value);
            level.expects_key = false;
            return true;
        }
        take(std::move(value), number);
        return true;
    }

    // A number, true, false, null.
    bool word() {
        std::size_t end = at_;
        while (end < text_.size() && (is_word(text_[end]) || std::string_view("+-.").find(text_[end]) < 3)) ++end;
        Level& level = levels_.back();
        if (end == at_ || level.expects_key) return fail();
        if (level.object) add_fact({level.key, std::string(text_.substr(at_, end - at_)), false});
        else add_octet(level, text_.substr(at_, end - at_));
        at_ = end;
        return true;
    }

    // As journalctl writes a text that has characters without a sign, such as CR.
    static void add_octet(Level& level, std::string_view number) {
        if (const auto octet = sip::number_of(number); octet && *octet < 256) level.octets += static_cast<char>(*octet);
    }

    void add_fact(Fact fact) {
        if (levels_.back().facts.size() < most_facts) levels_.back().facts.push_back(std::move(fact));
    }

    void take(std::string value, std::size_t number) {
        Level& level = levels_.back();
        if (value.starts_with('{') && may_hold_start_line(value)) {  // JSON in JSON
            if (auto inner = Scanner(value).scan()) {
                holds_start_line_ = true;
                for (JsonLine& line : *inner) level.texts.push_back({std::move(line.text), number});
                return;
            }
        }
        const bool has_end = value.find_first_of("\r\n") != std::string::npos;
        const bool starts = may_hold_start_line(value) && start_line_in(value.substr(0, value.find_first_of("\r\n")));
        holds_start_line_ = holds_start_line_ || starts || (has_end && may_hold_start_line(value));
        if (has_end || starts) level.texts.push_back({std::move(value), number});
        else if (level.object) add_fact({level.key, std::move(value), true});
    }

    std::string decoded() {
        std::string value;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\n') ++number_;
            if (text_[at_] != '\\' || at_ + 1 == text_.size()) {
                value += text_[at_];
                continue;
            }
            switch (const char c = text_[++at_]) {
                case 'n': value += '\n'; break;
                case 'r': value += '\r'; break;
                case 't': value += '\t'; break;
                case 'b':
                case 'f': value += ' '; break;
                case 'u': append_utf8(value, code_unit()); break;
                default: value += c;
            }
        }
        if (at_ < text_.size()) ++at_;
        return value;
    }

    // The four digits behind "\u", of a pair both; stands on the last one after that.
    std::uint32_t code_unit() {
        const auto unit_at = [&](std::size_t begin) -> std::optional<std::uint32_t> {
            const std::string_view digits = text_.substr(std::min(begin, text_.size()), 4);
            std::uint32_t value = 0;
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
            if (digits.size() < 4 || error != std::errc() || end != digits.data() + 4) return {};
            return value;
        };
        const auto first = unit_at(at_ + 1);
        if (!first) return 'u';
        at_ += 4;
        const auto second = text_.substr(at_ + 1, 2) == "\\u" ? unit_at(at_ + 3) : std::nullopt;
        if (!is_high_surrogate(*first) || !second || !is_low_surrogate(*second)) return *first;
        at_ += 6;
        return joined(*first, *second);
    }

    // What an object says of the message in it is said before it; what it says of no message goes to the object around it.
    void close() {
        Level level = std::move(levels_.back());
        levels_.pop_back();
        if (may_hold_start_line(level.octets) && !levels_.empty()) return take(std::move(level.octets), level.number);
        if (level.texts.empty()) {
            if (!levels_.empty())
                for (Fact& fact : level.facts) add_fact(std::move(fact));
            return;
        }
        std::vector<const Fact*> facts;
        for (const Level& around : levels_)
            for (const Fact& fact : around.facts) facts.push_back(&fact);
        for (const Fact& fact : level.facts) facts.push_back(&fact);
        const std::size_t number = level.texts.front().number;
        if (is_one_line(level)) {
            const auto time = std::ranges::find_if(facts, [](const Fact* fact) { return fact->is_time(); });
            std::string text = time == facts.end() ? std::string() : (*time)->line() + " ";
            lines_.push_back({text + std::string(sip::trimmed(level.texts.front().value)), number});
            return;
        }
        for (const Fact* fact : facts) lines_.push_back({fact->line(), number});
        for (Text& text : level.texts) add_lines(text);
    }

    // Each line of a message as an object of its own, as containers log.
    static bool is_one_line(const Level& level) {
        const std::string_view value = level.texts.front().value;
        const std::size_t end = value.find_first_of("\r\n");
        return level.texts.size() == 1 && (end == std::string_view::npos || sip::trimmed(value.substr(end)).empty());
    }

    void add_lines(const Text& text) {
        std::string_view rest = text.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view line = rest.substr(0, end);
            if (line.ends_with('\r')) line.remove_suffix(1);
            lines_.push_back({std::string(line), text.number});
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        lines_.push_back({{}, text.number});
    }

    std::string_view text_;
    std::size_t at_ = 0, number_ = 1;
    bool broken_ = false, holds_start_line_ = false;
    std::vector<Level> levels_;
    std::vector<JsonLine> lines_;
};

}  // namespace

std::optional<std::vector<JsonLine>> json_lines(std::string_view text) { return Scanner(text).scan(); }

}  // namespace sipdex::evidence
