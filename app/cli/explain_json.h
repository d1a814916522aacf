// A capture explained for scripts. The names are a promise to them: messages (count), methods and codes (to how many),
// calls (id, kind, outcome, messages with number, time, from, to, method or code, repeat), findings (rule, severity,
// call, evidence as message numbers, text, act), verdict; beside them who calls whom, values and sources.
#pragma once
#include <string>

#include "page/explained.h"

namespace sipdex::cli {

std::string json_of(const page::Reader& reader, const page::Brought& brought, const page::Explain& how);

}  // namespace sipdex::cli
