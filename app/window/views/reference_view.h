// The reference view shows one response or term, as a page with its own buttons.
#pragma once
#include "window/kit/menu.h"
#include "window/kit/view.h"
#include "window/reading/document_view.h"

namespace sipdex::window {

class ReferenceView : public View {
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
    std::vector<Button> actions(Ui& ui, const document::Target& page) const;

    DocumentView page_;
    Menu menu_;
    std::string loaded_;                   // what, and in which language
    unsigned kept_ = 0;                    // how often what is theirs had changed
    std::string id_;                       // of the response; empty for a term
    std::vector<ListedExchange> replays_;  // that end in it
    Scroll scroll_;
    double told_scroll_ = 0;  // what the place was told last
};

}  // namespace sipdex::window
