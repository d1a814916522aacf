#include "cli/desk.h"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "language/characters.h"
#include "page/desk.h"
#include "page/lookup.h"
#include "page/pages.h"
#include "paint/json.h"
#include "user/page_name.h"

namespace sipdex::cli {

namespace {

using user::Trouble;

std::string trouble_words(const Session& session) {
    return page::sentence_for(session.words, session.desk->trouble(), session.desk->file());
}

bool cannot_be_read(Trouble trouble) {
    return trouble == Trouble::newer || trouble == Trouble::unreadable || trouble == Trouble::locked ||
           trouble == Trouble::failing;
}

}  // namespace

user::Desk& desk_of(const Session& session) {
    if (cannot_be_read(session.desk->trouble())) throw Failure{trouble_words(session)};
    return *session.desk;
}

void keep(const Session& session) {
    session.desk->finish();
    if (session.desk->unsaved()) throw Failure{trouble_words(session)};
}

void complain_of_desk(const Session& session) {
    if (session.desk && cannot_be_read(session.desk->trouble())) complain(trouble_words(session));
}

void visited(const Session& session, const document::Target& page) {
    if (!session.desk || !session.output.output.empty() || format_name(session) != "text" || !isatty(STDOUT_FILENO))
        return;
    session.desk->visit(user::name_of_page(page));
    session.desk->save(0);
}

std::string page_name(const Session& session, const std::vector<std::string>& words) {
    const page::Reader reader = session.reader();
    const bool codes =
        std::ranges::all_of(words, [&](const std::string& word) { return session.catalog.response(word).has_value(); });
    if (codes && words.size() == 1) return words.front();
    if (codes) {
        refuse_comparison(session.words, words);
        return user::name_of_page(document::ToComparison{words});
    }
    std::string asked;
    for (const std::string& word : words) asked += (asked.empty() ? "" : " ") + word;
    if (!page::title_of_page(reader, asked).empty()) return user::name_of_page(user::page_named(asked));
    if (const auto term = page::term_called(reader, asked)) return user::name_of_page(document::ToTerm{*term});
    if (session.catalog.exchange(asked)) return user::name_of_page(document::ToExchange{asked});
    const document::Document page = page::page_for(reader, asked);
    throw Failure{is_notice(page) ? document::words_of(page.summary)
                                  : session.words.unknown_term(language::shown(asked))};
}

void put_pages(const Session& session, const std::string& title, const char* key,
               const std::vector<std::string>& names) {
    const page::Reader reader = session.reader();
    // A page that this catalog does not have stays in the list under its name.
    const auto title_of = [&](const std::string& name) {
        const std::string found = page::title_of_page(reader, name);
        return found.empty() ? language::shown(name) : found;
    };
    const std::string format = format_name(session);
    if (format == "json") {
        nlohmann::ordered_json json{{key, nlohmann::ordered_json::array()}};
        for (const std::string& name : names) json[key].push_back({{"page", name}, {"title", title_of(name)}});
        return put_octets(session, paint::written(json));
    }
    if (format == "text") {
        std::string lines;
        for (const std::string& name : names) lines += language::clean(title_of(name) + "  ·  " + name) + "\n";
        return put_octets(session, lines);
    }
    document::Document page = page::blank(reader, document::Document::Kind::term, title);
    document::List list;
    for (const std::string& name : names)
        list.items.push_back({{}, document::link(title_of(name), user::page_named(name))});
    page.sections.push_back({key, title, {std::move(list)}, false, false});
    put(session, page);
}

}  // namespace sipdex::cli
