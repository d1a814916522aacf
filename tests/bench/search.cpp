// From a key to its results: everything that the catalog says people type, letter by letter, as it is and with a typo.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bench/table.h"
#include "compile/compile.h"
#include "window/catalog_library.h"

namespace sipdex::bench {

namespace {

struct Typed {
    std::string words, language;
};

std::vector<Typed> questions() {
    source::Problems problems;
    const compile::Model model = compile::read(SIPDEX_SOURCE_DIR, problems);
    std::vector<Typed> asked;
    for (const auto& [language, subjects] : model.words)
        for (const auto& [name, subject] : subjects)
            for (const std::string& symptom : subject.symptoms) asked.push_back({symptom, language});
    for (const auto& told : model.responses) asked.push_back({told.fact.phrase, "en"});
    return asked;
}

// A letter that is dropped, doubled, or another than was meant. The same ones in every run.
Typed with_typo(Typed typed, std::mt19937& dice) {
    const std::size_t at = dice() % typed.words.size();
    const char letter = char('a' + dice() % 26);
    switch (dice() % 3) {
        case 0: typed.words.erase(at, 1); break;
        case 1: typed.words.insert(at, 1, letter); break;
        default: typed.words[at] = letter;
    }
    return typed;
}

// Milliseconds of each of some thousand keys, spread over all questions.
std::vector<double> keys(window::CatalogLibrary& library, const std::vector<Typed>& asked) {
    constexpr std::size_t about = 5000;
    std::vector<Typed> typed;
    for (const Typed& question : asked)
        for (std::size_t length = 1; length <= question.words.size(); ++length)
            typed.push_back({question.words.substr(0, length), question.language});
    const std::size_t step = std::max<std::size_t>(1, typed.size() / about);
    std::vector<double> took;
    for (const std::string language : {"en", "fr"}) {
        library.set_language(language);
        for (std::size_t i = 0; i < typed.size(); i += step)
            if (typed[i].language == language)
                took.push_back(thread_seconds([&] { library.search(typed[i].words); }) * 1000);
    }
    std::ranges::sort(took);
    return took;
}

Line told(const std::string& work, const std::vector<double>& took) {
    const double p99 = took[took.size() * 99 / 100];
    return {work,
            fmt::format("{:.2f} ms", p99),
            fmt::format("median {:.2f} ms, {} keys", took[took.size() / 2], took.size()),
            {},
            "< 1 ms",
            p99 < 1};
}

}  // namespace

Lines search() {
    std::vector<Typed> asked = questions();
    const catalog::Catalog catalog(BENCH_CATALOG);
    window::CatalogLibrary library(catalog, "en", [](const auto&, const auto&, const auto&) { return std::string(); });
    const double first = thread_seconds([&] { library.search("busy"); }) * 1000;
    Lines lines{told("key to results, p99", keys(library, asked))};
    std::mt19937 dice(607);
    for (Typed& question : asked)
        if (question.words.size() >= 4) question = with_typo(std::move(question), dice);
    lines.push_back(told("the same with a typo, p99", keys(library, asked)));
    lines.push_back({"the very first key", fmt::format("{:.1f} ms", first)});
    return lines;
}

}  // namespace sipdex::bench
