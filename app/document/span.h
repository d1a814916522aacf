// A text is a run of spans: plain words, what stands on the wire, stressed words, and links.
//
//     `Retry-After` tells when to try again; compare [603].
//     wire          plain                           link
#pragma once
#include <string>
#include <variant>
#include <vector>

namespace sipdex::document {

// Where a link leads. Ids are those of the catalog: "607", "603-network-blocked", "early-dialog".
struct ToResponse {
    std::string id;
    bool operator==(const ToResponse&) const = default;
};
struct ToTerm {
    std::string id;
    bool operator==(const ToTerm&) const = default;
};
struct ToExchange {
    std::string id;
    bool operator==(const ToExchange&) const = default;
};
struct ToComparison {
    std::vector<std::string> ids;
    bool operator==(const ToComparison&) const = default;
};
struct ToRfc {
    int number = 0;
    std::string section;
    bool operator==(const ToRfc&) const = default;
};

using Target = std::variant<std::monostate, ToResponse, ToTerm, ToExchange, ToComparison, ToRfc>;

struct Span {
    enum class Style { plain, wire, strong };

    std::string text;  // UTF-8
    Style style = Style::plain;
    Target target = {};  // monostate: not a link

    bool operator==(const Span&) const = default;
};

struct Text {
    std::vector<Span> spans;
    std::string language;   // BCP 47; empty: the document's. Otherwise the text is not translated yet.
    bool outdated = false;  // a translation older than its English source

    bool empty() const { return spans.empty(); }
    bool operator==(const Text&) const = default;
};

Text plain(std::string words);
Text wire(std::string octets);
Text link(std::string words, Target target);

// The words without style or links.
std::string words_of(const Text& text);

// Where the section stands on the web: "https://www.rfc-editor.org/rfc/rfc3261#section-21.6.2".
std::string url_of(const ToRfc& rfc);

}  // namespace sipdex::document
