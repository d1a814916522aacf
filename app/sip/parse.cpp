// Reading a message: the start line, the header fields, the body, and then what is wrong with them.

#include <algorithm>

#include "sip/cseq.h"
#include "sip/message.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/values.h"
#include "sip/via.h"

namespace sipdex::sip {

namespace {

class Reader {
public:
    explicit Reader(std::string_view octets) : octets_(octets) {}

    Parsed read() {
        // RFC 3261 7.5: empty lines before the start line are ignored.
        while (at_ < octets_.size() && (octets_[at_] == '\r' || octets_[at_] == '\n')) ++at_;
        if (!read_start_line()) {
            result_.consumed = octets_.size();
            return std::move(result_);
        }
        read_fields();
        read_body();
        check_fields();
        result_.message = std::move(message_);
        result_.consumed = at_;
        return std::move(result_);
    }

private:
    void problem(std::size_t offset, std::string sentence) {
        result_.problems.push_back({offset, std::move(sentence)});
    }

    // The line without its end, which may be CRLF, LF or CR; several CR before LF, as careless conversions leave them,
    // end one line. Nothing at the end of the input.
    std::optional<std::string_view> next_line() {
        if (at_ >= octets_.size()) return {};
        const std::size_t start = at_;
        std::size_t end = start;
        while (end < octets_.size() && octets_[end] != '\r' && octets_[end] != '\n') ++end;
        const std::size_t after = std::min(octets_.find_first_not_of('\r', end), octets_.size());
        if (after < octets_.size() && octets_[after] == '\n')
            at_ = after + 1;
        else
            at_ = std::min(end + 1, octets_.size());
        return octets_.substr(start, end - start);
    }

    bool read_start_line() {
        const std::size_t start = at_;
        const auto line = next_line();
        if (!line) {
            problem(start, "there is no start line");
            return false;
        }
        const bool read =
            same_token(line->substr(0, 4), "SIP/") ? read_status_line(*line, start) : read_request_line(*line, start);
        if (!read) problem(start, "the first line is neither a request line nor a status line");
        return read;
    }

    // SIP/2.0 486 Busy Here
    bool read_status_line(std::string_view line, std::size_t start) {
        const auto space = line.find(' ');
        if (space == std::string_view::npos) return false;
        check_version(line.substr(0, space), start);
        const std::string_view rest = trimmed(line.substr(space));
        const auto code = number_of(rest.substr(0, 3));
        if (!code || *code < 100 || *code > 699 || (rest.size() > 3 && rest[3] != ' ')) return false;
        message_.status = static_cast<int>(*code);
        message_.reason_phrase = trimmed(rest.substr(3));
        return true;
    }

    // INVITE sip:bob@example.com SIP/2.0
    bool read_request_line(std::string_view line, std::size_t start) {
        const auto first = line.find(' ');
        const auto version = lowered(line).rfind(" sip/");
        if (first == std::string_view::npos || version == std::string::npos || version <= first) return false;
        const std::string_view method = line.substr(0, first), uri = line.substr(first, version - first);
        if (!is_token(method) || trimmed(uri).empty()) return false;
        message_.method = method;
        message_.request_uri = trimmed(uri);
        check_version(line.substr(version + 1), start + version + 1);
        // RFC 3261 7.1: no line break or white space but the two single spaces.
        if (uri.substr(1).find_first_of(" \t") != std::string_view::npos)
            problem(start + first + 1, "the Request-URI has white space in or around it");
        if (message_.request_uri.find_first_of("<>") != std::string::npos)
            problem(start + first + 1, "the Request-URI stands in angle brackets");
        else if (!parse_uri(message_.request_uri))
            problem(start + first + 1, "the Request-URI is not a URI");
        return true;
    }

    void check_version(std::string_view version, std::size_t offset) {
        message_.version = trimmed(version);
        if (version != trimmed(version)) problem(offset, "white space follows the SIP version");
        if (!same_token(trimmed(version), "SIP/2.0"))
            problem(offset, "the SIP version is " + std::string(trimmed(version)) + ", not SIP/2.0");
    }

    void read_fields() {
        for (std::size_t start = at_; const auto line = next_line(); start = at_) {
            if (line->empty()) return;
            std::string field(trimmed(*line));
            // RFC 3261 7.3.1: a line that begins with white space continues the one before; all of it counts as one
            // space.
            while (at_ < octets_.size() && (octets_[at_] == ' ' || octets_[at_] == '\t'))
                if (const auto more = trimmed(*next_line()); !more.empty()) field.append(" ").append(more);
            add_field(field, start);
        }
        problem(octets_.size(), "no empty line ends the header fields");
    }

    void add_field(std::string_view field, std::size_t start) {
        const auto colon = field.find(':');
        const std::string_view name = trimmed(field.substr(0, colon));
        if (colon == std::string_view::npos || !is_token(name))
            return problem(start, "this line is not a header field");
        message_.fields.push_back({std::string(name), std::string(trimmed(field.substr(colon + 1)))});
        offsets_.push_back(start);
    }

    void read_body() {
        std::string_view rest = octets_.substr(at_);
        if (const auto field = index_of("Content-Length")) {
            const std::string& value = message_.fields[*field].value;
            if (const auto length = number_of(value); !length) {
                problem(offsets_[*field], "Content-Length is not a number");
            } else if (*length > rest.size()) {
                problem(offsets_[*field],
                        "Content-Length is " + value + ", but only " + std::to_string(rest.size()) + " octets follow");
            } else {
                rest = rest.substr(0, *length);
            }
        }
        message_.body = rest;
        at_ += rest.size();
    }

    std::optional<std::size_t> index_of(std::string_view name, std::size_t from = 0) const {
        for (std::size_t i = from; i < message_.fields.size(); ++i)
            if (same_field(message_.fields[i].name, name)) return i;
        return {};
    }

    void check_fields() {
        // RFC 3261 8.1.1 and 8.2.6.2: these five are in every request and response.
        for (const std::string_view name : {"Via", "From", "To", "Call-ID", "CSeq"})
            if (!index_of(name)) problem(at_ - message_.body.size(), "there is no " + std::string(name));
        // RFC 3261 7.3.1: fields whose value is not a list occur once.
        for (const std::string_view name : {"From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length"})
            if (const auto first = index_of(name))
                if (const auto second = index_of(name, *first + 1))
                    problem(offsets_[*second], std::string(name) + " occurs more than once");
        for (std::size_t i = 0; i < message_.fields.size(); ++i) check_field(message_.fields[i], offsets_[i]);
    }

    void check_field(const HeaderField& field, std::size_t offset) {
        const std::string_view name = full_name(field.name);
        if (name == "From" || name == "To") {
            if (!parse_name_addr(field.value)) problem(offset, std::string(name) + " cannot be read as an address");
        } else if (name == "Via" || name == "Contact") {
            for (const std::string_view value : split(field.value, ','))
                if (name == "Via" ? !parse_via(value) : value != "*" && !parse_name_addr(value))
                    problem(offset, "a value of " + std::string(name) + " cannot be read");
        } else if (same_token(name, "CSeq")) {
            const auto cseq = parse_cseq(field.value);
            if (!cseq)
                problem(offset, "CSeq is not a number below 4294967296 and a method");
            else if (message_.is_request() && cseq->method != message_.method)
                problem(offset, "CSeq names " + cseq->method + ", the request line " + message_.method);
        } else if (same_token(name, "Max-Forwards") && !number_of(field.value)) {
            problem(offset, "Max-Forwards is not a number");
        }
    }

    std::string_view octets_;
    std::size_t at_ = 0;
    Message message_;
    std::vector<std::size_t> offsets_;  // of each header field
    Parsed result_;
};

}  // namespace

Parsed parse(std::string_view octets) { return Reader(octets).read(); }

}  // namespace sipdex::sip
