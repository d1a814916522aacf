#include "page/vocabulary_links.h"

#include <cctype>
#include <set>

#include "document/walk.h"

namespace sipdex::page {

namespace {

using document::Span;

// Remembers what this page has linked already: a name is a link once, then a word.
class Linker {
public:
    Linker(const Reader& reader, const std::string& own) : reader_(reader), linked_{own} {
        for (const std::string& timer : reader.catalog.entries("timer"))
            if (timer.size() == 1) timers_.push_back({reader.words.timer_named(timer), "timer/" + timer});
    }

    void operator()(document::Text& text) {
        for (std::size_t i = 0; i < text.spans.size(); ++i) {
            if (!std::holds_alternative<std::monostate>(text.spans[i].target)) continue;
            if (text.spans[i].style == Span::Style::wire) link_wire(text.spans[i]);
            else if (text.language.empty()) link_timer(text, i);
        }
    }

private:
    struct Timer {
        std::string words;  // "timer B" as the reader's language has it
        std::string id;
    };

    void link_wire(Span& span) {
        if (span.text.empty() || !std::isupper(static_cast<unsigned char>(span.text[0]))) return;
        for (const char* kind : {"header", "method"}) {
            if (!reader_.catalog.has_entry(kind, span.text)) continue;
            const std::string id = std::string(kind) + "/" + span.text;
            if (linked_.insert(id).second) span.target = document::ToTerm{id};
            return;
        }
    }

    // Splits a span around the name of a timer.
    void link_timer(document::Text& text, std::size_t at) {
        for (const Timer& timer : timers_) {
            const std::size_t found = text.spans[at].text.find(timer.words);
            if (found == std::string::npos || linked_.contains(timer.id)) continue;
            const std::size_t end = found + timer.words.size();
            const std::string all = text.spans[at].text;
            if (end < all.size() && std::isalnum(static_cast<unsigned char>(all[end]))) continue;
            linked_.insert(timer.id);
            const Span::Style style = text.spans[at].style;
            const auto place = text.spans.begin() + static_cast<std::ptrdiff_t>(at);
            const Span name{timer.words, style, document::ToTerm{timer.id}}, after{all.substr(end), style, {}};
            text.spans[at].text.resize(found);
            const auto put = text.spans.insert(place + 1, name);
            if (!after.text.empty()) text.spans.insert(put + 1, after);
            return;  // what follows is looked at as a span of its own
        }
    }

    const Reader& reader_;
    std::set<std::string> linked_;
    std::vector<Timer> timers_;
};

}  // namespace

document::Document with_vocabulary_links(const Reader& reader, document::Document page, const std::string& own) {
    document::each_text(page, Linker(reader, own));
    return page;
}

}  // namespace sipdex::page
