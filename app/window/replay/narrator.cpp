#include "window/replay/narrator.h"

#include "window/replay/inspector.h"

namespace sipdex::window {

void Narrator::tell(Ui& ui, const std::vector<Told>& all, const Player& player) {
    if (!ui.outline.listened()) return begin();
    stages_.resize(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        Stage& stage = stages_[i];
        const bool read = ui.on_top() && ui.focus().empty() && ui.is_read(all[i].id);
        std::string focused = read ? all[i].narration->reading() : std::string();
        const bool led_there = !focused.empty() && focused != stage.before;
        std::string said;
        for (std::size_t paragraph = led_there ? 1 : 0; paragraph < stage.coming.size(); ++paragraph)
            said += (said.empty() ? "" : " ") + stage.coming[paragraph];
        ui.outline.say(std::move(said));
        stage.coming.clear();
        const auto message = player.latest(i);
        if (!stage.begun || stage.message != message) {
            stage.begun = true;
            stage.message = message;
            stage.coming = narrated(ui, *all[i].replay, message);
            stage.before = std::move(stage.focused);
            ui.keep_moving();
        }
        stage.focused = std::move(focused);
    }
}

}  // namespace sipdex::window
