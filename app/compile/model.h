// Everything that the sources say, read and checked, before it becomes a catalog.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/facts.h"
#include "simulator/plan/exchange.h"
#include "source/problem.h"
#include "source/table.h"

namespace sipdex::compile {

// One text of one subject in one language.
struct Words {
    std::string key;  // "cause.pressed-unwanted"
    source::Prose value;
    const source::File* file = nullptr;
    bool outdated = false;
};

// The words about one subject ("response/607") in one language, in the order of their file.
struct Subject {
    std::vector<Words> words;
    std::vector<std::string> symptoms;  // for the search only
    const source::File* file = nullptr;

    const Words* find(const std::string& key) const {
        for (const Words& each : words)
            if (each.key == key) return &each;
        return nullptr;
    }
};

// Facts keep the file they came from, for complaints that come up later.
template <typename Fact>
struct Told {
    Fact fact;
    const source::File* file = nullptr;
};

struct InterfaceMessage {
    std::string pattern;
    source::Place place;
};

struct Model {
    std::string version;
    std::vector<std::string> languages;  // English first, then by tag
    std::vector<Told<catalog::Response>> responses;
    std::vector<Told<catalog::Pair>> pairs;
    std::vector<Told<catalog::Term>> terms;
    std::vector<Told<catalog::Group>> groups;
    std::vector<Told<catalog::SymptomPath>> paths;
    std::vector<Told<catalog::Entry>> entries;
    std::vector<Told<catalog::Exchange>> exchanges;
    std::map<std::string, simulator::Exchange> scripts;  // of those exchanges that can be run, by their ids
    std::vector<simulator::Step> common_steps;           // of every exchange
    std::vector<Told<catalog::Situation>> situations;
    std::vector<Told<catalog::Speaker>> speakers;
    std::vector<Told<catalog::FindingRule>> finding_rules;
    std::map<std::string, std::map<std::string, Subject>> words;               // language → subject
    std::map<std::string, std::map<std::string, InterfaceMessage>> interface;  // language → key
    std::vector<source::Table> facts;                                          // the files of data/, whole
    std::vector<std::shared_ptr<const source::File>> files;                    // keeps what is pointed to

    const catalog::Response* response(const std::string& id) const {
        for (const auto& told : responses)
            if (told.fact.id == id) return &told.fact;
        return nullptr;
    }
    const Subject* subject(const std::string& language, const std::string& name) const {
        const auto tag = words.find(language);
        if (tag == words.end()) return nullptr;
        const auto found = tag->second.find(name);
        return found == tag->second.end() ? nullptr : &found->second;
    }
};

}  // namespace sipdex::compile
