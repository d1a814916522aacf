#include "site/addresses.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace sipdex::site {

namespace {

std::vector<std::string_view> parts_of(std::string_view address) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin < address.size();) {
        const std::size_t end = std::min(address.find('/', begin), address.size());
        parts.push_back(address.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string comparison(const catalog::Catalog& catalog, const std::vector<std::string>& ids) {
    if (ids.size() == 2)
        if (const auto pair = catalog.pair(ids[0], ids[1]))
            return "compare/" + slug(pair->ids[0]) + "-" + slug(pair->ids[1]) + "/";
    std::string together;
    for (const std::string& id : ids) together += (together.empty() ? "" : "+") + id;
    return "compare/#" + together;
}

}  // namespace

std::string slug(std::string_view name) {
    std::string made;
    for (const char each : name) {
        const auto letter = static_cast<unsigned char>(each);
        const bool plain = std::isalnum(letter) != 0 || each == '-' || each == '.';
        made += plain ? static_cast<char>(std::tolower(letter)) : '-';
    }
    return made;
}

Addresses::Addresses(const catalog::Catalog& catalog) : catalog_(catalog) {
    for (const std::string& id : catalog.paths())
        if (const auto path = catalog.path(id); path && !path->questions.empty())
            first_questions_[id] = path->questions.front().id;
}

std::string Addresses::of(const document::Target& target) const {
    if (const auto* response = std::get_if<document::ToResponse>(&target))
        return "response/" + slug(response->id) + "/";
    if (const auto* exchange = std::get_if<document::ToExchange>(&target))
        return "exchange/" + slug(exchange->id) + "/";
    if (const auto* compared = std::get_if<document::ToComparison>(&target)) return comparison(catalog_, compared->ids);
    const auto* term = std::get_if<document::ToTerm>(&target);
    if (!term) return {};
    const std::vector<std::string_view> parts = parts_of(term->id);
    if (parts.size() == 1 && term->id.back() != '/') return "term/" + slug(parts[0]) + "/";
    if (parts[0] == "index") return (parts.size() > 1 ? slug(parts[1]) : "vocabulary") + "/";
    const bool first_question = parts[0] == "path" && parts.size() == 3 &&
                                first_questions_.contains(std::string(parts[1])) &&
                                first_questions_.at(std::string(parts[1])) == parts[2];
    std::string address;
    for (std::size_t i = 0; i < (first_question ? 2 : parts.size()); ++i) address += slug(parts[i]) + "/";
    return address;
}

std::string link_to_file(std::string_view from, std::string_view file) {
    std::vector<std::string_view> here = parts_of(from), there = parts_of(file);
    const std::string_view name = there.back();
    there.pop_back();
    std::size_t same = 0;
    while (same < here.size() && same < there.size() && here[same] == there[same]) ++same;
    std::string way;
    for (std::size_t i = same; i < here.size(); ++i) way += "../";
    for (std::size_t i = same; i < there.size(); ++i) way += std::string(there[i]) + "/";
    return way + std::string(name);
}

std::string link(std::string_view from, std::string_view to) {
    const std::size_t hash = std::min(to.find('#'), to.size());
    return link_to_file(from, std::string(to.substr(0, hash)) + "index.html") + std::string(to.substr(hash));
}

std::string absolute(std::string_view base, std::string_view address) {
    return std::string(base) + std::string(address);
}

std::string base_of(std::string_view given) {
    const std::string_view scheme = given.starts_with("https://") ? "https://" : "http://";
    if (!given.starts_with(scheme)) return {};
    const std::string_view rest = given.substr(scheme.size());
    const bool fit = !rest.empty() && std::isalnum(static_cast<unsigned char>(rest.front())) != 0 &&
                     std::ranges::all_of(rest, [](unsigned char c) {
                         return std::isalnum(c) != 0 ||
                                std::string_view("-._~/:%").find(static_cast<char>(c)) != std::string_view::npos;
                     });
    if (!fit) return {};
    return std::string(given) + (given.ends_with('/') ? "" : "/");
}

}  // namespace sipdex::site
