#include "window/views/threshold_dialog.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "language/characters.h"
#include "window/kit/dialog.h"
#include "window/kit/number_in.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double dialog_width = 520, pad_units = 24, field_height = 34, row_units = 66;
constexpr std::size_t longest_number = 9, longest_quoted = 20;

// Digits only, or nothing.
std::optional<long> number_of(const std::string& typed) {
    if (typed.empty() || typed.size() > longest_number || typed.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return number_in<long>(typed);
}

}  // namespace

void ThresholdDialog::open(Ui& ui, const std::string& rule) {
    rule_ = ui.library.thresholds(rule);
    if (rule_.all.empty()) return;
    typed_.clear();
    for (const RuleThresholds::One& one : rule_.all) typed_.push_back(std::to_string(one.value));
    problem_.clear();
    open_ = true;
    ui.set_focus("threshold:0");
    ui.keep_moving();
}

bool ThresholdDialog::escape() { return std::exchange(open_, false); }

void ThresholdDialog::as_usual() {
    for (std::size_t i = 0; i < typed_.size(); ++i) typed_[i] = std::to_string(rule_.all[i].usual);
    problem_.clear();
}

void ThresholdDialog::apply(Ui& ui) {
    problem_.clear();
    ui.keep_moving();
    for (const std::string& typed : typed_)
        if (!number_of(typed)) {
            problem_ = ui.words().window_threshold_refused(language::shown(typed, longest_quoted));
            ui.outline.say(problem_);
            return;
        }
    for (std::size_t i = 0; i < typed_.size(); ++i)
        if (const long value = *number_of(typed_[i]); value != rule_.all[i].value)
            ui.library.set_threshold(rule_.rule + "." + rule_.all[i].name, value);
    open_ = false;
}

void ThresholdDialog::draw(Ui& ui) {
    if (!open_) return;
    const double pad = ui.px(pad_units), width = std::min(ui.px(dialog_width), ui.ink.width() - ui.px(32));
    const double inner = width - 2 * pad;
    const std::string title = ui.words().window_threshold_title(rule_.title);
    const auto about = ui.set(ui.words().window_threshold_about(), Type::body, false, std::floor(inner));
    const auto problem = ui.set(problem_, Type::body, false, std::floor(inner));
    const double told = problem_.empty() ? 0 : problem.height() + ui.px(8);
    const Rect box = open_dialog(ui, title, width,
                                 ui.px(64) + about.height() + ui.px(12) + ui.px(row_units) * double(typed_.size()) +
                                     told + ui.px(button_height + 36));
    dialog_title(ui, title, box, pad);
    const double left = box.x + pad;
    double y = box.y + ui.px(62);
    ui.ink.text(about, left, y, inner, ui.colour(Role::secondary));
    y += about.height() + ui.px(12);
    bool entered = false, usual = true;
    for (std::size_t i = 0; i < typed_.size(); ++i) {
        const RuleThresholds::One& one = rule_.all[i];
        const std::string label = ui.words().window_threshold_usual(one.called, one.usual_told);
        ui.word(label, Type::body, false, left, y + ui.px(10), ui.colour(Role::text), inner);
        entered = field(ui, fmt::format("threshold:{}", i), label, typed_[i],
                        {left, y + ui.px(22), std::min(inner, ui.px(160)), ui.px(field_height)}, false, 12) ||
                  entered;
        usual = usual && typed_[i] == std::to_string(one.usual);
        y += ui.px(row_units);
    }
    if (!problem_.empty()) ui.ink.text(problem, left, y, inner, ui.colour(Role::text));
    const double bottom = box.y + box.height - ui.px(20 + button_height);
    const Button go{"threshold-apply", ui.words().window_threshold_apply(), std::nullopt, Look::primary};
    const Button close{"threshold-close", ui.words().window_cancel(), std::nullopt, Look::plain};
    const Button reset{
        "threshold-usual", ui.words().window_threshold_reset(), std::nullopt, Look::ghost, false, !usual};
    double x = left + inner - width_of(ui, go);
    if (button(ui, go, x, bottom) || entered) apply(ui);
    x -= width_of(ui, close) + ui.px(8);
    if (button(ui, close, x, bottom)) open_ = false;
    if (button(ui, reset, left, bottom, std::min(width_of(ui, reset), x - left - ui.px(8)))) as_usual();
    ui.close_layer();
    if (!open_) ui.keep_moving();
}

}  // namespace sipdex::window
