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

std::vector<std::string> exchanges_showing(Library& library, const std::vector<std::string>& ids) {
    std::vector<std::string> found;
    const auto codes = library.codes();
    const auto exchanges = library.exchanges();
    for (const std::string& id : ids) {
        const auto code = std::find_if(codes.begin(), codes.end(), [&](const auto& one) { return one.id == id; });
        if (code == codes.end()) continue;
        const auto shows = [&](const ListedExchange& exchange) {
            return std::find(exchange.codes.begin(), exchange.codes.end(), code->code) != exchange.codes.end() &&
                   std::find(found.begin(), found.end(), exchange.id) == found.end();
        };
        const auto exchange = std::find_if(exchanges.begin(), exchanges.end(), shows);
        if (exchange != exchanges.end()) found.push_back(exchange->id);
    }
    return found;
}

}  // namespace sipdex::window
