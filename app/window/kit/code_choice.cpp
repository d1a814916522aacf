#include "window/kit/code_choice.h"

namespace sipdex::window {

Menu::Narrow codes_by_words(Library& library, const std::string& chosen) {
    return [&library, chosen](const std::string& typed) {
        std::vector<Choice> choices;
        if (typed.empty()) {
            for (const ListedResponse& code : library.codes())
                choices.push_back({code.id, code.phrase, code.gloss, code.code, code.id == chosen});
            return choices;
        }
        for (const Hit& hit : library.search(typed))
            if (const auto* response = std::get_if<document::ToResponse>(&hit.target)) {
                std::string words = hit.title;
                // The mark already shows the number that a title begins with.
                if (const auto space = words.find(' '); hit.code && words.rfind(std::to_string(hit.code), 0) == 0)
                    words = space == std::string::npos ? std::string() : words.substr(space + 1);
                choices.push_back({response->id, words, hit.snippet, hit.code, response->id == chosen});
            }
        return choices;
    };
}

}  // namespace sipdex::window
