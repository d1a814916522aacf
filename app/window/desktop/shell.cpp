#include "window/desktop/shell.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "typeset/silence.h"
#include "window/desktop/clipboard.h"
#include "window/desktop/desktop_window.h"
#include "window/desktop/ending_signals.h"
#include "window/desktop/gl_textures.h"
#include "window/desktop/listening.h"
#include "window/desktop/lost_display.h"
#include "window/desktop/outside.h"

namespace sipdex::window {

namespace {

constexpr int frames_after_an_event = 3;
constexpr double frame_seconds = 1.0 / 60;

// Made when the mouse first needs them: on Wayland without a mouse, GLFW 3.3 has no theme to make them of, and crashes.
class Cursors {
public:
    void show(GLFWwindow* window, Ui::Cursor cursor) {
        if (cursor == shown_) return;
        shown_ = cursor;
        glfwSetCursor(window, cursor == Ui::Cursor::hand   ? made(hand_, GLFW_HAND_CURSOR)
                              : cursor == Ui::Cursor::beam ? made(beam_, GLFW_IBEAM_CURSOR)
                                                           : nullptr);
    }

private:
    static GLFWcursor* made(GLFWcursor*& cursor, int shape) {
        if (!cursor) cursor = glfwCreateStandardCursor(shape);
        return cursor;
    }

    GLFWcursor* hand_ = nullptr;
    GLFWcursor* beam_ = nullptr;
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
    Outside outside = desktop_outside();
    outside.clipboard = [&window] { return whole_clipboard(window.made()); };
    Workbench bench(library, settings, textures, opening.first, std::move(outside));
    if (opening.mirrored) bench.mirror();
    if (opening.language_given) bench.keep_language();
    ScreenReader reader;
    Listening heard{bench, method, reader};
    listen(window.made(), heard);
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
