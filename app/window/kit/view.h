// A view draws one kind of place into the middle of the window. It keeps what belongs to the eye and
// returns what the reader asked for; the workbench does it after the frame.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "document/document.h"
#include "window/kit/place.h"
#include "window/kit/ui.h"

namespace sipdex::window {

struct Wish {
    enum class Kind { go, replace, search, sheet, outside, ticket, command };
    Kind kind = Kind::go;
    Place place = {};                  // go, replace
    std::string words = {};            // search: what to type; outside: an address; command: its id
    document::Document document = {};  // sheet, ticket: the page it is about
};

using Wishes = std::vector<Wish>;

// Follows a link: inside where it can, otherwise outside.
void follow(const document::Target& target, Wishes& wishes);

class View {
public:
    virtual ~View() = default;
    virtual void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) = 0;
    // Menus of the view, above everything else.
    virtual void draw_above(Ui&, Place&, Wishes&) {}
    // The keys that scroll a page.
    virtual void scroll_by(double) {}
    // Whether the view wants the window for itself, in large type: no sidebar, no bars.
    virtual bool alone() const { return false; }
    // The width it then needs, in units at 100 %: text for a room is no larger than leaves it that much.
    virtual double width_alone(const Ui&) const { return 0; }
    // Whether letters are keys of the view; elsewhere a letter or digit that is typed begins a search.
    virtual bool takes_letters() const { return false; }
    // Closes a menu, ends a search in the page or a selection, if there is one.
    virtual bool escape() { return false; }
    // Of a view with a page of text: looking for words in it, selecting, copying what is selected, if anything is.
    virtual bool can_find() const { return false; }
    virtual void find(Ui&) {}
    virtual void select_all() {}
    virtual bool copy_selected(Ui&) { return false; }
    // Ids of sections turned, to be remembered; empty for views without.
    virtual std::string folds() const { return {}; }
    virtual void set_folds(const std::string&) {}
};

struct ListedView {
    const char* id;
    Sentence label;  // its word in the bar; none: not in the bar
    std::unique_ptr<View> (*make)();
};

// Every view there is. A line in views.cpp brings it into the bar and the tests.
const std::vector<ListedView>& views();

}  // namespace sipdex::window
