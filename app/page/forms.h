// How much of a page is shown: a card to act from, a short form that fits one page of paper, or all of it.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace sipdex::page {

enum class Form { card, brief, full };

struct FormName {
    Form form;
    std::string_view name;  // as given to --form: "card", "short", "full"
};
const std::vector<FormName>& forms();
std::optional<Form> form_named(std::string_view name);

bool has_forms(const document::Document& page);  // more than one

// The same page with the sections of that form, in its order. A page that is neither a response nor a comparison has one
// form only, and is given back as it is.
document::Document in_form(document::Document page, Form form);

// How many pages of paper it is to take, a full form more rather than to lose anything: 1 for a card and a short form, 2 for
// the whole of a response or of a comparison of two, 3 with both ladders, 1 for a tree; 0 where there is no limit.
int most_pages(const document::Document& page, Form form);

// Whether upright paper is wide enough: for two subjects at most, and no tree.
bool fits_upright(const document::Document& page);

}  // namespace sipdex::page
