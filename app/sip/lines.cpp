#include "sip/lines.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::sip {

namespace {

// Trimmed; most texts have at most the one space behind the colon.
std::string_view bare(std::string_view text) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    return text.empty() || white.has(text.front()) || white.has(text.back()) ? trimmed(text) : text;
}

}  // namespace

Lines::Lines(std::string_view octets) : octets_(octets), at_(line_ends.leading(octets).size()) {}

std::optional<std::string_view> Lines::next_line() {
    if (at_ >= octets_.size()) return {};
    if (line_feed_ <= at_) line_feed_ = std::min(octets_.find('\n', at_), octets_.size());
    std::string_view line = octets_.substr(at_, line_feed_ - at_);
    const std::size_t carriage_return = line.find('\r');
    // Nearly every line ends with CRLF, and has neither within it.
    if (carriage_return != line.npos && carriage_return + 1 == line.size() && line_feed_ < octets_.size()) {
        at_ = line_feed_ + 1;
        line.remove_suffix(1);
        return line;
    }
    line = line.substr(0, carriage_return);
    at_ += line.size();
    const std::size_t after = std::min(octets_.find_first_not_of('\r', at_), octets_.size());
    at_ = after < octets_.size() && octets_[after] == '\n' ? after + 1 : std::min(at_ + 1, octets_.size());
    return line;
}

std::optional<std::string_view> Lines::start_line() { return next_line(); }

bool Lines::next_field(FieldLines& field) {
    fields_end_ = at_;
    auto line = next_line();
    ended_ = line && line->empty();
    if (!line || ended_) return false;
    const char* const begin = line->data();
    while (continues()) line = next_line();
    field.whole = {begin, static_cast<std::size_t>(line->data() + line->size() - begin)};
    field.before_colon = field.whole.substr(0, field.whole.find(':'));
    field.name = bare(field.before_colon);
    field.value = field.has_colon() ? bare(field.whole.substr(field.before_colon.size() + 1)) : std::string_view();
    return true;
}

bool FieldLines::is_header_field() const { return has_colon() && is_token(name); }

std::string_view body_of(std::string_view rest, std::optional<std::string_view> content_length) {
    const auto length = content_length ? number_of(*content_length) : std::nullopt;
    return length && *length <= rest.size() ? rest.substr(0, *length) : rest;
}

}  // namespace sipdex::sip
