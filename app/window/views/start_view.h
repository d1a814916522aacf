// The start view says what can be done, each as something to press.
#pragma once
#include "window/kit/view.h"

namespace sipdex::window {

class StartView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override { scroll_.at += distance; }

private:
    Scroll scroll_;
};

}  // namespace sipdex::window
