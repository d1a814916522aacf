#include "sip/message.h"

#include <algorithm>
#include <array>

#include "sip/token.h"

namespace sipdex::sip {

namespace {

struct CompactForm {
    char letter;
    std::string_view name;
};

// The compact forms of the IANA registry, and n, which RFC 4474 9 gave to Identity-Info.
constexpr std::array compact_forms = {
    CompactForm{'a', "Accept-Contact"},
    CompactForm{'b', "Referred-By"},
    CompactForm{'c', "Content-Type"},
    CompactForm{'d', "Request-Disposition"},
    CompactForm{'e', "Content-Encoding"},
    CompactForm{'f', "From"},
    CompactForm{'i', "Call-ID"},
    CompactForm{'j', "Reject-Contact"},
    CompactForm{'k', "Supported"},
    CompactForm{'l', "Content-Length"},
    CompactForm{'m', "Contact"},
    CompactForm{'n', "Identity-Info"},
    CompactForm{'o', "Event"},
    CompactForm{'r', "Refer-To"},
    CompactForm{'s', "Subject"},
    CompactForm{'t', "To"},
    CompactForm{'u', "Allow-Events"},
    CompactForm{'v', "Via"},
    CompactForm{'x', "Session-Expires"},
    CompactForm{'y', "Identity"},
};

auto named(std::string_view name) {
    return [name](const HeaderField& field) { return same_field(field.name(), name); };
}

// The name for a letter; a longer name as it is.
std::string_view without_abbreviation(std::string_view name) {
    if (name.size() != 1) return name;
    for (const CompactForm& form : compact_forms)
        if (same_token(name, std::string_view(&form.letter, 1))) return form.name;
    return name;
}

// A line end within a value would begin a header field of its own.
void append_line(std::string& octets, std::string_view text) {
    octets.append(text);
    if (text.find('\n') == std::string_view::npos && text.find('\r') == std::string_view::npos) return;
    std::replace_if(
        octets.end() - static_cast<std::ptrdiff_t>(text.size()), octets.end(),
        [](char c) { return c == '\r' || c == '\n'; }, ' ');
}

// Takes what a string would take, and only counts it.
struct Count {
    std::size_t octets = 0;
    Count& append(std::string_view text) { return octets += text.size(), *this; }
};
void append_line(Count& count, std::string_view text) { count.append(text); }

void write(const Message& message, auto& out) {
    if (message.is_request()) {
        append_line(out, message.method);
        append_line(out.append(" "), message.request_uri);
        append_line(out.append(" "), message.version);
    } else {
        append_line(out, message.version);
        // RFC 3261 25.1: the space stays where the reason phrase is empty.
        out.append(" ").append(std::to_string(message.status)).append(" ");
        append_line(out, message.reason_phrase);
    }
    out.append("\r\n");
    for (const HeaderField& field : message.fields) {
        if (same_field(field.name(), "Content-Length")) continue;
        append_line(out, field.name());
        append_line(out.append(": "), field.value());
        out.append("\r\n");
    }
    out.append("Content-Length: ").append(std::to_string(message.body.size())).append("\r\n\r\n").append(message.body);
}

}  // namespace

HeaderField::HeaderField(std::string name, std::string value)
    : written_(new Written{std::move(name), std::move(value)}) {}

void HeaderField::append(std::string_view more) {
    if (written_->copies > 1) *this = HeaderField(name(), value());
    written_->value += more;
}

std::string_view full_name(std::string_view name) {
    for (const CompactForm& form : compact_forms)
        if (same_field(name, form.name)) return form.name;
    return name;
}

bool same_field(std::string_view one, std::string_view other) {
    if (one.size() != 1 && other.size() != 1) return same_token(one, other);
    return same_token(without_abbreviation(one), without_abbreviation(other));
}

std::optional<std::string_view> Message::header(std::string_view name) const {
    const auto at = std::ranges::find_if(fields, named(name));
    if (at == fields.end()) return {};
    return at->value();
}

std::vector<std::string_view> Message::headers(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const HeaderField& field : fields)
        if (same_field(field.name(), name)) values.push_back(field.value());
    return values;
}

void Message::add(std::string name, std::string value) { fields.push_back({std::move(name), std::move(value)}); }

void Message::put_first(std::string name, std::string value) {
    auto place = std::ranges::find_if(fields, named(name));
    if (place == fields.end()) place = std::find_if(fields.rbegin(), fields.rend(), named("Via")).base();
    fields.insert(place, {std::move(name), std::move(value)});
}

void Message::set(std::string_view name, std::string value) {
    const auto at = std::ranges::find_if(fields, named(name));
    if (at == fields.end()) add(std::string(name), std::move(value));
    else *at = HeaderField(at->name(), std::move(value));
}

void Message::remove_first(std::string_view name) {
    const auto at = std::ranges::find_if(fields, named(name));
    if (at != fields.end()) fields.erase(at);
}

void Message::remove_all(std::string_view name) { std::erase_if(fields, named(name)); }

std::string label_of(const Message& message) {
    if (message.is_request()) return message.method;
    const std::string status = std::to_string(message.status);
    return message.reason_phrase.empty() ? status : status + ' ' + message.reason_phrase;
}

std::size_t size_of(const Message& message) {
    Count count;
    write(message, count);
    return count.octets;
}

std::string octets_of(const Message& message) {
    std::string octets;
    octets.reserve(size_of(message));
    write(message, octets);
    return octets;
}

}  // namespace sipdex::sip
