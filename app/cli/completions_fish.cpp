#include <set>

#include "cli/completions.h"
#include "cli/values.h"

namespace sipdex::cli {

namespace {

std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

// The word that says where on the line one is: a command, "codes" behind a first code, "none" before either.
std::string where(const OutlinedCommand& command) {
    return "-n 'contains -- (__sipdex_command) " + (command.name.empty() ? "none codes" : command.name) + "'";
}

// Writes one language, each line indented as a branch of a switch.
class Writer {
public:
    explicit Writer(const Spoken& spoken) : spoken_(spoken) {}

    std::string written() {
        std::string body;
        for (const OutlinedCommand& command : spoken_.outline.commands)
            body += "        complete -c sipdex -n 'contains -- (__sipdex_command) none' -k -a " + command.name +
                    " -d " + in_quotes(command.says) + "\n";
        body += command_line(spoken_.outline.program);
        for (const OutlinedCommand& command : spoken_.outline.commands) body += command_line(command);
        return lists_ + body;
    }

private:
    std::string command_line(const OutlinedCommand& command) {
        std::string out;
        for (const OutlinedOption& option : command.options) {
            out += "        complete -c sipdex " + where(command);
            for (const std::string& name : option.names)
                out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!option.value.empty()) out += takes(option, command.name);
            out += " -d " + in_quotes(option.says) + "\n";
        }
        for (const OutlinedOption& one : command.arguments)
            if (const std::string list = list_of(one, command.name); !list.empty())
                out += "        complete -c sipdex " + where(command) + " -k -a '(" + list + ")'\n";
        return out;
    }

    std::string takes(const OutlinedOption& option, const std::string& command) {
        if (option.value == value::file) return " -r -F";
        if (option.value == value::folder) return " -x -a '(__fish_complete_directories)'";
        const std::string list = list_of(option, command);
        return list.empty() ? " -x" : " -x -k -a '(" + list + ")'";
    }

    // The name of a function that offers what there is; made when it is first asked for.
    std::string list_of(const OutlinedOption& option, const std::string& command) {
        const std::vector<Offer>& offered = offered_for(option, spoken_.offers);
        if (offered.empty()) return {};
        std::string items;
        for (const Offer& one : offered) items += " \\\n            " + in_quotes(one.word) + " " + in_quotes(one.says);
        std::string& made = made_[option.value + items];
        if (made.empty()) {
            made = "__sipdex_" + option.value;
            // A command that takes more than the others has a list of its own.
            if (lists_.find("function " + made + "\n") != std::string::npos) made += "_" + command;
            lists_ += "        function " + made + "\n            printf '%s\\t%s\\n'" + items + "\n        end\n";
        }
        return made;
    }

    const Spoken& spoken_;
    std::string lists_;
    std::map<std::string, std::string> made_;  // by what they offer
};

std::string valued_options(const Outline& outline) {
    std::set<std::string> names;
    const auto note = [&](const OutlinedCommand& command) {
        for (const OutlinedOption& option : command.options)
            if (!option.value.empty()) names.insert(option.names.begin(), option.names.end());
    };
    note(outline.program);
    for (const OutlinedCommand& command : outline.commands) note(command);
    std::string all;
    for (const std::string& name : names) all += " " + name;
    return all;
}

}  // namespace

std::string fish_completions(const std::vector<Spoken>& spoken) {
    const Outline& outline = spoken.front().outline;
    std::string commands;
    for (const OutlinedCommand& command : outline.commands) commands += " " + command.name;
    std::string out =
        "# Written by sipdex --generate completions.\n\n"
        "function __sipdex_command\n"
        "    set -l skip no\n"
        "    for word in (commandline -opc)[2..]\n"
        "        if test $skip = yes\n"
        "            set skip no\n"
        "            continue\n"
        "        end\n"
        "        switch $word\n"
        "            case" +
        valued_options(outline) +
        "\n                set skip yes\n"
        "            case '-*'\n"
        "            case" +
        commands +
        "\n                echo $word\n                return\n"
        "            case '*'\n                echo codes\n                return\n"
        "        end\n"
        "    end\n"
        "    echo none\n"
        "end\n\n"
        "function __sipdex_language\n"
        "    for value in $LC_ALL $LC_MESSAGES $LANG en\n"
        "        if test -n \"$value\"\n"
        "            string replace -r '[_.@].*' '' -- $value\n"
        "            return\n"
        "        end\n"
        "    end\n"
        "end\n\n"
        "complete -c sipdex -f\n"
        "switch (__sipdex_language)\n";
    for (std::size_t i = 1; i < spoken.size(); ++i)
        out += "    case " + spoken[i].language + "\n" + Writer(spoken[i]).written();
    return out + "    case '*'\n" + Writer(spoken.front()).written() + "end\n";
}

}  // namespace sipdex::cli
