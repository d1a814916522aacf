// From the table of an exchange file to an exchange, with every mistake at its place. The options of each party and
// action are tried by its kind.
#pragma once
#include <vector>

#include "simulator/plan/exchange.h"
#include "source/table.h"

namespace sipdex::simulator {

// The name of the file ("607-unwanted.toml", with or without folders) gives the id. With problems, the exchange holds
// what could be read and should not be run.
Exchange read_exchange(source::Table& file);

// `data/exchanges/common.toml`: steps for what happens in every exchange.
std::vector<Step> read_common_steps(source::Table& file);

}  // namespace sipdex::simulator
