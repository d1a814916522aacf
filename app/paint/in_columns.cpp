#include "paint/in_columns.h"

#include <cairo.h>

#include <algorithm>

#include "paint/setting.h"

namespace sipdex::paint {

namespace {

using namespace document;
using typeset::Face;

// "486 Busy Here" in its parts.
struct Name {
    std::string code, phrase;
};

struct Trial {
    double body = 0;  // 0: more pages than asked for, in the smallest type
    std::vector<Page> pages;
};

// Whether a row says more than fits on a line: then its name stands above the words.
bool is_wordy(const FactTable::Row& row) {
    return !row.cells.empty() && words_of(row.cells.front()).find('\n') != std::string::npos;
}

class Layout {
public:
    Layout(const Document& document, const Options& options, const PageRoom& room, const Theme& theme,
           typeset::Typesetter& typesetter, double body, int columns, bool wordy)
        : document_(document),
          room_(room),
          theme_(theme),
          type_(typography(room, theme, body, columns)),
          setting_(document, options, type_, typesetter),
          columns_(columns),
          wordy_(wordy) {}

    std::vector<Page> done() {
        turn();
        masthead();
        for (const Section& section : document_.sections) {
            const auto* table = section.blocks.empty() ? nullptr : std::get_if<FactTable>(&section.blocks.front());
            if (!table || table->rows.empty()) continue;
            if (section.id == "signs" && !wordy_) {
                put(signs_on_one_line(*table));
                continue;
            }
            const Strip title = wordy_ ? title_of(section) : Strip{};
            for (const FactTable::Row& row : table->rows) {
                Strip strip = row_of(row);
                const bool first = &row == &table->rows.front();
                const double needed = strip.before + strip.height + (first ? title.before + title.height : 0);
                if (y_ > top_ && y_ + needed > room_.height) next_column();
                if (first && wordy_) put(title);
                put(std::move(strip));
            }
        }
        return std::move(pages_);
    }

private:
    static double gutter(const PageRoom& room) { return 16 * room.scale; }

    static Typography typography(const PageRoom& room, const Theme& theme, double body, int columns) {
        Typography type;
        type.width = (room.width - gutter(room) * (columns - 1)) / columns;
        type.density = {body, body * 1.25};
        type.theme = &theme;
        return type;
    }

    void turn() {
        pages_.emplace_back();
        column_ = 0;
        top_ = y_ = 0;
    }
    void next_column() {
        if (++column_ == columns_) turn();
        y_ = top_;
    }
    void put(Strip strip) {
        if (y_ > top_) y_ += strip.before;
        const double height = strip.height;
        pages_.back().push_back(
            {.strip = std::move(strip), .y = y_, .x = column_ * (type_.width + gutter(room_)), .width = type_.width});
        y_ += height;
    }

    // The title over all columns, the summary beside it where there is room.
    void masthead() {
        const bool small = room_.scale < 1;
        Typography wide = type_;
        wide.width = room_.width;
        const Setting across(document_, setting_.options, wide, setting_.typesetter);
        std::vector<Part> parts = {across.part(plain(document_.title), {0, room_.width},
                                               {small ? 1.7 : 2.6, true, Face::prose, false, small ? 1.75 : 2.5})};
        if (!document_.summary.empty()) {
            parts.push_back(across.part(across.shown(document_.summary), {0, room_.width}, look::prose));
            parts.back().colour = theme_.secondary;
            parts.back().y = parts.front().lines.height();
        }
        Strip strip = across.strip(std::move(parts), 0, "H1");
        strip.height += across.quarters(small ? 2 : 4);
        top_ = strip.height;
        pages_.back().push_back({.strip = std::move(strip), .y = 0});
        y_ = top_;
    }

    Strip title_of(const Section& section) const {
        const int digit = section.id.size() == 3 && section.id.ends_with("xx") ? section.id[0] - '0' : 0;
        const std::string shape = digit ? std::string(shape_of(digit * 100)) + "\u2002" : std::string();
        Strip title = setting_.strip(
            {setting_.part(plain(shape + section.title), {0, type_.width}, {1.15, true, Face::prose, false, 1.25})},
            setting_.quarters(5), "H2");
        if (digit) title.parts.front().colour = theme_.of_class(digit * 100);
        title.outline = section.title;
        const Colour colour = digit ? theme_.of_class(digit * 100) : theme_.text;
        const double width = type_.width, below = title.height, thick = setting_.quarters(0.5);
        title.drawing = [colour, width, below, thick](cairo_t* cairo, double x, double y) {
            cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
            cairo_rectangle(cairo, x, y + below, width, thick);
            cairo_fill(cairo);
        };
        title.height += setting_.quarters(2);
        return title;
    }

    // For a wall: the code large, the phrase, then its sign and what it means on one line.
    Strip wordy(const FactTable::Row& row, const Name& name, const std::string& sign) const {
        const double em = type_.density.body;
        const Column numbers{0, em * 3.4}, words{em * 4.1, type_.width - em * 4.1};
        std::vector<Part> parts = {setting_.part(wire(name.code), numbers, {1.6, true, Face::prose, false, 1.5})};
        parts.front().colour = theme_.of_class(std::atoi(name.code.c_str()));
        Text text = setting_.shown(row.cells.front());
        text.spans.insert(text.spans.begin(), {"\n", Span::Style::plain});
        text.spans.insert(text.spans.begin(), {name.phrase, Span::Style::wire});
        Part said = setting_.part(text, words);
        if (!sign.empty()) {
            parts.push_back(setting_.part(plain(sign), {em * 2.3, em * 1.4}, {1.1, true}));
            parts.back().y = type_.density.leading + said.lines.baseline() - parts.back().lines.baseline();
        }
        parts.push_back(std::move(said));
        return with_height_of_words(std::move(parts), setting_.quarters(3));
    }

    // For a desk: a line each. The shape stands for the title of the class.
    Strip brief(const FactTable::Row& row, const Name& name, const std::string& sign) const {
        const double em = type_.density.body;
        const int code = std::atoi(name.code.c_str());
        const Column shape{0, em * 1.2}, number{em * 1.3, em * 2.2}, mark{em * 3.5, em * 1.1},
            words{em * 4.7, type_.width - em * 4.7};
        std::vector<Part> parts;
        if (code > 0) {
            parts.push_back(setting_.part(plain(shape_of(code)), shape));
            parts.push_back(setting_.part(wire(name.code), number, {1.05, true}));
            for (Part& part : parts) part.colour = theme_.of_class(code);
        }
        if (!sign.empty()) parts.push_back(setting_.part(plain(sign), mark, {1, true}));
        Text text = setting_.shown(row.cells.front());
        if (!name.phrase.empty() && type_.width > em * 40) {
            text.spans.insert(text.spans.begin(), {name.phrase + "\u2002", Span::Style::wire});
        }
        parts.push_back(setting_.part(text, words));
        return with_height_of_words(std::move(parts), 0);
    }

    // Signs come from fonts of other heights; they stand on the line of the words, which come last, and take no room.
    Strip with_height_of_words(std::vector<Part> parts, double before) const {
        for (Part& part : parts)
            if (part.y == 0) part.y = parts.back().lines.baseline() - part.lines.baseline();
        const double code = parts.front().lines.count() > 1 ? parts.front().lines.height() : 0;
        const double height = std::max(parts.back().lines.height(), code);
        Strip strip = setting_.strip(std::move(parts), before, "P");
        strip.height = height;
        return strip;
    }

    Strip signs_on_one_line(const FactTable& table) const {
        Text text;
        for (const FactTable::Row& row : table.rows)
            text.spans.push_back(
                {std::string(sign_of(row.verdicts.front())) + "\u00a0" + words_of(row.cells.front()) + "\u2003"});
        return with_height_of_words({setting_.part(text, {0, type_.width}, look::small)}, setting_.quarters(1));
    }

    Strip row_of(const FactTable::Row& row) const {
        const std::string sign = row.verdicts.empty() ? std::string() : sign_of(row.verdicts.front());
        const std::string words = words_of(row.label);
        Name name{words.substr(0, words.find(' ')), {}};
        if (words.size() > name.code.size()) name.phrase = words.substr(name.code.size() + 1);
        return wordy_ ? wordy(row, name, sign) : brief(row, name, sign);
    }

    const Document& document_;
    const PageRoom& room_;
    const Theme& theme_;
    Typography type_;
    Setting setting_;
    int columns_;
    bool wordy_;  // a poster, not a card
    std::vector<Page> pages_;
    int column_ = 0;
    double top_ = 0, y_ = 0;
};

bool is_wide_enough(const PageRoom& room, double body, int columns) {
    const double width = (room.width - 16 * room.scale * (columns - 1)) / columns;
    return width >= body * 21;
}

// The same without the sentence behind what each row means in a few words.
Document without_sentences(Document document) {
    for (Section& section : document.sections)
        for (Block& block : section.blocks)
            if (auto* table = std::get_if<FactTable>(&block))
                for (FactTable::Row& row : table->rows)
                    for (Text& cell : row.cells)
                        if (const auto end = std::ranges::find(cell.spans, "\n", &Span::text); end != cell.spans.end())
                            cell.spans.erase(end, cell.spans.end());
    return document;
}

bool is_wordy(const Document& document) {
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks)
            if (const auto* table = std::get_if<FactTable>(&block))
                if (std::ranges::any_of(table->rows, [](const FactTable::Row& row) { return is_wordy(row); }))
                    return true;
    return false;
}

// The largest type with which all fits on `most` pages, in as many columns as suit it.
Trial largest(const Document& document, const Options& options, const PageRoom& room, const Theme& theme,
              typeset::Typesetter& typesetter, bool wordy) {
    const auto most = static_cast<std::size_t>(std::max(1, options.most_pages));
    Trial best;
    for (int columns = 1; columns <= 9; ++columns) {
        const auto laid = [&](double body) {
            return Layout(document, options, room, theme, typesetter, body, columns, wordy).done();
        };
        double low = smallest_type, high = std::max(low, std::min(14.0 * room.scale, room.width / columns / 21));
        if (!is_wide_enough(room, low, columns) || high <= best.body) continue;
        std::vector<Page> pages = laid(low);
        if (pages.size() > most) {
            if (best.pages.empty() || (best.body == 0 && pages.size() < best.pages.size()))
                best = {0, std::move(pages)};
            continue;
        }
        while (high - low > 0.2) {
            const double middle = (low + high) / 2;
            std::vector<Page> tried = laid(middle);
            if (tried.size() <= most) {
                low = middle;
                pages = std::move(tried);
            } else {
                high = middle;
            }
        }
        if (low > best.body) best = {low, std::move(pages)};
    }
    return best;
}

}  // namespace

std::vector<Page> in_columns(const Document& document, const Options& options, const PageRoom& room, const Theme& theme,
                             typeset::Typesetter& typesetter) {
    const bool wordy = is_wordy(document);
    Trial best = largest(document, options, room, theme, typesetter, wordy);
    if (wordy && best.body == 0) best = largest(without_sentences(document), options, room, theme, typesetter, true);
    return std::move(best.pages);
}

}  // namespace sipdex::paint
