#include "window/kit/text_edit.h"

#include <algorithm>
#include <tuple>

namespace sipdex::window {

namespace {

constexpr std::size_t most_undone = 100;

std::string without_controls(std::string_view words) {
    std::string kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto octet = static_cast<unsigned char>(words[i]);
        const bool c1 = octet == 0xC2 && i + 1 < words.size() && static_cast<unsigned char>(words[i + 1]) < 0xA0;
        if (c1) ++i;
        else if (octet >= 0x20 && octet != 0x7F) kept += words[i];
    }
    return kept;
}

}  // namespace

std::string TextEdit::selected() const {
    const auto [first, last] = selection();
    return text_.substr(first, last - first);
}

void TextEdit::show(const std::string& text) {
    if (text == text_) return;
    text_ = text;
    caret_ = anchor_ = text_.size();
    done_.clear();
    undone_.clear();
}

void TextEdit::select_all() {
    anchor_ = 0;
    caret_ = text_.size();
}

void TextEdit::select_word(std::size_t at) {
    caret_ = language::boundary_behind(text_, at, language::Unit::word);
    anchor_ = language::boundary_before(text_, caret_, language::Unit::word);
}

void TextEdit::put_caret(std::size_t at, bool selecting) {
    caret_ = std::min(at, text_.size());
    if (!selecting) anchor_ = caret_;
}

void TextEdit::replace(std::size_t first, std::size_t last, std::string_view words) {
    done_.push_back({text_, caret_});
    if (done_.size() > most_undone) done_.erase(done_.begin());
    undone_.clear();
    text_.replace(first, last - first, words);
    caret_ = anchor_ = first + words.size();
}

void TextEdit::insert(std::string_view given, std::size_t most) {
    std::string words = without_controls(given);
    const auto [first, last] = selection();
    const std::size_t others = text_.size() - (last - first), room = most > others ? most - others : 0;
    if (words.size() > room) {
        std::size_t end = room;
        while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
        words.resize(end);
    }
    if (!words.empty() || first != last) replace(first, last, words);
}

void TextEdit::put_part(std::size_t first, std::size_t last, std::string_view words, std::size_t most) {
    first = std::min(first, text_.size());
    last = std::clamp(last, first, text_.size());
    const std::size_t size = text_.size(), caret = caret_;
    anchor_ = first;
    caret_ = last;
    insert(words, most);
    if (caret < first) put_caret(caret, false);
    else if (caret > last) put_caret(caret + text_.size() - size, false);
    else put_caret(caret_, false);
}

std::size_t TextEdit::reached(Reach reach, bool forward) const {
    if (reach == Reach::line) return forward ? text_.size() : 0;
    const auto unit = reach == Reach::word ? language::Unit::word : language::Unit::letter;
    return forward ? language::boundary_behind(text_, caret_, unit) : language::boundary_before(text_, caret_, unit);
}

void TextEdit::move(Reach reach, bool forward, bool selecting) {
    const auto [first, last] = selection();
    const bool collapses = !selecting && first != last && reach == Reach::letter;
    put_caret(collapses ? (forward ? last : first) : reached(reach, forward), selecting);
}

void TextEdit::erase(Reach reach, bool forward) {
    auto [first, last] = selection();
    if (first == last) std::tie(first, last) = std::minmax(caret_, reached(reach, forward));
    if (first != last) replace(first, last, {});
}

void TextEdit::undo() {
    if (done_.empty()) return;
    undone_.push_back({text_, caret_});
    text_ = done_.back().text;
    caret_ = anchor_ = done_.back().caret;
    done_.pop_back();
}

void TextEdit::redo() {
    if (undone_.empty()) return;
    done_.push_back({text_, caret_});
    text_ = undone_.back().text;
    caret_ = anchor_ = undone_.back().caret;
    undone_.pop_back();
}

}  // namespace sipdex::window
