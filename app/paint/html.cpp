#include "paint/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "document/keep_together.h"
#include "language/characters.h"
#include "paint/html_style.h"
#include "paint/ladder_layout.h"

namespace sipdex::paint {

namespace {

using namespace document;
using language::clean;
using language::width_of;

std::string escaped(std::string_view words) { return html_escaped(words); }
std::string class_of(int status) { return html_class_of(status); }

constexpr double rung_height = 28;  // of a ladder

class Writer {
public:
    Writer(const Document& document, const Options& options, const HtmlInside* inside = nullptr)
        : document_(document), options_(options), inside_(inside) {}
    std::string written();
    std::string written(const std::vector<Block>& blocks);
    std::string text(const Text& text) const;

private:
    std::string linked(const Span& span, const std::string& words) const;
    std::string inlines(const std::vector<Span>& spans) const;
    std::string item(const Item& item) const {
        return (item.label.empty() ? "" : "<b>" + inlines(item.label.spans) + "</b> ") + text(item.text);
    }
    void masthead(const Masthead& masthead);
    void section(const Section& section, std::size_t number);

    void block(const Paragraph& paragraph);
    void block(const List& list);
    void block(const FactTable& table);
    void block(const Columns& columns);
    void block(const Ladder& ladder);
    void block(const Message& message);
    void block(const Callout& callout);
    void block(const Tree& tree);
    void node(const Tree& tree, std::size_t at);
    void head(const Party& party, double x, double bottom);
    void rung(const Rung& rung, const LadderLayout& layout, double left, double y);
    void arrow(const Rung& rung, const LadderLayout& layout, double left, double y);
    // "7 · 0.204 s": the number by which the message is called, if any, and its time.
    std::string beside(const Rung& rung) const {
        return joined_by_dots({rung.number > 0 ? std::to_string(rung.number) : "", time_of(options_.words, rung)});
    }

    bool steps() const { return inside_ && !inside_->step_prefix.empty(); }

    const Document& document_;
    const Options& options_;
    const HtmlInside* inside_;        // null: a page by itself
    const Ladder* ladder_ = nullptr;  // the one that is drawn
    std::size_t step_ = 0;            // its rung
    std::string out_;
};

std::string Writer::linked(const Span& span, const std::string& words) const {
    if (std::holds_alternative<std::monostate>(span.target)) return words;
    std::string address;
    if (const ToRfc* rfc = std::get_if<ToRfc>(&span.target)) address = url_of(*rfc);
    else if (inside_ && inside_->address) address = inside_->address(span.target);
    // 607 and its neighbours keep their place in Arabic.
    const std::string apart = "<bdi>" + words + "</bdi>";
    return address.empty() ? apart : "<a href=\"" + escaped(address) + "\">" + apart + "</a>";
}

std::string Writer::inlines(const std::vector<Span>& spans) const {
    std::string result;
    for (const Span& span : spans) {
        std::string words = escaped(span.style == Span::Style::wire ? span.text : document::glued(span.text));
        if (span.style == Span::Style::wire) words = "<code>" + words + "</code>";
        else if (span.style == Span::Style::strong) words = "<strong>" + words + "</strong>";
        result += linked(span, words);
    }
    return result;
}

std::string Writer::text(const Text& text) const {
    const std::string remark = remark_on(text, document_, options_.words);
    std::string words = inlines(text.spans);
    if (!text.language.empty() && text.language != document_.language)
        words = "<span lang=\"" + escaped(text.language) + "\" dir=\"auto\">" + words + "</span>";
    return remark.empty() ? words : words + " <em class=\"untranslated\">[" + escaped(remark) + "]</em>";
}

void Writer::masthead(const Masthead& masthead) {
    out_ += "<div class=\"masthead\">\n";
    if (masthead.code)
        out_ += "<p class=\"code " + class_of(masthead.code) + "\"><span aria-hidden=\"true\">" +
                shape_of(masthead.code) + "</span> <bdi dir=\"ltr\">" + std::to_string(masthead.code) +
                " <span class=\"phrase\">" + escaped(masthead.phrase) + "</span></bdi></p>\n";
    else if (!masthead.phrase.empty()) out_ += "<p class=\"code\">" + escaped(masthead.phrase) + "</p>\n";
    if (!masthead.gloss.empty()) out_ += "<p class=\"gloss\">" + text(masthead.gloss) + "</p>\n";
    if (!masthead.remark.empty()) out_ += "<p class=\"remark\">" + escaped(masthead.remark) + "</p>\n";
    out_ += "</div>\n";
}

void Writer::block(const Paragraph& paragraph) {
    const char* role = paragraph.role == Paragraph::Role::lead        ? " class=\"lead\""
                       : paragraph.role == Paragraph::Role::secondary ? " class=\"secondary\""
                                                                      : "";
    out_ += std::string("<p") + role + ">" + text(paragraph.text) + "</p>\n";
}

void Writer::block(const List& list) {
    const char* tag = list.ordered ? "ol" : "ul";
    out_ += std::string("<") + tag + (inside_ && list.choices ? " class=\"choices\">\n" : ">\n");
    for (const Item& each : list.items) out_ += "<li>" + item(each) + "</li>\n";
    out_ += std::string("</") + tag + ">\n";
}

void Writer::block(const FactTable& table) {
    if (!inside_) out_ += "<table>\n";
    else if (table.heads.empty()) out_ += "<table class=\"facts\">\n";
    else out_ += "<table class=\"compared of-" + std::to_string(table.heads.size()) + "\">\n";
    if (!table.heads.empty()) {
        out_ += "<thead><tr><td></td>";
        for (const Text& head : table.heads) out_ += "<th scope=\"col\">" + text(head) + "</th>";
        out_ += "</tr></thead>\n";
    }
    out_ += "<tbody>\n";
    for (const FactTable::Row& row : table.rows) {
        const std::string mark = "<span role=\"img\" aria-label=\"" + escaped(options_.words.differs) + "\">≠</span> ";
        out_ += std::string("<tr") + (row.differs ? " class=\"differs\"" : "") + "><th scope=\"row\" class=\"label\">" +
                (row.differs ? mark : "") + text(row.label) + "</th>";
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            out_ += "<td>" + (inside_ && i < row.verdicts.size() ? html_verdict(row.verdicts[i]) : "") +
                    text(row.cells[i]) + "</td>";
        out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
}

void Writer::block(const Columns& columns) {
    if (inside_)
        out_ += "<table class=\"columns of-" + std::to_string(columns.heads.size()) +
                (columns.ordered ? " numbered" : "") + "\">\n<thead><tr>";
    else out_ += "<table>\n<thead><tr>";
    if (columns.ordered) out_ += "<td class=\"number\"></td>";
    for (const Text& head : columns.heads) out_ += "<th scope=\"col\">" + text(head) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    int number = 0;
    for (const auto& row : columns.rows) {
        out_ += "<tr>";
        if (columns.ordered) out_ += "<td class=\"number\">" + std::to_string(++number) + "</td>";
        for (const Item& each : row) out_ += "<td>" + item(each) + "</td>";
        out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
}

void Writer::arrow(const Rung& rung, const LadderLayout& layout, double left, double y) {
    const double from = left + layout.columns[rung.from], to = left + layout.columns[rung.to];
    const int way = to < from ? -1 : 1;
    const std::string remark =
        joined_by_dots({rung.repeated ? options_.words.repeated : "", rung.arrives ? "" : options_.words.lost});
    out_ += fmt::format("<g class=\"{}{}\"><text class=\"time\" x=\"0\" y=\"{:.0f}\">{}</text>", class_of(rung.status),
                        rung.proves ? " proves" : "", y + 4, escaped(beside(rung)));
    if (!remark.empty()) out_ += "<title>" + escaped(remark) + "</title>";
    if (rung.from == rung.to) {
        out_ +=
            fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">• {}</text></g>", from + 6, y + 4, escaped(label_of(rung)));
        return;
    }
    const double end = rung.arrives ? to : from + (to - from) * 0.8;
    out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"{}/>", from, y, end, y,
                        rung.repeated ? " stroke-dasharray=\"5 3\"" : "");
    if (rung.arrives)
        out_ += fmt::format("<path d=\"M{:.1f} {:.1f}l{} -4m{} 4l{} 4\"/>", end, y, -7 * way, 7 * way, -7 * way);
    else out_ += fmt::format("<path d=\"M{:.1f} {:.1f}l8 8m0 -8l-8 8\"/>", end - 4, y - 4);
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text></g>", (from + to) / 2, y - 5,
                        escaped(label_of(rung)));
}

// The arrow, and where it can be stepped to, a band to press on.
void Writer::rung(const Rung& rung, const LadderLayout& layout, double left, double y) {
    if (!steps()) {
        arrow(rung, layout, left, y);
        out_ += "\n";
        return;
    }
    const auto& parties = ladder_->parties;
    const std::string step = std::to_string(step_);
    out_ += "<a class=\"rung\" href=\"#" + inside_->step_prefix + step + "\" data-step=\"" + step + "\" aria-label=\"" +
            escaped(step + ". " + parties[rung.from].name + " → " + parties[rung.to].name + ": " + rung.label) + "\">" +
            fmt::format("<rect class=\"band\" x=\"-7\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" rx=\"4\"/>", y - 18,
                        left + layout.width + 14, rung_height);
    arrow(rung, layout, left, y);
    out_ += "</a>\n";
}

void Writer::head(const Party& party, double x, double bottom) {
    const bool role = inside_ && !party.role.empty();
    out_ += fmt::format("<text class=\"head\" x=\"{:.1f}\" y=\"14\" text-anchor=\"middle\">{}</text>", x,
                        escaped(party.name));
    if (role)
        out_ += fmt::format("<text class=\"role\" x=\"{:.1f}\" y=\"30\" text-anchor=\"middle\">{}</text>", x,
                            escaped(party.role));
    out_ += fmt::format("<line class=\"life\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n", x,
                        role ? 38 : 20, bottom);
}

void Writer::block(const Ladder& ladder) {
    constexpr double letter = 7.3;
    const double head_height = inside_ ? 46 : 30;
    ladder_ = &ladder;
    LadderMeasure measure;
    measure.head = [](const std::string& name) { return width_of(name) * 8.0; };
    measure.label = [](const std::string& label) { return width_of(label) * letter; };
    measure.around_label = 28;
    measure.around_head = 16;
    measure.least_gap = 120;
    const LadderLayout layout = laid_out(ladder, measure);
    double left = 0;
    std::size_t gaps = 0;
    for (const Rung& each : ladder.rungs) {
        left = std::max(left, width_of(beside(each)) * letter + 12);
        gaps += each.left_out.empty() ? 0 : 1;
    }

    const double width = left + layout.width + 8;
    const double height = head_height + rung_height * (static_cast<double>(ladder.rungs.size() + gaps) + 0.5);
    if (inside_)
        out_ += "<figure class=\"ladder\" role=\"group\" tabindex=\"0\" aria-label=\"" +
                escaped(inside_->ladder_label) + "\">";
    else out_ += "<figure>";
    const int margin = inside_ ? 8 : 0;  // for the outline of what can be pressed
    out_ += fmt::format("<svg viewBox=\"{2} 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\">\n",
                        width + margin, height, -margin);
    for (std::size_t i = 0; i < ladder.parties.size(); ++i) head(ladder.parties[i], left + layout.columns[i], height);
    double y = head_height;
    step_ = 0;
    for (const Rung& each : ladder.rungs) {
        if (!each.left_out.empty()) {
            y += rung_height;
            out_ += fmt::format("<text class=\"time\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">⋮ {}</text>\n",
                                left + layout.width / 2, y - 8, escaped(each.left_out));
        }
        y += rung_height;
        ++step_;
        if (layout.has(each)) rung(each, layout, left, y - 8);
    }
    out_ += "</svg></figure>\n";
}

void Writer::block(const Message& message) {
    out_ += "<figure>";
    if (!message.title.empty()) out_ += "<figcaption>" + escaped(message.title) + "</figcaption>";
    out_ += "<pre>";
    const std::string octets = clean(message.octets);
    for (std::size_t begin = 0; begin < octets.size();) {
        const std::size_t end = std::min(octets.find('\n', begin), octets.size());
        const std::string line = octets.substr(begin, end - begin);
        const bool marked =
            std::ranges::any_of(message.marked, [&](const std::string& name) { return line.starts_with(name + ":"); });
        out_ += (marked ? "<mark>" + escaped(line) + "</mark>" : escaped(line)) + "\n";
        begin = end + 1;
    }
    out_ += "</pre></figure>\n";
}

void Writer::block(const Tree& tree) {
    if (tree.nodes.empty()) return;
    out_ += "<ul class=\"tree\">\n<li>";
    node(tree, 0);
    out_ += "</li>\n</ul>\n";
}

// A question or an outcome, inside the element of the answer that leads to it.
void Writer::node(const Tree& tree, std::size_t at) {
    const Tree::Node& node = tree.nodes[at];
    out_ += std::string("<p class=\"") + (node.answers.empty() ? "outcome" : "question") + "\"><b class=\"mark\">" +
            escaped(node.mark) + "</b> " + text(node.text) + "</p>\n";
    if (!node.rows.empty()) {
        out_ += "<ul class=\"found\">\n";
        for (const FactTable::Row& row : node.rows)
            out_ += "<li>" + (row.verdicts.empty() ? "" : html_verdict(row.verdicts.front())) + "<b>" +
                    inlines(row.label.spans) + "</b>" + (row.cells.empty() ? "" : " " + text(row.cells.front())) +
                    "</li>\n";
        out_ += "</ul>\n";
    }
    if (node.answers.empty()) return;
    out_ += "<ul>\n";
    for (const Tree::Answer& answer : node.answers) {
        out_ += "<li>" + text(answer.text);
        if (answer.again) out_ += " → <b class=\"mark\">" + escaped(tree.nodes[answer.to].mark) + "</b>";
        else this->node(tree, answer.to);
        out_ += "</li>\n";
    }
    out_ += "</ul>\n";
}

void Writer::block(const Callout& callout) {
    const bool warning = callout.kind == Callout::Kind::warning;
    out_ += std::string("<p class=\"callout") + (warning ? " warning\"" : "\"") + " role=\"note\">" +
            (warning ? "<b>!</b> " : "") + text(callout.text) + "</p>\n";
}

void Writer::section(const Section& section, std::size_t number) {
    const std::string id = section.id.empty() ? "section-" + std::to_string(number) : section.id;
    out_ += "<section id=\"" + escaped(id) + "\"" + (section.at_a_glance ? " class=\"at-a-glance\"" : "") + ">\n<h2>" +
            escaped(section.title) + "</h2>\n";
    for (const Block& any : section.blocks) std::visit([&](const auto& each) { block(each); }, any);
    out_ += "</section>\n";
}

std::string Writer::written() {
    const std::string language = document_.language.empty() ? "en" : escaped(document_.language);
    out_ = "<!DOCTYPE html>\n<html lang=\"" + language + "\" dir=\"" + (document_.right_to_left ? "rtl" : "ltr") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(document_.title) + "</title>\n<style>\n" + html_style(options_.monochrome) +
           "</style>\n</head>\n<body>\n<header>\n<h1>" + escaped(document_.title) + "</h1>\n";
    if (!document_.mastheads.empty()) {
        out_ += "<div class=\"mastheads\">\n";
        for (const Masthead& each : document_.mastheads) masthead(each);
        out_ += "</div>\n";
    }
    if (!document_.summary.empty()) out_ += "<p class=\"lead\">" + text(document_.summary) + "</p>\n";
    out_ += "</header>\n<main>\n";
    std::size_t number = 0;
    for (const Section* each : in_reading_order(document_)) section(*each, ++number);
    out_ += "</main>\n";
    if (!document_.footer.empty()) out_ += "<footer>" + escaped(document_.footer) + "</footer>\n";
    return out_ += "</body>\n</html>\n";
}

std::string Writer::written(const std::vector<Block>& blocks) {
    out_.clear();
    for (const Block& any : blocks) std::visit([&](const auto& each) { block(each); }, any);
    return std::move(out_);
}

}  // namespace

std::string html(const Document& document, const Options& options) { return Writer(document, options).written(); }

std::string html_text(const Text& text, const HtmlInside& inside) {
    return Writer(inside.document, inside.options, &inside).text(text);
}

std::string html_blocks(const std::vector<Block>& blocks, const HtmlInside& inside) {
    return Writer(inside.document, inside.options, &inside).written(blocks);
}

std::string html_escaped(std::string_view words) {
    std::string result;
    for (const char each : clean(words)) {
        switch (each) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&#39;"; break;
            default: result += each;
        }
    }
    return result;
}

std::string html_verdict(FactTable::Verdict verdict) {
    if (verdict == FactTable::Verdict::none) return {};
    const char* kind = verdict == FactTable::Verdict::yes  ? "yes"
                       : verdict == FactTable::Verdict::no ? "no"
                                                           : "perhaps";
    return std::string("<span class=\"verdict ") + kind + "\" aria-hidden=\"true\">" + sign_of(verdict) + "</span> ";
}

std::string html_class_of(int status) {
    const int digit = status / 100;
    return digit >= 1 && digit <= 6 ? "c" + std::to_string(digit) : "";
}

}  // namespace sipdex::paint
