#include "site/page_html.h"

#include "paint/options.h"

namespace sipdex::site {

namespace {

using document::Block;
using document::Document;
using document::FactTable;
using document::Masthead;
using document::Section;
using paint::html_blocks;
using paint::html_escaped;
using paint::html_text;

std::string shape(int code) {
    return "<span class=\"shape " + paint::html_class_of(code) + "\" aria-hidden=\"true\">" + document::shape_of(code) +
           "</span>";
}

std::string below(const paint::HtmlInside& inside, const Masthead& masthead) {
    std::string html;
    if (!masthead.gloss.empty()) html += "<p class=\"gloss\">" + html_text(masthead.gloss, inside) + "</p>\n";
    if (!masthead.remark.empty()) html += "<p class=\"remark\">" + html_escaped(masthead.remark) + "</p>\n";
    return html;
}

// Codes beside each other, each leading to its page.
std::string side_by_side(const Place& place, const paint::HtmlInside& inside, const Document& document) {
    std::string html = "<div class=\"mastheads of-" + std::to_string(document.mastheads.size()) + "\">\n";
    for (const Masthead& each : document.mastheads)
        html += "<div class=\"masthead\"><p class=\"code\"><a href=\"" + place.to(document::ToResponse{each.id}) +
                "\">" + code_html(each.code, each.phrase) + "</a></p>\n" + below(inside, each) + "</div>\n";
    return html + "</div>\n";
}

// The codes that an exchange shows.
std::string chips(const Place& place, const Document& document) {
    if (document.mastheads.empty()) return {};
    std::string html =
        "<ul class=\"chips\" aria-label=\"" + html_escaped(place.language.words.section_shows()) + "\">\n";
    for (const Masthead& each : document.mastheads)
        html += "<li><a href=\"" + place.to(document::ToResponse{each.id}) + "\">" + code_html(each.code, each.phrase) +
                "</a></li>\n";
    return html + "</ul>\n";
}

// What can be done with a code: compared, and replayed where an exchange shows it.
std::string actions(const Place& place, const std::string& id) {
    const language::Words& words = place.language.words;
    std::string html = "<p class=\"actions\"><a class=\"button\" href=\"" +
                       link(place.address, place.language.folder() + "compare/#" + id) + "\">" +
                       html_escaped(words.window_compare_with()) + "</a>";
    const auto exchanges = place.language.reader.catalog.exchanges_showing(id);
    if (!exchanges.empty())
        html += " <a class=\"button primary\" href=\"" + place.to(document::ToExchange{exchanges.front()}) + "\">" +
                html_escaped(words.window_replay()) + "</a>";
    return html + "</p>\n";
}

// The answer to "what now?": label and answer, without the lines of a table.
std::string glance(const FactTable& table, const paint::HtmlInside& inside) {
    std::string html = "<dl class=\"glance\">\n";
    for (const FactTable::Row& row : table.rows) {
        html += "<div class=\"" + html_escaped(row.id) + "\"><dt>" + html_text(row.label, inside) + "</dt><dd>";
        if (!row.verdicts.empty()) html += paint::html_verdict(row.verdicts[0]);
        for (const document::Text& cell : row.cells) html += html_text(cell, inside);
        html += "</dd></div>\n";
    }
    return html + "</dl>\n";
}

// Each message with what is told of it as an element of its own, which the ladder leads to and the script shows alone. A
// decision before a message belongs to its step; one behind the last, to that.
std::string steps(const std::vector<Block>& blocks, const paint::HtmlInside& inside) {
    std::string html, before;
    std::size_t step = 0;
    const auto close = [&] {
        if (step > 0) html += "</article>\n";
    };
    std::size_t last = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (std::holds_alternative<document::Message>(blocks[i])) last = i;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (const auto* message = std::get_if<document::Message>(&blocks[i])) {
            close();
            document::Message octets = *message;
            octets.title.clear();
            html += "<article class=\"step\" id=\"" + inside.step_prefix + std::to_string(++step) + "\">\n<h3>" +
                    html_escaped(message->title) + "</h3>\n" + before;
            before.clear();
            // What is told comes first, the octets below it.
            std::vector<Block> told;
            while (i + 1 < blocks.size() && std::holds_alternative<document::Paragraph>(blocks[i + 1]))
                told.push_back(blocks[++i]);
            html += html_blocks(told, inside) + html_blocks({octets}, inside);
        } else if (i > last) html += html_blocks({blocks[i]}, inside);
        else before += html_blocks({blocks[i]}, inside);
    }
    close();
    return html;
}

// The bar under a ladder; shown by the script, which alone can press its buttons.
std::string player(const Place& place, std::size_t messages) {
    const language::Words& words = place.language.words;
    const auto button = [](const char* action, const char* sign, const std::string& name) {
        return std::string("<button type=\"button\" data-go=\"") + action + "\" aria-label=\"" + html_escaped(name) +
               "\" title=\"" + html_escaped(name) + "\">" + sign + "</button>";
    };
    return "<div class=\"player\" role=\"group\" aria-label=\"" + html_escaped(words.site_player()) + "\" data-of=\"" +
           html_escaped(words.window_step_of("{step}", "{steps}")) + "\" hidden>\n" +
           button("first", "⏮", words.window_to_start()) + button("back", "◀", words.window_step_back()) +
           button("next", "▶", words.window_step()) + button("last", "⏭", words.window_to_end()) +
           "<output aria-live=\"polite\"></output><input type=\"range\" min=\"1\" max=\"" + std::to_string(messages) +
           "\" value=\"1\" aria-label=\"" + html_escaped(words.window_seek()) +
           "\"><button type=\"button\" class=\"every\" data-go=\"every\" aria-pressed=\"false\">" +
           html_escaped(words.site_every_message()) + "</button></div>\n";
}

std::size_t messages_in(const Document& document) {
    std::size_t count = 0;
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks) count += std::holds_alternative<document::Message>(block) ? 1 : 0;
    return count;
}

std::string section_html(const Place& place, const Document& document, const Section& section,
                         const paint::HtmlInside& inside) {
    const bool exchange = document.kind == Document::Kind::exchange;
    const bool messages = exchange && section.id == "messages";
    std::string html = "<section id=\"" + html_escaped(section.id) + "\"" +
                       (section.at_a_glance ? " class=\"at-a-glance\"" : "") + ">\n<h2" +
                       (section.title == document.title ? " class=\"unseen\">" : ">") +  // a list with nothing else
                       html_escaped(section.title) + "</h2>\n";
    const auto* table = section.blocks.size() == 1 ? std::get_if<FactTable>(&section.blocks[0]) : nullptr;
    if (section.at_a_glance && table && table->heads.empty()) html += glance(*table, inside);
    else if (messages) html += steps(section.blocks, inside);
    else html += html_blocks(section.blocks, inside);
    if (exchange && section.id == "ladder") html += player(place, messages_in(document));
    return html + "</section>\n";
}

}  // namespace

std::string code_html(int code, const std::string& phrase) {
    return shape(code) + " <bdi dir=\"ltr\"><b>" + std::to_string(code) + "</b> " + html_escaped(phrase) + "</bdi>";
}

paint::HtmlInside inside(const Place& place, const Document& document) {
    return {document, place.language.options, [&place](const document::Target& target) { return place.to(target); },
            document.kind == Document::Kind::exchange ? "step-" : "", place.language.words.window_ladder()};
}

std::string head_html(const Place& place, const Page& page, const Document& document) {
    const paint::HtmlInside within = inside(place, document);
    std::string html = "<header class=\"head\">\n";
    const bool one = page.role == Page::Role::response && document.mastheads.size() == 1;
    if (one) {
        const Masthead& masthead = document.mastheads[0];
        html += "<h1 class=\"code\">" + code_html(masthead.code, masthead.phrase) + "</h1>\n" + below(within, masthead);
    } else if (document.kind == Document::Kind::comparison) {
        html +=
            "<h1 class=\"small\">" + html_escaped(document.title) + "</h1>\n" + side_by_side(place, within, document);
    } else {
        html += "<h1>" + html_escaped(document.title) + "</h1>\n";
        if (document.kind == Document::Kind::exchange) html += chips(place, document);
    }
    if (!document.summary.empty()) html += "<p class=\"lead\">" + html_text(document.summary, within) + "</p>\n";
    if (one) html += actions(place, page.id);
    return html + "</header>\n";
}

std::string sections_html(const Place& place, const Document& document) {
    const paint::HtmlInside within = inside(place, document);
    std::string html;
    // Ladder and messages side by side where there is room.
    bool walk = false;
    for (const Section* each : paint::in_reading_order(document)) {
        const bool part = document.kind == Document::Kind::exchange && (each->id == "ladder" || each->id == "messages");
        if (part && !walk) html += "<div class=\"walk\">\n";
        if (!part && walk) html += "</div>\n";
        walk = part;
        html += section_html(place, document, *each, within);
    }
    return html + (walk ? "</div>\n" : "");
}

std::string contents_html(const Place& place, const Document& document) {
    // What an exchange has is in sight: its ladder.
    if (document.sections.size() < 3 || document.kind == Document::Kind::exchange) return {};
    const std::string title = html_escaped(place.language.words.window_on_this_page());
    std::string html =
        "<nav class=\"contents\" aria-labelledby=\"contents\">\n<p id=\"contents\">" + title + "</p>\n<ul>\n";
    for (const Section* each : paint::in_reading_order(document))
        html += "<li><a href=\"#" + html_escaped(each->id) + "\">" + html_escaped(each->title) + "</a></li>\n";
    return html + "</ul>\n</nav>\n";
}

}  // namespace sipdex::site
