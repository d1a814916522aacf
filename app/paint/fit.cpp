#include "paint/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "document/walk.h"

namespace sipdex::paint {

namespace {

using namespace document;

constexpr Density densities[] = {{10, 13.8}, {9.5, 13}, {9, 12}, {8.5, 11.2}, {8, 10.4}, {7.5, 9.8}, {7.5, 9.4, true}};
constexpr std::size_t steps = std::size(densities), usual = 1;
constexpr double tight_needs = 0.88;  // of the room, about
// A sheet of one page is an extract that hangs somewhere: it says less before its type gets smaller than this. More than two
// subjects beside each other are set in 8.5 points from the start.
constexpr std::size_t least_of_one_page = 3, least_of_comparison = 4;

struct Laid {
    std::vector<Page> pages;
    double height = 0;  // of all that is on them

    std::size_t count() const { return pages.size(); }
};

double letters_of(const Document& document) {
    std::size_t letters = words_of(document.summary).size();
    Document counted = document;
    each_text(counted, [&](const Text& text) {
        for (const Span& span : text.spans) letters += span.text.size();
    });
    return static_cast<double>(letters);
}

class Fitter {
public:
    Fitter(const Options& options, const PageRoom& room, const Theme& theme, typeset::Typesetter& typesetter)
        : options_(options), room_(room), theme_(theme), typesetter_(typesetter) {}

    Laid laid(const Document& document, std::size_t step) const {
        Density density = densities[step];
        density.body *= room_.scale;
        density.leading *= room_.scale;
        if (density.body < smallest_type) density = densities[std::max(step, steps - 2)];
        const Typography type = typography_for(room_.width, room_.scale, density, theme_);
        Laid result;
        result.pages = paginated(arranged(document, options_, type, typesetter_), room_.height);
        for (const Page& page : result.pages) result.height += end_of(page);
        return result;
    }

    std::vector<Page> free(const Document& document) const {
        const std::size_t step = document.mastheads.size() > 2 ? least_of_one_page : usual;
        Laid first = laid(document, step);
        if (room_.height <= 0 || first.count() < 2 || end_of(first.pages.back()) > room_.height * 0.2)
            return std::move(first.pages);
        Laid denser = laid(document, step + 1);
        return denser.count() < first.count() ? std::move(denser.pages) : std::move(first.pages);
    }

    std::vector<Page> limited(const Document& document, std::size_t most) const {
        const double room = room_.height * static_cast<double>(most) * 0.985;
        // A tree is followed from end to end: all of it stands on the page.
        const std::size_t last = most > 1 || has_tree(document) || document.kind == Document::Kind::finding ? steps - 1
                                 : document.mastheads.size() > 1 ? least_of_comparison
                                                                 : least_of_one_page;
        // Text takes room in proportion to its size and to the distance of its lines; so one layout tells about the others,
        // and the number of letters where to begin.
        std::size_t step = 0;
        while (step < last && estimate(document, step) > room) ++step;
        Laid best = laid(document, step);
        const double needed = best.height;
        const auto needs = [&, measured = step](std::size_t at) {
            const Density &one = densities[at], &other = densities[measured];
            const double less = (one.tight ? tight_needs : 1) / (other.tight ? tight_needs : 1);
            return needed * less * one.body * one.leading / (other.body * other.leading);
        };
        while (best.count() <= most && step > 0 && needs(step - 1) <= room * 1.04) {
            Laid larger = laid(document, step - 1);
            if (larger.count() > most) return std::move(best.pages);
            best = std::move(larger);
            --step;
        }
        while (step < last && best.count() > most) {
            do ++step;
            while (step < last && needs(step) > room * 1.04);
            best = laid(document, step);
        }
        if (best.count() > most && options_.whole) return limited(document, most + 1);
        Document less = document;
        double spare = 0;
        for (int tries = 0; best.count() > most && tries < 16; ++tries) {
            spare += std::max(0.02, tries == 0 ? 1 - room / best.height : 0.0);
            less = shortened(document, spare, options_.words);
            best = laid(less, step);
        }
        // Where even the least of it needs more, as on a card of two sides, these hold as much as they can.
        if (best.count() > most) return limited(document, most + 1);
        return std::move(best.pages);
    }

private:
    // How high the content is, about, in points.
    double estimate(const Document& document, std::size_t step) const {
        constexpr double letter = 0.52, around = 2.1;  // times the body; ends of lines, margins and shorter cells
        const double area = densities[step].body * densities[step].leading * room_.scale * room_.scale;
        return letters_of(document) * letter * around * area / room_.width;
    }

    const Options& options_;
    const PageRoom& room_;
    const Theme& theme_;
    typeset::Typesetter& typesetter_;
};

std::size_t length_of(const Item& item) { return words_of(item.label).size() + words_of(item.text).size(); }

// A list or columns, seen as entries that can be left out from the end.
struct Entries {
    Block* block = nullptr;
    std::size_t rank = 0;              // what the sheet is for comes last
    std::size_t least = 1;             // how many stay until all others have given what they can
    bool last = false;                 // and then are spared as long as there is anything else
    std::vector<std::size_t> lengths;  // of each entry that is still in
    std::size_t all = 0;

    std::size_t length() const {
        std::size_t sum = 0;
        for (const std::size_t each : lengths) sum += each;
        return sum;
    }
};

// Differences that somebody has written stand before facts that merely differ.
std::size_t written_rows(const Block& block) {
    const auto* table = std::get_if<FactTable>(&block);
    return table ? static_cast<std::size_t>(
                       std::ranges::count_if(table->rows, [](const auto& row) { return row.id.empty(); }))
                 : 0;
}

Entries ranked(const Section& section, Block& block) {
    Entries entries;
    entries.block = &block;
    entries.last = section.id == "key-differences" || section.id == "steps";
    if (section.id == "key-differences") entries.least = std::max<std::size_t>(1, written_rows(block));
    if (section.id == "causes" || section.id == "meaning") entries.rank = 1, entries.least = 2;
    if (section.id == "steps" || section.id == "trace") entries.rank = 2, entries.least = 3;
    if (section.id == "proof") entries.rank = 3;
    return entries;
}

std::vector<Entries> entries_of(Document& document) {
    std::vector<Entries> result;
    for (Section& section : document.sections)
        for (Block& block : section.blocks) {
            Entries entries = ranked(section, block);
            if (const auto* list = std::get_if<List>(&block))
                for (const Item& item : list->items) entries.lengths.push_back(length_of(item));
            if (const auto* columns = std::get_if<Columns>(&block))
                for (const auto& row : columns->rows) {
                    std::size_t longest = 0;
                    for (const Item& item : row) longest = std::max(longest, length_of(item));
                    entries.lengths.push_back(longest * row.size());
                }
            if (const auto* table = std::get_if<FactTable>(&block); table && !section.at_a_glance)
                for (const auto& row : table->rows) {
                    std::size_t longest = 0;
                    for (const Text& cell : row.cells) longest = std::max(longest, words_of(cell).size());
                    entries.lengths.push_back(longest * row.cells.size());
                }
            entries.all = entries.lengths.size();
            if (entries.all > 1) result.push_back(std::move(entries));
        }
    return result;
}

void keep(Block& block, std::size_t count) {
    if (auto* list = std::get_if<List>(&block)) list->items.resize(count);
    if (auto* columns = std::get_if<Columns>(&block)) columns->rows.resize(count);
    if (auto* table = std::get_if<FactTable>(&block)) table->rows.resize(count);
}

}  // namespace

Document shortened(const Document& document, double share, const PaintWords& words) {
    Document result = document;
    std::vector<Entries> all = entries_of(result);
    double length = 0;
    for (const Section& section : result.sections)
        for (const Block& block : section.blocks)
            if (const auto* paragraph = std::get_if<Paragraph>(&block))
                length += double(words_of(paragraph->text).size());
    for (const Entries& entries : all) length += static_cast<double>(entries.length());
    double spare = length * share;
    constexpr std::size_t ranks = 3;  // and then down to one of each
    for (std::size_t rank = 0; spare > 0 && rank <= ranks;) {
        const auto weight = [&](const Entries& entries) {
            const bool may = entries.lengths.size() > (rank < ranks ? entries.least : 1) && entries.rank <= rank;
            const double letters = may ? static_cast<double>(entries.length()) : 0;
            return rank == ranks && entries.last ? letters * 1e-3 : letters;
        };
        const auto longest = std::ranges::max_element(all, {}, weight);
        if (longest == all.end() || weight(*longest) == 0) {
            ++rank;
            continue;
        }
        spare -= static_cast<double>(longest->lengths.back());
        longest->lengths.pop_back();
    }
    std::map<const Block*, int> left_out;
    for (const Entries& entries : all) {
        if (entries.lengths.size() == entries.all) continue;
        keep(*entries.block, entries.lengths.size());
        left_out[entries.block] = static_cast<int>(entries.all - entries.lengths.size());
    }
    for (Section& section : result.sections) {
        std::vector<Block> blocks;
        for (Block& block : section.blocks) {
            const auto found = left_out.find(&block);
            blocks.push_back(std::move(block));
            if (found == left_out.end()) continue;
            const std::string said =
                words.left_out ? words.left_out(found->second) : fmt::format("… {}", found->second);
            blocks.push_back(Paragraph{plain(said), Paragraph::Role::secondary});
        }
        section.blocks = std::move(blocks);
    }
    if (!left_out.empty() && words.rest) {
        std::string name;
        for (const Masthead& masthead : result.mastheads) name += (name.empty() ? "" : " ") + masthead.id;
        if (name.empty()) name = result.title;
        result.sections.back().blocks.push_back(Paragraph{plain(words.rest(name)), Paragraph::Role::secondary});
    }
    return result;
}

std::vector<Page> fitted(const Document& document, const Options& options, const PageRoom& room, const Theme& theme,
                         typeset::Typesetter& typesetter) {
    const Fitter fitter(options, room, theme, typesetter);
    return options.most_pages > 0 && room.height > 0
               ? fitter.limited(document, static_cast<std::size_t>(options.most_pages))
               : fitter.free(document);
}

}  // namespace sipdex::paint
