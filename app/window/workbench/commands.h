// What can be done wherever one is: by key, and by name in the search field.
#pragma once
#include <string>
#include <vector>

#include "window/kit/ui.h"

namespace sipdex::window {

struct Command {
    std::string id;     // "sheet", "view:compare", "theme:dark", "language:fr"
    std::string label;  // in the reader's language
    std::string keys;   // "Ctrl+E"; empty where it has none
};

// Those of every place; whether one can be done here is for the workbench to say.
std::vector<Command> all_commands(const Ui& ui);

// Those of which each word that was typed begins a word, in their order.
std::vector<Command> commands_called(const std::vector<Command>& commands, const std::string& typed,
                                     const std::string& language);

}  // namespace sipdex::window
