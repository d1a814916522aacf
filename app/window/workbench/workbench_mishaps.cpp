// What becomes of a frame when a part of it throws: the part ends alone, and the reader is told.
#include "language/characters.h"
#include "window/reading/mishap_page.h"
#include "window/workbench/workbench.h"

namespace sipdex::window {

namespace {
constexpr std::size_t longest_reason = 200;  // characters of what is quoted
}

bool Workbench::safely(const char* part, const std::function<void()>& act) {
    const Ui::Mark mark = ui_.mark();
    std::string reason;
    try {
        act();
        mishaps_.erase(part);
        return true;
    } catch (const std::exception& error) {
        reason = error.what();
    } catch (...) {
        reason = "?";
    }
    ui_.back_to(mark);
    mishaps_[part] = language::shown(reason, longest_reason);
    return false;
}

std::string Workbench::trouble() const {
    if (const std::string words = library_.trouble(); !words.empty()) return words;
    if (given_up()) return library_.words().window_mishap_ways();
    if (!mishaps_.empty()) return library_.words().window_mishap_part(mishaps_.begin()->second);
    return settings_trouble();
}

bool Workbench::given_up() const {
    return given_up_ && given_up_->place.same_as(here()) && given_up_->language == library_.language();
}

// The view that could not be drawn is made anew, so that it knows nothing of what went wrong. Its place is not tried
// again before the reader wants it.
void Workbench::give_up_view(Wishes& wishes) {
    given_up_ = GivenUp{here(), library_.language(), mishaps_["view"]};
    mishaps_.erase("view");
    wishes.clear();
    for (Made& made : made_)
        if (made.view.get() == &view()) {
            make(made);
            break;
        }
    ui_.keep_moving();
}

void Workbench::middle(const Rect& where, Wishes& wishes) {
    const auto draw_view = [&] {
        // One thing that goes and another that comes, for those who listen, when the view changes.
        accessible::Node whole{"view " + here().view};
        whole.where = ui_.box_of(where);
        ui_.outline.open(std::move(whole));
        view().draw(ui_, where, history_.here(), wishes);
        ui_.outline.close();
    };
    if (!given_up() && !safely("view", draw_view)) {
        safely("page", [&] { give_up_view(wishes); });
        ink_.fill(where, palette_[Role::background]);
    }
    if (!given_up()) {
        given_up_.reset();  // whoever comes back to that place wants it tried again
        mishaps_.erase("page");
        return;
    }
    safely("page", [&] {
        const auto way = draw_mishap(ui_, where, given_up_->scroll, given_up_->reason, history_.can_go_back());
        if (!way) return;
        given_up_.reset();
        if (*way == WayOn::back) history_.back();
        if (*way == WayOn::home) history_.go({"start", {}, {}});
        ui_.keep_moving();
    });
}

void Workbench::middle_above(Wishes& wishes) {
    if (given_up() || safely("view", [&] { view().draw_above(ui_, history_.here(), wishes); })) return;
    safely("page", [&] { give_up_view(wishes); });
}

}  // namespace sipdex::window
