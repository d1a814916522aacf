// Where the pages of a site stand: each in a folder of its own, called alike in every language, so that addresses are
// read, remembered and kept.
//
//     fr/response/607/      fr/compare/300-607/      fr/exchange/607-unwanted/
//     fr/term/dialog/       fr/header/retry-after/   fr/path/busy-at-once/refused/
//     fr/headers/           what there is of a kind
//
// Links name the file in the folder, index.html, so that they hold without a web server, too.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "catalog/catalog.h"
#include "document/span.h"

namespace sipdex::site {

class Addresses {
public:
    explicit Addresses(const catalog::Catalog& catalog);

    // Within the folder of a language: "response/607/". A comparison that has no page of its own is built by the page that
    // compares: "compare/#404+486". Empty for what is not on the site.
    std::string of(const document::Target& target) const;

private:
    const catalog::Catalog& catalog_;
    std::map<std::string, std::string>
        first_questions_;  // of each symptom path, which stands at the path's own address
};

// A name as part of an address: "Retry-After" → "retry-after".
std::string slug(std::string_view name);

// From the page in one folder to that in another: link("en/term/dialog/", "en/response/481/") is
// "../../response/481/index.html". A fragment is kept.
std::string link(std::string_view from, std::string_view to);

// The same to a file that is no page: "../../../site.css".
std::string link_to_file(std::string_view from, std::string_view file);

// Of a page within a site at `base`: the folder, as web servers are asked for it.
std::string absolute(std::string_view base, std::string_view address);

// What is given as the site's address, with a slash at its end; empty where it is none: http or https, a host, a path
// perhaps, nothing else.
std::string base_of(std::string_view given);

}  // namespace sipdex::site
