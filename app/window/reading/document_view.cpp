#include "window/reading/document_view.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "window/ladder/ladder_picture.h"

namespace sipdex::window {

void DocumentView::show(document::Document document) {
    document_ = std::move(document);
    ++version_;
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
    if (now == laid_for_) return;
    laid_for_ = std::move(now);
    laid_ = laid_out(ui, document_, {view.width, turned_, opened_, actions, wire_words_});
}

Asked DocumentView::draw(Ui& ui, const std::string& id, const Rect& view, Scroll& scroll,
                         const std::vector<Button>& actions) {
    Asked asked;
    lay_out(ui, view, actions);
    scroll.content = laid_.height;
    scroll.view = view.height;
    go_to_wanted(ui, scroll);
    link_ = 0;
    // Two documents on the screen must not have links of one name.
    links_ = id.find(':') == std::string::npos ? "link" : id + "/link";
    ui.begin_scroll(id, view, scroll);
    const double x = view.x, y = view.y - scroll.at;
    for (const Piece& one : laid_.pieces) piece(ui, one, x, y, asked);
    aside(ui, view, scroll, asked);
    sticky(ui, view, scroll);
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
            const double indent = ui.px(24);
            ui.ink.text(piece.lines, where.x + indent, middle - piece.lines.height() / 2, where.width - indent,
                        ui.colour(role));
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
    const double middle = where.y + where.height / 2, pad = ui.px(14), number = ui.px(28);
    ui.word(piece.payload, Type::body, true, where.x + pad, middle, ui.colour(Role::secondary));
    ui.ink.text(piece.lines, where.x + pad + number, middle - piece.lines.height() / 2, where.width - number - 2 * pad,
                ui.colour(Role::accent));
}

void DocumentView::words(Ui& ui, const Piece& piece, const Rect& where, Asked& asked) {
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
