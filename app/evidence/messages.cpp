#include "evidence/messages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "evidence/field_line.h"
#include "evidence/folded.h"
#include "evidence/prefix.h"
#include "evidence/start_line.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// What Wireshark's packet tree writes before a start line; the lines below are deeper than the header fields.
bool is_of_a_tree(std::string_view prefix) {
    const std::string_view trimmed = sip::trimmed(prefix);
    return trimmed == "Status-Line:" || trimmed == "Request-Line:";
}

std::string_view without_space_behind(std::string_view text) {
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

bool is_sdp(std::string_view line) {
    return line.size() > 1 && line[1] == '=' &&
           std::string_view("vosiuepcbtrzkam").find(line[0]) != std::string_view::npos;
}

// The line of a log itself: "[2020-12-20 07:06:22] NOTICE", "<--- SIP read", "2024-01-02 …", "-----".
bool looks_like_a_log(std::string_view line) {
    line = sip::trimmed(line);
    if (line.starts_with("[") || line.starts_with("<--") || line.starts_with("--") || line.starts_with("==") ||
        line.starts_with("U 20") || line.starts_with("T 20"))
        return true;
    std::size_t digits = 0;
    while (digits < line.size() && std::isdigit(static_cast<unsigned char>(line[digits]))) ++digits;
    return digits >= 2 && digits < line.size() && (line[digits] == ':' || line[digits] == '-' || line[digits] == '/');
}

// What a value says that is named for it: "direction": "inbound".
Direction direction_named(const std::string& text) {
    constexpr std::string_view name = "direction";
    const std::size_t begin = text.find(name);
    if (begin == std::string::npos) return Direction::unknown;
    std::string_view value = std::string_view(text).substr(begin + name.size());
    value.remove_prefix(std::min(value.find_first_not_of(" \"'="), value.size()));
    for (const std::string_view in : {"in", "rx", "recv", "receive"})
        if (value.starts_with(in)) return Direction::received;
    for (const std::string_view out : {"out", "tx", "sen", "transmit"})
        if (value.starts_with(out)) return Direction::sent;
    return Direction::unknown;
}

// "- IN: my=192.0.2.1:5060 peer=192.0.2.7": in capitals, for "in" is everybody's word.
Direction direction_announced(std::string_view marker) {
    for (const auto& [word, told] : {std::pair{std::string_view(" IN: "), Direction::received},
                                     {" OUT: ", Direction::sent},
                                     {"ingress: {", Direction::received},
                                     {"egress: {", Direction::sent}})
        if ((' ' + std::string(marker)).find(word) != std::string::npos) return told;
    return Direction::unknown;
}

bool holds(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

Direction direction_told(std::string_view marker) {
    if (const Direction told = direction_announced(marker); told != Direction::unknown) return told;
    std::string text = ' ' + sip::lowered(marker) + ' ';
    std::ranges::replace(text, ':', ' ');
    if (holds(text, {"received", "receiving", "recv", "read from", "incoming", " rx ", ".rx", "response from",
                     "from wire", "<<=="}))
        return Direction::received;
    if (holds(text, {"transmitting", "transmit sip", "sending", "_sent", "_send", " sent ", " send", "sip send",
                     "outgoing", " tx ", ".tx", "request sent", "==>>"}))
        return Direction::sent;
    return direction_named(text);
}

// Single fields of a mail or a web page are no evidence of SIP; these are.
bool speaks_of_sip(const FieldLine& field) {
    static constexpr std::string_view telling[] = {
        "Warning",
        "Retry-After",
        "Via",
        "CSeq",
        "Call-ID",
        "WWW-Authenticate",
        "Proxy-Authenticate",
        "Unsupported",
        "Min-SE",
        "Min-Expires",
        "Supported",
        "Allow-Events",
        "Geolocation-Error",
        "AlertMsg-Error",
        "Security-Server",
        "Require",
        "Session-Expires",
        "Record-Route",
        "Path",
        "Service-Route",
        "RSeq",
        "Permission-Missing",
        "Accept-Resource-Priority",
        "Call-Info",
        "Error-Info",
    };
    const std::string_view name = sip::full_name(field.name);
    // "Reason: wrong password" is a log's own word, and within a line nearly everything is.
    if (sip::same_token(name, "Reason")) return sip::lowered(field.value).find(";cause") != std::string::npos;
    if (field.prefixed) return sip::same_token(name, "Warning") && sip::number_of(field.value.substr(0, 3)).has_value();
    if (std::ranges::any_of(telling, [&](std::string_view one) { return sip::same_token(one, name); })) return true;
    const std::string prefix = sip::lowered(name.substr(0, 2));
    if (prefix == "p-" || prefix == "x-") return true;
    if (sip::lowered(name).starts_with("ms-")) return true;
    return sip::same_token(name, "Contact") && field.value.find("sip") != std::string_view::npos;
}

class Reader {
public:
    Reader(const Lines& lines, const Vocabulary& vocabulary) : lines_(lines.all()), vocabulary_(vocabulary) {}

    FoundMessages read() {
        while (at_ < lines_.size()) {
            if (begin_message() || begin_fragment()) continue;
            found_.others.push_back(at_++);
        }
        return std::move(found_);
    }

private:
    std::string_view line(std::size_t at) const { return lines_[at].text; }
    bool is_blank(std::size_t at) const { return sip::trimmed(line(at)).empty(); }

    std::optional<StartLine> start_at(std::size_t at) const {
        return may_hold_start_line(line(at)) ? start_line_in(line(at)) : std::nullopt;
    }

    bool begin_message() {
        const auto start = start_at(at_);
        if (!start) return false;
        if (is_told_twice(*start)) return ++at_, true;
        message_ = {};
        message_.has_start_line = true;
        message_.message.status = start->status;
        message_.message.reason_phrase = start->phrase;
        message_.message.method = start->method;
        message_.message.request_uri = start->uri;
        message_.first_line = message_.last_line = lines_[at_].number;
        message_.begin = at_;
        prefix_ = line(at_).substr(0, start->begin);
        tree_ = is_of_a_tree(prefix_);
        take_marker();
        ++at_;
        shown_end_ = end_shown_behind(*start);
        if (std::string& phrase = message_.message.reason_phrase; shown_end_ != '\0' && phrase.ends_with(shown_end_))
            phrase = without_space_behind(std::string_view(phrase).substr(0, phrase.size() - 1));
        read_fields();
        finish();
        return true;
    }

    // tcpdump tells the start line in its summary and again with the octets below, among which there may be a line end;
    // the log of a proxy tells what came in before it shows it.
    bool is_told_twice(const StartLine& start) const {
        constexpr std::size_t farthest = 4;
        for (std::size_t at = at_ + 1; at < lines_.size() && at <= at_ + farthest && !field_at(at, true); ++at) {
            const auto next = start_at(at);
            if (next && next->status == start.status && next->phrase == start.phrase && next->method == start.method &&
                next->uri == start.uri)
                return true;
        }
        return false;
    }

    bool begin_fragment() {
        prefix_ = {};
        tree_ = false;
        shown_end_ = '\0';
        const auto field = field_at(at_, false);
        if (!field) return false;
        // Where nothing of a run of fields speaks of SIP, it is no message.
        bool telling = false;
        for (std::size_t at = at_; at < lines_.size(); ++at) {
            const auto one = field_at(at, false);
            if (!one) break;
            telling = telling || speaks_of_sip(*one);
        }
        if (!telling) return false;
        message_ = {};
        message_.first_line = message_.last_line = lines_[at_].number;
        message_.begin = at_;
        take_marker();
        read_fields();
        finish();
        return true;
    }

    // ngrep and sipgrep show the CR of each line as a dot, editors and `cat -A` its end as "$"; in Markdown each line may
    // stand between "`", in a frame between "|".
    char end_shown_behind(const StartLine& start) const {
        if (at_ == lines_.size() || (start.phrase.empty() && start.method.empty())) return '\0';
        for (const char sign : {'.', '$', '`', '|'})
            if (without_space_behind(line(at_ - 1)).ends_with(sign) && without_space_behind(line(at_)).ends_with(sign))
                return sign;
        return '\0';
    }

    // What the log says on the line itself or, where nothing stands there, on the nearest line above.
    void take_marker() {
        std::string_view marker = sip::trimmed(prefix_);
        constexpr std::size_t farthest = 4, most_values = 40;
        for (std::size_t above = at_, values = 0; direction_told(marker) == Direction::unknown && above-- > 0 &&
                                                  at_ - above - values < farthest && above >= first_free_;) {
            const std::string_view told = sip::trimmed(line(above));
            // Values of an export stand in lines of their own.
            if (told.starts_with('"') && told.find("\": ") != std::string_view::npos && values < most_values) ++values;
            if (direction_told(told) != Direction::unknown) marker = told;
        }
        message_.marker = marker;
        message_.direction = direction_told(marker);
    }

    std::string_view content_of(std::size_t at) const {
        std::string_view text = line(at);
        // What stood at its end was cut off by whoever copied it.
        const std::string_view nothing = without_space_behind(prefix_);
        if (!nothing.empty() && like_prefix(text, nothing) == text.size()) return {};
        text.remove_prefix(like_prefix(text, prefix_));
        if (const std::string_view bare = without_space_behind(text); shown_end_ != '\0' && bare.ends_with(shown_end_))
            text = bare.substr(0, bare.size() - 1);
        return text;
    }

    std::optional<FieldLine> field_at(std::size_t at, bool within) const {
        const std::string_view content = without_quoting(content_of(at));
        if (auto field = field_line(content, vocabulary_, within)) return field;
        // "From: " is as long as the "INFO: " before a start line.
        if (auto field = field_line(without_quoting(line(at)), vocabulary_, within); field && field->known)
            return field;
        auto field = prefixed_field_line(line(at), vocabulary_);
        if (field && shown_end_ != '\0' && field->value.ends_with(shown_end_)) field->value.remove_suffix(1);
        return field;
    }

    // The next line that is not blank; lines_.size() behind the last.
    std::size_t next_written(std::size_t at) const {
        while (at < lines_.size() && without_quoting(content_of(at)).empty()) ++at;
        return at;
    }

    bool has(std::string_view name) const { return message_.message.header(name).has_value(); }

    void read_fields() {
        while (at_ < lines_.size()) {
            const std::size_t next = next_written(at_);
            const bool behind_blank = next > at_;
            if (next == lines_.size()) return;
            if (start_at(next)) {
                if (holds_a_fragment_of_sip()) read_sip_fragment(next);
                return;
            }
            const std::string_view content = content_of(next), quoted = without_quoting(content);
            if (is_sdp(quoted)) return read_body(next);
            if (!behind_blank && is_continuation(content)) {
                extend(sip::trimmed(content), next);
                continue;
            }
            const auto field = field_at(next, message_.has_start_line || !message_.message.fields.empty());
            if (field && begins_another(*field)) return;
            if (field && (field->known || !behind_blank) && !(tree_ && !field->known)) {
                take(*field, next);
                continue;
            }
            if (tree_ && !behind_blank) {  // its details
                ++at_;
                continue;
            }
            if (!behind_blank && (moved_from_the_line_above(quoted) || stands_among_fields(next))) {
                extend(quoted, next);
                continue;
            }
            // A value that a web page moved to the next line, a blank line between.
            if (behind_blank && value_is_missing() && !looks_like_a_log(quoted)) {
                extend(quoted, next);
                continue;
            }
            if (behind_blank && quoted.starts_with('<') && has("Content-Type")) read_body(next);
            return;
        }
    }

    // A field that a message has once already, after the blank line that ends it, is of another message.
    bool begins_another(const FieldLine& field) const {
        const std::string_view name = sip::full_name(field.name);
        for (const std::string_view once : {"Call-ID", "CSeq", "From", "To", "Content-Length"})
            if (sip::same_token(name, once) && has(once)) return true;
        return false;
    }

    void take(const FieldLine& field, std::size_t at) {
        message_.message.fields.push_back({std::string(field.name), std::string(field.value)});
        message_.field_lines.push_back(lines_[at].number);
        passed(at);
    }

    void passed(std::size_t at) {
        message_.last_line = lines_[at].number;
        at_ = at + 1;
    }

    // RFC 3261 7.3.1: a line that begins with white space continues the one before, unless it is a field itself, only indented.
    bool is_continuation(std::string_view content) const {
        if (message_.message.fields.empty() || content.empty() || (content.front() != ' ' && content.front() != '\t') ||
            tree_)
            return false;
        return !field_line(without_quoting(content), vocabulary_, true);
    }

    bool value_is_missing() const {
        return !message_.message.fields.empty() && message_.message.fields.back().value().empty();
    }

    // A page has broken a long line: the value above is not at its end, or the line begins in its middle.
    bool moved_from_the_line_above(std::string_view content) const {
        if (message_.message.fields.empty() || content.empty() || looks_like_a_log(content)) return false;
        const sip::HeaderField& above = message_.message.fields.back();
        if (above.value().empty()) return true;
        if (std::string_view(",;=").find(above.value().back()) != std::string_view::npos) return true;
        if (std::string_view(",;&?").find(content.front()) != std::string_view::npos) return true;
        return sip::same_field(above.name(), "Via") && above.value().find(' ') == std::string::npos;
    }

    // Whatever is no field between two of them was broken off the one above; a log does not cut in there.
    bool stands_among_fields(std::size_t at) const {
        if (message_.message.fields.empty() || tree_ || looks_like_a_log(line(at)) || at + 1 == lines_.size())
            return false;
        const auto behind = field_line(without_quoting(content_of(at + 1)), vocabulary_, false);
        return behind && behind->known && !begins_another(*behind);
    }

    void extend(std::string_view more, std::size_t at) {
        sip::HeaderField& above = message_.message.fields.back();
        const std::string& value = above.value();
        const bool in_the_middle =
            !value.empty() && (value.back() == ';' || value.back() == '=' || more.front() == ';' ||
                               more.front() == '&' || more.front() == '?');
        if (!value.empty() && !in_the_middle) above.append(" ");
        above.append(more);
        passed(at);
    }

    void read_body(std::size_t from) {
        const bool xml = without_quoting(content_of(from)).starts_with('<');
        for (std::size_t at = from; at < lines_.size(); ++at) {
            const std::string_view content = without_quoting(content_of(at));
            if (start_at(at)) break;
            if (content.empty()) {
                const std::size_t next = next_written(at);
                if (next == lines_.size() || !(xml ? without_quoting(content_of(next)).starts_with('<')
                                                   : is_sdp(without_quoting(content_of(next)))))
                    break;
                continue;
            }
            if (!xml && !is_sdp(content)) break;
            if (content.starts_with("v=0 "))
                for (const std::string_view one : session_taken_apart(content))
                    message_.message.body.append(one).append("\r\n");
            else message_.message.body.append(content).append("\r\n");
            passed(at);
        }
    }

    // RFC 3420, RFC 3515 2.4.4: a NOTIFY tells in its body, by a status line, what became of a transfer.
    bool holds_a_fragment_of_sip() const {
        const auto type = message_.message.header("Content-Type"), length = message_.message.header("Content-Length");
        return type && sip::lowered(*type).find("sipfrag") != std::string::npos && length != "0";
    }

    void read_sip_fragment(std::size_t from) {
        for (std::size_t at = from; at < lines_.size() && !without_quoting(content_of(at)).empty(); ++at) {
            if (at > from && start_at(at)) break;
            message_.message.body.append(without_quoting(content_of(at))).append("\r\n");
            passed(at);
        }
    }

    void finish() {
        first_free_ = message_.end = at_;
        found_.messages.push_back(std::move(message_));
    }

    const std::vector<Line>& lines_;
    const Vocabulary& vocabulary_;
    std::size_t at_ = 0, first_free_ = 0;  // behind the message before
    std::string_view prefix_;              // before the start line
    bool tree_ = false;
    char shown_end_ = '\0';  // what stands for the end of each line
    FoundMessage message_;
    FoundMessages found_;
};

}  // namespace

FoundMessages messages_in(const Lines& lines, const Vocabulary& vocabulary) { return Reader(lines, vocabulary).read(); }

}  // namespace sipdex::evidence
