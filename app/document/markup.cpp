#include "document/markup.h"

#include <algorithm>
#include <cctype>

namespace sipdex::document {

namespace {

// Around a literal; neither occurs in what people write, and `literal` takes them out of what they paste.
constexpr char literal_begins = '\x02', literal_ends = '\x03';

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// A space of either kind: languages differ in whether "RFC" and its number may part at a line end.
std::size_t space_at(std::string_view s, std::size_t at) {
    if (s.substr(at, 1) == " " || s.substr(at, 1) == "\n") return 1;
    if (s.substr(at, 2) == "\u00a0") return 2;
    if (s.substr(at, 3) == "\u202f") return 3;
    return 0;
}

struct RfcMention {
    std::size_t length = 0;
    ToRfc rfc;
};

// "RFC 3261" or "RFC 3261 §21.6.2" at the start of `s`.
std::optional<RfcMention> rfc_at(std::string_view s) {
    if (!s.starts_with("RFC")) return std::nullopt;
    std::size_t at = 3;
    const std::size_t space = space_at(s, at);
    if (space == 0) return std::nullopt;
    at += space;
    const std::size_t first = at;
    while (at < s.size() && is_digit(s[at])) ++at;
    if (at == first || at - first > 5) return std::nullopt;
    RfcMention found{at, {std::stoi(std::string(s.substr(first, at - first))), {}}};
    std::size_t section = at + space_at(s, at);
    if (section > at && s.substr(section).starts_with("§")) {
        section += std::string_view("§").size();
        section += space_at(s, section);
        const std::size_t begin = section;
        while (section < s.size() && (std::isalnum(static_cast<unsigned char>(s[section])) ||
                                      (s[section] == '.' && section + 1 < s.size() && is_digit(s[section + 1]))))
            ++section;
        if (section > begin) {
            found.rfc.section = std::string(s.substr(begin, section - begin));
            found.length = section;
        }
    }
    return found;
}

class Reader {
public:
    Reader(std::string_view source, const NameOf& name_of) : source_(source), name_of_(name_of) {}

    Marked read() {
        while (at_ < source_.size()) step();
        end_paragraph();
        return std::move(marked_);
    }

private:
    void step() {
        const std::string_view rest = source_.substr(at_);
        if (rest.front() == literal_begins) return literal_text();
        if (rest.front() == '\n') return line_end();
        if (rest.front() == '`') return wire_span();
        if (rest.starts_with("[[")) return term_link();
        if (rest.front() == '[') return response_link();
        if (rest.front() == '*' && star_opens_or_closes()) return stress();
        if (rest.front() == 'R' && !(at_ > 0 && is_word(source_[at_ - 1])))
            if (const auto mention = rfc_at(rest)) {
                std::string words(rest.substr(0, mention->length));
                std::replace(words.begin(), words.end(), '\n', ' ');
                add({words, style(), mention->rfc});
                at_ += mention->length;
                return;
            }
        words_ += rest.front();
        ++at_;
    }

    Span::Style style() const { return stressed_ ? Span::Style::strong : Span::Style::plain; }

    void flush() {
        if (words_.empty()) return;
        paragraph_.spans.push_back({std::move(words_), style(), {}});
        words_.clear();
    }

    void add(Span span) {
        flush();
        paragraph_.spans.push_back(std::move(span));
    }

    void problem(std::string sentence) { marked_.problems.push_back({at_, std::move(sentence)}); }

    void line_end() {
        std::size_t breaks = 0;
        while (at_ < source_.size() && (source_[at_] == '\n' || source_[at_] == ' ')) breaks += source_[at_++] == '\n';
        if (breaks > 1) end_paragraph();
        else if (at_ < source_.size() && !(words_.empty() && paragraph_.empty())) words_ += ' ';
    }

    void end_paragraph() {
        while (words_.ends_with(' ')) words_.pop_back();
        flush();
        if (stressed_) problem("a '*' opens and none closes it");
        stressed_ = false;
        if (!paragraph_.empty()) marked_.paragraphs.push_back(std::move(paragraph_));
        paragraph_ = {};
    }

    void as_written(std::size_t length) {
        words_.append(source_.substr(at_, length));
        at_ += length;
    }

    void literal_text() {
        const std::size_t end = std::min(source_.find(literal_ends, at_), source_.size());
        words_.append(source_.substr(at_ + 1, end - at_ - 1));
        at_ = std::min(end + 1, source_.size());
    }

    void wire_span() {
        std::string octets;
        std::size_t end = at_ + 1;
        for (bool within = false; end < source_.size() && (within || source_[end] != '`'); ++end) {
            if (source_[end] == literal_begins || source_[end] == literal_ends) within = source_[end] == literal_begins;
            else octets += source_[end];
        }
        if (end == source_.size()) {
            problem("a '`' opens and none closes it");
            return as_written(1);
        }
        add({std::move(octets), Span::Style::wire, {}});
        at_ = end + 1;
    }

    void response_link() {
        const std::size_t end = source_.find(']', at_);
        const std::string id(end == std::string_view::npos ? "" : source_.substr(at_ + 1, end - at_ - 1));
        if (id.size() < 3 || !std::all_of(id.begin(), id.begin() + 3, is_digit)) return as_written(1);
        const auto name = name_of_(ToResponse{id});
        if (!name) problem("no response is called '" + id + "'");
        add({name.value_or(id), style(), name ? Target(ToResponse{id}) : Target()});
        at_ = end + 1;
    }

    void term_link() {
        const std::size_t end = source_.find("]]", at_);
        if (end == std::string_view::npos) {
            problem("a '[[' opens and no ']]' closes it");
            return as_written(2);
        }
        const std::string inside(source_.substr(at_ + 2, end - at_ - 2));
        const std::size_t bar = inside.find('|');
        const std::string id = inside.substr(0, bar);
        const auto name = name_of_(ToTerm{id});
        if (!name) problem("no term is called '" + id + "'");
        add({bar == std::string::npos ? name.value_or(id) : inside.substr(bar + 1), style(),
             name ? Target(ToTerm{id}) : Target()});
        at_ = end + 2;
    }

    // "64*T1" is arithmetic; "*must*" is stress.
    bool star_opens_or_closes() const {
        if (stressed_) return true;
        const bool word_before = at_ > 0 && is_word(source_[at_ - 1]);
        const bool word_after =
            at_ + 1 < source_.size() && (is_word(source_[at_ + 1]) || source_[at_ + 1] == literal_begins);
        return !word_before && word_after;
    }

    void stress() {
        flush();
        stressed_ = !stressed_;
        ++at_;
    }

    std::string_view source_;
    const NameOf& name_of_;
    std::size_t at_ = 0;
    bool stressed_ = false;
    std::string words_;
    Text paragraph_;
    Marked marked_;
};

}  // namespace

Marked parse_markup(std::string_view source, const NameOf& name_of) { return Reader(source, name_of).read(); }

Text text_of_markup(std::string_view source, const NameOf& name_of) {
    Marked marked = parse_markup(source, name_of);
    Text whole;
    for (Text& paragraph : marked.paragraphs) {
        if (!whole.empty()) whole.spans.push_back({" "});
        std::move(paragraph.spans.begin(), paragraph.spans.end(), std::back_inserter(whole.spans));
    }
    return whole;
}

std::string literal(std::string_view text) {
    std::string kept(text);
    std::erase_if(kept, [](char c) { return c == literal_begins || c == literal_ends; });
    // Most words hold nothing to be taken for markup, and a select of ICU needs them as they are.
    if (kept.find_first_of("`[*\n") == std::string::npos && kept.find("RFC") == std::string::npos) return kept;
    return literal_begins + kept + literal_ends;
}

Text text_of_source(std::string_view source) {
    return text_of_markup(source, [](const Target&) { return std::nullopt; });
}

}  // namespace sipdex::document
