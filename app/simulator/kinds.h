// The kinds of parties that exchange files may name.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/engine/party.h"

namespace sipdex::simulator {

struct Kind {
    std::string_view name;  // "redirect-server"
    // Reads every option of the kind, so that mistakes are found before anything runs.
    void (*check)(source::Table& options);
    // The same for one action; false when parties of this kind cannot do it.
    bool (*check_action)(const std::string& does, source::Table& options);
    std::unique_ptr<Party> (*make)(Stage& stage, std::size_t actor);
};

const Kind* kind_named(std::string_view name);  // null for an unknown one
const Kind& kind_of(const PartyPlan& party);    // the one that plays it; its kind must exist
std::vector<std::string> kind_names();

}  // namespace sipdex::simulator
