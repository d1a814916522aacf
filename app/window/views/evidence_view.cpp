#include "window/views/evidence_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "language/characters.h"
#include "page/call_id.h"
#include "page/explained.h"
#include "window/kit/own_path.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double bar_height = 48, text_width = 560, width_for_words = 700;  // units
constexpr std::size_t most_names = 50;

double middle_of(const Ui& ui, const Rect& where) {
    return where.y + std::round((where.height - ui.px(button_height)) / 2);
}

bool is_pasted(const std::string& file) { return file.starts_with("pasted:"); }

}  // namespace

void EvidenceView::load(Ui& ui, const Place& place) {
    if (!place.ids.empty() && place.ids != files_) {
        files_ = place.ids;
        file_ = files_.front();
        path_ = is_pasted(file_) ? std::string() : file_;
        ui.library.bring(files_);
    }
    const Evidence evidence = ui.library.evidence();
    const std::string wanted = fmt::format("{} {}", evidence.version, ui.language());
    if (wanted == loaded_ || evidence.state == Evidence::State::reading) return;
    loaded_ = wanted;
    shown_ = evidence.state == Evidence::State::read;
    calls_ = shown_ ? ui.library.calls() : nullptr;
    if (!shown_) return;
    page_.show(ui.library.explained(has_list() ? Library::Explained::beside_list : Library::Explained::with_list));
    // What is open keeps its place when its calls are judged again.
    const std::string page = fmt::format("{} {}", file_, ui.language());
    if (page == page_for_) return;
    page_for_ = page;
    scroll_ = {};
    scroll_.at = place.scroll;
    scroll_.content = 1e9;
}

void EvidenceView::open(const std::string& path, Wishes& wishes) {
    files_.clear();  // the same file may have grown
    if (!path.empty()) wishes.push_back({Wish::Kind::go, {"evidence", {}, {path}}, {}, {}});
}

void EvidenceView::path_bar(Ui& ui, const Rect& where, Wishes& wishes) {
    const double y = middle_of(ui, where), gap = ui.px(8);
    const std::string typed = own_path(path_);
    const bool another = !typed.empty() && typed != file_;
    Button choose{"evidence-choose", ui.words().window_evidence_choose(), Icon::folder,
                  shown_ || another ? Look::plain : Look::primary};
    choose.icon_only = where.width < ui.px(width_for_words) && (shown_ || another);
    const Button go{"evidence-open", ui.words().window_evidence_open(), std::nullopt, Look::primary};
    const double left = where.x + ui.px(16), right = where.x + where.width - ui.px(16);
    const double buttons = width_of(ui, choose) + gap + (another ? width_of(ui, go) + gap : 0);
    const Rect box{left, y, std::max(ui.px(80), right - left - buttons), ui.px(button_height)};
    const bool entered = field(ui, "evidence-path", ui.words().window_evidence_path_hint(), path_, box);
    if (keep_caret_ && ui.took_focus("evidence-path")) {  // whoever picked a folder goes on behind it
        ui.editing.edit.put_caret(path_.size(), false);
        keep_caret_ = false;
    }
    double x = box.x + box.width + gap;
    if ((another && button(ui, go, x, y)) || entered) open(own_path(path_), wishes);
    if (another) x += width_of(ui, go) + gap;
    if (button(ui, choose, x, y)) wishes.push_back({Wish::Kind::command, {}, "open-file", {}});
}

void EvidenceView::tab_bar(Ui& ui, const Rect& where, Wishes& wishes) {
    double x = where.x + ui.px(8);
    const bool listing = lists();
    if (tab(ui, "evidence-findings", ui.words().section_findings(), !listing, x, where.y, where.height))
        listing_.erase(file_);
    if (tab(ui, "evidence-calls", ui.words().section_calls(), listing, x, where.y, where.height))
        listing_.insert(file_);
    actions(ui, x + ui.px(8), where.x + where.width - ui.px(16), middle_of(ui, where), wishes);
}

double EvidenceView::actions(Ui& ui, double least, double end, double y, Wishes& wishes) {
    const double gap = ui.px(8);
    Button share{"share", ui.words().window_share(), Icon::swap, Look::plain};
    Button sheet{"sheet", ui.words().window_sheet(), Icon::sheet, Look::plain};
    Button ticket{"ticket", ui.words().window_ticket(), Icon::copy, Look::plain};
    const auto needed = [&] { return width_of(ui, ticket) + width_of(ui, share) + width_of(ui, sheet) + 2 * gap; };
    for (Button* const one : {&sheet, &share, &ticket})
        if (least + needed() > end) one->icon_only = true;
    const double begin = end - needed();
    double at = begin;
    if (button(ui, ticket, at, y))
        wishes.push_back({Wish::Kind::ticket, {}, {}, ui.library.explained(Library::Explained::with_list)});
    at += width_of(ui, ticket) + gap;
    if (button(ui, share, at, y)) {
        const std::string name =
            is_pasted(file_) ? ui.words().evidence_pasted() : std::filesystem::path(file_).filename().string();
        share_.open(ui, ui.words().window_share_title(language::shown(name)));
    }
    at += width_of(ui, share) + gap;
    if (button(ui, sheet, at, y))
        wishes.push_back({Wish::Kind::sheet, {}, {}, ui.library.explained(Library::Explained::sheet)});
    return begin;
}

// While a path is typed, names take the room below.
bool EvidenceView::completing(const Ui& ui) {
    const std::string typed = own_path(path_);
    const bool here = ui.focused("evidence-path") || ui.focus().starts_with("path-name:");
    if (!here || typed.empty() || typed == file_) return false;
    if (names_for_ != path_) {
        names_for_ = path_;
        names_ = paths_beginning(path_, most_names);
        names_scroll_ = {};
        if (names_.size() == 1 && names_.front() == path_) names_.clear();  // there is nothing to add
    }
    return !names_.empty();
}

void EvidenceView::names(Ui& ui, const Rect& where, Wishes& wishes) {
    ui.begin_scroll("path-names", where, names_scroll_);
    ui.open_list("path-names", &Words::window_path_names, where);
    double y = where.y + ui.px(6) - names_scroll_.at;
    std::string picked;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const Rect place{where.x + ui.px(8), y, where.width - ui.px(16), ui.px(30)};
        const bool folder = names_[i].ends_with('/');
        const std::string whole = folder ? names_[i].substr(0, names_[i].size() - 1) : names_[i];
        const std::string name = language::shown(std::filesystem::path(whole).filename().string());
        if (row(ui, fmt::format("path-name:{}", i), name, place, false).pressed) picked = names_[i];
        const double sign = ui.px(16), middle = y + place.height / 2;
        ui.ink.icon(folder ? Icon::folder : Icon::sheet,
                    {place.x + ui.px(8), std::round(middle - sign / 2), sign, sign}, ui.colour(Role::secondary));
        ui.word(name, Type::body, false, place.x + ui.px(34), middle, ui.colour(Role::text), place.width - ui.px(44));
        y += place.height;
    }
    ui.close_list();
    ui.end_scroll(y + names_scroll_.at - where.y + ui.px(6));
    if (picked.empty()) return;
    path_ = picked;
    if (picked.ends_with('/')) {
        ui.set_focus("evidence-path");
        keep_caret_ = true;
    } else {
        open(own_path(path_), wishes);
        ui.set_focus({}, false);
    }
}

void EvidenceView::invite(Ui& ui, const Rect& where) const {
    const double width = std::min(where.width - ui.px(64), ui.px(text_width));
    const double x = where.x + std::round((where.width - width) / 2);
    const auto heading = ui.set(ui.words().window_evidence_empty(), Type::section, true, width);
    const auto about = ui.set(ui.words().window_evidence_about(), Type::body, false, width);
    double y = where.y + std::round(std::max(ui.px(16), (where.height - heading.height() - about.height()) * 0.3));
    ui.ink.text(heading, x, y, width, ui.colour(Role::text));
    y += heading.height() + ui.px(12);
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
    const double height = ui.px(bar_height), line = ui.px(1);
    Rect top{where.x, where.y, where.width, height};
    // Of a single call there is no list to choose: all fits one bar.
    const bool one_bar = shown_ && evidence.state == Evidence::State::read && !has_list();
    if (one_bar) {
        const double end = where.x + where.width - ui.px(16), path = std::min(where.width / 2, ui.px(560));
        top.width = actions(ui, where.x + path, end, middle_of(ui, top), wishes) + ui.px(8) - where.x;
    }
    path_bar(ui, top, wishes);
    double y = where.y + height;
    hairline(ui, where.x, y, where.width);
    y += line;
    const auto below = [&] { return Rect{where.x, y, where.width, where.y + where.height - y}; };
    if (completing(ui)) return names(ui, below(), wishes);
    switch (evidence.state) {
        case Evidence::State::none: return invite(ui, below());
        case Evidence::State::reading: return progress(ui, below(), evidence);
        case Evidence::State::failed: {
            Rect words{where.x + ui.px(32), y + ui.px(32), std::min(where.width - ui.px(64), ui.px(text_width)), 0};
            linked_text(ui, "evidence-problem", document::plain(evidence.problem), Type::lead, words);
            return;
        }
        case Evidence::State::read: break;
    }
    if (!shown_) return;
    if (!one_bar) {
        tab_bar(ui, {where.x, y, where.width, height}, wishes);
        y += height;
        hairline(ui, where.x, y, where.width);
        y += line;
    }
    if (lists()) {
        table_.show(calls_, file_, ui.language());
        const CallTable::Asked asked = table_.draw(ui, below());
        if (asked.open) wishes.push_back({Wish::Kind::go, {"simulator", {}, {page::call_id(*asked.open)}}, {}, {}});
        if (asked.together)
            wishes.push_back(
                {Wish::Kind::go,
                 {"simulator", {}, {page::call_id(asked.together->first), page::call_id(asked.together->second)}},
                 {},
                 {}});
        return;
    }
    const Asked asked = page_.draw(ui, "evidence", below(), scroll_);
    place.scroll = told_scroll_ = scroll_.at;
    const auto* term = std::get_if<document::ToTerm>(&asked.target);
    if (term && term->id.starts_with(page::thresholds_link))
        thresholds_.open(ui, term->id.substr(page::thresholds_link.size()));
    else if (term && term->id.starts_with(page::finding_link))
        wishes.push_back(
            {Wish::Kind::sheet, {}, {}, ui.library.finding(std::stoul(term->id.substr(page::finding_link.size())))});
    else follow(asked.target, wishes);
}

void EvidenceView::draw_above(Ui& ui, Place&, Wishes&) {
    if (lists()) table_.draw_above(ui);
    share_.draw(ui);
    thresholds_.draw(ui);
}

bool EvidenceView::escape() {
    if (share_.escape() || thresholds_.escape()) return true;
    return lists() ? table_.escape() : page_.escape();
}

void EvidenceView::find(Ui& ui) {
    if (lists()) table_.find(ui);
    else page_.open_search(ui);
}

}  // namespace sipdex::window
