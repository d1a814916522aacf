#include "window/workbench/logo_field.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

#include "window/kit/file_question.h"
#include "window/kit/own_path.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {
constexpr double field_height = 34;  // units
constexpr const char* id = "sheet-logo";
}  // namespace

void LogoField::begin(std::string path) {
    path_ = std::move(path);
    looked_at_.clear();
    file_.clear();
    trouble_.clear();
}

void LogoField::choose(Ui& ui) {
    if (choosing_.valid()) return;
    const Words& words = ui.words();
    choosing_ = ask_for_files(outside_, {words.window_logo_choose(),
                                         words.window_files_pictures(),
                                         words.window_files_all(),
                                         {"*.png", "*.jpg", "*.jpeg", "*.svg", "*.svgz"}});
}

// Without a dialog the path is typed.
void LogoField::take_chosen(Ui& ui) {
    if (choosing_.valid()) ui.keep_moving();
    if (!is_answered(choosing_)) return;
    Outside::Chosen chosen = choosing_.get();
    if (chosen.outcome == Outside::Chosen::Outcome::no_dialog) ui.set_focus(id);
    if (!chosen.files.empty()) path_ = std::move(chosen.files.front());
}

// Half a path is no mistake while it is typed.
void LogoField::look(Ui& ui) {
    const std::string path = own_path(path_);
    std::error_code ignored;
    const bool there = std::filesystem::is_regular_file(path, ignored);
    if (ui.focused(id) && !there) {
        file_.clear();
        trouble_.clear();
        looked_at_.clear();
        return;
    }
    if (looked_at_ == path) return;
    looked_at_ = path;
    trouble_ = path.empty() ? std::string() : ui.library.logo_trouble(path);
    file_ = trouble_.empty() ? path : std::string();
    ui.keep_moving();
}

double LogoField::draw(Ui& ui, double x, double y, double width) {
    take_chosen(ui);
    const Button folder{"sheet-logo-choose", ui.words().window_logo_choose(), Icon::folder, Look::plain, true};
    const double beside = outside_.choose ? width_of(ui, folder) + ui.px(6) : 0;
    field(ui, id, ui.words().window_logo_path_hint(), path_, {x, y, width - beside, ui.px(field_height)});
    if (outside_.choose && button(ui, folder, x + width - width_of(ui, folder), y)) choose(ui);
    look(ui);
    double height = ui.px(field_height);
    if (trouble_.empty()) return height;
    const auto words = ui.set(trouble_, Type::caption, false, std::floor(width));
    ui.ink.text(words, x, y + height + ui.px(4), std::floor(width), ui.colour(Role::text));
    return height + ui.px(4) + words.height();
}

}  // namespace sipdex::window
