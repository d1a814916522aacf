#include "paint/late/operators.h"

#include <algorithm>

namespace sipdex::paint {

namespace {

constexpr std::string_view space{"\0\t\n\f\r ", 6}, ends_a_word{"\0\t\n\f\r ()<>[]{}/%", 16};

bool is_operator(std::string_view token) {
    const char first = token.front();
    return ((first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first == '\'' || first == '"') &&
           token != "true" && token != "false" && token != "null";
}

}  // namespace

void Operators::skip_string() {
    int open = 0;
    for (; at_ < content_.size(); ++at_) {
        if (content_[at_] == '\\') ++at_;
        else if (content_[at_] == '(') ++open;
        else if (content_[at_] == ')' && --open == 0) break;
    }
    at_ = std::min(at_ + 1, content_.size());
}

// The octets of a picture that stands in the stream itself (ISO 32000-1 8.9.7) are no operators.
void Operators::skip_picture() {
    for (std::size_t end = at_; (end = content_.find("EI", end)) != std::string_view::npos; ++end) {
        const bool begins = end > at_ && space.find(content_[end - 1]) != std::string_view::npos;
        const bool ends = end + 2 == content_.size() || space.find(content_[end + 2]) != std::string_view::npos;
        if (!begins || !ends) continue;
        at_ = end;
        return;
    }
    at_ = content_.size();
}

std::string_view Operators::token() {
    at_ = std::min(content_.find_first_not_of(space, at_), content_.size());
    const std::size_t begin = at_;
    if (begin == content_.size()) return {};
    switch (content_[begin]) {
        case '(': skip_string(); break;
        case '%': at_ = std::min(content_.find_first_of("\r\n", begin), content_.size()); break;
        case '/': at_ = std::min(content_.find_first_of(ends_a_word, begin + 1), content_.size()); break;
        case '<':
        case '>':
        case ')':
        case '[':
        case ']':
        case '{':
        case '}': ++at_; break;  // the digits of a hexadecimal string look like a word: see next()
        default: at_ = std::min(content_.find_first_of(ends_a_word, begin), content_.size());
    }
    return content_.substr(begin, at_ - begin);
}

std::optional<Operators::Operator> Operators::next() {
    for (std::string_view read = token(); !read.empty(); read = token()) {
        if (read == "<" && at_ < content_.size() && content_[at_] != '<')
            at_ = std::min(content_.find('>', at_), content_.size());
        if (!is_operator(read)) continue;
        if (read == "ID") skip_picture();
        const std::string_view unit = content_.substr(from_, at_ - from_);
        from_ = at_;
        return Operator{read, unit};
    }
    return std::nullopt;
}

}  // namespace sipdex::paint
