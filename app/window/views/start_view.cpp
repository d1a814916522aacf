#include "window/views/start_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

// "607 | Busy Here | robocall": the examples of a language stand in one message.
std::vector<std::string> examples(const std::string& message) {
    std::vector<std::string> words;
    std::istringstream in(message);
    for (std::string one; std::getline(in, one, '|');) {
        const auto first = one.find_first_not_of(' '), last = one.find_last_not_of(' ');
        if (first != std::string::npos) words.push_back(one.substr(first, last - first + 1));
    }
    return words;
}

constexpr std::size_t most_kept_shown = 8;

// Pairs of which to speak first, where the catalog has both.
constexpr int pairs[][2] = {{300, 607}, {603, 607}, {486, 600}, {401, 407}, {480, 486}, {404, 604}};

}  // namespace

void StartView::draw(Ui& ui, const Rect& where, Place&, Wishes& wishes) {
    ui.begin_scroll("start", where, scroll_);
    const double width = std::min(where.width - ui.px(72), ui.px(720));
    const double x = where.x + std::round(std::max(ui.px(36), (where.width - width) / 2));
    double y = where.y + ui.px(56) - scroll_.at;
    typeset::Style title = ui.style(Type::code, true);
    title.size = ui.px(30);
    const auto heading = ui.ink.set(ui.words().window_start_title(), title, width, ui.language());
    ui.ink.text(heading, x, y, width, ui.colour(Role::text));
    y += heading.height() + ui.px(8);
    const auto lead = ui.set(ui.words().window_start_lead(), Type::lead, false, width);
    ui.ink.text(lead, x, y, width, ui.colour(Role::secondary));
    y += lead.height() + ui.px(32);

    const auto head = [&](Sentence words) {
        ui.word(ui.say(words), Type::body, true, x, y + ui.px(10), ui.colour(Role::text));
        y += ui.px(28);
    };
    const auto flow = [&](double& pen, double chip_width) {
        if (pen > x && pen + chip_width > x + width) {
            pen = x;
            y += ui.px(38);
        }
    };
    head(&Words::window_start_search);
    double pen = x;
    for (const std::string& words : examples(ui.words().window_start_examples())) {
        double taken = ui.set(words, Type::body).width() + ui.px(24);
        flow(pen, taken);
        if (chip(ui, "try:" + words, words, pen, y, &taken)) wishes.push_back({Wish::Kind::search, {}, words, {}});
        pen += taken + ui.px(8);
    }
    y += ui.px(58);

    const auto kept = [&](Sentence words, const std::string& kind, const std::vector<KeptPage>& pages) {
        if (pages.empty()) return;
        head(words);
        pen = x;
        for (std::size_t i = 0; i < std::min(pages.size(), most_kept_shown); ++i) {
            double taken = ui.set(pages[i].title, Type::body).width() + ui.px(24);
            flow(pen, taken);
            if (chip(ui, fmt::format("{}:{}", kind, i), pages[i].title, pen, y, &taken))
                follow(pages[i].target, wishes);
            pen += taken + ui.px(8);
        }
        y += ui.px(58);
    };
    kept(&Words::favourites_title, "favourite", ui.library.favourites());
    kept(&Words::window_recent, "recent", ui.library.recent());

    head(&Words::window_start_ask);
    pen = x;
    for (const auto& [label, id] : {std::pair{&Words::index_paths, "index/paths"},
                                    {&Words::index_groups, "index/groups"},
                                    {&Words::index_speakers, "index/speakers"},
                                    {&Words::index_all, "index/all"}}) {
        double taken = ui.set(ui.say(label), Type::body).width() + ui.px(24);
        flow(pen, taken);
        if (chip(ui, std::string("open:") + id, ui.say(label), pen, y, &taken))
            wishes.push_back({Wish::Kind::go, {"reference", document::ToTerm{id}, {}}, {}, {}});
        pen += taken + ui.px(8);
    }
    y += ui.px(58);

    const auto codes = ui.library.codes();
    const auto listed = [&](int code) {
        return std::find_if(codes.begin(), codes.end(), [&](const ListedResponse& one) { return one.code == code; });
    };
    const auto card_row = [&](const std::string& id, const std::string& label, auto draw) {
        const Rect place{x - ui.px(10), y, width + ui.px(20), ui.px(40)};
        const auto touch = row(ui, id, label, place, false);
        draw(y + ui.px(20), touch.hovered);
        y += ui.px(40);
        return touch.pressed;
    };
    head(&Words::window_start_compare);
    int shown = 0;
    for (const auto& pair : pairs) {
        const auto one = listed(pair[0]), other = listed(pair[1]);
        if (one == codes.end() || other == codes.end() || ++shown > 3) continue;
        const bool pressed = card_row(fmt::format("pair:{}-{}", pair[0], pair[1]),
                                      ui.words().window_versus(one->id, other->id), [&](double middle, bool) {
                                          const double half = width / 2;
                                          double at = x;
                                          for (const auto& code : {*one, *other}) {
                                              const double mark = code_mark(ui, code.code, Type::lead, at, middle);
                                              ui.word(code.phrase, Type::body, false, at + mark + ui.px(10), middle,
                                                      ui.colour(Role::text), half - mark - ui.px(26));
                                              at += half;
                                          }
                                      });
        if (pressed) wishes.push_back({Wish::Kind::go, {"compare", {}, {one->id, other->id}}, {}, {}});
    }
    y += ui.px(24);

    const auto exchanges = ui.library.exchanges();
    if (!exchanges.empty()) head(&Words::window_start_replay);
    shown = 0;
    // The exchanges of the codes spoken of most often come first, whatever the order of their ids.
    std::vector<const ListedExchange*> order;
    for (const int wanted : {607, 300, 486, 407, 200})
        for (const auto& exchange : exchanges)
            if (!exchange.codes.empty() && exchange.codes.back() == wanted) order.push_back(&exchange);
    for (const ListedExchange* exchange : order) {
        if (++shown > 4) break;
        const bool pressed = card_row("exchange:" + exchange->id, exchange->title, [&](double middle, bool) {
            const double side = ui.px(14);
            ui.ink.icon(Icon::play, {x, middle - side / 2, side, side}, ui.colour(Role::accent));
            ui.word(exchange->title, Type::body, false, x + ui.px(28), middle, ui.colour(Role::text),
                    width - ui.px(28));
        });
        if (pressed) wishes.push_back({Wish::Kind::go, {"simulator", {}, {exchange->id}}, {}, {}});
    }
    y += ui.px(24);
    if (link(ui, "open-keys", ui.words().window_keys(), Type::body, x, y))
        wishes.push_back({Wish::Kind::command, {}, "keys", {}});
    y += ui.px(64);
    ui.end_scroll(y + scroll_.at - where.y);
}

}  // namespace sipdex::window
