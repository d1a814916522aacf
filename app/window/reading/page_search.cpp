#include "window/reading/page_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "language/find.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {
const std::string nothing;
}

void PageSearch::open(Ui& ui) {
    open_ = true;
    ui.set_focus("find");
}

void PageSearch::close() {
    open_ = false;
    looked_for_.clear();
    matches_.clear();
    at_ = 0;
}

const std::string& PageSearch::wanted() const { return open_ ? typed_ : nothing; }

std::set<std::string> PageSearch::sections_with(const document::Document& document, const std::string& language) const {
    std::set<std::string> ids;
    if (wanted().empty()) return ids;
    const language::Finder finder(wanted(), language);
    for (const document::Section& section : document.sections)
        if (!finder.in(words_of(section)).empty()) ids.insert(section.id);
    return ids;
}

void PageSearch::look(const Ui& ui, const std::vector<Piece>& pieces, const std::string& version) {
    const std::string now = wanted().empty() ? std::string() : wanted() + '\n' + version;
    if (now == looked_for_) return;
    const bool other_words = now.substr(0, now.find('\n')) != looked_for_.substr(0, looked_for_.find('\n'));
    looked_for_ = now;
    matches_.clear();
    if (!now.empty()) {
        const language::Finder finder(wanted(), ui.language());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (!has_words(pieces[i])) continue;
            for (const auto& found : finder.in(pieces[i].lines.text()))
                matches_.push_back({i, found.first, found.last});
        }
    }
    at_ = other_words || matches_.empty() ? 0 : std::min(at_, matches_.size() - 1);
    moved_ = moved_ || other_words;
}

bool PageSearch::take_moved() { return std::exchange(moved_, false); }

void PageSearch::go(int by) {
    const auto count = static_cast<int>(matches_.size());
    if (count == 0) return;
    at_ = static_cast<std::size_t>((static_cast<int>(at_) + by + count) % count);
    moved_ = true;
}

void PageSearch::draw(Ui& ui, const Rect& view) {
    if (!open_) return;
    const double pad = ui.px(8), height = ui.px(34), side = ui.px(button_height), gap = ui.px(4);
    const std::string said =
        typed_.empty()     ? std::string()
        : matches_.empty() ? ui.words().window_find_none()
                           : ui.words().window_find_count(std::to_string(at_ + 1), std::to_string(matches_.size()));
    const double said_width = said.empty() ? 0 : ui.set(said, Type::caption).width() + 2 * pad;
    const double buttons = 3 * side + 2 * gap;
    const double width = std::min(ui.px(280) + said_width + buttons + 3 * pad, view.width - ui.px(24));
    const Rect box{view.x + view.width - width - ui.px(20), view.y + pad, width, height + 2 * pad};
    ui.ink.fill(grown(box, ui.px(2)), ui.colour(Role::background), ui.px(10));
    ui.ink.fill(box, ui.colour(Role::surface), ui.px(8));
    ui.ink.frame(box, ui.colour(Role::line), ui.px(8), std::max(1.0, ui.px(1)));
    // Shift+Enter goes back; the field itself knows Enter alone.
    const auto& presses = ui.input.presses();
    const bool back = std::ranges::any_of(presses, [](const Press& one) { return one.key == Key::enter && one.shift; });
    const Rect where{box.x + pad, box.y + pad, width - said_width - buttons - 3 * pad, height};
    const double middle = box.y + box.height / 2;
    double x = where.x + where.width;
    if (field(ui, "find", ui.words().window_find(), typed_, where, true)) go(back ? -1 : 1);
    if (!said.empty())
        ui.word(said, Type::caption, false, x + pad, middle,
                ui.colour(matches_.empty() ? Role::text : Role::secondary));
    x += said_width + pad;
    const double y = middle - side / 2;
    const bool some = !matches_.empty();
    if (button(ui, {"find/previous", ui.words().window_find_previous(), Icon::up, Look::ghost, true, some}, x, y))
        go(-1);
    x += side + gap;
    if (button(ui, {"find/next", ui.words().window_find_next(), Icon::unfolded, Look::ghost, true, some}, x, y)) go(1);
    x += side + gap;
    if (button(ui, {"find/close", ui.words().window_close(), Icon::close, Look::ghost, true}, x, y)) {
        close();
        ui.set_focus({}, false);
    }
    if (moved_) ui.keep_moving();
}

}  // namespace sipdex::window
