// What the search knows: the names of things, their words, and how they are shown in a list.
#include <algorithm>

#include "catalog/writer.h"
#include "compile/compile.h"
#include "document/markup.h"
#include "language/messages.h"

namespace sipdex::compile {

namespace {

using catalog::Speaker;
using catalog::Writer;

// Names by weight: what somebody calls a thing goes before what it is also called, and before what customers say of it.
constexpr int own_name = 10, other_name = 8, words_of_products = 7, part_of_a_name = 3;

// The words of a text without its markup.
std::string bare(const std::string& markup) {
    static const document::NameOf itself = [](const document::Target& target) -> std::optional<std::string> {
        if (const auto* response = std::get_if<document::ToResponse>(&target)) return response->id;
        return std::nullopt;
    };
    return document::words_of(document::text_of_markup(markup, itself));
}

// A text of a subject in a language, or in English.
std::string text_at(const Model& model, const std::string& language, const std::string& name, const std::string& key) {
    for (const std::string& tag : {language, std::string("en")})
        if (const Subject* subject = model.subject(tag, name))
            if (const Words* words = subject->find(key)) return bare(words->value.text);
    return {};
}

// The fixed words of a pattern.
std::string without_gaps(std::string pattern) {
    std::ranges::replace_if(
        pattern, [](char c) { return c == '*' || c == '#' || c == '@'; }, ' ');
    return pattern;
}

bool has_gaps(const std::string& pattern) { return pattern.find_first_of("*#@") != std::string::npos; }

class IndexWriter {
public:
    IndexWriter(const Model& model, Writer& writer) : model_(model), writer_(writer) {}

    void write() {
        for (const std::string& language : model_.languages) {
            language_ = language;
            responses();
            entries();
            for (const auto& told : model_.terms) subject("term", told.fact.id, "name", "");
            for (const auto& told : model_.groups) subject("group", told.fact.id, "title", "summary");
            for (const auto& told : model_.paths) subject("path", told.fact.id, "says", "");
            for (const auto& told : model_.exchanges)
                if (told.fact.id != "common") subject("exchange", told.fact.id, "title", "");
            speakers();
        }
        for (const auto& told : model_.terms) writer_.name(told.fact.id, "", "term", told.fact.id, other_name);
        for (const auto& told : model_.exchanges)
            if (told.fact.id != "common") writer_.name(told.fact.id, "", "exchange", told.fact.id, own_name);
        for (const auto& told : model_.speakers) names_of(told.fact);
    }

private:
    // The words about a subject in this language; nothing where it has none.
    std::optional<catalog::Indexed> words_about(const std::string& kind, const std::string& id) const {
        const Subject* subject = model_.subject(language_, kind + "/" + id);
        if (!subject) return std::nullopt;
        catalog::Indexed entry{kind, id, language_, {}, {}, {}};
        for (const std::string& symptom : subject->symptoms) {
            entry.phrases += symptom + "\n";
            // A group gathers what is said of its codes; they are asked for, not it.
            if (kind != "group") writer_.name(symptom, language_, kind, id, catalog::said_of_it);
        }
        for (const char* key : {"gloss", "summary"})
            if (const Words* words = subject->find(key)) entry.phrases += bare(words->value.text) + "\n";
        for (const Words& words : subject->words) entry.text += bare(words.value.text) + "\n";
        return entry;
    }

    void index(std::optional<catalog::Indexed> entry, const std::string& title) {
        if (!entry) return;
        entry->title = title;
        writer_.index(*entry);
    }

    void subject(const std::string& kind, const std::string& id, const char* title_key, const char* gloss_key) {
        const std::string name = kind + "/" + id, title = text_at(model_, language_, name, title_key);
        writer_.hit(kind, id, language_, title,
                    *gloss_key ? text_at(model_, language_, name, gloss_key) : std::string());
        writer_.name(title, language_, kind, id, kind == "exchange" ? other_name : own_name);
        index(words_about(kind, id), title);
    }

    void responses() {
        for (const auto& told : model_.responses) {
            const catalog::Response& r = told.fact;
            const std::string title = std::to_string(r.code) + " " + r.phrase,
                              gloss = text_at(model_, language_, "response/" + r.id, "gloss");
            writer_.hit("response", r.id, language_, title, gloss);
            writer_.name(r.phrase, "", "response", r.id, own_name);
            writer_.name(title, "", "response", r.id, own_name);
            writer_.name(gloss, language_, "response", r.id, own_name - 1);
            auto entry = words_about("response", r.id);
            if (!entry && language_ == "en") entry = catalog::Indexed{"response", r.id, language_, {}, {}, {}};
            if (entry && language_ == "en") entry->phrases += phrases_of_products(r.id);
            index(std::move(entry), title);
        }
    }

    // The words in which products send a code lead to it as its own do.
    std::string phrases_of_products(const std::string& code) const {
        std::string phrases;
        for (const auto& told : model_.speakers)
            for (const Speaker::Phrase& phrase : told.fact.phrases)
                if (std::ranges::find(phrase.codes, code) != phrase.codes.end())
                    phrases += phrase.name + " " + without_gaps(phrase.text) + "\n";
        return phrases;
    }

    void entries() {
        for (const auto& told : model_.entries) {
            const catalog::Entry& e = told.fact;
            const std::string own_title =
                e.kind == "cause" ? text_at(model_, language_, "cause/" + e.name, "name") : e.title;
            const std::string title = e.kind == "timer"   ? timer_named(e.name)
                                      : own_title.empty() ? e.name
                                                          : e.name + " " + own_title;
            writer_.hit(e.kind, e.name, language_, title, text_at(model_, language_, e.kind + "/" + e.name, "text"));
            // A single letter names too much to be asked for alone.
            if (e.name.size() > 1 || e.kind != "timer")
                writer_.name(e.name, "", e.kind, e.name,
                             e.kind == "cause" || e.kind == "warning" ? part_of_a_name : own_name);
            if (e.kind == "timer") writer_.name(title, language_, e.kind, e.name, own_name);
            if (e.kind == "warning") writer_.name("Warning " + e.name, "", e.kind, e.name, own_name);
            if (e.kind == "reason") writer_.name("Reason " + e.name, "", e.kind, e.name, own_name);
            if (!e.title.empty())
                writer_.name(e.title, "", e.kind, e.name, e.kind == "cause" ? other_name : part_of_a_name);
            if (e.kind == "cause" && !own_title.empty()) writer_.name(own_title, language_, e.kind, e.name, other_name);
            if (e.kind == "cause")
                for (const char* before : {"cause ", "Q.850 ", "Q850 ", "Q.850 cause ", "Q.850;cause=", "hangup cause ",
                                           "ISUP ", "ISUP cause ", "release cause "})
                    writer_.name(before + e.name, "", e.kind, e.name, own_name);
            index(words_about(e.kind, e.name), title);
        }
    }

    std::string timer_named(const std::string& name) const {
        for (const std::string& tag : {language_, std::string("en")}) {
            const auto messages = model_.interface.find(tag);
            if (messages == model_.interface.end()) continue;
            const auto message = messages->second.find("timer_named");
            if (message == messages->second.end()) continue;
            const std::vector<language::Pattern> patterns = {{"timer_named", message->second.pattern}};
            return language::Messages(tag, patterns, patterns).sentence("timer_named", {{"name", name}});
        }
        return name;
    }

    void speakers() {
        for (const auto& told : model_.speakers) {
            const Speaker& speaker = told.fact;
            writer_.hit("speaker", speaker.id, language_, speaker.name,
                        text_at(model_, language_, "speaker/" + speaker.id, "summary"));
            auto entry = words_about("speaker", speaker.id);
            if (entry)
                for (const Speaker::Phrase& phrase : speaker.phrases)
                    entry->phrases += without_gaps(phrase.text) + "\n";
            index(std::move(entry), speaker.name);
        }
    }

    void names_of(const Speaker& speaker) {
        writer_.name(speaker.name, "", "speaker", speaker.id, own_name);
        writer_.name(speaker.id, "", "speaker", speaker.id, other_name);
        for (const Speaker::Sign& sign : speaker.signs)
            if (!sign.name.empty()) writer_.name(sign.name, "", "speaker", speaker.id, words_of_products);
        for (const Speaker::Phrase& phrase : speaker.phrases) {
            if (!phrase.name.empty()) writer_.name(phrase.name, "", "speaker", speaker.id, words_of_products);
            for (const std::string& written : spellings_of(phrase)) {
                for (const std::string& code : phrase.codes)
                    writer_.name(written, "", "response", code, words_of_products);
                if (phrase.cause > 0) writer_.name(written, "", "cause", std::to_string(phrase.cause), own_name);
                writer_.name(written, "", "speaker", speaker.id, words_of_products - 1);
            }
        }
    }

    // As somebody may type it: without its gaps, and a number of one's own with each code that may stand in its gap.
    std::vector<std::string> spellings_of(const Speaker::Phrase& phrase) const {
        if (phrase.in != "number" || !has_gaps(phrase.text)) {
            // The number in a bracket behind a phrase is internal; few type it.
            const std::size_t bracket = phrase.text.find(" (");
            const bool internal = bracket != std::string::npos && phrase.text.find('/', bracket) != std::string::npos;
            if (internal)
                return {without_gaps(phrase.text.substr(0, bracket)),
                        without_gaps(phrase.text.substr(0, phrase.text.find('/', bracket)))};
            return {without_gaps(phrase.text)};
        }
        std::vector<std::string> spellings;
        const std::size_t gap = phrase.text.find("###");
        if (gap != std::string::npos)
            for (const auto& told : model_.responses)
                if (told.fact.code >= 300)
                    spellings.push_back(std::string(phrase.text).replace(gap, 3, std::to_string(told.fact.code)));
        return spellings;
    }

    const Model& model_;
    Writer& writer_;
    std::string language_;
};

}  // namespace

void write_index(const Model& model, Writer& writer) { IndexWriter(model, writer).write(); }

}  // namespace sipdex::compile
