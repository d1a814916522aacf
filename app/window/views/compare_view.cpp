#include "window/views/compare_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "window/kit/code_choice.h"
#include "window/kit/number_in.h"
#include "window/kit/widgets.h"
#include "window/views/reference_view.h"

namespace sipdex::window {

namespace {
constexpr std::size_t most_codes = 5;
}

void CompareView::load(Ui& ui, const Place& place) {
    std::string wanted = ui.language();
    for (const std::string& id : place.ids) wanted += "/" + id;
    const bool other = wanted != loaded_;
    const unsigned kept = ui.library.kept_changes();
    if (!other && kept == kept_) return;
    loaded_ = std::move(wanted);
    kept_ = kept;
    codes_ = ui.library.codes();
    replays_ = exchanges_showing(ui.library, place.ids);
    page_.show(place.ids.size() >= 2 ? ui.library.comparison(place.ids)
                                     : ui.library.pairs(place.ids.empty() ? std::string() : place.ids.front()));
    if (!other) return;  // only what is theirs has changed: the page stays where it is
    scroll_ = {};
    scroll_.at = place.scroll;
    scroll_.content = 1e9;
}

void CompareView::bar(Ui& ui, const Rect& where, const Place& place, Wishes& wishes) {
    const double y = where.y + std::round((where.height - ui.px(button_height)) / 2);
    double x = where.x + ui.px(16);
    const auto pick = [&](const std::string& purpose, const std::string& id, const Rect& anchor) {
        const auto narrow = codes_by_words(ui.library, id);
        menu_.open(ui, purpose, anchor, narrow(""), narrow);
    };
    const std::size_t shown = std::max<std::size_t>(2, place.ids.size());
    const bool ready = place.ids.size() >= 2;
    Button sheet{"sheet", ui.words().window_sheet(), Icon::sheet, Look::plain, false, ready};
    Button both{"replay-both", ui.words().window_replay_both(), Icon::play, Look::primary, false, replays_.size() >= 2};
    const auto at_the_end = [&] {
        return width_of(ui, sheet) + (replays_.size() >= 2 ? width_of(ui, both) + ui.px(8) : 0) + ui.px(24);
    };
    // As wide as the phrases like, as long as swap, add and the two buttons at the end keep their room; the buttons give
    // up their words before phrases are cut.
    const double small = ui.px(button_height + 4) * double(shown > 2 ? shown : 2) + ui.px(16 + 4 * double(shown));
    const auto share = [&] { return (where.width - small - at_the_end()) / double(shown); };
    if (share() < ui.px(200)) sheet.icon_only = both.icon_only = true;
    const double each = std::clamp(std::floor(share()), ui.px(96), ui.px(280));
    for (std::size_t i = 0; i < shown; ++i) {
        const std::string id = i < place.ids.size() ? place.ids[i] : std::string();
        const auto code =
            std::find_if(codes_.begin(), codes_.end(), [&](const ListedResponse& c) { return c.id == id; });
        const Rect box{x, y, each, ui.px(button_height)};
        const std::string label =
            code == codes_.end() ? ui.words().window_pick_code() : fmt::format("{} {}", code->code, code->phrase);
        const auto touch = ui.touch(fmt::format("pick:{}", i), box, "button", label);
        if (touch.hovered) ui.ink.fill(box, ui.colour(Role::text, 0.06f), ui.px(6));
        ui.ink.frame(box, ui.colour(Role::line), ui.px(6), std::max(1.0, ui.px(1)));
        double pen = x + ui.px(10);
        const double middle = y + box.height / 2, side = ui.px(16);
        if (code != codes_.end()) pen += code_mark(ui, code->code, Type::body, pen, middle) + ui.px(8);
        const double room = box.x + box.width - pen - side - ui.px(10);
        // A phrase cut to a letter or two tells nothing; the heads below have it whole.
        if (room > ui.px(64) || code == codes_.end())
            ui.word(code == codes_.end() ? label : code->phrase, Type::body, false, pen, middle,
                    ui.colour(code == codes_.end() ? Role::secondary : Role::text), room);
        ui.ink.icon(Icon::unfolded, {box.x + box.width - side - ui.px(6), std::round(middle - side / 2), side, side},
                    ui.colour(Role::secondary));
        if (touch.pressed) pick(fmt::format("{}", i), id, box);
        x += each + ui.px(4);
        if (i == 0) {
            if (button(ui, {"swap", ui.words().window_swap(), Icon::swap, Look::ghost, true, place.ids.size() == 2}, x,
                       y)) {
                Place turned = place;
                std::reverse(turned.ids.begin(), turned.ids.end());
                wishes.push_back({Wish::Kind::go, turned, {}, {}});
            }
            x += ui.px(button_height + 4);
        } else if (i >= 2) {
            if (button(ui, {fmt::format("drop:{}", i), ui.words().window_remove(), Icon::close, Look::ghost, true}, x,
                       y)) {
                Place fewer = place;
                fewer.ids.erase(fewer.ids.begin() + std::ptrdiff_t(i));
                wishes.push_back({Wish::Kind::go, fewer, {}, {}});
            }
            x += ui.px(button_height + 2);
        }
    }
    const Button add{"add", ui.words().window_add_code(), Icon::plus, Look::ghost, true};
    if (place.ids.size() >= 2 && place.ids.size() < most_codes) {
        if (button(ui, add, x, y)) pick("add", {}, {x, y, ui.px(button_height), ui.px(button_height)});
        x += ui.px(button_height + 4);
    }
    const double right = where.x + where.width - ui.px(16);
    double end = right - width_of(ui, sheet) - ui.px(8) - (replays_.size() >= 2 ? width_of(ui, both) : 0);
    if (replays_.size() >= 2) {
        if (button(ui, both, end, y)) {
            const std::vector<std::string> two(replays_.begin(), replays_.begin() + 2);
            wishes.push_back({Wish::Kind::go, {"simulator", {}, two}, {}, {}});
        }
        end += width_of(ui, both);
    }
    if (button(ui, sheet, end + ui.px(8), y)) wishes.push_back({Wish::Kind::sheet, {}, {}, page_.document()});
}

void CompareView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    if (place.scroll != told_scroll_) scroll_.at = place.scroll;  // another visit to the same page
    const double height = ui.px(48);
    bar(ui, {where.x, where.y, where.width, height}, place, wishes);
    hairline(ui, where.x, where.y + height, where.width);
    const Rect below{where.x, where.y + height + ui.px(1), where.width, where.height - height - ui.px(1)};
    const Asked asked = page_.draw(ui, "comparison", below, scroll_);
    place.scroll = told_scroll_ = scroll_.at;
    follow(asked.target, wishes);
}

void CompareView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    Place changed = place;
    changed.scroll = 0;
    if (menu_.purpose() == "add") {
        changed.ids.push_back(*picked);
    } else if (const auto at = number_in<std::size_t>(menu_.purpose())) {
        if (changed.ids.size() <= *at) changed.ids.push_back(*picked);
        else changed.ids[*at] = *picked;
    }
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
}

bool CompareView::escape() {
    const bool was = menu_.is_open();
    menu_.close();
    return was || page_.escape();
}

}  // namespace sipdex::window
