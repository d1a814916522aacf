// What the workbench tells those who do not see it, and does for them.
#include <fmt/format.h>

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
    // So has a field in which the caret is put.
    const bool in_field = wish.kind == Kind::caret || wish.kind == Kind::select;
    if (in_field && ui_.offers(wish.id) && !ui_.focused(wish.id)) ui_.set_focus(wish.id);
    ui_.ask(wish);
}

std::string Workbench::dump() const {
    std::string out;
    const auto place = [](const Rect& rect) {
        return fmt::format("{:.0f},{:.0f} {:.0f}x{:.0f}", rect.x, rect.y, rect.width, rect.height);
    };
    out += fmt::format("title\t{}\nplace\t{}\nlanguage\t{}\n", title(), here().view, library_.language());
    for (const Ui::Thing& thing : ui_.things())
        out += fmt::format("{}\t{}\t{}\t{}{}{}{}\n", thing.kind, thing.id, place(ink_.on_screen(thing.where)),
                           thing.label, thing.chosen ? "\tchosen" : "", thing.focused ? "\tfocused" : "",
                           thing.enabled ? "" : "\tdisabled");
    for (const Ink::Written& written : ink_.written())
        out += fmt::format("words\t-\t{}\t{}\n", place(ink_.on_screen(written.where)), written.words);
    return out;
}

}  // namespace sipdex::window
