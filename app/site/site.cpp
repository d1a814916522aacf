#include "site/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <stdexcept>

#include "paint/html_style.h"
#include "paint/theme.h"
#include "site/compared.h"
#include "site/frame.h"
#include "site/look/look.h"
#include "site/search_script.h"

namespace sipdex::site {

namespace {

using document::Document;

// Colours come from the theme that the window has; the reader's system chooses, unless the reader does.
std::string style_sheet() {
    const std::string light = paint::html_roles(paint::light_theme()), dark = paint::html_roles(paint::dark_theme());
    return ":root{color-scheme:light;" + light + "}\n:root[data-theme=dark]{color-scheme:dark;" + dark +
           "}\n@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;" + dark + "}}\n" +
           "@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;" + light +
           "}}\n" + std::string(style_rules);
}

class Builder {
public:
    Builder(const catalog::Catalog& catalog, const Wishes& wishes)
        : catalog_(catalog),
          wishes_(wishes),
          addresses_(catalog),
          pages_(plan(catalog, addresses_)),
          languages_(catalog.languages()) {
        for (std::size_t i = 0; i < pages_.size(); ++i)
            if (!places_.emplace(pages_[i].address, i).second)
                throw std::logic_error("two pages of the site stand at " + pages_[i].address);
    }

    Files files() {
        add("site.css", style_sheet());
        add("site.js", std::string(script));
        add("sipdex.svg", std::string(icon));
        add("index.html", choice_of_languages(catalog_, languages_, wishes_.base));
        for (const std::string& tag : languages_) add_language(LanguageFolder(catalog_, tag, wishes_.paint_words));
        if (!wishes_.base.empty()) add_sitemap();
        return std::move(files_);
    }

private:
    void add(const std::string& file, std::string octets) { files_.emplace(file, std::move(octets)); }

    void add_language(const LanguageFolder& language) {
        std::vector<Document> written;
        for (const Page& page : pages_) written.push_back(page.write(language.reader));
        add(language.folder() + "index.js", search_script(language, addresses_, pages_, written));

        const Place compare{language, addresses_, language.folder() + "compare/"};
        for (const catalog::ListedResponse& listed : catalog_.responses(language.tag))
            add(compare.address + slug(listed.id) + ".js", compared_code(compare, listed.id));

        Frame frame{language, languages_, wishes_.base,
                    codes_html({language, addresses_, language.folder() + "response/x/"}),
                    [&](std::string_view address) {
                        const auto at = places_.find(address);
                        return at == places_.end() ? std::string(address) : written[at->second].title;
                    }};
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const Place place{language, addresses_, language.folder() + pages_[i].address};
            const Document& document = written[i];
            add(place.address + "index.html",
                framed(frame, place,
                       {pages_[i], document, content(place, pages_[i], document), contents_html(place, document)}));
        }
    }

    static std::string content(const Place& place, const Page& page, const Document& document) {
        std::string html = head_html(place, page, document);
        if (page.role == Page::Role::start) html += start_html(place);
        if (page.role == Page::Role::search) html += search_html(place);
        if (page.role == Page::Role::compare) html += compare_html(place);
        return html + sections_html(place, document);
    }

    // The start page begins with the codes themselves; what customers say follows as the page's sections.
    static std::string start_html(const Place& place) {
        std::string html = examples_html(place) + "<section id=\"all-codes\" class=\"all-codes\">\n<h2>" +
                           paint::html_escaped(place.language.words.site_responses()) + "</h2>\n";
        return html + classes_html(place) + "</section>\n<h2 class=\"asked\">" +
               paint::html_escaped(place.language.words.window_start_ask()) + "</h2>\n";
    }

    // What one may ask for, "607 | Busy Here | robocall", each leading to its results.
    static std::string examples_html(const Place& place) {
        const std::string examples = place.language.words.window_start_examples();
        std::string html = "<ul class=\"chips\">\n";
        for (std::size_t begin = 0; begin < examples.size();) {
            const std::size_t end = std::min(examples.find('|', begin), examples.size());
            std::string one = examples.substr(begin, end - begin);
            one.erase(0, one.find_first_not_of(' '));
            one.erase(one.find_last_not_of(' ') + 1);
            html += "<li><a href=\"" + place.to("search/") + "?q=" + query_of(one) + "\">" + paint::html_escaped(one) +
                    "</a></li>\n";
            begin = end + 1;
        }
        return html + "</ul>\n";
    }

    // As it stands in an address: "rings%20twice".
    static std::string query_of(std::string_view words) {
        std::string query;
        for (const char each : words) {
            const auto octet = static_cast<unsigned char>(each);
            if (std::isalnum(octet) != 0) query += each;
            else query += fmt::format("%{:02X}", octet);
        }
        return query;
    }

    static std::string search_html(const Place& place) {
        const language::Words& words = place.language.words;
        return "<noscript><p class=\"callout\" role=\"note\">" + paint::html_escaped(words.site_search_script()) +
               "</p></noscript>\n<section id=\"results\" hidden data-title=\"" +
               paint::html_escaped(words.search_results("{query}")) + "\">\n<h2></h2>\n<p class=\"secondary\">" +
               paint::html_escaped(words.window_search_advice()) + "</p>\n<ol></ol>\n</section>\n";
    }

    static std::string classes_html(const Place& place) {
        const language::Words& words = place.language.words;
        std::map<int, std::string> classes;
        for (const catalog::ListedResponse& listed : place.language.reader.catalog.responses(place.language.tag))
            classes[listed.code / 100] += "<li><a href=\"" + place.to(document::ToResponse{listed.id}) + "\"><b>" +
                                          std::to_string(listed.code) + "</b> " + paint::html_escaped(listed.phrase) +
                                          "</a></li>\n";
        std::string html;
        for (const auto& [digit, items] : classes)
            html += "<div class=\"class\"><h3><span class=\"shape " + paint::html_class_of(digit * 100) +
                    "\" aria-hidden=\"true\">" + document::shape_of(digit * 100) + "</span> " +
                    paint::html_escaped(words.class_name(std::to_string(digit))) + "</h3>\n<ul>\n" + items +
                    "</ul></div>\n";
        return html;
    }

    void add_sitemap() {
        std::string map =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
            "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
        const auto address = [&](const std::string& tag, const Page& page) {
            return paint::html_escaped(absolute(wishes_.base, tag + "/" + page.address));
        };
        for (const std::string& tag : languages_)
            for (const Page& page : pages_) {
                map += "<url><loc>" + address(tag, page) + "</loc>";
                for (const std::string& other : languages_)
                    map += "<xhtml:link rel=\"alternate\" hreflang=\"" + other + "\" href=\"" + address(other, page) +
                           "\"/>";
                map += "</url>\n";
            }
        add("sitemap.xml", map + "</urlset>\n");
        add("robots.txt", "User-agent: *\nAllow: /\n\nSitemap: " + absolute(wishes_.base, "sitemap.xml") + "\n");
    }

    const catalog::Catalog& catalog_;
    const Wishes& wishes_;
    Addresses addresses_;
    std::vector<Page> pages_;
    std::vector<std::string> languages_;
    std::map<std::string, std::size_t, std::less<>> places_;  // of pages by their addresses
    Files files_;
};

}  // namespace

Files files_of(const catalog::Catalog& catalog, const Wishes& wishes) { return Builder(catalog, wishes).files(); }

long pages_in(const Files& files) {
    return std::ranges::count_if(files, [](const auto& file) { return file.first.ends_with(".html"); });
}

double megabytes_in(const Files& files) {
    double octets = 0;
    for (const auto& [name, content] : files) octets += static_cast<double>(content.size());
    return octets / 1e6;
}

}  // namespace sipdex::site
