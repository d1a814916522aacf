#include "paint/booklet.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "paint/pdf_file.h"
#include "paint/sheet.h"

namespace sipdex::paint {

namespace {

using namespace document;

std::string place_of(std::size_t chapter) { return fmt::format("chapter-{}", chapter); }

// One part of the book: a sheet that begins at a page of it.
struct Leaf {
    std::unique_ptr<Sheet> sheet;
    std::string title, place;  // of a chapter; empty for contents and index
    int first = 1;             // page, counted from 1
};

class Binder {
public:
    Binder(const Book& book, const Options& options) : book_(book), options_(options) {}

    std::string bound(bool imposed) {
        set();
        for (Leaf& leaf : leaves_) leaf.sheet->link_within([this](const Target& target) { return place_for(target); });
        return imposed ? side_by_side() : page_by_page();
    }

private:
    Leaf leaf(const Document& document, int most_pages, int first) const {
        Options options = options_;
        options.most_pages = most_pages;
        options.first_page = first;
        return {std::make_unique<Sheet>(document, options, Sheet::Flow::pages), {}, {}, first};
    }

    // The contents come first but know the pages only when everything else is set; how many pages they take does not
    // depend on the numbers that stand in them.
    void set() {
        const int front = leaf(contents({}), 0, 1).sheet->pages();
        int page = front + 1;
        std::vector<int> begins;
        for (std::size_t i = 0; i < book_.chapters.size(); ++i) {
            const Book::Chapter& chapter = book_.chapters[i];
            Leaf one = leaf(chapter.document, chapter.most_pages, page);
            one.title = chapter.document.title;
            one.place = place_of(i);
            begins.push_back(page);
            page += one.sheet->pages();
            leaves_.push_back(std::move(one));
        }
        const Document index = index_of();
        if (!index.sections.empty()) leaves_.push_back(leaf(index, 0, page));
        leaves_.insert(leaves_.begin(), leaf(contents(begins), 0, 1));
    }

    Document blank(const std::string& title) const {
        Document page;
        page.kind = Document::Kind::term;
        page.title = title;
        page.language = book_.language;
        page.right_to_left = book_.right_to_left;
        page.footer = book_.footer;
        return page;
    }

    Document contents(const std::vector<int>& begins) const {
        Document page = blank(book_.title);
        page.summary = plain(book_.subtitle);
        FactTable table;
        for (std::size_t i = 0; i < book_.chapters.size(); ++i) {
            const Book::Chapter& chapter = book_.chapters[i];
            Text title = link(chapter.document.title, chapter.target);
            if (!chapter.about.empty()) title.spans.push_back({"\u2002" + chapter.about});
            table.rows.push_back({plain(i < begins.size() ? std::to_string(begins[i]) : "000"), {std::move(title)}});
        }
        page.sections.push_back({"contents", book_.contents, {std::move(table)}});
        return page;
    }

    Document index_of() const {
        const auto before = [&](const std::string& one, const std::string& other) {
            return book_.before ? book_.before(one, other) : one < other;
        };
        std::map<std::string, std::set<int>, decltype(before)> pages(before);
        if (book_.indexed)
            for (const Leaf& leaf : leaves_)
                for (const Sheet::Mention& mention : leaf.sheet->mentions())
                    if (const std::string name = book_.indexed(mention.target); !name.empty())
                        pages[name].insert(leaf.first + mention.page);
        Document page = blank(book_.index);
        if (pages.empty()) return page;
        List list;
        for (const auto& [name, on] : pages) {
            std::string numbers;
            for (const int each : on) numbers += (numbers.empty() ? "" : ", ") + std::to_string(each);
            list.items.push_back({{}, plain(name + "\u2003" + numbers)});
        }
        page.sections.push_back({"index", book_.index, {std::move(list)}});
        return page;
    }

    std::string place_for(const Target& target) const {
        if (target.index() == 0) return {};
        const auto at = std::ranges::find(book_.chapters, target, &Book::Chapter::target);
        return at == book_.chapters.end() ? std::string()
                                          : place_of(static_cast<std::size_t>(at - book_.chapters.begin()));
    }

    std::string page_by_page() {
        const Sheet& front = *leaves_.front().sheet;
        PdfFile file(book_.title, options_, front.width(), front.height());
        for (const Leaf& leaf : leaves_)
            file.bookmark(leaf.title.empty() ? leaf.sheet->title() : leaf.title, leaf.first, 0);
        cairo_t* to = file.cairo();
        cairo_tag_begin(to, "Document", nullptr);
        for (const Leaf& leaf : leaves_)
            for (int page = 0; page < leaf.sheet->pages(); ++page) {
                if (page == 0 && !leaf.place.empty()) {
                    cairo_tag_begin(to, CAIRO_TAG_DEST, fmt::format("name='{}' x=0 y=0 internal", leaf.place).c_str());
                    cairo_tag_end(to, CAIRO_TAG_DEST);
                }
                leaf.sheet->paint(to, page, true);
                if (&leaf == &leaves_.back() && page + 1 == leaf.sheet->pages()) cairo_tag_end(to, "Document");
                cairo_show_page(to);
            }
        return file.finished(book_.language, book_.right_to_left);
    }

    std::string side_by_side() {
        std::vector<std::pair<const Sheet*, int>> pages;
        for (const Leaf& leaf : leaves_)
            for (int page = 0; page < leaf.sheet->pages(); ++page) pages.emplace_back(leaf.sheet.get(), page);
        const double width = pages.front().first->width(), height = pages.front().first->height();
        PdfFile file(book_.title, options_, width * 2, height);
        cairo_t* to = file.cairo();
        for (auto [left, right] : folded(static_cast<int>(pages.size()))) {
            if (book_.right_to_left) std::swap(left, right);
            for (const auto& [page, x] : {std::pair{left, 0.0}, {right, width}}) {
                if (page < 0) continue;
                const auto& [sheet, number] = pages[static_cast<std::size_t>(page)];
                cairo_save(to);
                cairo_translate(to, x, 0);
                cairo_rectangle(to, 0, 0, width, height);
                cairo_clip(to);
                sheet->paint(to, number, false);
                cairo_restore(to);
            }
            cairo_show_page(to);
        }
        return file.finished(book_.language, book_.right_to_left);
    }

    const Book& book_;
    const Options& options_;
    std::vector<Leaf> leaves_;
};

}  // namespace

std::vector<std::pair<int, int>> folded(int pages) {
    const int all = (pages + 3) / 4 * 4;
    const auto page = [&](int at) { return at < pages ? at : -1; };
    std::vector<std::pair<int, int>> sides;
    for (int sheet = 0; sheet < all / 4; ++sheet) {
        sides.emplace_back(page(all - 1 - 2 * sheet), page(2 * sheet));
        sides.emplace_back(page(2 * sheet + 1), page(all - 2 - 2 * sheet));
    }
    return sides;
}

std::string booklet(const Book& book, const Options& options, bool imposed) {
    return Binder(book, options).bound(imposed);
}

}  // namespace sipdex::paint
