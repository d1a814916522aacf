// The window as the desktop has it: made where it stood and as large, as far as there is a screen to see it on, and
// remembered where it was moved to.
#pragma once
#include <optional>

#include "user/settings.h"

struct GLFWwindow;

namespace sipdex::window {

// The window with its OpenGL in use; none where it could not be made.
class DesktopWindow {
public:
    explicit DesktopWindow(const user::Settings& settings);
    ~DesktopWindow();
    DesktopWindow(const DesktopWindow&) = delete;
    DesktopWindow& operator=(const DesktopWindow&) = delete;
    GLFWwindow* made() const { return window_; }

private:
    GLFWwindow* window_;
};

// Where the window stands. It is remembered once it has been moved, for where it was first put nobody chose.
class Standing {
public:
    Standing(GLFWwindow* window, user::Settings& settings) : window_(window), settings_(settings) {}

    void remember();

private:
    struct Spot {
        bool maximised = false;
        int x = 0, y = 0, width = 0, height = 0;
        bool operator==(const Spot&) const = default;
    };
    Spot spot() const;

    GLFWwindow* window_;
    user::Settings& settings_;
    std::optional<Spot> last_;
};

}  // namespace sipdex::window
