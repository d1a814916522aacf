#include "window/ladder_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr double row_height = 42, wait_height = 26, time_width = 66;    // units
constexpr double lost_at = 0.66;        // of the way
constexpr std::chrono::microseconds long_wait = std::chrono::seconds(1);

double lane_x(const Ui& ui, const document::Ladder& ladder, double x, double width, std::size_t lane) {
    const double left = x + ui.px(time_width), room = width - ui.px(time_width);
    const double share = room / std::max<double>(1, double(ladder.parties.size()));
    return std::round(left + share * (double(lane) + 0.5));
}

void arrow(Ui& ui, double from, double to, double y, ImU32 shade, double weight, double grown, bool lost) {
    const double direction = to > from ? 1 : -1;
    const double reach = from + (to - from) * (lost ? lost_at : 1.0) * grown;
    const double head = ui.px(8);
    const bool arrived = !lost && grown >= 1;
    ui.ink.line(from, y, arrived ? reach - direction * head * 0.7 : reach, y, shade, weight);
    if (lost) {
        const double side = ui.px(15);
        if (grown >= 1) ui.ink.icon(Icon::lost, {reach - side / 2 + direction * ui.px(3), y - side / 2, side, side}, shade);
    } else {
        ui.ink.triangle(reach, y, reach - direction * head, y - head * 0.55, reach - direction * head, y + head * 0.55,
                        shade);
    }
}

}  // namespace

std::string clock_words(std::chrono::microseconds at) {
    return fmt::format("{}.{:03} s", at.count() / 1'000'000, (at.count() / 1000) % 1000);
}

std::vector<double> rows_of(const Ui& ui, const document::Ladder& ladder) {
    std::vector<double> rows;
    double y = ui.px(34);
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        if (i > 0 && ladder.rungs[i].at - ladder.rungs[i - 1].at >= long_wait) y += ui.px(wait_height);
        rows.push_back(y);
        y += ui.px(row_height);
    }
    return rows;
}

double head_height(const Ui& ui) { return ui.px(56); }

double height_of(const Ui& ui, const LadderPicture& picture) {
    return head_height(ui) + (picture.rows.empty() ? ui.px(24) : picture.rows.back() + ui.px(24));
}

void draw_heads(Ui& ui, const document::Ladder& ladder, double x, double y, double width) {
    const double room = (width - ui.px(time_width)) / std::max<double>(1, double(ladder.parties.size())) - ui.px(8);
    for (std::size_t lane = 0; lane < ladder.parties.size(); ++lane) {
        const document::Party& party = ladder.parties[lane];
        const double middle = lane_x(ui, ladder, x, width, lane);
        const auto name = ui.cut(party.name, Type::body, true, room);
        ui.ink.text(name, middle - name.width() / 2, y + ui.px(8), 0, ui.colour(Role::text));
        const auto role = ui.cut(party.role.empty() ? party.address : party.role, Type::caption, false, room);
        ui.ink.text(role, middle - role.width() / 2, y + ui.px(30), 0, ui.colour(Role::secondary));
    }
}

std::optional<std::size_t> draw_rungs(Ui& ui, const std::string& id, const document::Ladder& ladder,
                                      const LadderPicture& picture, double x, double y, double width) {
    std::optional<std::size_t> pressed;
    const double bottom = (picture.rows.empty() ? 0 : picture.rows.back()) + ui.px(24);
    for (std::size_t lane = 0; lane < ladder.parties.size(); ++lane) {
        const double at = lane_x(ui, ladder, x, width, lane);
        ui.ink.line(at, y, at, y + bottom, ui.colour(Role::line), std::max(1.0, ui.px(1)));
    }
    for (std::size_t i = 0; i < ladder.rungs.size() && i < picture.rows.size(); ++i) {
        const document::Rung& rung = ladder.rungs[i];
        const double at = y + picture.rows[i];
        const bool shown = i < picture.shown, current = picture.current == i;
        const Rect band{x, at - ui.px(26), width, ui.px(row_height - 6)};
        if (picture.pressable) {
            const auto touch = ui.touch(fmt::format("{}:{}", id, i), band, "rung", rung.label, true, current);
            if (current) ui.ink.fill(band, ui.colour(Role::accent, 0.13f), ui.px(6));
            if (touch.hovered) ui.ink.fill(band, ui.colour(Role::text, 0.05f), ui.px(6));
            if (touch.pressed) pressed = i;
        }
        if (!ui.ink.visible(band)) continue;
        if (i > 0 && rung.at - ladder.rungs[i - 1].at >= long_wait && shown) {
            // A long wait is shown as a broken time axis: its length in words, not in pixels.
            const double seconds = double((rung.at - ladder.rungs[i - 1].at).count()) / 1e6;
            ui.word(fmt::format("+ {:.1f} s", seconds), Type::caption, false, x + ui.px(8),
                    at - ui.px(row_height - 6) + ui.px(1), ui.colour(Role::secondary, 0.8f));
        }
        const float strength = shown ? 1.0f : 0.22f;
        const Role role = rung.status ? role_of_class(rung.status) : Role::text;
        const ImU32 shade = ui.colour(rung.repeated ? Role::secondary : role, strength);
        const double weight = rung.repeated ? std::max(1.0, ui.px(1)) : current ? ui.px(2.5) : ui.px(1.6);
        double from = lane_x(ui, ladder, x, width, rung.from), to = lane_x(ui, ladder, x, width, rung.to);
        if (shown) ui.word(clock_words(rung.at), Type::caption, false, x + ui.px(8), at, ui.colour(Role::secondary));
        if (rung.from == rung.to) {
            const double out = from + ui.px(28);
            ui.ink.line(from, at - ui.px(8), out, at - ui.px(8), shade, weight);
            ui.ink.line(out, at - ui.px(8), out, at, shade, weight);
            arrow(ui, out, from, at, shade, weight, 1, false);
            to = out + ui.px(80);
        } else {
            arrow(ui, from, to, at, shade, weight, current ? picture.grown : 1, !rung.arrives);
        }
        double side = 0;
        const double most = std::max(ui.px(90), std::abs(to - from) * 1.25 - ui.px(20));
        const auto label = ui.cut(rung.label, Type::caption, !rung.repeated, most);
        if (rung.status) side = ui.px(11);
        const double whole = label.width() + (side > 0 ? side + ui.px(5) : 0);
        const double end = rung.arrives ? to : from + (to - from) * lost_at;     // of what is seen of the arrow
        const double left = (from + end) / 2 - whole / 2, middle = at - ui.px(14);
        ui.ink.fill({left - ui.px(3), middle - label.height() / 2, whole + ui.px(6), label.height()},
                    ui.colour(Role::background, picture.pressable && current ? 0 : 1));
        if (side > 0)
            ui.ink.icon(icon_of_class(rung.status), {left, std::round(middle - side / 2), side, side}, shade);
        ui.ink.text(label, left + whole - label.width(), middle - label.height() / 2, 0,
                    ui.colour(rung.repeated ? Role::secondary : Role::text, strength));
    }
    return pressed;
}

document::Ladder ladder_of(const simulator::Recording& recording, const std::vector<std::string>& roles) {
    document::Ladder ladder;
    for (std::size_t i = 0; i < recording.actors.size(); ++i) {
        const auto& actor = recording.actors[i];
        ladder.parties.push_back({actor.name, i < roles.size() ? roles[i] : std::string(), actor.address});
    }
    for (const auto& sent : recording.messages)
        ladder.rungs.push_back({sent.from, sent.to, sip::label_of(sent.message), sent.message.status, sent.sent,
                                sent.received, sent.retransmission});
    return ladder;
}

}  // namespace sipdex::window
