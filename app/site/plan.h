// The pages of a site, asked of the catalog: a page more in the catalog is a page more on the site.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "document/document.h"
#include "page/reader.h"
#include "site/addresses.h"

namespace sipdex::site {

struct Page {
    // What stands in it beside its document.
    enum class Role { plain, start, search, compare, response };
    std::string address;             // "response/607/"; the start page: ""
    std::vector<std::string> above;  // addresses from below the start page down: "vocabulary/", "headers/"
    Role role = Role::plain;
    std::function<document::Document(const page::Reader&)> write;
    std::string found_as = {};  // the address of the page that its words lead to in the search; empty: none
    std::string id = {};        // of a response
    std::string kind = {};      // of an entry of the vocabulary: "header"; two of them may bear one name
};

// The pages of the main menu, in its order, by their addresses.
const std::vector<std::string>& main_pages();

std::vector<Page> plan(const catalog::Catalog& catalog, const Addresses& addresses);

}  // namespace sipdex::site
