#include "evidence/mentions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "evidence/characters.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// Between a word and the number that it announces.
constexpr std::string_view between = " \t:=([\"'#<";

// Words that announce the number of a response.
constexpr std::array<std::string_view, 42> announcing = {
    "sip/2.0",         "sip response", "sip code",   "sip status",   "sip error",   "sip cause", "response code",
    "response status", "status code",  "statuscode", "status-code",  "status_code", "sip_code",  "response",
    "status",          "code",         "error",      "response msg", "got",         "received",  "returned",
    "returns",         "returning",    "answered",   "answer",       "replied",     "reply",     "replies",
    "rejected with",   "failed with",  "failure",    "result",       "with",        "regstate",  "sip",
    "réponse",         "erreur",       "statut",     "renvoie",      "reçu",        "a",         "hangup"};

// What is counted or measured is no response.
constexpr std::array<std::string_view, 21> units = {
    "bytes",   "byte",  "octets", "ms",   "s",  "sec", "seconds", "secondes", "second",  "minutes", "min",
    "headers", "lines", "kb",     "kbps", "hz", "%",   "calls",   "times",    "packets", "new"};

constexpr std::array<std::string_view, 13> methods = {"INVITE",    "REGISTER", "BYE",   "OPTIONS", "CANCEL",
                                                      "SUBSCRIBE", "NOTIFY",   "REFER", "MESSAGE", "PUBLISH",
                                                      "UPDATE",    "PRACK",    "INFO"};

constexpr std::size_t longest_phrase = 120;  // octets

class Reader {
public:
    Reader(std::string_view line, std::size_t number, const Vocabulary& vocabulary)
        : line_(line), lowered_(sip::lowered(line)), number_(number), vocabulary_(vocabulary) {}

    std::vector<Mention> read() {
        for (std::size_t at = 0; at < line_.size(); ++at) {
            if (is_digit(line_[at]) && (at == 0 || !is_digit(line_[at - 1]))) number_at(at);
            else if (is_letter(line_[at]) && (at == 0 || !is_word(line_[at - 1])) && words_at(at)) continue;
            else if (line_[at] == '_' || line_[at] == 'C' || line_[at] == 'U') name_at(at);
        }
        return std::move(mentions_);
    }

private:
    // Numbers and letters that go together: "503", "560403", "0x403".
    void number_at(std::size_t at) {
        std::size_t end = at;
        while (end < line_.size() && is_digit(line_[end])) ++end;
        const std::size_t length = end - at;
        if (length == 1 && lowered_.substr(at, 2) == "0x") return handset_at(at);
        if (!stands_alone(at, end)) return;
        const std::string digits(line_.substr(at, length));
        // A number of somebody's own has no form; it is one that is known, or one that a word of theirs announces.
        if (length >= 4 && length <= 6 &&
            (vocabulary_.knows_own_number(digits) ? length > 4 || is_announced(at) : length == 6 && digits[0] == '5'))
            return add(Mention::Kind::own, 0, digits, false);
        if (length <= 3)
            if (const auto word = word_before(at);
                word == "cause" || word == "q.850" || word == "q850" || word == "hangupcause" || word == "isup")
                return cause(std::stoi(digits), end);
        if (length == 3) response(at, end, std::stoi(digits));
    }

    // "0x403" on the display of a handset is 403.
    void handset_at(std::size_t at) {
        const std::string_view digits = line_.substr(std::min(at + 2, line_.size()), 3);
        const auto code = sip::number_of(digits);
        const bool more = at + 5 < line_.size() && is_word(line_[at + 5]);
        if (digits.size() == 3 && code && *code >= 300 && *code <= 699 && !more && (at == 0 || !is_word(line_[at - 1])))
            add(Mention::Kind::response, static_cast<int>(*code), std::string(line_.substr(at, 5)), true);
    }

    // "486/INVITE", as stacks that are built on PJSIP name what they received.
    bool goes_with_a_method(std::size_t end) const {
        return end < line_.size() && line_[end] == '/' && !method_at(end + 1).empty();
    }

    std::string_view method_at(std::size_t at) const {
        for (const std::string_view method : methods) {
            const std::size_t behind = at + method.size();
            if (line_.substr(at).starts_with(method) && (at == 0 || !is_word(line_[at - 1])) &&
                (behind == line_.size() || !is_word(line_[behind])))
                return method;
        }
        return {};
    }

    // Logs call what is neither a warning nor an error "INFO"; a method stands where others do.
    bool is_no_level(std::size_t at) const {
        const std::string_view before = line_.substr(0, at), behind = line_.substr(at + 4);
        return before.ends_with('/') || before.ends_with('(') || before.ends_with(" to ") || behind.starts_with('/') ||
               behind.starts_with(" sip:") || behind.starts_with(" request");
    }

    bool stands_alone(std::size_t begin, std::size_t end) const {
        const char before = begin > 0 ? line_[begin - 1] : ' ', after = end < line_.size() ? line_[end] : ' ';
        if (is_word(before) || std::string_view("./-_@#$+,%&*").find(before) != std::string_view::npos) return false;
        if (before == ':' && begin > 1 && (is_digit(line_[begin - 2]) || line_[begin - 2] == ']'))
            return false;  // a port or a time
        if (is_word(after) || after == '_' || after == '%' || after == '@' ||
            (after == '/' && !goes_with_a_method(end)))
            return false;
        const char behind = end + 1 < line_.size() ? line_[end + 1] : ' ';
        // "sip.log:114:", as grep numbers the lines of a file.
        if (before == ':' && (after == ':' || after == '-') && (behind != ' ' || end + 1 >= line_.size())) return false;
        return !((after == '.' || after == ':' || after == '-' || after == ',') && is_digit(behind));
    }

    // The word before a number, lowered; what stands between is passed.
    std::string word_before(std::size_t at) const {
        std::size_t end = at;
        while (end > 0 && between.find(line_[end - 1]) != std::string_view::npos) --end;
        std::size_t begin = end;
        while (begin > 0 && (is_word(line_[begin - 1]) || line_[begin - 1] == '.' ||
                             static_cast<unsigned char>(line_[begin - 1]) >= 0x80))
            --begin;
        return lowered_.substr(begin, end - begin);
    }

    bool is_announced(std::size_t at) const {
        std::size_t end = at;
        while (end > 0 && between.find(line_[end - 1]) != std::string_view::npos) --end;
        const std::string_view before = std::string_view(lowered_).substr(0, end);
        // "SipCallFailure=504": a key that speaks of SIP, and its value.
        const bool is_value = line_.substr(end, at - end).find_first_of("=:") != std::string_view::npos;
        if (is_value && word_before(at) != "sip" && word_before(at).find("sip") != std::string::npos) return true;
        return end < at && std::ranges::any_of(announcing, [&](std::string_view word) {
                   if (!before.ends_with(word)) return false;
                   const std::size_t begin = before.size() - word.size();
                   return begin == 0 || !is_word(before[begin - 1]) || word == "regstate";
               });
    }

    bool is_measured(std::size_t end) const {
        std::size_t begin = end;
        while (begin < line_.size() && (line_[begin] == ' ' || line_[begin] == ']')) ++begin;
        std::size_t stop = begin;
        while (stop < line_.size() && (is_letter(line_[stop]) || line_[stop] == '%')) ++stop;
        return std::ranges::find(units, lowered_.substr(begin, stop - begin)) != units.end();
    }

    // Whether the sentence goes on behind a phrase: "403 Forbidden for REGISTER", "401 Unauthorized, then".
    static bool goes_on(std::string_view rest) {
        return rest.size() > 1 && (std::string_view(",;.").find(rest[0]) != std::string_view::npos ||
                                   (rest[0] == ' ' && std::islower(static_cast<unsigned char>(rest[1]))));
    }

    // The phrase behind a number: up to what closes it, a bracket with an internal number included.
    std::string phrase_behind(std::size_t end, int code) const {
        std::size_t begin = end;
        while (begin < line_.size() && std::string_view(" ])\"':-").find(line_[begin]) != std::string_view::npos)
            ++begin;
        const char opened = begin < line_.size() && line_[begin] == '(' ? '(' : begin > end ? line_[begin - 1] : ' ';
        if (opened == '(') ++begin;
        // Beyond this nothing is a phrase; a line may be a whole log.
        const std::string_view rest = line_.substr(std::min(begin, line_.size()), 2 * longest_phrase);
        std::size_t stop = rest.size();
        if (opened == '(') stop = std::min(stop, rest.find(')'));
        if (opened == '"' || opened == '\'') stop = std::min(stop, rest.find(opened));
        for (const std::string_view closing : {" back from", " from ", "\"", " |", "\t"})
            stop = std::min(stop, rest.find(closing));
        if (const std::size_t known = vocabulary_.phrase_at(code, rest);
            known > 0 && (known >= stop || goes_on(rest.substr(known))))
            stop = known;
        return std::string(sip::trimmed(rest.substr(0, std::min(stop, longest_phrase))));
    }

    void response(std::size_t at, std::size_t end, int code) {
        if (code < 100 || code > 699 || is_measured(end)) return;
        const bool after_slash = at > 0 && line_[at - 1] == '(' && end < line_.size() && line_[end] == '/';
        if (after_slash) return;
        std::string phrase = phrase_behind(end, code);
        const bool has_phrase = vocabulary_.phrase_at(code, phrase) > 0;
        if (phrase.starts_with("Status: ") || phrase.starts_with("Request: "))
            return;  // the length of a packet, as tshark prints it
        const bool announced = is_announced(at) && (vocabulary_.knows_code(code) || word_before(at) != "sip");
        const bool leads = sip::trimmed(line_.substr(0, at)).empty() && !phrase.empty() &&
                           std::isupper(static_cast<unsigned char>(phrase[0]));
        if (!has_phrase && !announced && !leads) return;
        if (!has_phrase && !leads && !phrase.empty() && !std::isupper(static_cast<unsigned char>(phrase[0])))
            phrase.clear();
        add(Mention::Kind::response, code, std::move(phrase), has_phrase || (announced && word_before(at) != "a"));
    }

    void cause(int value, std::size_t end) {
        if (value < 1 || value > 127) {
            if (value >= 300 && value <= 699) add(Mention::Kind::response, value, phrase_behind(end, value), true);
            return;
        }
        add(Mention::Kind::cause, value, {}, true);
    }

    void add(Mention::Kind kind, int code, std::string text, bool sure) {
        mentions_.push_back({kind, code, std::move(text),
                             kind == Mention::Kind::response ? method_told() : std::string(), number_, sure});
    }

    // "403 Forbidden (INVITE)", "Response msg 486/INVITE/cseq=2", "to INVITE": the first of the line.
    const std::string& method_told() {
        if (!method_told_) {
            method_told_.emplace();
            for (std::size_t at = 0; at < line_.size() && method_told_->empty(); ++at)
                if (const std::string_view method = method_at(at); method != "INFO" || is_no_level(at))
                    *method_told_ = method;
        }
        return *method_told_;
    }

    // "No matching endpoint found": what a product's log says in words of its own.
    bool words_at(std::size_t& at) {
        const std::string_view words = vocabulary_.words_at(line_.substr(at));
        if (words.empty()) return false;
        add(Mention::Kind::own, 0, std::string(words), true);
        at += words.size() - 1;
        return true;
    }

    // NO_ROUTE_DESTINATION, CHANUNAVAIL: names that products give to causes.
    void name_at(std::size_t& at) {
        const auto belongs = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; };
        std::size_t begin = at, end = at;
        while (begin > 0 && belongs(line_[begin - 1])) --begin;
        while (end < line_.size() && belongs(line_[end])) ++end;
        int value = 0;
        // BUSY and CANCEL are everybody's words; only behind a name of theirs do they say how a call ended.
        const std::string_view name = line_.substr(begin, end - begin);
        static constexpr std::array<std::string_view, 6> naming = {"dialstatus",   "cause",       "hangupcause",
                                                                   "hangup_cause", "disposition", "hangup"};
        if (name.find('_') == std::string_view::npos && std::ranges::find(naming, word_before(begin)) == naming.end()) {
            if (end > at) at = end - 1;
            return;
        }
        if (end - begin >= 4 && vocabulary_.knows_name(line_.substr(begin, end - begin), value))
            add(value > 0 ? Mention::Kind::cause : Mention::Kind::own, value,
                std::string(line_.substr(begin, end - begin)), true);
        if (end > at) at = end - 1;
    }

    std::string_view line_;
    std::string lowered_;
    std::size_t number_;
    const Vocabulary& vocabulary_;
    std::vector<Mention> mentions_;
    std::optional<std::string> method_told_;
};

}  // namespace

std::vector<Mention> mentions_in(std::string_view line, std::size_t number, const Vocabulary& vocabulary) {
    return Reader(line, number, vocabulary).read();
}

}  // namespace sipdex::evidence
