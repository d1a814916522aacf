#include "evidence/lines.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "evidence/characters.h"
#include "evidence/folded.h"
#include "evidence/json_lines.h"
#include "evidence/plain_text.h"
#include "evidence/prefix.h"
#include "evidence/start_line.h"
#include "evidence/wrapped.h"
#include "sip/token.h"

namespace sipdex::evidence {

namespace {

// Where a cell of a table ends that began in a line above: at a quote that is not doubled.
std::size_t end_of_cell(std::string_view text) {
    for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
        if (text.substr(at + 1, 1) != "\"") return at;
        ++at;
    }
    return std::string_view::npos;
}

std::string with_single_quotes(std::string_view text) {
    std::string left;
    for (std::size_t at = 0; at < text.size(); ++at) {
        left += text[at];
        if (text.substr(at, 2) == "\"\"") ++at;
    }
    return left;
}

// How many octets at the end are the beginning of a line end that was cut itself.
std::size_t begun_end_behind(std::string_view text) {
    constexpr std::string_view end = "#015#012";
    if (text.ends_with(end)) return 0;
    for (std::size_t length = end.size() - 1; length > 0; --length)
        if (text.ends_with(end.substr(0, length))) return length;
    return 0;
}

// "[Part 02 of 03]": which part, and where its text begins.
struct Part {
    std::size_t begin = 0, end = 0;
    std::uint64_t number = 0;
};
std::optional<Part> part_in(std::string_view text) {
    const std::size_t begin = text.find("[Part ");
    if (begin == std::string_view::npos) return {};
    const std::string_view inside = text.substr(begin + 6);
    const std::size_t of = inside.find(" of "), close = inside.find(']');
    if (of == std::string_view::npos || close == std::string_view::npos || close < of || close > 12) return {};
    const auto number = sip::number_of(inside.substr(0, of));
    return number ? std::optional(Part{begin, begin + 6 + close + 1, *number}) : std::nullopt;
}

}  // namespace

Lines::Lines(std::string_view text, const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    if (auto converted = utf8_of(text)) text = kept(std::move(*converted));
    constexpr std::string_view mark = "\xef\xbb\xbf";
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    if (auto lines = json_lines(text))
        for (JsonLine& line : *lines) add(kept(std::move(line.text)), line.number);
    else add_all(text);
}

void Lines::add_all(std::string_view text) {
    std::size_t number = 0;
    const std::size_t width = width_of(text, vocabulary_);
    std::string broken;  // the beginning of a line that goes on in the next one
    std::size_t broken_at = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        // CR LF, LF, CR, and CR CR LF as careless conversions leave it, end one line.
        std::size_t after = std::min(text.find_first_not_of('\r', end), text.size());
        if (after < text.size() && text[after] == '\n') ++after;
        else after = std::min(end + 1, text.size());
        text.remove_prefix(after);
        ++number;
        // ngrep sets all that it breaks under its beginning.
        const std::size_t indent = std::min(broken.find_first_not_of(' '), broken.size());
        const bool indented = line.substr(0, indent).find_first_not_of(' ') == std::string_view::npos;
        if (goes_on_behind(line, text.substr(0, text.find_first_of("\r\n")), width, vocabulary_)) {
            if (broken.empty()) broken_at = number;
            broken += indented ? line.substr(indent) : line;
        } else if (!broken.empty()) {
            broken += indented ? line.substr(indent) : line;
            add_read(kept(std::exchange(broken, {})), broken_at);
        } else {
            add_read(line, number);
        }
    }
    end_dump();
}

void Lines::add_read(std::string_view text, std::size_t number) {
    if (!add_of_dump(text, number)) add(text, number);
}

bool Lines::add_of_dump(std::string_view text, std::size_t number) {
    const auto row = hex_row(text);
    if (row && dump_.take(*row, text, number)) return true;
    end_dump();
    return row && dump_.take(*row, text, number);
}

// A dump that holds no message is text as any other.
void Lines::end_dump() {
    if (dump_.empty()) return;
    const HexDump dump = std::exchange(dump_, {});
    std::string_view rest = dump.message();
    if (rest.empty())
        for (const HexDump::Row& row : dump.rows()) add(row.line, row.number);
    else if (std::string way = dump.way(); !way.empty())
        lines_.push_back({kept(std::move(way)), dump.rows()[0].number});
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines_.push_back({kept(std::string(line)), dump.number_of(rest.data())});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void Lines::add(std::string_view text, std::size_t number) {
    if (auto meant = plain(text)) {
        std::string_view rest = kept(std::move(*meant));
        for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            add_plain(rest.substr(0, end), number);
            rest.remove_prefix(end + 1);
        }
        return add_plain(rest, number);
    }
    add_plain(text, number);
}

void Lines::add_plain(std::string_view text, std::size_t number) {
    if (add_of_one_line(text, number) || add_of_cell(text, number) || add_part(text, number) ||
        add_rest_of_record(text, number))
        return;
    add_unfolded(text, number);
}

// RFC 4475 2.1: "<allOneLine>" stands where a document breaks a line that is one on the wire.
bool Lines::add_of_one_line(std::string_view text, std::size_t number) {
    const std::string_view bare = sip::trimmed(text);
    const bool begins = bare == "<allOneLine>", ends = bare == "</allOneLine>";
    if (!one_line_ && !begins) return ends;
    // Somebody forgot to close it.
    const bool forgotten = one_line_ && !one_line_->empty() && !ends && begins_something(text, vocabulary_);
    if (one_line_ && !begins && !ends && !forgotten) {
        one_line_->append(bare);
        return true;
    }
    if (std::optional<std::string> whole = std::exchange(one_line_, {}); whole && !whole->empty())
        add_unfolded(kept(std::move(*whole)), number);
    if (begins) one_line_.emplace();
    return begins || ends;
}

// Of a message that came in several parts the later ones go on where the one before was cut.
bool Lines::add_part(std::string_view text, std::size_t number) {
    const bool goes_on = std::exchange(goes_on_, false);
    if (const auto part = part_in(text)) {
        std::string_view rest = text.substr(part->end);
        if (part->number == 1) {  // what stands before it tells of the message
            lines_.push_back({text.substr(0, part->begin), number});
            if (!sip::trimmed(rest).empty()) add_unfolded(rest, number);
            return true;
        }
        if (rest.starts_with("<010>")) rest.remove_prefix(5);
        goes_on_ = sip::trimmed(rest).empty();
        if (goes_on_ || lines_.empty()) return true;
        append(rest, number);
        return true;
    }
    if (!goes_on || lines_.empty()) return false;
    append(text, number);
    return true;
}

// Puts it behind the last line, and what is folded into it in lines of its own.
void Lines::append(std::string_view text, std::size_t number) {
    std::string_view rest = text;
    if (auto unfolded = with_real_ends(text)) rest = kept(std::move(*unfolded));
    std::size_t end = std::min(rest.find('\n'), rest.size());
    Line& last = lines_.back();
    // A line that stands alone in its string grows there, for it may do so often.
    if (joined_.empty() || last.text.data() != joined_.back().data() || last.text.size() != joined_.back().size())
        joined_.emplace_back(last.text);
    last.text = joined_.back() += rest.substr(0, end);
    while (end < rest.size()) {
        rest.remove_prefix(end + 1);
        end = std::min(rest.find('\n'), rest.size());
        lines_.push_back({rest.substr(0, end), number});
    }
}

// What the table says of a message stands before it, also what it has behind its cell.
bool Lines::add_of_cell(std::string_view text, std::size_t number) {
    constexpr std::size_t most_lines = 500;
    if (cell_lines_ > 0) {
        const std::size_t end = end_of_cell(text);
        cell_lines_ = end != std::string_view::npos || cell_lines_ == most_lines ? 0 : cell_lines_ + 1;
        add_unfolded(kept(with_single_quotes(text.substr(0, end))), number);
        if (end != std::string_view::npos) {
            Line& row = lines_[row_begins_];
            row.text = kept(std::string(row.text) + std::string(text.substr(end + 1)));
            lines_.push_back({{}, number});
        }
        return true;
    }
    if (text.find('"') == std::string_view::npos || !may_hold_start_line(text)) return false;
    const auto start = start_line_in(text);
    if (!start || start->begin == 0 || text[start->begin - 1] != '"') return false;
    if (start->begin > 1 && std::string_view(",;\t").find(text[start->begin - 2]) == std::string_view::npos)
        return false;
    // A cell of one line, whose line ends are written out.
    if (const std::size_t end = end_of_cell(text.substr(start->begin)); end != std::string_view::npos) {
        const std::string_view cell = text.substr(start->begin, end);
        if (cell.find("\"\"") == std::string_view::npos) return false;
        lines_.push_back(
            {kept(std::string(text.substr(0, start->begin - 1)) + std::string(text.substr(start->begin + end + 1))),
             number});
        add_unfolded(kept(with_single_quotes(cell)), number);
        return true;
    }
    cell_lines_ = 1;
    // Without the quote, for it closes nothing in this line.
    row_begins_ = lines_.size();
    lines_.push_back({text.substr(0, start->begin - 1), number});
    lines_.push_back({kept(with_single_quotes(text.substr(start->begin))), number});
    return true;
}

// Syslog cuts what is longer than a datagram, wherever that is, and puts its prefix before the rest.
bool Lines::add_rest_of_record(std::string_view text, std::size_t number) {
    constexpr std::size_t shortest_cut = 200;  // octets; nobody sends shorter datagrams
    const bool may_be_cut = text.size() >= shortest_cut;
    const std::size_t tail = may_be_cut ? begun_end_behind(text) : 0;
    if (const std::string_view prefix = std::exchange(record_prefix_, {}); !prefix.empty() && !lines_.empty()) {
        const std::size_t length = like_prefix(text, prefix);
        const std::string_view content = text.substr(length);
        const bool of_a_log = content.starts_with('(') || content.starts_with('-') || content.starts_with('[');
        if (length > 0 && !of_a_log && !(may_hold_start_line(content) && start_line_in(content))) {
            std::string rest(std::exchange(record_tail_, {}));
            rest += content.substr(0, content.size() - std::min(tail, content.size()));
            if (may_be_cut && (tail > 0 || written_ends_behind(text) == 0)) record_prefix_ = prefix;
            record_tail_ = text.substr(text.size() - tail);
            append(kept(std::move(rest)), number);
            return true;
        }
    }
    if (!may_be_cut || !may_hold_start_line(text) || text.find("#012") == std::string_view::npos ||
        (tail == 0 && written_ends_behind(text) > 0))
        return false;
    const auto start = start_line_in(text.substr(0, text.find("#012")));
    if (!start) return false;
    record_prefix_ = text.substr(0, start->begin);
    record_tail_ = text.substr(text.size() - tail);
    add_unfolded(text.substr(0, text.size() - tail), number);
    return true;
}

void Lines::add_unfolded(std::string_view text, std::size_t number) {
    // A line of nothing else is one that its log shows as empty.
    const std::size_t ends = written_ends_behind(text);
    text.remove_suffix(ends);
    const std::string_view bare = sip::trimmed(text);
    if (may_hold_start_line(text) || text.find(": ") != std::string_view::npos || bare.starts_with('\'') ||
        bare.starts_with('"'))
        if (auto unfolded = with_real_ends(text)) {
            std::string_view rest = kept(std::move(*unfolded));
            // What a program joins stands in quotes, each line of it; the closing ones go with the signs behind them.
            if (const char quote = bare.empty() ? ' ' : bare.front();
                (quote == '\'' || quote == '"') && sip::trimmed(rest.substr(0, rest.find('\n'))).back() != quote)
                rest.remove_prefix(rest.find(quote) + 1);
            for (bool more = true; more;) {
                const std::size_t end = rest.find('\n');
                more = end != std::string_view::npos;
                const std::string_view piece = rest.substr(0, end);
                // Source code and consoles join the lines of a message: '…\r\n' + '…'.
                if (piece.find_first_not_of(" \t'\"+,") != std::string_view::npos || piece.empty())
                    lines_.push_back({piece, number});
                if (more) rest.remove_prefix(end + 1);
            }
            if (ends > 0) lines_.push_back({{}, number});
            return;
        }
    add_message(text, number);
}

void Lines::add_message(std::string_view text, std::size_t number) {
    constexpr std::size_t shortest_folded = 40;  // a start line and two fields
    std::optional<StartLine> start;
    if (text.size() >= shortest_folded && may_hold_start_line(text)) start = start_line_in(text);
    if (!start) return lines_.push_back({text, number});
    for (const std::string_view line : taken_apart(text, *start, vocabulary_)) lines_.push_back({line, number});
}

}  // namespace sipdex::evidence
