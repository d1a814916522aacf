// The compare view shows two to five codes side by side, with a bar to choose and swap them.
#pragma once
#include "window/kit/menu.h"
#include "window/kit/view.h"
#include "window/reading/document_view.h"

namespace sipdex::window {

class CompareView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override { scroll_.at += distance; }
    void draw_above(Ui& ui, Place& place, Wishes& wishes) override;
    bool escape() override;
    bool can_find() const override { return true; }
    void find(Ui& ui) override { page_.open_search(ui); }
    void select_all() override { page_.select_all(); }
    bool copy_selected(Ui& ui) override { return page_.copy_selected(ui); }
    std::string folds() const override { return page_.folds(); }
    void set_folds(const std::string& ids) override { page_.set_folds(ids); }

private:
    void load(Ui& ui, const Place& place);
    void bar(Ui& ui, const Rect& where, const Place& place, Wishes& wishes);

    DocumentView page_;
    Menu menu_;
    std::string loaded_;
    unsigned kept_ = 0;                 // how often what is theirs had changed
    std::vector<std::string> replays_;  // one exchange for each code that has one
    std::vector<ListedResponse> codes_;
    Scroll scroll_;
    double told_scroll_ = 0;  // what the place was told last
};

}  // namespace sipdex::window
