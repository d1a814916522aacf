#include "cli/completions.h"
#include "cli/values.h"

namespace sipdex::cli {

namespace {

// Within single quotes; `special` are the signs that mean something to what reads the text.
std::string quoted(const std::string& text, const char* special) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') out += "'\\'";
        if (std::string_view(special).find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string item(const Offer& offer) {
    const std::string says = offer.says.empty() ? "" : ":" + quoted(offer.says, ":\\");
    return "'" + quoted(offer.word, ":\\") + says + "'";
}

// Writes one language: a function for each list of offers, then the command line.
class Writer {
public:
    explicit Writer(const Spoken& spoken) : spoken_(spoken), own_("_sipdex_" + spoken.language) {}

    std::string written() {
        std::string body = "\n" + own_ +
                           "() {\n    local curcontext=$curcontext state line\n    typeset -A opt_args\n"
                           "    _arguments -C";
        body += options(spoken_.outline.program);
        body += " \\\n        '1: :->first' '*:: :->rest' && return\n    case $state in\n    first)\n";
        const OutlinedOption code = spoken_.outline.program.arguments.front();
        body += "        local -a commands=(";
        for (const OutlinedCommand& command : spoken_.outline.commands)
            body += "\n            " + item({command.name, command.says});
        body += ")\n        _describe -t commands sipdex commands\n        " + action(code, {}) + " ;;\n";
        body += "    rest)\n        case $words[1] in\n";
        for (const OutlinedCommand& command : spoken_.outline.commands) {
            body += "        " + command.name + ") _arguments" + options(command);
            for (const OutlinedOption& one : command.arguments)
                body += " \\\n        '" + std::string(one.several ? "*" : "1") + ":" + quoted(one.value, ":") + ":" +
                        action(one, command.name) + "'";
            body += " ;;\n";
        }
        body += "        *) " + action(code, {}) + " ;;\n        esac ;;\n    esac\n}\n";
        return lists_ + body;
    }

private:
    // The name of a function that offers what there is; made when it is first asked for.
    std::string action(const OutlinedOption& option, const std::string& command) {
        if (option.value == value::file) return "_files";
        if (option.value == value::folder) return "_files -/";
        const std::vector<Offer>& offered = offered_for(option, spoken_.offers);
        if (offered.empty()) return " ";
        std::string items;
        for (const Offer& one : offered) items += "\n        " + item(one);
        std::string& made = made_[option.value + items];
        if (made.empty()) {
            made = own_ + "_" + option.value;
            // A command that takes more than the others has a list of its own.
            if (lists_.find("\n" + made + "()") != std::string::npos) made += "_" + command;
            lists_ += "\n" + made + "() {\n    local -a all=(" + items + ")\n    _describe -V -t " + option.value +
                      " " + option.value + " all\n}\n";
        }
        return made;
    }

    std::string options(const OutlinedCommand& command) {
        std::string out;
        for (const OutlinedOption& option : command.options) {
            std::string all, each;
            for (const std::string& name : option.names) {
                const bool longer = name.starts_with("--");
                all += (all.empty() ? "" : " ") + name;
                each += (each.empty() ? "" : ",") + name + (option.value.empty() ? "" : longer ? "=" : "+");
            }
            const std::string told = "'[" + quoted(option.says, "[]:\\") + "]";
            // A repeatable option stands with an asterisk; of others, one form excludes its twin.
            out += " \\\n        " + (option.several ? std::string("'*'") : "'(" + all + ")'");
            out += option.names.size() > 1 ? "{" + each + "}" : each;
            out += told;
            if (!option.value.empty()) out += ":" + quoted(option.value, ":") + ":" + action(option, command.name);
            out += "'";
        }
        return out;
    }

    const Spoken& spoken_;
    std::string own_, lists_;
    std::map<std::string, std::string> made_;  // by what they offer
};

}  // namespace

std::string zsh_completions(const std::vector<Spoken>& spoken) {
    std::string out = "#compdef sipdex\n# Written by sipdex --generate completions.\n";
    for (const Spoken& one : spoken) out += Writer(one).written();
    out += "\n_sipdex() {\n    case ${${LC_ALL:-${LC_MESSAGES:-$LANG}}%%[_.@]*} in\n";
    for (std::size_t i = 1; i < spoken.size(); ++i)
        out += "    " + spoken[i].language + ") _sipdex_" + spoken[i].language + " \"$@\" ;;\n";
    out += "    *) _sipdex_" + spoken.front().language + " \"$@\" ;;\n    esac\n}\n\n";
    // Loaded by the completion system it runs at once; sourced it makes itself known.
    return out + "if [[ $funcstack[1] == _sipdex ]]; then _sipdex \"$@\"; else compdef _sipdex sipdex; fi\n";
}

}  // namespace sipdex::cli
