// A change picker offers what can be changed in an exchange: who, does what, with which value, each in a menu or a
// field of its own.
//
//     [Bob ▾] [answers with ▾] [486 Busy Here ▾] after [2] s  [+ Header field]
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "window/kit/flow.h"
#include "window/kit/menu.h"
#include "window/replay/change_draft.h"

namespace sipdex::window {

class ChangePicker {
public:
    struct Scene {
        Ui& ui;
        const Replay& replay;  // as it is
    };

    // Begins anew, with the message that is looked at.
    void begin(const Offer& offer, const recording::Recording& recording, std::optional<std::size_t> message);

    // What there is to pick; it holds references to the scene and must be drawn within the same frame.
    Flow flow(const Scene& scene);
    void draw_above(Ui& ui);  // the menu
    Menu& menu() { return menu_; }

    // What was picked, or in the reader's words what is missing or wrong.
    DraftedChange drafted(const Ui& ui) const;
    // The Enter key in one of the fields; told once.
    bool entered() { return std::exchange(entered_, false); }

private:
    std::string name_of(const Scene& scene, const std::string& party) const;
    void add_menu(Ui& ui, Flow& flow, const std::string& purpose, const std::string& label, std::optional<Icon> icon,
                  std::function<std::vector<Choice>()> choices, Menu::Narrow narrow = {});
    void add_field(Ui& ui, Flow& flow, const std::string& id, const std::string& hint, std::string& typed,
                   double units);
    void add_values(const Scene& scene, Flow& flow);
    void add_answer(const Scene& scene, Flow& flow);
    void add_message(const Scene& scene, Flow& flow);
    void add_option(const Scene& scene, Flow& flow);
    void take_option(const std::string& name);

    ChangeDraft draft_;
    Offer offer_;
    Menu menu_;
    bool with_field_ = false, entered_ = false;
};

}  // namespace sipdex::window
