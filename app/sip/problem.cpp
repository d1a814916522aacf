#include "sip/problem.h"

#include <algorithm>
#include <bitset>
#include <optional>

#include "sip/header_fields.h"
#include "sip/lines.h"
#include "sip/start_line.h"
#include "sip/text.h"
#include "sip/token.h"
#include "sip/uri.h"

namespace sipdex::sip {

namespace {

class Checker {
public:
    explicit Checker(std::string_view octets) : octets_(octets), lines_(octets) {}

    std::vector<Problem> found() {
        if (!check_start_line()) return std::move(problems_);
        for (FieldLines field; lines_.next_field(field);) check_lines(field);
        check_body();
        check_needed();
        std::ranges::stable_sort(problems_, {}, &Problem::offset);
        return std::move(problems_);
    }

private:
    void add(Fault fault, std::string_view piece, std::string_view field = {}, std::string_view other = {}) {
        const auto offset = static_cast<std::size_t>(piece.data() - octets_.data());
        problems_.push_back({fault, offset, piece.size(), std::string(field), std::string(piece), std::string(other)});
    }

    void take_flaws(std::string_view field) {
        for (const Flaw& flaw : flaws_) add(flaw.fault, flaw.piece, field, flaw.other);
        flaws_.clear();
    }

    bool check_start_line() {
        const auto line = lines_.start_line();
        if (!line) return add(Fault::start_line, octets_.substr(octets_.size())), false;
        const bool read = read_start_line(*line, &start_, &flaws_);
        take_flaws({});
        if (read && start_.status == 0) check_request_uri();
        return read;
    }

    void check_request_uri() {
        constexpr Characters brackets("<>");  // RFC 3261 7.1: none around it
        if (brackets.any_in(start_.request_uri)) note(&flaws_, Fault::uri_brackets, start_.request_uri);
        else read_uri(start_.request_uri, nullptr, &flaws_);
        take_flaws("Request-URI");
    }

    void check_lines(const FieldLines& field) {
        check_folding(field);
        if (trimmed(field.whole).empty()) return;
        if (!field.has_colon()) return add(Fault::field_line, trimmed(field.whole));
        if (!field.is_header_field()) return add(Fault::field_name, field.name);
        const HeaderFieldRule* const rule = rule_of(field.name);
        read_octets(field.value, rule != nullptr, &flaws_);
        if (rule) check_field(field, *rule);
        take_flaws(field.name);
    }

    // Neither the start line nor the name of a header field can be folded (RFC 3261 7.1; HCOLON in 25.1).
    void check_folding(const FieldLines& field) {
        if (white.has(field.whole.front())) add(Fault::folding, white.leading(field.whole));
        const std::string_view gap = field.before_colon.substr(
            static_cast<std::size_t>(field.name.data() + field.name.size() - field.whole.data()));
        if (field.has_colon() && line_ends.any_in(gap)) add(Fault::folding, gap);
    }

    void check_field(const FieldLines& field, const HeaderFieldRule& rule) {
        const auto index = static_cast<std::size_t>(&rule - header_field_rules().data());
        if (rule.occurs == HeaderFieldRule::Occurs::once && seen_[index])
            note(&flaws_, Fault::field_repeated, field.name);
        if (!seen_[index] && rule.name == "Content-Length") length_ = field;
        seen_[index] = true;
        if (field.value.empty() && rule.empty == HeaderFieldRule::Empty::never)
            return note(&flaws_, Fault::value, field.value);
        const bool read = rule.read(field.value, &flaws_);
        if (read && rule.name == "CSeq") check_method(field.value);
    }

    // RFC 3261 8.1.1.5
    void check_method(std::string_view cseq) {
        const std::string_view method = trimmed(cseq.substr(white.before(cseq).size()));
        if (start_.status == 0 && method != start_.method) note(&flaws_, Fault::method_mismatch, method, start_.method);
    }

    void check_body() {
        const std::string_view rest = lines_.rest();
        // RFC 3261 7: the empty line is there even if no body is.
        if (!lines_.ended_by_empty_line()) add(Fault::empty_line, lines_.end_of_fields());
        const auto length = length_ ? number_of(length_->value) : std::nullopt;
        // RFC 3261 18.3: a body that ends too early is an error; what follows its end is discarded.
        if (length && *length > rest.size())
            add(Fault::body_cut, length_->value, length_->name, std::to_string(rest.size()));
        // RFC 3261 20.15. Line ends alone are what senders put behind a message.
        const std::string_view body = body_of(rest, length_ ? std::optional(length_->value) : std::nullopt);
        if (!line_ends.only_in(body) && !has("Content-Type")) missing("Content-Type");
    }

    void check_needed() {
        for (const NeededField& needed : needed_fields())
            if ((needed.method.empty() || needed.method == start_.method) && !has(needed.field)) missing(needed.field);
    }

    bool has(std::string_view field) const {
        return seen_[static_cast<std::size_t>(rule_of(field) - header_field_rules().data())];
    }

    void missing(std::string_view field) { add(Fault::field_missing, lines_.end_of_fields(), field); }

    std::string_view octets_;
    Lines lines_;
    StartLine start_;
    std::bitset<128> seen_;  // header fields, by their place in the table
    std::optional<FieldLines> length_;
    Flaws flaws_;
    std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> problems_of(std::string_view octets) { return Checker(octets).found(); }

}  // namespace sipdex::sip
