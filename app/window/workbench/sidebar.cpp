#include "window/workbench/sidebar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "language/fold.h"
#include "window/kit/one_line.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

// As much of a paste as is read at all; a message of 64 kB is the largest that SIP over UDP can carry.
constexpr std::size_t most_typed = 65'536;
constexpr std::size_t most_called = 5, most_offered = 6;
constexpr double usual_width = 296, narrowest = 200, widest = 560, width_step = 24;  // units

std::string shown_response(const Place& here) {
    const auto* response = std::get_if<document::ToResponse>(&here.target);
    return here.view == "reference" && response ? response->id : std::string();
}

Icon icon_of(const Hit& hit) {
    switch (hit.kind) {
        case Hit::Kind::comparison: return Icon::swap;
        case Hit::Kind::term: return Icon::note;
        case Hit::Kind::exchange: return Icon::play;
        case Hit::Kind::response: break;
    }
    return icon_of_class(hit.code);
}

}  // namespace

std::string Sidebar::closed() const {
    std::string classes;
    for (const int one : closed_) classes += fmt::format("{}{}", classes.empty() ? "" : " ", one);
    return classes;
}

void Sidebar::set_closed(std::string_view classes) {
    closed_.clear();
    std::istringstream in{std::string(classes)};
    for (int one; in >> one;)
        if (one >= 1 && one <= 6) closed_.insert(one);
}

double Sidebar::width(const Ui& ui, double window) const {
    return std::min(ui.px(units_ > 0 ? units_ : usual_width), std::floor(window / 2));
}

void Sidebar::draw_edge(Ui& ui, double x, double height) {
    const auto touch =
        ui.touch("sidebar-edge", {x - ui.px(3), 0, ui.px(7), height}, "edge", ui.words().window_list_close());
    if (touch.hovered || touch.held)
        ui.ink.fill({x - ui.px(1), 0, ui.px(3), height}, ui.colour(Role::accent, touch.held ? 1.0f : 0.5f));
    const double before = units_ > 0 ? units_ : usual_width;
    double wanted = before;
    const bool mirrored = ui.ink.mirrored();
    if (touch.focused && ui.input.take_press(mirrored ? Key::right : Key::left)) wanted -= width_step;
    if (touch.focused && ui.input.take_press(mirrored ? Key::left : Key::right)) wanted += width_step;
    if (touch.held && std::abs(ui.mouse_x() - x) > ui.px(4)) wanted = std::round(ui.mouse_x() / ui.scale());
    wanted = std::clamp(wanted, narrowest, widest);
    if (wanted != before) {
        units_ = wanted;
        pulled_ = true;
        ui.keep_moving();
    } else if (touch.pressed && !pulled_) {
        open_ = false;
        ui.keep_moving();
    }
    if (!touch.held) pulled_ = false;
}

std::string Sidebar::shape() const { return fmt::format("{} {}", open_ ? "open" : "closed", units_); }

void Sidebar::set_shape(std::string_view shape) {
    std::istringstream in{std::string(shape)};
    std::string state;
    double units = 0;
    in >> state >> units;
    open_ = state != "closed";
    units_ = units > 0 ? std::clamp(units, narrowest, widest) : 0;
}

void Sidebar::go_to_field(Ui& ui) {
    open_ = asked_ = true;
    ui.set_focus("search");
}

void Sidebar::search(Ui& ui, const std::string& words) {
    typed_ = in_one_line(words);
    go_to_field(ui);
}

void Sidebar::draw(Ui& ui, const Rect& head, const Rect& list, const Place& here, const Commands& commands,
                   Wishes& wishes) {
    const double height = ui.px(34);
    const bool entered =
        field(ui, "search", ui.words().window_search_hint(), typed_,
              {head.x + ui.px(12), head.y + std::round((head.height - height) / 2), head.width - ui.px(24), height},
              true, most_typed);
    const std::string wanted = ui.language() + "/" + typed_;
    if (wanted != found_for_) {
        found_for_ = wanted;
        hits_ = typed_.empty() ? std::vector<Hit>{} : ui.library.search(in_lines(typed_));
        called_ = typed_.empty() ? std::vector<Command>{} : commands_called(commands(), typed_, ui.language());
        if (called_.size() > most_called) called_.resize(most_called);
        hit_scroll_.at = 0;
        // What Enter would do is said, when it has become another thing.
        if (typed_.empty()) said_.clear();
        else if (std::string best = best_found(ui); best != said_) ui.outline.say(said_ = std::move(best));
        ui.keep_moving();
    }
    if (entered && (!hits_.empty() || !called_.empty())) {
        // What was looked for is found: the list comes back and stands at it.
        if (commands_first()) wishes.push_back({Wish::Kind::command, {}, called_.front().id, {}});
        else follow(hits_.front().target, wishes);
        typed_.clear();
        ui.set_focus({}, false);
        ui.keep_moving();
    }
    if (offering(ui)) offers(ui, list, here, commands, wishes);
    else if (typed_.empty()) codes(ui, list, here, wishes);
    else results(ui, list, here, wishes);
}

// Deeds are called by their names, all else by what it is about: they come first where the reader has begun to write one's
// name and the best page has no such word in its own, or where no page is meant for sure.
bool Sidebar::commands_first() const {
    if (called_.empty()) return false;
    if (hits_.empty() || hits_.front().weak) return true;
    const std::string typed = language::folded(typed_);
    const bool named = typed.size() > 2 && language::folded(called_.front().label).starts_with(typed);
    return named && language::folded(hits_.front().title).find(typed) == std::string::npos;
}

// The field is empty, and whoever asked for it is still there or has gone on to what it offers. Those who come by with
// the Tab key or the mouse want the codes.
bool Sidebar::offering(const Ui& ui) {
    asked_ = asked_ && (ui.focus() == "search" || ui.focus().starts_with("offer:"));
    return asked_ && typed_.empty();
}

std::string Sidebar::best_found(const Ui& ui) const {
    if (commands_first()) return called_.front().label;
    return hits_.empty() ? ui.words().window_nothing_found() : hits_.front().title;
}

void Sidebar::offers(Ui& ui, const Rect& list, const Place& here, const Commands& commands, Wishes& wishes) {
    ui.begin_scroll("offers", list, offer_scroll_);
    ui.open_list("offers", &Words::window_actions, list);
    double y = list.y - offer_scroll_.at;
    const auto head = [&](Sentence words) {
        ui.word(ui.say(words), Type::caption, true, list.x + ui.px(22), y + ui.px(17), ui.colour(Role::secondary),
                list.width - ui.px(44));
        y += ui.px(34);
    };
    const auto pages = [&](Sentence words, const char* kind, std::vector<KeptPage> kept) {
        std::erase_if(kept, [&](const KeptPage& one) { return one.target == page_of(here); });
        if (kept.empty()) return;
        head(words);
        for (std::size_t i = 0; i < std::min(kept.size(), most_offered); ++i) {
            const Rect where{list.x + ui.px(12), y, list.width - ui.px(24), ui.px(30)};
            const auto touch = row(ui, fmt::format("offer:{}:{}", kind, i), kept[i].title, where, false);
            ui.word(kept[i].title, Type::body, false, where.x + ui.px(10), y + where.height / 2, ui.colour(Role::text),
                    where.width - ui.px(20));
            if (touch.pressed) {
                follow(kept[i].target, wishes);
                ui.set_focus({}, false);
            }
            y += where.height;
        }
        y += ui.px(4);
    };
    pages(&Words::window_recent, "recent", ui.library.recent());
    pages(&Words::favourites_title, "favourite", ui.library.favourites());
    head(&Words::window_actions);
    for (const Command& one : commands()) command(ui, one, list, y, wishes);
    ui.close_list();
    ui.end_scroll(y + offer_scroll_.at - list.y + ui.px(12));
}

void Sidebar::command(Ui& ui, const Command& command, const Rect& list, double& y, Wishes& wishes) {
    const Rect where{list.x + ui.px(12), y, list.width - ui.px(24), ui.px(30)};
    const auto touch = row(ui, "offer:" + command.id, command.label, where, false);
    const double middle = y + where.height / 2, end = where.x + where.width - ui.px(10);
    const double keys = command.keys.empty() ? 0 : ui.set(command.keys, Type::caption).width();
    ui.word(command.label, Type::body, false, where.x + ui.px(10), middle, ui.colour(Role::text),
            where.width - keys - ui.px(32));
    if (keys > 0) ui.word(command.keys, Type::caption, false, end - keys, middle, ui.colour(Role::secondary));
    if (touch.pressed) {
        wishes.push_back({Wish::Kind::command, {}, command.id, {}});
        typed_.clear();
        if (ui.focused("offer:" + command.id)) ui.set_focus({}, false);
    }
    y += where.height;
}

void Sidebar::results(Ui& ui, const Rect& list, const Place& here, Wishes& wishes) {
    const double text_width = list.width - ui.px(48);
    if (hits_.empty() && called_.empty()) {
        const auto title = ui.set(ui.words().window_nothing_found(), Type::body, true, text_width);
        ui.ink.text(title, list.x + ui.px(24), list.y + ui.px(12), text_width, ui.colour(Role::text));
        const auto advice = ui.set(ui.words().window_search_advice(), Type::body, false, text_width);
        ui.ink.text(advice, list.x + ui.px(24), list.y + ui.px(16) + title.height(), text_width,
                    ui.colour(Role::secondary));
        return;
    }
    ui.begin_scroll("hits", list, hit_scroll_);
    ui.open_list("hits", &Words::window_key_search, list);
    double y = list.y + ui.px(4) - hit_scroll_.at;
    const auto deeds = [&] {
        for (const Command& one : called_) command(ui, one, list, y, wishes);
        if (!called_.empty()) y += ui.px(6);
    };
    const bool first = commands_first();
    if (first) deeds();
    if (!hits_.empty() && hits_.front().weak) {
        const auto caution = ui.set(ui.words().only_weak_hits(), Type::caption, false, text_width);
        ui.ink.text(caution, list.x + ui.px(24), y + ui.px(6), text_width, ui.colour(Role::secondary));
        y += caution.height() + ui.px(16);
    }
    for (std::size_t i = 0; i < hits_.size(); ++i) {
        const Rect where{list.x + ui.px(12), y, list.width - ui.px(24), ui.px(hits_[i].snippet.empty() ? 34 : 52)};
        hit(ui, hits_[i], i, where, here, wishes);
        y += where.height + ui.px(2);
    }
    if (!first) deeds();
    ui.close_list();
    ui.end_scroll(y + hit_scroll_.at - list.y + ui.px(12));
}

void Sidebar::hit(Ui& ui, const Hit& hit, std::size_t number, const Rect& where, const Place& here, Wishes& wishes) {
    const auto* response = std::get_if<document::ToResponse>(&hit.target);
    const bool chosen = response && response->id == shown_response(here);
    const auto touch = row(ui, fmt::format("hit:{}", number), hit.title, where, chosen);
    if (accessible::Node* node = ui.outline.last()) {
        // What Enter opens is chosen, for those who hear it: it is the first, and no colour says so.
        node->set(accessible::State::selected, number == 0 && !commands_first());
        ui.outline.describe_last(hit.snippet);
    }
    if (touch.pressed) follow(hit.target, wishes);
    if (!ui.ink.visible(where)) return;
    const double side = ui.px(13), left = where.x + ui.px(10), words = left + side + ui.px(9);
    const double room = where.x + where.width - words - ui.px(8);
    const double first = where.y + ui.px(hit.snippet.empty() ? 17 : 16);
    const Role shade = hit.kind == Hit::Kind::response ? role_of_class(hit.code) : Role::secondary;
    ui.ink.icon(icon_of(hit), {left, std::round(first - side / 2), side, side}, ui.colour(shade));
    ui.word(hit.title, Type::body, true, words, first, ui.colour(Role::text), room);
    if (!hit.snippet.empty())
        ui.word(hit.snippet, Type::caption, false, words, where.y + ui.px(36), ui.colour(Role::secondary), room);
}

void Sidebar::codes(Ui& ui, const Rect& list, const Place& here, Wishes& wishes) {
    if (codes_for_ != ui.language()) {
        codes_for_ = ui.language();
        codes_ = ui.library.codes();
    }
    const std::string shown = shown_response(here);
    // The list follows the page, wherever the reader came from; what they scroll to meanwhile stays.
    const bool follows = shown != followed_;
    if (code_scroll_.content > 0) followed_ = shown;  // else it is not known yet how far the list can be scrolled
    for (const ListedResponse& code : codes_)
        if (follows && code.id == shown) closed_.erase(code.code / 100);
    ui.begin_scroll("codes", list, code_scroll_);
    ui.open_list("codes", &Words::window_reference, list);
    double y = list.y - code_scroll_.at;
    for (int digit = 1; digit <= 6; ++digit) {
        const auto count = std::count_if(codes_.begin(), codes_.end(),
                                         [&](const ListedResponse& code) { return code.code / 100 == digit; });
        if (count == 0) continue;
        const bool open = closed_.count(digit) == 0;
        const Rect head{list.x + ui.px(12), y, list.width - ui.px(24), ui.px(34)};
        const std::string name = ui.say(class_words(digit));
        const auto touch = ui.touch(fmt::format("class:{}", digit), head, "row", name, true, open);
        if (accessible::Node* node = ui.outline.last()) {
            for (const auto state : {accessible::State::selectable, accessible::State::selected})
                node->set(state, false);
            node->set(accessible::State::expandable);
            node->set(accessible::State::expanded, open);
        }
        if (touch.hovered) ui.ink.fill(head, ui.colour(Role::text, 0.05f), ui.px(6));
        const double middle = y + head.height / 2, side = ui.px(13);
        ui.ink.icon(icon_of_class(digit * 100), {head.x + ui.px(10), std::round(middle - side / 2), side, side},
                    ui.colour(role_of_class(digit * 100)));
        const std::string total = fmt::format("{}", count);
        const double total_width = ui.set(total, Type::caption).width(), arrow = ui.px(14);
        const double end = head.x + head.width - ui.px(8) - arrow;
        ui.word(name, Type::caption, true, head.x + ui.px(32), middle, ui.colour(Role::secondary),
                end - total_width - head.x - ui.px(44));
        ui.word(total, Type::caption, false, end - total_width - ui.px(6), middle, ui.colour(Role::secondary));
        ui.ink.icon(open ? Icon::unfolded : Icon::folded, {end, std::round(middle - arrow / 2), arrow, arrow},
                    ui.colour(Role::secondary, 0.8f));
        if (touch.pressed && !closed_.insert(digit).second) closed_.erase(digit);
        y += head.height;
        if (!open) continue;
        for (const ListedResponse& code : codes_) {
            if (code.code / 100 != digit) continue;
            const Rect where{list.x + ui.px(12), y, list.width - ui.px(24), ui.px(28)};
            const auto at =
                row(ui, "code:" + code.id, fmt::format("{} {}", code.code, code.phrase), where, code.id == shown);
            if (follows && code.id == shown) ui.reveal(where);
            if (ui.ink.visible(where)) {
                const double line = y + where.height / 2;
                const double left = where.x + ui.px(32);
                ui.word(fmt::format("{}", code.code), Type::body, true, left, line,
                        ui.colour(code.written ? Role::text : Role::secondary));
                ui.word(code.phrase, Type::body, false, left + ui.px(40), line,
                        ui.colour(code.written ? Role::text : Role::secondary),
                        where.x + where.width - left - ui.px(48));
            }
            if (at.pressed)
                wishes.push_back({Wish::Kind::go, {"reference", document::ToResponse{code.id}, {}}, {}, {}});
            y += where.height;
        }
        y += ui.px(4);
    }
    ui.close_list();
    ui.end_scroll(y + code_scroll_.at - list.y + ui.px(12));
}

}  // namespace sipdex::window
