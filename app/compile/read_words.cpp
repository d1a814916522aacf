// i18n/<tag>/: the words about responses, pairs, terms and exchanges.
#include <algorithm>

#include "compile/compile.h"
#include "language/locale.h"

namespace sipdex::compile {

namespace {

using source::Problems;
using source::Table;

// What may stand in the words of one kind of subject. "*" is any key: an id, a header field, a code.
struct Shape {
    std::vector<std::string> texts;        // directly in the file
    std::vector<std::string> tables = {};  // [cause] id = "…"
    std::vector<std::string> nested = {};  // [difference.id] aspect = "…"
    bool symptoms = false;
};

const Shape response_shape{{"gloss", "summary", "description", "produced", "notices", "tell", "escalate"},
                           {"cause", "step", "collect", "pitfall", "fact", "header"},
                           {},
                           true};
const Shape pair_shape{{"summary"}, {"trace", "when"}, {"difference"}, false};
const Shape term_shape{{"name", "text"}, {}, {}, true};
const Shape exchange_shape{{"title", "story"}, {}, {"step"}, false};
const Shape group_shape{{"title", "summary"}, {"sign", "order"}, {}, true};
const Shape path_shape{{"says"}, {}, {"question", "outcome"}, true};
const Shape entry_shape{{"text", "more"}};
const Shape cause_shape{{"name", "text", "more"}};
const Shape situation_shape{{"name", "check", "tell"}, {}, {}, true};
const Shape finding_shape{{"title", "text", "why", "act"}};
const Shape speaker_shape{
    {"summary", "wire", "mapping", "failover", "options", "differs"}, {"sign", "phrase"}, {}, true};

// Folders of words, one file for each subject.
struct Folder {
    const char* name;
    const char* kind;
    const Shape* shape;
};
const Folder folders[] = {{"responses", "response", &response_shape},
                          {"pairs", "pair", &pair_shape},
                          {"exchanges", "exchange", &exchange_shape},
                          {"groups", "group", &group_shape},
                          {"paths", "path", &path_shape},
                          {"speakers", "speaker", &speaker_shape}};

// Files that hold the words of many subjects, one table each.
struct Shelf {
    const char* file;
    const char* kind;
    const Shape* shape;
};
const Shelf shelves[] = {
    {"terms.toml", "term", &term_shape},        {"headers.toml", "header", &entry_shape},
    {"methods.toml", "method", &entry_shape},   {"timers.toml", "timer", &entry_shape},
    {"warnings.toml", "warning", &entry_shape}, {"reasons.toml", "reason", &entry_shape},
    {"causes.toml", "cause", &cause_shape},     {"situations.toml", "situation", &situation_shape}};

// Folders of such files.
const Shelf folders_of_shelves[] = {{"findings", "finding", &finding_shape}};

// An empty text of a translation is one that waits for its translator.
void take_text(Table& table, const std::string& prefix, const std::string& key, Subject& subject) {
    const auto value = table.prose(key);
    if (!value) return;
    if (value->text.find_first_not_of(" \n") == std::string::npos) {
        if (is_english(table.file())) table.problem(value->place, "'" + prefix + key + "' is empty");
        return;
    }
    subject.words.push_back({prefix + key, *value, &table.file()});
}

// The texts of a table and of the tables in it: "question.when.text", "question.when.answer.at-once".
void take_texts(Table& table, const std::string& prefix, Subject& subject) {
    for (const std::string& key : table.keys())
        if (table.holds_table(key)) {
            if (auto inner = table.table(key)) take_texts(*inner, prefix + key + ".", subject);
        } else {
            take_text(table, prefix, key, subject);
        }
}

Subject read_subject(Table& table, const Shape& shape) {
    Subject subject;
    subject.file = &table.file();
    for (const std::string& key : shape.texts) take_text(table, "", key, subject);
    for (const std::string& name : shape.tables)
        if (auto inner = table.table(name)) take_texts(*inner, name + ".", subject);
    for (const std::string& name : shape.nested)
        if (auto outer = table.table(name))
            for (const std::string& id : outer->keys())
                if (auto inner = outer->table(id)) take_texts(*inner, name + "." + id + ".", subject);
    if (shape.symptoms)
        for (const std::string& symptom : table.texts("symptoms")) subject.symptoms.push_back(symptom);
    table.done();
    std::stable_sort(subject.words.begin(), subject.words.end(),
                     [](const Words& a, const Words& b) { return a.value.place.line < b.value.place.line; });
    return subject;
}

// What is called otherwise would be passed over in silence.
void check_names(const std::filesystem::path& repository, const std::filesystem::path& language, Problems& problems) {
    std::vector<std::string> known = {"messages.toml", "stamps.toml", "glossary.toml"};
    for (const Folder& one : folders) known.push_back(one.name);
    for (const Shelf& shelf : shelves) known.push_back(shelf.file);
    for (const Shelf& shelf : folders_of_shelves) known.push_back(shelf.file);
    const std::string tag = language.filename().string();
    if (!language::is_known_language(tag))
        problems.add({language.lexically_relative(repository).generic_string(), {}}, {},
                     "'" + tag + "' is no language tag; a folder of i18n/ is called 'it' or 'pt-BR'");
    for (const auto& entry : std::filesystem::directory_iterator(language)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with('.') || std::find(known.begin(), known.end(), name) != known.end()) continue;
        problems.add({entry.path().lexically_relative(repository).generic_string(), {}}, {},
                     "holds no words that are read" + source::suggestion(name, known));
    }
}

void read_folder(const std::filesystem::path& repository, const std::filesystem::path& folder, const std::string& kind,
                 const Shape& shape, std::map<std::string, Subject>& words, Model& model, Problems& problems) {
    for (const auto& path : toml_files(folder))
        if (auto table = open(repository, path, model, problems))
            words[kind + "/" + path.stem().string()] = read_subject(*table, shape);
}

void read_shelf(const std::filesystem::path& repository, const std::filesystem::path& file, const Shelf& shelf,
                std::map<std::string, Subject>& words, Model& model, Problems& problems) {
    if (!std::filesystem::exists(file)) return;
    if (auto table = open(repository, file, model, problems))
        for (const std::string& id : table->keys())
            if (auto entry = table->table(id)) {
                const std::string name = shelf.kind + ("/" + id);
                if (words.contains(name))
                    table->problem(table->place_of_key(id), "'" + id + "' has words elsewhere, too");
                words[name] = read_subject(*entry, *shelf.shape);
            }
}

}  // namespace

void read_words(const std::filesystem::path& repository, Model& model, Problems& problems) {
    if (std::filesystem::is_directory(repository / "i18n"))
        for (const auto& entry : std::filesystem::directory_iterator(repository / "i18n"))
            if (entry.is_directory()) model.languages.push_back(entry.path().filename().string());
    std::sort(model.languages.begin(), model.languages.end(), [](const std::string& a, const std::string& b) {
        return std::pair(a != "en", a) < std::pair(b != "en", b);
    });
    for (const std::string& tag : model.languages) {
        const auto folder = repository / "i18n" / tag;
        auto& words = model.words[tag];
        check_names(repository, folder, problems);
        for (const Folder& one : folders)
            read_folder(repository, folder / one.name, one.kind, *one.shape, words, model, problems);
        for (const Shelf& shelf : shelves) read_shelf(repository, folder / shelf.file, shelf, words, model, problems);
        for (const Shelf& shelf : folders_of_shelves)
            for (const auto& file : toml_files(folder / shelf.file))
                read_shelf(repository, file, shelf, words, model, problems);
    }
}

}  // namespace sipdex::compile
