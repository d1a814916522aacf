// The interfaces of AT-SPI that the window answers, as D-Bus wants them described.
#pragma once
#include <string>
#include <vector>

#include "window/accessible/node.h"

namespace sipdex::window::accessible {

std::string description_of_interfaces();  // introspection data, XML

// Those that a node has; of the application where there is none.
std::vector<const char*> interfaces_of(const Node* node);

}  // namespace sipdex::window::accessible
