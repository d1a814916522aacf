#include "window/reading/spoken_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "user/page_name.h"

namespace sipdex::window {

namespace {

using accessible::Box;
using accessible::Node;
using accessible::Prose;
using accessible::State;
using Spoken = accessible::Role;  // Role is one of colours

constexpr std::size_t nowhere = std::size_t(-1);

std::string address_of(const document::Target& target) {
    if (const auto* rfc = std::get_if<document::ToRfc>(&target)) return document::url_of(*rfc);
    const std::string name = user::name_of_page(target);
    return name.empty() ? name : "sipdex:" + name;
}

}  // namespace

void SpokenPage::follow(Ui& ui, const SpokenSource& source) {
    const std::string now = fmt::format("{} {} {}\n{}", source.id, source.shown, ui.ink.mirrored(), source.version);
    if (now == made_for_) return;
    made_for_ = now;
    const std::string document_id = fmt::format("{}@{}", source.id, source.shown);
    const bool same = document_id == document_id_;
    const std::string here = same && at_ < elements_.size() ? elements_[at_].node.id : std::string();
    id_ = source.id;
    document_id_ = document_id;
    const document::Document& document = source.document;
    document_ = Node{document_id_};
    document_.role = Spoken::document_web;
    document_.name = document.title;
    document_.language = document.language;
    elements_ = spoken_elements(ui, source, document_id_);
    at_ = 0;
    while (at_ < elements_.size() && !reads_on(at_)) ++at_;
    bool found = false;
    for (std::size_t i = 0; i < elements_.size() && !here.empty() && !found; ++i)
        if (elements_[i].node.id == here && reads_on(i)) {
            at_ = i;
            found = true;
        }
    if (!found) offset_ = 0;
    if (at_ < elements_.size()) offset_ = std::min(offset_, elements_[at_].node.prose->size());
}

bool SpokenPage::reads_on(std::size_t element) const {
    return element < elements_.size() && elements_[element].kind == SpokenElement::Kind::text &&
           elements_[element].node.flows;
}

std::size_t SpokenPage::element_with(const std::string& pressed) const {
    for (std::size_t i = 0; i < elements_.size() && !pressed.empty(); ++i) {
        if (elements_[i].node.press == pressed) return i;
        for (const SpokenLink& link : elements_[i].links)
            if (link.id == pressed) return i;
    }
    return nowhere;
}

void SpokenPage::move_lines(int by) {
    const Prose& prose = *elements_[at_].node.prose;
    const int line = prose.line_of(std::min(offset_, std::max(0, prose.size() - 1))) + by;
    if (line >= 0 && line < std::ssize(prose.lines)) {
        offset_ = prose.lines[std::size_t(line)].begin;
        return;
    }
    const auto step = static_cast<std::size_t>(by);  // -1 wraps, and stops there
    for (std::size_t next = at_ + step; next < elements_.size(); next += step) {
        if (!reads_on(next)) continue;
        at_ = next;
        const auto& lines = elements_[at_].node.prose->lines;
        offset_ = by > 0 || lines.empty() ? 0 : lines.back().begin;
        return;
    }
}

void SpokenPage::move_characters(int by, Prose::Unit unit) {
    const Prose& prose = *elements_[at_].node.prose;
    const auto [begin, end] = prose.piece(offset_, unit);
    const int to = by > 0 ? end : begin < offset_ ? begin : offset_ > 0 ? prose.piece(offset_ - 1, unit).first : -1;
    if (to >= 0 && to < prose.size()) {
        offset_ = to;
        return;
    }
    const std::size_t before = at_;
    const auto step = static_cast<std::size_t>(by);
    for (std::size_t next = at_ + step; next < elements_.size(); next += step)
        if (reads_on(next)) {
            at_ = next;
            break;
        }
    if (at_ == before) return;
    const Prose& other = *elements_[at_].node.prose;
    offset_ = by > 0 ? 0 : other.piece(other.size() - 1, unit).first;
}

void SpokenPage::move_to_end(bool forward) {
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        const std::size_t one = forward ? elements_.size() - 1 - i : i;
        if (!reads_on(one)) continue;
        at_ = one;
        offset_ = 0;
        if (const auto& lines = elements_[at_].node.prose->lines; forward && !lines.empty())
            offset_ = lines.back().begin;
        return;
    }
}

bool SpokenPage::moved_by(const Press& press, bool mirrored) {
    if (press.alt || press.shift) return false;
    const Prose& prose = *elements_[at_].node.prose;
    const auto [begin, end] = prose.piece(offset_, Prose::Unit::line);
    const auto unit = press.control ? Prose::Unit::word : Prose::Unit::character;
    switch (press.key) {
        case Key::down: move_lines(1); return !press.control;
        case Key::up: move_lines(-1); return !press.control;
        case Key::left: move_characters(mirrored ? 1 : -1, unit); return true;
        case Key::right: move_characters(mirrored ? -1 : 1, unit); return true;
        case Key::home:
            if (press.control) move_to_end(false);
            else offset_ = begin;
            return true;
        case Key::end:
            if (press.control) move_to_end(true);
            else offset_ = std::max(begin, end - 1);
            return true;
        default: return false;
    }
}

const SpokenLink* SpokenPage::link_at_caret() const {
    for (const SpokenLink& link : elements_[at_].links)
        if (offset_ >= link.from && offset_ < link.to) return &link;
    return nullptr;
}

void SpokenPage::reveal(Ui& ui, Scroll& scroll, double head, std::size_t element, int offset) const {
    const Prose& prose = *elements_[element].node.prose;
    const Box line = prose.box(offset, offset + 1);
    const double above = head + ui.px(16), below = ui.px(48);
    if (line.y < scroll.at + above) scroll.at = line.y - above;
    else if (line.y + line.height > scroll.at + scroll.view - below)
        scroll.at = line.y + line.height + below - scroll.view;
    // What stands above the first text is seen with it.
    const auto first = std::ranges::find_if(
        elements_, [](const SpokenElement& one) { return one.kind == SpokenElement::Kind::text && one.node.flows; });
    if (first - elements_.begin() == static_cast<std::ptrdiff_t>(element) && line.y + line.height < scroll.view)
        scroll.at = 0;
    scroll.at = std::clamp(scroll.at, 0.0, scroll.furthest());
    ui.keep_moving();
}

void SpokenPage::take_selection(Ui& ui, Scroll& scroll, double head, const std::vector<Piece>& pieces,
                                Selection& selection) const {
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        if (!reads_on(i)) continue;
        while (const auto asked = ui.take_asked(accessible::Wish::Kind::select, elements_[i].node.id)) {
            const auto from = spot_of(elements_[i], pieces, asked->offset),
                       to = spot_of(elements_[i], pieces, asked->to);
            selection.clear();
            if (!from || !to || *from == *to) continue;
            selection.put(*from, *to);
            reveal(ui, scroll, head, i, std::clamp(asked->to, 0, elements_[i].node.prose->size()));
        }
    }
}

document::Target SpokenPage::take_keys(Ui& ui, Scroll& scroll, double head) {
    using accessible::Wish;
    if (!ui.outline.listened()) return {};
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        if (!reads_on(i)) continue;
        const std::string& id = elements_[i].node.id;
        if (const auto asked = ui.take_asked(Wish::Kind::show, id)) reveal(ui, scroll, head, i, asked->offset);
        auto asked = ui.take_asked(Wish::Kind::caret, id);
        if (!asked) asked = ui.take_asked(Wish::Kind::focus, id);
        if (!asked) continue;
        at_ = i;
        offset_ = std::clamp(asked->offset, 0, elements_[i].node.prose->size());
        ui.read(id_);
        ui.set_focus({}, false);
        reveal(ui, scroll, head, at_, offset_);
    }
    // The link that has the focus is where reading goes on.
    const std::size_t focused = ui.focus().empty() ? nowhere : element_with(ui.focus());
    if (focused != nowhere) ui.read(id_);
    if (!ui.reads(id_) || at_ >= elements_.size()) return {};
    if (focused != nowhere && reads_on(focused)) {
        const bool other = focused != at_;
        at_ = focused;
        if (other) offset_ = 0;
        for (const SpokenLink& link : elements_[at_].links)
            if (link.id == ui.focus() && !(offset_ >= link.from && offset_ < link.to)) offset_ = link.from;
    }
    if (!ui.focus().empty() && focused == nowhere) return {};
    document::Target followed;
    bool moved = false;
    ui.input.take_presses([&](const Press& press) {
        const bool presses = (press.key == Key::enter || press.key == Key::space) && ui.focus().empty();
        if (presses) {
            const SpokenLink* link = link_at_caret();
            if (link) followed = link->target;
            else if (!elements_[at_].node.press.empty()) ui.press(elements_[at_].node.press);
            else return false;
            return true;
        }
        const bool now = moved_by(press, ui.ink.mirrored());
        moved = moved || now;
        return now;
    });
    if (moved) {
        if (!ui.focus().empty()) ui.set_focus({}, false);
        reveal(ui, scroll, head, at_, offset_);
    }
    tell_neighbours(ui);
    return followed;
}

// What can be pressed last before the caret, and first behind it.
void SpokenPage::tell_neighbours(Ui& ui) const {
    std::string before, behind;
    const auto one = [&](const std::string& id, bool is_before) {
        if (id.empty()) return;
        if (is_before) before = id;
        else if (behind.empty()) behind = id;
    };
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        one(elements_[i].node.press, i <= at_);
        for (const SpokenLink& link : elements_[i].links) one(link.id, i < at_ || (i == at_ && link.from < offset_));
    }
    ui.go_on_between(std::move(before), std::move(behind));
}

void SpokenPage::write_down(Ui& ui, const Rect& view, double y, const std::vector<Piece>& pieces,
                            const Selection& selection) const {
    if (!ui.outline.wanted()) return;
    const Box corner = ui.box_of({view.x, y, view.width, 0});
    const auto placed = [&](Box box) {
        box.x += corner.x;
        box.y += corner.y;
        return box;
    };
    const bool here = ui.on_top() && ui.is_read(id_) && ui.focus().empty();
    Node document = document_;
    document.where = ui.box_of(view);
    ui.outline.open(std::move(document));
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        const SpokenElement& element = elements_[i];
        if (element.kind == SpokenElement::Kind::close) {
            ui.outline.close();
            continue;
        }
        Node node = element.node;
        node.where = placed(node.where);
        node.prose_x = corner.x;
        node.prose_y = corner.y;
        if (!selection.empty())
            std::tie(node.selected_from, node.selected_to) = selected_of(element, pieces, selection);
        if (!node.press.empty()) node.set(State::focused, ui.on_top() && ui.focused(node.press));
        if (i == at_ && reads_on(i)) {
            node.caret = offset_;
            if (here) node.set(State::focused);
        } else if (reads_on(i)) {
            node.caret = 0;
        }
        if (element.kind == SpokenElement::Kind::open || !element.links.empty()) {
            const bool group = element.kind == SpokenElement::Kind::open;
            const auto prose = node.prose;
            ui.outline.open(std::move(node));
            for (const SpokenLink& link : element.links) {
                Node child{document_id_ + "/" + link.id};
                child.role = Spoken::link;
                child.name = prose->words(link.from, link.to);
                child.press = link.id;
                child.uri = address_of(link.target);
                child.link_from = link.from;
                child.link_to = link.to;
                child.where = placed(prose->box(link.from, link.to));
                child.set(State::focusable);
                child.set(State::focused, ui.on_top() && ui.focused(link.id));
                child.prose = ui.outline.line(child.id, child.name, {0, 0, child.where.width, child.where.height});
                child.prose_x = child.where.x;
                child.prose_y = child.where.y;
                ui.outline.add(std::move(child));
            }
            if (!group) ui.outline.close();
        } else {
            ui.outline.add(std::move(node));
        }
    }
    ui.outline.close();
    if (!here || at_ >= elements_.size() || !elements_[at_].node.prose) return;
    const Box caret = elements_[at_].node.prose->box(offset_, offset_ + 1);
    Rect bar{double(corner.x + caret.x), double(corner.y + caret.y), std::max(2.0, ui.px(2)), double(caret.height)};
    bar = ui.ink.on_screen(bar);  // twice mirrored is not at all
    ui.ink.fill(bar, ui.colour(window::Role::accent));
}

}  // namespace sipdex::window
