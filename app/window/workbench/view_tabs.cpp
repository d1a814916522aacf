#include "window/workbench/view_tabs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "window/kit/code_choice.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

// A part of the reference has a tab of its own: the vocabulary, where it begins and its lists.
constexpr const char* vocabulary = "vocabulary";
const document::ToTerm vocabulary_page{"index/"};

}  // namespace

std::string tab_of(const Place& place) {
    const auto* term = std::get_if<document::ToTerm>(&place.target);
    const bool lists = place.view == "reference" && term && term->id.starts_with(vocabulary_page.id);
    return lists ? vocabulary : place.view;
}

const std::vector<Tab>& all_tabs() {
    static const std::vector<Tab> tabs = [] {
        std::vector<Tab> made;
        for (const ListedView& view : views())
            if (view.label) made.push_back({view.id, view.label});
        made.push_back({vocabulary, &Words::index_all});
        return made;
    }();
    return tabs;
}

std::optional<std::string> ViewTabs::draw(Ui& ui, double x, const Rect& where, const Place& here) {
    const std::string chosen = tab_of(here);
    std::optional<std::string> asked;
    if (!wanted_.empty() && wanted_ != chosen) asked = wanted_;
    wanted_.clear();

    const auto width = [&](const Tab& one) { return width_of_tab(ui, ui.say(one.label)); };
    double room = where.x + where.width - ui.px(8) - x, all = 0;
    for (const Tab& one : all_tabs()) all += width(one);
    const bool fits = all <= room;
    room -= ui.px(button_height);  // of the menu
    for (const Tab& one : all_tabs())
        if (one.id == chosen) room -= width(one);
    std::vector<Choice> hidden;
    accessible::Node bar{"views"};
    bar.role = accessible::Role::page_tab_list;
    bar.where = ui.box_of(where);
    ui.outline.open(std::move(bar));
    for (const Tab& one : all_tabs()) {
        const bool shown = fits || one.id == chosen || (hidden.empty() && width(one) <= room);
        if (!shown) {
            hidden.push_back({one.id, ui.say(one.label), {}, 0, false});
            continue;
        }
        if (one.id != chosen) room -= width(one);
        if (tab(ui, "view:" + one.id, ui.say(one.label), one.id == chosen, x, where.y, where.height) &&
            one.id != chosen)
            asked = one.id;
    }
    ui.outline.close();
    const double side = ui.px(button_height), y = where.y + std::round((where.height - side) / 2);
    if (!hidden.empty() &&
        button(ui, {"more-views", ui.words().window_key_views(), Icon::unfolded, Look::ghost, true}, x, y))
        more_.open(ui, "views", {x, y, side, side}, hidden);
    return asked;
}

std::optional<std::string> ViewTabs::draw_above(Ui& ui) { return more_.draw(ui); }

bool ViewTabs::escape() {
    const bool was = more_.is_open();
    more_.close();
    return was;
}

void ViewTabs::take_keys(Input& input) {
    constexpr Key digits[tabs_with_keys] = {Key::one, Key::two, Key::three, Key::four, Key::five};
    for (std::size_t i = 0; i < std::min(std::size(digits), all_tabs().size()); ++i)
        if (input.take_press(digits[i], true)) wanted_ = all_tabs()[i].id;
}

Place place_behind_tab(Library& library, const std::string& tab, const Place& here) {
    if (tab == vocabulary) return {"reference", vocabulary_page, {}};
    Place place{tab, {}, {}};
    const auto* response = std::get_if<document::ToResponse>(&here.target);
    const std::vector<std::string> codes = response                 ? std::vector<std::string>{response->id}
                                           : here.view == "compare" ? here.ids
                                                                    : std::vector<std::string>{};
    if (tab == "compare") place.ids = codes;
    if (tab == "simulator") place.ids = exchanges_showing(library, codes);
    if (tab == "simulator" && place.ids.size() > most_side_by_side) place.ids.resize(most_side_by_side);
    if (tab == "reference") {
        const auto listed = library.codes();
        if (!codes.empty()) place.target = document::ToResponse{codes.front()};
        else if (!listed.empty()) place.target = document::ToResponse{listed.front().id};
    }
    return place;
}

}  // namespace sipdex::window
