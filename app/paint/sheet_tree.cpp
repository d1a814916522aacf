#include "paint/sheet_tree.h"

#include <cairo.h>

#include <algorithm>
#include <iterator>

namespace sipdex::paint {

namespace {

using namespace document;

// What is drawn of a strip beside its words, from the edge at which lines start.
struct Strokes {
    struct Line {
        double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        bool arrow = false;  // at its end, which lies to the right
    };
    std::vector<Line> lines;
    std::vector<typeset::Rect> boxes;  // behind questions
    double rule_from = -1;             // a hairline above the strip from here on; none below 0
    double width = 0;                  // of the content
    bool mirrored = false;
    Colour line, box, faint;

    void draw(cairo_t* cairo, double x, double y) const {
        cairo_save(cairo);
        if (mirrored) {
            cairo_translate(cairo, x + width, y);
            cairo_scale(cairo, -1, 1);
        } else {
            cairo_translate(cairo, x, y);
        }
        set(cairo, box);
        for (const typeset::Rect& each : boxes) cairo_rectangle(cairo, each.x, each.y, each.width, each.height);
        cairo_fill(cairo);
        if (rule_from >= 0) {
            set(cairo, faint);
            cairo_rectangle(cairo, rule_from, -0.25, width - rule_from, 0.5);
            cairo_fill(cairo);
        }
        set(cairo, line);
        cairo_set_line_width(cairo, 0.8);
        for (const Line& each : lines) stroke(cairo, each);
        cairo_restore(cairo);
    }

private:
    static void set(cairo_t* cairo, Colour colour) {
        cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
    }
    static void stroke(cairo_t* cairo, const Line& line) {
        cairo_move_to(cairo, line.x1, line.y1);
        cairo_line_to(cairo, line.x2, line.y2);
        cairo_stroke(cairo);
        if (!line.arrow) return;
        cairo_move_to(cairo, line.x2, line.y2);
        cairo_line_to(cairo, line.x2 - 4, line.y2 - 2.2);
        cairo_line_to(cairo, line.x2 - 4, line.y2 + 2.2);
        cairo_close_path(cairo);
        cairo_fill(cairo);
    }
};

// "503 Service Unavailable" stands on one line.
std::string unbroken(const std::string& words) {
    std::string all;
    for (const char each : words) all += each == ' ' ? std::string("\u00a0") : std::string(1, each);
    return all;
}

class TreeArranger {
public:
    TreeArranger(const Setting& setting, const Tree& tree)
        : setting_(setting), tree_(tree), em_(setting.type.density.body) {
        measure(0, 0);
        const double width = setting.type.width,
                     levels = static_cast<double>(std::max<std::size_t>(1, answers_.size()));
        question_ = std::min(0.16, 0.22 / levels) * width;
        // Answers take the room that they need: outcomes have most to say.
        for (double& answer : answers_) answer = std::clamp(answer + 1, em_ * 4, std::min(0.18, 0.2 / levels) * width);
        x_ = {0};
        for (const double answer : answers_) x_.push_back(x_.back() + question_ + answer + 2 * gap_);
    }

    std::vector<Strip> strips() {
        node(0, 0);
        finish();
        return std::move(strips_);
    }

private:
    static constexpr auto nobody = static_cast<std::size_t>(-1);

    // How long the longest answer to a question of each level is.
    void measure(std::size_t at, std::size_t level) {
        const Tree::Node& node = tree_.nodes[at];
        if (node.answers.empty()) return;
        if (answers_.size() <= level) answers_.push_back(0);
        for (const Tree::Answer& answer : node.answers) {
            if (answer.again) continue;
            answers_[level] = std::max(answers_[level], setting_.part(setting_.shown(answer.text), {}).lines.width());
            measure(answer.to, level + 1);
        }
    }

    void node(std::size_t at, std::size_t level) {
        const Tree::Node& node = tree_.nodes[at];
        if (node.answers.empty()) return outcome(node, x_[level]);
        const double x = x_[level], trunk = x + question_ + gap_ * 0.45, answers = x + question_ + gap_;
        const std::size_t mine = question(node, x);
        strokes_.lines.push_back({x + question_, middle_, trunk, middle_});
        if (node.answers.size() > 1) trunks_.push_back(trunk);
        for (const Tree::Answer& answer : node.answers) {
            if (&answer != &node.answers.front()) {
                finish();
                if (&answer == &node.answers.back()) trunks_.pop_back();
                strokes_.rule_from = answers;
                strokes_.lines.push_back({trunk, 0, trunk, middle_});
            }
            strokes_.lines.push_back({trunk, middle_, answers - 2, middle_, true});
            // Nothing stands beside an answer that leads elsewhere but a mark: it has all the room.
            const double room = answer.again ? setting_.type.width - answers - em_ * 5 : answers_[level];
            const double end = answers + put(setting_.shown(answer.text), {answers, room}, {});
            // From the words to what follows, where there is room for a line.
            const double next = answer.again ? std::max(x_[level + 1], end + em_ * 2) : x_[level + 1];
            if (next - end > 9) strokes_.lines.push_back({end + 3, middle_, next - 3, middle_, true});
            if (answer.again) {
                put(plain(tree_.nodes[answer.to].mark), {next, em_ * 4}, {1, true});
                continue;
            }
            const std::size_t reaching = tree_.nodes[answer.to].answers.empty() ? nobody : let_reach_down(0);
            this->node(answer.to, level + 1);
            if (reaching != nobody) reaching_[reaching].ended = true;
        }
        reaching_[mine].ended = true;
    }

    // The words put last may stand beside strips that follow. Gives their number.
    std::size_t let_reach_down(double inset) {
        Part part = std::move(parts_.back());
        parts_.pop_back();
        reaching_.push_back({part.y + part.lines.height() + inset, false});
        down_.push_back(std::move(part));
        return reaching_.size() - 1;
    }

    std::size_t question(const Tree::Node& node, double x) {
        Text text = setting_.shown(node.text);
        text.spans.insert(text.spans.begin(), {node.mark + "\u2002"});
        const double inset = em_ * 0.5;
        put(text, {x + inset, question_ - 2 * inset}, {1, true});
        const Part& part = parts_.back();
        strokes_.boxes.push_back({x, part.y - inset * 0.6, question_, part.lines.height() + inset * 1.2});
        return let_reach_down(inset);
    }

    // What it means, its codes with what is to be thought of another try, and where to look first.
    void outcome(const Tree::Node& node, double x) {
        const double number = em_ * 1.5;
        const Column column{x + number, setting_.type.width - x - number};
        put(plain(node.mark), {x, number}, {1, true, typeset::Face::prose, true});
        double y = below(setting_.shown(node.text), column, {}, top());
        Text codes, rest;
        for (const FactTable::Row& row : node.rows) {
            const bool code = !row.verdicts.empty();
            Text& text = code ? codes : rest;
            if (!text.empty()) text.spans.push_back({"\u2003"});
            const std::string sign = code ? sign_of(row.verdicts.front()) : "";
            if (!sign.empty()) text.spans.push_back({sign + "\u00a0", Span::Style::strong});
            for (Span span : row.label.spans) {
                span.style = Span::Style::strong;
                if (code) span.text = unbroken(span.text);
                text.spans.push_back(std::move(span));
            }
            if (code || row.cells.empty()) continue;  // what a code means in short has no room here
            text.spans.push_back({"\u2002"});
            const Text cell = setting_.shown(row.cells.front());
            text.spans.insert(text.spans.end(), cell.spans.begin(), cell.spans.end());
        }
        if (!codes.empty()) y = below(codes, column, {}, y);
        if (!rest.empty()) below(rest, column, look::small, y);
    }

    double top() const { return setting_.quarters(1.1); }

    // Words at the top of the strip; gives how wide they are.
    double put(const Text& text, Column column, const Look& look) {
        below(text, column, look, top());
        const Part& part = parts_.back();
        middle_ = part.y + part.lines.baseline() - em_ * 0.32;
        return std::min(part.lines.width(), column.width);
    }
    double below(const Text& text, Column column, const Look& look, double y) {
        Part part = setting_.part(text, column, look, "P");
        part.y = y;
        y += part.lines.height() + setting_.quarters(0.4);
        parts_.push_back(std::move(part));
        return y;
    }

    // Ends a strip. A question may reach down beside its later answers, an answer beside what follows from it; no page ends
    // there. Lines to answers further down
    // run through.
    void finish() {
        Strip strip = setting_.strip(std::move(parts_), 0, "Div");
        parts_.clear();
        strip.height += setting_.quarters(0.9);
        for (const Reaching& each : reaching_)
            if (each.ended) strip.height = std::max(strip.height, each.left);
        for (Reaching& each : reaching_) {
            each.left -= strip.height;
            strip.keeps_next = strip.keeps_next || each.left > 0;
        }
        strip.parts.insert(strip.parts.begin(), std::make_move_iterator(down_.begin()),
                           std::make_move_iterator(down_.end()));
        down_.clear();
        strip.in_margin = strips_.empty();
        strip.before = strips_.empty() ? setting_.quarters(1) : 0;
        for (const double x : trunks_) {
            const bool begins = std::ranges::none_of(open_, [&](double open) { return open == x; });
            strokes_.lines.push_back({x, begins ? middle_ : 0, x, strip.height});
        }
        open_ = trunks_;
        const Theme& theme = *setting_.type.theme;
        strokes_.width = setting_.type.width;
        strokes_.mirrored = setting_.document.right_to_left;
        strokes_.line = theme.secondary;
        strokes_.box = theme.surface;
        strokes_.faint = theme.line;
        strip.drawing = [strokes = std::move(strokes_)](cairo_t* cairo, double x, double y) {
            strokes.draw(cairo, x, y);
        };
        strokes_ = {};
        strips_.push_back(std::move(strip));
    }

    const Setting& setting_;
    const Tree& tree_;
    double em_;
    double question_ = 0, gap_ = em_ * 1.6;
    std::vector<double> answers_, x_;  // of each level: how wide answers are, where questions begin

    std::vector<Strip> strips_;
    // How far words still reach down below the strips that have ended, and whether the last beside them has begun.
    struct Reaching {
        double left = 0;
        bool ended = false;
    };
    std::vector<Reaching> reaching_;
    std::vector<Part> down_;      // such words of the strip at hand
    std::vector<Part> parts_;     // of the strip at hand
    Strokes strokes_;             // of the strip at hand
    std::vector<double> trunks_;  // lines down to answers that are still to come
    std::vector<double> open_;    // those that come from above
    double middle_ = 0;           // of the first line of words
};

}  // namespace

void arrange_tree(const Setting& setting, const Tree& tree, Arranged& to) {
    if (tree.nodes.empty()) return;
    for (Strip& strip : TreeArranger(setting, tree).strips()) to.strips.push_back(std::move(strip));
}

}  // namespace sipdex::paint
