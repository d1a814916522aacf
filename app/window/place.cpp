#include "window/place.h"

namespace sipdex::window {

namespace {
constexpr std::size_t places_to_keep = 500;
}

Place place_of(const document::Target& target) {
    if (const auto* comparison = std::get_if<document::ToComparison>(&target))
        return {"compare", {}, comparison->ids};
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
