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
    ui.set_focus("find-words");
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

double PageSearch::height(const Ui& ui) const { return open_ ? ui.px(48) : 0; }

void PageSearch::draw(Ui& ui, const Rect& bar) {
    if (!open_) return;
    const double pad = ui.px(8), side = ui.px(button_height), gap = ui.px(4);
    ui.ink.fill(bar, ui.colour(Role::surface));
    hairline(ui, bar.x, bar.y + bar.height - 1, bar.width);
    const std::string said =
        typed_.empty()     ? std::string()
        : matches_.empty() ? ui.words().window_find_none()
                           : ui.words().window_find_count(std::to_string(at_ + 1), std::to_string(matches_.size()));
    const double said_width = said.empty() ? 0 : ui.set(said, Type::caption).width() + 2 * pad;
    const double room = bar.width - said_width - 3 * side - 2 * gap - 4 * pad;
    const Rect where{bar.x + 2 * pad, bar.y + ui.px(7), std::clamp(room, ui.px(60), ui.px(360)), ui.px(34)};
    // Shift+Enter goes back; the field itself knows Enter alone.
    const bool back =
        std::ranges::any_of(ui.input.presses(), [](const Press& one) { return one.key == Key::enter && one.shift; });
    if (field(ui, "find-words", ui.words().window_find(), typed_, where, true)) go(back ? -1 : 1);
    const double middle = bar.y + bar.height / 2, y = middle - side / 2;
    double x = where.x + where.width;
    if (!said.empty())
        ui.word(said, Type::caption, false, x + pad, middle,
                ui.colour(matches_.empty() ? Role::text : Role::secondary));
    x += said_width + pad;
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
