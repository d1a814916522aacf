// What is asked of texts: their characters, what is selected, links in them, and that a field be edited.
#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>

#include "language/characters.h"
#include "window/accessible/answers.h"

namespace sipdex::window::accessible {

namespace {

// AtspiTextBoundaryType, which Orca asked by until version 45, and AtspiTextGranularity.
Prose::Unit unit_of(unsigned by, bool boundary) {
    constexpr Prose::Unit units[] = {Prose::Unit::character, Prose::Unit::word, Prose::Unit::sentence,
                                     Prose::Unit::line, Prose::Unit::whole};
    if (boundary) by = by == 0 ? 0 : by <= 2 ? 1 : by <= 4 ? 2 : 3;
    return units[std::min<unsigned>(by, 4)];
}

// A negative offset is the end, wherever that is when the window comes to it.
int at_or_end(int offset) { return offset < 0 ? std::numeric_limits<int>::max() : offset; }

}  // namespace

GVariant* Answers::text(const Node& node, const std::string& method, GVariant* given) const {
    const Prose& prose = *node.prose;
    int from = 0, to = 0, at = 0;
    unsigned by = 0;
    const auto in_window = [&](Box box) {
        box.x += node.prose_x;
        box.y += node.prose_y;
        box = placed(box, node, by);
        return g_variant_new("(iiii)", box.x, box.y, box.width, box.height);
    };
    const bool caret_can_move = node.flows || node.is(State::editable);
    if (method == "GetText") {
        g_variant_get(given, "(ii)", &from, &to);
        return g_variant_new("(s)", prose.words(from, to < 0 ? prose.size() : to).c_str());
    }
    if (method == "GetStringAtOffset" || method == "GetTextAtOffset" || method == "GetTextBeforeOffset" ||
        method == "GetTextAfterOffset") {
        g_variant_get(given, "(iu)", &at, &by);
        const Prose::Unit unit = unit_of(by, method != "GetStringAtOffset");
        auto [begin, end] = prose.piece(at, unit);
        if (method == "GetTextBeforeOffset") {
            if (begin > 0) std::tie(begin, end) = prose.piece(begin - 1, unit);
            else end = begin;
        }
        if (method == "GetTextAfterOffset") {
            if (end < prose.size()) std::tie(begin, end) = prose.piece(end, unit);
            else begin = end;
        }
        return g_variant_new("(sii)", prose.words(begin, end).c_str(), begin, end);
    }
    if (method == "SetCaretOffset") {
        g_variant_get(given, "(i)", &at);
        if (caret_can_move) wish({Wish::Kind::caret, node.id, at});
        return yes_or_no(caret_can_move);
    }
    if (method == "GetCharacterAtOffset") {
        g_variant_get(given, "(i)", &at);
        return number(at >= 0 && at < prose.size() ? static_cast<int>(prose.text[std::size_t(at)]) : 0);
    }
    const auto spoken = [&] {
        std::map<std::string, std::string> all;
        if (tree) all["language"] = tree->language_of(node);
        return dictionary(all);
    };
    if (method == "GetAttributeValue") {
        const char* name = "";
        g_variant_get(given, "(i&s)", &at, &name);
        const std::string value = std::strcmp(name, "language") == 0 ? tree->language_of(node) : std::string();
        return g_variant_new("(s)", value.c_str());
    }
    if (method == "GetAttributes" || method == "GetAttributeRun")
        return g_variant_new("(@a{ss}ii)", spoken(), 0, prose.size());
    if (method == "GetDefaultAttributes" || method == "GetDefaultAttributeSet") return in_tuple(spoken());
    if (method == "GetCharacterExtents") {
        g_variant_get(given, "(iu)", &at, &by);
        return in_window(prose.box(at, at + 1));
    }
    if (method == "GetRangeExtents") {
        g_variant_get(given, "(iiu)", &from, &to, &by);
        return in_window(prose.box(from, to < 0 ? prose.size() : to));
    }
    if (method == "GetOffsetAtPoint") {
        int x = 0, y = 0;
        g_variant_get(given, "(iiu)", &x, &y, &by);
        const Box corner = placed({node.prose_x, node.prose_y, 0, 0}, node, by);
        return number(prose.offset_at(x - corner.x, y - corner.y));
    }
    if (method == "ScrollSubstringTo") {
        g_variant_get(given, "(iiu)", &from, &to, &by);
        if (node.flows) wish({Wish::Kind::show, node.id, from});
        return yes_or_no(node.flows);
    }
    return text_selection(node, method, given);
}

// One at most. Of a page it may go on in other texts, and what is selected in one of them is the selection then.
GVariant* Answers::text_selection(const Node& node, const std::string& method, GVariant* given) const {
    const bool selected = node.selected_from < node.selected_to;
    const bool can = node.is(State::selectable_text) && (!node.is(State::editable) || node.is(State::focusable));
    const auto select = [&](int from, int to) {
        wish({Wish::Kind::select, node.id, at_or_end(from), at_or_end(to)});
        return yes_or_no(true);
    };
    if (method == "GetNSelections") return number(selected ? 1 : 0);
    int which = 0, from = 0, to = 0;
    if (method == "AddSelection") {
        g_variant_get(given, "(ii)", &from, &to);
        return can && !selected ? select(from, to) : yes_or_no(false);
    }
    if (method == "SetSelection") {
        g_variant_get(given, "(iii)", &which, &from, &to);
        return can && which == 0 ? select(from, to) : yes_or_no(false);
    }
    g_variant_get(given, "(i)", &which);
    const bool is_it = selected && which == 0;
    if (method == "GetSelection")
        return g_variant_new("(ii)", is_it ? node.selected_from : 0, is_it ? node.selected_to : 0);
    const int caret = std::max(0, node.caret);
    return can && is_it ? select(caret, caret) : yes_or_no(false);
}

// Whether the field takes as much is seen in its text, which is told when it has changed.
GVariant* Answers::editable_text(const Node& node, const std::string& method, GVariant* given) const {
    Wish one{Wish::Kind::edit, node.id};
    if (method == "SetTextContents") {
        const char* words = "";
        g_variant_get(given, "(&s)", &words);
        one.to = at_or_end(-1);
        one.words = words;
    } else if (method == "InsertText") {
        const char* words = "";
        int count = 0;
        g_variant_get(given, "(i&si)", &one.offset, &words, &count);
        one.to = one.offset;
        one.words = words;
        // Some count octets, some characters: taken for characters, all of the words is all of them for either.
        if (count >= 0) one.words = language::utf8_of(language::characters_of(words).substr(0, std::size_t(count)));
    } else if (method == "PasteText") {
        one.kind = Wish::Kind::paste;
        g_variant_get(given, "(i)", &one.offset);
        one.to = one.offset;
    } else {
        one.kind = method == "CopyText" ? Wish::Kind::copy : method == "CutText" ? Wish::Kind::cut : Wish::Kind::edit;
        g_variant_get(given, "(ii)", &one.offset, &one.to);
    }
    one.offset = at_or_end(one.offset);
    one.to = at_or_end(one.to);
    const bool can = node.is(State::focusable);  // not beneath a dialog
    if (can) wish(one);
    return method == "CopyText" ? g_variant_new("()") : yes_or_no(can);
}

GVariant* Answers::hypertext(const Node& node, const std::string& method, GVariant* given) const {
    const auto all = links(node);
    if (method == "GetNLinks") return number(static_cast<int>(all.size()));
    int at = 0;
    g_variant_get(given, "(i)", &at);
    if (method == "GetLink")
        return in_tuple(at >= 0 && at < std::ssize(all) ? hyperlink(*all[std::size_t(at)]) : nobody());
    const auto holds =
        std::ranges::find_if(all, [at](const Node* link) { return at >= link->link_from && at < link->link_to; });
    return number(holds == all.end() ? -1 : static_cast<int>(holds - all.begin()));
}

GVariant* Answers::document(const Node& node, const std::string& method, GVariant* given) const {
    const std::string language = tree->language_of(node);
    if (method == "GetLocale") return g_variant_new("(s)", language.c_str());
    if (method == "GetAttributeValue") {
        const char* name = "";
        g_variant_get(given, "(&s)", &name);
        const std::string value = std::strcmp(name, "DocURL") == 0     ? node.uri
                                  : std::strcmp(name, "language") == 0 ? language
                                                                       : std::string();
        return g_variant_new("(s)", value.c_str());
    }
    return in_tuple(dictionary({{"DocURL", node.uri}, {"language", language}}));
}

}  // namespace sipdex::window::accessible
