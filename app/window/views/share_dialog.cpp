#include "window/views/share_dialog.h"

#include <cmath>
#include <filesystem>
#include <utility>

#include "language/characters.h"
#include "window/kit/dialog.h"
#include "window/kit/own_path.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double dialog_width = 620, pad_units = 24, field_height = 34;
constexpr std::size_t longest_name = 40;  // characters of what is quoted

// Words below each other; gives where they end.
double paragraph(Ui& ui, const std::string& words, Role role, double x, double y, double width) {
    const auto lines = ui.set(words, Type::body, false, std::floor(width));
    ui.ink.text(lines, x, y, std::floor(width), ui.colour(role));
    return y + lines.height();
}

}  // namespace

void ShareDialog::open(Ui& ui, const std::string& title) {
    title_ = title;
    path_ = ui.library.shared_name();
    asking_for_.clear();
    written_.clear();
    scroll_ = {};
    open_ = true;
    ui.set_focus("share-path", false);
    ui.keep_moving();
}

bool ShareDialog::escape() {
    given_up_ = open_;
    return open_;
}

void ShareDialog::close(Ui& ui) {
    open_ = false;
    ui.library.stop_sharing();
    ui.keep_moving();
}

void ShareDialog::write(Ui& ui, bool replace) {
    const std::string path = own_path(path_);
    if (path.empty()) return;
    std::error_code ignored;
    asking_for_.clear();
    if (!replace && std::filesystem::exists(path, ignored)) {
        asking_for_ = path_;
    } else {
        written_ = path_;
        ui.library.share(path);
    }
    ui.keep_moving();
}

void ShareDialog::buttons(Ui& ui, const SharedCopy& copy, double left, double y, double width, bool entered) {
    const bool writing = copy.state == SharedCopy::State::writing;
    const bool done = copy.state == SharedCopy::State::written && written_ == path_;
    const bool asking = !asking_for_.empty();
    const Button close_it{"share-close", ui.say(done ? &Words::window_close : &Words::window_cancel), std::nullopt,
                          done ? Look::primary : Look::plain};
    const Button go{"share-write", ui.words().window_share_write(),
                    std::nullopt,  Look::primary,
                    false,         !writing && !asking && !own_path(path_).empty()};
    const std::string name = language::shown(std::filesystem::path(path_).filename().string(), longest_name);
    const Button replace{"share-replace", ui.words().window_replace_file(name), std::nullopt, Look::plain};
    double x = left + width;
    const auto put = [&](const Button& one) {
        const double wide = std::min(width_of(ui, one), width * 0.6);
        x -= wide;
        const bool pressed = button(ui, one, x, y, wide);
        x -= ui.px(8);
        return pressed;
    };
    if (!done && put(go)) write(ui, false);
    if (entered && go.enabled && !done) write(ui, false);
    if (asking && put(replace)) write(ui, true);
    if (put(close_it)) close(ui);
}

void ShareDialog::draw(Ui& ui) {
    if (std::exchange(given_up_, false)) close(ui);
    if (!open_) return;
    const SharedCopy copy = ui.library.shared();
    const bool mine = !written_.empty();  // what it tells is about this copy
    std::string result;
    if (asking_for_ == path_ && !asking_for_.empty()) result = ui.words().window_file_exists(path_);
    else if (mine && copy.state == SharedCopy::State::writing)
        result = ui.words().window_share_writing(
            language::shown(std::filesystem::path(written_).filename().string(), longest_name));
    else if (mine && written_ == path_) result = copy.words;
    if (asking_for_ != path_) asking_for_.clear();

    const double pad = ui.px(pad_units);
    const double width = std::min(ui.px(dialog_width), ui.ink.width() - ui.px(32)), inner = width - 2 * pad;
    const std::string about = ui.words().window_share_about();
    const double about_height = ui.set(about, Type::body, false, std::floor(inner)).height();
    const double result_height =
        result.empty() ? 0 : ui.set(result, Type::body, false, std::floor(inner - ui.px(28))).height() + ui.px(16);
    const double height =
        ui.px(64) + about_height + ui.px(16 + field_height) + result_height + ui.px(button_height + 58);
    const Rect box = open_dialog(ui, title_, width, height);
    dialog_title(ui, title_, box, pad);
    const double left = box.x + pad, bottom = box.y + box.height - ui.px(22 + button_height);
    // Where there is not the height for all of it, what is above the buttons scrolls.
    const Rect middle{left - ui.px(4), box.y + ui.px(60), inner + ui.px(20), bottom - box.y - ui.px(72)};
    ui.begin_scroll("share", middle, scroll_);
    double y = paragraph(ui, about, Role::secondary, left, box.y + ui.px(64) - scroll_.at, inner) + ui.px(16);
    const bool entered =
        field(ui, "share-path", ui.words().window_file_hint(), path_, {left, y, inner, ui.px(field_height)});
    y += ui.px(field_height + 12);
    if (!result.empty()) {
        const bool done = copy.state == SharedCopy::State::written && asking_for_.empty();
        const double sign = ui.px(16);
        ui.ink.icon(done                                       ? Icon::check
                    : copy.state == SharedCopy::State::writing ? Icon::clock
                                                               : Icon::warning,
                    {left, y + ui.px(3), sign, sign}, ui.colour(done ? Role::accent : Role::text));
        y = paragraph(ui, result, Role::text, left + ui.px(28), y, inner - ui.px(28));
        if (result != told_) ui.outline.say(result);
    }
    told_ = result;
    ui.end_scroll(y + scroll_.at - middle.y + ui.px(4));
    buttons(ui, copy, left, bottom, inner, entered);
    ui.close_layer();
}

}  // namespace sipdex::window
