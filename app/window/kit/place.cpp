#include "window/kit/place.h"

#include <algorithm>
#include <sstream>

namespace sipdex::window {

namespace {
constexpr std::size_t places_to_keep = 500;

// What a remembered place may hold: each change of a what-if is another run of its exchange before anything is shown.
constexpr std::size_t most_ids = 5, longest_id = 64, most_changes = 20, longest_change = 1000;

bool is_too_much(const std::string& words, std::size_t longest) { return words.empty() || words.size() > longest; }

}  // namespace

std::string words_of(const Place& place) {
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
