#include "window/kit/one_line.h"

namespace sipdex::window {

namespace {

constexpr std::string_view end_of_line = "↵";

}  // namespace

std::string in_one_line(std::string_view text) {
    const std::size_t last = text.find_last_not_of("\r\n");
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && text[i + 1] == '\n') continue;  // never the last octet
        if (text[i] == '\r' || text[i] == '\n') line += end_of_line;
        else line += text[i] == '\t' ? ' ' : text[i];
    }
    return line;
}

std::string in_lines(std::string_view field) {
    std::string text;
    for (;;) {
        const std::size_t end = field.find(end_of_line);
        text += field.substr(0, end);
        if (end == std::string_view::npos) return text;
        text += '\n';
        field.remove_prefix(end + end_of_line.size());
    }
}

}  // namespace sipdex::window
