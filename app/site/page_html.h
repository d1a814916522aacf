// A document as the content of a page of the site: its head, its sections, what is on the page. What stands around it is
// in frame.h.
#pragma once
#include <string>

#include "document/document.h"
#include "paint/html.h"
#include "site/addresses.h"
#include "site/language_folder.h"
#include "site/plan.h"

namespace sipdex::site {

// Where a page stands, and what its links lead to.
struct Place {
    const LanguageFolder& language;
    const Addresses& addresses;
    std::string address;  // of the page, with its language: "fr/response/607/"

    // To another page of the same language, by its address there.
    std::string to(std::string_view page) const { return link(address, language.folder() + std::string(page)); }
    std::string to(const document::Target& target) const {
        const std::string page = addresses.of(target);
        return page.empty() ? std::string() : to(page);
    }
};

// How the painter is to write inside the page.
paint::HtmlInside inside(const Place& place, const document::Document& document);

// The page's head: what it is about, in the largest type, its one h1.
std::string head_html(const Place& place, const Page& page, const document::Document& document);

// Its sections.
std::string sections_html(const Place& place, const document::Document& document);

// Links to the sections; empty where there are too few to choose among.
std::string contents_html(const Place& place, const document::Document& document);

// "⬣ 607 Unwanted" with its class, for lists of codes.
std::string code_html(int code, const std::string& phrase);

}  // namespace sipdex::site
