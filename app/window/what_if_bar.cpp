// What if: the bar in which an exchange is changed. The message that is current can be lost, delayed or answered
// otherwise; anything else is typed. Each change made stands as a button that takes it back.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "window/simulator_view.h"
#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr std::array<int, 7> other_answers{200, 300, 404, 480, 486, 503, 603};

std::string ordinal(std::size_t number) {
    const bool teens = number % 100 / 10 == 1;
    const char* end = teens ? "th" : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
    return fmt::format("{}{}", number, end);
}

// "INVITE", "200 to INVITE"
std::string named(const sip::Message& message) {
    if (message.is_request()) return message.method;
    const std::string_view cseq = message.header("CSeq").value_or("");
    const std::size_t space = cseq.rfind(' ');
    return fmt::format("{} to {}", message.status, cseq.substr(space == std::string_view::npos ? 0 : space + 1));
}

}  // namespace

void SimulatorView::ask(Ui& ui, const Place& place, const std::string& change, Wishes& wishes) {
    problem_ = ui.library.problem_with(place.ids.front(), change);
    if (!problem_.empty()) return;
    Place changed = place;
    changed.changes.push_back(change);
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
    typed_change_.clear();
}

std::string SimulatorView::change_losing(std::size_t message) const {
    const simulator::Recording& recording = stages_.front().replay.recording;
    const auto& sent = recording.messages[message];
    std::size_t nth = 0;
    for (std::size_t i = 0; i <= message; ++i) {
        const auto& one = recording.messages[i];
        if (one.from == sent.from && one.to == sent.to && named(one.message) == named(sent.message)) ++nth;
    }
    return fmt::format("lose {} {} {} -> {}", ordinal(nth), named(sent.message), recording.actors[sent.from].id, recording.actors[sent.to].id);
}

std::string SimulatorView::change_delaying(std::size_t message) const {
    const simulator::Recording& recording = stages_.front().replay.recording;
    const auto& sent = recording.messages[message];
    return fmt::format("link {} {} 2s", recording.actors[sent.from].id, recording.actors[sent.to].id);
}

// Of the party that answers: the sender of a response, the receiver of a request.
void SimulatorView::open_answers(Ui& ui, const Rect& anchor) {
    const simulator::Recording& recording = stages_.front().replay.recording;
    const auto& sent = recording.messages[*player_.latest(0)];
    const std::string& party = recording.actors[sent.message.is_request() ? sent.to : sent.from].id;
    std::vector<Choice> choices;
    for (const ListedCode& code : ui.library.codes())
        if (std::find(other_answers.begin(), other_answers.end(), code.code) != other_answers.end() && code.id == std::to_string(code.code))
            choices.push_back({fmt::format("{} answers {}", party, code.code), code.phrase, {}, code.code, false});
    for (const char* silence : {"never answers", "is off"})
        choices.push_back({fmt::format("{} {}", party, silence), fmt::format("{} {}", party, silence), {}, 0, false});
    menu_.open(ui, "answer", anchor, choices);
}

void SimulatorView::what_if_bar(Ui& ui, const Rect& where, const Place& place, Wishes& wishes) {
    const double y = where.y + ui.px(4), end = where.x + where.width - ui.px(12);
    double x = where.x + ui.px(16);
    const auto latest = stages_.empty() ? std::optional<std::size_t>() : player_.latest(0);
    const bool any = latest.has_value();            // without a message there is nothing to lose or delay
    const std::size_t current = latest.value_or(0);
    const auto press = [&](const char* id, const char* label, bool menu) {
        Button one{id, ui.say(label), std::nullopt, Look::plain, false, any};
        one.menu = menu;
        const Rect box{x, y, width_of(ui, one), ui.px(button_height)};
        x += box.width + ui.px(6);
        return button(ui, one, box.x, box.y) ? std::optional<Rect>(box) : std::nullopt;
    };
    if (press("what-if-lose", "window_what_if_lose", false)) ask(ui, place, change_losing(current), wishes);
    if (press("what-if-delay", "window_what_if_delay", false)) ask(ui, place, change_delaying(current), wishes);
    if (const auto box = press("what-if-answer", "window_what_if_answer", true)) open_answers(ui, *box);
    // The changes made take what room they need, up to half of the bar.
    double chips = 0;
    for (const std::string& change : place.changes) chips += std::min(ui.px(220), width_of(ui, {"", change, Icon::close, Look::ghost})) + ui.px(4);
    const double field_width = std::max(ui.px(120), end - x - std::min(chips, (end - x) / 2) - ui.px(6));
    if (field(ui, "what-if-field", ui.say("window_what_if_hint"), typed_change_, {x, y, field_width, ui.px(button_height)}) && !typed_change_.empty())
        ask(ui, place, typed_change_, wishes);
    if (!problem_.empty()) hint_ = {{x, y, field_width, ui.px(button_height)}, problem_};
    if (typed_change_.empty() && !ui.focused("what-if-field")) problem_.clear();
    x += field_width + ui.px(6);
    for (std::size_t i = 0; i < place.changes.size() && x < end; ++i) {
        const Button one{fmt::format("take-back:{}", i), place.changes[i], Icon::close, Look::ghost};
        const double width = std::min({ui.px(220), width_of(ui, one), end - x});
        if (button(ui, one, x, y, width)) {
            Place fewer = place;
            fewer.changes.erase(fewer.changes.begin() + std::ptrdiff_t(i));
            wishes.push_back({Wish::Kind::go, fewer, {}, {}});
        }
        x += width + ui.px(4);
    }
}

}  // namespace sipdex::window
