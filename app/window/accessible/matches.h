// The search of AT-SPI's Collection: "all headings of level 2". Screen readers go through a page by it.
#pragma once
#include <vector>

#include "window/accessible/node.h"
#include "window/accessible/variant.h"

namespace sipdex::window::accessible {

// What within a node fits a rule, (aiia{ss}iaiiasib), in the order of reading.
std::vector<const Node*> matches(const Tree& tree, const Node& within, GVariant* rule);

}  // namespace sipdex::window::accessible
