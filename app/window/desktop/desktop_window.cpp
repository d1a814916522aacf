#include "window/desktop/desktop_window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

namespace sipdex::window {

namespace {

// As wide and high as all screens together: a larger window cannot be seen, and only takes time to draw.
std::pair<double, double> room_for_windows() {
    double wide = 480, high = 360;
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    for (int i = 0; i < count; ++i) {
        int left = 0, top = 0, width = 0, height = 0;
        glfwGetMonitorWorkarea(monitors[i], &left, &top, &width, &height);
        wide = std::max(wide, double(left) + width);
        high = std::max(high, double(top) + height);
    }
    return count > 0 ? std::pair(wide, high) : std::pair(4000.0, 3000.0);
}

GLFWwindow* make_window(const user::Settings& settings) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "sipdex");
    const auto [widest, highest] = room_for_windows();
    const int width = int(std::clamp(settings.number("window-width", 1280), 480.0, widest));
    const int height = int(std::clamp(settings.number("window-height", 800), 360.0, highest));
    GLFWwindow* window = glfwCreateWindow(width, height, "Sipdex", nullptr, nullptr);
    if (!window) return nullptr;
    glfwSetWindowSizeLimits(window, 480, 360, GLFW_DONT_CARE, GLFW_DONT_CARE);
    const double x = settings.number("window-x", -1), y = settings.number("window-y", -1);
    // A place on a screen that is gone would hide the window.
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    for (int i = 0; i < count; ++i) {
        int left = 0, top = 0, wide = 0, high = 0;
        glfwGetMonitorWorkarea(monitors[i], &left, &top, &wide, &high);
        if (x >= left && y >= top && x < left + wide - 100 && y < top + high - 100)
            glfwSetWindowPos(window, int(x), int(y));
    }
    if (settings.text("window-maximised") == "yes") glfwMaximizeWindow(window);
    return window;
}

}  // namespace

DesktopWindow::DesktopWindow(const user::Settings& settings) : window_(make_window(settings)) {
    if (!window_) return;
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
}

DesktopWindow::~DesktopWindow() {
    if (window_) glfwDestroyWindow(window_);
}

void Standing::remember() {
    const Spot now = spot();
    if (!last_) last_ = now;
    if (now == *last_) return;
    last_ = now;
    settings_.set("window-maximised", now.maximised ? "yes" : "no");
    if (now.maximised) return;
    settings_.set("window-x", double(now.x));
    settings_.set("window-y", double(now.y));
    settings_.set("window-width", double(now.width));
    settings_.set("window-height", double(now.height));
}

Standing::Spot Standing::spot() const {
    Spot now{glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE};
    if (now.maximised) return now;
    glfwGetWindowPos(window_, &now.x, &now.y);
    glfwGetWindowSize(window_, &now.width, &now.height);
    return now;
}

}  // namespace sipdex::window
