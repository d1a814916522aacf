#include "cli/outline.h"

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/values.h"
#include "language/locale.h"
#include "language/words.h"

namespace sipdex::cli {

namespace {

std::vector<Offer> choices_of(const std::string& value, const std::string& command, const language::Words& words) {
    std::vector<Offer> choices;
    const auto add = [&](const std::vector<std::string>& all) {
        for (const std::string& word : all) choices.push_back({word, {}});
    };
    if (value == value::task) add(value::tasks);
    else if (value == value::what) add(value::exported);
    else if (value == value::paper) add(value::papers());
    else if (value == value::form) add(value::forms());
    else if (value == value::view) add(value::views);
    else if (value == value::language)
        for (const std::string& tag : language::interface_languages())
            choices.push_back({tag, language::own_name(tag)});
    else if (value == value::format)
        for (const std::string& name : formats_of(command)) choices.push_back({name, words.format_name(name)});
    return choices;
}

OutlinedOption outlined(const CLI::Option& option, const std::string& command, const language::Words& words) {
    OutlinedOption told;
    for (const std::string& name : option.get_snames()) told.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) told.names.push_back("--" + name);
    if (option.get_type_size() != 0) told.value = option.get_type_name();
    told.says = option.get_description();
    told.required = option.get_required();
    told.several = option.get_items_expected_max() > 1;
    told.choices = choices_of(told.value, command, words);
    return told;
}

OutlinedCommand outlined(const CLI::App& app, const std::string& name, const language::Words& words) {
    OutlinedCommand told{name, app.get_description(), {}, {}};
    for (const CLI::Option* option : app.get_options({})) {
        if (option->get_group().empty()) continue;
        (option->nonpositional() ? told.options : told.arguments).push_back(outlined(*option, name, words));
    }
    return told;
}

}  // namespace

Outline outline_of(const CLI::App& app, const language::Words& words) {
    Outline outline{outlined(app, {}, words), {}};
    for (const CLI::App* command : app.get_subcommands({}))
        outline.commands.push_back(outlined(*command, command->get_name(), words));
    return outline;
}

}  // namespace sipdex::cli
