// The fork lab: a proxy rings two to five phones at once; the reader says what each answers and when, and sees which
// response the caller gets.
#pragma once
#include <string>
#include <vector>

#include "window/kit/flow.h"
#include "window/kit/menu.h"
#include "window/kit/view.h"
#include "window/replay/simulator_view.h"

namespace sipdex::window {

class ForkLabView : public View {
public:
    ForkLabView() { replay_.embed(); }
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void draw_above(Ui& ui, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override { replay_.scroll_by(distance); }
    bool alone() const override { return replay_.alone(); }
    double width_alone(const Ui& ui) const override { return replay_.width_alone(ui); }
    bool takes_letters() const override { return true; }
    bool escape() override;
    void select_all() override { replay_.select_all(); }
    bool copy_selected(Ui& ui) override { return replay_.copy_selected(ui); }

private:
    double bar(Ui& ui, const Rect& where, const std::vector<std::string>& phones, Wishes& wishes);
    void add_phone(Ui& ui, Flow& flow, std::size_t index, const std::vector<std::string>& phones, Wishes& wishes);

    SimulatorView replay_;
    Menu menu_;
};

}  // namespace sipdex::window
