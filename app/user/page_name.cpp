#include "user/page_name.h"

#include <algorithm>

namespace sipdex::user {

namespace {

constexpr std::string_view exchange = "exchange/", term = "term/", pasted = "pasted/";

bool names_response(std::string_view name) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return name.size() >= 3 && digit(name[0]) && digit(name[1]) && digit(name[2]) &&
           (name.size() == 3 || name[3] == '-');
}

}  // namespace

std::string name_of_page(const document::Target& page) {
    if (const auto* to = std::get_if<document::ToResponse>(&page)) return names_response(to->id) ? to->id : "";
    if (const auto* to = std::get_if<document::ToExchange>(&page)) return std::string(exchange) + to->id;
    if (const auto* to = std::get_if<document::ToTerm>(&page)) {
        if (to->id.empty() || to->id.starts_with(pasted)) return {};
        return to->id.find('/') == std::string::npos ? std::string(term) + to->id : to->id;
    }
    if (const auto* to = std::get_if<document::ToComparison>(&page)) {
        std::vector<std::string> ids = to->ids;
        if (!std::ranges::all_of(ids, names_response)) return {};
        if (ids.size() == 2) std::ranges::sort(ids);
        std::string name;
        for (const std::string& id : ids) name += (name.empty() ? "" : " ") + id;
        return name;
    }
    return {};
}

document::Target page_named(std::string_view name) {
    if (name.find(' ') != std::string_view::npos) {
        document::ToComparison to;
        for (std::size_t at = 0; at <= name.size();) {
            const std::size_t end = std::min(name.find(' ', at), name.size());
            if (!names_response(name.substr(at, end - at))) return {};
            to.ids.emplace_back(name.substr(at, end - at));
            at = end + 1;
        }
        if (to.ids.size() == 2) std::ranges::sort(to.ids);
        return to;
    }
    if (names_response(name)) return document::ToResponse{std::string(name)};
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == name.size() || name.starts_with(pasted))
        return {};
    if (name.starts_with(exchange)) return document::ToExchange{std::string(name.substr(exchange.size()))};
    if (name.starts_with(term)) return document::ToTerm{std::string(name.substr(term.size()))};
    return document::ToTerm{std::string(name)};
}

}  // namespace sipdex::user
