// The desktop's clipboard for the fields of the window.
#pragma once
#include <string>

struct GLFWwindow;

namespace sipdex::window {

// What is pasted comes in one line, and no more of it than a field could take; what is copied has its lines again.
void share_clipboard(GLFWwindow* window);

// All of it, with its lines.
std::string whole_clipboard(GLFWwindow* window);

}  // namespace sipdex::window
