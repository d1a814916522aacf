#include "cli/book.h"

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/values.h"
#include "language/fold.h"
#include "page/forms.h"
#include "page/lookup.h"
#include "page/pages.h"
#include "paint/booklet.h"

namespace sipdex::cli {

namespace {

// The name by which the index of a book lists what a link leads to: terms, header fields, methods, not pages of groups.
std::string indexed(const page::Reader& reader, const document::Target& target) {
    const auto* term = std::get_if<document::ToTerm>(&target);
    if (!term || term->id.starts_with("group/") || term->id.starts_with("path/") || term->id.starts_with("index/"))
        return {};
    return page::term(reader, term->id).title;
}

std::vector<std::string> registered(const Session& session) {
    std::vector<std::string> codes;
    for (const catalog::ListedResponse& response : session.catalog.responses(session.words.tag()))
        if (response.status == "registered") codes.push_back(response.id);
    return codes;
}

}  // namespace

int export_overview(const Session& session, const std::string& what) {
    const bool poster = what == "poster";
    Painted painted =
        as_asked(session, page::overview(session.reader(), poster ? page::Overview::wall : page::Overview::desk));
    painted.options.layout = paint::Options::Layout::columns;
    painted.options.most_pages = poster ? 1 : 2;  // a card has two sides
    put_octets(session, format_of(session).paint(painted.document, painted.options));
    return 0;
}

int export_book(const Session& session, const std::vector<std::string>& names, bool imposed) {
    if (format_name(session) != "pdf") throw UsageError{session.words.export_needs_pdf("booklet", "pdf")};
    const page::Reader reader = session.reader();
    OutputOptions asked = session.output;
    if (names.empty() && asked.form.empty()) asked.form = "card";
    paint::Options options = paint_options(session);
    options.whole = page::form_named(asked.form).value_or(page::Form::full) == page::Form::full;

    paint::Book book;
    book.title = session.words.booklet_title();
    book.contents = session.words.booklet_contents();
    book.index = session.words.booklet_index();
    book.language = session.words.tag();
    for (const std::string& name : names.empty() ? registered(session) : names) {
        document::Document page = page::page_for(reader, name);
        if (is_notice(page)) throw Failure{document::words_of(page.summary)};
        Painted painted = as_asked(asked, options, std::move(page));
        paint::Book::Chapter chapter;
        if (painted.document.mastheads.size() == 1) {
            const document::Masthead& head = painted.document.mastheads.front();
            chapter.target = document::ToResponse{head.id};
            chapter.about = document::words_of(head.gloss);
        }
        book.right_to_left = painted.document.right_to_left;
        book.subtitle = book.footer = painted.document.footer;
        chapter.most_pages = painted.options.most_pages;
        chapter.document = std::move(painted.document);
        book.chapters.push_back(std::move(chapter));
    }
    book.indexed = [names = std::map<std::string, std::string>(), &reader](const document::Target& target) mutable {
        const auto* term = std::get_if<document::ToTerm>(&target);
        if (!term) return std::string();
        const auto [at, fresh] = names.try_emplace(term->id);
        if (fresh) at->second = indexed(reader, target);
        return at->second;
    };
    put_octets(session, paint::booklet(book, options, imposed));
    return 0;
}

}  // namespace sipdex::cli
