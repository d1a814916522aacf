// What the workbench remembers from one day to the next, and what it finds again.
#include <algorithm>
#include <set>

#include "language/characters.h"
#include "window/workbench/workbench.h"

namespace sipdex::window {

namespace {
constexpr std::size_t longest_path = 120;  // characters of what is quoted
}

void Workbench::take_settings() {
    palette_ = Palette(settings_.text("theme", "light"));
    text_size_ = std::clamp(settings_.number("text-size", 1), smallest_text, largest_text);
    sidebar_.set_closed(settings_.text("classes-closed"));
    sidebar_.set_shape(settings_.text("sidebar"));
    kept_["sidebar"] = sidebar_.shape();
    kept_["classes-closed"] = sidebar_.closed();
    for (Made& made : made_) make(made);
}

// What another program kept from being read at the start. What the reader has changed meanwhile stays.
void Workbench::take_late_settings() {
    arrivals_ = settings_.arrivals();
    take_settings();
    const std::string language = settings_.text("language");
    for (const Language& one : library_.languages())
        if (one.tag == language && !language_given_) library_.set_language(language);
    if (Place place = remembered_place(); !place.view.empty() && !place.same_as(here()) && !history_.can_go_back()) {
        history_.replace(std::move(place));
        kept_["place"] = words_of(here());
    }
    ui_.keep_moving();
}

// The place the reader left, as far as the catalog still has what was open there.
Place Workbench::remembered_place() {
    Place place = place_in_words(settings_.text("place"));
    const auto known = [](const auto& listed, const std::string& id) {
        return listed.empty() ||
               std::any_of(listed.begin(), listed.end(), [&](const auto& one) { return one.id == id; });
    };
    safely("place", [&] {
        const auto* response = std::get_if<document::ToResponse>(&place.target);
        if (response && !known(library_.codes(), response->id)) place = {};
        if (place.view == "compare")
            std::erase_if(place.ids, [&](const std::string& id) { return !known(library_.codes(), id); });
        if (place.view == "simulator" &&
            std::erase_if(place.ids, [&](const std::string& id) { return !known(library_.exchanges(), id); }))
            place.changes.clear();
        if (place.view == "simulator" && place.ids.size() > most_side_by_side) place.ids.resize(most_side_by_side);
        std::set<std::string> seen;
        if (place.view == "compare")
            std::erase_if(place.ids, [&](const std::string& id) { return !seen.insert(id).second; });
    });
    return place;
}

void Workbench::remember() {
    keep("classes-closed", sidebar_.closed());
    keep("sidebar", sidebar_.shape());
    if (const std::string words = words_of(here()); !words.empty() && !given_up()) keep("place", words);
    for (const Made& made : made_) keep("folds-" + made.id, made.view->folds());
    if (sheet_.is_open() && sheet_.saved()) keep("sheet-folder", sheet_.folder());
    if (sheet_.is_open() && sheet_.used()) {
        keep("sheet-header", sheet_.sheet().header);
        keep("sheet-paper", sheet_.sheet().paper);
        keep("sheet-logo", sheet_.sheet().logo);
    }
    tell_visit();
    read_from_top();
}

// Settings that could not be read yet must not be replaced by what nobody chose.
void Workbench::keep(const std::string& key, const std::string& value) {
    std::string& last = kept_[key];
    if (last == value) return;
    last = value;
    settings_.set(key, value);
}

std::string Workbench::settings_trouble() const {
    using Trouble = user::Settings::Trouble;
    const std::string file = language::shown(settings_.file().string(), longest_path);
    switch (settings_.trouble()) {
        case Trouble::none: return {};
        case Trouble::no_home: return library_.words().window_settings_no_home();
        case Trouble::locked: return library_.words().window_settings_locked(file);
        case Trouble::no_room: return library_.words().window_settings_no_room(file);
        case Trouble::read_only: return library_.words().window_settings_read_only(file);
        case Trouble::failing: return library_.words().window_settings_failing(file);
        case Trouble::unreadable: return library_.words().window_settings_unreadable(file);
        case Trouble::newer: return library_.words().window_settings_newer(file);
    }
    return {};
}

}  // namespace sipdex::window
