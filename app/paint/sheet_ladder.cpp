#include "paint/sheet_ladder.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "paint/ladder_layout.h"

namespace sipdex::paint {

namespace {

using document::Rung;
using typeset::Lines;

void set_colour(cairo_t* to, Colour colour) {
    cairo_set_source_rgb(to, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

// What one rung looks like, from the top left corner of its strip.
struct Arrow {
    std::vector<double> lifelines;
    double height = 0, line_y = 0;
    double from = 0, to = 0;
    bool lost = false, repeated = false, strong = false;
    Colour lifeline, colour;

    void draw(cairo_t* cairo, double x, double y) const {
        cairo_save(cairo);
        cairo_set_line_width(cairo, 0.6);
        set_colour(cairo, lifeline);
        for (const double at : lifelines) {
            cairo_move_to(cairo, x + at, y);
            cairo_line_to(cairo, x + at, y + height);
        }
        cairo_stroke(cairo);
        set_colour(cairo, colour);
        cairo_translate(cairo, x, y + line_y);
        if (from == to) {
            cairo_arc(cairo, from, -0.5, 2, 0, 6.2832);
            cairo_fill(cairo);
        } else {
            arrow(cairo);
        }
        cairo_restore(cairo);
    }

private:
    void arrow(cairo_t* cairo) const {
        const double way = to < from ? -1 : 1, end = lost ? from + (to - from) * 0.8 : to;
        const double dashes[] = {3, 2};
        cairo_set_line_width(cairo, strong ? 1.8 : repeated ? 0.6 : 1);
        if (repeated) cairo_set_dash(cairo, dashes, 2, 0);
        cairo_move_to(cairo, from, 0);
        cairo_line_to(cairo, end, 0);
        cairo_stroke(cairo);
        cairo_set_dash(cairo, nullptr, 0, 0);
        cairo_set_line_width(cairo, 1);
        if (lost) {  // broken off with a cross
            cairo_move_to(cairo, end - 3, -3);
            cairo_line_to(cairo, end + 3, 3);
            cairo_move_to(cairo, end - 3, 3);
            cairo_line_to(cairo, end + 3, -3);
            cairo_stroke(cairo);
        } else {
            cairo_move_to(cairo, end, 0);
            const double head = strong ? 1.4 : 1;
            cairo_line_to(cairo, end - 5 * way * head, -2.5 * head);
            cairo_line_to(cairo, end - 5 * way * head, 2.5 * head);
            cairo_close_path(cairo);
            cairo_fill(cairo);
        }
    }
};

class LadderArranger {
public:
    LadderArranger(const PaintWords& words, const Typography& type, const std::string& language,
                   typeset::Typesetter& typesetter)
        : words_(words), type_(type), language_(language), typesetter_(typesetter) {}

    void arrange(const document::Ladder& ladder, Arranged& to) {
        for (const Rung& rung : ladder.rungs) {
            times_ = std::max(times_, set(time_of(words_, rung), 0.78, false, 0).width());
            if (rung.number > 0) numbers_ = std::max(numbers_, number_of(rung).width());
        }
        if (numbers_ > 0) numbers_ += 8;
        times_ += 8 + numbers_;
        LadderMeasure measure;
        measure.head = [&](const std::string& name) { return set(name, 0.95, true, 0).width(); };
        // One label that is far too long must not push all lifelines together; it is cut.
        measure.label = [&](const std::string& label) {
            return std::min(label_lines(label, 0).width(), type_.width * 0.45);
        };
        measure.around_label = 18;
        measure.around_head = 10;
        measure.least_gap = std::min(150.0, type_.width / 3);
        measure.most_width = type_.width - times_;
        layout_ = laid_out(ladder, measure);

        Strip heads;
        heads.before = type_.density.body * 0.5;
        heads.tag = "Figure";
        heads.keeps_next = heads.in_margin = true;
        for (std::size_t i = 0; i < ladder.parties.size(); ++i) {
            // A name that is longer than the room of its lifeline is cut; one at the edge moves in.
            const Lines natural = set(ladder.parties[i].name, 0.95, true, 0);
            const double room = std::max(20.0, room_of(i));
            Part name = part(natural.width() > room ? set(ladder.parties[i].name, 0.95, true, room) : natural,
                             document::plain(ladder.parties[i].name));
            const double wide = name.lines.width(), middle = times_ + layout_.columns[i];
            name.x = std::clamp(middle - wide / 2, 0.0, std::max(0.0, type_.width - wide));
            heads.height = std::max(heads.height, name.lines.height());
            heads.parts.push_back(std::move(name));
        }
        to.heads.push_back(heads);
        to.strips.push_back(std::move(heads));
        for (const Rung& rung : ladder.rungs) {
            if (!layout_.has(rung)) continue;
            const int head = static_cast<int>(to.heads.size()) - 1;
            if (!rung.left_out.empty()) to.strips.push_back(gap_of(rung, head));
            to.strips.push_back(strip_of(rung, head));
        }
    }

private:
    // Between the middles of the gaps beside a lifeline.
    double room_of(std::size_t i) const {
        const auto& at = layout_.columns;
        if (at.size() < 2) return type_.width - times_;
        double least = type_.width;
        if (i > 0) least = std::min(least, at[i] - at[i - 1]);
        if (i + 1 < at.size()) least = std::min(least, at[i + 1] - at[i]);
        return least - 6;
    }

    Lines set(const std::string& words, double size, bool bold, double width) {
        typeset::Style style;
        style.size = std::max(smallest_type, type_.density.body * size);
        style.bold = bold;
        style.line_height = 1.25;
        style.most_lines = 1;
        return typesetter_.set(words, style, width, language_);
    }

    Lines label_lines(const std::string& label, double width) {
        typeset::Style style;
        style.face = typeset::Face::wire;
        style.size = std::max(smallest_type, type_.density.body * 0.84);
        style.line_height = 1.2;
        style.most_lines = 1;
        return typesetter_.set(label, style, width, "en");
    }

    Lines number_of(const Rung& rung) { return set(std::to_string(rung.number), 0.84, rung.proves, 0); }

    // Where messages are left out the lifelines are broken, and words between them say how many.
    Strip gap_of(const Rung& rung, int head) {
        Part words = part(set(rung.left_out, 0.84, false, type_.width - times_), document::plain(rung.left_out));
        words.colour = type_.theme->secondary;
        const auto& at = layout_.columns;
        const double middle = times_ + (at.size() > 1 ? (at[0] + at[1]) / 2 : at.front() + words.lines.width());
        words.x =
            std::clamp(middle - words.lines.width() / 2, times_, std::max(times_, type_.width - words.lines.width()));
        words.y = 2;
        Strip strip;
        strip.height = words.lines.height() + 4;
        strip.tag = "Figure";
        strip.head = head;
        const Column clear{words.x - 3, words.lines.width() + 6};
        strip.parts.push_back(std::move(words));
        strip.drawing = [colour = type_.theme->line, columns = at, times = times_, height = strip.height, clear](
                            cairo_t* cairo, double x, double y) {
            const double dots[] = {1.2, 2.4};
            cairo_save(cairo);
            cairo_set_line_width(cairo, 0.6);
            cairo_set_dash(cairo, dots, 2, 0);
            set_colour(cairo, colour);
            for (const double column : columns) {
                if (const double line = times + column; line < clear.x || line > clear.x + clear.width) {
                    cairo_move_to(cairo, x + line, y);
                    cairo_line_to(cairo, x + line, y + height);
                }
            }
            cairo_stroke(cairo);
            cairo_restore(cairo);
        };
        return strip;
    }

    Part part(Lines lines, document::Text text) const {
        Part result;
        result.lines = std::move(lines);
        result.text = std::move(text);
        result.colour = type_.theme->text;
        result.last = result.lines.count();
        return result;
    }

    Strip strip_of(const Rung& rung, int head) {
        const double from = layout_.columns[rung.from], to = layout_.columns[rung.to];
        const std::string remark =
            joined_by_dots({rung.repeated ? words_.repeated : "", rung.arrives ? "" : words_.lost});
        const double beside = type_.width - times_ - from - 8;
        const double room =
            std::max(20.0, from == to ? std::min(layout_.length_of(rung) - 14, beside) : layout_.length_of(rung) - 14);
        std::string label = joined_by_dots({label_of(rung), remark});
        if (label_lines(label, 0).width() * least_of_label > room)
            label = joined_by_dots({short_label_of(rung), remark});
        const Lines natural = label_lines(label, 0);
        Part words = part(natural.width() > room ? label_lines(label, room) : natural, document::plain(label));
        words.colour = type_.theme->of_class(rung.status);
        words.x = times_ + (from == to ? from + 6 : (from + to) / 2 - words.lines.width() / 2);
        // Baselines stand at one height, whatever font a shape comes from.
        const double label_height = type_.density.body * 1.05;
        words.y = 2 + type_.density.body * 0.84 - words.lines.baseline();

        Part time = part(set(time_of(words_, rung), 0.78, false, 0), document::plain(time_of(words_, rung)));
        time.colour = type_.theme->secondary;
        time.x = numbers_;
        Arrow arrow;
        for (const double at : layout_.columns) arrow.lifelines.push_back(times_ + at);
        arrow.line_y = from == to ? 2 + label_height / 2 : 2 + label_height + 2;
        arrow.height = 2 + label_height + 6;
        arrow.from = times_ + from;
        arrow.to = times_ + to;
        arrow.lost = !rung.arrives;
        arrow.repeated = rung.repeated;
        arrow.strong = rung.proves || rung.differs;
        arrow.lifeline = type_.theme->line;
        arrow.colour = type_.theme->of_class(rung.status);
        time.y = arrow.line_y - time.lines.baseline() + type_.density.body * 0.28;

        Strip strip;
        strip.height = arrow.height;
        strip.tag = "Figure";
        strip.head = head;
        if (rung.number > 0) {
            Part number = part(number_of(rung), document::plain(std::to_string(rung.number)));
            number.x = numbers_ - 8 - number.lines.width();
            number.y = arrow.line_y - number.lines.baseline() + type_.density.body * 0.28;
            strip.parts.push_back(std::move(number));
        }
        strip.parts.push_back(std::move(time));
        strip.parts.push_back(std::move(words));
        // A ladder runs from the left in every language, and so does the band behind what matters.
        const double band = arrow.strong ? std::min(type_.width, times_ + layout_.width + 6) : 0;
        strip.drawing = [arrow, band, surface = type_.theme->surface](cairo_t* cairo, double x, double y) {
            if (band > 0) {
                set_colour(cairo, surface);
                cairo_rectangle(cairo, x, y, band, arrow.height);
                cairo_fill(cairo);
            }
            arrow.draw(cairo, x, y);
        };
        return strip;
    }

    const PaintWords& words_;
    const Typography& type_;
    const std::string& language_;
    typeset::Typesetter& typesetter_;
    LadderLayout layout_;
    double numbers_ = 0, times_ = 0;
};

}  // namespace

void arrange_ladder(const document::Ladder& ladder, const PaintWords& words, const Typography& type,
                    const std::string& language, typeset::Typesetter& typesetter, Arranged& to) {
    if (!ladder.parties.empty()) LadderArranger(words, type, language, typesetter).arrange(ladder, to);
}

}  // namespace sipdex::paint
