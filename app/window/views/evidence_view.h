// The evidence view opens captures and logs, and tells what they show; each call of theirs leads to the simulator.
#pragma once
#include "window/kit/view.h"
#include "window/reading/document_view.h"

namespace sipdex::window {

class EvidenceView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override { scroll_.at += distance; }
    bool escape() override { return page_.escape(); }
    bool can_find() const override { return shown_; }
    void find(Ui& ui) override { page_.open_search(ui); }
    void select_all() override { page_.select_all(); }
    bool copy_selected(Ui& ui) override { return page_.copy_selected(ui); }
    std::string folds() const override { return page_.folds(); }
    void set_folds(const std::string& ids) override { page_.set_folds(ids); }

private:
    void load(Ui& ui, const Place& place);
    void bar(Ui& ui, const Rect& where, Wishes& wishes);
    void invite(Ui& ui, const Rect& where) const;  // where nothing is open
    void progress(Ui& ui, const Rect& where, const Evidence& evidence);

    DocumentView page_;
    std::string path_;                // in the field
    std::vector<std::string> files_;  // that are open
    std::string loaded_;              // version and language of the page
    bool shown_ = false;              // there is a page
    Scroll scroll_;
    double told_scroll_ = 0;  // what the place was told last
};

}  // namespace sipdex::window
