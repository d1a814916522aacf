#include "site/frame.h"

#include <map>

#include "language/characters.h"
#include "language/locale.h"
#include "site/structured.h"

namespace sipdex::site {

namespace {

using paint::html_escaped;

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + html_escaped(value) + "\"";
}

// As a list of results shows it: a few sentences at most.
std::string description_of(const Frame& frame, const Framed& framed) {
    constexpr std::size_t longest = 300;
    std::string words = document::words_of(framed.document.summary);
    if (words.empty())
        for (const document::Section& section : framed.document.sections)
            for (const document::Block& block : section.blocks)
                if (const auto* paragraph = std::get_if<document::Paragraph>(&block); paragraph && words.empty())
                    words = document::words_of(paragraph->text);
    return words.empty() ? frame.language.words.site_description() : language::shown(words, longest);
}

// Where the page is read as a whole: absolute where the site's address is known.
std::string address_in(const Frame& frame, const Place& place, const std::string& tag, const std::string& page) {
    const std::string whole = tag + "/" + page;
    return frame.base.empty() ? link(place.address, whole) : absolute(frame.base, whole);
}

std::string alternates(const Frame& frame, const Place& place, const std::string& page) {
    std::string html;
    for (const std::string& tag : frame.languages)
        html += "<link rel=\"alternate\"" + attribute("hreflang", tag) +
                attribute("href", address_in(frame, place, tag, page)) + ">\n";
    // Who speaks none of them is served by English, or by the page that asks.
    const std::string other = page.empty() ? (frame.base.empty() ? link(place.address, "") : frame.base)
                                           : address_in(frame, place, frame.languages.front(), page);
    html += "<link rel=\"alternate\" hreflang=\"x-default\"" + attribute("href", other) + ">\n";
    if (!frame.base.empty())
        html += "<link rel=\"canonical\"" + attribute("href", absolute(frame.base, place.address)) + ">\n";
    return html;
}

std::string title_of_page(const Frame& frame, const Framed& framed) {
    constexpr std::size_t longest = 120;
    const language::Words& words = frame.language.words;
    if (framed.page.address.empty()) return words.site_title(words.site_name());
    std::string title = framed.document.title;
    // What is called alike is told apart: the steps of a symptom path, a header field and a term.
    if (framed.page.above.size() == 2 && framed.page.above.front() == "paths/") {
        // A question or an outcome; of the whole path, what it is called.
        const document::Document& page = framed.document;
        const std::string about = page.summary.empty() && !page.sections.empty() ? page.sections.front().title
                                                                                 : document::words_of(page.summary);
        title = language::shown(about, longest) + " · " + title;
    } else if (!framed.page.kind.empty()) title += " · " + words.site_hit(framed.page.kind);
    return words.site_title(title);
}

std::string common_head(const std::string& from, const std::string& title) {
    return "<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' file:; "
           "style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'self' file:\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<title>" +
           html_escaped(title) + "</title>\n<link rel=\"icon\" type=\"image/svg+xml\"" +
           attribute("href", link_to_file(from, "sipdex.svg")) + ">\n<link rel=\"stylesheet\"" +
           attribute("href", link_to_file(from, "site.css")) + ">\n<script" +
           attribute("src", link_to_file(from, "site.js")) + "></script>\n";
}

std::vector<std::pair<std::string, std::string>> way_to(const Frame& frame, const Framed& framed) {
    std::vector<std::pair<std::string, std::string>> way;
    if (framed.page.address.empty()) return way;
    way.emplace_back(frame.language.words.site_shelf("home"), "");
    for (const std::string& above : framed.page.above) way.emplace_back(frame.title(above), above);
    return way;
}

std::string head(const Frame& frame, const Place& place, const Framed& framed) {
    const std::string description = description_of(frame, framed);
    Structured about{
        framed.document, description, address_in(frame, place, frame.language.tag, framed.page.address), {}, {}};
    for (const auto& [title, address] : way_to(frame, framed))
        about.way.emplace_back(title, address_in(frame, place, frame.language.tag, address));
    if (framed.page.role == Page::Role::start)
        about.search =
            address_in(frame, place, frame.language.tag, "search/") + (frame.base.empty() ? "?q=" : "index.html?q=");
    return "<head>\n" + common_head(place.address, title_of_page(frame, framed)) + "<meta name=\"description\"" +
           attribute("content", description) + ">\n" + alternates(frame, place, framed.page.address) +
           "<script type=\"application/ld+json\">" + structured(about) + "</script>\n</head>\n";
}

// A page belongs to the page of the main menu that it is, or that stands above it.
bool belongs_to(const Page& page, const std::string& main) {
    return page.address == main || (!page.above.empty() && page.above.front() == main);
}

std::string menu(const Frame& frame, const Place& place, const Page& page) {
    const language::Words& words = frame.language.words;
    std::string html = "<nav class=\"menu\"" + attribute("aria-label", words.site_navigation()) + "><ul>\n";
    for (const std::string& main : main_pages()) {
        const char* here = page.address == main     ? " aria-current=\"page\""
                           : belongs_to(page, main) ? " aria-current=\"true\""
                                                    : "";
        html += "<li><a" + attribute("href", place.to(main)) + here + ">" +
                html_escaped(words.site_shelf(main.substr(0, main.size() - 1))) + "</a></li>\n";
    }
    return html + "</ul></nav>\n";
}

std::string search(const Frame& frame, const Place& place) {
    const language::Words& words = frame.language.words;
    return "<form class=\"search\" role=\"search\" method=\"get\"" + attribute("action", place.to("search/")) +
           ">\n<label class=\"unseen\" for=\"query\">" + html_escaped(words.window_key_search()) +
           "</label>\n<input id=\"query\" name=\"q\" type=\"search\" autocomplete=\"off\" autocapitalize=\"off\" "
           "spellcheck=\"false\" role=\"combobox\" aria-autocomplete=\"list\" aria-expanded=\"false\" "
           "aria-controls=\"found\"" +
           attribute("placeholder", words.window_narrow()) + attribute("title", words.site_search_key()) +
           "><kbd aria-hidden=\"true\">/</kbd>\n<ul id=\"found\" role=\"listbox\"" +
           attribute("aria-label", words.site_search_results()) + " hidden></ul>\n<p class=\"unseen\" role=\"status\"" +
           attribute("data-none", words.window_nothing_found()) +
           attribute("data-count", words.site_search_count("{count}")) + "></p>\n</form>\n";
}

std::string switches(const Frame& frame, const Place& place, const Page& page) {
    const language::Words& words = frame.language.words;
    std::string html = "<nav class=\"languages\"" + attribute("aria-label", words.site_language()) + "><ul>\n";
    for (const std::string& tag : frame.languages)
        html += "<li><a" + attribute("href", link(place.address, tag + "/" + page.address)) + attribute("lang", tag) +
                attribute("hreflang", tag) + (tag == frame.language.tag ? " aria-current=\"true\"" : "") + ">" +
                html_escaped(language::own_name(tag)) + "</a></li>\n";
    return html + "</ul></nav>\n<button type=\"button\" class=\"theme\"" +
           attribute("data-system", words.site_theme("system")) + attribute("data-light", words.site_theme("light")) +
           attribute("data-dark", words.site_theme("dark")) + " hidden></button>\n";
}

std::string breadcrumbs(const Frame& frame, const Place& place, const Framed& framed) {
    const auto way = way_to(frame, framed);
    if (way.empty()) return {};
    std::string html = "<nav class=\"way\"" + attribute("aria-label", frame.language.words.site_where()) + "><ol>\n";
    for (const auto& [title, address] : way)
        html += "<li><a" + attribute("href", place.to(address)) + ">" + html_escaped(title) + "</a></li>\n";
    return html + "<li aria-current=\"page\">" + html_escaped(framed.document.title) + "</li>\n</ol></nav>\n";
}

// The page's own code among all of them is marked.
std::string marked(std::string codes, const std::string& address) {
    const std::string own = "<a href=\"../" + address + "index.html\"";
    if (const std::size_t at = codes.find(own); at != std::string::npos)
        codes.insert(at + own.size(), " aria-current=\"page\"");
    return codes;
}

}  // namespace

std::string codes_html(const Place& place) {
    const language::Words& words = place.language.words;
    std::map<int, std::string> classes;
    for (const catalog::ListedResponse& listed : place.language.reader.catalog.responses(place.language.tag))
        classes[listed.code / 100] += "<li><a href=\"" + place.to(document::ToResponse{listed.id}) + "\"><b>" +
                                      std::to_string(listed.code) + "</b> " + html_escaped(listed.phrase) +
                                      "</a></li>\n";
    std::string html = "<nav class=\"codes\"" + attribute("aria-label", words.site_responses()) + ">\n";
    for (const auto& [digit, items] : classes)
        html += "<p><span class=\"shape " + paint::html_class_of(digit * 100) + "\" aria-hidden=\"true\">" +
                document::shape_of(digit * 100) + "</span> " + html_escaped(words.class_name(std::to_string(digit))) +
                "</p>\n<ul>\n" + items + "</ul>\n";
    return html + "</nav>\n";
}

std::string framed(const Frame& frame, const Place& place, const Framed& framed) {
    const language::Words& words = frame.language.words;
    const bool response = framed.page.role == Page::Role::response;
    std::string html = "<!DOCTYPE html>\n<html" + attribute("lang", frame.language.tag) +
                       attribute("dir", framed.document.right_to_left ? "rtl" : "ltr") +
                       attribute("data-home", link_to_file(place.address, frame.language.tag) + "/") + ">\n" +
                       head(frame, place, framed) + "<body>\n<a class=\"skip\" href=\"#content\">" +
                       html_escaped(words.site_skip()) + "</a>\n<header class=\"top\">\n<a class=\"brand\"" +
                       attribute("href", place.to("")) + "><img" +
                       attribute("src", link_to_file(place.address, "sipdex.svg")) +
                       " alt=\"\" width=\"28\" height=\"28\">Sipdex</a>\n" + menu(frame, place, framed.page) +
                       search(frame, place) + switches(frame, place, framed.page) + "</header>\n<div class=\"page" +
                       (response ? " with-codes" : "") + (framed.contents.empty() ? "" : " with-contents") + "\">\n";
    if (response) html += marked(frame.codes, framed.page.address.substr(framed.page.address.find('/') + 1));
    html += "<div class=\"middle\">\n" + breadcrumbs(frame, place, framed) + "<main id=\"content\" tabindex=\"-1\">\n" +
            framed.content + "</main>\n</div>\n" + framed.contents + "</div>\n<footer class=\"bottom\">\n<p>" +
            html_escaped(framed.document.footer) + "</p>\n<p>" + html_escaped(words.site_offline()) +
            "</p>\n</footer>\n";
    return html + "</body>\n</html>\n";
}

std::string choice_of_languages(const catalog::Catalog& catalog, const std::vector<std::string>& languages,
                                const std::string& base) {
    std::string links, heads, alternates;
    for (const std::string& tag : languages) {
        const language::Words words(tag);
        const std::string dir = language::is_right_to_left(tag) ? "rtl" : "ltr";
        links += "<li><a class=\"button\"" + attribute("href", link("", tag + "/")) + attribute("lang", tag) +
                 attribute("hreflang", tag) + attribute("dir", dir) + ">" + html_escaped(language::own_name(tag)) +
                 "</a></li>\n";
        heads += "<p" + attribute("lang", tag) + attribute("dir", dir) + ">" + html_escaped(words.site_description()) +
                 "</p>\n";
        alternates += "<link rel=\"alternate\"" + attribute("hreflang", tag) +
                      attribute("href", base.empty() ? link("", tag + "/") : absolute(base, tag + "/")) + ">\n";
    }
    const language::Words words(languages.front());
    if (!base.empty()) alternates += "<link rel=\"canonical\"" + attribute("href", base) + ">\n";
    return "<!DOCTYPE html>\n<html" + attribute("lang", languages.front()) + " dir=\"ltr\" data-choose>\n<head>\n" +
           common_head("", words.site_title(words.site_name())) + "<meta name=\"description\"" +
           attribute("content", words.site_description()) + ">\n" + alternates +
           "</head>\n<body>\n<div class=\"page\"><div class=\"middle\"><main id=\"content\" "
           "class=\"choice\">\n<h1>Sipdex</h1>\n" +
           heads + "<nav" + attribute("aria-label", words.site_choose()) + "><ul class=\"chips\">\n" + links +
           "</ul></nav>\n</main></div></div>\n<footer class=\"bottom\"><p>" +
           html_escaped(words.sheet_origin(catalog.info().version)) + "</p></footer>\n</body>\n</html>\n";
}

}  // namespace sipdex::site
