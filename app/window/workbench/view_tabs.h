// The tabs of the views, at the top. Those that do not fit stand in a menu at the end; the chosen one is always in sight.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "window/kit/menu.h"
#include "window/kit/view.h"

namespace sipdex::window {

struct Tab {
    std::string id;
    Sentence label;
};
const std::vector<Tab>& all_tabs();
std::string tab_of(const Place& place);
constexpr int tabs_with_keys = 5;  // Ctrl+1 for the first, and so on

class ViewTabs {
public:
    // Gives the id of the tab that was asked for, by mouse or key.
    std::optional<std::string> draw(Ui& ui, double x, const Rect& where, const Place& here);
    std::optional<std::string> draw_above(Ui& ui);  // the menu
    bool escape();                                  // closes it, if it is open
    void take_keys(Input& input);                   // of the first tabs

private:
    Menu more_;
    std::string wanted_;  // by its key
};

// Where a tab leads from here: a view takes along what is being read. 607 goes on to "607 with …" and to its replay, a
// pair to both replays.
Place place_behind_tab(Library& library, const std::string& tab, const Place& here);

// How many exchanges the simulator shows side by side.
constexpr std::size_t most_side_by_side = 2;

}  // namespace sipdex::window
