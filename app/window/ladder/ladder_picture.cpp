#include "window/ladder/ladder_picture.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "window/kit/widgets.h"
#include "window/ladder/time_axis.h"

namespace sipdex::window {

namespace {

constexpr double time_width = 70, least_column = 92, above_first = 34, below_last = 24;  // units
constexpr double lost_at = 0.66;                                                         // of the way

typeset::Lines in_two_lines(const Ui& ui, std::string_view words, Type type, bool bold, double width) {
    const auto whole = ui.set(words, type, bold);
    if (whole.width() <= width) return whole;
    typeset::Style style = ui.style(type, bold);
    style.most_lines = 2;
    style.align = typeset::Align::centre;
    return ui.ink.set(words, style, std::max(1.0, std::floor(width)), ui.language());
}

// "192.168.1.210:5060" as "192.168.1.210" or "…1.210": of an address the end tells it from its neighbours. Nothing for a name.
std::vector<std::string> shorter_addresses(const std::string& name) {
    if (name.find_first_not_of("0123456789.:") != std::string::npos) return {};
    const std::string host = name.substr(0, name.find(':'));
    const std::size_t last = host.rfind('.'),
                      before = last == std::string::npos || last == 0 ? last : host.rfind('.', last - 1);
    if (before == std::string::npos) return {host};
    return {host, "…" + host.substr(before + 1), "…" + host.substr(last)};
}

// "example.com", "example"; "bob@mobile", "@mobile": what tells a party from its neighbours stays.
typeset::Lines name_in(const Ui& ui, const std::string& name, double width) {
    const auto whole = ui.set(name, Type::body, true);
    if (whole.width() <= width) return whole;
    for (const std::string& shorter : shorter_addresses(name))
        if (auto lines = ui.set(shorter, Type::body, true); lines.width() <= width) return lines;
    const std::size_t at = name.find('@'), space = name.find(' '), dot = name.find('.');
    if (space != std::string::npos && at == std::string::npos) {  // words part where words part
        bool fits = true;
        for (std::size_t begin = 0; begin < name.size();) {
            const std::size_t end = std::min(name.find(' ', begin), name.size());
            fits = fits && ui.set(name.substr(begin, end - begin), Type::body, true).width() <= width;
            begin = end + 1;
        }
        if (fits) return in_two_lines(ui, name, Type::body, true, width);
    }
    for (const std::string& shorter : {at == std::string::npos ? std::string() : name.substr(at),
                                       at == std::string::npos ? std::string() : name.substr(at + 1),
                                       dot == std::string::npos || dot == 0 ? std::string() : name.substr(0, dot)})
        if (!shorter.empty())
            if (auto lines = ui.set(shorter, Type::body, true); lines.width() <= width) return lines;
    return ui.cut(name, Type::body, true, width);
}

struct Head {
    typeset::Lines name, role;
};

Head head_of(const Ui& ui, const document::Party& party, double room) {
    return {name_in(ui, party.name, room),
            in_two_lines(ui, party.role.empty() ? party.address : party.role, Type::caption, false, room)};
}

// `x` and `y` move from where the arrow leaves to where it arrives, or is lost.
void arrow(Ui& ui, double from, double to, const RungLook& look, ImU32 shade, double weight, bool lost) {
    const double direction = to > from ? 1 : -1, part = (lost ? lost_at : 1.0) * look.grown;
    const double reach = from + (to - from) * part, level = look.y + (look.arrives - look.y) * part;
    const double slope = to == from ? 0 : (look.arrives - look.y) / (to - from);
    const double head = ui.px(8);
    const bool arrived = !lost && look.grown >= 1;
    const double end = arrived ? reach - direction * head * 0.7 : reach;
    ui.ink.line(from, look.y, end, look.y + slope * (end - from), shade, weight);
    if (lost) {
        const double side = ui.px(15);
        if (look.grown >= 1)
            ui.ink.icon(Icon::lost, {reach - side / 2 + direction * ui.px(3), level - side / 2, side, side}, shade);
    } else {
        const double back = reach - direction * head, at_back = level - slope * direction * head;
        ui.ink.triangle(reach, level, back, at_back - head * 0.55, back, at_back + head * 0.55, shade);
    }
}

// The label stands above the arrow's middle. One that is longer than the arrow reaches over its ends.
void label(Ui& ui, const document::Rung& rung, const LadderColumns& columns, const RungLook& look, double from,
           double to, ImU32 shade) {
    const double left_end = columns.x + columns.numbers + columns.times,
                 right_end = columns.x + columns.width - ui.px(2);
    const double side = rung.status ? ui.px(11) : 0, gap = side > 0 ? ui.px(5) : 0;
    const auto words = ui.cut(ui.wire(rung.label), Type::caption, !rung.repeated,
                              std::max(ui.px(40), right_end - left_end - side - gap));
    const double whole = words.width() + side + gap;
    const double end = rung.arrives ? to : from + (to - from) * lost_at;  // of what is seen of the arrow
    const double left = std::clamp((from + end) / 2 - whole / 2, left_end, std::max(left_end, right_end - whole));
    const double share = to == from ? 0 : (left + whole / 2 - from) / (to - from);
    const double middle = look.y + (look.arrives - look.y) * std::clamp(share, 0.0, 1.0) - ui.px(look.dense ? 10 : 14);
    const double cover = look.dense ? ui.px(13) : words.height();
    if (!look.on_wash)
        ui.ink.fill({left - ui.px(3), middle - cover / 2, whole + ui.px(6), cover}, ui.colour(Role::background));
    if (side > 0) ui.ink.icon(icon_of_class(rung.status), {left, std::round(middle - side / 2), side, side}, shade);
    ui.ink.text(words, left + side + gap, middle - words.height() / 2, 0,
                ui.colour(rung.repeated ? Role::secondary : Role::text, look.strength));
}

// As wide as the highest, which is the last.
double numbers_width(const Ui& ui, const document::Ladder& ladder) {
    if (ladder.rungs.empty() || ladder.rungs.back().number == 0) return 0;
    return std::round(ui.set(std::to_string(ladder.rungs.back().number), Type::caption, true).width()) + ui.px(10);
}

double lanes_at(const std::vector<double>& lanes, std::size_t party) { return party < lanes.size() ? lanes[party] : 0; }

}  // namespace

std::string clock_words(const Ui& ui, std::chrono::microseconds at) {
    return ui.words().seconds_since_start(double(at.count()) / 1e6);
}

std::string clock_words(const Ui& ui, const document::Rung& rung) {
    return rung.untimed ? std::string() : clock_words(ui, rung.at);
}

std::string wait_words(const Ui& ui, std::chrono::microseconds lasts) {
    return ui.words().window_wait(double(lasts.count()) / 1e6);
}

std::vector<double> gaps_of(const Ui& ui, const document::Ladder& ladder) {
    std::vector<double> gaps(ladder.parties.empty() ? 0 : ladder.parties.size() - 1, ui.px(least_column));
    std::set<std::pair<std::size_t, std::string_view>> measured;
    for (const document::Rung& rung : ladder.rungs) {
        const auto [from, to] = std::minmax(rung.from, rung.to);
        if (to != from + 1 || !measured.emplace(from, rung.label).second) continue;
        const double sign = rung.status ? ui.px(16) : 0;
        gaps[from] = std::max(gaps[from], ui.set(rung.label, Type::caption, true).width() + sign + ui.px(28));
    }
    return gaps;
}

LadderColumns columns_of(const Ui& ui, const document::Ladder& ladder, double x, double width,
                         const std::vector<double>& lanes, const std::vector<double>& gaps) {
    LadderColumns columns;
    columns.x = x;
    columns.width = width;
    columns.numbers = numbers_width(ui, ladder);
    columns.times = ui.px(time_width);
    const std::size_t count = ladder.parties.size();
    if (count == 0) return columns;
    double room = width - columns.numbers - columns.times,
           wanted = ui.px(least_column);  // half of a column at either end
    for (std::size_t i = 0; i < count; ++i) room -= lanes_at(lanes, i);
    // Where there is less room than the labels want, wide gaps give theirs up before names do.
    const double least = ui.px(least_column) * double(count);
    for (std::size_t i = 0; i + 1 < count; ++i) wanted += i < gaps.size() ? gaps[i] : ui.px(least_column);
    const double given = wanted > least ? std::clamp((room - least) / (wanted - least), 0.0, 1.0) : 0;
    const double less = std::min(1.0, room / least), more = std::max(0.0, room - wanted) / double(count);
    const auto gap = [&](std::size_t i) {
        return ui.px(least_column) + (i < gaps.size() ? (gaps[i] - ui.px(least_column)) * given : 0);
    };
    const double end = (ui.px(least_column) * less + more) / 2;
    double pen = x + columns.numbers + columns.times + end;
    for (std::size_t i = 0; i < count; ++i) {
        const double before = i == 0 ? 2 * end : gap(i - 1) * less + more;
        const double after = i + 1 == count ? 2 * end : gap(i) * less + more;
        columns.lines.push_back(std::round(pen));
        columns.before.push_back(0);
        columns.after.push_back(lanes_at(lanes, i));
        columns.rooms.push_back(std::min(before, after) - ui.px(8));
        pen += after + lanes_at(lanes, i);
    }
    return columns;
}

double least_width(const Ui& ui, const document::Ladder& ladder, const std::vector<double>& lanes) {
    double width = numbers_width(ui, ladder) + ui.px(time_width) + ui.px(least_column) * double(ladder.parties.size());
    for (std::size_t i = 0; i < ladder.parties.size(); ++i) width += lanes_at(lanes, i);
    return width;
}

double head_height(const Ui& ui, const document::Ladder& ladder, const LadderColumns& columns) {
    double height = 0;
    for (std::size_t i = 0; i < ladder.parties.size(); ++i) {
        const Head head = head_of(ui, ladder.parties[i], columns.rooms[i] + columns.after[i]);
        height = std::max(height, head.name.height() + head.role.height());
    }
    return std::round(height + ui.px(15));
}

void draw_heads(Ui& ui, const document::Ladder& ladder, const LadderColumns& columns, double y) {
    for (std::size_t i = 0; i < ladder.parties.size(); ++i) {
        const double room = columns.rooms[i] + columns.after[i];
        const Head head = head_of(ui, ladder.parties[i], room);
        const double middle = columns.lines[i] + columns.after[i] / 2;
        const auto put = [&](const typeset::Lines& lines, double top, Role role) {
            // Two lines were set in the whole room, and stand in its middle.
            const double box = lines.count() > 1 ? std::floor(room) : 0;
            ui.ink.text(lines, middle - (box > 0 ? box : lines.width()) / 2, top, box, ui.colour(role));
        };
        put(head.name, y + ui.px(7), Role::text);
        put(head.role, y + ui.px(7) + head.name.height(), Role::secondary);
    }
}

void draw_lines(Ui& ui, const LadderColumns& columns, double top, double bottom) {
    for (const double line : columns.lines)
        ui.ink.line(line, top, line, bottom, ui.colour(Role::line), std::max(1.0, ui.px(1)));
}

void draw_rung(Ui& ui, const document::Rung& rung, const LadderColumns& columns, const RungLook& look) {
    const Role role = rung.status ? role_of_class(rung.status) : Role::text;
    const ImU32 shade = ui.colour(rung.repeated ? Role::secondary : role, look.strength);
    const double weight = rung.repeated ? std::max(1.0, ui.px(1)) : look.current ? ui.px(2.5) : ui.px(1.6);
    const bool rightwards = columns.lines[rung.to] >= columns.lines[rung.from];
    double from = columns.lines[rung.from] + (rightwards ? columns.after[rung.from] : -columns.before[rung.from]);
    double to = columns.lines[rung.to] + (rightwards ? -columns.before[rung.to] : columns.after[rung.to]);
    if (rung.from == rung.to) {
        RungLook back = look;
        back.arrives = back.y;
        const double out = from + ui.px(28);
        ui.ink.line(from, look.y - ui.px(8), out, look.y - ui.px(8), shade, weight);
        ui.ink.line(out, look.y - ui.px(8), out, look.y, shade, weight);
        arrow(ui, out, from, back, shade, weight, false);
        to = out + ui.px(80);
        if (look.labelled) label(ui, rung, columns, back, from, to, shade);
        return;
    }
    arrow(ui, from, to, look, shade, weight, !rung.arrives);
    if (look.labelled) label(ui, rung, columns, look, from, to, shade);
}

void draw_number(Ui& ui, const document::Rung& rung, const LadderColumns& columns, double y) {
    if (rung.number == 0) return;
    const auto words = ui.set(std::to_string(rung.number), Type::caption, true);
    ui.ink.text(words, columns.x + columns.numbers - words.width(), y - words.height() / 2, 0, ui.colour(Role::text));
}

void draw_time(Ui& ui, std::string_view words, const LadderColumns& columns, double y, float strength) {
    ui.word(words, Type::caption, false, columns.x + columns.numbers + ui.px(8), y,
            ui.colour(Role::secondary, strength));
}

namespace {

TimeAxis page_axis(const Ui& ui, const document::Ladder& ladder) {
    std::vector<Time> times;
    for (const document::Rung& rung : ladder.rungs) times.push_back(rung.at);
    return TimeAxis(times, times.empty() ? Time{} : times.back(),
                    {false, ui.px(above_first), ui.px(rung_row), ui.px(26), 0});
}

}  // namespace

double page_ladder_height(const Ui& ui, const document::Ladder& ladder, double width) {
    const LadderColumns columns = columns_of(ui, ladder, 0, width, {}, gaps_of(ui, ladder));
    return head_height(ui, ladder, columns) + page_axis(ui, ladder).end() + ui.px(below_last);
}

void draw_page_ladder(Ui& ui, const document::Ladder& ladder, double x, double y, double width) {
    const LadderColumns columns = columns_of(ui, ladder, x, width, {}, gaps_of(ui, ladder));
    draw_heads(ui, ladder, columns, y);
    const TimeAxis axis = page_axis(ui, ladder);
    const double top = y + head_height(ui, ladder, columns);
    draw_lines(ui, columns, top, top + axis.end() + ui.px(below_last));
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        const double at = top + axis.of_step(i);
        if (!ui.ink.visible({x, at - ui.px(26), width, ui.px(rung_row)})) continue;
        draw_number(ui, ladder.rungs[i], columns, at);
        draw_time(ui, clock_words(ui, ladder.rungs[i]), columns, at);
        if (i > 0 && ladder.rungs[i].at - ladder.rungs[i - 1].at >= long_wait)
            // A long wait is shown as a broken time axis: its length in words, not in pixels.
            draw_time(ui, wait_words(ui, ladder.rungs[i].at - ladder.rungs[i - 1].at), columns, at - ui.px(35), 0.8f);
        RungLook look;
        look.y = look.arrives = at;
        draw_rung(ui, ladder.rungs[i], columns, look);
    }
}

}  // namespace sipdex::window
