#include "whole_site.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace sipdex::test {

namespace {

std::string resolved(std::string text) {
    for (const auto& [name, sign] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at)
            text.replace(at, std::string_view(name).size(), sign);
    return text;
}

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || (c >= 'A' && c <= 'Z');
}

const std::set<std::string> without_end = {"meta", "link", "input", "img", "br", "hr"};

// One tag, from behind its "<" to behind its ">"; every value stands in double quotes.
Element tag_at(std::string_view html, std::size_t& at, bool& empty) {
    Element element;
    while (at < html.size() && is_name(html[at])) element.name += html[at++];
    for (;;) {
        while (at < html.size() && (html[at] == ' ' || html[at] == '\n')) ++at;
        if (at >= html.size() || html[at] == '>' || html[at] == '/') break;
        std::string name, value;
        while (at < html.size() && is_name(html[at])) name += html[at++];
        if (name.empty()) FAIL("no attribute at ", html.substr(at, 60));
        if (at < html.size() && html[at] == '=') {
            const std::size_t end = html.find('"', at + 2);
            if (html[at + 1] != '"' || end == std::string_view::npos) FAIL("no value at ", html.substr(at, 60));
            value = html.substr(at + 2, end - at - 2);
            at = end + 1;
        }
        if (!element.attributes.emplace(name, resolved(value)).second) FAIL_CHECK("an attribute twice: ", name);
    }
    empty = at < html.size() && html[at] == '/';
    at = html.find('>', at) + 1;
    return element;
}

}  // namespace

const catalog::Catalog& real_catalog() {
    static const catalog::Catalog catalog{std::filesystem::path(SIPDEX_CATALOG)};
    return catalog;
}

const site::Files& whole_site() {
    static const site::Files files = site::files_of(real_catalog(), {});
    return files;
}

const site::Files& site_on_a_server() {
    static const site::Files files = site::files_of(real_catalog(), {example_base, {}});
    return files;
}

std::vector<Element> elements_of(std::string_view html) {
    std::vector<Element> all;
    std::vector<std::string> open;
    REQUIRE(html.starts_with("<!DOCTYPE html>\n"));
    for (std::size_t at = html.find('<', 1); at != std::string_view::npos; at = html.find('<', at)) {
        if (html[++at] == '/') {
            const std::size_t end = html.find('>', at);
            if (open.empty()) FAIL("nothing to end at ", html.substr(at, 60));
            if (open.back() != html.substr(at + 1, end - at - 1))
                FAIL("<", open.back(), "> is ended by ", html.substr(at, 60));
            open.pop_back();
            at = end;
            continue;
        }
        bool empty = false;
        Element element = tag_at(html, at, empty);
        if (element.name == "script") {
            const std::size_t end = html.find("</script>", at);
            element.text = html.substr(at, end - at);
            at = end;
        } else element.text = resolved(std::string(html.substr(at, html.find('<', at) - at)));
        if (!empty && !without_end.contains(element.name)) open.push_back(element.name);
        all.push_back(std::move(element));
    }
    CHECK_MESSAGE(open.empty(), "not ended: ", open.empty() ? "" : open.back());
    return all;
}

Reached reached(const std::string& from, const std::string& reference) {
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    const std::string file = reference.substr(0, std::min(hash, reference.find('?')));
    const std::string fragment = hash < reference.size() ? reference.substr(hash + 1) : std::string();
    if (file.empty()) return {from, fragment};
    return {(std::filesystem::path(from).parent_path() / file).lexically_normal().generic_string(), fragment};
}

bool leads_elsewhere(const std::string& reference) {
    return reference.starts_with("//") || reference.find("://") != std::string::npos ||
           reference.starts_with("data:") || reference.starts_with("javascript:");
}

}  // namespace sipdex::test
