// The sidebar finds things: a field to search in, what was found, and otherwise every code by class.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "window/kit/view.h"
#include "window/workbench/commands.h"

namespace sipdex::window {

class Sidebar {
public:
    // `head` is the place of the field, `list` the place below it.
    // What the reader can do here is offered while the field is empty, and found by name. `commands` is asked only then.
    using Commands = std::function<std::vector<Command>()>;
    void draw(Ui& ui, const Rect& head, const Rect& list, const Place& here, const Commands& commands, Wishes& wishes);

    // It can be closed, and made wider or narrower by its edge: with the mouse, or with the arrows. Pressed where it is,
    // the edge closes it.
    bool is_open() const { return open_; }
    void set_open(bool open) { open_ = open; }
    double width(const Ui& ui, double window) const;  // never more than half of the window
    void draw_edge(Ui& ui, double x, double height);
    std::string shape() const;  // to be remembered: "open 296"
    void set_shape(std::string_view shape);

    void go_to_field(Ui& ui);                       // opens it for that
    void search(Ui& ui, const std::string& words);  // types for the reader and goes to the field
    const std::string& typed() const { return typed_; }
    void clear() {
        typed_.clear();
        asked_ = false;
    }
    const std::vector<Hit>& hits() const { return hits_; }
    void forget() {
        found_for_.clear();
        codes_for_.clear();
    }  // what the catalog said: it is asked again

    std::string closed() const;  // classes closed, to be remembered: "1 5"
    void set_closed(std::string_view classes);

private:
    void results(Ui& ui, const Rect& list, const Place& here, Wishes& wishes);
    void hit(Ui& ui, const Hit& hit, std::size_t number, const Rect& where, const Place& here, Wishes& wishes);
    bool commands_first() const;
    std::string best_found(const Ui& ui) const;  // what Enter opens or does, in words
    bool offering(const Ui& ui);
    void offers(Ui& ui, const Rect& list, const Place& here, const Commands& commands, Wishes& wishes);
    void command(Ui& ui, const Command& command, const Rect& list, double& y, Wishes& wishes);
    void codes(Ui& ui, const Rect& list, const Place& here, Wishes& wishes);

    std::string typed_, found_for_, codes_for_, followed_, said_;
    std::vector<Hit> hits_;
    std::vector<Command> called_;  // what can be done, by the words that were typed
    std::vector<ListedResponse> codes_;
    std::set<int> closed_;
    bool open_ = true, pulled_ = false;
    bool asked_ = false;  // for the field by its key: what it offers is shown
    double units_ = 0;    // how wide, at 100 %; 0: as usual
    Scroll code_scroll_, hit_scroll_, offer_scroll_;
};

}  // namespace sipdex::window
