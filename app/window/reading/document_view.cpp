#include "window/reading/document_view.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <sstream>

#include "window/ladder/ladder_picture.h"

namespace sipdex::window {

void DocumentView::show(document::Document document, bool goes_on) {
    document_ = std::move(document);
    selection_.clear();
    ++version_;
    if (!goes_on) ++shown_;
}

std::string DocumentView::folds() const {
    std::string ids;
    for (const std::string& id : turned_) ids += (ids.empty() ? "" : " ") + id;
    return ids;
}

void DocumentView::set_folds(std::string_view ids) {
    turned_.clear();
    std::istringstream in{std::string(ids)};
    for (std::string id; in >> id;) turned_.insert(id);
    ++version_;
}

void DocumentView::lay_out(Ui& ui, const Rect& view, const std::vector<Button>& actions) {
    std::string now = fmt::format("{} {} {} {}", version_, view.width, ui.scale(), ui.language());
    for (const Button& action : actions) now += " " + action.id + action.label + (action.enabled ? "+" : "-");
    now += "\n" + search_.wanted();
    if (now == laid_for_) return;
    laid_for_ = std::move(now);
    laid_ = laid_out(ui, document_, {view.width, turned_for_search(ui), opened_, actions, wire_words_});
    selection_.clear();
}

// What is looked for is found in closed sections, too: those that hold it stand open meanwhile.
std::set<std::string> DocumentView::turned_for_search(const Ui& ui) const {
    std::set<std::string> turned = turned_;
    const std::set<std::string> open = search_.sections_with(document_, ui.language());
    for (const document::Section& section : document_.sections) {
        if (!open.contains(section.id)) continue;
        if (section.folded) turned.insert(section.id);
        else turned.erase(section.id);
    }
    return turned;
}

bool DocumentView::copy_selected(Ui& ui) {
    if (selection_.empty()) return false;
    ImGui::SetClipboardText(selection_.words(laid_.pieces).c_str());
    ui.tell(ui.words().window_copied());
    return true;
}

bool DocumentView::escape() {
    const bool open = search_.is_open(), selected = !selection_.empty();
    if (open) search_.close();
    else selection_.clear();
    return open || selected;
}

void DocumentView::go_to_match(Ui& ui, Scroll& scroll) {
    search_.look(ui, laid_.pieces, laid_for_);
    const PageSearch::Match* match = search_.current();
    if (!search_.take_moved() || !match) return;
    const Piece& piece = laid_.pieces[match->piece];
    const Rect place = place_of_words(ui, piece);
    const auto boxes = ui.ink.boxes_between(piece.lines, match->first, match->last, place.x, place.y, place.width);
    const double top = boxes.empty() ? place.y : boxes.front().y, above = laid_.head.height + ui.px(16);
    if (top < scroll.at + above || top > scroll.at + scroll.view - ui.px(64))
        scroll.at = std::clamp(top - std::max(above, scroll.view / 3), 0.0, scroll.furthest());
    ui.keep_moving();
}

Asked DocumentView::draw(Ui& ui, const std::string& id, const Rect& where, Scroll& scroll,
                         const std::vector<Button>& actions) {
    Asked asked;
    const double bar = search_.height(ui);
    search_.draw(ui, {where.x, where.y, where.width, bar});
    const Rect view{where.x, where.y + bar, where.width, where.height - bar};
    lay_out(ui, view, actions);
    scroll.content = laid_.height;
    scroll.view = view.height;
    go_to_wanted(ui, scroll);
    go_to_match(ui, scroll);
    link_ = 0;
    // Two documents on the screen must not have links of one name.
    links_ = id.find(':') == std::string::npos ? "link" : id + "/link";
    if (ui.outline.listened()) {
        spoken_.follow(ui, {document_, laid_, id, links_, laid_for_, shown_, view.width});
        const double head = head_is_past(scroll) ? laid_.head.height : 0;
        spoken_.take_selection(ui, scroll, head, laid_.pieces, selection_);
        asked.target = spoken_.take_keys(ui, scroll, head);
    }
    std::optional<accessible::Outline::Hush> hush(std::in_place, ui.outline);  // it is told as a page
    ui.begin_scroll(id, view, scroll);
    const double x = view.x, y = view.y - scroll.at;
    // Beneath the line that stays at the top nothing is drawn, nor can be pressed.
    const double head = head_is_past(scroll) ? laid_.head.height : 0;
    ui.ink.push_clip({view.x, view.y + head, view.width, view.height - head});
    for (const Piece& one : laid_.pieces) piece(ui, one, x, y, asked);
    aside(ui, view, scroll, asked);
    ui.ink.pop_clip();
    sticky(ui, view, scroll);
    hush.reset();
    selection_.follow(ui, view, laid_.pieces, x, y, scroll);
    spoken_.write_down(ui, view, y, laid_.pieces, selection_);
    if (selection_.being_drawn()) asked.target = {};
    ui.end_scroll(laid_.height);
    return asked;
}

void DocumentView::piece(Ui& ui, const Piece& piece, double x, double y, Asked& asked) {
    const Rect where{x + piece.where.x, y + piece.where.y, piece.where.width, piece.where.height};
    const bool seen = ui.ink.visible(grown(where, ui.px(4)));
    switch (piece.kind) {
        case Piece::Kind::words: words(ui, piece, where, asked); break;
        case Piece::Kind::choice: choice(ui, piece, where, asked); break;
        case Piece::Kind::box:
            if (!seen) break;
            ui.ink.fill(where, ui.colour(piece.role, piece.opacity), piece.radius);
            if (piece.frame) ui.ink.frame(where, ui.colour(Role::line), piece.radius, std::max(1.0, ui.px(1)));
            break;
        case Piece::Kind::hairline:
            if (seen) hairline(ui, where.x, where.y, where.width);
            break;
        case Piece::Kind::icon: ui.ink.icon(piece.icon_drawn, where, ui.colour(piece.role)); break;
        case Piece::Kind::mark:
            if (seen) code_mark(ui, piece.code, piece.type, where.x, where.y + where.height / 2);
            break;
        case Piece::Kind::fold: {
            const bool small = piece.type == Type::body && piece.role == Role::accent;
            const auto touch = ui.touch("fold:" + piece.id, where, "fold", piece.payload, true, piece.open);
            const double side = ui.px(16);
            const Role role = small ? Role::accent : Role::text;
            if (touch.hovered) ui.ink.fill(grown(where, ui.px(2)), ui.colour(Role::text, 0.05f), ui.px(6));
            const double middle = where.y + where.height / 2;
            ui.ink.icon(piece.open ? Icon::unfolded : Icon::folded,
                        {where.x, std::round(middle - side / 2), side, side},
                        ui.colour(small ? Role::accent : Role::secondary));
            Rect title = place_of_words(ui, piece);
            title.x += x;
            title.y += y;
            marks(ui, piece, title);
            ui.ink.text(piece.lines, title.x, title.y, title.width, ui.colour(role));
            if (touch.pressed) {
                auto& set = small ? opened_ : turned_;
                if (!set.insert(piece.id).second) set.erase(piece.id);
                ++version_;
            }
            break;
        }
        case Piece::Kind::copy: {
            const auto touch = ui.touch(piece.id, where, "icon", ui.words().window_copy());
            if (touch.hovered) ui.ink.fill(where, ui.colour(Role::text, 0.08f), ui.px(4));
            const double side = ui.px(14);
            ui.ink.icon(Icon::copy,
                        {where.x + (where.width - side) / 2, where.y + (where.height - side) / 2, side, side},
                        ui.colour(touch.hovered ? Role::text : Role::secondary, touch.hovered ? 1 : 0.8f));
            if (touch.pressed) {
                ImGui::SetClipboardText(piece.payload.c_str());
                ui.tell(ui.words().window_copied());
            }
            break;
        }
        case Piece::Kind::ladder:
            if (seen) draw_page_ladder(ui, piece.ladder, where.x, where.y, where.width);
            break;
        case Piece::Kind::jump: jump(ui, piece, where); break;
        case Piece::Kind::action:
            if (button(ui, piece.action_button, where.x, where.y, where.width)) asked.action = piece.action_button.id;
            break;
    }
}

// An answer to a question, as large as a button. Its number is its key.
void DocumentView::choice(Ui& ui, const Piece& piece, const Rect& where, Asked& asked) {
    if (piece.text.empty()) return;
    const auto touch =
        ui.touch(fmt::format("{}:{}", links_, link_++), where, "choice", document::words_of(piece.text), true);
    const bool by_digit = piece.payload.size() == 1 && !ui.typing() && !ui.layer_open() &&
                          ui.input.take_character(static_cast<unsigned char>(piece.payload.front()));
    if (touch.pressed || by_digit) asked.target = piece.text.spans.front().target;
    if (!ui.ink.visible(where)) return;
    ui.ink.fill(where, ui.colour(touch.hovered ? Role::accent : Role::surface, touch.hovered ? 0.14f : 1),
                piece.radius);
    ui.ink.frame(where, ui.colour(touch.hovered ? Role::accent : Role::line), piece.radius, std::max(1.0, ui.px(1)));
    ui.word(piece.payload, Type::body, true, where.x + ui.px(14), where.y + where.height / 2,
            ui.colour(Role::secondary));
    Rect words = place_of_words(ui, piece);
    words.x += where.x - piece.where.x;
    words.y += where.y - piece.where.y;
    marks(ui, piece, words);
    ui.ink.text(piece.lines, words.x, words.y, words.width, ui.colour(Role::accent));
}

void DocumentView::marks(Ui& ui, const Piece& piece, const Rect& words) {
    const std::less<> before;  // what stands beside the page is no part of its text
    const Piece *first = laid_.pieces.data(), *end = first + laid_.pieces.size();
    if (before(&piece, first) || !before(&piece, end)) return;
    const auto index = static_cast<std::size_t>(&piece - first);
    const auto mark = [&](std::size_t from, std::size_t to, float opacity) {
        for (const Rect& box : ui.ink.boxes_between(piece.lines, from, to, words.x, words.y, words.width))
            ui.ink.fill(box, ui.colour(Role::accent, opacity), ui.px(2));
    };
    const PageSearch::Match* current = search_.current();
    for (const PageSearch::Match& match : search_.matches())
        if (match.piece == index) mark(match.first, match.last, &match == current ? 0.5f : 0.18f);
    const auto [from, to] = selection_.part_of(index);
    if (from < to) mark(from, to, 0.28f);
}

void DocumentView::words(Ui& ui, const Piece& piece, const Rect& where, Asked& asked) {
    if (ui.hovering(where) && has_words(piece)) ui.want(Ui::Cursor::beam);
    const auto& spans = piece.text.spans;
    std::vector<char> lit(spans.size(), 0);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (std::holds_alternative<std::monostate>(spans[i].target)) continue;
        const auto boxes = ui.ink.boxes_of(piece.lines, i, where.x, where.y, where.width);
        const std::string id = fmt::format("{}:{}", links_, link_++);
        bool first = true;
        for (const Rect& box : boxes) {
            // A link that wraps is one stop of the Tab key, but every part of it can be clicked.
            const auto touch = ui.touch(first ? id : id + "+", box, first ? "link" : "part", spans[i].text, true);
            if (touch.hovered) lit[i] = 1;
            if (touch.hovered || (touch.focused && ui.focus_by_key())) {
                asked.over = spans[i].target;
                asked.over_where = box;
            }
            if (touch.pressed) asked.target = spans[i].target;
            first = false;
        }
    }
    if (!ui.ink.visible(where)) return;
    marks(ui, piece, where);
    ui.ink.text(piece.lines, where.x, where.y, where.width, [&](std::size_t span) {
        const bool link = span < spans.size() && !std::holds_alternative<std::monostate>(spans[span].target);
        return ui.colour(link ? Role::accent : piece.role, piece.opacity);
    });
    for (std::size_t i = 0; i < spans.size(); ++i)
        if (lit[i])
            for (const Rect& box : ui.ink.boxes_of(piece.lines, i, where.x, where.y, where.width))
                ui.ink.line(box.x, box.y + box.height - ui.px(3), box.x + box.width, box.y + box.height - ui.px(3),
                            ui.colour(Role::accent), std::max(1.0, ui.px(1)));
}

// What is beside the page goes along with it until it reaches the top, and stays there.
void DocumentView::aside(Ui& ui, const Rect& view, const Scroll& scroll, Asked& asked) {
    if (laid_.aside.empty()) return;
    const double above = head_is_past(scroll) ? laid_.head.height : 0;
    current_.clear();
    for (const Anchor& anchor : laid_.anchors)
        if (anchor.top <= scroll.at + above + ui.px(48)) current_ = anchor.id;
    const double y = std::max(view.y + laid_.aside_top - scroll.at, view.y + above);
    for (const Piece& one : laid_.aside)
        if (y + one.where.y + one.where.height <= view.y + view.height || one.kind != Piece::Kind::jump)
            piece(ui, one, view.x + laid_.aside_x, y, asked);
}

void DocumentView::jump(Ui& ui, const Piece& piece, const Rect& where) {
    const bool here = piece.id == current_;
    const auto touch = ui.touch("jump:" + piece.id, where, "jump", piece.payload, true, here);
    if (touch.hovered) ui.ink.fill(where, ui.colour(Role::text, 0.05f), ui.px(4));
    if (here) ui.ink.fill({where.x, where.y + ui.px(5), ui.px(2), where.height - ui.px(10)}, ui.colour(Role::accent));
    ui.word(piece.payload, Type::body, here, where.x + ui.px(10), where.y + where.height / 2,
            ui.colour(here || touch.hovered ? Role::text : Role::secondary), where.width - ui.px(10));
    if (touch.pressed) {
        wanted_ = piece.id;
        ui.keep_moving();
    }
}

// A section that is closed is opened first, which lays the page out anew.
void DocumentView::go_to_wanted(const Ui& ui, Scroll& scroll) {
    for (const Anchor& anchor : laid_.anchors) {
        if (anchor.id != wanted_) continue;
        if (!anchor.open) {
            if (!turned_.insert(anchor.id).second) turned_.erase(anchor.id);
            ++version_;
            return;
        }
        scroll.at = std::clamp(anchor.top - laid_.head.height - ui.px(8), 0.0, scroll.furthest());
    }
    wanted_.clear();
}

bool DocumentView::head_is_past(const Scroll& scroll) const {
    return !laid_.head.cells.empty() && scroll.at > laid_.head.from;
}

// What the page is about stays at the top, on the page's own background.
void DocumentView::sticky(Ui& ui, const Rect& view, const Scroll& scroll) {
    if (!head_is_past(scroll)) return;
    const double height = laid_.head.height;
    ui.ink.fill({view.x, view.y, view.width - ui.px(12), height}, ui.colour(Role::background));
    for (const StickyHead::Cell& cell : laid_.head.cells) {
        const double x = view.x + cell.x, first_line = view.y + ui.px(8) + ui.set("x", Type::body).height() / 2;
        const double mark = code_mark(ui, cell.code, Type::body, x, first_line) + ui.px(8);
        ui.ink.text(cell.phrase, x + mark, view.y + ui.px(8), cell.width - mark, ui.colour(Role::text));
    }
    hairline(ui, view.x, view.y + height, view.width);
}

}  // namespace sipdex::window
