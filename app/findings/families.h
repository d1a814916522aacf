// The families of rules. Each looks at one story; those for all look at the whole capture, once.
#pragma once
#include "findings/case.h"

namespace sipdex::findings {

void look_at_challenges(const Case& one);    // 401 and 407: normal, wrong, in a circle
void look_at_transactions(const Case& one);  // sent again, never answered, never acknowledged

using Family = void (*)(const Case&);
inline constexpr Family families[] = {look_at_challenges, look_at_transactions};

}  // namespace sipdex::findings
