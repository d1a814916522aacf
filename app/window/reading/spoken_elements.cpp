#include "window/reading/spoken_elements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "language/characters.h"
#include "window/ladder/ladder_picture.h"
#include "window/reading/page_text.h"

namespace sipdex::window {

namespace {

using accessible::Box;
using accessible::Node;
using accessible::Prose;
using accessible::State;
using Spoken = accessible::Role;  // Role is one of colours

constexpr std::size_t nowhere = std::size_t(-1);

// Parts whose words are one text; others hold texts.
bool is_text(Spoken role) {
    switch (role) {
        case Spoken::heading:
        case Spoken::paragraph:
        case Spoken::list_item:
        case Spoken::table_cell:
        case Spoken::table_row_header:
        case Spoken::table_column_header:
        case Spoken::toggle_button:
        case Spoken::comment: return true;
        default: return false;
    }
}

bool has_name(Spoken role) { return role != Spoken::paragraph && role != Spoken::comment; }

Box whole_pixels(double x, double y, double width, double height) {
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    return {left, top, static_cast<int>(std::ceil(x + width)) - left, static_cast<int>(std::ceil(y + height)) - top};
}

std::string in_a_line(std::string words) {
    std::ranges::replace(words, '\n', ' ');
    return words;
}

std::size_t octets_of(char first) {
    const auto lead = static_cast<unsigned char>(first);
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// U+2066 to U+2069, which the typesetter puts around what keeps its own direction.
bool is_isolate(std::string_view character) {
    return character.size() == 3 && character.starts_with("\xE2\x81") && character[2] >= char(0xA6) &&
           character[2] <= char(0xA9);
}

// Goes through the pieces of a page and makes of them what is told.
class Builder {
public:
    Builder(Ui& ui, const SpokenSource& source, std::string document_id)
        : ui_(ui), source_(source), parts_(source.laid.parts), id_(std::move(document_id)) {
        std::vector<int> children(parts_.size(), 0);
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const Part& part = parts_[i];
            ids_.push_back(i == 0 ? id_
                                  : ids_[part.parent] + "/" +
                                        (part.id.empty() ? std::to_string(++children[part.parent]) : part.id));
        }
        texts_.assign(parts_.size(), nowhere);
    }

    std::vector<SpokenElement> all() {
        for (const Piece& piece : source_.laid.pieces) take(piece, piece.part);
        reach(parts_.size() - 1);
        while (!open_.empty()) close();
        for (SpokenElement& element : elements_) finish(element);
        aside();
        title_first();
        return std::move(elements_);
    }

private:
    // Buttons of the page stand beside its title, which is said before them.
    void title_first() {
        std::size_t title = 0;
        while (title < elements_.size() && elements_[title].kind == SpokenElement::Kind::control) ++title;
        if (title == 0 || title >= elements_.size() || elements_[title].node.level != 1) return;
        const auto begin = elements_.begin(), heading = begin + static_cast<std::ptrdiff_t>(title);
        std::rotate(begin, heading, heading + 1);
    }

    SpokenElement& add(SpokenElement::Kind kind, std::string id, Spoken role) {
        SpokenElement element{kind, Node{std::move(id)}};
        element.node.role = role;
        elements_.push_back(std::move(element));
        prose_.emplace_back();
        last_of_.emplace_back();
        return elements_.back();
    }
    void close() {
        open_.pop_back();
        add(SpokenElement::Kind::close, {}, Spoken::panel);
    }
    void close_to(std::size_t part) {
        while (!open_.empty() && open_.back() != part) close();
    }

    // Begins all parts up to this one, in their order; those without words are told of as well.
    void reach(std::size_t part) {
        for (; next_ <= part && next_ < parts_.size(); ++next_) {
            if (next_ == 0) continue;
            const Part& one = parts_[next_];
            close_to(one.parent);
            const bool text = is_text(one.role);
            SpokenElement& element =
                add(text ? SpokenElement::Kind::text : SpokenElement::Kind::open, ids_[next_], one.role);
            Node& node = element.node;
            node.name = one.name;
            node.level = one.level;
            node.rows = one.rows;
            node.columns = one.columns;
            node.row = one.row;
            node.column = one.column;
            if (text) texts_[next_] = elements_.size() - 1;
            else open_.push_back(next_);
        }
    }

    void take(const Piece& piece, std::size_t part) {
        reach(part);
        switch (piece.kind) {
            case Piece::Kind::words:
            case Piece::Kind::choice:
            case Piece::Kind::fold:
            case Piece::Kind::mark: words(piece, part); break;
            case Piece::Kind::copy:
                close_to(is_text(parts_[part].role) ? parts_[part].parent : part);
                control(piece, piece.id, ui_.words().window_copy());
                break;
            case Piece::Kind::action:
                close_to(part);
                action(piece);
                break;
            case Piece::Kind::ladder:
                close_to(part);
                ladder(piece, part);
                break;
            case Piece::Kind::box:
            case Piece::Kind::hairline:
            case Piece::Kind::icon:
            case Piece::Kind::jump: break;
        }
    }

    void words(const Piece& piece, std::size_t part) {
        const auto links = static_cast<std::size_t>(std::ranges::count_if(
            piece.text.spans, [](const document::Span& span) { return span.target.index() != 0; }));
        const std::size_t first_link = link_;
        if (piece.kind == Piece::Kind::choice) link_ += piece.text.empty() ? 0 : 1;
        else if (piece.kind == Piece::Kind::words) link_ += links;
        if (piece.kind != Piece::Kind::mark && piece.lines.text().empty()) return;
        std::size_t at = texts_[part];
        if (at == nowhere) {  // beside texts of its own, as the words above a list
            close_to(part);
            add(SpokenElement::Kind::text, fmt::format("{}/p{}", ids_[part], ++paragraphs_), Spoken::paragraph);
            at = elements_.size() - 1;
        }
        SpokenElement& element = elements_[at];
        append(at, piece);
        if (!piece.text.language.empty() && piece.text.language != source_.document.language)
            element.node.language = piece.text.language;
        if (piece.kind == Piece::Kind::fold) {
            element.node.press = "fold:" + piece.id;
            element.node.set(State::focusable);
            element.node.set(State::expandable);
            element.node.set(State::expanded, piece.open);
        }
        if (piece.kind != Piece::Kind::fold) links_of(element, piece, prose_[at], begin_, first_link);
    }

    // Where its links stand in the text that begins at `from`. Their words are looked for one behind the other: marks of
    // direction may stand between them.
    void links_of(SpokenElement& element, const Piece& piece, const Prose& prose, int from, std::size_t number) const {
        auto at = static_cast<std::size_t>(from);
        for (const document::Span& span : piece.text.spans) {
            const std::u32string said = language::characters_of(span.text);
            const std::size_t found = prose.text.find(said, at);
            if (found != std::u32string::npos) at = found + said.size();
            if (span.target.index() == 0) continue;
            const std::string id = fmt::format("{}:{}", source_.links, number++);
            if (found == std::u32string::npos || said.empty()) continue;
            element.links.push_back({static_cast<int>(found), static_cast<int>(at), id, span.target});
            if (piece.kind == Piece::Kind::choice) break;  // the whole of it is one link
        }
    }

    Rect place(const Piece& piece) const {
        Rect where = place_of_words(ui_, piece);
        if (ui_.ink.mirrored()) where.x = source_.width - where.x - where.width;
        return where;
    }

    // The words of a piece behind those that the text has: on the same line where they stand beside them.
    void append(std::size_t at, const Piece& piece) {
        Prose& prose = prose_[at];
        std::optional<Rect>& before = last_of_[at];
        const bool beside = before && piece.where.y < before->y + before->height * 0.75 &&
                            piece.where.y + piece.where.height > before->y + before->height * 0.25;
        if (before) {
            prose.text += beside ? U' ' : U'\n';
            const float end = prose.edges.empty() ? 0 : prose.edges.back().right;
            prose.edges.push_back({end, end});
        }
        double line = beside && !prose.lines.empty() ? piece.where.y : -1e9;
        bool goes_on = beside;
        before = piece.where;
        begin_ = prose.size();
        elements_[at].words.push_back({std::size_t(&piece - source_.laid.pieces.data()), begin_});
        const auto put = [&](std::u32string_view characters, const std::optional<Rect>& box) {
            const auto last = prose.edges.empty() ? Prose::Edges{} : prose.edges.back();
            if (box && (prose.lines.empty() || (!goes_on && box->y > line + 1))) {
                prose.lines.push_back({prose.size(), {}});
                line = box->y;
            } else if (box && goes_on) {
                line = box->y;
                goes_on = false;
            }
            const Prose::Edges edges =
                box ? Prose::Edges{float(box->x), float(box->x + box->width)} : Prose::Edges{last.right, last.right};
            for (const char32_t character : characters) {
                prose.text += character;
                prose.edges.push_back(edges);
            }
            if (box && !prose.lines.empty()) {
                Box& whole = prose.lines.back().where;
                whole = around(whole, whole_pixels(box->x, box->y, box->width, box->height));
            }
        };
        const Rect where = place(piece);
        if (piece.kind == Piece::Kind::mark) {
            put(language::characters_of(std::to_string(piece.code)), where);
            return;
        }
        const std::string& octets = piece.lines.text();
        for (std::size_t i = 0; i < octets.size();) {
            const std::size_t size = std::min(octets_of(octets[i]), octets.size() - i);
            const std::string_view character = std::string_view(octets).substr(i, size);
            if (!is_isolate(character)) {
                std::optional<Rect> box;
                if (const auto boxes = piece.lines.boxes_between(i, i + size); !boxes.empty()) {
                    box = boxes.front();
                    box->x += where.x;
                    box->y += where.y;
                }
                put(language::characters_of(character), box);
            }
            i += size;
        }
    }

    Node& control(const Piece& piece, const std::string& pressed, const std::string& name) {
        Node& node = add(SpokenElement::Kind::control, id_ + "/" + pressed, Spoken::push_button).node;
        node.name = name;
        node.press = pressed;
        node.set(State::focusable);
        Rect where = piece.where;
        if (ui_.ink.mirrored()) where.x = source_.width - where.x - where.width;
        node.where = whole_pixels(where.x, where.y, where.width, where.height);
        return node;
    }

    void action(const Piece& piece) {
        const Button& button = piece.action_button;
        Node& node = control(piece, button.id, button.label);
        node.set(State::has_popup, button.menu);
        for (const State state : {State::enabled, State::sensitive, State::focusable}) node.set(state, button.enabled);
    }

    // Message by message, each on its share of the picture.
    void ladder(const Piece& piece, std::size_t part) {
        const document::Ladder& ladder = piece.ladder;
        Rect where = piece.where;
        if (ui_.ink.mirrored()) where.x = source_.width - where.x - where.width;
        const double each = where.height / double(std::max<std::size_t>(1, ladder.rungs.size()));
        for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
            const document::Rung& rung = ladder.rungs[i];
            if (rung.from >= ladder.parties.size() || rung.to >= ladder.parties.size()) continue;
            add(SpokenElement::Kind::text, fmt::format("{}/{}", ids_[part], i), Spoken::list_item);
            std::string words = ui_.words().window_rung(clock_words(ui_, rung), ladder.parties[rung.from].name,
                                                        ladder.parties[rung.to].name, rung.label);
            words.erase(0, words.find_first_not_of(' '));  // what stands before the names of the parties is the time
            if (rung.number > 0) words.insert(0, std::to_string(rung.number) + " · ");
            prose_.back() =
                accessible::plain_prose(words, whole_pixels(where.x, where.y + double(i) * each, where.width, each));
        }
    }

    void finish(SpokenElement& element) {
        if (element.kind != SpokenElement::Kind::text) return;
        Prose& prose = prose_[static_cast<std::size_t>(&element - elements_.data())];
        Node& node = element.node;
        node.flows = !prose.text.empty();
        if (prose.text.empty() && !node.name.empty()) prose = accessible::plain_prose(node.name);
        if (node.name.empty() && has_name(node.role)) node.name = in_a_line(prose.words(0, prose.size()));
        node.where = prose.box();
        node.set(State::multi_line, prose.lines.size() > 1);
        node.set(State::selectable_text, std::ranges::any_of(element.words, [&](const SpokenElement::Words& words) {
                     return has_words(source_.laid.pieces[words.piece]);
                 }));
        node.prose = std::make_shared<const Prose>(std::move(prose));
    }

    // The contents of the page, which stand beside it.
    void aside() {
        bool any = false;
        for (const Piece& piece : source_.laid.aside) {
            if (piece.kind != Piece::Kind::jump) continue;
            if (!std::exchange(any, true))
                add(SpokenElement::Kind::open, id_ + "/aside", Spoken::landmark).node.name =
                    ui_.words().window_on_this_page();
            Node& node = control(piece, "jump:" + piece.id, piece.payload);
            node.role = Spoken::link;
            node.where = {};
        }
        if (any) add(SpokenElement::Kind::close, {}, Spoken::panel);
    }

    Ui& ui_;
    const SpokenSource& source_;
    const std::vector<Part>& parts_;
    std::string id_;
    std::vector<std::string> ids_;    // of parts
    std::vector<std::size_t> texts_;  // of parts, the element
    std::vector<std::size_t> open_;   // parts
    std::size_t next_ = 0, link_ = 0;
    int paragraphs_ = 0;  // that are no part of their own
    int begin_ = 0;       // where the words of the piece begin
    std::vector<SpokenElement> elements_;
    std::vector<Prose> prose_;                  // of elements, until they are finished
    std::vector<std::optional<Rect>> last_of_;  // of elements, where their last piece stands
};

}  // namespace

namespace {

// How many characters of a piece are said before an octet of its lines: signs of direction are not.
int said_before(const Piece& piece, std::size_t octet) {
    const std::string& octets = piece.lines.text();
    int count = 0;
    for (std::size_t i = 0; i < std::min(octet, octets.size());) {
        const std::size_t size = std::min(octets_of(octets[i]), octets.size() - i);
        if (!is_isolate(std::string_view(octets).substr(i, size))) ++count;
        i += size;
    }
    return count;
}

// And the octet before which so many are said.
std::size_t octets_before(const Piece& piece, int characters) {
    const std::string& octets = piece.lines.text();
    std::size_t at = 0;
    while (at < octets.size() && characters > 0) {
        const std::size_t size = std::min(octets_of(octets[at]), octets.size() - at);
        if (!is_isolate(std::string_view(octets).substr(at, size))) --characters;
        at += size;
    }
    return at;
}

}  // namespace

std::pair<int, int> selected_of(const SpokenElement& element, const std::vector<Piece>& pieces,
                                const Selection& selection) {
    std::pair<int, int> whole{0, 0};
    for (const SpokenElement::Words& words : element.words) {
        const Piece& piece = pieces[words.piece];
        if (!has_words(piece)) continue;
        const auto [first, last] = selection.part_of(words.piece);
        const int from = words.from + said_before(piece, first), to = words.from + said_before(piece, last);
        if (from >= to) continue;
        if (whole.first == whole.second) whole.first = from;
        whole.second = to;
    }
    return whole;
}

std::optional<Spot> spot_of(const SpokenElement& element, const std::vector<Piece>& pieces, int character) {
    std::optional<Spot> spot;
    for (const SpokenElement::Words& words : element.words) {
        const Piece& piece = pieces[words.piece];
        if (!has_words(piece) || (spot && words.from > character)) continue;
        spot = Spot{words.piece, octets_before(piece, character - words.from)};
    }
    return spot;
}

std::vector<SpokenElement> spoken_elements(Ui& ui, const SpokenSource& source, const std::string& document_id) {
    return Builder(ui, source, document_id).all();
}

}  // namespace sipdex::window
