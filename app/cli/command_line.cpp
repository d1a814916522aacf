#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <sstream>

#include "cli/catalog_file.h"
#include "cli/commands.h"
#include "cli/generate.h"
#include "cli/output.h"
#include "cli/values.h"
#include "language/characters.h"
#include "language/locale.h"
#include "page/catalog_trouble.h"

namespace sipdex::cli {

namespace {

constexpr std::size_t longest_argument = 80;  // characters of what a person typed, quoted

int failed(const std::string& sentence, int code) {
    complain(sentence);
    return code;
}

// The language must be known before anything can be said, help included; so it is looked for first.
std::string language_asked_for(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--lang" && i + 1 < argc) return argv[i + 1];
        if (word.starts_with("--lang=")) return std::string(word.substr(7));
    }
    return {};
}

// The language to speak; a wish that cannot be met is a mistake of usage.
std::string language_for(const std::string& asked) {
    const std::vector<std::string>& spoken = language::interface_languages();
    const std::string surroundings = language::best_match(language::tag_of_environment(), spoken).value_or("en");
    if (asked.empty()) return surroundings;
    const language::Words words(surroundings);
    const auto tag = language::canonical(asked);
    if (!tag) throw UsageError{words.malformed_language(asked, value::listed(spoken))};
    const auto best = language::best_match(*tag, spoken);
    if (!best) throw UsageError{words.unknown_language(asked, value::listed(spoken))};
    return *best;
}

struct Line {
    std::string language;
    std::string catalog;
    std::string width;
    OutputOptions output;
    Arguments arguments;
    std::vector<std::string> responses;
    std::string dump_file;
    std::string view;
    std::vector<std::string> generate;  // what, and the folder
};

// `command` is empty for the program itself.
void shared_options(CLI::App& app, const language::Words& words, const std::string& command, Line& line) {
    app.add_option("--lang", line.language, words.cli_option_lang())->type_name(value::language);
    app.add_option("--catalog", line.catalog, words.cli_option_catalog())->type_name(value::file);
    app.add_option("--format", line.output.format, words.cli_option_format(value::listed(formats_of(command))))
        ->type_name(value::format);
    const bool folder = command == "export";
    app.add_option("-o,--output", line.output.output, folder ? words.cli_option_folder() : words.cli_option_output())
        ->type_name(folder ? value::folder : value::file);
    app.add_option("--paper", line.output.paper, words.cli_option_paper(value::listed(value::papers())))
        ->type_name(value::paper);
    app.add_flag("--landscape", line.output.landscape, words.cli_option_landscape());
    app.add_flag("--monochrome", line.output.monochrome, words.cli_option_monochrome());
    app.add_option("--header", line.output.header, words.cli_option_header())->type_name(value::text);
    app.add_option("--logo", line.output.logo, words.cli_option_logo())->type_name(value::file);
    app.add_option("--date", line.output.date, words.cli_option_date())->type_name(value::date);
    if (command == "show" || command == "compare" || command == "replay")
        app.add_flag("--handout", line.output.handout, words.cli_option_handout());
    if (command == "show" || command == "compare" || command == "export")
        app.add_option("--form", line.output.form, words.cli_option_form(value::listed(value::forms())))
            ->type_name(value::form);
    app.add_option("--width", line.width, words.cli_option_width())->type_name(value::columns);
}

// An argument goes by what it is, CODE or FILE, in the usage as in the list below it.
class Help : public CLI::Formatter {
public:
    std::string make_option_usage(const CLI::Option* option) const override {
        const std::string name = called(*option) + (several(*option) ? "..." : "");
        return option->get_required() ? name : "[" + name + "]";
    }
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        return is_positional ? called(*option) + (several(*option) ? "..." : "")
                             : CLI::Formatter::make_option_name(option, false);
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        return option->get_positional() ? std::string() : CLI::Formatter::make_option_opts(option);
    }

private:
    static bool several(const CLI::Option& option) { return option.get_expected_max() > 1; }
    std::string called(const CLI::Option& option) const {
        const std::string kind = option.get_type_name();
        return std::ranges::find(value::all, kind) == std::end(value::all) ? option.get_name(true) : get_label(kind);
    }
};

// The library's own words are English; these stand in the help for them.
void speak(CLI::App& app, const language::Words& words) {
    const auto formatter = std::make_shared<Help>();
    for (const auto& [label, part] : {std::pair{"Usage", "usage"},
                                      {"Positionals", "positionals"},
                                      {"OPTIONS", "option_list"},
                                      {"SUBCOMMAND", "subcommand"},
                                      {"REQUIRED", "required"},
                                      {"TEXT", "text"}})
        formatter->label(label, words.usage_heading(part));
    for (const std::string_view kind : value::all)
        formatter->label(std::string(kind), words.cli_value(std::string(kind)));
    app.formatter(formatter);
    app.option_defaults()->group(words.usage_heading("options"));
    app.set_help_flag("-h,--help", words.cli_option_help());
}

// What the library found wrong, in the reader's words. It tells the option in front of a colon or a space.
std::string mistake(const CLI::App& app, const CLI::ParseError& error, const language::Words& words) {
    const auto chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? std::string() : chosen.front()->get_name(),
                      program = command.empty() ? "sipdex" : "sipdex " + command;
    const std::vector<std::string> unknown = app.remaining(true);
    const auto option = std::find_if(unknown.begin(), unknown.end(),
                                     [](const std::string& word) { return word.starts_with('-') && word != "-"; });
    if (option != unknown.end()) return words.usage_unexpected(language::shown(*option, longest_argument), program);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) && !unknown.empty())
        return words.usage_unexpected(language::shown(unknown.front(), longest_argument), program);
    if (dynamic_cast<const CLI::RequiredError*>(&error)) return words.usage_needs(command);
    if (const std::string said = error.what();
        dynamic_cast<const CLI::ArgumentMismatch*>(&error) && said.starts_with('-'))
        return words.usage_value_missing(said.substr(0, said.find_first_of(": ")), program);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) return words.usage_needs(command);
    return words.wrong_usage(error.what());
}

void read_width(const language::Words& words, const std::string& given, OutputOptions& output) {
    if (given.empty()) return;
    const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), output.columns);
    if (problem != std::errc() || end != given.data() + given.size() || output.columns < 20 || output.columns > 400)
        throw UsageError{words.usage_width(language::shown(given, longest_argument))};
}

// All that is understood, and where what is given goes. The parsers of the commands, in their order.
std::vector<CLI::App*> lay_out(CLI::App& app, const language::Words& words, Line& line) {
    app.name("sipdex");
    app.description(words.cli_description());
    speak(app, words);
    app.set_version_flag("--version", std::string("sipdex ") + SIPDEX_VERSION, words.cli_option_version());
    shared_options(app, words, {}, line);
    app.add_option("--view", line.view, words.cli_option_view(value::listed(value::views)))->type_name(value::view);
    app.add_option("--dump-ui", line.dump_file, words.cli_option_dump())->type_name(value::file);
    app.add_option("--generate", line.generate)->expected(2)->group("");  // for packages only, so no help shows it
    app.add_option("codes", line.responses, words.cli_argument_code())->type_name(value::code);
    app.require_subcommand(0, 1);
    std::vector<CLI::App*> parsers;
    for (const Command& command : commands()) {
        CLI::App* parser = app.add_subcommand(command.name, command.help(words));
        parser->group(words.usage_heading("subcommands"));
        parser->set_help_flag("-h,--help", words.cli_option_help());
        shared_options(*parser, words, command.name, line);
        command.options(*parser, words, line.arguments);
        parsers.push_back(parser);
    }
    return parsers;
}

// What is to be written when codes or files are named with -o or --format, and no command.
std::string command_meant(const std::vector<std::string>& given) {
    const auto is_file = [](const std::string& one) {
        std::error_code ignored;
        return std::filesystem::is_regular_file(one, ignored);
    };
    if (!given.empty() && std::ranges::all_of(given, is_file)) return "explain";
    return given.size() > 1 ? "compare" : "show";
}

void refuse_view(const language::Words& words, const Line& line) {
    if (line.view.empty()) return;
    if (std::ranges::find(value::views, line.view) == value::views.end())
        throw UsageError{
            words.usage_not_among(language::shown(line.view, longest_argument), value::listed(value::views))};
}

int run_in(const language::Words& words, int argc, char** argv,
           const std::function<int(const WindowRequest&)>& window) {
    CLI::App app;
    Line line;
    const std::vector<CLI::App*> parsers = lay_out(app, words, line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {  // --help and --version are no failures
        std::ostringstream said;
        app.exit(success, said, said);
        put_on_standard_output(words, said.str());
        return 0;
    } catch (const CLI::ParseError& error) {
        return failed(mistake(app, error, words), 2);
    }
    read_width(words, line.width, line.output);
    const bool to_write = !line.output.format.empty() || !line.output.output.empty();
    if (line.output.output == "-") line.output.output.clear();  // as `show -` reads standard input
    const std::filesystem::path file = catalog_file(line.catalog);
    if (!line.generate.empty()) return generate(words, file, line.generate.at(0), line.generate.at(1));
    const std::string tag = words.tag();
    auto chosen = std::ranges::find_if(parsers, [](CLI::App* parser) { return parser->parsed(); });
    if (chosen == parsers.end() && to_write && line.view.empty()) {
        const std::string command = command_meant(line.responses);
        if (line.responses.empty()) throw UsageError{words.usage_needs(command)};
        line.arguments.words = line.responses;
        chosen = std::ranges::find_if(parsers, [&](CLI::App* parser) { return parser->get_name() == command; });
    }
    if (chosen == parsers.end()) {
        refuse_view(words, line);
        return window({file, line.language.empty() ? "" : tag, line.dump_file, line.responses, line.view});
    }
    const catalog::Catalog catalog(file);
    user::Desk desk(user::default_desk_file());
    return commands()[static_cast<std::size_t>(chosen - parsers.begin())].run({catalog, words, line.output, &desk},
                                                                              line.arguments);
}

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        {"show", [](const language::Words& w) { return w.cli_show(); }, show_options, show},
        {"compare", [](const language::Words& w) { return w.cli_compare(); }, compare_options, compare},
        {"search", [](const language::Words& w) { return w.cli_search(); }, search_options, search},
        {"replay",
         [](const language::Words& w) { return w.cli_replay(); },
         replay_options,
         replay,
         {"pcap", "sipp", "mermaid"}},
        {"forks", [](const language::Words& w) { return w.cli_forks(); }, forks_options, forks, {"pcap"}},
        {"ask", [](const language::Words& w) { return w.cli_ask(); }, ask_options, ask},
        {"explain",
         [](const language::Words& w) { return w.cli_explain(); },
         explain_options,
         explain,
         {"pcap", "sipp", "mermaid"}},
        {"redact", [](const language::Words& w) { return w.cli_redact(); }, redact_options, redact_files, {"pcapng"}},
        {"export", [](const language::Words& w) { return w.cli_export(); }, export_options, export_documents},
        {"note", [](const language::Words& w) { return w.cli_note(); }, note_options, note},
        {"favourite", [](const language::Words& w) { return w.cli_favourite(); }, favourite_options, favourite},
        {"recent", [](const language::Words& w) { return w.cli_recent(); }, recent_options, recent},
        {"profile", [](const language::Words& w) { return w.cli_profile(); }, profile_options, profile},
        {"own", [](const language::Words& w) { return w.cli_own(); }, own_options, own},
        {"catalog", [](const language::Words& w) { return w.cli_catalog(); }, catalog_options, catalog_command},
    };
    return all;
}

std::vector<std::string> formats_of(std::string_view command) {
    std::vector<std::string> names;
    for (const paint::Format& format : paint::formats()) names.emplace_back(format.name);
    for (const Command& one : commands())
        if (one.name == command) names.insert(names.end(), one.formats.begin(), one.formats.end());
    return names;
}

Outline outline_in(const language::Words& words) {
    CLI::App app;
    Line line;
    lay_out(app, words, line);
    return outline_of(app, words);
}

void complain(const std::string& sentence) {
    constexpr std::size_t most_characters = 900, kept_behind = 300;  // the remedy stands at the end
    std::u32string characters = language::characters_of(language::shown(sentence, sentence.size()));
    if (characters.size() > most_characters)
        characters.replace(most_characters - kept_behind, characters.size() - most_characters, U" … ");
    std::fprintf(stderr, "sipdex: %s\n", language::utf8_of(characters).c_str());
}

bool is_notice(const document::Document& document) { return document.kind == document::Document::Kind::notice; }

int run(int argc, char** argv, const std::function<int(const WindowRequest&)>& window) {
    std::string tag;
    try {
        tag = language_for(language_asked_for(argc, argv));
    } catch (const UsageError& error) {
        return failed(error.sentence, 2);
    }
    const language::Words words(tag);
    try {
        return run_in(words, argc, argv, window);
    } catch (const UsageError& error) {
        return failed(error.sentence, 2);
    } catch (const Failure& failure) {
        return failed(failure.sentence, 1);
    } catch (const catalog::CatalogError& error) {
        return failed(page::sentence_for(words, error), 1);
    } catch (const std::exception& error) {
        return failed(error.what(), 1);
    }
}

}  // namespace sipdex::cli
