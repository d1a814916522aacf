// What the workbench tells those who do not see it, and does for them.
#include "window/workbench/workbench.h"

namespace sipdex::window {

void Workbench::listen(bool on) {
    ui_.listen(on);
    ui_.keep_moving();
}

accessible::Tree Workbench::told(bool active, const accessible::Box& on_screen) {
    return ui_.outline.tree({title(), library_.language(), active, on_screen});
}

// Whoever opens a page by ear wants to hear it next, whatever they pressed for that: nothing else keeps the focus.
void Workbench::read_from_top() {
    if (!listened() || here().same_as(read_)) return;
    read_ = here();
    if (!ui_.typing()) ui_.set_focus({}, false);
}

void Workbench::grant(const accessible::Wish& wish) {
    using Kind = accessible::Wish::Kind;
    if (wish.kind == Kind::press) return ui_.press(wish.id);
    // A thing of the window has the focus of the window; a text of a page has the caret.
    if (wish.kind == Kind::focus && ui_.offers(wish.id)) return ui_.set_focus(wish.id);
    ui_.ask(wish);
}

}  // namespace sipdex::window
