// From the text of an exchange file to an exchange, with every mistake at its place. The options of each party and
// action are tried by its kind.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

// `file_name` ("607-unwanted.toml", with or without folders) gives the id and stands in problems. With
// problems, the exchange holds what could be read and should not be run.
struct ReadExchange {
    Exchange exchange;
    std::vector<Problem> problems;
};
ReadExchange read_exchange(std::string_view toml_text, const std::string& file_name);

// `data/exchanges/common.toml`: steps for what happens in every exchange.
struct ReadSteps {
    std::vector<Step> steps;
    std::vector<Problem> problems;
};
ReadSteps read_common_steps(std::string_view toml_text, const std::string& file_name);

}  // namespace sipdex::simulator
