// The simulator view replays one or two recordings under one clock: ladder, narration, message, player.
//
// In the presenter's mode it has the window to itself, in large type, and keeps the outcome to itself until it is
// stepped to or asked for.
#pragma once
#include <optional>
#include <vector>

#include "window/kit/menu.h"
#include "window/kit/view.h"
#include "window/ladder/ladder_view.h"
#include "window/ladder/player.h"
#include "window/ladder/replay_scale.h"
#include "window/reading/document_view.h"
#include "window/replay/exchange_list.h"
#include "window/replay/inspector.h"
#include "window/replay/narrator.h"
#include "window/replay/pane_edge.h"
#include "window/replay/what_if_bar.h"

namespace sipdex::window {

class SimulatorView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void draw_above(Ui& ui, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override {
        if (stages_.empty()) exchanges_.scroll_by(distance);
        else stages_.front().text_scroll.at += distance;
    }
    bool alone() const override { return presenting_; }
    double width_alone(const Ui& ui) const override;
    bool takes_letters() const override { return true; }
    bool escape() override;
    void select_all() override;  // of the narration that the mouse was over last
    bool copy_selected(Ui& ui) override;
    std::string folds() const override;  // which switches are on, and where the edges of the panes were moved to
    void set_folds(const std::string& switches) override;
    const Player& player() const { return player_; }
    // Part of another view, which picks what is replayed: fork lab and presenter's mode have no such bar.
    void embed() { embedded_ = true; }

private:
    struct Stage {  // one recording on show
        Replay replay;
        std::string title;  // where both are of the same exchange
        LadderView ladder;
        Scroll text_scroll;
        DocumentView narration;
        std::string told;  // what the narration is about; empty: it is still of another replay
    };
    struct Switches {
        bool true_time = false, lanes = false, changes = false;
    };

    void load(Ui& ui, const Place& place);
    void keys(Ui& ui);
    void take_step_keys(Ui& ui);
    void set_scale(Ui& ui);
    void keep_places(const TimeAxis& before, double at_height);
    void zoom_by(double factor);
    void fit();
    void go_to_difference();
    bool secret() const { return presenting_ && !outcome_shown_; }
    void present(bool on);

    // The bars, in simulator_bars.cpp.
    double bars(Ui& ui, const Rect& where, Place& place, Wishes& wishes);  // those above; gives their height
    void bar(Ui& ui, const Rect& where, Place& place, Wishes& wishes);
    // Those at the right, in words as far as `room` allows; gives their left end.
    double tools(Ui& ui, double right, double y, double room, const Place& place, Wishes& wishes);
    void presenter_bar(Ui& ui, const Rect& where);
    double outcome_bar(Ui& ui, const Rect& where, Wishes& wishes);  // gives its height
    double difference_bar(Ui& ui, const Rect& where);               // of a call beside another; gives its height
    std::vector<Choice> choices(Ui& ui, const Place& place, const std::string& chosen, const std::string& typed) const;
    void transport(Ui& ui, const Rect& where);

    void stages(Ui& ui, const Rect& where, Wishes& wishes);
    void ladder(Ui& ui, std::size_t stage, const Rect& where);
    void narration(Ui& ui, std::size_t stage, const Rect& where, Wishes& wishes);
    static std::string narration_id(std::size_t stage);

    std::vector<Stage> stages_;
    Player player_;
    Menu menu_;
    Glossary glossary_;
    Switches switches_;
    PaneEdge story_width_{"story-width", PaneEdge::Between::columns};
    PaneEdge story_height_{"story-height", PaneEdge::Between::rows};
    ReplayScale scale_;
    WhatIfBar what_if_;
    Narrator narrator_;
    ExchangeList exchanges_;  // while none is chosen
    std::string loaded_, recorded_;
    std::string beside_;                                 // a call beside another: where they first differ, in words
    std::size_t revealed_ = std::size_t(-1), read_ = 0;  // a step; a stage
    double since_step_ = 1;                              // seconds; the newest arrow grows in the first 150 ms
    bool presenting_ = false, outcome_shown_ = false, embedded_ = false;
    std::string chosen_change_;  // by a link of the narration
    std::optional<LadderView::Hint> hint_;
};

}  // namespace sipdex::window
