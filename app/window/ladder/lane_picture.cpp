#include "window/ladder/lane_picture.h"

#include <algorithm>
#include <cmath>

#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

double slot_width(const Ui& ui, const LaneSlot& slot, bool wide) {
    if (slot.timers) {
        const double name = ui.set(slot.longest, Type::caption).width() + ui.px(9);
        return std::round(wide ? std::max(name, ui.px(64)) : name);
    }
    return std::round(wide ? ui.set(slot.longest, Type::wire).width() + ui.px(16) : ui.px(13));
}

float wash_of(const std::string& state) {
    if (state == "Calling" || state == "Trying") return 0.34f;
    if (state == "Proceeding") return 0.24f;
    return 0.12f;  // the final response is there; only stragglers are waited for
}

void draw_state(Ui& ui, const LaneBar& bar, const Rect& box, bool named, float strength) {
    ui.ink.fill(box, ui.colour(Role::text, wash_of(bar.name) * strength), bar.first ? ui.px(2) : 0);
    ui.ink.frame(box, ui.colour(Role::secondary, 0.8f * strength), bar.first ? ui.px(2) : 0, std::max(1.0, ui.px(1)));
    if (named && box.height >= ui.px(16))
        ui.word(bar.name, Type::wire, false, box.x + ui.px(5), box.y + ui.px(9), ui.colour(Role::text, strength),
                box.width - ui.px(6));
}

// A bracket: closed with a disc where the timer fired, with a bar where it was stopped, open where it still runs.
void draw_timer(Ui& ui, const LaneBar& bar, const Rect& box, const std::string& words, bool ended, float strength) {
    const ImU32 shade = ui.colour(Role::text, 0.85f * strength);
    const double thick = std::max(1.0, ui.px(1.2)), tick = ui.px(5), end = box.y + box.height;
    ui.ink.line(box.x, box.y, box.x, end, shade, thick);
    ui.ink.line(box.x, box.y, box.x + tick, box.y, shade, thick);
    if (ended && bar.end == LaneBar::End::fired) {
        const double disc = ui.px(3);
        ui.ink.fill({box.x - disc, end - 2 * disc, 2 * disc, 2 * disc}, shade, disc);
    } else if (ended && bar.end == LaneBar::End::stopped) {
        ui.ink.line(box.x - tick / 2, end, box.x + tick / 2, end, shade, thick * 1.6);
    }
    if (box.height >= ui.px(14))
        ui.word(words, Type::caption, false, box.x + ui.px(4), box.y + ui.px(9), ui.colour(Role::text, strength));
}

}  // namespace

std::string machine_words(const Ui& ui, std::string machine) {
    std::replace_if(
        machine.begin(), machine.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    return ui.words().window_machine(machine);
}

std::vector<double> LanePicture::measured(const Ui& ui, bool wide) const {
    std::vector<double> widths;
    for (const PartyLanes& party : lanes_) {
        double width = party.slots.empty() ? 0 : ui.px(6);
        for (const LaneSlot& slot : party.slots) width += slot_width(ui, slot, wide);
        widths.push_back(width);
    }
    return widths;
}

void LanePicture::choose(const Ui& ui, const document::Ladder& ladder, double room, bool shown) {
    widths_.clear();
    if (!shown) return;
    widths_ = measured(ui, true);
    wide_ = least_width(ui, ladder, widths_) <= room;
    if (!wide_) widths_ = measured(ui, false);
}

std::optional<LanePicture::Hint> LanePicture::draw(Ui& ui, const Moment& moment) const {
    std::optional<Hint> hint;
    for (std::size_t party = 0; party < lanes_.size(); ++party) {
        double x = moment.columns.lines[party] + ui.px(4);
        for (const LaneSlot& one : lanes_[party].slots) {
            const double width = slot_width(ui, one, wide_);
            if (auto said = slot(ui, moment, party, one, x, width)) hint = std::move(said);
            x += width;
        }
    }
    return hint;
}

std::optional<LanePicture::Hint> LanePicture::slot(Ui& ui, const Moment& moment, std::size_t party,
                                                   const LaneSlot& slot, double x, double width) const {
    const TimeAxis& axis = moment.axis;
    std::optional<Hint> hint;
    const double above = moment.view.y - moment.top, below = above + moment.view.height;
    auto bar = std::partition_point(slot.bars.begin(), slot.bars.end(),
                                    [&](const LaneBar& one) { return axis.of(one.to) < above; });
    for (; bar != slot.bars.end(); ++bar) {
        const double from = axis.of(bar->from), to = axis.of(bar->to);
        if (from > below) break;
        if (to <= from) continue;
        const bool begun = from <= moment.now, ended = to <= moment.now;
        if (moment.secret && !begun) break;
        const double until = moment.secret ? std::min(to, std::max(moment.now, from)) : to;
        const float strength = begun ? 1.0f : 0.25f;
        if (slot.timers) {
            const std::string words =
                wide_ ? ui.words().window_timer_lasts(bar->name, double(bar->lasts.count()) / 1e6) : bar->name;
            const double gap = until - from > ui.px(6) ? ui.px(1) : 0;
            draw_timer(ui, *bar, {x + ui.px(4), moment.top + from + gap, width - ui.px(4), until - from - 2 * gap},
                       words, ended, strength);
        } else {
            draw_state(ui, *bar, {x, moment.top + from, width - ui.px(3), until - from}, wide_, strength);
        }
        const Rect box{x, moment.top + from, width, until - from};
        if (!ui.hovering(box)) continue;
        const Rect seen{x, std::clamp(ui.mouse_y() - ui.px(8), box.y, box.y + box.height), width, ui.px(16)};
        const std::string& who = moment.ladder.parties[party].name;
        if (!slot.timers)
            hint = Hint{seen, marked_words(ui.words().window_state_hint(who, machine_words(ui, bar->machine), bar->name,
                                                                        bar->section))};
        else
            hint = Hint{seen, marked_words(ui.words().window_timer_hint(
                                  who, bar->name, double(bar->lasts.count()) / 1e6, bar->section))};
    }
    return hint;
}

}  // namespace sipdex::window
