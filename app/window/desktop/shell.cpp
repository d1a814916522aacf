#include "window/desktop/shell.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "typeset/silence.h"
#include "window/desktop/ending_signals.h"
#include "window/desktop/gl_textures.h"
#include "window/desktop/input_method.h"
#include "window/desktop/lost_display.h"
#include "window/desktop/outside.h"
#include "window/desktop/screen_reader.h"
#include "window/kit/one_line.h"
#include "window/workbench/workbench.h"

extern char** environ;

namespace sipdex::window {

namespace {

constexpr int frames_after_an_event = 3;
constexpr double frame_seconds = 1.0 / 60;

Key key_of(int glfw_key) {
    switch (glfw_key) {
        case GLFW_KEY_TAB: return Key::tab;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER: return Key::enter;
        case GLFW_KEY_SPACE: return Key::space;
        case GLFW_KEY_ESCAPE: return Key::escape;
        case GLFW_KEY_BACKSPACE: return Key::backspace;
        case GLFW_KEY_DELETE: return Key::del;
        case GLFW_KEY_LEFT: return Key::left;
        case GLFW_KEY_RIGHT: return Key::right;
        case GLFW_KEY_UP: return Key::up;
        case GLFW_KEY_DOWN: return Key::down;
        case GLFW_KEY_HOME: return Key::home;
        case GLFW_KEY_END: return Key::end;
        case GLFW_KEY_PAGE_UP: return Key::page_up;
        case GLFW_KEY_PAGE_DOWN: return Key::page_down;
        case GLFW_KEY_F1: return Key::f1;
        case GLFW_KEY_KP_ADD: return Key::plus;
        case GLFW_KEY_KP_SUBTRACT: return Key::minus;
        case GLFW_KEY_KP_0: return Key::zero;
        default: return Key::none;
    }
}

// Letters and signs by what is printed on the reader's key, not by where it lies.
Key key_of(int glfw_key, int scancode) {
    if (const Key key = key_of(glfw_key); key != Key::none) return key;
    const char* name = glfwGetKeyName(glfw_key, scancode);
    if (!name || name[1] != 0) return Key::none;
    switch (name[0]) {
        case 'a': return Key::a;
        case 'b': return Key::b;
        case 'c': return Key::c;
        case 'd': return Key::d;
        case 'e': return Key::e;
        case 'f': return Key::f;
        case 'k': return Key::k;
        case 'l': return Key::l;
        case 'n': return Key::n;
        case 'o': return Key::o;
        case 'p': return Key::p;
        case 'q': return Key::q;
        case 't': return Key::t;
        case 'v': return Key::v;
        case 'w': return Key::w;
        case 'x': return Key::x;
        case 'y': return Key::y;
        case 'z': return Key::z;
        case '/': return Key::slash;
        case '+':
        case '=': return Key::plus;
        case '-': return Key::minus;
        case '0': return Key::zero;
        case '1': return Key::one;
        case '2': return Key::two;
        case '3': return Key::three;
        case '4': return Key::four;
        default: return Key::none;
    }
}

struct Listening {  // what the window's callbacks know
    Workbench& bench;
    InputMethod& method;
    ScreenReader& reader;
};

Listening& listening(GLFWwindow* window) { return *static_cast<Listening*>(glfwGetWindowUserPointer(window)); }

Input& input_of(GLFWwindow* window) { return listening(window).bench.input(); }

void listen(GLFWwindow* window) {
    glfwSetInputMode(window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);  // an input method wants to know them
    // A screen reader hears of a key first, then an input method, and what neither takes is the window's.
    glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        listening(w).reader.key(scancode, action, mods, [w, key, scancode, action, mods] {
            if (listening(w).method.takes(input_of(w), scancode, action, mods)) return;
            Event event;
            event.press = {key_of(key, scancode), (mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0,
                           (mods & GLFW_MOD_ALT) != 0};
            event.down = action != GLFW_RELEASE;
            event.repeated = action == GLFW_REPEAT;
            input_of(w).add(event);
        });
    });
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) {
        listening(w).reader.character([w, character] {
            if (listening(w).method.took_last_key()) return;
            Event event;
            event.kind = Event::Kind::character;
            event.character = character;
            input_of(w).add(event);
        });
    });
    glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
        Event event;
        event.kind = Event::Kind::move;
        event.x = float(x);
        event.y = float(y);
        input_of(w).add(event);
    });
    glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
        Event event;
        event.kind = Event::Kind::button;
        event.button = button;
        event.down = action == GLFW_PRESS;
        input_of(w).add(event);
    });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
        Event event;
        event.kind = Event::Kind::wheel;
        const auto held = [w](int left, int right) {
            return glfwGetKey(w, left) == GLFW_PRESS || glfwGetKey(w, right) == GLFW_PRESS;
        };
        event.press.control = held(GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL);
        event.press.shift = held(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
        event.x = float(x);
        event.y = float(y);
        input_of(w).add(event);
    });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
        if (entered) return;
        Event event;
        event.kind = Event::Kind::move;
        event.x = event.y = -1;
        input_of(w).add(event);
    });
}

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

class Cursors {
public:
    Cursors() : hand_(glfwCreateStandardCursor(GLFW_HAND_CURSOR)), beam_(glfwCreateStandardCursor(GLFW_IBEAM_CURSOR)) {}
    void show(GLFWwindow* window, Ui::Cursor cursor) {
        if (cursor == shown_) return;
        shown_ = cursor;
        glfwSetCursor(window, cursor == Ui::Cursor::hand ? hand_ : cursor == Ui::Cursor::beam ? beam_ : nullptr);
    }

private:
    GLFWcursor* hand_;
    GLFWcursor* beam_;
    Ui::Cursor shown_ = Ui::Cursor::arrow;
};

struct Glfw {
    bool ready = start();
    ~Glfw() {
        if (ready) glfwTerminate();
    }

    static bool start() {
#ifdef GLFW_PLATFORM  // since GLFW 3.4, which otherwise tries Wayland first and complains when there is none
        if (!std::getenv("WAYLAND_DISPLAY")) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
        return glfwInit() == GLFW_TRUE;
    }
};

// Dear ImGui and its drawing by OpenGL, put away however the window ends.
struct ImguiOnOpenGl {
    ImguiOnOpenGl() {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().Fonts->AddFontDefault();  // asked for, never seen: all words are the typesetter's
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ~ImguiOnOpenGl() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext();
    }
    ImguiOnOpenGl(const ImguiOnOpenGl&) = delete;
    ImguiOnOpenGl& operator=(const ImguiOnOpenGl&) = delete;
};

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

// The window with its OpenGL in use; none where it could not be made.
class DesktopWindow {
public:
    explicit DesktopWindow(const user::Settings& settings) : window_(make_window(settings)) {
        if (!window_) return;
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(1);
    }
    ~DesktopWindow() {
        if (window_) glfwDestroyWindow(window_);
    }
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

    void remember() {
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

private:
    struct Spot {
        bool maximised = false;
        int x = 0, y = 0, width = 0, height = 0;
        bool operator==(const Spot&) const = default;
    };
    Spot spot() const {
        Spot now{glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE};
        if (now.maximised) return now;
        glfwGetWindowPos(window_, &now.x, &now.y);
        glfwGetWindowSize(window_, &now.width, &now.height);
        return now;
    }

    GLFWwindow* window_;
    user::Settings& settings_;
    std::optional<Spot> last_;
};

class Loop {
public:
    Loop(GLFWwindow* window, const Listening& heard, user::Settings& settings, const EndingSignals& signals,
         const std::string& dump_file)
        : window_(window),
          bench_(heard.bench),
          method_(heard.method),
          reader_(heard.reader),
          signals_(signals),
          standing_(window, settings),
          dump_file_(dump_file) {
        bench_.ink().record(!dump_file.empty());
    }

    void run() {
        int following = frames_after_an_event;
        while (!glfwWindowShouldClose(window_) && !bench_.closing() && !signals_.came()) {
            draw();
            method_.follow(window_, bench_.input(), bench_.ui().text_caret);
            if (bench_.input().pending()) {
                following = frames_after_an_event;
                glfwPollEvents();
            } else if (bench_.moving() || reader_.waiting()) {
                following = frames_after_an_event;
                glfwWaitEventsTimeout(frame_seconds);
            } else if (following > 0) {
                --following;
                glfwPollEvents();
            } else {
                rest();
                following = frames_after_an_event;
            }
        }
        standing_.remember();
    }

private:
    // Until something happens, or something that could not be saved is to be tried again.
    void rest() {
        standing_.remember();
        if (!dump_file_.empty()) dump();
        bench_.prepare();
        if (signals_.came()) return;
        if (const auto seconds = bench_.wait(glfwGetTime())) glfwWaitEventsTimeout(std::max(*seconds, frame_seconds));
        else glfwWaitEvents();
    }

    // Written beside and renamed, so that a reader never sees half of it.
    void dump() {
        std::string now = bench_.dump();
        if (now == dumped_) return;
        dumped_ = std::move(now);
        std::ofstream(dump_file_ + ".new", std::ios::binary) << dumped_;
        std::error_code ignored;
        std::filesystem::rename(dump_file_ + ".new", dump_file_, ignored);
    }

    void draw() {
        int width = 0, height = 0, pixels_wide = 0, pixels_high = 0;
        glfwGetWindowSize(window_, &width, &height);
        glfwGetFramebufferSize(window_, &pixels_wide, &pixels_high);
        if (width <= 0 || height <= 0) return;
        float scale = 1, ignored = 1;
        glfwGetWindowContentScale(window_, &scale, &ignored);
        // Where the desktop scales windows itself (Wayland), frame and pixels differ and text must not grow twice.
        const double density = double(pixels_wide) / width;
        const double screen_scale = std::max(0.5, double(scale) / density);
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = {float(width), float(height)};
        io.DisplayFramebufferScale = {float(density), float(density)};
        const double now = glfwGetTime();
        io.DeltaTime = float(std::clamp(now - before_, 1e-4, 0.1));
        before_ = now;
        ImGui_ImplOpenGL3_NewFrame();
        reader_.take(bench_);
        bench_.input().take();
        ImGui::NewFrame();
        bench_.frame(width, height, now, screen_scale);
        ImGui::Render();
        cursors_.show(window_, bench_.cursor());
        if (const std::string title = bench_.title(); title != title_) {
            title_ = title;
            glfwSetWindowTitle(window_, title.c_str());
        }
        reader_.tell(window_, bench_);
        glViewport(0, 0, pixels_wide, pixels_high);
        const ImVec4 back = ImGui::ColorConvertU32ToFloat4(bench_.background());
        glClearColor(back.x, back.y, back.z, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        glfwSwapBuffers(window_);
    }

    GLFWwindow* window_;
    Workbench& bench_;
    InputMethod& method_;
    ScreenReader& reader_;
    const EndingSignals& signals_;
    Standing standing_;
    std::string dump_file_, dumped_;
    Cursors cursors_;
    std::string title_;
    double before_ = 0;
};

}  // namespace

std::string display_name() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
        if (const char* value = std::getenv(name); value && *value) return value;
    return {};
}

Ended run(Library& library, user::Settings& settings, const Opening& opening) {
    using Why = Ended::Why;
    EndingSignals signals;
    const auto reason = [] {
        const char* words = nullptr;
        glfwGetError(&words);
        return std::string(words ? words : "no reason given");
    };
    // Xlib and Mesa have their own lines for what we say in one.
    std::optional<typeset::Silence> silence(std::in_place);
    InputMethod method;
    const Glfw glfw;
    method.started();
    if (!glfw.ready) return {Why::no_display, 0, reason()};
    when_display_is_lost([&library, &settings, &silence] {
        silence.reset();
        settings.finish();
        try {
            std::fprintf(stderr, "sipdex: %s\n", library.words().window_display_lost().c_str());
        } catch (const std::exception&) {  // must not leave through Xlib
        }
    });
    const DesktopWindow window(settings);
    if (!window.made())
        return {Why::no_window, 0, fmt::format("no window could be opened, OpenGL 3.3 is needed: {}", reason())};
    silence.reset();

    const ImguiOnOpenGl imgui;
    share_clipboard(window.made());
    GlTextures textures;
    Workbench bench(library, settings, textures, opening.first, desktop_outside());
    if (opening.mirrored) bench.mirror();
    if (opening.language_given) bench.keep_language();
    ScreenReader reader;
    Listening heard{bench, method, reader};
    glfwSetWindowUserPointer(window.made(), &heard);
    listen(window.made());
    glfwShowWindow(window.made());
    {
        const EndingSignals::Watch watch(signals, glfwPostEmptyEvent);
        Loop(window.made(), heard, settings, signals, opening.dump_file).run();
    }
    settings.finish();
    if (signals.came()) return {Why::signal, signals.came(), {}};
    return {};
}

}  // namespace sipdex::window
