// What the shells offer behind `sipdex`: commands, options and their values, codes and names with what they stand for, in
// the language that the shell's environment asks for.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "cli/outline.h"
#include "cli/session.h"

namespace sipdex::cli {

// What there is of a kind of value in a catalog: the codes, the exchanges, the symptom paths.
using Offers = std::map<std::string, std::vector<Offer>>;

Offers offers(const Session& session);

// What may stand where an option wants a value, or as an argument; empty where anything may.
const std::vector<Offer>& offered_for(const OutlinedOption& option, const Offers& offers);

// The command line in one language.
struct Spoken {
    std::string language;
    Outline outline;
    Offers offers;
};

// The first language is that of everyone who speaks none of the others.
std::string bash_completions(const std::vector<Spoken>& spoken);
std::string zsh_completions(const std::vector<Spoken>& spoken);
std::string fish_completions(const std::vector<Spoken>& spoken);

}  // namespace sipdex::cli
