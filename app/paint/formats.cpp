#include "paint/formats.h"

#include <algorithm>

#include "paint/csv.h"
#include "paint/html.h"
#include "paint/json.h"
#include "paint/markdown.h"
#include "paint/pdf.h"
#include "paint/png.h"
#include "paint/svg.h"
#include "paint/text.h"

namespace sipdex::paint {

namespace {

bool same(std::string_view one, std::string_view other) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    };
    return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace

const std::vector<Format>& formats() {
    static const std::vector<Format> all = {
        {"text", "txt", "text/plain", true, text},     {"md", "md", "text/markdown", true, markdown},
        {"html", "html", "text/html", true, html},     {"json", "json", "application/json", true, json},
        {"pdf", "pdf", "application/pdf", false, pdf}, {"svg", "svg", "image/svg+xml", true, svg},
        {"png", "png", "image/png", false, png},       {"csv", "csv", "text/csv", true, csv},
    };
    return all;
}

const Format* format_named(std::string_view name) {
    const auto at = std::ranges::find_if(formats(), [&](const Format& format) { return same(format.name, name); });
    return at == formats().end() ? nullptr : &*at;
}

const Format* format_for_file(std::string_view path) {
    const std::string_view file = path.substr(path.find_last_of('/') + 1);
    const std::size_t dot = file.find_last_of('.');
    if (dot == std::string_view::npos) return nullptr;
    const std::string_view extension = file.substr(dot + 1);
    const auto at =
        std::ranges::find_if(formats(), [&](const Format& format) { return same(format.extension, extension); });
    return at == formats().end() ? nullptr : &*at;
}

}  // namespace sipdex::paint
