#include "window/views/evidence_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double bar_height = 48, text_width = 560;  // units

// "~/traces/office.pcapng" as a shell would open it.
std::string opened_path(std::string typed) {
    while (!typed.empty() && typed.back() == ' ') typed.pop_back();
    while (!typed.empty() && typed.front() == ' ') typed.erase(0, 1);
    if (typed.starts_with("file://")) typed.erase(0, std::string_view("file://").size());
    const char* home = std::getenv("HOME");
    if (typed.starts_with("~/") && home) typed = home + typed.substr(1);
    return typed;
}

}  // namespace

void EvidenceView::load(Ui& ui, const Place& place) {
    if (!place.ids.empty() && place.ids != files_) {
        files_ = place.ids;
        path_ = files_.front();
        ui.library.bring(files_);
    }
    const Evidence evidence = ui.library.evidence();
    const std::string wanted = fmt::format("{} {}", evidence.version, ui.language());
    if (wanted == loaded_ || evidence.state == Evidence::State::reading) return;
    loaded_ = wanted;
    shown_ = evidence.state == Evidence::State::read;
    if (!shown_) return;
    page_.show(ui.library.explained());
    scroll_ = {};
    scroll_.at = place.scroll;
    scroll_.content = 1e9;
}

void EvidenceView::bar(Ui& ui, const Rect& where, Wishes& wishes) {
    const double y = where.y + std::round((where.height - ui.px(button_height)) / 2);
    const Button open{"evidence-open", ui.words().window_evidence_open(),
                      std::nullopt,    shown_ ? Look::plain : Look::primary,
                      false,           !opened_path(path_).empty()};
    const Button sheet{"sheet", ui.words().window_sheet(), Icon::sheet, Look::plain, false, shown_};
    const double left = where.x + ui.px(16), right = where.x + where.width - ui.px(16);
    const double buttons = width_of(ui, open) + ui.px(8) + (shown_ ? width_of(ui, sheet) + ui.px(8) : 0);
    const Rect box{left, y, std::max(ui.px(80), right - left - buttons), ui.px(button_height)};
    const bool entered = field(ui, "evidence-path", ui.words().window_evidence_path_hint(), path_, box);
    double x = box.x + box.width + ui.px(8);
    if (button(ui, open, x, y) || entered) {
        const std::string path = opened_path(path_);
        files_.clear();  // the same file may have grown
        if (!path.empty()) wishes.push_back({Wish::Kind::go, {"evidence", {}, {path}}, {}, {}});
    }
    x += width_of(ui, open) + ui.px(8);
    if (shown_ && button(ui, sheet, x, y)) wishes.push_back({Wish::Kind::sheet, {}, {}, page_.document()});
}

void EvidenceView::invite(Ui& ui, const Rect& where) const {
    const double width = std::min(where.width - ui.px(64), ui.px(text_width));
    const double x = where.x + std::round((where.width - width) / 2);
    double y = where.y + std::round(where.height * 0.24);
    const auto heading = ui.set(ui.words().window_evidence_empty(), Type::section, true, width);
    ui.ink.text(heading, x, y, width, ui.colour(Role::text));
    y += heading.height() + ui.px(12);
    const auto about = ui.set(ui.words().window_evidence_about(), Type::body, false, width);
    ui.ink.text(about, x, y, width, ui.colour(Role::secondary));
}

void EvidenceView::progress(Ui& ui, const Rect& where, const Evidence& evidence) {
    const double width = std::min(where.width - ui.px(64), ui.px(text_width));
    const double x = where.x + std::round((where.width - width) / 2);
    double y = where.y + std::round(where.height * 0.24);
    const auto words =
        ui.set(ui.words().window_evidence_reading(evidence.name, evidence.megabytes), Type::lead, false, width);
    ui.ink.text(words, x, y, width, ui.colour(Role::text));
    y += words.height() + ui.px(16);
    if (button(ui, {"evidence-stop", ui.words().window_evidence_stop(), Icon::close, Look::plain}, x, y))
        ui.library.stop_bringing();
}

void EvidenceView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    const Evidence evidence = ui.library.evidence();
    if (place.scroll != told_scroll_) scroll_.at = place.scroll;  // another visit
    const double height = ui.px(bar_height);
    bar(ui, {where.x, where.y, where.width, height}, wishes);
    hairline(ui, where.x, where.y + height, where.width);
    const Rect below{where.x, where.y + height + ui.px(1), where.width, where.height - height - ui.px(1)};
    switch (evidence.state) {
        case Evidence::State::none: return invite(ui, below);
        case Evidence::State::reading: return progress(ui, below, evidence);
        case Evidence::State::failed: {
            Rect words{below.x + ui.px(32), below.y + ui.px(32), std::min(below.width - ui.px(64), ui.px(text_width)),
                       0};
            linked_text(ui, "evidence-problem", document::plain(evidence.problem), Type::lead, words);
            return;
        }
        case Evidence::State::read: break;
    }
    if (!shown_) return;
    const Asked asked = page_.draw(ui, "evidence", below, scroll_);
    place.scroll = told_scroll_ = scroll_.at;
    follow(asked.target, wishes);
}

}  // namespace sipdex::window
