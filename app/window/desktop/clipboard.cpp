#include "window/desktop/clipboard.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <cstddef>
#include <cstring>
#include <string>

#include "window/kit/one_line.h"

namespace sipdex::window {

namespace {

// As much of the clipboard as a field could take, in one line: Dear ImGui goes through all of it several times before a
// field cuts it, and drops the ends of lines.
const char* clipboard_of(GLFWwindow* window) {
    constexpr std::size_t most = 1 << 18;
    static std::string field;
    const char* whole = glfwGetClipboardString(window);
    if (!whole) return nullptr;
    std::size_t end = strnlen(whole, most + 1);
    if (end > most) {
        end = most;
        while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0) == 0x80) --end;
    }
    field = in_one_line({whole, end});
    return field.c_str();
}

void take_clipboard(GLFWwindow* window, const char* text) { glfwSetClipboardString(window, in_lines(text).c_str()); }

}  // namespace

std::string whole_clipboard(GLFWwindow* window) {
    const char* whole = glfwGetClipboardString(window);
    return whole ? whole : "";
}

void share_clipboard(GLFWwindow* window) {
#if IMGUI_VERSION_NUM >= 19110
    ImGuiPlatformIO& io = ImGui::GetPlatformIO();
    io.Platform_ClipboardUserData = window;
    io.Platform_GetClipboardTextFn = [](ImGuiContext*) {
        return clipboard_of(static_cast<GLFWwindow*>(ImGui::GetPlatformIO().Platform_ClipboardUserData));
    };
    io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        take_clipboard(static_cast<GLFWwindow*>(ImGui::GetPlatformIO().Platform_ClipboardUserData), text);
    };
#else
    ImGuiIO& io = ImGui::GetIO();
    io.ClipboardUserData = window;
    io.GetClipboardTextFn = [](void* w) { return clipboard_of(static_cast<GLFWwindow*>(w)); };
    io.SetClipboardTextFn = [](void* w, const char* text) { take_clipboard(static_cast<GLFWwindow*>(w), text); };
#endif
}

}  // namespace sipdex::window
