#include "compile/compile.h"

#include <algorithm>
#include <fstream>

#include "source/open.h"

namespace sipdex::compile {

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<source::Table> open(const std::filesystem::path& repository, const std::filesystem::path& path,
                                  Model& model, source::Problems& problems) {
    auto table = source::open_toml(repository, path, problems);
    if (table) {
        model.files.push_back(std::shared_ptr<const source::File>(table->shared_file()));
        if (table->file().name.starts_with("data/")) model.facts.push_back(*table);
    }
    return table;
}

Model read(const std::filesystem::path& repository, source::Problems& problems) {
    Model model;
    std::ifstream version(repository / "VERSION");
    if (!(version >> model.version))
        problems.add({"VERSION", {}}, {}, "is missing; write the catalog's version there, such as 2026.1");
    read_facts(repository, model, problems);
    read_vocabulary(repository, model, problems);
    read_paths(repository, model, problems);
    read_speakers(repository, model, problems);
    read_findings(repository, model, problems);
    read_words(repository, model, problems);
    name_causes(model, problems);
    read_interface(repository, model, problems);
    set_aside_english(model);
    mark_outdated(repository, model, problems);
    check(model, problems);
    check_glossaries(repository, model, problems);
    return model;
}

}  // namespace sipdex::compile
