// The sentences of the interface in one language: whole ICU messages with named arguments.
//
// Written once in i18n/<tag>/messages.toml. The generated `Words` (words.h) derives from this class and
// has one member function per message, so that a sentence that does not exist does not compile.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sipdex::language {

using Argument = std::variant<long, double, std::string>;
using Arguments = std::vector<std::pair<std::string_view, Argument>>;

// One message as the generated table holds it; keys are sorted.
struct Pattern {
    std::string_view key;
    std::string_view pattern;
};

class Messages {
public:
    // `patterns` is used first, `fallback` (English) for what it lacks. Both must outlive the object.
    Messages(std::string tag, const std::vector<Pattern>& patterns, const std::vector<Pattern>& fallback);
    ~Messages();
    Messages(Messages&&) noexcept;
    Messages& operator=(Messages&&) noexcept;

    const std::string& tag() const { return tag_; }

    // The sentence for a key; the key itself in angle brackets when there is no such message.
    std::string sentence(std::string_view key, const Arguments& arguments = {}) const;

    // Whether there is such a message, in the language or in English.
    bool has(std::string_view key) const;

    // Whether the language has the message itself, not its English stand-in.
    bool translated(std::string_view key) const;

private:
    struct Formats;  // parsed patterns, filled as they are asked for
    std::string tag_;
    const std::vector<Pattern>* patterns_;
    const std::vector<Pattern>* fallback_;
    std::unique_ptr<Formats> formats_;
};

// A pattern that stands in no table: of words that are kept elsewhere. The pattern itself where it cannot be formatted.
std::string formatted(const std::string& tag, std::string_view pattern, const Arguments& arguments);

// The names and kinds of the arguments of a pattern, in order of their first use. A wrong pattern gives
// one sentence that says what is wrong instead.
struct PatternArguments {
    enum class Kind { text, count, decimal };  // decimal: a number whose format has a decimal point
    struct One {
        std::string name;
        Kind kind = Kind::text;
        std::vector<std::string> branches = {};  // of a select, sorted: {"none", "other"}
    };
    std::vector<One> arguments;
    std::string problem;  // empty when the pattern is right: one sentence for whoever wrote it
};
PatternArguments arguments_of(std::string_view pattern);

}  // namespace sipdex::language
