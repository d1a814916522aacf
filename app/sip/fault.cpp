#include "sip/fault.h"

namespace sipdex::sip {

std::string_view name_of(Fault fault) {
    using enum Fault;
    switch (fault) {
        case start_line: return "start_line";
        case start_line_space: return "start_line_space";
        case version: return "version";
        case status_code: return "status_code";
        case folding: return "folding";
        case field_line: return "field_line";
        case field_name: return "field_name";
        case empty_line: return "empty_line";
        case field_missing: return "field_missing";
        case field_repeated: return "field_repeated";
        case body_cut: return "body_cut";
        case method_mismatch: return "method_mismatch";
        case value: return "value";
        case separator: return "separator";
        case foreign: return "foreign";
        case octet: return "octet";
        case quote: return "quote";
        case comment: return "comment";
        case token: return "token";
        case number: return "number";
        case number_limit: return "number_limit";
        case parameter: return "parameter";
        case parameter_value: return "parameter_value";
        case parameter_missing: return "parameter_missing";
        case parameter_repeated: return "parameter_repeated";
        case quotes: return "quotes";
        case bracket: return "bracket";
        case brackets: return "brackets";
        case display_name: return "display_name";
        case uri: return "uri";
        case uri_brackets: return "uri_brackets";
        case uri_space: return "uri_space";
        case uri_character: return "uri_character";
        case uri_escape: return "uri_escape";
        case uri_headers: return "uri_headers";
        case host: return "host";
        case ipv6_brackets: return "ipv6_brackets";
        case port: return "port";
        case method: return "method";
        case protocol: return "protocol";
        case transport: return "transport";
        case branch: return "branch";
        case star: return "star";
        case call_id: return "call_id";
        case date: return "date";
        case time_zone: return "time_zone";
        case media_type: return "media_type";
        case language: return "language";
        case product: return "product";
        case warning_code: return "warning_code";
        case warning_agent: return "warning_agent";
        case warning_text: return "warning_text";
        case scheme: return "scheme";
    }
    return {};
}

}  // namespace sipdex::sip
