// sipdex favourite 607, sipdex favourite 607 --remove, sipdex favourites, and sipdex recent
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/desk.h"
#include "cli/output.h"
#include "page/desk.h"

namespace sipdex::cli {

void favourite_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.alias("favourites");
    app.add_option("page", arguments.words, words.cli_argument_page());
    app.add_flag("--remove", arguments.remove, words.cli_option_remove());
}

int favourite(const Session& session, const Arguments& arguments) {
    format_name(session);
    user::Desk& desk = desk_of(session);
    if (arguments.words.empty()) {
        std::vector<std::string> names;
        for (const user::Entry* entry : user::favourites(desk.kept()))  // of a team, several may have the same
            if (std::ranges::find(names, entry->favourite()->page) == names.end())
                names.push_back(entry->favourite()->page);
        if (names.empty() && format_name(session) == "text") throw Failure{session.words.favourites_none()};
        put_pages(session, session.words.favourites_title(), "favourites", names);
        return 0;
    }
    const std::string name = page_name(session, arguments.words), title = page::title_of_page(session.reader(), name);
    const bool before = desk.is_favourite(name);
    desk.set_favourite(name, !arguments.remove);
    keep(session);
    const language::Words& words = session.words;
    put_octets(session, (arguments.remove ? before ? words.favourite_removed(title) : words.favourite_absent(title)
                         : before ? words.favourite_there(title)
                                          : words.favourite_added(title)) +
                            "\n");
    return 0;
}

void recent_options(CLI::App&, const language::Words&, Arguments&) {}

int recent(const Session& session, const Arguments&) {
    format_name(session);
    std::vector<std::string> names;
    for (const user::Visit& visit : desk_of(session).kept().recent) names.push_back(visit.page);
    if (names.empty() && format_name(session) == "text") throw Failure{session.words.recent_none()};
    put_pages(session, session.words.recent_title(), "recent", names);
    return 0;
}

}  // namespace sipdex::cli
