// The evidence view opens captures and logs, and tells what they show: what was found, and the list of calls, each of which
// leads to the simulator, alone or beside another.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "window/kit/view.h"
#include "window/reading/document_view.h"
#include "window/views/call_table.h"
#include "window/views/share_dialog.h"
#include "window/views/threshold_dialog.h"

namespace sipdex::window {

class EvidenceView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void draw_above(Ui& ui, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override {
        if (lists()) table_.scroll_by(distance);
        else scroll_.at += distance;
    }
    bool escape() override;
    bool can_find() const override { return shown_; }
    void find(Ui& ui) override;
    void select_all() override { page_.select_all(); }
    bool copy_selected(Ui& ui) override { return page_.copy_selected(ui); }
    std::string folds() const override { return page_.folds(); }
    void set_folds(const std::string& ids) override { page_.set_folds(ids); }

private:
    void load(Ui& ui, const Place& place);
    void path_bar(Ui& ui, const Rect& where, Wishes& wishes);
    void tab_bar(Ui& ui, const Rect& where, Wishes& wishes);
    // At the end of a bar, with their words where these do not reach before `least`; gives where they begin.
    double actions(Ui& ui, double least, double end, double y, Wishes& wishes);
    void names(Ui& ui, const Rect& where, Wishes& wishes);  // that could be meant by what is typed
    bool completing(const Ui& ui);
    void open(const std::string& path, Wishes& wishes);
    void invite(Ui& ui, const Rect& where) const;  // where nothing is open
    void progress(Ui& ui, const Rect& where, const Evidence& evidence);
    bool has_list() const { return calls_ && calls_->size() > 1; }
    bool lists() const { return shown_ && has_list() && listing_.contains(file_); }

    DocumentView page_;
    CallTable table_;
    ShareDialog share_;
    ThresholdDialog thresholds_;
    Library::Calls calls_;
    std::set<std::string> listing_;   // files whose list of calls is shown, rather than what was found
    std::string path_;                // in the field
    std::vector<std::string> files_;  // that are open
    std::string file_;                // the first of them
    std::vector<std::string> names_;  // that begin with what is typed
    std::string names_for_;
    std::string loaded_, page_for_;  // version and language of the page; what is open, of which it is
    bool shown_ = false;             // there is a page
    bool keep_caret_ = false;
    Scroll scroll_, names_scroll_;
    double told_scroll_ = 0;  // what the place was told last
};

}  // namespace sipdex::window
