// The site of the real catalog, made once for all cases; and a reader of HTML that is strict enough for what we write.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "site/site.h"

namespace sipdex::test {

inline constexpr const char* example_base = "https://example.org/sip/";

const catalog::Catalog& real_catalog();
const site::Files& whole_site();        // as it is opened from a folder
const site::Files& site_on_a_server();  // the same for example_base

struct Element {
    std::string name;                               // "a"
    std::map<std::string, std::string> attributes;  // with their references resolved
    std::string text;                               // up to the next tag

    std::string of(const std::string& attribute) const {
        const auto at = attributes.find(attribute);
        return at == attributes.end() ? std::string() : at->second;
    }
    bool has(const std::string& attribute) const { return attributes.contains(attribute); }
};

// Every opening tag, in order; what stands in scripts is no markup. Fails the test where tags do not match.
std::vector<Element> elements_of(std::string_view html);

// Where a link of a page leads within the site: "en/response/607/index.html" and the fragment.
struct Reached {
    std::string file, fragment;
};
Reached reached(const std::string& from, const std::string& reference);

bool leads_elsewhere(const std::string& reference);  // "https://…", "//…"

}  // namespace sipdex::test
