// The simulator view replays one or two recordings under one clock: ladder, narration, message, player.
//
// In the presenter's mode it has the window to itself, in large type, and keeps the outcome to itself until it is
// stepped to or asked for.
#pragma once
#include <optional>
#include <vector>

#include "window/document_view.h"
#include "window/inspector.h"
#include "window/ladder_view.h"
#include "window/menu.h"
#include "window/player.h"
#include "window/view.h"

namespace sipdex::window {

class SimulatorView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void draw_above(Ui& ui, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override {
        if (!stages_.empty()) stages_.front().text_scroll.at += distance;
    }
    bool alone() const override { return presenting_; }
    bool escape() override;
    std::string folds() const override;             // which switches are on
    void set_folds(const std::string& switches) override;
    const Player& player() const { return player_; }
    // Part of another view, which picks what is replayed: fork lab and presenter's mode have no such bar.
    void embed() { embedded_ = true; }

private:
    struct Stage {                              // one recording on show
        Replay replay;
        LadderView ladder;
        Scroll text_scroll;
        DocumentView narration;
        std::string told;                       // what the narration is about
    };
    struct Switches { bool true_time = false, lanes = false, changes = false; };

    void load(Ui& ui, const Place& place);
    void keys(Ui& ui);
    void ask(Ui& ui, const Place& place, const std::string& change, Wishes& wishes);
    std::string change_losing(std::size_t message) const;
    std::string change_delaying(std::size_t message) const;
    void open_answers(Ui& ui, const Rect& anchor);
    void what_if_bar(Ui& ui, const Rect& where, const Place& place, Wishes& wishes);     // in what_if_bar.cpp
    void take_step_keys(Ui& ui);
    void set_axis(Ui& ui);
    void zoom_to(double zoom, double at_height);
    void fit(Ui& ui);
    double least_zoom() const;
    bool secret() const { return presenting_ && !outcome_shown_; }
    void present(bool on);

    // The bars, in simulator_bars.cpp.
    void bar(Ui& ui, const Rect& where, Place& place, Wishes& wishes);
    double tools(Ui& ui, double right, double y, const Place& place, Wishes& wishes);     // gives their left end
    void presenter_bar(Ui& ui, const Rect& where);
    void transport(Ui& ui, const Rect& where);

    void stages(Ui& ui, const Rect& where, Wishes& wishes);
    void ladder(Ui& ui, std::size_t stage, const Rect& where);
    void narration(Ui& ui, std::size_t stage, const Rect& where, Wishes& wishes);

    std::vector<Stage> stages_;
    Player player_;
    Menu menu_;
    Glossary glossary_;
    Switches switches_;
    double zoom_ = 1;
    TimeAxis axis_;
    std::vector<Time> step_times_;
    Time ended_{};
    Spacing natural_, spacing_;                 // at 100 %, and as it is
    std::string loaded_, recorded_;
    std::size_t revealed_ = std::size_t(-1);
    double since_step_ = 1;                     // seconds; the newest arrow grows in the first 150 ms
    bool presenting_ = false, outcome_shown_ = false, embedded_ = false, asking_ = false;
    std::string typed_change_, problem_;        // what if
    std::string chosen_change_;                 // by a link of the narration
    std::optional<LadderView::Hint> hint_;
};

}  // namespace sipdex::window
