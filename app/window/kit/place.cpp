#include "window/kit/place.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>
#include <sstream>

#include "page/call_id.h"

namespace sipdex::window {

namespace {
constexpr std::size_t places_to_keep = 500;

// What a remembered place may hold: each change of a what-if is another run of its exchange before anything is shown.
constexpr std::size_t most_ids = 5, longest_id = 64, most_changes = 20, longest_change = 1000;

bool is_too_much(const std::string& words, std::size_t longest) { return words.empty() || words.size() > longest; }

}  // namespace

std::string words_of(const Place& place) {
    // What somebody brought is gone with the window.
    if (place.view == "evidence" || page::any_is_call(place.ids)) return {};
    std::string words = place.view;
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) words += " response " + response->id;
    if (const auto* term = std::get_if<document::ToTerm>(&place.target)) words += " term " + term->id;
    for (const std::string& id : place.ids) words += " " + id;
    // A change holds spaces, never a tab.
    for (const std::string& change : place.changes) words += "\t" + change;
    if (const auto* term = std::get_if<document::ToTerm>(&place.target);
        term && (term->id.starts_with("pasted/") || term->id.find_first_of(" \t\r\n") != std::string::npos))
        return {};
    return words;
}

Place place_in_words(std::string_view words) {
    if (words.size() > most_changes * (longest_change + 1)) return {};
    std::istringstream parts{std::string(words)};
    std::string main, change;
    std::getline(parts, main, '\t');
    std::istringstream in{main};
    Place place;
    std::string kind, id;
    in >> place.view;
    if (place.view == "reference") {
        if (!(in >> kind >> id)) return {};
        if (kind == "response") place.target = document::ToResponse{id};
        else if (kind == "term") place.target = document::ToTerm{id};
        else return {};
        if (is_too_much(id, longest_id)) return {};
    } else {
        while (in >> id) place.ids.push_back(id);
        while (std::getline(parts, change, '\t')) place.changes.push_back(change);
    }
    const auto too_long = [](std::size_t longest) {
        return [longest](const std::string& one) { return is_too_much(one, longest); };
    };
    if (place.ids.size() > most_ids || place.changes.size() > most_changes) return {};
    if (std::any_of(place.ids.begin(), place.ids.end(), too_long(longest_id))) return {};
    if (std::any_of(place.changes.begin(), place.changes.end(), too_long(longest_change))) return {};
    return place;
}

namespace {

constexpr std::string_view scheme = "sipdex:";

// RFC 3986 2.3: what stands for itself; the slash, too, which parts the ids of terms ("path/busy-at-once").
std::string encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80 && (std::isalnum(octet) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos))
            out += c;
        else out += {'%', digits[octet >> 4], digits[octet & 15]};
    }
    return out;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned octet = 0;
        const auto [end, problem] = at + 2 < text.size() && text[at] == '%'
                                        ? std::from_chars(text.data() + at + 1, text.data() + at + 3, octet, 16)
                                        : std::from_chars_result{text.data(), std::errc::invalid_argument};
        if (problem == std::errc() && end == text.data() + at + 3) {
            out += static_cast<char>(octet);
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

std::vector<std::string> parts_of(std::string_view text, char between) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(between, begin), text.size());
        if (end > begin) parts.push_back(decoded(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

}  // namespace

std::string link_of(const Place& place, std::string_view language) {
    if (words_of(place).empty()) return {};
    std::string link = std::string(scheme) + "//";
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) {
        link += "response/" + encoded(response->id);
    } else if (const auto* term = std::get_if<document::ToTerm>(&place.target)) {
        link += "term/" + encoded(term->id);
    } else {
        link += encoded(place.view);
        for (const std::string& id : place.ids) link += "/" + encoded(id);
    }
    link += "?lang=" + encoded(language);
    for (const std::string& change : place.changes) link += "&change=" + encoded(change);
    return link;
}

std::optional<Linked> place_of_link(std::string_view link) {
    if (!link.starts_with(scheme)) return std::nullopt;
    link.remove_prefix(scheme.size());
    while (link.starts_with('/')) link.remove_prefix(1);
    const std::size_t question = std::min(link.find('?'), link.size());
    const std::vector<std::string> path = parts_of(link.substr(0, question), '/');
    if (path.empty()) return std::nullopt;
    std::string words = path[0];
    if (path[0] == "response" || path[0] == "term") words = "reference " + path[0];
    std::string rest;
    for (std::size_t i = 1; i < path.size(); ++i) rest += (i > 1 ? " " : "") + path[i];
    // The id of a term may hold slashes, and end with one: "index/".
    if (path[0] == "term" && path.size() > 1) rest = decoded(link.substr(0, question)).substr(path[0].size() + 1);
    if (rest.find_first_of("\t\r\n") != std::string::npos) return std::nullopt;
    if (!rest.empty()) words += " " + rest;
    Linked linked;
    for (const std::string& pair : parts_of(question < link.size() ? link.substr(question + 1) : "", '&')) {
        if (pair.starts_with("lang=")) linked.language = pair.substr(5);
        if (pair.starts_with("change=")) words += "\t" + pair.substr(7);
    }
    linked.place = place_in_words(words);
    static const std::set<std::string, std::less<>> views = {"start", "reference", "compare", "simulator", "forks"};
    if (!views.contains(linked.place.view)) return std::nullopt;
    return linked;
}

document::Target page_of(const Place& place) {
    if (place.view == "compare" && place.ids.size() >= 2) return document::ToComparison{place.ids};
    if (place.view == "simulator" && place.ids.size() == 1 && !page::any_is_call(place.ids))
        return document::ToExchange{place.ids[0]};
    if (place.view == "reference") return place.target;
    return {};
}

Place place_of(const document::Target& target) {
    if (const auto* comparison = std::get_if<document::ToComparison>(&target)) return {"compare", {}, comparison->ids};
    if (const auto* exchange = std::get_if<document::ToExchange>(&target)) return {"simulator", {}, {exchange->id}};
    return {"reference", target, {}};
}

void History::go(Place place) {
    if (here().same_as(place)) return;
    places_.resize(at_ + 1);
    places_.push_back(std::move(place));
    if (places_.size() > places_to_keep) places_.erase(places_.begin());
    at_ = places_.size() - 1;
}

}  // namespace sipdex::window
