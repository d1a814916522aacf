#include "window/ladder/minimap.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

namespace {
constexpr double least_frame = 18;  // units
}

void Minimap::gather(const Rect& where, const document::Ladder& ladder, const Player& player, std::size_t recording,
                     const TimeAxis& axis, double content) {
    if (gathered_height_ == where.height && gathered_content_ == content && gathered_steps_ == axis.steps()) return;
    gathered_height_ = where.height;
    gathered_content_ = content;
    gathered_steps_ = axis.steps();
    lines_.clear();
    for (std::size_t step = 0; step < axis.steps(); ++step) {
        const auto message = player.steps()[step].messages[recording];
        if (!message) continue;
        const document::Rung& rung = ladder.rungs[*message];
        const double y = std::round(axis.of_step(step) / content * where.height);
        const Line line{y, std::min(rung.from, rung.to), std::max(rung.from, rung.to), rung.status, !rung.arrives};
        if (lines_.empty() || lines_.back().y != y) {
            lines_.push_back(line);
            continue;
        }
        // Messages that share a line: it reaches over all of them, in the colour of the gravest.
        Line& same = lines_.back();
        same.from = std::min(same.from, line.from);
        same.to = std::max(same.to, line.to);
        same.status = std::max(same.status, line.status);
        same.lost = same.lost && line.lost;
        same.shared = true;
    }
}

std::optional<double> Minimap::draw(Ui& ui, const std::string& id, const Rect& where, const document::Ladder& ladder,
                                    const Player& player, std::size_t recording, const TimeAxis& axis, double content,
                                    double top, double view, double now, bool secret) {
    gather(where, ladder, player, recording, axis, content);
    const auto touch = ui.touch(id, where, "part", ui.words().window_minimap());
    ui.ink.fill(where, ui.colour(Role::surface));
    ui.ink.line(where.x, where.y, where.x, where.y + where.height, ui.colour(Role::line), std::max(1.0, ui.px(1)));
    const double inset = ui.px(8), room = where.width - 2 * inset,
                 lanes = std::max<double>(1, double(ladder.parties.size()) - 1);
    const double thick = std::max(1.0, ui.px(1)), reached = now / content * where.height;
    for (const Line& line : lines_) {
        const bool shown = line.y <= reached + 0.5;
        if (secret && !shown) break;
        const double from = where.x + inset + room * double(line.from) / lanes;
        const double to = line.from == line.to ? from + ui.px(3) : where.x + inset + room * double(line.to) / lanes;
        const Role role = line.status ? role_of_class(line.status) : Role::text;
        ui.ink.line(from, where.y + line.y, line.lost ? from + (to - from) * 0.6 : to, where.y + line.y,
                    ui.colour(role, (shown ? 0.8f : 0.3f) * (line.shared ? 0.7f : 1.0f)), thick);
    }
    // However long the exchange, the frame can be seen and taken hold of; it goes from end to end all the same.
    const double high =
        std::clamp(view / content * where.height, std::min(ui.px(least_frame), where.height), where.height);
    const double run = where.height - high, furthest = std::max(1.0, content - view);
    const Rect frame{where.x + thick, where.y + std::clamp(top / furthest, 0.0, 1.0) * run, where.width - thick, high};
    ui.ink.fill(frame, ui.colour(Role::accent, touch.hovered || touch.held ? 0.3f : 0.2f));
    ui.ink.frame(frame, ui.colour(Role::accent), 0, ui.px(2));
    if (!touch.held) return std::nullopt;
    return (ui.mouse_y() - where.y - high / 2) / std::max(1.0, run) * furthest;
}

}  // namespace sipdex::window
