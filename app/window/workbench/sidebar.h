// The sidebar finds things: a field to search in, what was found, and otherwise every code by class.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "window/kit/view.h"

namespace sipdex::window {

class Sidebar {
public:
    // `head` is the place of the field, `list` the place below it.
    void draw(Ui& ui, const Rect& head, const Rect& list, const Place& here, Wishes& wishes);

    void search(Ui& ui, const std::string& words);  // types for the reader and goes to the field
    const std::string& typed() const { return typed_; }
    void clear() { typed_.clear(); }
    const std::vector<Hit>& hits() const { return hits_; }
    void forget() {
        found_for_.clear();
        codes_for_.clear();
    }  // what the catalog said: it is asked again

    std::string closed() const;  // classes closed, to be remembered: "1 5"
    void set_closed(std::string_view classes);

private:
    void results(Ui& ui, const Rect& list, const Place& here, Wishes& wishes);
    void codes(Ui& ui, const Rect& list, const Place& here, Wishes& wishes);

    std::string typed_, found_for_, codes_for_, followed_;
    std::vector<Hit> hits_;
    std::vector<ListedResponse> codes_;
    std::set<int> closed_;
    Scroll code_scroll_, hit_scroll_;
};

}  // namespace sipdex::window
