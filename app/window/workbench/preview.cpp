#include "window/workbench/preview.h"

#include <algorithm>
#include <cmath>

#include "language/characters.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double bar_height = 44, air = 16;  // units
constexpr double longest_page = 2.2;         // times its width: what is longer is read from its top, not seen whole
constexpr double patience = 0.3;             // seconds, before it is said that there is nothing to see yet
constexpr std::size_t longest_reason = 200;

}  // namespace

struct Preview::Hand {
    std::unique_ptr<SheetPreview> preview;
    unsigned sheet = 0;
};

Preview::~Preview() {
    forget();
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    news_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Preview::show(Library::Preview make) {
    ++sheet_;
    offered_ = bool(make);
    const std::lock_guard lock(mutex_);
    make_ = make ? std::make_shared<const Library::Preview>(std::move(make)) : nullptr;
}

void Preview::forget() {
    if (pictured_) textures_.forget(picture_);
    pictured_ = false;
    shown_ = {};
    last_ = {};
    offered_ = false;
    forgotten_ = sheet_;  // what is made of it still is not taken
    page_ = 0;
    wide_ = false;
    scroll_ = {};
    const std::lock_guard lock(mutex_);
    make_ = nullptr;
    asked_.reset();
    made_.reset();
}

Preview::Made Preview::made_of(Hand& hand, const Asked& asked, const Library::Preview& make) {
    Made made;
    made.asked = asked;
    try {
        if (hand.sheet != asked.sheet || !hand.preview) {
            hand.preview.reset();
            hand.preview = make();
            hand.sheet = asked.sheet;
        }
        if (!hand.preview) return made;
        made.pages = hand.preview->pages();
        made.missing = hand.preview->missing();
        made.beginning = hand.preview->beginning();
        if (made.pages == 0) return made;
        made.page = std::clamp(asked.page, 0, made.pages - 1);
        const double shape = hand.preview->shape();
        const bool whole = !asked.wide && shape <= longest_page;
        const double width = whole ? std::min<double>(asked.width, asked.height / shape) : asked.width;
        made.dots = hand.preview->page(made.page, std::max(1, static_cast<int>(width)));
    } catch (const std::exception& error) {
        made.trouble = error.what();
    } catch (...) {
        made.trouble = "?";
    }
    return made;
}

void Preview::work() {
    Hand hand;
    std::unique_lock lock(mutex_);
    for (;;) {
        news_.wait(lock, [this] { return ending_ || asked_; });
        if (ending_) return;
        const Asked asked = *asked_;
        const auto make = make_;
        asked_.reset();
        if (!make) continue;
        lock.unlock();
        Made made = made_of(hand, asked, *make);
        lock.lock();
        made_ = std::move(made);
    }
}

void Preview::ask(Ui& ui, const Asked& wanted) {
    if (wanted == last_) return;
    if (wanted.sheet != last_.sheet || wanted.page != last_.page) since_ = ui.seconds();
    last_ = wanted;
    {
        const std::lock_guard lock(mutex_);
        asked_ = wanted;
    }
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    news_.notify_one();
}

void Preview::take() {
    std::optional<Made> made;
    {
        const std::lock_guard lock(mutex_);
        made.swap(made_);
    }
    if (!made || made->asked.sheet <= forgotten_) return;
    const bool another = made->page != shown_.page || made->pages != shown_.pages;
    shown_ = std::move(*made);
    if (another) scroll_.at = 0;
    if (shown_.asked == last_) page_ = last_.page = shown_.asked.page = shown_.page;  // no further than the last
    if (pictured_) textures_.forget(picture_);
    pictured_ = !shown_.dots.colours.empty();
    if (pictured_) picture_ = textures_.picture(shown_.dots.width, shown_.dots.height, shown_.dots.colours.data());
    shown_.dots.colours = {};
}

void Preview::turn(Ui& ui, int by) {
    const double step = std::max(ui.px(40), scroll_.view - ui.px(56));
    const bool room = by > 0 ? scroll_.at < scroll_.furthest() : scroll_.at > 0;
    if (room) scroll_.at = std::clamp(scroll_.at + by * step, 0.0, scroll_.furthest());
    else page_ = std::clamp(page_ + by, 0, std::max(0, shown_.pages - 1));
    ui.keep_moving();
}

void Preview::draw(Ui& ui, const Rect& where) {
    ui.ink.fill(where, ui.colour(Role::surface), ui.px(8));
    ui.ink.frame(where, ui.colour(Role::line), ui.px(8), std::max(1.0, ui.px(1)));
    const Rect room{where.x + ui.px(air), where.y + ui.px(air), where.width - 2 * ui.px(air),
                    where.height - ui.px(air) - ui.px(bar_height)};
    const int wide = std::max(1, static_cast<int>(room.width)), high = std::max(1, static_cast<int>(room.height));
    take();
    if (offered_) ask(ui, {sheet_, page_, wide, high, wide_});
    const bool waiting = offered_ && shown_.asked != last_;
    if (waiting) ui.keep_moving();
    const auto say = [&](const std::string& words) {
        const auto lines = ui.set(words, Type::body, false, room.width);
        ui.ink.text(lines, room.x, room.y + std::max(0.0, (room.height - lines.height()) / 2.6), room.width,
                    ui.colour(Role::secondary));
    };
    if (!shown_.trouble.empty()) say(ui.words().window_preview_failed(language::shown(shown_.trouble, longest_reason)));
    else if (pictured_) draw_page(ui, room);
    else if (!shown_.beginning.empty()) draw_beginning(ui, room);
    else if (waiting && ui.seconds() - since_ > patience) say(ui.words().window_preview_waiting());
    draw_bar(ui, {where.x + ui.px(air), where.y + where.height - ui.px(bar_height), room.width, ui.px(bar_height)});
}

void Preview::draw_page(Ui& ui, const Rect& room) {
    // A picture of another size is stretched until the one of this size is there.
    const double shape = double(shown_.dots.height) / shown_.dots.width;
    const bool whole = !wide_ && shape <= longest_page;
    const double width = std::floor(whole ? std::min(room.width, room.height / shape) : room.width);
    const double height = shown_.asked == last_ ? shown_.dots.height : std::round(width * shape);
    ui.begin_scroll("preview", room, scroll_);
    const Rect page{room.x + std::floor((room.width - width) / 2),
                    room.y + std::floor(std::max(0.0, (room.height - height) / 2)) - scroll_.at, width, height};
    ui.ink.picture(picture_, page);
    ui.ink.frame(page, ui.colour(Role::line), 0, std::max(1.0, ui.px(1)));
    if (ui.outline.wanted()) {
        accessible::Node node{"preview page"};
        node.role = accessible::Role::image;
        node.name =
            ui.words().window_preview_page(std::to_string(shown_.page + 1), std::to_string(std::max(1, shown_.pages)));
        node.where = ui.box_of(common(page, room));
        ui.outline.add(std::move(node));
    }
    ui.end_scroll(height);
}

void Preview::draw_beginning(Ui& ui, const Rect& room) {
    const auto lines = ui.set(shown_.beginning, Type::wire, false, std::floor(room.width - ui.px(14)));
    ui.begin_scroll("preview", room, scroll_);
    ui.ink.text(lines, room.x, room.y - scroll_.at, std::floor(room.width - ui.px(14)), ui.colour(Role::text));
    ui.end_scroll(lines.height());
}

void Preview::draw_bar(Ui& ui, const Rect& where) {
    const double middle = where.y + where.height / 2, side = ui.px(button_height);
    const double top = where.y + std::round((where.height - side) / 2);
    if (shown_.pages == 0) {
        const std::string note =
            shown_.beginning.empty() ? ui.words().window_preview() : ui.words().window_preview_beginning();
        ui.word(note, Type::caption, false, where.x, middle, ui.colour(Role::secondary), where.width);
        return;
    }
    const std::string number =
        ui.words().page_of(std::to_string(shown_.page + 1), std::to_string(std::max(1, shown_.pages)));
    const auto words = ui.set(number, Type::body);
    double pen = where.x + std::round((where.width - words.width()) / 2) - side - ui.px(10);
    const Button before{"preview-before", ui.words().window_preview_before(), Icon::back, Look::ghost, true, page_ > 0};
    const Button after{"preview-after",         ui.words().window_preview_after(), Icon::forward, Look::ghost, true,
                       page_ + 1 < shown_.pages};
    int by = 0;
    if (button(ui, before, pen, top)) by = -1;
    pen += side + ui.px(10);
    ui.word(number, Type::body, false, pen, middle, ui.colour(Role::secondary));
    pen += words.width() + ui.px(10);
    if (button(ui, after, pen, top)) by = 1;
    if (by != 0) {
        page_ = std::clamp(page_ + by, 0, shown_.pages - 1);
        ui.keep_moving();
    }
    if (shown_.dots.height > longest_page * shown_.dots.width) return;  // as wide as it can be
    const Button wide{
        "preview-wide", ui.words().window_preview_wide(), Icon::fit, Look::ghost, true, true, wide_, false, true};
    if (button(ui, wide, where.x + where.width - side, top)) {
        wide_ = !wide_;
        scroll_.at = 0;
        ui.keep_moving();
    }
}

}  // namespace sipdex::window
