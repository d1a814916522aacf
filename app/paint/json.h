// A document as JSON for scripts. The names are a promise to them:
//
//     {"codes": [607], "title": "607 Unwanted", "language": "fr", …,
//      "sections": [{"id": "causes", "title": "…", "text": "…", "items": […], "rows": […]}]}
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

// `items` of {label, text}; `rows` of {label, cells, differs} for facts and {cells, labels} for columns;
// `heads` names the subjects of the rows. Every section has `text`, empty where it has no prose. A text
// that is not translated carries its `language`.
nlohmann::ordered_json json_of(const document::Document& document);

std::string json(const document::Document& document, const Options& options);

// Any JSON as the painter writes it: indented by two; octets that are not UTF-8 become U+FFFD.
std::string written(const nlohmann::ordered_json& json);

}  // namespace sipdex::paint
