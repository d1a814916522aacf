// From data/ and i18n/ to a catalog, in four steps: read, check, count, write.
//
// Every problem of every file is found in one run. Nothing is written while there is one.
#pragma once
#include <filesystem>
#include <string>

#include "catalog/writer.h"
#include "compile/model.h"

namespace sipdex::compile {

// Reads and checks the whole. The model is complete only when no problem was added.
Model read(const std::filesystem::path& repository, source::Problems& problems);

// The single steps of read(); each adds what it finds to the problems.
void read_facts(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void read_vocabulary(const std::filesystem::path& repository, Model& model,
                     source::Problems& problems);  // after read_facts
void read_paths(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void read_speakers(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void read_findings(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void read_words(const std::filesystem::path& repository, Model& model, source::Problems& problems);
// The ITU's name of a Q.850 cause, which data/ knows, is its English name; other languages translate it.
void name_causes(Model& model, source::Problems& problems);  // after read_words
void read_interface(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void mark_outdated(const std::filesystem::path& repository, Model& model, source::Problems& problems);
void check(const Model& model, source::Problems& problems);
void check_glossaries(const std::filesystem::path& repository, Model& model, source::Problems& problems);

// Writes the catalog; throws std::exception when the file cannot be written.
void write(const Model& model, const std::filesystem::path& schema, const std::filesystem::path& file);

// How much of the English words each language has, by kind.
std::vector<catalog::Coverage> coverage_of(const Model& model);

// words.h and words.cpp into a folder; files that would not change keep their time.
void write_words(const Model& model, const std::filesystem::path& folder);

// Notes for a language which English text each of its words was translated from (i18n/<tag>/stamps.toml),
// so that a later change of the English shows. Texts already noted and unchanged keep their stamp; with
// `renew` the outdated ones are taken as translated anew.
void write_stamps(const std::filesystem::path& repository, const Model& model, const std::string& language, bool renew);

// Takes texts of other languages that are still the English sentence out of the model, so that they count as missing.
void set_aside_english(Model& model);

// What a language lacks or has from an older English text, a line each: file and line of the English, key, state, English.
std::string still_to_translate(const Model& model, const std::string& language);

// Lays a language out below i18n/: every file of English that it lacks, with the English above each empty text. Gives the
// names of the files written; throws std::exception where one cannot be.
std::vector<std::string> begin_language(const std::filesystem::path& repository, const std::string& language);

// Whether a file holds the English words, from which all others are translated.
inline bool is_english(const source::File& file) { return file.name.starts_with("i18n/en/"); }

// Files below a folder that end in .toml, by name; none where the folder is missing.
std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder);

// Reads a file of the repository and keeps it in the model; a syntax error is a problem.
std::optional<source::Table> open(const std::filesystem::path& repository, const std::filesystem::path& file,
                                  Model& model, source::Problems& problems);

// The search: names, words, and how things are shown in a list.
void write_index(const Model& model, catalog::Writer& writer);

}  // namespace sipdex::compile
