#include "page/pasted.h"

#include <algorithm>
#include <cctype>

#include "document/markup.h"
#include "page/articles.h"
#include "page/fact_words.h"
#include "page/message_problem.h"
#include "page/pages.h"
#include "sip/message.h"
#include "sip/reason.h"

namespace sipdex::page {

namespace {

using document::Text;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    return text;
}

bool begins_with_field(std::string_view line, std::string_view name) {
    if (line.size() <= name.size()) return false;
    const auto lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
    if (!std::ranges::equal(line.substr(0, name.size()), name, {}, lower, lower)) return false;
    return trimmed(line.substr(name.size())).starts_with(':');
}

// A search field takes one line only, so a pasted message may have lost its line breaks; they are put back
// before the header fields that are read here and those that usually surround them.
std::string with_lines(std::string_view text) {
    std::string lines(text);
    if (lines.find_first_of("\r\n") != std::string::npos) return lines;
    for (const char* name : {"Via:", "From:", "To:", "Call-ID:", "CSeq:", "Contact:", "Server:", "User-Agent:", "Reason:", "Warning:", "Retry-After:", "Allow:",
                             "Content-Length:", "Content-Type:", "WWW-Authenticate:", "Proxy-Authenticate:"})
        for (std::size_t at = lines.find(name, 1); at != std::string::npos; at = lines.find(name, at + 3))
            if (lines[at - 1] != '-') lines.insert(at, "\r\n");
    return lines;
}

// A whole message, or header lines on their own: then a start line is put before them so that the same
// parser reads both. `octets` is what it read.
sip::Message message_of(std::string_view text, bool& has_start_line, std::string& octets) {
    text = trimmed(text);
    // Logs put a time or a name before the start line; what stands before "SIP/2.0" and a number is theirs.
    const std::size_t status = text.find("SIP/2.0 ");
    const std::size_t line_end = text.find_first_of("\r\n");
    if (status != std::string_view::npos && (line_end == std::string_view::npos || status < line_end) && status + 8 < text.size() && std::isdigit(static_cast<unsigned char>(text[status + 8])))
        text.remove_prefix(status);
    octets = std::string(text) + "\r\n\r\n";
    const sip::Parsed parsed = sip::parse(octets);
    has_start_line = parsed.message.has_value();
    if (has_start_line) return *parsed.message;
    octets.insert(0, "SIP/2.0 100 Trying\r\n");
    return sip::parse(octets).message.value_or(sip::Message{});
}

// ATIS-1000099: the phrase and a Reason of the published form, both.
bool network_blocked(const sip::Message& message) {
    if (message.status != 603 || message.reason_phrase != "Network Blocked") return false;
    for (const sip::Reason& reason : sip::reasons_of(message)) {
        const bool cause = (reason.is("SIP") && reason.cause == 603) || (reason.is("Q.850") && reason.cause == 21);
        if (cause && reason.text.starts_with("v=analytics1")) return true;
    }
    return false;
}

class Writer {
public:
    Writer(const Reader& reader, const sip::Message& message, bool has_start_line) : reader_(reader), words_(reader.words), message_(message) {
        if (has_start_line && !message.is_request()) status();
        for (const sip::Reason& reason : sip::reasons_of(message)) add_reason(reason);
        for (const sip::Warning& warning : sip::warnings_of(message)) add_warning(warning);
        if (const auto after = message.header("Retry-After")) retry_after(*after);
    }

    Pasted take() { return std::move(pasted_); }

private:
    void remark(const std::string& said) { pasted_.remarks.push_back(sentence(reader_, said)); }

    void status() {
        const std::string code = std::to_string(message_.status);
        const bool profile = network_blocked(message_) && reader_.catalog.response("603-network-blocked");
        pasted_.response = profile ? "603-network-blocked" : code;
        if (profile) return remark(words_.pasted_network_blocked());
        if (message_.status == 603 && message_.reason_phrase == "Network Blocked") remark(words_.pasted_phrase_only());
        const auto facts = reader_.catalog.response(code);
        if (facts && !message_.reason_phrase.empty() && message_.reason_phrase != facts->phrase && message_.reason_phrase != "Network Blocked")
            remark(words_.pasted_other_phrase(message_.reason_phrase, facts->phrase));
    }

    void add_reason(const sip::Reason& reason) {
        if (!reason.cause) return remark(words_.pasted_reason_without_cause(reason.protocol));
        const std::string cause = std::to_string(*reason.cause);
        if (reason.is("SIP")) return reason_sip(cause);
        if (reason.is("Q.850")) return reason_q850(cause);
        if (reason.is("STIR")) return reason_stir(cause);
        remark(words_.pasted_reason_other(reason.protocol, cause));
    }

    void reason_sip(const std::string& cause) {
        const auto title = reader_.catalog.title_of_response(cause);
        if (pasted_.response.empty() && title) pasted_.response = cause;
        if (title && (message_.status == 0 || cause != std::to_string(message_.status))) remark(words_.pasted_reason_sip("[" + cause + "]"));
    }

    void reason_q850(const std::string& cause) {
        const auto entry = reader_.catalog.entry("cause", cause);
        if (!entry) return remark(words_.pasted_q850_unknown(cause));
        Text text = sentence(reader_, words_.pasted_q850());
        text.spans.push_back({" "});
        text.spans.push_back({title_of_entry(*entry), document::Span::Style::strong, document::ToTerm{"cause/" + cause}});
        const catalog::Prose prose = reader_.catalog.prose("cause/" + cause, reader_.language());
        if (const Text meaning = text_of(reader_, prose.find("text")); !meaning.empty()) {
            text.spans.push_back({" — "});
            text.spans.insert(text.spans.end(), meaning.spans.begin(), meaning.spans.end());
        }
        pasted_.remarks.push_back(std::move(text));
        for (const catalog::Sourced& fact : entry->facts)
            if (fact.source == "becomes" && pasted_.response.empty()) pasted_.response = fact.value.substr(0, fact.value.find(' '));
    }

    // RFC 9410: the code names what the verification service found; the call itself was not refused for it.
    void reason_stir(const std::string& cause) {
        const auto title = reader_.catalog.title_of_response(cause);
        if (pasted_.response.empty() && title) pasted_.response = cause;
        remark(words_.pasted_stir(title ? "[" + cause + "]" : cause));
    }

    void add_warning(const sip::Warning& warning) {
        const std::string code = std::to_string(warning.code);
        const auto entry = reader_.catalog.entry("warning", code);
        Text text = sentence(reader_, words_.pasted_warning(code, warning.text.empty() ? (entry ? entry->title : code) : warning.text));
        if (entry) {
            text.spans.push_back({" "});
            text.spans.push_back({title_of_entry(*entry), document::Span::Style::plain, document::ToTerm{"warning/" + code}});
            const catalog::Prose prose = reader_.catalog.prose("warning/" + code, reader_.language());
            if (const Text meaning = text_of(reader_, prose.find("text")); !meaning.empty()) {
                text.spans.push_back({" — "});
                text.spans.insert(text.spans.end(), meaning.spans.begin(), meaning.spans.end());
            }
        }
        pasted_.remarks.push_back(std::move(text));
    }

    void retry_after(std::string_view value) {
        const std::string digits(value.substr(0, std::min(value.find_first_not_of("0123456789"), value.size())));
        if (digits.empty() || digits.size() > 9) return;
        remark(words_.pasted_retry_after(std::stol(digits)));
    }

    const Reader& reader_;
    const language::Words& words_;
    const sip::Message& message_;
    Pasted pasted_;
};

}  // namespace

bool looks_pasted(std::string_view text) {
    text = trimmed(text);
    if (text.find("SIP/2.0") != std::string_view::npos) return true;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\r\n");
        const std::string_view line = trimmed(text.substr(0, end));
        for (const char* name : {"Reason", "Warning", "Retry-After"})
            if (begins_with_field(line, name)) return true;
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return false;
}

Pasted read_pasted(const Reader& reader, std::string_view text) {
    bool has_start_line = false;
    std::string octets;
    const std::string lines = with_lines(text.substr(0, 65536));
    const sip::Message message = message_of(lines, has_start_line, octets);
    Pasted found = Writer(reader, message, has_start_line).take();
    // Where line ends were guessed or the end was cut off, faults may be ours.
    if (lines.size() == text.size())
        for (Text& problem : told_of_fragment(reader, octets)) found.remarks.push_back(std::move(problem));
    return found;
}

std::optional<document::Document> pasted(const Reader& reader, std::string_view text) {
    Pasted found = read_pasted(reader, text);
    if (found.response.empty() && found.remarks.empty()) return std::nullopt;
    document::Document page = found.response.empty() ? blank(reader, document::Document::Kind::term, reader.words.pasted_title()) : response(reader, found.response);
    if (found.remarks.empty()) return page;
    document::List list;
    for (Text& remark : found.remarks) list.items.push_back({{}, std::move(remark)});
    page.sections.insert(page.sections.begin(), {"pasted", reader.words.pasted_title(), {std::move(list)}, true, false});
    return page;
}

}  // namespace sipdex::page
