// The keys view lists what the keyboard does.
#pragma once
#include "window/kit/view.h"
#include "window/reading/document_view.h"

namespace sipdex::window {

class KeysView : public View {
public:
    void draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) override;
    void scroll_by(double distance) override { scroll_.at += distance; }

private:
    DocumentView page_;
    std::string loaded_;
    Scroll scroll_;
};

}  // namespace sipdex::window
