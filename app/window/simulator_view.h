// The simulator view replays one or two recordings under one clock: ladder, narration, message, player.
#pragma once
#include <optional>
#include <vector>

#include "window/document_view.h"
#include "window/ladder_picture.h"
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
    bool escape() override;
    const Player& player() const { return player_; }

private:
    struct Stage {                              // one recording on show
        Replay replay;
        document::Ladder ladder;
        Scroll ladder_scroll, text_scroll;
        DocumentView narration;
        std::optional<std::size_t> told;        // the message that the narration is about
    };

    void load(Ui& ui, const Place& place);
    void keys(Ui& ui);
    void bar(Ui& ui, const Rect& where, Place& place, Wishes& wishes);
    void ladder(Ui& ui, std::size_t stage, const Rect& where);
    void narration(Ui& ui, std::size_t stage, const Rect& where, Wishes& wishes);
    void transport(Ui& ui, const Rect& where);
    void tell(Ui& ui, Stage& stage, std::optional<std::size_t> message);
    std::vector<double> shared_rows(const Ui& ui) const;    // for each step

    std::vector<Stage> stages_;
    Player player_;
    Menu menu_;
    std::string loaded_, recorded_;
    std::size_t revealed_ = std::size_t(-1);
    double since_step_ = 1;                     // seconds; the newest arrow grows in the first 150 ms
};

}  // namespace sipdex::window
