// A place is where a reader can be: a view and what it shows. The history is the places they came by.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/span.h"

namespace sipdex::window {

struct Place {
    std::string view;                       // "start", "reference", "compare", "simulator", as in views.cpp
    document::Target target;                // of the reference: a response or a term
    std::vector<std::string> ids;           // codes of a comparison, exchanges of the simulator, phones of a fork lab
    double scroll = 0;                      // kept, so that coming back finds the same lines
    std::size_t step = 0;                   // of a replay
    std::vector<std::string> changes = {};  // what if: of the exchange, each as a person writes it

    bool same_as(const Place& other) const {
        return view == other.view && target == other.target && ids == other.ids && changes == other.changes;
    }
};

// A place in one line, to be remembered: "reference response 607", "compare 300 607", "simulator 486-busy" and behind
// it the changes of a what-if, each after a tab. Of the reading it keeps what is open, not how far it was read. Text
// that was pasted in is not remembered: no words. What cannot be read, or is more than a window ever holds, gives a place
// without a view.
std::string words_of(const Place& place);
Place place_in_words(std::string_view words);

// The address of a place, for a ticket or a colleague: "sipdex://response/607?lang=fr", "sipdex://compare/300/607". Empty
// for a place that has none, such as text that was pasted in.
std::string link_of(const Place& place, std::string_view language);
// What an address opens, and in which language, if it names one; nothing for what is no address of ours.
struct Linked {
    Place place;
    std::string language;
};
std::optional<Linked> place_of_link(std::string_view link);

// The page that is open, as the reader may keep it: a favourite, a note, one of the pages opened last. No link for a place
// that is none.
document::Target page_of(const Place& place);

// Where a link leads inside the window; nothing for a section of an RFC, which opens outside.
Place place_of(const document::Target& target);

class History {
public:
    explicit History(Place first) : places_{std::move(first)} {}

    Place& here() { return places_[at_]; }
    const Place& here() const { return places_[at_]; }

    // Goes on to a place; what lay ahead is forgotten. Going where one is changes nothing.
    void go(Place place);
    // Changes where one is without a step back to it: a picker turned, a code added.
    void replace(Place place) { here() = std::move(place); }
    bool can_go_back() const { return at_ > 0; }
    bool can_go_forward() const { return at_ + 1 < places_.size(); }
    void back() {
        if (can_go_back()) --at_;
    }
    void forward() {
        if (can_go_forward()) ++at_;
    }

private:
    std::vector<Place> places_;
    std::size_t at_ = 0;
};

}  // namespace sipdex::window
