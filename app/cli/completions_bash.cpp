// bash shows words without what they stand for, so one language does.
#include <algorithm>

#include "cli/completions.h"
#include "cli/values.h"

namespace sipdex::cli {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : between) + word;
    return all;
}

std::string words_of(const std::vector<Offer>& offers) {
    std::vector<std::string> words;
    for (const Offer& offer : offers) words.push_back(offer.word);
    return joined(words, " ");
}

// What the shell does where this value is wanted.
std::string action(const OutlinedOption& option, const Offers& offers) {
    if (option.value == value::file) return "compopt -o default";
    if (option.value == value::folder) return "compopt -o dirnames";
    if (!option.choices.empty()) return "_sipdex_offer \"" + words_of(option.choices) + "\" \"$word\"";
    return offers.contains(option.value) ? "_sipdex_offer \"$" + option.value + "\" \"$word\"" : ":";
}

// What follows a command; `more` is offered beside its arguments.
std::string behind(const OutlinedCommand& command, const Offers& offers, const std::string& more) {
    std::string out = "            case $before in\n";
    std::vector<std::string> names;
    for (const OutlinedOption& option : command.options) {
        names.insert(names.end(), option.names.begin(), option.names.end());
        if (!option.value.empty())
            out += "                " + joined(option.names, "|") + ") " + action(option, offers) + "; return ;;\n";
    }
    out += "            esac\n            if [[ $word == -* ]]; then _sipdex_offer \"" + joined(names, " ") +
           "\" \"$word\"\n";
    if (!more.empty()) out += "            else _sipdex_offer \"" + more + "\" \"$word\"\n";
    else if (!command.arguments.empty()) out += "            else " + action(command.arguments.front(), offers) + "\n";
    return out + "            fi ;;\n";
}

}  // namespace

std::string bash_completions(const std::vector<Spoken>& spoken) {
    const Outline& outline = spoken.front().outline;
    const Offers& offers = spoken.front().offers;
    std::vector<std::string> commands, valued;
    for (const OutlinedCommand& command : outline.commands) commands.push_back(command.name);
    const auto note = [&](const OutlinedCommand& command) {
        for (const OutlinedOption& option : command.options)
            for (const std::string& name : option.names)
                if (!option.value.empty() && std::ranges::find(valued, name) == valued.end()) valued.push_back(name);
    };
    note(outline.program);
    for (const OutlinedCommand& command : outline.commands) note(command);

    std::string out =
        "# Written by sipdex --generate completions.\n\n"
        "_sipdex_offer() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\"); }\n\n"
        "_sipdex() {\n";
    for (const auto& [kind, offered] : offers) out += "    local " + kind + "=\"" + words_of(offered) + "\"\n";
    // bash cuts words at = and @: --lang=fr comes as three, and behind 486@ a number of seconds is typed.
    out +=
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
        "    COMPREPLY=()\n"
        "    if [[ $word == \"=\" ]]; then word=\n"
        "    elif [[ $before == \"=\" ]]; then before=${COMP_WORDS[COMP_CWORD-2]}\n"
        "    elif [[ $word == @ || $before == @ ]]; then return\n"
        "    fi\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "            " +
        joined(valued, "|") +
        ") [[ ${COMP_WORDS[i+1]-} == \"=\" ]] && ((i++)); ((i++)) ;;\n"
        "            -*) ;;\n"
        "            " +
        joined(commands, "|") +
        ") command=${COMP_WORDS[i]}; break ;;\n"
        "            *) command=codes; break ;;\n"
        "        esac\n"
        "    done\n"
        "    case $command in\n";
    for (const OutlinedCommand& command : outline.commands)
        out += "        " + command.name + ")\n" + behind(command, offers, {});
    out += "        codes)\n" + behind(outline.program, offers, {});
    out += "        *)\n" + behind(outline.program, offers, joined(commands, " ") + " $code");
    return out + "    esac\n}\n\ncomplete -F _sipdex sipdex\n";
}

}  // namespace sipdex::cli
